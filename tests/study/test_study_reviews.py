"""Reviews: due, graded, taken back, forecast, counted; and what the database holds of them."""

import contextlib
import sqlite3
import sys
from datetime import UTC
from pathlib import Path

import pytest
from fsrs import Card as FsrsCard
from fsrs import Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st
from study_clock import DAY, NOW, StillClock

from blogkit import Library, Study
from blogkit.errors import CardNotFoundError, MissingExtraError, StudyError
from blogkit.study.clock import Clock, moment
from blogkit.study.schedule import graded, new_schedule


@pytest.fixture
def cards(study: Study, clipping: str) -> list[str]:
    return [card.id for card in study.accept_all(clipping)]


def stored(library: Library) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables of study."""
    connection = library.database.connection
    return {
        table: connection.execute(f"SELECT * FROM {table}").fetchall()
        for table in ("cards", "reviews", "reading")
    }


def test_accepted_cards_are_due_in_the_order_of_the_post(study: Study, cards: list[str]) -> None:
    due = study.due()
    assert [item.card.id for item in due] == [cards[n] for n in (0, 1, 3)]
    assert (due.total, due.new, due.accepted, due.reviewed_today) == (3, 3, 5, 0)
    assert [item.card.id for item in study.due(limit=1)] == cards[:1]


def test_a_graded_card_comes_again_when_it_was_said(
    study: Study, clock: StillClock, cards: list[str]
) -> None:
    assert study.choices(cards[0]) == {"again": 60, "hard": 330, "good": 600, "easy": 8 * DAY}
    done = study.grade(cards[0], "good")
    assert (done.grade, done.time, done.due) == ("good", NOW, NOW + 600)
    due = study.due()
    assert (due.total, due.new, due.reviewed_today, due.next_due) == (2, 2, 1, NOW + 600)
    clock.seconds += 600
    assert study.due().cards[0].card.id == cards[0]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 90 * DAY)), max_size=12))
def test_the_schedule_is_that_of_py_fsrs(answers: list[tuple[int, int]]) -> None:
    from datetime import datetime

    now, ours = NOW, new_schedule(NOW)
    theirs = FsrsCard(due=datetime.fromtimestamp(NOW, UTC))
    scheduler = Scheduler(enable_fuzzing=False)
    for grade, seconds in answers:
        now += seconds
        ours = graded(ours, grade, now)
        theirs, _ = scheduler.review_card(theirs, Rating(grade), datetime.fromtimestamp(now, UTC))
    assert ours.due == int(theirs.due.timestamp())
    assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)


def test_undo_restores_exactly_what_was_there(
    study: Study, seeds_library: Library, clock: StillClock, cards: list[str]
) -> None:
    states = [stored(seeds_library)]
    for number, grade in enumerate(("good", "again", "easy", "hard", "good", "again")):
        clock.seconds += number * DAY
        study.grade(cards[number % 2], grade, seconds=1.5)
        states.append(stored(seeds_library))
    for state in reversed(states[:-1]):
        study.undo()
        assert stored(seeds_library) == state
    with pytest.raises(StudyError, match="no answer to take back: nothing was reviewed yet"):
        study.undo()


def test_study_does_not_put_the_index_behind(
    study: Study, seeds_library: Library, cards: list[str], clipping: str
) -> None:
    before = seeds_library.database.generation()
    study.grade(cards[0], "good")
    study.mark(clipping, "read")
    study.drop(cards[1])
    study.undo()
    assert seeds_library.database.generation() == before


def test_state_is_there_after_closing(
    study: Study, seeds_library: Library, clock: StillClock, cards: list[str]
) -> None:
    study.grade(cards[0], "good")
    expected = study.due().to_dict()
    seeds_library.close()
    with Library.open(seeds_library.folder) as again:
        assert Study(again, now=clock, zone=UTC).due().to_dict() == expected


def test_a_failed_answer_leaves_nothing(
    study: Study, seeds_library: Library, cards: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from blogkit.store import cards as stored_cards

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    before = stored(seeds_library)
    monkeypatch.setattr(stored_cards, "put_schedule", fail)
    with pytest.raises(KeyboardInterrupt):
        study.grade(cards[0], "good")
    assert stored(seeds_library) == before


def test_a_forecast_counts_overdue_cards_today(
    study: Study, clock: StillClock, cards: list[str]
) -> None:
    study.grade(cards[0], "easy")
    study.grade(cards[1], "good")
    forecast = study.forecast(days=3)
    assert [(day.reviews, day.new) for day in forecast.days] == [(1, 1), (0, 2), (0, 0)]
    assert (forecast.later, study.due().resting) == (1, 2)
    clock.seconds += 9 * DAY
    due = study.due()
    days = [day.reviews + day.new for day in study.forecast(days=2).days]
    assert days == [due.total, due.resting]
    assert sum(days) == 5


def test_history_counts_answers_by_the_days_of_the_user(
    study: Study, clock: StillClock, cards: list[str]
) -> None:
    for days, grade in ((0, "good"), (1, "again"), (1, "good"), (3, "easy")):
        clock.seconds = NOW + days * DAY
        study.grade(cards[days], grade)
    history = study.history(days=5)
    assert [(day.reviews, day.again) for day in history.days] == [
        (0, 0), (1, 0), (2, 1), (0, 0), (1, 0),
    ]  # fmt: skip
    assert (history.total, history.streak_days) == (4, 1)
    assert [day.day.isoformat() for day in history.days][-1] == "2026-09-24"


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    from datetime import date, timedelta, timezone

    clock = Clock(lambda: 0, timezone(timedelta(hours=8)))
    assert clock.day(16 * 3600 - 1) == date(1970, 1, 1)
    assert clock.day(16 * 3600) == date(1970, 1, 2)
    assert clock.start(date(1970, 1, 2)) == 16 * 3600
    assert moment(NOW) == "2026-09-21T14:13:20Z"


@pytest.mark.parametrize(
    ("action", "error", "message"),
    [
        (
            lambda study, card: study.grade(card, "5"),
            StudyError,
            "expected a grade (again, hard, good, easy, or 1 to 4), found '5'",
        ),
        (
            lambda study, card: study.grade("zz", "good"),
            CardNotFoundError,
            "no card has the id 'zz'; 'blogkit study cards' lists them",
        ),
        (
            lambda study, card: study.edit(card, answer=" "),
            StudyError,
            "card 3e9126180f: expected an answer, found nothing",
        ),
        (
            lambda study, card: study.mark("日食记", "seen"),
            StudyError,
            "expected unread, reading, read or to-review, found 'seen'",
        ),
        (
            lambda study, card: study.accept("日食记", "zz"),
            CardNotFoundError,
            "no card has the id 'zz'; 'blogkit study new 日食记' lists them",
        ),
    ],
)
def test_a_message_says_what_was_expected(study, cards, action, error, message: str) -> None:
    with pytest.raises(error) as caught:
        action(study, cards[0])
    assert str(caught.value) == message


def test_a_dropped_card_is_not_graded(study: Study, cards: list[str]) -> None:
    study.drop(cards[0])
    with pytest.raises(StudyError) as caught:
        study.grade(cards[0], "good")
    assert str(caught.value) == (
        f"card {cards[0]} was dropped; 'blogkit study new POST --accept {cards[0]}' takes it back"
    )


def test_without_the_extra_grading_says_what_to_install(
    study: Study, cards: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsrs", None)
    assert study.due().total == 3
    with pytest.raises(MissingExtraError) as caught:
        study.grade(cards[0], "good")
    assert str(caught.value) == (
        "scheduling reviews needs fsrs, which is not installed: pip install 'blogkit[study]'"
    )


def test_a_library_of_version_2_gets_its_tables(tmp_path: Path, seeds: Path, clipping: str) -> None:
    dump = Path(__file__).parent.parent / "reliability" / "schemas" / "2.sql"
    with contextlib.closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    with Library.open(tmp_path) as library:
        library.add(seeds)
        study = Study(library)
        study.grade(study.accept_all(clipping).cards[0].id, "good")
        assert study.history().total == 1
