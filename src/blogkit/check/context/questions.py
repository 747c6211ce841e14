r"""A formula to the questions that the methods are asked.

    for statement, question in questions(r"(a+b)^2 = a^2 + 2ab + b^2"):
        ...

The one entry point of this half of the package: it reads the formula, cuts it into statements and
gathers for each what is known. Imports the modules that do so, and nothing that decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from blogkit.check.context.conventions import tied, with_deltas, with_joint_events
from blogkit.check.context.doubts import (
    beside,
    find_doubt,
    may_define_anew,
    special_letter,
)
from blogkit.check.context.entries import by_entries
from blogkit.check.context.given import with_given
from blogkit.check.context.loose_sums import with_indices
from blogkit.check.context.post_notes import PostNotes, Surroundings
from blogkit.check.context.tables import counted
from blogkit.check.question import Question
from blogkit.formula import NOWHERE, Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.lengths import why_too_long
from blogkit.formula.named_functions import by_letter, named_function
from blogkit.formula.printing import to_latex
from blogkit.formula.vocabulary import ALL_DERIVATIVES
from blogkit.language import Message, message_of
from blogkit.latex import Macro, visible
from blogkit.meaning.definitions import Definition, definition_of, put_in, unique
from blogkit.meaning.dependence import (
    Dependence,
    Graph,
    dependence_of,
    graph_of,
    has_derivatives,
    held_fixed,
    tells_slope,
    unrolled,
    with_numbers,
)
from blogkit.meaning.facts.gathering import ContradictionError, facts_from, gather
from blogkit.meaning.facts.known import Fact, Facts, Rule
from blogkit.meaning.facts.notation import meanings
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.sampling.goals import lacks_range
from blogkit.meaning.statements.cutting import Statement, split
from blogkit.meaning.statements.kinds import UNSAID, families
from blogkit.meaning.statements.quantifiers import (
    Universal,
    least_range,
    sameness_of,
    spelled_out,
    universal_of,
    with_range,
)
from blogkit.meaning.terms.reader import misfitting
from blogkit.meaning.trees.chains import chain_rule
from blogkit.meaning.trees.differentials import expand_differentials
from blogkit.meaning.trees.increments import expanded_at, with_differences
from blogkit.meaning.trees.parameters import derived_by, with_parameters
from blogkit.meaning.trees.probabilities import head
from blogkit.meaning.trees.reach import with_full_reach
from blogkit.meaning.trees.reading import readings
from blogkit.spans import Span

_BY_HABIT: Final = frozenset(["Γ", "ζ", "ψ", "P", "p", "Pr", "ℙ", "q", "Q", "H", "I", "D"])
"""Letters that are functions of their own by habit; see `naming.py`."""
_OTHERWISE_CUT: Final = Message("read otherwise, it falls into other statements")
_SHOWN_CHARS: Final = 60
"""How much of a formula is shown that is too long."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement with the question that it makes, if it makes one."""

    statement: Statement
    """What is said."""
    question: Question | None
    """What the methods are asked; None where there is nothing to decide or to ask."""
    reason: str = ""
    """Why there is no question: of a claim, why it stays undecided; else why it is no claim."""
    doubt: str = ""
    """Why the statement may be meant as a condition and not as a claim. A proof stands; a
    refutation does not, and its statement stays undecided with this reason. Mostly empty."""
    meanings: tuple[str, ...] = ()
    """It in LaTeX with each meaning of a letter, where that is the doubt. Mostly empty."""
    may_define: bool = False
    """Whether it may define a name anew that its post has used before; if it is not seen to be
    true, that is what it does."""
    approximation: Question | None = None
    """What is measured instead, where it says that two sides are nearly equal."""
    others: tuple["Asked", ...] = ()
    """It in the other ways in which it reads, each with a question of its own. Mostly empty."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the methods are asked: the question of each reading that makes one."""
        return tuple(q for one in (self, *self.others) for q in one.questions_of_own)

    @property
    def questions_of_own(self) -> tuple[Question, ...]:
        """The question of this reading alone, or what is measured of it; mostly one."""
        return tuple(q for q in (self.question, self.approximation) if q is not None)


