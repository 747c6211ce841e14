"""Steps: how far a method goes before it gives up, the same on every machine.

A clock would let a verdict depend on how busy a machine is. So work is counted: nodes that are
evaluated, times the words of their precision; and within algebra that counts nothing itself, the
calls of Python functions, as Lean counts allocations and z3 its own resources. A step costs about
a microsecond. A process decides one question at a time, so there is one budget. Imports nothing.

    with at_most(1000):
        spend()     # OutOfStepsError at the 1001st
"""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfStepsError(Exception):
    """The budget is used up: the method gives up, and says so."""


class _Budget:
    left: float = math.inf


def spend(steps: int = 1) -> None:
    """Take steps off the budget.

    Raises:
        OutOfStepsError: if it had not as many.
    """
    _Budget.left -= steps
    if _Budget.left < 0:
        raise OutOfStepsError


def are_used_up() -> bool:
    """Whether the budget was overdrawn; a library in C may have made another error of that."""
    return _Budget.left < 0


@contextmanager
def at_most(steps: float) -> Iterator[None]:
    """A budget for a block; what it uses is taken off the budget around it too.

    >>> with at_most(3):
    ...     spend(2)
    """
    outer = _Budget.left
    given = min(steps, max(outer, 0))
    _Budget.left = given
    try:
        yield
    finally:
        _Budget.left = outer - (given - _Budget.left)


@contextmanager
def counting_calls() -> Iterator[None]:
    """Count each call of a Python function in a block as a step."""
    before = sys.getprofile()
    sys.setprofile(_counted)
    try:
        yield
    finally:
        sys.setprofile(before)


def _counted(_frame: FrameType, event: str, _argument: object) -> None:
    if event == "call":
        _Budget.left -= 1
        if _Budget.left < 0:
            raise OutOfStepsError
