r"""What a method answers, strictly.

A method that finds nothing answers `Open` with its reason; it never answers by guessing. Imports
no other part of the package but messages and outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from blogkit.language import Message, in_list, message_of
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.steps import OutOfStepsError, are_used_up

P = ParamSpec("P")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Proved:
    """True for all values that satisfy facts and conditions, by a method that cannot be wrong."""

    method: str
    """A few words: `polynomial identity`, `squeeze`, `case split`, `z3`."""
    conditions: tuple[str, ...] = ()
    r"""LaTeX of what must hold beyond the facts, mostly that it is defined: `b \neq 0`."""
    steps: tuple[str, ...] = ()
    """The steps of the proof, one sentence each, for a reader."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """False at one point, which satisfies the facts; shown in exact or ball arithmetic."""

    method: str
    """`exact arithmetic` or `ball arithmetic, 128 bits`, and where it was found."""
    counterexample: Mapping[str, str]
    r"""LaTeX of each symbol (`x_{1}`) and its exact value (`-\frac{1}{2}`, `2`, `\pi`)."""
    left: str = ""
    """Value of the left side there, as text: exact, or digits with the ball's radius."""
    right: str = ""
    """Value of the right side there."""


@dataclass(frozen=True, slots=True)
class Supported:
    """True at every point that was tried, in high precision."""

    method: str
    """How: `ball arithmetic, 333 bits`, `sizes n = 1 to 6`, `random 2x2 and 3x3 matrices`."""
    samples: int
    """How many points."""
    conditions: tuple[str, ...] = field(default=())
    """LaTeX of what was excluded on the way: where a side was undefined."""
    unproved: str = ""
    """Why it is not proved, where it is more than that no proof was found: one phrase."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An approximation: how near it is."""

    method: str
    """How: `ball arithmetic, 128 bits`."""
    error: float
    """The largest absolute difference of both sides that was seen."""
    at: Mapping[str, str]
    """Where, as LaTeX of each symbol and its value; empty for numbers."""
    over: Mapping[str, tuple[float, float]]
    """The range of each symbol that was looked at."""
    order: float | None = None
    """The power in which the difference vanishes, as numbers show it; None where they show none."""


@dataclass(frozen=True, slots=True)
class Open:
    """Not decided."""

    reason: str
    """One sentence: what stood in the way."""
    gave_up: bool = False
    """Whether it was that the budget of steps was used up."""
    readings: tuple[str, ...] = ()
    """The statement in LaTeX in each meaning of a letter, where it depends on that."""


@dataclass(frozen=True, slots=True)
class Fault(Open):
    """Not decided, because a method failed; it is told, and the other methods are asked."""


def method(function: Callable[P, A]) -> Callable[P, A | Open]:
    """A method that answers `Open`, with the reason, where it does not apply.

    >>> @method
    ... def decide(claim: str) -> Proved:
    ...     raise NotApplicable(f"{claim} is not read")
    >>> decide("a sum").reason
    'a sum is not read'
    """

    @wraps(function)
    def answer(*args: P.args, **named: P.kwargs) -> A | Open:
        try:
            return function(*args, **named)
        except NotApplicable as reason:
            return Open(message_of(reason))

    return answer


def guarded(method: Callable[..., Answer], *args: object) -> Answer:
    """What a method answers; a `Fault` where blogkit or an algebra library fails in it.

    Numbers that SymPy could not tell apart are no fault: it has a limit, and keeps to it.

    >>> guarded(lambda number: Open(1 / number), 0).reason
    'a fault in the checker, please report it: ZeroDivisionError: division by zero'
    """
    try:
        return method(*args)
    except (MemoryError, OutOfStepsError):
        raise  # no fault: the worker ends, or the method gives up
    except Exception as error:
        if are_used_up():
            raise OutOfStepsError from error
        return _precision_reached(error) or fault_of(error)


def _precision_reached(error: Exception) -> Open | None:
    from sympy.core.evalf import PrecisionExhausted

    if not isinstance(error, PrecisionExhausted):
        return None
    return Open(Message("a part of it could not be computed precisely enough"))


def fault_of(error: Exception) -> Fault:
    """A fault of blogkit or of an algebra library, told as the reason."""
    return Fault(
        Message(
            "a fault in the checker, please report it: {name}: {error}",
            name=type(error).__name__,
            error=str(error),
        )
    )


def joined(proofs: Iterable[Proved]) -> Proved:
    """Several proofs as one, of all that they prove."""
    proofs = tuple(proofs)
    return Proved(
        in_list(dict.fromkeys(proof.method for proof in proofs)),
        conditions=tuple(dict.fromkeys(each for proof in proofs for each in proof.conditions)),
        steps=tuple(step for proof in proofs for step in proof.steps),
    )


Answer = Proved | Refuted | Supported | Measured | Open
"""What a method says of a question."""
