r"""Which names under probabilities are sequences: `Y` for `y_1, \dots, y_n`.

A capital or bold letter, or the family's own letter, stands for all members where its lower-case
members occur with an index. The convention is told with the answer. Imports `events.py`.
"""

from collections.abc import Iterator

from blogkit.formula import (
    Apply,
    Big,
    Call,
    Collection,
    Constant,
    Ellipsis,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.probability.events import Run, Sequences, distribution_calls
from blogkit.meaning.trees.affine import Affine, affine


def find_sequences(claim: Tree, facts: Facts) -> Sequences:
    """The sequences of a claim, with their ends as far as they are known.

    Raises:
        NotApplicable: where a name may stand for two sequences, or two names for one.
    """
    arguments = [
        arg for call in distribution_calls(claim) for arg in (*call.args, *call.conditions)
    ]
    members = [
        node
        for arg in arguments
        for node in walk(arg)
        if isinstance(node, Index) and isinstance(node.base, Symbol) and len(node.indices) == 1
    ]
    if any(arg.upper for arg in members):
        raise NotApplicable(
            Message("members with their number above are samples; how they depend is not known")
        )
    families = frozenset(arg.base for arg in members if isinstance(arg.base, Symbol))
    numbered = frozenset(family for family in families if _is_numbered(claim, members, family))
    stated = _stated(facts)
    first = _first(claim, members)
    bare = {arg for arg in arguments if isinstance(arg, Symbol)}
    wholes: dict[Tree, Run] = {}
    last: dict[Symbol, Affine] = {}
    for family in sorted(families - numbered, key=to_latex):
        named = [name for name in bare if _is_whole(name, family) or _says(stated, name, family)]
        if len(named) > 1:
            raise NotApplicable(Message("two names may stand for one sequence"))
        lower, upper = Affine(first), _last(claim, family)
        for name in named:
            if name in stated and stated[name].family == family:
                lower, upper = stated[name].lower, stated[name].upper
            if upper is None or (not upper.terms and name == family):
                raise NotApplicable(Message("the length of a sequence is not known"))
            if name in wholes:
                raise NotApplicable(Message("a name may stand for two sequences"))
            wholes[name] = Run(family, lower, upper)
        if upper is not None:
            last[family] = upper
    conventions = tuple(f"{to_latex(name)} = {_spelled(run)}" for name, run in wholes.items())
    return Sequences(wholes, families, numbered, first, last, conventions)


def _is_numbered(claim: Tree, members: list[Index], family: Symbol) -> bool:
    """Whether an index only numbers values: some are summed over, the others lone symbols."""
    indices = {member.indices[0] for member in members if member.base == family}
    summed = {
        name
        for big in walk(claim)
        if isinstance(big, Big) and big.operator == "sum" and not has_logarithm(big.body)
        for name in big.bound
    }
    return bool(indices & summed) and all(isinstance(index, Symbol) for index in indices)


def has_logarithm(tree: Tree) -> bool:
    """Whether a logarithm of something stands in a tree."""
    return any(
        isinstance(node, Apply) and node.operator in {"log", "ln", "lg"} for node in walk(tree)
    )


def _spelled(run: Run) -> str:
    first, last = (Index(run.family, (end.tree,)) for end in (run.lower, run.upper))
    return to_latex(Collection("tuple", (first, Ellipsis(), last)))


def _says(stated: dict[Tree, Run], name: Symbol, family: Symbol) -> bool:
    return name in stated and stated[name].family == family


def _stated(facts: Facts) -> dict[Tree, Run]:
    """Sequences that are written out: `Y = (y_1, …, y_n)`."""
    found: dict[Tree, Run] = {}
    relations = [fact.tree for fact in facts.constraints]
    for name, value in [*facts.definitions.items(), *_equations(relations)]:
        run = _tuple_run(value)
        if run is not None:
            found[name] = run
    return found


def _equations(trees: list[Tree]) -> Iterator[tuple[Tree, Tree]]:
    for tree in trees:
        if isinstance(tree, Relation) and tree.operators == ("=",):
            yield tree.operands[0], tree.operands[1]


def _tuple_run(tree: Tree) -> Run | None:
    if isinstance(tree, Relation) and len(tree.operands) == 2:
        tree = tree.operands[1]
    if not isinstance(tree, Collection) or tree.kind == "set" or len(tree.items) < 2:
        return None
    first, last = tree.items[0], tree.items[-1]
    if not (isinstance(first, Index) and isinstance(last, Index) and first.base == last.base):
        return None
    if not isinstance(first.base, Symbol) or not any(
        isinstance(item, Ellipsis) for item in tree.items
    ):
        return None
    lower, upper = affine(first.indices[0]), affine(last.indices[0])
    return None if lower is None or upper is None else Run(first.base, lower, upper)


def _is_whole(name: Symbol, family: Symbol) -> bool:
    if name == family:
        return True
    if name.name.lower() != family.name or name.accents != family.accents:
        return False
    if name.primes != family.primes or name.subscript != family.subscript:
        return False
    if name.superscript != family.superscript or name.font not in {"", "bold", family.font}:
        return False
    return name.font == "bold" or name.name.isupper()


def _first(claim: Tree, members: list[Index]) -> int:
    """0 where something is numbered from 0, else 1."""
    numbers = {value.constant for member in members for value in _ends(member) if not value.terms}
    starts = {
        big.lower.text
        for big in walk(claim)
        if isinstance(big, Big) and isinstance(big.lower, Number)
    }
    is_open = any(isinstance(member.indices[0], Relation) for member in members)
    if 0 in numbers and is_open and "0" not in starts:
        raise NotApplicable(Message("whether a sequence starts at 0 or 1 is not known"))
    return 0 if 0 in numbers or "0" in starts else 1


def _ends(member: Index) -> Iterator[Affine]:
    index = member.indices[0]
    parts = index.args if isinstance(index, Apply) and index.operator == "slice" else (index,)
    for part in parts:
        value = affine(part)
        if value is not None:
            yield value


def _last(claim: Tree, family: Symbol) -> Affine | None:
    """The last index of a family: by a product over its members, by its list, or by its dots."""
    ends = [end for big in walk(claim) if isinstance(big, Big) for end in _run_of(big, family)]
    if ends:
        if any(end != ends[0] for end in ends):
            raise NotApplicable(Message("two products over one sequence end at different places"))
        return ends[0]
    has_dots = any(isinstance(node, Ellipsis) for node in walk(claim))
    listed = set(_listed_ends(claim, family))
    if listed:
        bare = [end for end in listed if len(end.terms) == 1 and not end.constant]
        return bare[0] if has_dots and len({end.terms for end in listed}) == len(bare) else None
    constants = [
        value.constant
        for node in walk(claim)
        if isinstance(node, Index) and node.base == family
        for value in _ends(node)
        if not value.terms
    ]
    if has_dots:
        return Affine(0, frozenset([(_unused(claim), 1)]))
    is_full = sorted(set(constants)) == list(range(1, len(set(constants)) + 1))
    return Affine(max(constants)) if len(constants) > 1 and is_full else None


def _run_of(big: Big, family: Symbol) -> Iterator[Affine]:
    """The end of a product over `t`, told as the sequence's length: its lone symbol.

    `\\prod_{t=1}^{T-1}` says nothing of a sequence that ends elsewhere than at `T`; where it starts
    from 0, `T-1` is the last index.
    """
    if big.operator not in {"product", "sum"} or len(big.bound) != 1 or big.upper is None:
        return
    bound, upper, lower = big.bound[0], affine(big.upper), affine(big.lower)
    if big.operator == "sum" and not has_logarithm(big.body) and not _has_range(big.body):
        return
    uses = any(
        isinstance(node, Index) and node.base == family and bound in walk(node.indices[0])
        for node in walk(big.body)
    )
    if not uses or upper is None or lower is None:
        return
    if not upper.terms or (len(upper.terms) == 1 and (not upper.constant or not lower.constant)):
        yield upper
    elif len(upper.terms) == 1 and upper.constant == -1:
        yield upper + 1
    else:
        raise NotApplicable(Message("the length of a sequence is not known"))


def _has_range(tree: Tree) -> bool:
    return any(
        isinstance(node, Index) and any(isinstance(i, Relation | Apply) for i in node.indices)
        for node in walk(tree)
    )


def _listed_ends(claim: Tree, family: Symbol) -> Iterator[Affine]:
    """Symbolic ends in lists, `y_1, …, y_n` and `y_{1:n}`, that depend on no bound variable."""
    bound = {name for big in walk(claim) if isinstance(big, Big) for name in big.bound}
    for node in walk(claim):
        if isinstance(node, Index) and node.base == family:
            for value in _ends(node):
                if value.terms and not any(symbol in bound for symbol, _ in value.terms):
                    yield value


def _unused(claim: Tree) -> Symbol:
    taken = {node.name for node in walk(claim) if isinstance(node, Symbol)}
    return next(
        Symbol(letter) for letter in ["n", "N", "T", "m", "M", "L", "K"] if letter not in taken
    )


def is_infinite(tree: Tree | None) -> bool:
    """Whether a limit is plus or minus infinity."""
    if isinstance(tree, Apply) and tree.operator == "minus":
        tree = tree.args[0]
    return isinstance(tree, Constant) and tree.name == "∞"


def is_full_range(big: Big) -> bool:
    r"""Whether a sum or integral runs over all values: no limits, or `x \in \mathcal{X}`."""
    if not all(limit is None or is_infinite(limit) for limit in (big.lower, big.upper)):
        return False
    match big.condition:
        case None:
            return True
        case Relation(operators=("∈",), operands=(Symbol() as name, Symbol() as values)):
            return name in big.bound and name.name.upper() == values.name
        case _:
            return False


def in_order(factors: tuple[Tree, ...]) -> tuple[Tree, ...]:
    r"""Factors with dots, the one without a condition first: `p(x_n|…) \cdots p(x_1)` turned."""
    match factors:
        case (Call(conditions=(_, *_)), *_, Call(conditions=())):
            return factors[::-1]
    return factors


def is_cut_short(big: Big) -> bool:
    r"""Whether a sum binds several members of one family, perhaps with dots: `h_1, \dots, h_T`.

    The tree keeps no dots among bound variables, so what lies between is not known.
    """
    bases = [name.base for name in big.bound if isinstance(name, Index)]
    return len(bases) != len(set(bases))


def runs_down(lower: Affine | None, upper: Affine | None) -> bool:
    """Whether a range gets shorter as its size grows: from `T` to 1."""
    if lower is None or upper is None:
        return False
    length = upper - lower
    return bool(length.terms) and all(coefficient < 0 for _, coefficient in length.terms)


def defined_name(claim: Tree, facts: Facts) -> Symbol | None:
    """A name of a claim that a definition gives a value to, so that it is not arbitrary.

    A sequence that is only written out, `Y = (y_1, …, y_n)`, is no such name.
    """
    names = {node for node in walk(claim) if isinstance(node, Symbol)}
    given = (name for name, value in facts.definitions.items() if _tuple_run(value) is None)
    return next((name for name in given if name in names), None)
