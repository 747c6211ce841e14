r"""Whether an equation is one to be solved rather than a claim about all values.

It exists because `x^2 = x + 1` is false at most values of `x` and no reader takes it for a claim:
it picks out the values at which it holds. By itself, an equation *states an identity* only where
it does something to a compound: a power, product or quotient of sums, a function of more than a
name, a sum over members, an integral, a derivative; or where one side is the other rearranged.
What is made of nothing but numbers, names, their monomials and functions of single names is an
equation on these names, and so is one with a number for a side, and a step from one member of a
family to another. Imports the operator tree only.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import INVERSES

_MARKS: Final = frozenset(["transpose", "inverse", "conjugate-transpose", "conjugate"])
_CHANGING: Final = frozenset(
    ["derivative", "partial", "gradient", "hessian", "factorial", "double-factorial", "binomial"]
)
_LIMITS: Final = frozenset(["limit", "limit-sup", "limit-inf"])
_FUNCTIONS: Final = frozenset([*INVERSES, *INVERSES.values(), "sec", "csc", "log", "ln", "lg"])
_JOINING: Final = frozenset(["power", "times", "divide"])
_UNKNOWN: Final = (t.Index, t.Call, t.Expectation)
_TWO: Final = t.Number("2")
_SIZES: Final = frozenset(["abs", "norm"])


def is_to_be_solved(tree: Tree) -> bool:
    r"""Whether a relation picks out values instead of claiming something of all.

    >>> from blogkit.meaning.trees.reading import read
    >>> equations = (r"x^2 = x+1", r"(x+1)^2 = x^2+1", r"a_{n+1} = 2a_n")
    >>> [is_to_be_solved(read(latex).tree) for latex in equations]
    [True, False, True]
    """
    match tree:
        case t.Apply(operator="mod", args=(t.Relation(), _)):
            return bool(variables(tree).free)
        case t.Relation(operands=(left, right), operators=("=" | "≡",)):
            return _is_equation(left, right)
        case t.Relation(operands=(left, right), operators=("<" | "≤" | ">" | "≥",)):
            are_bare = left != right and _is_bare(left) and _is_bare(right)
            return are_bare and bool(variables(tree).free)
    return False


def _is_equation(left: Tree, right: Tree) -> bool:
    sides = [side for side in (left, right) if variables(side).free]
    if not sides:
        return False
    if len(sides) == 1:
        return not _has_form_of_identity(sides[0])
    if _steps(left, right) or _applies_alike(left, right):
        return True
    if _relates_functions(left, right) or not _is_left_over(left, right):
        return False
    return not any(map(_transforms, sides)) and not _is_rearranged(left, right)


def _is_bare(tree: Tree) -> bool:
    """Whether it is a number, a name, or the size of one."""
    match tree:
        case t.Apply(operator="minus", args=(inner,)):
            return _is_bare(inner)
        case t.Apply(operator=operator, args=(inner, *_)) if operator in _SIZES:
            return _is_name(inner)
    return _is_name(tree) or not variables(tree).free


def _is_name(tree: Tree) -> bool:
    return isinstance(tree, (Symbol, t.Index, t.Number, t.Constant))


# --- functions of one argument


def _has_form_of_identity(side: Tree) -> bool:
    r"""Whether something equal to a number has the form of an identity all the same.

    A limit, a derivative, a sum or integral of what is given, a quotient in which something
    cancels, or squares of functions of one argument: `\sin^2 x - \cos^2 x`.
    """
    for node in walk(side):
        match node:
            case t.Big(operator=operator, body=body):
                if operator in _LIMITS or not any(isinstance(x, _UNKNOWN) for x in walk(body)):
                    return True
            case t.Apply(operator="divide", args=args) if _has_equal_bases(args):
                return True
            case t.Apply(operator=operator) if operator in _CHANGING:
                return True
    terms = list(_terms(side))
    return len(terms) > 1 and all(map(_is_square, terms)) and _relates_functions(*terms)


def _relates_functions(*trees: Tree) -> bool:
    r"""Whether several functions of one name, which stands nowhere else, are squared or divided."""
    nodes = [node for tree in trees for node in walk(tree)]
    functions = [x for x in nodes if _is_function(x) and variables(x.children[0]).free]
    arguments = {x.children[0] for x in functions}
    if len(set(functions)) < 2 or len(arguments) != 1 or not _is_name(*arguments):
        return False
    if sum(node in arguments for node in nodes) != len(functions):
        return False
    return any(isinstance(x, t.Apply) and x.operator in _JOINING for x in nodes)


def _is_function(tree: Tree) -> bool:
    return isinstance(tree, t.Apply) and tree.operator in _FUNCTIONS


def _is_square(tree: Tree) -> bool:
    return isinstance(tree, t.Apply) and tree.operator == "power" and tree.args[1] == _TWO


def _terms(tree: Tree) -> Iterator[Tree]:
    match tree:
        case t.Apply(operator="plus" | "minus", args=args):
            for arg in args:
                yield from _terms(arg)
        case _:
            yield tree


# --- members of families


def _steps(left: Tree, right: Tree) -> bool:
    """Whether it ties members of one family to each other: `x_{n+1} - x_n`, `a_{ij} = a_{ji}`."""
    trees = (left, right)
    members: dict[Tree, set[tuple[Tree, ...]]] = {}
    free = variables(left).free | variables(right).free
    for node in (node for tree in trees for node in walk(tree)):
        if isinstance(node, t.Big) and any(isinstance(x, t.Index) for x in walk(node.body)):
            return False
        if isinstance(node, t.Index):
            members.setdefault(node.base, set()).add(node.indices)
    return any(
        len(indices) > 1 and any(symbol in free for ix in indices for i in ix for symbol in walk(i))
        for indices in members.values()
    )


def _is_left_over(left: Tree, right: Tree) -> bool:
    """Whether names are left without the terms that both sides share: not in `x+1 = x+2`."""
    terms = [Counter(_terms(side)) for side in (left, right)]
    rest = (term for one, other in (terms, terms[::-1]) for term in one - other)
    return any(variables(term).free for term in rest)


# --- the same function on both sides


def _applies_alike(left: Tree, right: Tree) -> bool:
    r"""Whether both sides are one function of a single name: `|x-1| = |x+1|`, `(x-1)^2 = x^2`.

    Who means an identity of what stands within would not write the function.
    """
    if len(variables(left).free | variables(right).free) != 1:
        return False
    match left, right:
        case t.Apply("power", (_, one)), t.Apply("power", (_, other)):
            return one == other
        case t.Apply(operator="abs" | "root" | "ln" | "log" as operator), t.Apply():
            return right.operator == operator and left.args[1:] == right.args[1:]
    return False


# --- what does something to a compound


def _transforms(tree: Tree) -> bool:
    """Whether a side expands, collects, or applies something to more than a name."""
    return any(map(_is_transformation, walk(tree)))


def _is_transformation(node: Tree) -> bool:
    match node:
        case t.Number() | t.Constant() | Symbol() | t.Index():
            return False
        case t.Apply(operator="minus", args=(t.Apply(operator="minus" | "plus"),)):
            return True
        case t.Apply(operator="minus", args=(_,)):
            return False
        case t.Apply(operator="plus", args=args):
            return _has_equal_bases(args)
        case t.Apply(operator="power", args=(base, exponent)):
            return not (_is_unit(base) and _is_name(exponent))
        case t.Apply(operator="times" | "divide", args=args):
            return not all(map(_is_factor, args)) or _has_equal_bases(args)
        case t.Apply(operator=operator, args=args):
            return operator in _CHANGING or not all(map(_is_name, args))
    return True


def _is_unit(tree: Tree) -> bool:
    """Whether it is a name, or a function of one, such as `\\sin x` in a square of it."""
    match tree:
        case t.Apply(operator="plus" | "minus" | "times" | "divide" | "power"):
            return False
        case t.Apply(args=args):
            return all(map(_is_name, args))
    return _is_name(tree)


def _is_factor(tree: Tree) -> bool:
    """Whether it is part of a monomial: a unit, its power, a product or quotient of such."""
    match tree:
        case t.Apply(operator="times" | "divide" | "minus", args=args):
            return all(map(_is_factor, args))
        case t.Apply(operator="power", args=(base, exponent)):
            return _is_unit(base) and _is_name(exponent)
    return _is_unit(tree)


def _has_equal_bases(parts: tuple[Tree, ...]) -> bool:
    """Whether parts could be collected: `x^2 x^3`, `a + a`, `\\sin x / \\cos x`."""
    bases = [base for part in parts if (base := _base(part)) is not None]
    return len(bases) > len(set(bases))


def _base(tree: Tree) -> Tree | None:
    match tree:
        case Symbol() | t.Index():
            return tree
        case t.Apply(operator="power", args=(base, _)):
            return _base(base)
        case t.Apply(operator="plus" | "times" | "divide"):
            return None
        case t.Apply(args=(inner,)):
            return _base(inner)
    return None


# --- one side rearranged


def _is_rearranged(left: Tree, right: Tree) -> bool:
    """Whether two products hold the same names in another order: `AB = BA`, `a/b = b/a`."""
    kept = [_names(side) for side in (left, right)]
    return kept[0] is not None and kept[0] == kept[1] and len(kept[0]) > 1


def _names(tree: Tree) -> Counter[Tree] | None:
    """How often each name is a factor; None of what is no product."""
    match tree:
        case Symbol() | t.Index():
            return Counter([tree])
        case t.Number():
            return Counter()
        case t.Apply(operator="power", args=(base, t.Number(text=text))) if text.isdecimal():
            inner = _names(base)
            return None if inner is None else Counter({x: n * int(text) for x, n in inner.items()})
        case t.Apply(operator=operator, args=(inner_tree,)) if operator in _MARKS | {"minus"}:
            return _names(inner_tree)
        case t.Apply(operator="times" | "divide", args=args):
            parts = [_names(arg) for arg in args]
            if None in parts:
                return None
            return sum((part for part in parts if part is not None), Counter())
    return None
