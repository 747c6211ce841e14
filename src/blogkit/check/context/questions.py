r"""A formula to the questions that the methods are asked.

    for statement, question in questions(r"(a+b)^2 = a^2 + 2ab + b^2"):
        ...

The one entry point of this half of the package: it reads the formula, cuts it into statements and
gathers for each what is known. Imports the modules that do so, and nothing that decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from blogkit.check.context.conventions import tied
from blogkit.check.context.definitions import Definition, definition_of, put_in, unique
from blogkit.check.context.doubts import beside, find_doubt
from blogkit.check.context.post_notes import PostNotes, Surroundings
from blogkit.check.facts.gathering import ContradictionError, facts_from, gather
from blogkit.check.question import Fact, Question
from blogkit.check.statements.cutting import Statement, split
from blogkit.check.trees.reading import read
from blogkit.formula import NOWHERE, Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.language import Message, message_of
from blogkit.latex import Macro, visible
from blogkit.spans import Span

_BY_HABIT: Final = frozenset(["Γ", "ζ", "ψ", "σ", "P", "p", "Pr", "ℙ", "q", "Q", "H", "I", "D"])
"""Letters that are functions of their own by habit; see `naming.py`."""
_DERIVATIVES: Final = frozenset(["derivative", "partial", "gradient", "hessian"])


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
    around = context.notes.around(context.span) if context else None
    names = around.names if around else frozenset()
    known = _spoken_of(assume)
    if around:
        known |= around.earlier
    commands = {**(around.macros if around else {}), **(macros or {})}
    named = around.named if around else frozenset()
    reading = read(latex, macros=commands, variables_of_post=names, named=named)
    statements = split(reading.tree, latex, known=known)
    fresh = frozenset(s.introduced for s in split(reading.tree, latex) if s.introduced is not None)
    place = _Place(assume, around, fresh, statements)
    return tuple(_ask(statement, place) for statement in statements)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is the same for all statements of a formula."""

    assume: tuple[Fact, ...]
    around: Surroundings | None
    fresh: frozenset[Tree]
    statements: tuple[Statement, ...]


def _ask(statement: Statement, place: _Place) -> Asked:
    if place.around is not None and place.around.is_assumption:
        told = replace(statement, kind="other", is_claim=False)
        return Asked(told, None, Message("taken for true in this post, nothing to decide"))
    if not statement.is_claim or statement.reason:
        return Asked(statement, None, statement.reason)
    try:
        return _asked(statement, place)
    except ContradictionError as error:
        return Asked(statement, None, message_of(error))


def _asked(statement: Statement, place: _Place) -> Asked:
    own, told = _conditions(statement)
    around = place.around.facts if place.around else ()
    claim, used = _opened(statement, (*own, *place.assume), told, place)
    given = facts_from((c for d in used for c in d.conditions), "formula")
    facts = (*given, *place.assume, *own, *around)
    claim, ties = tied(claim, is_complex=_complex(facts))
    renamed = place.around.renamed if place.around else frozenset()
    reason = obstacle(claim) or _renamed_function(claim, renamed)
    if reason:
        return Asked(statement, None, reason)
    arrays = tuple(fact for fact in ties if isinstance(fact.tree, t.Where))
    same = (fact for fact in ties if fact not in arrays)
    stated = (*same, *(Fact(_as_relation(d), d.latex, "formula") for d in used))
    gathered = gather((claim,), facts=(*facts, *arrays), definitions=stated)
    gathered = replace(gathered, named=renamed)
    is_assumed = bool(_spoken_of(place.assume) & variables(claim).free)
    doubt = beside(statement, claim, place.statements) or find_doubt(
        statement, claim, used, place.around, place.fresh, is_assumed=is_assumed
    )
    return Asked(statement, Question(claim, gathered, statement.latex), "", doubt)


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
        distant = unique(place.around.definitions)
        usable |= {symbol: d for symbol, d in distant.items() if symbol not in near}
    settled = {s for fact in stated for s in variables(fact.tree).free}
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


def _renamed_function(tree: Tree, renamed: frozenset[Symbol]) -> str:
    """Why a claim can't be read that applies what its post names: `$\\Gamma$ 为动作的函数`."""
    for node in walk(tree):
        function = node.function if isinstance(node, t.Call) else None
        while isinstance(function, (t.Index, t.Apply)) and function.children:
            function = function.children[0]
        if function in renamed and isinstance(function, Symbol) and function.name in _BY_HABIT:
            return Message(
                "the post says what '{name}' is, and nothing else is known of it",
                name=to_latex(function),
            )
    return ""


def obstacle(tree: Tree) -> str:
    """Why no method may read a claim; empty for one that can be read."""
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
    for name, variable in _implicit(tree):
        return Message(
            "how '{name}' depends on '{variable}' is not known", name=name, variable=variable
        )
    return ""


def _lacks_part(node: Tree) -> bool:
    is_operator = isinstance(node, t.Apply) and node.operator != "slice"
    return is_operator and any(isinstance(arg, t.Blank) for arg in node.children)


def _implicit(tree: Tree) -> Iterator[tuple[str, str]]:
    """What is derived by a variable that does not occur in it, though it may depend on it."""
    for node in walk(tree):
        if not (isinstance(node, t.Apply) and node.operator in _DERIVATIVES):
            continue
        of, *by = node.args
        for order in by:
            is_order = isinstance(order, t.Apply) and order.operator == "order"
            name = order.children[0] if is_order else order
            free = variables(of).free
            if free and not variables(name).free & free:
                yield to_latex(of), to_latex(name)
