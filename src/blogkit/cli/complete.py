"""``blogkit complete``."""

import argparse

from blogkit.cli.commands import BAD, FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.cli.output import emit, tell
from blogkit.cli.progress import shown_progress
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "complete",
        say(
            "Fetch the pages of posts that are known as excerpts only, and merge them. A host is "
            "asked once a second at most, and only for what its robots.txt leaves to programs."
        ),
        [
            ("", say("all excerpts that have an address")),
            ("a4b6", say("one post")),
            ("--pictures a4b6", say("one post, and the pictures of its page")),
            ("--dry-run", say("show what would be asked for")),
        ],
    )
    made.add_argument(
        "post", nargs="*", metavar="POST", help=say("id, the start of one, or exact title")
    )
    made.add_argument(
        "--pictures",
        action="store_true",
        help=say("fetch the pictures of the pages too, one a second from a host"),
    )
    made.add_argument(
        "--dry-run", action="store_true", help=say("show what would be asked for, ask for nothing")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Complete and say what became of each post."""
    with Library.open(arguments.library) as library, shown_progress(arguments) as progress:
        report = library.complete(
            *arguments.post,
            progress=progress,
            is_dry=arguments.dry_run,
            pictures=arguments.pictures,
        )
    emit(arguments, "completed", report)
    for post in report:
        if post.message:
            tell(post.message)
    for problem in report.problems:
        tell(problem.message)
    counts = report.counts
    if counts.get("completed") or counts.get("planned"):
        return FOUND
    return BAD if counts.get("failed") else NOTHING
