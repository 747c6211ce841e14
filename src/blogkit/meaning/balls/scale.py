r"""How small the smallest number is that a computation met: what a ball must show to be agreement.

It exists because `2^{10^7}` and `2^{10^7} + 1` have overlapping balls whose radius is small against
both and yet far larger than the 1: two sides agree only as far as a ball is narrow against *every*
part of them. A function that is nearly constant hides a part, too: `\tanh 1000` is 1 less
`e^{-2000}`. Imports `values.py` and the
operator tree.
"""

from collections.abc import Callable
from fractions import Fraction
from math import log2
from typing import Final

from flint import acb, arb, fmpq

from blogkit.formula import Number, Tree, walk
from blogkit.meaning.balls.values import Exact, Value, is_real, to_complex, to_real

_FAR = 10**18
_LOG2_E = log2(2.718281828459045)


class Scale:
    """The numbers that one evaluation met, by their binary exponents."""

    def __init__(self) -> None:
        self._least = self._most = 0

    @property
    def bits(self) -> int:
        r"""How many bits behind the point show each part of what was computed.

        Beside a number of size `s` the third power of a small one may matter, as in `\sin x = x`;
        the logarithm of a large one hides its reciprocal.
        """
        return self._most - 3 * self._least

    def note(self, value: Value) -> None:
        """Takes a number in; a ball that holds zero says nothing of small ones."""
        least, most = _exponents(value)
        self._least, self._most = min(self._least, least), max(self._most, most)

    def note_function(self, name: str, value: Value) -> None:
        """Takes in what a function that levels off hides at a number."""
        levels_off = _LEVELLING.get(name)
        if levels_off is not None and is_real(value):
            hidden = levels_off(float(abs(to_real(value)).upper()))
            self._most = max(self._most, int(min(hidden, _FAR)))


def literal_bits(tree: Tree) -> int:
    """How many bits behind the point show each number that is written in a tree.

    >>> literal_bits(Number("3")) < literal_bits(Number("0.003"))
    True
    """
    scale = Scale()
    for node in walk(tree):
        if isinstance(node, Number):
            number = Fraction(node.text)
            scale.note(fmpq(number.numerator, number.denominator))
    return scale.bits


_LEVELLING: Final[dict[str, Callable[[float], float]]] = {
    **dict.fromkeys(["tanh", "coth"], lambda x: 2 * x * _LOG2_E),
    **dict.fromkeys(["sigmoid", "softplus"], lambda x: x * _LOG2_E),
    **dict.fromkeys(["erf", "erfc"], lambda x: x * x * _LOG2_E),
    "ζ": lambda x: x,
}
"""Functions that are nearly constant far out, and the bits by which they differ from that."""


def _exponents(value: Value) -> tuple[int, int]:
    """The binary exponents of the smallest step to a number and of the number."""
    match value:
        case fmpq():
            return -int(value.q).bit_length(), int(value.p).bit_length()
        case Exact(re=re, im=im):
            pairs = (_exponents(re), _exponents(im))
            return min(least for least, _ in pairs), max(most for _, most in pairs)
    ball: arb | acb = to_real(value) if is_real(value) else to_complex(value)
    return _exponent(ball.abs_lower()), _exponent(ball.abs_upper())


def _exponent(ball: arb) -> int:
    mantissa, exponent = ball.mid().man_exp()
    return int(exponent) + int(mantissa).bit_length() if mantissa else 0
