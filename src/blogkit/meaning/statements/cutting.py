r"""A formula's statements: what it says, cut so small that each is decided by itself.

    for statement in split(reading.tree, latex):
        statement.latex, statement.kind, statement.conditions

A chain `a = b \leq c` gives its links, a derivation its steps, a system its lines, and `\pm` with
`\mp` two statements. What restricts a statement stands with it. Imports the operator tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from blogkit.formula import NOWHERE, Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.statements.clauses import Clause, clauses
from blogkit.meaning.statements.kinds import Judgement, StatementKind, judge
from blogkit.meaning.trees.reading import read
from blogkit.meaning.trees.rewriting import map_nodes
from blogkit.spans import Span

_SWITCHED: Final = {
    False: {"plus-minus": "plus", "minus-plus": "minus"},
    True: {"plus-minus": "minus", "minus-plus": "plus"},
}
_ARROWS: Final = frozenset(["→", "⟶"])
_CLOSING: Final = re.compile(r"\s*\\right\s*(?:\\[A-Za-z]+|\\?.)")
_OPENING: Final = re.compile(r"\\[A-Za-z]+\s*\{$")
_ENDS: Final = " \t\n,.;，。；&"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a formula says."""

    tree: Tree
    """It, without its conditions: a `Relation` with one operator, a sentence of logic, or bare."""
    latex: str
    """It in LaTeX: as written where it is one piece of the source, else printed."""
    kind: StatementKind
    """What kind of statement."""
    is_claim: bool
    """Whether it can be true or false; if not, there is nothing to decide."""
    span: Span
    """Where it stands in the formula's LaTeX."""
    conditions: tuple[Tree, ...] = ()
    """What the formula says to restrict it."""
    reason: str = ""
    """Why there is nothing to decide, or why a claim can't be; empty for a claim to decide."""
    introduced: Tree | None = None
    """The side that a definition or update introduces."""
    clause: int = 0
    """Which of the formula's clauses it belongs to, from 0: links of one chain share it."""


def split(
    tree: Tree, latex: str, *, known: frozenset[Symbol] = frozenset()
) -> tuple[Statement, ...]:
    r"""The statements of a formula, in reading order.

    Args:
        tree: Its operator tree.
        latex: What the tree was read from; spans of the tree count in it. Empty for a tree that a
            program made.
        known: Symbols that have a meaning already: an equation for them is no definition.

    >>> from blogkit.formula import build
    >>> from blogkit.latex import parse
    >>> source = r"L = y + y = 2y \geq 0, \quad y \in \mathbb{R}"
    >>> [(s.latex, s.kind) for s in split(build(parse(source).tree).tree, source)]
    [('L = y + y', 'definition'), ('y + y = 2y', 'identity'), ('2y \\geq 0', 'inequality')]
    """
    found: list[Statement] = []
    for number, clause in enumerate(clauses(tree)):
        if isinstance(clause.tree, t.Blank):
            continue
        place = _Place(clause, number, latex, _has_loose_bar(clause.tree))
        for link in _links(clause.tree):
            for signed in _signs(with_roots(link)):
                found.append(_statement(signed, place, known))
    updated = {base_name(s.introduced) for s in found if s.kind == "update"}
    return tuple(_in_update(statement, updated) for statement in found)


def _has_loose_bar(tree: Tree) -> bool:
    """Whether a bar was taken for a relation with nothing before or behind it: `||x|-|y||`."""
    return isinstance(tree, t.Relation) and any(
        sign in _BARS and (isinstance(left, t.Blank) or isinstance(right, t.Blank))
        for sign, left, right in zip(
            tree.operators, tree.operands[:-1], tree.operands[1:], strict=True
        )
    )


_BARS: Final = frozenset("|‖∣∥")


def _in_update(statement: Statement, updated: set[Symbol | None]) -> Statement:
    r"""The corrected form of what is updated beside it belongs to the update: `\hat{v}_t = …`."""
    if statement.kind != "definition":
        return statement
    name = base_name(statement.introduced)
    if name is None or not name.accents or replace(name, accents=()) not in updated:
        return statement
    return replace(
        statement, kind="update", reason=Message("a part of the update, nothing to decide")
    )


