"""``blogkit study review``, ``grade`` and ``undo``: being asked, and answering."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.keys import press
from blogkit.cli.options import count
from blogkit.cli.output import console_for
from blogkit.cli.study_output import Actions, add_action, emit_study
from blogkit.errors import StudyError
from blogkit.library.facade import Library
from blogkit.study import Study
from blogkit.study.reports import Due, DueCard
from blogkit.study.schedule import GRADES
from blogkit.views.speech import said, say

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST_ANSWER_SECONDS = 600


def add_actions(actions: Actions) -> None:
    """Arguments of the actions."""
    review = add_action(
        actions, "review", say("be asked what is due; quit at any time"), run_review
    )
    review.add_argument("--limit", type=count, metavar="N", help=say("at most so many answers"))
    grade = add_action(actions, "grade", say("store an answer without being asked"), run_grade)
    grade.add_argument("card", metavar="CARD", help=say("id, or start of an id"))
    grade.add_argument("grade", metavar="GRADE", help=say("again, hard, good, easy, or 1 to 4"))
    add_action(actions, "undo", say("take the last answer back"), run_undo)


def run_review(arguments: argparse.Namespace) -> int:
    """Ask until nothing is due; with --json, what is due."""
    with Library.open(arguments.library) as library:
        study = Study(library)
        due = study.due(limit=arguments.limit)
        if arguments.json:
            emit_study(arguments, "due", due)
        elif due.total:
            _ask(study, console_for(arguments), arguments.limit)
        else:
            emit_study(arguments, "due", due)
    return FOUND if due.total else NOTHING


def run_grade(arguments: argparse.Namespace) -> int:
    """Store an answer."""
    with Library.open(arguments.library) as library:
        emit_study(arguments, "review", Study(library).grade(arguments.card, arguments.grade))
    return FOUND


def run_undo(arguments: argparse.Namespace) -> int:
    """Take the last answer back."""
    with Library.open(arguments.library) as library:
        emit_study(arguments, "undone", Study(library).undo())
    return FOUND


def _ask(study: Study, console: Console, limit: int | None) -> None:
    """Ask card by card; each answer is stored before the next question."""
    answers = 0
    due = study.due(limit=1)
    while due.cards and (limit is None or answers < limit):
        key = _ask_one(study, console, due.cards[0], due.total)
        if key is None:
            break
        if key == "u":
            answers -= _undo(study, console)
        else:
            answers += 1
        due = study.due(limit=1)
    _say_end(study.due(limit=0), console)


def _ask_one(study: Study, console: Console, due: DueCard, left: int) -> str | None:
    """Ask one card; the key of its grade, ``u`` for undo, None for quit."""
    from blogkit.views import study_terminal

    card, width = due.card, console.width
    console.print(study_terminal.question(card, width=width, left=left))
    began = time.monotonic()
    key = press(say("Enter: answer  [u]ndo  [q]uit "), "auq", default="a")
    if key in (None, "q", "u"):
        return "u" if key == "u" else None
    console.print(study_terminal.answer(card, width=width))
    console.print(study_terminal.choices(study.choices(card.id)), end=" ")
    key = press("", "1234uq", default="3")
    if key in (None, "q", "u"):
        return "u" if key == "u" else None
    seconds = min(time.monotonic() - began, _LONGEST_ANSWER_SECONDS)
    done = study.grade(card.id, GRADES[int(key) - 1], seconds=round(seconds, 1))
    console.print(study_terminal.review(done))
    return key


def _undo(study: Study, console: Console) -> int:
    """Take the last answer back; how many were."""
    from blogkit.views import study_terminal

    try:
        done = study.undo()
    except StudyError as error:
        console.print(said(error.text))
        return 0
    console.print(study_terminal.undone(done))
    return 1


def _say_end(due: Due, console: Console) -> None:
    from blogkit.views import study_terminal

    console.print(study_terminal.due(due, width=console.width))
