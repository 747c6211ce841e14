r"""What a post says that bears on its formulas: facts, definitions, equations.

    notes = read_post(post)
    notes.around(formula.span)      # what holds at that formula

It exists because a formula of a post is not alone: `\gamma > 0` stands in the line below it, and
what `\sigma` is in the line above. A post is read once for all of its formulas.
Imports `prose.py`, `definitions.py`, `statements.py` and `text.mathspans`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from blogkit.check.context.existence import Existing, existing_in
from blogkit.check.context.given import Given, given_in, given_in_tables, with_complements
from blogkit.check.context.loose_sums import with_indices
from blogkit.check.context.naming import Named, named_in
from blogkit.check.context.prose import Inline, Said, facts_in
from blogkit.check.context.remarks import Remark, remarks_in, sweeping_words
from blogkit.check.context.tables import Table, tables_in
from blogkit.formula import Symbol, Tree, variables
from blogkit.formula import tree as t
from blogkit.formula.lengths import why_too_long
from blogkit.formula.printing import to_latex
from blogkit.latex import Macro
from blogkit.macros import formulas_of, macros_of
from blogkit.meaning.definitions import Definition, definition_of
from blogkit.meaning.dependence import Dependence, dependence_of, has_derivatives, tells_slope
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.statements.clauses import contrary_of
from blogkit.meaning.statements.cues import cue
from blogkit.meaning.statements.cutting import Statement, split
from blogkit.meaning.statements.kinds import families
from blogkit.meaning.statements.polarity import (
    affirmed,
    is_claim_denied,
    is_existential,
    is_turned,
    masked,
    polarity,
)
from blogkit.meaning.trees.parameters import derived_by
from blogkit.meaning.trees.reading import Read, read
from blogkit.posts import Post
from blogkit.spans import Span

_HEADING = re.compile(r"^#{1,6}\s.*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_DISPLAY = re.compile(r"\$\$|\\\[|\\begin\{")
_EQUATION_CUES = re.compile(
    cue(
        *("if", "when", "suppose"),
        also=r"令 满足 约束 取 使得 使 方程 条件 超平面 直线 曲线 解 求 / where|such that|satisf\w+"
        r"|equations?|constraints?|assum\w+|set|solv\w+|with|for|hyperplanes?|lines?|curves?",
    )
    + r"\s*[^，。；,.;]{0,8}$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"(?:[。！？!?；;]|\.(?=\s))(?!\s*" + cue("otherwise") + ")"
    r"|\n\s*\n(?!\s*(?:\$\$|\\\[|\\begin))",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[。！？!?；;，,.]|\$\$|\\\[|\n\s*\n")
_MODEL_CUES = re.compile(
    r"近似|独立|马尔可夫|假设|假定|朴素贝叶斯|Markov|independen|approximat|assum|na[iï]ve Bayes",
    re.IGNORECASE,
)
_CALLED_SO = re.compile(r"[^。！？!?]*?(?:独立|independen)", re.IGNORECASE)
"""What is said behind a formula that says when things are independent."""
_MODEL_CHARS = 150
"""How far in front of a formula the words stand that it rests on."""
_I = Symbol("i")
_COUNTS = re.compile(
    r"_\{?(?:[^{}]*[^\\A-Za-z{}])?i(?![A-Za-z])|(?<![\\A-Za-z])i\s*(?:=|\\in\b|\\le)"
)
_SENTENCE_CHARS = 120
_BEHIND_CHARS = 40
"""How far behind a formula words still say of which values it holds: `有解`, `has a solution`."""
_MAX_NAME_CHARS = 24
"""A formula that names a letter or a few is no longer."""
_MAX_BEHIND_CHARS = 400
"""How far behind a display a declaration in its paragraph still belongs to it."""


@dataclass(frozen=True, slots=True)
class Equation:
    """A formula of the post that ties symbols and is no definition that can be used."""

    symbols: frozenset[Symbol]
    """The symbols that it is about."""
    latex: str
    """It as written."""
    span: Span
    """Where it stands."""
    is_of_slopes: bool = False
    """Whether it says what a derivative is, so that it may follow from what is derived."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a post says that holds at one formula."""

    facts: tuple[Fact, ...] = ()
    """The facts, the nearest first."""
    definitions: tuple[Definition, ...] = ()
    """All definitions of the post but for those of the formula itself."""
    dependences: tuple[Dependence, ...] = ()
    """How its names depend on one another, but for what the formula itself says."""
    earlier: frozenset[Symbol] = frozenset()
    """Symbols that are defined before the formula."""
    near: tuple[Definition, ...] = ()
    """Those of its section that stand in front of it."""
    same_section: frozenset[Symbol] = frozenset()
    """Symbols that are defined in its section."""
    equations: tuple[Equation, ...] = ()
    """What else ties symbols, but for the formula itself."""
    remarks: tuple[Remark, ...] = ()
    """What is said of symbols and was not understood."""
    sweeping: str = ""
    """A word in front that may restrict all symbols: `以下变量均为正数`."""
    is_hypothetical: bool = False
    """Whether the words in front make it a condition: `当`, `令`, `满足`, `if`, `let`."""
    rests_on_model: bool = False
    """Whether the sentence in front speaks of independence, a Markov chain or an approximation, or
    the words behind it of independence."""
    is_assumption: bool = False
    """Whether it is itself one of the facts that the post states: `其中 $\\gamma > 0$`."""
    is_inline: bool = False
    """Whether it stands in a line of text."""
    is_existential: bool = False
    """Whether its sentence says that it holds for some values: `存在`, `找到`, `for some`."""
    is_denied: bool = False
    """Whether the words beside it say that it does not hold."""
    existing: tuple[Existing, ...] = ()
    """The names of which its sentence says in front that there are such values."""
    names: frozenset[Symbol] = frozenset()
    """Symbols that the post uses in its own way, such as an `e` that is an error."""
    named: frozenset[Symbol] = frozenset()
    """Symbols of which it says what they are: they mean nothing by habit as numbers."""
    renamed: frozenset[Symbol] = frozenset()
    """Those of them that mean something else than they do by habit as functions or matrices."""
    macros: Mapping[str, Macro] = field(default_factory=dict)
    """Commands that the post defines before it."""
    tables: tuple[Table, ...] = ()
    """The tables in front of it, the nearest first."""
    given: tuple[Given, ...] = ()
    """The probabilities that are given in numbers in front of it, the nearest first."""


