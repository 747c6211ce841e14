"""A stretch of words that says what a formula stands for: the shape that both languages give.

It exists so that `chinese.py` and `english.py` need not know of posts. Imports nothing.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Group:
    """Formulas in one list, in a line of words."""

    start: int
    """Where the first begins."""
    end: int
    """Where the last ends."""
    formulas: int = 1
    """How many they are."""
    symbols: int = 1
    """How many symbols they name by themselves; those of `h \\times w` count as one."""


How = Literal["stated", "beside", "counted"]
r"""`stated`: 其中 $\eta$ 是学习率. `beside`: 学习率 $\eta$. `counted`: $n$ 个样本, 第 $i$ 层."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that say what one symbol of a group of formulas is, or all of them."""

    start: int
    """Where they begin in the line."""
    end: int
    """Where they end."""
    how: How
    """How they say it."""
    item: int | None = None
    """Which symbol of the group is meant, from 0; None for all."""
    made: str = ""
    """The meaning, where it is more than the words themselves: 样本的数量."""
