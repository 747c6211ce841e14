r"""Expressions as polynomials in one variable, all else having a value.

It exists for what has a closed form or a bound by its coefficients: exponents of Gaussians, terms
of series. Imports `scope.py`, `values.py`, `outcomes.py`.
"""

from flint import acb, acb_poly

from blogkit.formula import Apply, Symbol, Tree, walk
from blogkit.language import Message
from blogkit.meaning.balls.scope import Scope
from blogkit.meaning.balls.values import as_integer, to_complex
from blogkit.meaning.outcomes import Unsupported

MAX_DEGREE = 40
"""Powers above this are not written out."""


def holds(tree: Tree, variable: Symbol) -> bool:
    """Whether a variable occurs in a tree."""
    return any(node == variable for node in walk(tree))


def polynomial(tree: Tree, variable: Symbol, scope: Scope) -> acb_poly:
    """The polynomial that a tree is in a variable.

    Raises:
        Unsupported: it is none.
    """
    if tree == variable:
        return acb_poly([0, 1])
    if not holds(tree, variable):
        return acb_poly([to_complex(scope.value(tree))])
    match tree:
        case Apply("plus" | "times" as operator, args):
            total = acb_poly([0 if operator == "plus" else 1])
            for arg in args:
                part = polynomial(arg, variable, scope)
                total = total + part if operator == "plus" else total * part
            return total
        case Apply("minus", (inner,)):
            return -polynomial(inner, variable, scope)
        case Apply("divide", (above, below)) if not holds(below, variable):
            inverse = acb(1) / to_complex(scope.value(below))
            return polynomial(above, variable, scope) * inverse
        case Apply("power", (base, exponent)) if not holds(exponent, variable):
            count = as_integer(scope.value(exponent))
            if count is not None and 0 <= count <= MAX_DEGREE:
                return polynomial(base, variable, scope) ** count
    raise Unsupported(Message("a part that is no polynomial"))


def coefficients(tree: Tree, variable: Symbol, scope: Scope) -> list[acb]:
    """The coefficients of that polynomial, the constant one first; zeros at the end are left out.

    Raises:
        Unsupported: it is none.
    """
    found = list(polynomial(tree, variable, scope))
    while found and found[-1] == 0:
        found.pop()
    return found