@dataclass(frozen=True, slots=True)
class PostNotes:
    """A post, read for what it says on its symbols."""

    text: str
    """Its text."""
    words: str
    """It with its inline formulas masked; see `polarity.masked`."""
    said: tuple[Said, ...]
    """The facts that it states, in order."""
    definitions: tuple[Definition, ...]
    """Its definitions, in order."""
    dependences: tuple[Dependence, ...]
    """How its names depend on one another, in order."""
    equations: tuple[Equation, ...]
    """Its other equations, in order."""
    remarks: tuple[Remark, ...]
    """What it says of symbols that is no fact, in order."""
    displays: frozenset[Span]
    """Its formulas that stand on a line of their own."""
    headings: tuple[int, ...]
    """Where its sections start."""
    names: tuple[Named, ...]
    """Letters of which it says what they are, in order."""
    existing: tuple[Existing, ...]
    """Names of which it says that there are such values, in order."""
    indices: frozenset[Symbol]
    """The letter `i`, where it numbers something in the post."""
    tables: tuple[Table, ...]
    """Its tables, in order."""
    given: tuple[Given, ...]
    """The probabilities that it gives in numbers, in order."""
    defined: Mapping[Span, str]
    """What the formulas before each of its formulas define; see ``blogkit.macros``."""

    def around(self, span: Span) -> Surroundings:
        """What holds at the formula of that span.

        A declaration holds behind its place, and for displays before it in the same paragraph;
        a bound likewise in its section; what stands behind `if` in its sentence.
        """
        held = self._held(span)
        held.sort(key=lambda said: abs(said.span.start - span.start))
        others = tuple(d for d in self.definitions if d.span != span)
        section = self._section(span)
        ties = tuple(e for e in self.equations if e.span != span)
        names = {symbol for e in self.equations for symbol in e.symbols}
        before = self.text[max(0, span.start - 30) : span.start]
        return Surroundings(
            tuple(said.fact for said in _nearest(held)),
            others,
            tuple(d for d in self.dependences if d.span != span),
            frozenset(d.symbol for d in others if d.span.start < span.start),
            tuple(
                d for d in others if d.span.start < span.start and self._section(d.span) == section
            ),
            frozenset(d.symbol for d in others if self._section(d.span) == section),
            ties,
            tuple(r for r in self.remarks if r.span != span and self._bears_on(r, span)),
            sweeping_words(self.words, span.start, self.said),
            _EQUATION_CUES.search(before) is not None,
            any(affirmed(_MODEL_CUES, self.words, max(0, span.start - _MODEL_CHARS), span.start))
            or _CALLED_SO.match(self.words[span.end : span.end + _BEHIND_CHARS]) is not None,
            span not in self.displays and self._is_stated(span),
            span not in self.displays,
            is_existential(self._sentence(span)),
            is_claim_denied(
                self.words[max(0, span.start - _SENTENCE_CHARS) : span.start],
                self.words[span.end : span.end + _BEHIND_CHARS],
            ),
            tuple(
                each
                for each in self.existing
                if each.span.start < span.start and self._same_sentence(each.span, span)
            ),
            frozenset(names | {d.symbol for d in self.definitions} | self.indices),
            self._named(span) | {d.symbol for d in others if d.span.start < span.start},
            self._named(span, is_own=False),
            macros_of(self.defined.get(span, "")),
            tuple(x for x in reversed(self.tables) if x.span.start < span.start),
            tuple(x for x in reversed(self.given) if x.span.start < span.start),
        )

    def _sentence(self, span: Span) -> str:
        """The words of the sentence in front of a formula, and of the clause behind it."""
        front = self.words[max(0, span.start - _SENTENCE_CHARS) : span.start].rstrip()
        behind = self.words[span.end : span.end + _BEHIND_CHARS].lstrip()
        return f"{_SENTENCE_END.split(front)[-1]} {_CLAUSE_END.split(behind)[0]}"

    def _named(self, span: Span, *, is_own: bool = True) -> frozenset[Symbol]:
        """The letters that are named in front of a formula, or behind it in its paragraph."""
        return frozenset(
            Symbol(named.name)
            for named in self.names
            if (
                named.span.start < span.start
                or (named.looks_back and self._follows(named.span, span))
            )
            and (is_own or not named.is_own)
        )

    def _is_stated(self, span: Span) -> bool:
        return any(said.span == span and said.polarity == "asserted" for said in self.said)

    def _held(self, span: Span) -> list[Said]:
        """The facts that hold at a formula, without those that were taken back before it."""
        near = [said for said in self.said if said.span != span and self._holds(said, span)]
        gone = [said for said in near if said.polarity == "denied"]
        held: list[Said] = []
        for said in near:
            ended = (
                g
                for g in gone
                if g.fact.tree == said.fact.tree and said.span.start < g.span.start < span.start
            )
            if said.polarity == "denied" or next(ended, None) is not None:
                continue
            turned = self._turned(said, span)
            held.extend([turned] if turned else [])
        return held

    def _turned(self, said: Said, span: Span) -> Said | None:
        """A condition as it holds at a formula: behind `否则` its contrary, if that can be said."""
        between = self.words[said.span.end : max(said.span.end, span.start)]
        if said.reach != "sentence" or said.polarity == "contrary" or not is_turned(between):
            return said
        other = contrary_of(said.fact.tree)
        return replace(said, fact=Fact(other, to_latex(other), said.fact.source)) if other else None

    def _section(self, span: Span) -> int:
        return bisect_right(self.headings, span.start)

    def _holds(self, said: Said, span: Span) -> bool:
        if said.reach == "sentence":
            return self._same_sentence(said.span, span)
        if said.span.start < span.start:
            return said.reach == "post" or self._section(said.span) == self._section(span)
        return self._follows(said.span, span)

    def _bears_on(self, remark: Remark, span: Span) -> bool:
        if remark.span.start < span.start:
            return remark.is_lasting or self._section(remark.span) == self._section(span)
        return self._follows(remark.span, span)

    def _follows(self, later: Span, span: Span) -> bool:
        """Whether a place stands behind a formula in its paragraph."""
        between = self.text[span.end : later.start]
        return len(between) <= _MAX_BEHIND_CHARS and not _BLANK_LINE.search(between.strip())

    def _same_sentence(self, one: Span, other: Span) -> bool:
        """Whether no sentence ends between two formulas; a display may end a line."""
        first, last = (one, other) if one.start < other.start else (other, one)
        if last.start - first.end > _MAX_BEHIND_CHARS:
            return False
        end = _SENTENCE_END.search(self.text, first.end)
        return end is None or end.start() >= last.start


