"""``blogkit study list``, ``mark`` and ``next``: the reading list."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page, count
from blogkit.cli.study_output import Actions, add_action, emit_study
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.study import Study
from blogkit.views.speech import said, say

_STATES = Message("unread, reading, read or to-review")


def add_actions(actions: Actions) -> None:
    """Arguments of the actions."""
    listing = add_action(actions, "list", say("the posts, with what was said of each"), run_list)
    listing.add_argument("state", nargs="?", metavar="STATE", help=said(_STATES))
    add_page(listing, limit=None)
    mark = add_action(actions, "mark", say("say how far a post was read"), run_mark)
    mark.add_argument("post", metavar="POST", help=say("id, start of an id, or title"))
    mark.add_argument("state", metavar="STATE", help=said(_STATES))
    following = add_action(actions, "next", say("what to read, what it builds on first"), run_next)
    following.add_argument("post", nargs="?", metavar="POST", help=say("where the way is to lead"))
    following.add_argument(
        "--limit", type=count, default=5, metavar="N", help=say("at most so many (5)")
    )


def run_list(arguments: argparse.Namespace) -> int:
    """Print the reading list."""
    with Library.open(arguments.library) as library:
        found = Study(library).reading_list(
            arguments.state, limit=arguments.limit, offset=arguments.offset
        )
        emit_study(arguments, "reading_list", found, pager=True)
    return FOUND if found.total else NOTHING


def run_mark(arguments: argparse.Namespace) -> int:
    """Store what was said of a post."""
    with Library.open(arguments.library) as library:
        emit_study(arguments, "marked", Study(library).mark(arguments.post, arguments.state))
    return FOUND


def run_next(arguments: argparse.Namespace) -> int:
    """Print what to read next."""
    with Library.open(arguments.library) as library:
        found = Study(library).next(arguments.post, limit=arguments.limit)
        emit_study(arguments, "proposals", found)
    return FOUND if found.total else NOTHING