def base_name(tree: Tree | None) -> Symbol | None:
    """The symbol of a name or of a member of a family."""
    while isinstance(tree, t.Index):
        tree = tree.base
    return tree if isinstance(tree, Symbol) else None


@dataclass(frozen=True, slots=True)
class _Place:
    """What is the same for all statements of a clause."""

    clause: Clause
    number: int
    latex: str
    has_loose_bar: bool


def _statement(tree: Tree, place: _Place, known: frozenset[Symbol]) -> Statement:
    clause, latex = place.clause, place.latex
    conditions = clause.conditions
    limit = _as_limit(tree, conditions)
    if limit is not None:
        tree, conditions = limit
    judged = judge(tree, known=known)
    if judged.is_claim and place.has_loose_bar:
        judged = replace(judged, reason=Message("a bar in it has no partner"))
    if clause.is_condition:
        judged = Judgement("other", False, Message("a condition, nothing to decide"))
    if clause.constraints:
        judged = Judgement("objective", False, Message("an objective, nothing to decide"))
        conditions = (*conditions, *clause.constraints)
    span = _span_of(tree)
    return Statement(
        tree,
        _written(tree, latex),
        judged.kind,
        judged.is_claim,
        span,
        conditions,
        judged.reason,
        judged.introduced,
        place.number,
    )


# --- links of a chain


def _links(tree: Tree) -> Iterator[Tree]:
    """The links of a chain, each a relation with one sign; anything else as it is."""
    if isinstance(tree, t.Apply) and tree.operator == "mod" and len(tree.args) == 2:
        chain, modulus = tree.args
        if isinstance(chain, t.Relation):
            for link in _links(chain):
                yield t.Apply("mod", (link, modulus), span=tree.span)
            return
    if not isinstance(tree, t.Relation) or ":" in tree.operators:
        yield tree
        return
    if tree.operators == ("|", "∼"):  # y|x ∼ p: a conditional distribution
        given = t.Relation(tree.operands[:2], ("|",), span=_cover(*tree.operands[:2]))
        yield t.Relation((given, tree.operands[2]), ("∼",), span=tree.span)
        return
    for place, sign in enumerate(tree.operators):
        left, right = tree.operands[place], tree.operands[place + 1]
        if isinstance(left, t.Blank) and place == 0 and len(tree.operators) > 1:
            continue
        yield t.Relation((left, right), (sign,), span=_cover(left, right))


def _cover(left: Tree, right: Tree) -> Span:
    if NOWHERE in (left.span, right.span) or left.span.start > right.span.start:
        return NOWHERE
    return Span(left.span.start, right.span.end)


# --- plus or minus


def _signs(link: Tree) -> Iterator[Tree]:
    r"""The two readings of a link with `\pm`; where only one side bears it, that either holds."""
    if not _has_signs(link):
        yield link
        return
    upper, lower = _choose(link, lower=False), _choose(link, lower=True)
    if isinstance(link, t.Apply) and link.operator in ("implies", "iff"):
        sides = [_has_signs(arg) for arg in link.args]
        if sides == [False, True]:
            consequence = tuple(_signs(link.args[1]))
            if len(consequence) == 1:
                yield replace(link, args=(link.args[0], consequence[0]))
                return
    if isinstance(link, t.Relation) and [_has_signs(x) for x in link.operands].count(True) == 1:
        yield t.Apply("or", (upper, lower), span=link.span)
        return
    yield upper
    yield lower


def _has_signs(tree: Tree) -> bool:
    return any(
        isinstance(node, t.Apply) and node.operator in _SWITCHED[False] for node in walk(tree)
    )