def _nearest(held: list[Said]) -> Iterator[Said]:
    """Of memberships of one symbol only the nearest; all of the rest."""
    seen: set[Tree] = set()
    for said in held:
        tree = said.fact.tree
        if isinstance(tree, t.Relation) and tree.operators == ("∈",):
            if tree.operands[0] in seen:
                continue
            seen.add(tree.operands[0])
        yield said


def read_post(post: Post) -> PostNotes:
    r"""A post, read for what it says on its symbols.

    Args:
        post: The post; its formulas are looked for in the text if it does not hold them.

    Cost: about that of reading all its formulas, 0.2 ms each.

    >>> notes = read_post(Post(title="", text=r"设 $\gamma > 0$。则 $$|\gamma| = \gamma$$"))
    >>> [fact.latex for fact in notes.around(Span(16, 38)).facts]
    ['\\gamma > 0']
    """
    found = [formula for formula in formulas_of(post) if not why_too_long(formula.latex)]
    inline: list[Inline] = []
    definitions: list[Definition] = []
    dependences: list[Dependence] = []
    equations: list[Equation] = []
    given, values = given_in_tables(post.text)
    in_formulas: list[Given] = []
    words = masked(post.text, [formula.span for formula in found if not formula.display])
    indices = frozenset(_I for formula in found if _COUNTS.search(formula.latex))
    names = [
        named
        for formula in found
        if not formula.display and len(formula.latex) <= _MAX_NAME_CHARS
        for named in named_in(
            words, formula.span, read(formula.latex, macros=macros_of(formula.definitions)).tree
        )
    ]
    for formula in found:
        latex = formula.latex
        before = frozenset(Symbol(n.name) for n in names if n.span.start <= formula.span.start)
        reading = read(
            latex, macros=macros_of(formula.definitions), variables_of_post=indices, named=before
        )
        if not formula.display:
            inline.append(Inline(formula.span, reading.tree))
        how = (
            "asserted" if formula.display else polarity(words, formula.span.start, formula.span.end)
        )
        stated = _stated(reading, latex) if how in ("asserted", "unclear") else ()
        in_formulas.extend(given_in(stated, formula.span))
        for statement in stated:
            definition = definition_of(statement, formula.span)
            depends = dependence_of(statement, formula.span) if how == "asserted" else None
            dependences.extend([depends] if depends is not None else [])
            is_said = how == "asserted" and definition is not None
            if how == "asserted" and tells_slope(statement, dependences):
                continue
            if definition is not None and is_said and _is_lasting(definition, formula.display):
                definitions.append(replace(definition, body=with_indices(definition.body)[0]))
            elif tie := _tie(statement, formula.span):
                equations.append(tie)
    said = (*facts_in(post.text, inline), *_matrices_in(inline))
    return PostNotes(
        post.text,
        words,
        said,
        tuple(definitions),
        tuple(dependences),
        tuple(equations),
        tuple(remarks_in(post.text, inline, said)),
        frozenset(formula.span for formula in found if formula.display),
        _headings(post),
        tuple(names),
        tuple(existing_in(words, inline)),
        indices,
        tables_in(post.text),
        with_complements(sorted((*given, *in_formulas), key=lambda each: each.span.start), values),
        {formula.span: formula.definitions for formula in found if formula.definitions},
    )