@dataclass(frozen=True, slots=True)
class PostContext:
    """Where a formula stands."""

    notes: PostNotes
    """Its post, read once for all formulas; see `post_notes.read_post`."""
    span: Span
    """The formula with its delimiters, in the post's text."""


def questions(
    latex: str,
    *,
    context: PostContext | None = None,
    assume: tuple[Fact, ...] = (),
    macros: Mapping[str, Macro] | None = None,
) -> tuple[Asked, ...]:
    r"""The statements of a formula, in reading order, each with its question.

    Args:
        latex: The formula, without dollars.
        context: Where it stands; None for a formula by itself, which is read as true of all values.
        assume: What the user assumes; see `assume.read_assumptions`.
        macros: Commands defined elsewhere; those of the post are known.

    >>> asked = questions(r"\sqrt{x^2} = x, \quad x > 0")[0]
    >>> asked.question.facts.constraints[0].latex
    'x > 0'
    """
    latex = visible(latex)
    reason = why_too_long(latex)
    if reason:
        return (_unread(latex, reason),)
    around = context.notes.around(context.span) if context else None
    names = around.names if around else frozenset()
    known = _spoken_of(assume)
    if around:
        known |= around.earlier
    commands = {**(around.macros if around else {}), **(macros or {})}
    named = around.named if around else frozenset()
    read = readings(latex, macros=commands, variables_of_post=names, named=named)
    span = context.span if context else NOWHERE
    first, *others = (_all_asked(one.tree, latex, known, assume, around, span) for one in read)
    for other in others:
        first = _with_reading(first, other)
    return first


def _all_asked(
    tree: Tree,
    latex: str,
    known: frozenset[Symbol],
    assume: tuple[Fact, ...],
    around: Surroundings | None,
    span: Span,
) -> tuple[Asked, ...]:
    """The statements of one reading of a formula, each with its question."""
    if around is None:
        known |= _known_by_name(tree)
    statements = split(tree, latex, known=known)
    fresh = frozenset(s.introduced for s in split(tree, "") if s.introduced is not None)
    is_universal = any(map(_is_quantifier, walk(tree)))
    place = _Place(assume, around, fresh, statements, is_universal, span)
    return tuple(_ask(statement, place) for statement in statements)


