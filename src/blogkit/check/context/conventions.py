r"""Letters that a reader ties to one another without being told.

It exists because two names are one thing by habit: `x_i` are the entries of a bold `\mathbf{x}`,
and `\bar{z}` is the conjugate of a complex `z`. Taken for unrelated variables they would make true
statements false. What was tied is stated. Imports the operator tree and `rewriting.py`.
"""

from collections.abc import Iterator
from dataclasses import replace

from blogkit.check.context.densities import told_by_density, with_whole_range
from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.named_functions import by_letter, named_function, value_of
from blogkit.formula.printing import to_latex
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.probability.events import is_event
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.rewriting import map_nodes, substitute

_COMPLEX_LETTERS = frozenset("zw")


def tied(
    tree: Tree,
    *,
    is_complex: frozenset[Symbol] = frozenset(),
    unknown: frozenset[Symbol] = frozenset(),
) -> tuple[Tree, tuple[Fact, ...]]:
    r"""A tree with names that mean one thing made one, and the facts that say so.

    Args:
        tree: A claim.
        is_complex: Symbols that are said to be complex.
        unknown: Letters that mean nothing by habit, since something is said of them.

    >>> from blogkit.meaning.trees.reading import read
    >>> put, facts = tied(read(r"\mathbf{1}^\top \mathbf{x} = \sum_i x_i").tree)
    >>> [fact.latex for fact in facts]
    ['\\mathbf{x} \\text{ is a vector}', 'x_{i} = \\mathbf{x}_{i}']
    """
    facts: list[Fact] = []
    if any(map(_is_multiplied, walk(tree))) or _stands_between_numbers(tree):
        tree = map_nodes(tree, lambda node: _with_times(node, facts))
    tree = map_nodes(tree, with_whole_range)
    names = frozenset(node for node in walk(tree) if isinstance(node, Symbol))

    ranges = _ranges(tree)
    law = _only_law(tree)
    rest = variables(map_nodes(tree, lambda node: t.Blank() if _leaves_out(node) else node))
    known = rest.free | rest.bound

    def changed(node: Tree) -> Tree:
        told = _named_function(node, unknown) or _derived_function(node, unknown)
        told = (
            told
            or _log_of_mean(node)
            or _slope(node)
            or _cosine(node)
            or told_by_density(node)
            or _jointly(node)
        )
        if told is not None:
            return _stated(node, told, facts)
        if isinstance(node, t.Big) and _is_loose(node):
            return _ranged(node, ranges, facts)
        if isinstance(node, t.Big) and (all_but := _all_but_one(node, ranges, known)):
            return _stated(node, all_but, facts)
        if law is not None and isinstance(node, t.Expectation) and _may_be_under(node, law):
            return _stated(node, replace(node, under=law), facts)
        if isinstance(node, t.Index) and isinstance(node.base, Symbol):
            whole = _whole_of(node, names, tree)
            if whole is not None:
                kind = "a vector" if len(node.indices) == 1 else "a matrix"
                array = t.Where(whole, "where", t.Text(kind))
                facts.append(Fact(array, to_latex(array), "notation"))
                return _stated(node, replace(node, base=whole), facts)
        if isinstance(node, Symbol) and _is_conjugate(node, names, tree, is_complex):
            plain = replace(node, accents=())
            return _stated(node, t.Apply("conjugate", (plain,)), facts)
        return node

    changed_tree = map_nodes(tree, changed)
    return changed_tree, tuple(dict.fromkeys(facts))


def _is_multiplied(node: Tree) -> bool:
    r"""Whether a star in it multiplies, as in programs: of three, of numbers, in quotients.

    Between two names it may be a convolution.
    """
    match node:
        case t.Apply(operator="star", args=args):
            return len(args) > 2 or any(isinstance(x, t.Number) for arg in args for x in walk(arg))
        case t.Apply(operator="divide", args=args):
            return any(isinstance(x, t.Apply) and x.operator == "star" for x in args)
    return False


