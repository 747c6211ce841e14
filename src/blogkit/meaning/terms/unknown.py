"""Unknown functions, as random polynomials with exact values and derivatives.

A polynomial of degree three in all entries of all arguments: enough to tell that two expressions of
a function, its values and its first two derivatives differ.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flint import fmpq

from blogkit.language import Message
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.terms.jets import Value
from blogkit.meaning.terms.values import Grid, grid, value_latex

if TYPE_CHECKING:
    from collections.abc import Sequence


_MOST_ENTRIES = 24


@dataclass(slots=True)
class Unknown:
    """A function of which nothing is known."""

    seed: str
    """What its coefficients follow from."""
    count: int = 0
    """How many numbers it is a function of; known once it was applied."""

    @property
    def arguments(self) -> str:
        """LaTeX of what it is a function of."""
        return ", ".join(_names(self.count))

    @property
    def latex(self) -> str:
        """LaTeX of its value, of the first entry where it has several."""
        return _Polynomial(self.seed, 0, self.count).latex

    def value(self, args: Sequence[Value], height: int, width: int) -> Value:
        """Its value: a number, or a matrix of the size that is asked for."""
        entries = _entries(args)
        self.count = len(entries)
        values = [
            _Polynomial(self.seed, out, len(entries)).value(entries)
            for out in range(height * width)
        ]
        return values[0] if height == width == 1 else grid(height, width, values)

    def slope(self, args: Sequence[Value], places: Sequence[int]) -> Value:
        """A derivative by one argument, the shape of which it has; or a second one.

        That is by numbers, or twice by one column.

        Raises:
            NotApplicable: for higher ones.
        """
        entries = _entries(args)
        self.count = len(entries)
        polynomial = _Polynomial(self.seed, 0, len(entries))
        starts = [len(_entries(args[:place])) for place in places]
        if len(places) == 1 and isinstance(args[places[0]], Grid):
            arg = args[places[0]]
            count = arg.height * arg.width
            slopes = [polynomial.slope(entries, starts[0] + k) for k in range(count)]
            return grid(arg.height, arg.width, slopes)
        if len(places) == 2 and places[0] == places[1] and isinstance(args[places[0]], Grid):
            count = len(args[places[0]].entries)
            start = starts[0]
            seconds = [
                polynomial.second(entries, start + i, start + j)
                for i in range(count)
                for j in range(count)
            ]
            return grid(count, count, seconds)
        if any(isinstance(args[place], Grid) for place in places) or len(places) > 2:
            raise NotApplicable(
                Message("a derivative of an unknown function of this order is not tried")
            )
        if len(places) == 1:
            return polynomial.slope(entries, starts[0])
        return polynomial.second(entries, starts[0], starts[1])


def _entries(args: Sequence[Value]) -> list[Value]:
    return [x for arg in args for x in (arg.entries if isinstance(arg, Grid) else (arg,))]


def _names(count: int) -> list[str]:
    return ["u"] if count == 1 else [f"u_{{{place}}}" for place in range(1, count + 1)]


class _Polynomial:
    def __init__(self, seed: str, out: int, count: int) -> None:
        if count > _MOST_ENTRIES:
            raise NotApplicable(Message("a matrix is too large to be tried"))
        source = random.Random(f"{seed} {out}")

        def drawn() -> Value:
            return fmpq(source.randint(-4, 4) or 1, source.randint(1, 2))

        self.constant = drawn()
        self.linear = [drawn() for _ in range(count)]
        self.square = [[drawn() for _ in range(count)] for _ in range(count)]
        self.cube = [drawn() for _ in range(count)]

    @property
    def latex(self) -> str:
        names = _names(len(self.linear))
        terms = [(self.constant, "")]
        for i, own in enumerate(names):
            terms += [(self.linear[i], own), (self.cube[i], f"{own}^{{3}}")]
            terms += [(self.square[i][j], f"{own} {other}") for j, other in enumerate(names)]
        shown = " + ".join(f"{value_latex(c)} {monomial}".strip() for c, monomial in terms)
        return shown.replace("+ -", "- ")

    def value(self, x: Sequence[Value]) -> Value:
        total = self.constant
        for i, own in enumerate(x):
            total = total + self.linear[i] * own + self.cube[i] * own * own * own
            for j, other in enumerate(x):
                total = total + self.square[i][j] * own * other
        return total

    def slope(self, x: Sequence[Value], i: int) -> Value:
        total = self.linear[i] + 3 * self.cube[i] * x[i] * x[i]
        for j, other in enumerate(x):
            total = total + (self.square[i][j] + self.square[j][i]) * other
        return total

    def second(self, x: Sequence[Value], i: int, j: int) -> Value:
        mixed = self.square[i][j] + self.square[j][i]
        return mixed + 6 * self.cube[i] * x[i] if i == j else mixed
