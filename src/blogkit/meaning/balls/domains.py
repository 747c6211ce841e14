r"""What a function asks of its argument, so that outside of it a value is *undefined*.

It exists because balls follow the complex branches silently, while over the real numbers
`\log(-1)` has no value. Imports `values.py` and `outcomes.py`.
"""

from dataclasses import dataclass

from flint import fmpq

from blogkit.formula import Tree
from blogkit.language import Message
from blogkit.meaning.balls.values import (
    ONE,
    Value,
    add,
    as_integer,
    excludes_zero,
    is_real,
    is_zero,
    negate,
    sign_of,
    to_real,
)
from blogkit.meaning.outcomes import Requires, Uncertain, Unsupported

MAX_ARGUMENT_BITS = 40
"""Fast-growing functions are not computed beyond 2 to this power."""


@dataclass(frozen=True, slots=True)
class Operand:
    """An argument: its value, and the tree that it came from."""

    value: Value
    """Its value at the point."""
    tree: Tree
    """What is written, for conditions."""
    is_complex: bool
    """Whether the field is that of the complex numbers."""


def require_sign(operand: Operand, allowed: tuple[int, ...], requirement: str) -> None:
    """Let pass only a real operand with a sign among `allowed`.

    Raises:
        Undefined: it has another sign.
        Uncertain: its ball does not tell.
    """
    sign = sign_of(operand.value)
    if sign is None:
        raise Uncertain
    if sign not in allowed:
        raise Requires(operand.tree, requirement)


def require_positive(operand: Operand) -> None:
    """Let pass only what is greater than zero."""
    require_sign(operand, (1,), "> 0")


def require_nonzero(operand: Operand) -> None:
    """Let pass all but exact zero, and no ball that holds it."""
    if is_zero(operand.value):
        raise Requires(operand.tree, r"\neq 0")
    if not excludes_zero(operand.value):
        raise Uncertain


def require_within_one(operand: Operand, *, strict: bool) -> None:
    """Let pass only -1 to 1, without the ends if `strict`."""
    allowed = (1,) if strict else (0, 1)
    requirement = r"\in (-1, 1)" if strict else r"\in [-1, 1]"
    for value in (add(ONE, operand.value), add(ONE, negate(operand.value))):
        require_sign(Operand(value, operand.tree, operand.is_complex), allowed, requirement)


def require_off_poles(operand: Operand) -> None:
    """Let pass all but 0, -1, -2, …: the poles of the gamma function."""
    number = as_integer(operand.value)
    if number is not None and number <= 0:
        raise Requires(operand.tree, r"\notin \{0, -1, -2, \dots\}")


def require_real(operand: Operand, word: str) -> None:
    """Let pass only real values.

    Raises:
        Unsupported: it is held as a complex ball.
    """
    if not is_real(operand.value):
        raise Unsupported(Message("{word} of a complex number", word=word))


def require_moderate(operand: Operand) -> None:
    """Let pass only what a fast-growing function can be computed at."""
    value = operand.value
    if isinstance(value, fmpq):
        too_large = value.height_bits() > 8 and abs(value) > 2**MAX_ARGUMENT_BITS
    elif is_real(value):
        too_large = bool(abs(to_real(value)) > 2**MAX_ARGUMENT_BITS)
    else:
        too_large = False
    if too_large:
        raise Unsupported(Message("a number is too large to compute with"))
