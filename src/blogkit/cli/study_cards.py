"""``blogkit study cards``, ``card``, ``edit`` and ``drop``: the cards that were taken."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page
from blogkit.cli.study_new import edited
from blogkit.cli.study_output import Actions, add_action, emit_study
from blogkit.library.facade import Library
from blogkit.study import Cards, Study
from blogkit.views.speech import say


def add_actions(actions: Actions) -> None:
    """Arguments of the actions."""
    cards = add_action(actions, "cards", say("list the cards that were taken"), run_cards)
    cards.add_argument("post", nargs="?", metavar="POST", help=say("only those of this post"))
    cards.add_argument(
        "--dropped", action="store_true", help=say("those that were dropped instead")
    )
    add_page(cards, limit=None)
    edit = add_action(
        actions, "edit", say("change what a card asks, in an editor or as told"), run_edit
    )
    edit.add_argument("card", metavar="CARD", help=say("id, or start of an id"))
    edit.add_argument(
        "--question", metavar="TEXT", help=say("what is asked, formulas between dollars")
    )
    edit.add_argument("--answer", metavar="TEXT", help=say("what is hidden"))
    drop = add_action(actions, "drop", say("let cards never be asked again"), run_drop)
    drop.add_argument("card", nargs="+", metavar="CARD", help=say("id, or start of an id"))


def run_cards(arguments: argparse.Namespace) -> int:
    """List cards."""
    with Library.open(arguments.library) as library:
        found = Study(library).cards(
            arguments.post,
            dropped=arguments.dropped,
            limit=arguments.limit,
            offset=arguments.offset,
        )
        emit_study(arguments, "cards", found, pager=True)
    return FOUND if found.total else NOTHING


def run_edit(arguments: argparse.Namespace) -> int:
    """Change a card."""
    with Library.open(arguments.library) as library:
        study = Study(library)
        card = study.card(arguments.card)
        question, answer = arguments.question, arguments.answer
        if question is None and answer is None:
            question, answer = edited(card)
        card = study.edit(card.id, question=question, answer=answer)
        emit_study(arguments, "cards", Cards((card,), 1))
    return FOUND


def run_drop(arguments: argparse.Namespace) -> int:
    """Drop cards."""
    with Library.open(arguments.library) as library:
        emit_study(arguments, "cards", Study(library).drop(*arguments.card))
    return FOUND