def _stands_between_numbers(tree: Tree) -> bool:
    """Whether what a star stands between is a number elsewhere: squared, or beside one in a sum."""
    joined = {
        arg
        for node in walk(tree)
        if isinstance(node, t.Apply) and node.operator == "star"
        for arg in node.args
    }
    return any(
        isinstance(node, t.Apply)
        and node.operator in ("power", "plus")
        and any(isinstance(arg, t.Number) for arg in node.args)
        and not joined.isdisjoint(node.args)
        for node in walk(tree)
    )


def _with_times(node: Tree, facts: list[Fact]) -> Tree:
    if isinstance(node, t.Apply) and node.operator == "star":
        return _stated(node, t.Apply("times", node.args), facts)
    return node


def _stated(old: Tree, new: Tree, facts: list[Fact]) -> Tree:
    tree = t.Relation((old, new), ("=",))
    if all(fact.tree != tree for fact in facts):
        facts.append(Fact(tree, to_latex(tree), "notation"))
    return new


def _jointly(node: Tree) -> Tree | None:
    r"""A probability of events that are written side by side: `P(AB)`, `P(A_1 A_2 \cdots A_n)`.

    Their product means that all happen, as a list does. Small letters are not taken so: `p(xy)` may
    be of a number.
    """
    if not isinstance(node, t.Call) or not is_probability(node):
        return None
    args, conditions = _side_by_side(node.args), _side_by_side(node.conditions)
    if (args, conditions) == (node.args, node.conditions):
        return None
    return replace(node, args=args, conditions=conditions)


def _side_by_side(events: tuple[Tree, ...]) -> tuple[Tree, ...]:
    listed: list[Tree] = []
    for event in events:
        factors = event.args if isinstance(event, t.Apply) and event.operator == "times" else ()
        is_list = factors and all(isinstance(x, t.Ellipsis) or is_event(x) for x in factors)
        listed += factors if is_list else (_within(event),)
    return tuple(listed)


_OF_EVENTS = frozenset({"not", "conjugate", "union", "intersection", "or", "and", "difference"})


def _within(event: Tree) -> Tree:
    r"""An event whose parts are side by side: `\overline{AB}`, `AB \cup C`."""
    if not isinstance(event, t.Apply):
        return event
    if event.operator == "times" and all(map(is_event, event.args)):
        return t.Apply("intersection", event.args)
    if event.operator not in _OF_EVENTS:
        return event
    return replace(event, args=tuple(map(_within, event.args)))


