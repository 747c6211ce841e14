"""``blogkit sync``."""

import argparse

from blogkit.cli.add import finish
from blogkit.cli.options import command_parser
from blogkit.cli.progress import shown_progress
from blogkit.library.facade import Library
from blogkit.views.speech import say


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    return command_parser(
        "sync",
        say(
            "Re-read every source that was added, and look for new files in folders "
            "that were added. Posts whose file is gone are reported, and kept until "
            "'remove'."
        ),
        [("", say("all sources")), ("--json", say("for a program"))],
    )


def run(arguments: argparse.Namespace) -> int:
    """Sync and say what was done."""
    with Library.open(arguments.library) as library, shown_progress(arguments) as progress:
        report = library.sync(progress=progress)
    return finish(arguments, report)
