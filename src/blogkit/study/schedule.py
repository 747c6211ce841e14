"""When a card is asked again: FSRS, as py-fsrs computes it.

Times are whole seconds since 1970, so that what is stored is what was computed. Fuzz is off: the
same answers give the same schedule, and the intervals that are shown beside the grades are those
that follow. Only this module knows py-fsrs, which is imported when a card is graded.

Source: Ye, Su, Cao: A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition
Scheduling (KDD 2022), and the FSRS-6 model with py-fsrs' default parameters.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from blogkit.errors import MissingExtraError, StudyError
from blogkit.language import Message
from blogkit.store.cards import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fsrs import Card as FsrsCard
    from fsrs import Scheduler

Grade: TypeAlias = Literal["again", "hard", "good", "easy"]
GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")
"""The four grades, worst first; their numbers are 1 to 4."""
_LEARNING = 1


def new_schedule(now: int) -> Schedule:
    """The schedule of a card that was never asked: due at once."""
    return Schedule(_LEARNING, 0, None, None, now, None)


def grade_number(grade: str) -> int:
    """The number of a grade, which may be given as its name or its number.

    Raises:
        StudyError: if it is neither.

    >>> grade_number("good"), grade_number("4")
    (3, 4)
    """
    if grade in GRADES:
        return GRADES.index(grade) + 1
    if grade in ("1", "2", "3", "4"):
        return int(grade)
    raise StudyError(
        Message(
            "expected a grade (again, hard, good, easy, or 1 to 4), found '{grade}'", grade=grade
        )
    )


def grade_name(number: int) -> Grade:
    """The name of a grade by its number."""
    return GRADES[number - 1]


def graded(schedule: Schedule, grade: int, now: int) -> Schedule:
    """The schedule after an answer.

    Args:
        schedule: the one before it.
        grade: 1 to 4.
        now: when it was given, in seconds since 1970.

    Raises:
        MissingExtraError: without the extra ``study``.

    >>> first = graded(new_schedule(0), 3, 0)
    >>> first.due, graded(first, 3, 600).due // 86400
    (600, 2)
    """
    scheduler = _scheduler()
    from fsrs import Rating

    card, _ = scheduler.review_card(_to_fsrs(schedule), Rating(grade), _moment(now))
    return _from_fsrs(card)


def replayed(start: int, answers: Iterable[tuple[int, int]]) -> list[Schedule]:
    """The schedules of a card before its first answer, and after each.

    Args:
        start: when the card was new.
        answers: time and grade of each answer, by time.
    """
    schedules = [new_schedule(start)]
    for time, grade in answers:
        schedules.append(graded(schedules[-1], grade, time))
    return schedules


def choices(schedule: Schedule, now: int) -> dict[Grade, int]:
    """For each grade, after how many seconds the card would be asked again."""
    return {
        grade: graded(schedule, number, now).due - now
        for number, grade in enumerate(GRADES, start=1)
    }


def _scheduler() -> Scheduler:
    try:
        from fsrs import Scheduler
    except ImportError as error:
        raise MissingExtraError("fsrs", "study", Message("scheduling reviews")) from error
    return Scheduler(enable_fuzzing=False)


def _to_fsrs(schedule: Schedule) -> FsrsCard:
    from fsrs import Card, State

    last = schedule.last_review
    return Card(
        card_id=0,
        state=State(schedule.state),
        step=schedule.step,
        stability=schedule.stability,
        difficulty=schedule.difficulty,
        due=_moment(schedule.due),
        last_review=None if last is None else _moment(last),
    )


def _from_fsrs(card: FsrsCard) -> Schedule:
    last = card.last_review
    return Schedule(
        state=int(card.state.value),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=int(card.due.timestamp()),
        last_review=None if last is None else int(last.timestamp()),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
