"""``blogkit study export`` and ``import``: to Anki and back."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.study_output import Actions, add_action, emit_study
from blogkit.library.facade import Library
from blogkit.study import Study
from blogkit.views.speech import say


def add_actions(actions: Actions) -> None:
    """Arguments of the actions."""
    export = add_action(actions, "export", say("write the cards for Anki"), run_export)
    export.add_argument("post", nargs="?", metavar="POST", help=say("only those of this post"))
    export.add_argument(
        "--anki", required=True, metavar="FILE.apkg", help=say("where to write them")
    )
    taking = add_action(
        actions, "import", say("take the reviews that were done in Anki"), run_import
    )
    taking.add_argument(
        "--anki", required=True, metavar="FILE.apkg", help=say("exported from Anki")
    )


def run_export(arguments: argparse.Namespace) -> int:
    """Write the package."""
    with Library.open(arguments.library) as library:
        done = Study(library).export_anki(arguments.anki, post=arguments.post)
        emit_study(arguments, "anki_export", done)
    return FOUND if done.cards else NOTHING


def run_import(arguments: argparse.Namespace) -> int:
    """Read the package."""
    with Library.open(arguments.library) as library:
        done = Study(library).import_anki(arguments.anki)
        emit_study(arguments, "anki_import", done)
    return FOUND if done.reviews or done.known else NOTHING
