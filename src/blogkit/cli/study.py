"""``blogkit study``: what is due; and its actions, some to a file."""

from __future__ import annotations

import argparse
from importlib import import_module

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_shared, examples_parser
from blogkit.cli.study_output import emit_study
from blogkit.library.facade import Library
from blogkit.study import Study
from blogkit.views.speech import say

MODULES = ("new", "review", "cards", "statistics", "reading", "anki")
"""The modules of the actions, study_NAME each."""


def parser() -> argparse.ArgumentParser:
    """Arguments of the command and its actions."""
    made = examples_parser(
        "study",
        say("Cards of what was read, and a reading list. Without an action: what is due."),
        [
            ("", say("what is due")),
            ("new 梯度裁剪", say("the cards that a post offers: accept, edit or drop each")),
            ("review", say("be asked; each answer is stored at once")),
            ("grade 3e91 good", say("an answer without being asked")),
            ("undo", say("take the last answer back")),
            ("history", say("a heat map of the answers")),
            ("mark 日食记 read", say("on the reading list")),
            ("next", say("what to read: what a post builds on comes first")),
            ("export --anki cards.apkg", say("for Anki")),
        ],
    )
    add_shared(made)
    made.set_defaults(run=run_due)
    actions = made.add_subparsers(dest="action", metavar="ACTION")
    for name in MODULES:
        import_module(f"blogkit.cli.study_{name}").add_actions(actions)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Run the action."""
    status: int = arguments.run(arguments)
    return status


def run_due(arguments: argparse.Namespace) -> int:
    """Print what is due."""
    with Library.open(arguments.library) as library:
        due = Study(library).due()
        emit_study(arguments, "due", due)
    return FOUND if due.total else NOTHING
