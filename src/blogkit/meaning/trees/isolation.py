r"""An equation solved for a name that occurs in it once: `1/p + 1/q = 1` as `q = 1/(1 - 1/p)`.

Imports the operator tree only.
"""

from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t


def isolated(equation: t.Relation, name: Symbol) -> Tree | None:
    r"""What a name equals by an equation, by sums and products with numbers; None if by more.

    The equation holds where this does, and nowhere else: `xy = xz` is not solved, as x may be 0.

    >>> from blogkit.formula import build, to_sexpr
    >>> from blogkit.latex import parse
    >>> equation = build(parse(r"2a - b = 1").tree).tree
    >>> to_sexpr(isolated(equation, Symbol("b")))
    '(minus (plus 1 (minus (times 2 a))))'
    """
    if equation.operators != ("=",):
        return None
    side, other = equation.operands
    if name in walk(other):
        side, other = other, side
    if name in walk(other) or sum(node == name for node in walk(side)) != 1:
        return None
    while side != name:
        step = _moved(side, other, name)
        if step is None:
            return None
        side, other = step
    return other


def _moved(side: Tree, other: Tree, name: Symbol) -> tuple[Tree, Tree] | None:
    """The part that has the name, and what it equals, by one step."""
    if not isinstance(side, t.Apply):
        return None
    place = next(k for k, arg in enumerate(side.args) if name in walk(arg))
    inner = side.args[place]
    rest = side.args[:place] + side.args[place + 1 :]
    match side.operator:
        case "plus":
            return inner, t.Apply("plus", (other, t.Apply("minus", (_joined("plus", rest),))))
        case "times" if all(map(_is_a_number, rest)):
            return inner, t.Apply("divide", (other, _joined("times", rest)))
        case "minus":
            return inner, t.Apply("minus", (other,))
        case "divide" if place == 0:
            return inner, t.Apply("times", (other, *rest))
        case "divide" if all(map(_is_a_number, rest)):
            return inner, t.Apply("divide", (*rest, other))
    return None


def _is_a_number(tree: Tree) -> bool:
    """Whether it is a number other than 0."""
    return isinstance(tree, t.Number) and tree.text.strip("0.") != ""


def _joined(operator: str, parts: tuple[Tree, ...]) -> Tree:
    return parts[0] if len(parts) == 1 else t.Apply(operator, parts)
