"""``blogkit words``: a library's own words, and other names."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page, add_shared, command_parser
from blogkit.cli.output import emit
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "words",
        say(
            "The library's own words: those you add, and those that its posts define by "
            "a title, a tag, 《》 or an English name in brackets. What holds "
            "them whole is found before the rest."
        ),
        [
            ("add 梯度裁剪", say("let it be one word")),
            ("list", say("all of them, with where they come from")),
            ("list --mine", say("those that were added")),
            ("remove 梯度裁剪", say("take it back")),
            ("aliases", say("other names, and the file in which to write more")),
        ],
    )
    actions = made.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, does in (("add", say("add words")), ("remove", say("take words back"))):
        action = actions.add_parser(name, help=does)
        action.add_argument("word", nargs="+", metavar="WORD", help=say("a Chinese word"))
        add_shared(action, is_inner=True)
    listing = actions.add_parser("list", help=say("list the words"))
    listing.add_argument("--mine", action="store_true", help=say("only those that were added"))
    add_page(listing, limit=None)
    add_shared(listing, is_inner=True)
    add_shared(actions.add_parser("aliases", help=say("list other names")), is_inner=True)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked, and print it."""
    with Library.open(arguments.library) as library:
        if arguments.action == "list":
            words = library.words(
                learned=not arguments.mine, limit=arguments.limit, offset=arguments.offset
            )
            emit(arguments, "words", words, pager=True)
            return FOUND if words.total else NOTHING
        if arguments.action == "aliases":
            emit(arguments, "aliases", library.aliases(), pager=True)
            return FOUND
        change = library.add_words if arguments.action == "add" else library.remove_words
        done = change(*arguments.word)
        emit(arguments, f"words_{arguments.action}", done)
    return FOUND if done.changed or arguments.action == "add" else NOTHING