def with_joint_events(
    facts: tuple[Fact, ...], claim: Tree
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Facts on what a claim speaks of, with events side by side read as in it; what says so."""
    stated: list[Fact] = []
    names = frozenset(walk(claim))

    def changed(node: Tree) -> Tree:
        told = _jointly(node)
        return node if told is None else _stated(node, told, stated)

    return tuple(
        replace(fact, tree=map_nodes(fact.tree, changed))
        if any(node in names for node in walk(fact.tree))
        else fact
        for fact in facts
    ), tuple(stated)


def _whole_of(entry: t.Index, names: frozenset[Symbol], tree: Tree) -> Symbol | None:
    r"""The vector or matrix whose entries a family holds, if it stands in the tree as one.

    It is bold, or has an arrow; of `a_{ij}` it may be the plain capital, where that has a norm.
    """
    base = entry.base
    if not isinstance(base, Symbol) or base.font:
        return None
    wholes = [replace(base, name=name, font="bold") for name in (base.name, base.name.upper())]
    wholes.append(replace(base, accents=(*base.accents, "vec")))
    capital = replace(base, name=base.name.upper())
    if len(entry.indices) == 2 and capital != base and _has_norm(capital, tree):
        wholes.append(capital)
    return next((x for x in wholes if x in names and not _is_indexed(x, tree)), None)


def _has_norm(name: Symbol, tree: Tree) -> bool:
    return any(
        isinstance(node, t.Apply) and node.operator == "norm" and node.args[0] == name
        for node in walk(tree)
    )


def _is_indexed(symbol: Symbol, tree: Tree) -> bool:
    return any(isinstance(node, t.Index) and node.base == symbol for node in walk(tree))


def _is_conjugate(
    symbol: Symbol, names: frozenset[Symbol], tree: Tree, is_complex: frozenset[Symbol]
) -> bool:
    plain = replace(symbol, accents=())
    if symbol.accents != ("bar",) or plain not in names:
        return False
    speaks_complex = any(
        node == t.Constant("i")
        or (isinstance(node, t.Apply) and node.operator in ("abs", "real-part", "imaginary-part"))
        for node in walk(tree)
    )
    is_split = any(
        isinstance(node, t.Apply)
        and node.operator in ("real-part", "imaginary-part")
        and plain in walk(node)
        for node in walk(tree)
    )
    likely = symbol.name in _COMPLEX_LETTERS and speaks_complex
    return plain in is_complex or is_split or likely


def _named_function(node: Tree, unknown: frozenset[Symbol]) -> Tree | None:
    """The value of a function that the field calls by a word of its own, or by a letter."""
    match node:
        case t.Call(function=Symbol() as name, args=(x,), conditions=(), parameters=()):
            known = named_function(name) or (None if name in unknown else by_letter(name))
        case _:
            return None
    if known is None or known.takes != "number":
        return None
    return substitute(value_of(known), {Symbol("x"): x})


def _derived_function(node: Tree, unknown: frozenset[Symbol]) -> Tree | None:
    r"""`\sigma'(x)`: the derivative of such a function, at the name that it is applied to."""
    match node:
        case t.Call(
            function=Symbol(primes=1) as name, args=(Symbol() as x,), conditions=(), parameters=()
        ):
            plain = t.Call(replace(name, primes=0), (x,))
        case _:
            return None
    value = _named_function(plain, unknown)
    return None if value is None else t.Apply("derivative", (value, x))


def _log_of_mean(node: Tree) -> Tree | None:
    r"""`\log \frac{1}{n} \sum_i x_i`, of which the logarithm is meant to be of the whole."""
    match node:
        case t.Apply(operator="times", args=(*front, t.Apply(operator="log" | "ln") as log, last)):
            (share, *base) = log.args
            is_share = isinstance(share, t.Apply) and share.operator == "divide"
            if is_share and share.children[0] == t.Number("1") and isinstance(last, t.Big):
                whole = replace(log, args=(t.Apply("times", (share, last)), *base))
                return t.Apply("times", (*front, whole)) if front else whole
    return None


def _slope(node: Tree) -> Tree | None:
    r"""`(x \ln x)'`: the derivative by the only variable there is."""
    match node:
        case t.Apply(operator="prime", args=(body,)):
            free = variables(body).free
            if len(free) == 1 and not variables(body).functions:
                return t.Apply("derivative", (body, *free))
    return None


def with_deltas(tree: Tree, unknown: frozenset[Symbol]) -> tuple[Tree, tuple[Fact, ...]]:
    r"""A tree with `\delta_{ij}` as what it means by habit, and what says so."""
    stated: list[Fact] = []

    def changed(node: Tree) -> Tree:
        told = _delta(node, unknown)
        return node if told is None else _stated(node, told, stated)

    bounds = tuple(_bounds_of_deltas(tree, unknown))
    return map_nodes(tree, changed), (*dict.fromkeys(stated), *bounds)


def _delta(node: Tree, unknown: frozenset[Symbol]) -> Tree | None:
    r"""`\delta_{ij}`: one where both indices are the same, else zero."""
    match node:
        case t.Index(base=Symbol(name="δ") as base, indices=(one, two), upper=False) if (
            base.is_bare and base not in unknown
        ):
            same = t.Relation((one, two), ("=",))
            return t.Cases(((t.Number("1"), same), (t.Number("0"), None)))
    return None


def _bounds_of_deltas(tree: Tree, unknown: frozenset[Symbol]) -> Iterator[Fact]:
    r"""That an index lies among those that a sum over its `\delta_{ij}` runs through."""
    for node in walk(tree):
        match node:
            case t.Big(bound=(index,), lower=Tree() as low, upper=Tree() as high, body=body):
                deltas = (x for x in walk(body) if _delta(x, unknown) is not None)
                others = {i for x in deltas if index in x.children for i in x.children[1:]}
                for other in others - {index}:
                    bounds = t.Relation((low, other, high), ("≤", "≤"))
                    yield Fact(bounds, to_latex(bounds), "notation")


def _cosine(node: Tree) -> Tree | None:
    r"""`\cos(x, y)` of two vectors: their inner product over their lengths."""
    match node:
        case t.Apply(operator="cos", args=(t.Collection(items=(one, two)),)):
            lengths = tuple(t.Apply("norm", (vector,)) for vector in (one, two))
            return t.Apply("divide", (t.Apply("inner", (one, two)), t.Apply("times", lengths)))
    return None


def _is_loose(big: t.Big) -> bool:
    """Whether it does not say what its variable runs through: `\\max_i x_i`."""
    return len(big.bound) == 1 and big.lower is big.upper is big.condition is None


def _ranges(tree: Tree) -> dict[Tree, tuple[Tree, Tree]]:
    """What the index of a family runs through where the tree says it."""
    found: dict[Tree, tuple[Tree, Tree]] = {}
    for node in walk(tree):
        match node:
            case t.Big(bound=(Symbol() as index,), lower=low, upper=high, body=body):
                if low is not None and high is not None:
                    for family in _families_by(index, body):
                        found.setdefault(family, (low, high))
    return found


def _leaves_out(tree: Tree) -> bool:
    r"""Whether it is a sum over all but one: `\sum_{i \neq t}`."""
    match tree:
        case t.Big(
            operator="sum",
            bound=(Symbol() as index,),
            lower=None,
            upper=None,
            condition=t.Relation(operators=("≠",), operands=(first, Symbol() as other)),
        ):
            return first == index != other
    return False


def _all_but_one(
    big: t.Big, ranges: dict[Tree, tuple[Tree, Tree]], known: frozenset[Symbol]
) -> Tree | None:
    r"""`\sum_{i \neq t} f_i`: the sum of all, without that of `t`.

    Of a `t` that stands nowhere else it is the sum over all pairs.
    """
    if not _leaves_out(big) or not isinstance(big.condition, t.Relation):
        return None
    index, other = big.condition.operands
    assert isinstance(index, Symbol)
    assert isinstance(other, Symbol)
    said = {ranges[x] for x in _families_by(index, big.body) if x in ranges}
    low, high = said.pop() if len(said) == 1 else (None, None)
    whole = replace(big, condition=None, lower=low, upper=high)
    same: Tree = substitute(big.body, {index: other})
    if other not in known:
        whole = replace(whole, body=replace(whole, bound=(other,)))
        same = replace(whole, bound=(other,), body=same)
    return t.Apply("plus", (whole, t.Apply("minus", (same,))))


def _only_law(tree: Tree) -> Tree | None:
    """What the expectations are under that say it, where that is the same for all."""
    unders = {node.under for node in walk(tree) if isinstance(node, t.Expectation)}
    said = [under for under in unders if under is not None]
    return said[0] if len(said) == 1 and None in unders else None


def _may_be_under(mean: t.Expectation, law: Tree) -> bool:
    """Whether an expectation that says nothing else is of what is drawn from a law."""
    drawn = law.operands[0] if isinstance(law, t.Relation) else law
    names = {node for node in walk(drawn) if isinstance(node, Symbol)}
    return mean.under is None and any(node in names for arg in mean.args for node in walk(arg))


def _families_by(index: Tree, body: Tree) -> frozenset[Tree]:
    return frozenset(
        node.base for node in walk(body) if isinstance(node, t.Index) and node.indices == (index,)
    )


def _ranged(big: t.Big, ranges: dict[Tree, tuple[Tree, Tree]], facts: list[Fact]) -> Tree:
    """With the range of the same family elsewhere, which is stated."""
    index = big.bound[0]
    said = {ranges[family] for family in _families_by(index, big.body) if family in ranges}
    if len(said) != 1:
        return big
    ((low, high),) = said
    if any(index in walk(end) for end in (low, high)):
        return big
    return _stated(big, replace(big, lower=low, upper=high), facts)