def _choose(tree: Tree, *, lower: bool) -> Tree:
    """A tree with the upper or the lower sign of each pair."""

    def chosen(node: Tree) -> Tree:
        if isinstance(node, t.Apply) and node.operator in _SWITCHED[lower]:
            sign = _SWITCHED[lower][node.operator]
            return node.args[0] if sign == "plus" else t.Apply("minus", node.args)
        return node

    return map_nodes(tree, chosen)


# --- roots


def with_roots(link: Tree) -> Tree:
    r"""An implication whose consequence numbers the roots, as a statement on `x` itself.

    `x^2 = a \Rightarrow x_1 = …, x_2 = …` and `x_{1,2} = … \pm …` say that `x` is one of them.
    """
    if not (isinstance(link, t.Apply) and link.operator == "implies" and len(link.args) == 2):
        return link
    if_so, then = link.args
    parts = then.statements if isinstance(then, t.System) else (then,)
    roots = [_root(part, if_so) for part in parts]
    kept = tuple(root for root in roots if root is not None)
    if len(kept) < len(roots):
        return link
    said = kept[0] if len(kept) == 1 else t.Apply("or", kept)
    return t.Apply("implies", (if_so, said))


def _root(part: Tree, if_so: Tree) -> Tree | None:
    match part:
        case t.Relation(
            operands=(t.Index(base=Symbol() as name, indices=numbers), value), operators=("=",)
        ) if all(isinstance(number, t.Number) for number in numbers):
            is_unknown = name in walk(if_so) and name not in walk(value)
            return t.Relation((name, value), ("=",)) if is_unknown else None
    return None


# --- limits


def _as_limit(tree: Tree, conditions: tuple[Tree, ...]) -> tuple[Tree, tuple[Tree, ...]] | None:
    r"""`a_n \to 0 \quad (n \to \infty)` as an equation with a limit."""
    if not (isinstance(tree, t.Relation) and tree.operators[0] in _ARROWS):
        return None
    for condition in conditions:
        match condition:
            case t.Relation(operands=(Symbol() as name, _), operators=("→",)):
                left, right = tree.operands
                if name in walk(left):
                    limit = t.Big("limit", (name,), None, None, condition, left, span=left.span)
                    rest = tuple(other for other in conditions if other is not condition)
                    return t.Relation((limit, right), ("=",), span=tree.span), rest
    return None


# --- as written


def _span_of(tree: Tree) -> Span:
    """Where a tree stands; of one that was changed, where its parts stand."""
    spans = [node.span for node in walk(tree) if node.span != NOWHERE]
    if not spans:
        return NOWHERE
    return Span(min(span.start for span in spans), max(span.end for span in spans))


_MOSTLY: Final = 2
_MARGIN_CHARS: Final = 60
"""How much longer than a statement a formula may be that could be it as a whole."""


def _written(tree: Tree, latex: str) -> str:
    """The piece of the source that reads as this tree; else the tree printed."""
    piece = _balanced(tree.span, latex).strip(_ENDS)
    candidates = [piece, piece.replace("&", "").replace(r"\\", " ").strip(_ENDS)]
    if len(latex) <= _MOSTLY * len(piece) + _MARGIN_CHARS:  # else each statement reads them all
        candidates.append(latex.strip(_ENDS))
    for candidate in filter(None, dict.fromkeys(candidates)):
        again = read(candidate)
        if again.is_valid and again.tree == tree:
            return " ".join(candidate.split())
    return to_latex(tree)


def _balanced(span: Span, latex: str) -> str:
    """A piece of the source, with the closing braces behind it that it lacks."""
    start = span.start
    opening = _OPENING.search(latex, 0, start)
    if opening and span.of(latex).count("}") > span.of(latex).count("{"):
        start = opening.start()
    span = Span(start, span.end)
    piece = span.of(latex)
    missing = piece.count("{") - piece.count("}")
    end = span.end
    while missing > 0 and latex[end : end + 1] == "}":
        missing, end = missing - 1, end + 1
    while latex[span.start : end].count(r"\left") > latex[span.start : end].count(r"\right"):
        closing = _CLOSING.match(latex, end)
        if closing is None:
            break
        end = closing.end()
    return latex[span.start : end]
