"""``blogkit study new``: the cards that a post offers; a user accepts, edits or drops each."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.keys import press
from blogkit.cli.output import console_for
from blogkit.cli.study_output import Actions, add_action, emit_study
from blogkit.errors import StudyError
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.study import Card, Cards, Study
from blogkit.views.speech import said, say

if TYPE_CHECKING:
    from rich.console import Console

_BETWEEN = Message("---- above: the question; below: the answer ----")


def add_actions(actions: Actions) -> None:
    """Arguments of the action."""
    new = add_action(
        actions, "new", say("the cards that a post offers: accept, edit or drop"), run_new
    )
    new.add_argument("post", metavar="POST", help=say("id, start of an id, or title"))
    new.add_argument("--accept", nargs="+", metavar="ID", default=[], help=say("take these"))
    new.add_argument(
        "--drop", nargs="+", metavar="ID", default=[], help=say("never offer these again")
    )
    new.add_argument("--accept-all", action="store_true", help=say("take all that are new"))
    new.add_argument(
        "--symbols", action="store_true", help=say("also cards that ask what its symbols mean")
    )
    new.add_argument("--list", action="store_true", help=say("only list them, also on a terminal"))


def run_new(arguments: argparse.Namespace) -> int:
    """List the cards, do what was asked, or ask for each."""
    with Library.open(arguments.library) as library:
        study = Study(library)
        if arguments.drop:
            dropped = study.drop(*arguments.drop, post=arguments.post)
        if arguments.accept or arguments.accept_all:
            return _accept(arguments, study)
        if arguments.drop:
            emit_study(arguments, "cards", dropped)
            return FOUND
        offered = study.offered(arguments.post, symbols=arguments.symbols)
        if arguments.json or arguments.list or not sys.stdin.isatty() or not sys.stdout.isatty():
            emit_study(arguments, "cards", offered, pager=True)
        else:
            _ask(study, console_for(arguments), arguments.post, offered)
    return FOUND if offered.total else NOTHING


def _accept(arguments: argparse.Namespace, study: Study) -> int:
    if arguments.accept_all:
        taken = study.accept_all(arguments.post, symbols=arguments.symbols)
    else:
        taken = study.accept(arguments.post, *arguments.accept)
    emit_study(arguments, "cards", taken)
    return FOUND if taken.total else NOTHING


def _ask(study: Study, console: Console, post: str, offered: Cards) -> None:
    """Show each new card and ask what becomes of it; each answer is stored at once."""
    new = [card for card in offered if card.status == "new"]
    print(say("{total} cards, {new} of them new", total=offered.total, new=len(new)))
    for number, card in enumerate(new, start=1):
        _show(card, console, f"{number}/{len(new)}")
        key = press(say("[a]ccept  [e]dit  [d]rop  [s]kip  [q]uit "), "aedsq")
        if key in (None, "q"):
            return
        if key == "d":
            study.drop(card.id, post=post)
        elif key == "a":
            study.accept(post, card.id)
        elif key == "e":
            question, answer = edited(card)
            study.accept(post, card.id)
            study.edit(card.id, question=question, answer=answer)


def _show(card: Card, console: Console, count: str) -> None:
    from blogkit.views import study_terminal

    console.print()
    console.print(count, style="dim")
    console.print(study_terminal.one_card(card, width=console.width))


def edited(card: Card) -> tuple[str, str]:
    """Question and answer of a card after its user has changed them in an editor.

    Raises:
        StudyError: if there is no editor, or the line between the two is gone.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    between = said(_BETWEEN)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, f"{card.id}.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"{card.question}\n{between}\n{card.answer}\n")
        try:
            subprocess.run([*shlex.split(editor), path], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise StudyError(
                Message(
                    "card {id}: the editor '{editor}' failed: {error}",
                    id=card.id,
                    editor=editor,
                    error=error,
                )
            ) from error
        with open(path, encoding="utf-8") as file:
            question, found, answer = file.read().partition(f"\n{between}\n")
    if not found:
        raise StudyError(
            Message(
                "card {id}: expected the line '{between}', found none", id=card.id, between=between
            )
        )
    return question.strip("\n"), answer.strip("\n")
