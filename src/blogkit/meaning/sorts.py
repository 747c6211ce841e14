r"""What kind of thing a symbol stands for.

It exists so that no method guesses: a norm is a real number that is not negative, a bold capital is
a matrix, the `n` above a sum is a natural number. Imports the operator tree only.
"""

from dataclasses import dataclass
from typing import Final, Literal

from blogkit.formula import Tree

Kind = Literal[
    "natural",
    "integer",
    "rational",
    "real",
    "complex",
    "vector",
    "matrix",
    "function",
    "random",
    "set",
]
"""`natural` is 0, 1, 2 …; `random` is a random variable, or a value that one takes, under a
probability; `function` has scalar arguments and a scalar value unless a shape says otherwise."""

SCALARS: Final[frozenset[str]] = frozenset(["natural", "integer", "rational", "real", "complex"])
"""Kinds whose members are numbers."""


@dataclass(frozen=True, slots=True)
class Sort:
    """What a symbol, or every member of a family, stands for."""

    kind: Kind
    """Which kind of thing."""
    shape: tuple[Tree, ...] = ()
    """Sizes as trees: one for a vector, two for a matrix, none where unknown or for a scalar."""
    is_family: bool = False
    """Whether the symbol names a family: `x` in `x_1, …, x_n`; the kind is that of its members."""

    @property
    def is_scalar(self) -> bool:
        """Whether it is a single number.

        >>> Sort("real").is_scalar, Sort("vector").is_scalar, Sort("real", is_family=True).is_scalar
        (True, False, False)
        """
        return self.kind in SCALARS and not self.is_family


REAL: Final = Sort("real")
"""What a symbol is when nothing is said of it."""
