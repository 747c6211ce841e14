"""What the rules of evaluation share: the values of names, and the way back into evaluation.

It exists so that sums, sets and relations can each have a module without importing one another in
a circle. Imports the trees, `values.py` and `outcomes.py`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Protocol

from blogkit.formula import Tree
from blogkit.meaning.balls.scale import Scale
from blogkit.meaning.balls.values import Value

MAX_TERMS = 10_000
"""Terms of one sum, elements of one set, that are gone through."""


class Truth(Enum):
    """What is known of a statement at one point."""

    TRUE = "true"
    FALSE = "false"
    CLOSE = "close"
    """Two sides are equal as far as a narrow ball tells; neither certain nor excluded."""
    UNKNOWN = "unknown"
    """The balls are too wide."""

    @staticmethod
    def of(value: bool) -> "Truth":
        """The certain truth value."""
        return Truth.TRUE if value else Truth.FALSE


class Scope(Protocol):
    """An evaluation that is under way."""

    is_complex: bool
    """Whether the field is that of the complex numbers."""
    scale: Scale
    """The sizes of the numbers that were met so far."""
    is_unseen: bool
    """Whether two sides agreed, but not so far that each part of them would have shown."""

    def value(self, tree: Tree) -> Value:
        """The number that a tree stands for."""
        ...

    def truth(self, tree: Tree) -> Truth:
        """What is known of a statement."""
        ...

    def is_integral(self, tree: Tree) -> bool:
        """Whether a tree is an integer by its form: by literals, sorts and indices of sums."""
        ...

    @contextmanager
    def bound(self, values: Mapping[Tree, Value]) -> Iterator[None]:
        """Give bound variables their values inside the block."""
        ...
