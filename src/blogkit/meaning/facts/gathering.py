r"""All that is known of the symbols of one claim.

    facts = gather((claim,), own=conditions, given=assumed)

It exists to put in order what is said at several places: what the user assumes comes before what
the formula says, that before the words around it, that before habits of notation, and a stated
default comes last. Every fact is kept with its source, so that it can be printed.
Imports `notation.py`, `domains.py` and the operator tree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.domains import domain_of
from blogkit.meaning.facts.known import Fact, Facts, Source
from blogkit.meaning.facts.notation import Notation, read_notation
from blogkit.meaning.sorts import REAL, SCALARS, Kind, Sort
from blogkit.meaning.statements.clauses import conjuncts
from blogkit.meaning.statements.kinds import KNOWN_FUNCTIONS
from blogkit.meaning.trees.probabilities import is_probability

_WIDTH: Final[dict[Kind, int]] = {
    "natural": 0,
    "integer": 1,
    "rational": 2,
    "real": 3,
    "complex": 4,
}
_SETS: Final[dict[Kind, str]] = {
    "natural": "N",
    "integer": "Z",
    "rational": "Q",
    "real": "R",
    "complex": "C",
}
_WORDS: Final[dict[Kind, str]] = {
    "vector": Message("a vector"),
    "matrix": Message("a matrix"),
    "function": Message("a function"),
    "random": Message("random"),
    "set": Message("a set"),
}
_NUMBERS: Final[dict[Kind, str]] = {
    "natural": Message("a natural number"),
    "integer": Message("an integer number"),
    "rational": Message("a rational number"),
    "real": Message("a real number"),
    "complex": Message("a complex number"),
}
_KIND_OF_WORDS: Final = {words: kind for kind, words in _WORDS.items()}
_RANK: Final[dict[Source, int]] = {
    "given": 0,
    "formula": 1,
    "prose": 2,
    "notation": 3,
    "default": 4,
}


class ContradictionError(Exception):
    """Two facts say that one symbol is two different kinds of thing; caught within the package."""


@dataclass(slots=True)
class _Known:
    """What is gathered."""

    sorts: dict[Symbol, tuple[Sort, Source]] = field(default_factory=dict)
    constraints: list[Fact] = field(default_factory=list)
    stated: list[Fact] = field(default_factory=list)


def facts_from(trees: Iterable[Tree], source: Source) -> tuple[Fact, ...]:
    r"""Conditions as facts, each by itself: `a, b > 0` gives two."""
    parts = (part for tree in trees for part in conjuncts(tree))
    return tuple(Fact(part, to_latex(part), source) for part in parts)


def gather(
    trees: tuple[Tree, ...],
    *,
    facts: tuple[Fact, ...] = (),
    definitions: tuple[Fact, ...] = (),
) -> Facts:
    r"""What is known of the free symbols of some trees.

    Args:
        trees: The claim, and what is substituted into it.
        facts: What is stated, the nearest of each source first; what does not touch the symbols of
            the trees is left out.
        definitions: Definitions that were used; printed only.

    Raises:
        ContradictionError: if one symbol is said to be two things.

    >>> from blogkit.meaning.trees.reading import read
    >>> found = gather((read(r"\sum_{i=1}^n x_i \ge 0").tree,))
    >>> [fact.latex for fact in found.stated]
    ['n \\in \\mathbb{N}', 'x_{i} \\in \\mathbb{R}']
    """
    free = frozenset(s for tree in trees for s in variables(tree).free)
    relevant = [_for_all_members(fact, free) for fact in _relevant(trees, facts)]
    known = _Known()
    for fact in sorted(relevant, key=lambda fact: _RANK[fact.source]):
        _take(fact, known)
    everything = (*trees, *(fact.tree for fact in relevant))
    notation = read_notation(everything)
    own = read_notation(trees)
    _add_notation(notation, known)
    for tree in own.constraints:
        if not _is_settled(tree, known):
            _constrain(Fact(tree, to_latex(tree), "notation"), known)
    free = frozenset(s for tree in everything for s in variables(tree).free)
    _add_sizes(known)
    for symbol in sorted(free, key=to_latex):
        known.sorts.setdefault(symbol, (REAL, "default"))
    _fit_families(everything, known)
    _state(trees, free, own, known)
    sorts = {symbol: sort for symbol, (sort, _) in known.sorts.items()}
    is_complex = own.has_imaginary_unit or any(s.kind == "complex" for s in sorts.values())
    return Facts(
        sorts,
        tuple(known.constraints),
        (*known.stated, *definitions),
        field_="complex" if is_complex else "real",
    )


def _relevant(trees: tuple[Tree, ...], facts: tuple[Fact, ...]) -> list[Fact]:
    """Facts on the symbols of the trees, and on the symbols of such facts."""
    names = {name for tree in trees for name in _spoken_of(tree)}
    found: list[Fact] = []
    waiting = [(fact, _spoken_of(fact.tree)) for fact in facts]
    grown = True
    while grown:
        grown = False
        for fact, own in list(waiting):
            if own & names:
                waiting.remove((fact, own))
                if not any(fact.tree == other.tree for other in found):
                    found.append(fact)
                grown = grown or not own <= names
                names |= own
    return [fact for fact in facts if fact in found]


def _spoken_of(tree: Tree) -> frozenset[Symbol]:
    found = variables(tree)
    return found.free | found.functions


# --- what facts say


def _take(fact: Fact, known: _Known) -> None:
    match fact.tree:
        case t.Relation(operands=(member, domain), operators=("∈",)):
            _take_membership(member, domain, fact, known)
        case t.Big(
            operator="forall",
            body=t.Relation(operands=(t.Index() as member, domain), operators=("∈",)),
        ):
            _take_members(member, domain, fact, known)
        case (
            t.Where(body=member, condition=t.Text(text=words))
            | t.Big(operator="forall", body=t.Where(body=member, condition=t.Text(text=words)))
        ) if words in _KIND_OF_WORDS:
            symbol = _subject(member)
            if symbol is not None:
                is_family = isinstance(member, t.Index)
                sort = Sort(_KIND_OF_WORDS[words], is_family=is_family)
                _set_sort(symbol, sort, fact, known)
        case _:
            _constrain(fact, known)


def _take_membership(member: Tree, domain: Tree, fact: Fact, known: _Known) -> None:
    found = domain_of(member, domain)
    symbol = _subject(member)
    if found is None or symbol is None:
        _constrain(fact, known)
        return
    sort = Sort(found.sort.kind, found.sort.shape, is_family=isinstance(member, t.Index))
    _set_sort(symbol, sort, fact, known)
    for tree in found.constraints:
        _constrain(Fact(tree, to_latex(tree), fact.source), known)


def _take_members(member: t.Index, domain: Tree, fact: Fact, known: _Known) -> None:
    """What is said of all members of a family."""
    found = domain_of(member, domain)
    symbol = _subject(member)
    if found is None or symbol is None or not isinstance(fact.tree, t.Big):
        _constrain(fact, known)
        return
    _set_sort(symbol, Sort(found.sort.kind, found.sort.shape, is_family=True), fact, known)
    for tree in found.constraints:
        each = t.Big("forall", fact.tree.bound, None, None, None, tree)
        _constrain(Fact(each, to_latex(tree), fact.source), known)


def _subject(member: Tree) -> Symbol | None:
    while isinstance(member, t.Index):
        member = member.base
    return member if isinstance(member, Symbol) else None


def _set_sort(symbol: Symbol, sort: Sort, fact: Fact, known: _Known) -> None:
    old = known.sorts.get(symbol)
    if old is None:
        known.sorts[symbol] = (sort, fact.source)
        return
    before, source = old
    if before.kind in SCALARS and sort.kind in SCALARS:
        if _WIDTH[sort.kind] < _WIDTH[before.kind]:
            known.sorts[symbol] = (sort, fact.source)
    elif before.kind != sort.kind and _RANK[source] == _RANK[fact.source] and source != "prose":
        raise ContradictionError(
            Message(
                "'{symbol}' is said to be {one} and {other}",
                symbol=to_latex(symbol),
                one=_name(before),
                other=_name(sort),
            )
        )


def _name(sort: Sort) -> str:
    return _NUMBERS.get(sort.kind) or _WORDS[sort.kind]


def _constrain(fact: Fact, known: _Known) -> None:
    if all(fact.tree != other.tree for other in known.constraints):
        known.constraints.append(fact)


# --- what the notation says


def _add_notation(notation: Notation, known: _Known) -> None:
    for symbol, sort in notation.sorts.items():
        known.sorts.setdefault(symbol, (sort, "notation"))
    for symbol, length in notation.lengths.items():
        sort, source = known.sorts.get(symbol, (REAL, "default"))
        if sort == Sort("vector"):
            known.sorts[symbol] = (Sort("vector", (length,)), source)


def _is_settled(tree: Tree, known: _Known) -> bool:
    """Whether something stronger than notation says what a symbol of a size bound is."""
    if not isinstance(tree, t.Relation):
        return False
    stated = [
        fact.tree for fact in known.constraints if fact.source in ("given", "formula", "prose")
    ]
    match tree:
        case t.Relation(operands=(lower, name, upper), operators=("≤", "≤")):
            wanted = [t.Relation((name, lower), ("≥",)), t.Relation((name, upper), ("≤",))]
            return all(bound in stated for bound in wanted)
    return any(
        isinstance(other, t.Relation)
        and set(other.operators) & set(tree.operators)
        and other.operands[0] == tree.operands[0]
        for other in stated
    )


def _add_sizes(known: _Known) -> None:
    """The sizes of vectors and matrices are natural numbers from 1 on."""
    for sort, source in list(known.sorts.values()):
        for size in sort.shape:
            for symbol in variables(size).free:
                if symbol not in known.sorts or known.sorts[symbol][1] in ("notation", "default"):
                    known.sorts[symbol] = (Sort("natural"), source)
                    tree = t.Relation((symbol, t.Number("1")), ("≥",))
                    _constrain(Fact(tree, to_latex(tree), "notation"), known)


def _fit_families(trees: tuple[Tree, ...], known: _Known) -> None:
    """A vector of which only entries occur is a family of numbers; so is a matrix."""
    for symbol, (sort, source) in list(known.sorts.items()):
        if sort.is_family or sort.kind not in ("vector", "matrix"):
            continue
        indices = 1 if sort.kind == "vector" else 2
        uses = [use for tree in trees for use in _uses(symbol, tree)]
        if uses and all(use == indices for use in uses) and source != "notation":
            known.sorts[symbol] = (Sort("real", is_family=True), source)


def _uses(symbol: Symbol, tree: Tree) -> Iterator[int]:
    """How many indices each occurrence of a symbol has; a membership is no occurrence."""
    match tree:
        case t.Index(base=base, indices=indices) if base == symbol:
            yield len(indices)
            for index in indices:
                yield from _uses(symbol, index)
        case t.Relation(operators=("∈",), operands=(first, _)) if first == symbol:
            return
        case Symbol() if tree == symbol:
            yield 0
        case _:
            for child in tree.children:
                yield from _uses(symbol, child)


# --- what is printed


def _state(trees: tuple[Tree, ...], free: frozenset[Symbol], own: Notation, known: _Known) -> None:
    seen = frozenset(s for tree in trees for s in _in_the_open(tree))
    stated = frozenset(s for fact in known.constraints for s in variables(fact.tree).free)
    shown = [s for s in sorted(known.sorts, key=to_latex) if s in free & (seen | stated)]
    for symbol in shown:
        sort, source = known.sorts[symbol]
        tree = _sort_as_tree(symbol, sort, trees)
        known.stated.append(Fact(tree, to_latex(tree), source))
    if own.has_assumed_e:
        tree = t.Relation((t.Constant("e"), t.Apply("exp", (t.Number("1"),))), ("=",))
        known.stated.append(Fact(tree, r"e = \exp(1)", "notation"))
    if own.has_imaginary_unit:
        square = t.Apply("power", (t.Constant("i"), t.Number("2")))
        tree = t.Relation((square, t.Apply("minus", (t.Number("1"),))), ("=",))
        known.stated.append(Fact(tree, "i^{2} = -1", "notation"))
    for norm in dict.fromkeys(n for tree in trees for n in walk(tree) if _is_any_norm(n)):
        tree = t.Relation((norm, t.Number("0")), ("≥",))
        known.stated.append(Fact(tree, to_latex(tree), "notation"))


def _is_any_norm(node: Tree) -> bool:
    """Whether it is the norm of something unknown: any number that is not negative."""
    if not (isinstance(node, t.Apply) and node.operator == "norm"):
        return False
    return any(isinstance(inner, t.Call) for inner in walk(node))


def _in_the_open(tree: Tree) -> Iterator[Symbol]:
    """Symbols of a tree, without those that only an unknown function is applied to."""
    match tree:
        case Symbol():
            yield tree
        case t.Call(function=Symbol(name=name)) if not is_probability(tree):
            if name in KNOWN_FUNCTIONS:
                yield from (s for child in tree.children for s in _in_the_open(child))
        case t.Apply(operator="gradient", args=(inner, *_)):
            yield from _in_the_open(inner)
        case _:
            yield from (s for child in tree.children for s in _in_the_open(child))


def _sort_as_tree(symbol: Symbol, sort: Sort, trees: tuple[Tree, ...]) -> Tree:
    member: Tree = symbol
    if sort.is_family:
        member = next(
            (
                node
                for tree in trees
                for node in walk(tree)
                if isinstance(node, t.Index) and node.base == symbol
            ),
            symbol,
        )
    if sort.kind in _SETS:
        return t.Relation((member, t.Constant(_SETS[sort.kind])), ("∈",))
    if sort.shape:
        size = sort.shape[0] if len(sort.shape) == 1 else t.Apply("by", sort.shape)
        space = t.Apply("power", (t.Constant("R"), size))
        return t.Relation((member, space), ("∈",))
    return t.Where(member, "where", t.Text(_WORDS[sort.kind]))


def _for_all_members(fact: Fact, free: frozenset[Symbol]) -> Fact:
    r"""`x_i > 0`, where `i` is no symbol of the claim, holds for all `i`."""
    if isinstance(fact.tree, t.Big):
        return fact
    own = free | variables(fact.tree).bound
    indices = [
        index
        for node in walk(fact.tree)
        if isinstance(node, t.Index)
        for index in node.indices
        if isinstance(index, Symbol) and index not in own
    ]
    if not indices:
        return fact
    bound = tuple(dict.fromkeys(indices))
    return Fact(t.Big("forall", bound, None, None, None, fact.tree), fact.latex, fact.source)
