"""``blogkit add``."""

import argparse
import sys

from blogkit.cli.commands import BAD, FOUND, NOTHING
from blogkit.cli.options import command_parser, count
from blogkit.cli.output import emit, tell
from blogkit.cli.progress import shown_progress
from blogkit.library.facade import Library
from blogkit.library.reports import AddReport
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "add",
        say(
            "Read files, folders or pages of the web into the library; of those read before, only "
            "what changed. Of a page that lists others, and of a feed, the entries' pages are "
            "fetched too."
        ),
        [
            ("seeds", say("all posts of a folder")),
            ("notes.md dump.txt", say("two files")),
            ("--dry-run blog.zip", say("show what would be read")),
            ("--encoding big5 old.html", say("where the guess is wrong")),
            ("-", say("standard input")),
            ("https://kexue.fm/archives/7469", say("a page, fetched once")),
            ("--entries 5 https://kexue.fm/feed", say("a feed, and the pages of five entries")),
            ("--pictures https://kexue.fm/archives/7469", say("a page and its pictures")),
        ],
    )
    made.add_argument(
        "path", nargs="+", metavar="PATH", help=say("a file, a folder, an address, or -")
    )
    made.add_argument(
        "--format", metavar="NAME", help=say("read every file as html, feed, markdown, latex, ...")
    )
    made.add_argument(
        "--encoding", metavar="NAME", help=say("encoding of every file, such as gb18030 or big5")
    )
    made.add_argument(
        "--entries",
        type=count,
        metavar="N",
        help=say("fetch the pages of at most so many entries of a listing or feed (20)"),
    )
    made.add_argument(
        "--pictures",
        action="store_true",
        help=say("fetch the pictures of fetched pages too, one a second from a host"),
    )
    made.add_argument(
        "--dry-run",
        action="store_true",
        help=say("show what would be read, add nothing and fetch nothing"),
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Add and say what was done."""
    stdin = sys.stdin.buffer.read() if "-" in arguments.path else None
    if arguments.dry_run:
        return _preview(arguments, stdin)
    with Library.open(arguments.library) as library, shown_progress(arguments) as progress:
        report = library.add(
            *arguments.path,
            progress=progress,
            stdin=stdin,
            format=arguments.format,
            encoding=arguments.encoding,
            entries=arguments.entries,
            pictures=arguments.pictures,
        )
    return finish(arguments, report)


def _preview(arguments: argparse.Namespace, stdin: bytes | None) -> int:
    """Show what would be read; the library is not even opened."""
    from blogkit.library.preview import preview
    from blogkit.sources.read import Told

    found = preview(arguments.path, Told(arguments.format, arguments.encoding), stdin)
    emit(arguments, "previewed", found)
    for problem in found.problems:
        tell(problem.message)
    if not found.unreadable:
        return FOUND
    return NOTHING if found.files or found.fetched else BAD


def finish(arguments: argparse.Namespace, report: AddReport) -> int:
    """Print the report, and its problems; the exit status."""
    emit(arguments, "added", report)
    for problem in report.problems:
        tell(problem.message)
    if not report.unreadable and not report.gone:
        return FOUND
    something_read = report.entries or report.unchanged or report.gone
    return NOTHING if something_read else BAD
