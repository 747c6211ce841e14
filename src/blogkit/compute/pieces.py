"""Pieces of Python that are put together: text, how tightly it holds together, how many axes.

It exists so that brackets stand where Python needs them and nowhere else. Imports `targets`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from .targets import ATOM, PRODUCT, SUM, UNARY, Form, Target

_FREE_PLACE: Final = re.compile(r"(?<=[(\[,])\s*\{(\d)\}(?=\s*(?:[)\],]|\s(?:for|if|else)\b))")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of Python."""

    text: str
    """The code."""
    level: int = ATOM
    """How tightly it holds together; see `targets`."""
    rank: int = 0
    """How many axes its value has."""
    is_row: bool = False
    """Whether it is a vector that was transposed."""

    def at(self, level: int) -> str:
        """The code, in brackets if it holds together less than that.

        >>> Piece("a + b", SUM).at(PRODUCT)
        '(a + b)'
        """
        return self.text if self.level >= level else f"({self.text})"


def filled(form: Form, target: Target, args: Sequence[Piece]) -> Piece:
    """A form of the table with its arguments.

    >>> from blogkit.compute.targets import OPERATORS, TARGETS
    >>> filled(OPERATORS["cot"], TARGETS["numpy"], [Piece("a + b", SUM)]).text
    '1 / np.tan(a + b)'
    """
    template = form.of(target.to).replace("{m}", target.module)
    free = {int(match[1]) for match in _FREE_PLACE.finditer(template)}
    tight = {int(k) for k in re.findall(r"\{(\d)\}", _FREE_PLACE.sub("", template))}
    texts = [arg.at(ATOM if k in tight or k not in free else 0) for k, arg in enumerate(args)]
    rank = max((arg.rank for arg in args), default=0) if form.is_entrywise else 0
    return Piece(template.format(*texts), form.level, rank)


def summed(terms: Sequence[tuple[bool, Piece]]) -> Piece:
    """A sum of terms, each with whether it is taken away."""
    text = ""
    for is_less, term in terms:
        if not text:
            text = f"-{term.at(UNARY)}" if is_less else term.at(SUM)
        else:
            text += f" - {term.at(PRODUCT)}" if is_less else f" + {term.at(PRODUCT)}"
    level = SUM if len(terms) > 1 else UNARY if terms[0][0] else SUM
    return Piece(text, level, max(term.rank for _, term in terms))


def multiplied(factors: Sequence[Piece]) -> Piece:
    """A product of numbers, or of arrays entry by entry."""
    if len(factors) == 1:
        return factors[0]
    first, *rest = factors
    text = first.at(PRODUCT) + "".join(f" * {factor.at(UNARY)}" for factor in rest)
    return Piece(text, PRODUCT, max(factor.rank for factor in factors))