def _with_reading(first: tuple[Asked, ...], other: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Statements with what they say in another reading, where that is something else."""
    if len(first) != len(other):
        whole = tuple(replace(one, question=None, reason=_OTHERWISE_CUT) for one in other[:1])
        return tuple(replace(one, others=(*one.others, *whole)) for one in first)
    return tuple(
        replace(one, others=(*one.others, same))
        if all(same.statement.tree != x.statement.tree for x in (one, *one.others))
        else one
        for one, same in zip(first, other, strict=True)
    )


def _unread(latex: str, reason: str) -> Asked:
    """A formula that is not read: whether it claims anything is not known."""
    shown = f"{latex[:_SHOWN_CHARS]}…"
    return Asked(Statement(t.Blank(), shown, "other", True, NOWHERE, reason=reason), None, reason)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is the same for all statements of a formula."""

    assume: tuple[Fact, ...]
    around: Surroundings | None
    fresh: frozenset[Tree]
    statements: tuple[Statement, ...]
    is_universal: bool
    span: Span = NOWHERE
    """The formula in its post."""
    is_claimed: bool = False
    """Whether it is certainly no condition: it is said of some values."""


def _is_quantifier(node: Tree) -> bool:
    """Whether it says that something holds for all values."""
    if isinstance(node, t.Where):
        return node.word == "for"
    return isinstance(node, t.Big) and node.operator == "forall"


def _ask(statement: Statement, place: _Place) -> Asked:
    if place.around is not None and place.around.is_assumption:
        told = replace(statement, kind="other", is_claim=False)
        return Asked(told, None, Message("taken for true in this post, nothing to decide"))
    if statement.kind == "definition" and _is_of_known(statement, place):
        statement = replace(statement, kind="identity", is_claim=True, reason="", introduced=None)
    is_near = statement.is_claim and statement.reason == UNSAID
    if not is_near and (not statement.is_claim or statement.reason):
        return Asked(statement, None, statement.reason)
    try:
        asked = _asked(statement, place)
    except ContradictionError as error:
        return Asked(statement, None, message_of(error))
    if not is_near:
        return asked
    return Asked(statement, None, asked.reason or UNSAID, approximation=asked.question)


def _is_of_known(statement: Statement, place: _Place) -> bool:
    """Whether what looks like a definition is a claim: on a derivative, or a share of a table."""
    tables = place.around.tables if place.around else ()
    return counted(statement.tree, tables) != (statement.tree, ()) or tells_slope(
        statement, _dependences(statement, place)
    )


def _asked(statement: Statement, place: _Place) -> Asked:
    """A claim with its question: one on some values is asked as the denial of one on all."""
    statement, place = _of_some(statement, place)
    universal = universal_of(statement.tree)
    if universal is None:
        return _asked_of_all(statement, place)
    if place.is_universal and not universal.bound:
        return Asked(statement, None, Message("whether each value or all of them are meant"))
    around = place.around.facts if place.around else ()
    told = (*statement.conditions, *(fact.tree for fact in (*place.assume, *around)))
    unsaid = universal.without_range(told)
    ranges = tuple(rule for name in unsaid for rule in least_range(name))
    asked = _of_universal(universal, statement, place, ranges)
    if asked.question is None or not universal.is_denied:
        return asked
    if asked.doubt:
        return Asked(statement, None, asked.doubt)
    same = sameness_of(statement.tree)
    beside = _of_universal(same, statement, place, ranges).question if same else None
    question = replace(asked.question, is_denied=True, beside=beside)
    doubt = Message("the set of '{name}' is not said", name=to_latex(unsaid[0])) if unsaid else ""
    return Asked(statement, question, "", doubt)


def _of_some(statement: Statement, place: _Place) -> tuple[Statement, _Place]:
    """A claim of a sentence such as `there is a real x with`, as one on some values of it."""
    around = place.around
    names = frozenset(name for each in around.existing for name in each.names) if around else None
    if not names or around is None or names != variables(statement.tree).free:
        return statement, place
    said = tuple(each.condition for each in around.existing if each.condition is not None)
    if not names <= with_range((*said, *(fact.tree for fact in around.facts))):
        return statement, place  # which values are meant is not said
    scope = t.System(said) if said else None
    bound = tuple(sorted(names, key=to_latex))
    some = t.Big("exists", bound, None, None, scope, statement.tree, span=statement.tree.span)
    place = replace(place, around=replace(around, is_existential=False))
    return replace(statement, tree=some), place


def _of_universal(
    universal: Universal, statement: Statement, place: _Place, ranges: tuple[Tree, ...]
) -> Asked:
    conditions = (*statement.conditions, *universal.conditions, *ranges)
    inner = replace(statement, tree=universal.claim, conditions=conditions)
    asked = _asked_of_all(inner, replace(place, is_universal=True, is_claimed=True))
    return replace(asked, statement=statement)


def _asked_of_all(statement: Statement, place: _Place) -> Asked:
    if chain_rule(statement.tree):
        return Asked(statement, Question(statement.tree, Facts(), statement.latex))
    asked = _unrolling(statement, _asked_of_opened(statement, place), place)
    return _asked_along_rules(statement, asked.question, place) or asked


def _unrolling(statement: Statement, asked: Asked, place: _Place) -> Asked:
    """A claim, with it as it is where steps of recurrences are put in."""
    known = (*_earlier(statement, place), *_dependences(statement, place))
    tree, used = unrolled(statement.tree, known, place.span.start)
    if not used or asked.question is None:
        return asked
    other = _asked_of_opened(replace(statement, tree=tree), place).question
    if other is None:
        return asked
    other = replace(other, steps=tuple(d.rule.latex for d in used))
    return replace(asked, question=replace(asked.question, unrolled=other))


def _earlier(statement: Statement, place: _Place) -> Iterator[Dependence]:
    """What the links before one in its chain say of how names depend on others."""
    for link in place.statements:
        depends = dependence_of(link, place.span) if link.clause == statement.clause else None
        if depends is not None and link.tree != statement.tree:
            yield depends


def _asked_of_opened(statement: Statement, place: _Place) -> Asked:
    """A claim with the definitions of its names put in."""
    tables = place.around.tables if place.around else ()
    tree, shares = counted(statement.tree, tables)
    tree, chances = with_given(tree, place.around.given if place.around else ())
    tree, numbers = with_numbers(tree, _dependences(statement, place), place.span.start)
    statement = replace(statement, tree=tree)
    own, told = _conditions(statement)
    around = place.around.facts if place.around else ()
    claim, used = _opened(statement, (*own, *place.assume), told, place)
    claim, differences = with_differences(claim)
    claim, indexed = with_indices(with_parameters(with_full_reach(spelled_out(claim))))
    given = facts_from((c for d in used for c in d.conditions), "formula")
    facts, read_so = with_joint_events((*given, *place.assume, *own, *around), claim)
    renamed = place.around.renamed if place.around else frozenset()
    claim, deltas = with_deltas(claim, _told_of(facts, place))
    claim, ties = tied(claim, is_complex=_complex(facts), unknown=renamed | _applied(facts, place))
    claim, vectors, ranges = by_entries(claim)
    reason = obstacle(claim) or _renamed_function(claim, renamed) or _held(statement.tree, used)
    if reason:
        return Asked(statement, None, reason)
    try:
        claim, plain = expand_differentials(claim), claim
    except NotApplicable:
        return Asked(statement, None, Message("differentials of this form are not computed"))
    ties = (*deltas, *ties)
    arrays = tuple(fact for fact in ties if not _is_equation(fact.tree))
    same = (fact for fact in ties if fact not in arrays)
    told_so = [Fact(each, to_latex(each), "notation") for each in (*differences, *indexed)]
    told_so += [Fact(_relation(d.rule), d.rule.latex, "formula") for d in numbers]
    stated = (
        *same,
        *read_so,
        *vectors,
        *shares,
        *chances,
        *told_so,
        *(Fact(_as_relation(d), d.latex, "formula") for d in used),
    )
    gathered = gather((claim,), facts=(*facts, *arrays, *ranges), definitions=stated)
    misfits = misfitting(claim, gathered)
    if misfits:
        kept = tuple(fact for fact in facts if fact not in around or not _shapes(fact, misfits))
        gathered = gather((claim,), facts=(*kept, *arrays, *ranges), definitions=stated)
    gathered = replace(gathered, named=renamed)
    if gathered.field_ == "complex" and (reason := _many_valued(claim)):
        return Asked(statement, None, reason)
    is_assumed = bool(_spoken_of(place.assume) & variables(claim).free)
    doubt = beside(statement, claim, place.statements) or find_doubt(
        statement,
        claim,
        used,
        place.around,
        place.fresh,
        is_assumed=is_assumed,
        is_universal=place.is_universal,
        is_claimed=place.is_claimed,
    )
    if misfits:
        name = to_latex(min(misfits, key=to_latex))
        doubt = Message("'{name}' may be a vector or matrix, as elsewhere in the post", name=name)
    if claim != plain:
        doubt = Message("what is constant under the differentials is not said")
    if indexed or (place.around is not None and not doubt and any(map(lacks_range, walk(claim)))):
        doubt = Message("over what a sum runs is not said")
    if deltas and place.around is not None:
        doubt = _MAY_BE_NO_DELTA
    if any(_says_law(fact.tree) for fact in ties):
        doubt = Message("over what an expectation is taken is not said")
    if shares:
        doubt = Message("the probabilities may not be meant as shares of the table")
    if numbers or chances:
        doubt = Message("the numbers that were put in may be rounded, or not be meant here")
    letter = special_letter(claim) if doubt and not is_assumed else ""
    meant = meanings(statement.tree, letter) if letter else ()
    may_define = place.around is not None and may_define_anew(statement, place.fresh)
    question = Question(
        claim,
        gathered,
        statement.latex,
        may_round=place.around is not None,
        held=held_fixed(claim, _dependences(statement, place), place.span.start),
    )
    return Asked(statement, question, "", doubt, meant, may_define=may_define)


def _asked_along_rules(statement: Statement, plain: Question | None, place: _Place) -> Asked | None:
    """A claim with derivatives by what a name depends on, with the rules that tell how."""
    if not has_derivatives(statement.tree):
        return None
    around = place.around or Surroundings()
    told_of = _told_of((*place.assume, *around.facts), place)
    tree, deltas = with_deltas(statement.tree, told_of)
    graph = _graph(replace(statement, tree=tree), place)
    if graph is None or any(_unreadable(x) for x in (graph.claim, *(r.value for r in graph.rules))):
        return None
    relations = tuple(_relation(rule) for rule in graph.rules if rule.is_told)
    told = tuple(
        Fact(each, to_latex(each), "formula" if rule.is_told else "default")
        for rule in graph.rules
        for each in [_relation(rule)]
    )
    facts = (*facts_from(statement.conditions, "formula"), *place.assume, *around.facts)
    gathered = gather((graph.claim, *relations), facts=facts, definitions=(*told, *deltas))
    spans = {each.span for each in graph.used}
    rules = (*graph.rules, *(each.rule for each in around.dependences))
    names = frozenset(s for r in rules for s in (*variables(r.name).free, *families(r.name)))
    elsewhere = replace(
        around,
        definitions=tuple(d for d in around.definitions if d.span not in spans),
        equations=tuple(e for e in around.equations if e.span not in spans and not e.is_of_slopes),
    )
    doubt = find_doubt(
        statement,
        graph.claim,
        (),
        place.around and elsewhere,
        frozenset(),
        is_claimed=True,
        known=names,
    )
    doubt = _MAY_BE_NO_DELTA if deltas and place.around is not None else doubt
    question = Question(graph.claim, gathered, statement.latex, rules=graph.rules, plain=plain)
    return Asked(statement, question, "", doubt)


_MAY_BE_NO_DELTA: Final = Message(r"'\delta' may be another thing than Kronecker's")


def _says_law(tree: Tree) -> bool:
    """Whether it tells over what an expectation is taken that does not say it."""
    return isinstance(tree, t.Relation) and any(
        isinstance(side, t.Expectation) and side.under is None for side in tree.operands
    )


def _shapes(fact: Fact, names: frozenset[Symbol]) -> bool:
    """Whether a fact says that one of such names is a vector or matrix."""
    match fact.tree:
        case t.Where(body=Symbol() as name) | t.Relation(operators=("∈",), operands=(name, _)):
            return name in names
    return False


def _is_equation(tree: Tree) -> bool:
    return isinstance(tree, t.Relation) and tree.operators == ("=",)


def _relation(rule: Rule) -> Tree:
    return t.Relation((rule.name, rule.value), ("=",))


def _graph(statement: Statement, place: _Place) -> Graph | None:
    """How the names of a statement depend on one another, as it stands in its post."""
    around = place.around or Surroundings()
    others = [s for s in place.statements if s.clause != statement.clause]
    beside = (d for s in others if (d := definition_of(s, place.span)) is not None)
    functions = (d for d in (*beside, *around.definitions) if d.parameters and not d.is_family)
    claim, _ = put_in(statement.tree, unique(functions))
    return graph_of(claim, _dependences(statement, place), place.span.start)


def _dependences(statement: Statement, place: _Place) -> tuple[Dependence, ...]:
    """What the other statements of a formula and its post say of how names depend on others."""
    others = (s for s in place.statements if s.clause != statement.clause)
    own = tuple(d for s in others if (d := dependence_of(s, place.span)) is not None)
    return (*own, *(place.around.dependences if place.around else ()))


def _many_valued(claim: Tree) -> str:
    """Why a claim over the complex numbers says no one thing: a logarithm to a base that is a name.

    The quotient of two logarithms has a value for each pair of branches; none is said to be meant.
    """
    for node in walk(claim):
        if isinstance(node, t.Apply) and node.operator == "log" and len(node.args) > 1:
            base = node.args[1]
            if variables(base).free:
                return Message(
                    "over the complex numbers a logarithm to the base '{base}' has many values",
                    base=to_latex(base),
                )
    return ""


def _held(tree: Tree, used: tuple[Definition, ...]) -> str:
    r"""Why a partial derivative can't be told: it may hold a name fixed that a definition ties.

    Of `\partial(xy)/\partial x` where `y = x^2` the y is mostly held fixed; in
    `\partial L/\partial w`, which names no w, the definition of L is what is derived.
    """
    tying = {d.symbol: variables(d.body).free for d in used if not d.parameters}
    for node in walk(tree):
        if not (isinstance(node, t.Apply) and node.operator in ("partial", "gradient")):
            continue
        of, *by = node.args
        names = {symbol for name in by for symbol in variables(name).free}
        inside = variables(of).free
        for symbol in sorted(inside & tying.keys() - names, key=to_latex):
            if names & inside and names & tying[symbol]:
                return Message(
                    "whether '{symbol}' is held fixed is not said", symbol=to_latex(symbol)
                )
    return ""


def _spoken_of(facts: tuple[Fact, ...]) -> frozenset[Symbol]:
    return frozenset(symbol for fact in facts for symbol in variables(fact.tree).free)


def _conditions(statement: Statement) -> tuple[tuple[Fact, ...], tuple[Definition, ...]]:
    """What restricts a statement, and what only says what a name in it means: `where q = e^x`."""
    facts: list[Fact] = []
    told: list[Definition] = []
    for fact in facts_from(statement.conditions, "formula"):
        parts = split(fact.tree, "")
        definition = definition_of(parts[0], NOWHERE) if len(parts) == 1 else None
        if definition is None:
            facts.append(fact)
        else:
            told.append(definition)
    return tuple(facts), tuple(told)


def _opened(
    statement: Statement,
    stated: tuple[Fact, ...],
    told: tuple[Definition, ...],
    place: _Place,
) -> tuple[Tree, tuple[Definition, ...]]:
    """A claim with definitions put in: those beside it, else those of its post; and which."""
    others = (s for s in place.statements if s.clause != statement.clause)
    beside = [d for s in others if (d := definition_of(s, NOWHERE)) is not None]
    usable = unique((*told, *beside))
    if place.around is not None:
        near = {d.symbol for d in (*told, *beside)}
        distant = unique(place.around.near) | unique(place.around.definitions)
        usable |= {symbol: d for symbol, d in distant.items() if symbol not in near}
    settled = {s for fact in stated for s in variables(fact.tree).free}
    settled |= derived_by(statement.tree) | expanded_at(statement.tree)
    usable = {s: d for s, d in usable.items() if s not in settled or d in told}
    return put_in(statement.tree, usable)


def _complex(facts: tuple[Fact, ...]) -> frozenset[Symbol]:
    """Symbols that facts say to be complex."""
    found = gather(tuple(fact.tree for fact in facts), facts=facts).sorts if facts else {}
    return frozenset(symbol for symbol, sort in found.items() if sort.kind == "complex")


def _as_relation(definition: Definition) -> Tree:
    name: Tree = definition.symbol
    if definition.is_family:
        name = t.Index(name, definition.parameters)
    elif definition.parameters:
        name = t.Call(name, definition.parameters)
    return t.Relation((name, definition.body), ("=",))


def _known_by_name(tree: Tree) -> frozenset[Symbol]:
    """Functions that a formula by itself does not define: it relates them to one another."""
    functions = variables(tree).functions
    known = frozenset(s for s in functions if named_function(s) is not None or by_letter(s))
    operators = {node.operator for node in walk(tree) if isinstance(node, t.Apply)}
    sides = tree.operands if isinstance(tree, t.Relation) else ()
    has_parameters = len({variables(side).free for side in sides}) > 1  # Swish(x) = x σ(βx)
    relates = len(known) > 1 or operators & {*ALL_DERIVATIVES, "tanh"}
    return known if relates and not has_parameters else frozenset()


def _applied(facts: tuple[Fact, ...], place: _Place) -> frozenset[Symbol]:
    """Symbols of which something is said: they mean that, and nothing by habit."""
    said = frozenset(symbol for fact in facts for symbol in variables(fact.tree).free)
    ties = place.around.equations if place.around else ()
    return said | frozenset(symbol for equation in ties for symbol in equation.symbols)


def _told_of(facts: tuple[Fact, ...], place: _Place) -> frozenset[Symbol]:
    """Symbols of which a fact, a definition or words say what they are."""
    around = place.around or Surroundings()
    said = frozenset(symbol for fact in facts for symbol in variables(fact.tree).free)
    rules = frozenset(s for d in around.dependences for s in walk(d.rule.name))
    defined = frozenset(d.symbol for d in around.definitions)
    return said | around.renamed | defined | frozenset(s for s in rules if isinstance(s, Symbol))


def _renamed_function(tree: Tree, renamed: frozenset[Symbol]) -> str:
    """Why a claim can't be read that applies what its post names: `$\\Gamma$ 为动作的函数`."""
    for node in walk(tree):
        function = head(node.function) if isinstance(node, t.Call) else None
        if function in renamed and isinstance(function, Symbol) and function.name in _BY_HABIT:
            return Message(
                "the post says what '{name}' is, and nothing else is known of it",
                name=to_latex(function),
            )
    return ""


def obstacle(tree: Tree) -> str:
    """Why no method may read a claim; empty for one that can be read."""
    reason = _unreadable(tree)
    if reason:
        return reason
    for name, variable in _implicit(tree):
        return Message(
            "how '{name}' depends on '{variable}' is not known", name=name, variable=variable
        )
    return ""


def _unreadable(tree: Tree) -> str:
    """Why a part of a claim can't be read; empty where all can."""
    for node in walk(tree):
        if isinstance(node, t.Opaque):
            return (
                Message("'{latex}' could not be read", latex=node.latex)
                if node.latex
                else Message("a part is missing")
            )
        if _lacks_part(node):
            return Message("a part is missing")
        if isinstance(node, t.Text):
            return Message("the words '{text}' could not be read", text=node.text)
        if _is_to_a_base(node):
            return Message("a number in it may be written to another base than ten")
    return ""


def _is_to_a_base(node: Tree) -> bool:
    """Whether it may be digits to another base: `(1010)_2`, `0xFF`."""
    match node:
        case t.Apply(operator="pochhammer", args=(t.Number(), t.Number())):
            return True
        case t.Apply(operator="times", args=(t.Number(text="0"), Symbol(name="x" | "b" | "X"), *_)):
            return True
    return False


def _lacks_part(node: Tree) -> bool:
    is_operator = isinstance(node, t.Apply) and node.operator != "slice"
    return is_operator and any(isinstance(arg, t.Blank) for arg in node.children)


def _implicit(tree: Tree) -> Iterator[tuple[str, str]]:
    """What is derived by a variable that does not occur in it, though it may depend on it."""
    for node in walk(tree):
        if not (isinstance(node, t.Apply) and node.operator in ALL_DERIVATIVES):
            continue
        of, *by = node.args
        for order in by:
            is_order = isinstance(order, t.Apply) and order.operator == "order"
            name = order.children[0] if is_order else order
            free = variables(of).free
            if free and not variables(name).free & free:
                yield to_latex(of), to_latex(name)
