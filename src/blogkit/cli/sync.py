"""``blogkit sync``."""

import argparse

from blogkit.cli.add import finish
from blogkit.cli.options import command_parser
from blogkit.cli.progress import shown_progress
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "sync",
        say(
            "Re-read every source that was added, and look for new files in folders "
            "that were added. Posts whose file is gone are reported, and kept until "
            "'remove'. Pages of the web are asked for again with --web only."
        ),
        [
            ("", say("all files")),
            ("--web", say("all files, and pages that were fetched")),
            ("--json", say("for a program")),
        ],
    )
    made.add_argument(
        "--web", action="store_true", help=say("ask for pages again that were fetched")
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Sync and say what was done."""
    with Library.open(arguments.library) as library, shown_progress(arguments) as progress:
        report = library.sync(progress=progress, pages=arguments.web)
    return finish(arguments, report)
