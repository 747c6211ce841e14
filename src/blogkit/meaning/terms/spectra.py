r"""What the eigenvalues and singular values of a matrix tell: norms, functions of matrices, msign.

A function of a square matrix is `R f(D) R^{-1}`, of balls; where eigenvalues can't be told apart,
or have no such value, it is undefined here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flint import acb, acb_mat, arb, arb_mat, fmpq

from blogkit.formula import Symbol, Tree
from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.terms.jets import Jet, Value
from blogkit.meaning.terms.values import Grid, grid, inverse, product, times, unit

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS_OF_MATRICES: Final = frozenset(["λ_max", "λ_min", "σ_max", "σ_min"])
"""What a letter with a word below is of a matrix: its extreme eigenvalues or singular values."""
MATRICES_OF_MATRICES: Final = frozenset(["msign"])
"""Words for what is a matrix of the same size; `msign` is `U V^\\top` where `U S V^\\top` is the
singular value decomposition. Source: Higham, Functions of Matrices, chapter 8."""


def word_of(tree: Tree) -> str:
    r"""A name with the word below it: `λ_max` of `\lambda_{\max}`.

    >>> word_of(Symbol("λ", subscript=Symbol("max")))
    'λ_max'
    """
    match tree:
        case Symbol(name=name, subscript=None):
            return name
        case Symbol(name=name, subscript=Symbol(name=below)):
            return f"{name}_{below}"
    return ""


def is_of_matrices(tree: Tree) -> bool:
    """Whether a function is one of those that are known of matrices."""
    return word_of(tree) in {*NUMBERS_OF_MATRICES, *MATRICES_OF_MATRICES, "vec"}


def matrix_norm(value: Grid, kind: str) -> Value:
    """The norm of a matrix: `2` the largest singular value, `*` their sum, `1` and `∞` of sums.

    Raises:
        NotApplicable: of another kind.
        Undefined: where the singular values can't be told apart from what is not real.
    """
    if kind in {"1", "∞"}:
        lines = value.turned.rows if kind == "1" else value.rows
        return _largest([sum(map(abs, line[1:]), abs(line[0])) for line in lines])
    if kind not in {"2", "*"}:
        raise NotApplicable(Message("the norm of a matrix is not known"))
    singular = _singular_values(value)
    return sum(singular[1:], singular[0]) if kind == "*" else _largest(singular)


def of_spectrum(name: str, value: Grid) -> Value:
    """What one of `NUMBERS_OF_MATRICES` is; eigenvalues of a symmetric matrix only.

    Raises:
        Undefined: where the eigenvalues are not real for certain.
    """
    if name == "msign":
        return _msign(value)
    if name.startswith("σ"):
        found = _singular_values(value)
    elif value.turned == value or _is_symmetric(value):
        found = [x.real for x in _eigenvalues(value)]
    else:
        raise Undefined
    return _largest(found) if name.endswith("max") else -_largest([-x for x in found])


def function_of_matrix(name: str, value: Grid, exponent: Value = None) -> Grid:
    """The exponential, logarithm or a power of a square matrix; a whole power by products.

    Raises:
        NotApplicable: where its entries are derived.
        Undefined: where an eigenvalue is not positive for certain, or two can't be told apart.
    """

    if value.height != value.width:
        raise Undefined
    if isinstance(exponent, fmpq) and exponent.q == 1 and abs(exponent) <= _MOST:
        count = int(exponent.p)
        whole: Grid = product([unit(value.height), *[value] * abs(count)])
        return whole if count >= 0 else inverse(whole)
    _refuse_slopes(value)
    flat = arb_mat(value.height, value.width, [arb(entry) for entry in value.entries])
    if name == "exp":
        return grid(value.height, value.width, flat.exp().entries())
    rule = (lambda x: x.log()) if name == "log" else (lambda x: x ** acb(exponent))
    return _by_eigenvalues(value, rule)


_MOST: Final = 64
"""The highest power that is multiplied out."""


def _refuse_slopes(value: Grid) -> None:
    if any(isinstance(entry, Jet) for entry in value.entries):
        raise NotApplicable(Message("the derivative of a function of a matrix is not tried"))


def _by_eigenvalues(value: Grid, rule: Callable[[Value], Value]) -> Grid:

    size = value.height
    flat = acb_mat(size, size, [acb(arb(entry)) for entry in value.entries])
    try:
        found, right = flat.eig(right=True)
        back = right.inv()
    except (ValueError, ZeroDivisionError):
        raise Undefined from None
    if not all(x.real > 0 for x in found):
        raise Undefined
    middle = acb_mat(size, size)
    for place, eigenvalue in enumerate(found):
        middle[place, place] = rule(eigenvalue)
    return grid(size, size, [entry.real for entry in (right * middle * back).entries()])


def _msign(value: Grid) -> Grid:

    is_wide = value.width > value.height
    matrix = value.turned if is_wide else value
    below = function_of_matrix("power", times(matrix.turned, matrix), fmpq(-1, 2))
    found: Grid = times(matrix, below)
    return found.turned if is_wide else found


def _is_symmetric(value: Grid) -> bool:
    pairs = zip(value.entries, value.turned.entries, strict=True)
    return value.height == value.width and all((a - b) == 0 or a.overlaps(b) for a, b in pairs)


def _largest(values: list[Value]) -> Value:

    largest = arb(values[0])
    for value in values[1:]:
        largest = largest.max(arb(value))
    return largest


def _singular_values(value: Grid) -> list[Value]:
    narrow = value if value.width <= value.height else value.turned
    found = _eigenvalues(times(narrow.turned, narrow))
    if not all(x.real > 0 for x in found):
        raise Undefined
    return [x.real.sqrt() for x in found]


def _eigenvalues(value: Grid) -> list[Value]:

    _refuse_slopes(value)
    flat = arb_mat(value.height, value.width, [arb(entry) for entry in value.entries])
    try:
        return list(acb_mat(flat).eig(multiple=True))
    except ValueError:
        raise Undefined from None