def _matrices_in(formulas: Iterable[Inline]) -> Iterator[Said]:
    r"""Letters of which the post says that they don't commute, `AB \neq BA`, and so no numbers."""
    for formula in formulas:
        match formula.tree:
            case t.Relation(
                operators=("≠",),
                operands=(t.Apply(operator="times", args=one), t.Apply(operator="times", args=two)),
            ) if one == two[::-1]:
                for name in filter(lambda factor: isinstance(factor, Symbol), one):
                    matrix = t.Where(name, "where", t.Text("a matrix"))
                    yield Said(Fact(matrix, to_latex(matrix), "prose"), formula.span, "section")


def _headings(post: Post) -> tuple[int, ...]:
    """Where sections start.

    In plain text a short line is taken for a heading; one with a display behind it (`它满足`) is
    the start of the sentence that the display ends.
    """
    if post.blocks:
        return tuple(
            block.span.start
            for block, after in zip_longest(post.blocks, post.blocks[1:])
            if block.kind == "heading"
            and not (after and _DISPLAY.match(post.text, after.span.start))
        )
    return tuple(match.start() for match in _HEADING.finditer(post.text))


def _stated(reading: Read, latex: str) -> tuple[Statement, ...]:
    return split(reading.tree, latex) if isinstance(reading.tree, _SAYING) else ()


_SAYING = (t.Relation, t.System, t.Where, t.Apply, t.Big)


def _is_lasting(definition: Definition, is_display: bool) -> bool:
    """Whether a definition is more than a value in passing, such as `k=1`."""
    if is_display or definition.parameters:
        return True
    return bool(variables(definition.body).free)


def _tie(statement: Statement, span: Span) -> Equation | None:
    """A formula by which a symbol is no free variable any more."""
    tree = statement.tree
    if isinstance(tree, t.Relation) and tree.operators[0] in "←→≔":
        return None
    if statement.introduced is not None:
        names = frozenset(variables(statement.introduced).free) | frozenset(
            variables(statement.introduced).functions
        )
        indices = _indices(statement.introduced)
        return Equation(names - indices, statement.latex, span)
    if not (statement.is_claim and isinstance(tree, t.Relation) and tree.operators == ("=",)):
        return None
    sides = [frozenset((*variables(side).free, *families(side))) for side in tree.operands]
    if sides[0] == sides[1]:
        return None
    return Equation(
        (sides[0] ^ sides[1]) - derived_by(tree),
        statement.latex,
        span,
        all(sides) and has_derivatives(tree),
    )


def _indices(tree: Tree) -> frozenset[Symbol]:
    """Symbols that only number or are parameters of what is introduced."""
    match tree:
        case t.Index(indices=parts) | t.Call(args=parts):
            return frozenset(s for part in parts for s in variables(part).free)
    return frozenset()
