r"""Sets as sorts: what `x \in S` says of `x`.

It exists because `n \in \mathbb{Z}_{\ge 2}` says both what kind of thing `n` is and what bounds it,
and methods want the two apart. Imports the operator tree and `sorts.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.meaning.sorts import Kind, Sort

_KINDS: Final[dict[str, Kind]] = {
    "N": "natural",
    "Z": "integer",
    "Q": "rational",
    "R": "real",
    "C": "complex",
}
_ZERO: Final = t.Number("0")
_SIGNED: Final = {"+": ">", "-": "<", "−": "<", "∗": "≠", "*": "≠", "×": "≠"}


@dataclass(frozen=True, slots=True)
class Domain:
    """What membership in a set says."""

    sort: Sort
    """What kind of thing its members are."""
    constraints: tuple[Tree, ...] = ()
    """What else holds for the member."""


def domain_of(member: Tree, domain: Tree) -> Domain | None:
    r"""What `member ∈ domain` says; None where the set is not known.

    >>> from blogkit.formula import build, to_sexpr
    >>> from blogkit.latex import parse
    >>> domain = build(parse(r"n \in \mathbb{Z}_{\ge 2}").tree).tree.operands[1]
    >>> found = domain_of(Symbol("n"), domain)
    >>> found.sort.kind, [to_sexpr(tree) for tree in found.constraints]
    ('integer', ['(≥ n 2)'])
    """
    match domain:
        case t.Constant(name=name) if name in _KINDS:
            return Domain(Sort(_KINDS[name]))
        case t.Index(base=t.Constant(name=name), indices=(mark,)) if name in _KINDS:
            return _restricted(member, _KINDS[name], mark)
        case t.Apply(operator="power", args=(base, exponent)):
            return _array(member, base, exponent)
        case t.Interval():
            return Domain(Sort("real"), tuple(_ends(member, domain)))
        case t.Apply(operator="difference", args=(whole, without)):
            return _without(member, whole, without)
        case t.Apply(operator="union", args=parts):
            return _union(member, domain, parts)
        case t.Collection(kind="set", items=items):
            return _listed(member, domain, items)
        case Symbol(name="H", font="blackboard"):
            above = t.Relation((t.Apply("imaginary-part", (member,)), _ZERO), (">",))
            return Domain(Sort("complex"), (above,))
        case Symbol(name="P", font="blackboard"):
            return Domain(Sort("natural"), (t.Relation((member, domain), ("∈",)),))
        case Symbol(font="calligraphic" | "script" | "blackboard"):
            return None
    return None


def _restricted(member: Tree, kind: Kind, mark: Tree) -> Domain | None:
    r"""`\mathbb{R}_{>0}`, `\mathbb{R}^+`, `\mathbb{N}^*`, `\mathbb{Z}_{\ge 1}`."""
    match mark:
        case t.Relation(operands=(t.Blank(), bound), operators=(sign,)):
            return Domain(Sort(kind), (t.Relation((member, bound), (sign,)),))
        case t.Sign(text=text) if text in _SIGNED:
            return Domain(Sort(kind), (t.Relation((member, _ZERO), (_SIGNED[text],)),))
        case Symbol(name="+"):
            return Domain(Sort(kind), (t.Relation((member, _ZERO), (">",)),))
        case t.Number() if kind == "natural":
            return Domain(Sort(kind), (t.Relation((member, mark), ("≥",)),))
        case t.Collection(items=(t.Sign(text="+"), t.Sign(text="+"))):
            return Domain(Sort(kind), (t.Relation((member, _ZERO), (">",)),))
    return None


def _array(member: Tree, base: Tree, exponent: Tree) -> Domain | None:
    r"""`\mathbb{R}^n`, `\mathbb{R}^{m \times n}`, `\{0, 1\}^n`."""
    over = domain_of(member, base)
    if over is None or over.sort.shape or not over.sort.is_scalar:
        return None
    if over.sort.kind not in ("real",) or over.constraints:
        return None
    match exponent:
        case t.Apply(operator="by", args=sizes) if len(sizes) == 2:
            return Domain(Sort("matrix", sizes))
        case t.Apply(operator="times", args=sizes) if len(sizes) == 2:
            return Domain(Sort("matrix", sizes))
        case t.Apply(operator="by"):
            return None
        case t.Number(text="1"):
            return Domain(Sort("real"))
    return Domain(Sort("vector", (exponent,)))


def _ends(member: Tree, interval: t.Interval) -> Iterator[Tree]:
    if not _is_infinite(interval.lower):
        sign = "≥" if interval.has_lower else ">"
        yield t.Relation((member, interval.lower), (sign,))
    if not _is_infinite(interval.upper):
        sign = "≤" if interval.has_upper else "<"
        yield t.Relation((member, interval.upper), (sign,))


def _is_infinite(tree: Tree) -> bool:
    if isinstance(tree, t.Apply) and tree.operator in ("minus", "plus"):
        tree = tree.args[0]
    return tree == t.Constant("∞")


def _without(member: Tree, whole: Tree, without: Tree) -> Domain | None:
    domain = domain_of(member, whole)
    if domain is None:
        return None
    match without:
        case t.Collection(kind="set", items=items) if not _has_dots(items):
            excluded: tuple[Tree, ...] = tuple(t.Relation((member, x), ("≠",)) for x in items)
        case _:
            excluded = (t.Relation((member, without), ("∉",)),)
    return Domain(domain.sort, (*domain.constraints, *excluded))


def _union(member: Tree, whole: Tree, parts: tuple[Tree, ...]) -> Domain | None:
    domains = [domain_of(member, part) for part in parts]
    kinds = {domain.sort for domain in domains if domain is not None}
    if None in domains or len(kinds) != 1:
        return None
    return Domain(kinds.pop(), (t.Relation((member, whole), ("∈",)),))


def _listed(member: Tree, whole: Tree, items: tuple[Tree, ...]) -> Domain | None:
    r"""`\{1, \dots, n\}`, `\{0, 1\}`; the sort of its elements, if they are numbers."""
    if not all(_is_number_like(item) for item in items):
        return None
    values = [item for item in items if not isinstance(item, t.Ellipsis)]
    whole_numbers = all(_is_integral(value) for value in values)
    run = _run(items)
    if run is not None and whole_numbers:
        bounds = [t.Relation((member, run[0]), ("≥",))]
        if run[1] is not None:
            bounds.append(t.Relation((member, run[1]), ("≤",)))
        return Domain(Sort("integer"), tuple(bounds))
    kind: Kind = "integer" if whole_numbers else "real"
    return Domain(Sort(kind), (t.Relation((member, whole), ("∈",)),))


def _run(items: tuple[Tree, ...]) -> tuple[Tree, Tree | None] | None:
    r"""First and last of `1, 2, \dots, n` or `0, 1, \dots`; only runs upward by ones."""
    match items:
        case (first, t.Ellipsis(), last):
            return first, last
        case (first, second, t.Ellipsis(), last) if _follows(first, second):
            return first, last
        case (first, second, t.Ellipsis()) if _follows(first, second):
            return first, None
        case (first, second, third, t.Ellipsis()) if _follows(first, second) and _follows(
            second, third
        ):
            return first, None
        case (first, second, third, t.Ellipsis(), last) if _follows(first, second) and _follows(
            second, third
        ):
            return first, last
    return None


def _follows(first: Tree, second: Tree) -> bool:
    one, two = _integer(first), _integer(second)
    return one is not None and two is not None and two == one + 1


def _integer(tree: Tree) -> int | None:
    match tree:
        case t.Number(text=text) if text.isdecimal() and len(text) < 10:
            return int(text)
        case t.Apply(operator="minus", args=(t.Number(text=text),)) if text.isdecimal():
            return -int(text)
    return None


def _has_dots(items: tuple[Tree, ...]) -> bool:
    return any(isinstance(item, t.Ellipsis) for item in items)


def _is_number_like(tree: Tree) -> bool:
    match tree:
        case t.Number() | t.Ellipsis() | Symbol(font=""):
            return True
        case t.Constant(name=name):
            return name in ("π", "e", "i")
        case t.Apply(args=args):
            return all(map(_is_number_like, args))
    return False


def _is_integral(tree: Tree) -> bool:
    """Whether it is a whole number, taking bounds of runs such as `n - 1` for whole."""
    match tree:
        case t.Number(text=text):
            return "." not in text
        case Symbol():
            return True
        case t.Apply(operator="plus" | "minus" | "times" | "max" | "min" | "power", args=args):
            return all(map(_is_integral, args))
    return False
