"""Check formulas: well written? a statement? true?

Each statement is proved, supported (it held at every point tried), refuted with a counterexample,
measured (how near an approximation is), or undecided with the reason; what claims nothing (a
definition, an update, an objective) is said to be that. Exit status: 0 all well, 1 refuted or a
problem found, 3 undecided and none refuted.
"""

from __future__ import annotations

import argparse
import sys

from blogkit.cli.commands import BAD, FOUND, NOTHING, UNDECIDED
from blogkit.cli.output import emit, tell
from blogkit.cli.progress import shown_progress
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.check.reports import CheckReport
    from blogkit.library.fingerprinting import Progress

DESCRIPTION = Message(
    "Check formulas: well written? a statement? true? Each statement is proved, supported "
    "(it held at every point tried), refuted with a counterexample, measured (how near an "
    "approximation is), or undecided with the reason; what claims nothing (a definition, an "
    "update, an objective) is said to be that. Exit status: 0 all well, 1 refuted or a problem "
    "found, 3 undecided and none refuted."
)
"""What the help of the action says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the action."""
    parser.add_argument(
        "targets",
        nargs="*",
        metavar="X",
        help=say(
            "POST#LABEL, POST#N, a post, or LaTeX ('-' reads it); nothing for the whole library"
        ),
    )
    parser.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar="FACT",
        help=say("taken for true, such as 'x > 0' or 'n integer'; may be given several times"),
    )
    parser.add_argument(
        "--seconds",
        type=_seconds,
        default=5.0,
        metavar="S",
        help=say("how long one statement may take (5)"),
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="CODE",
        help=say("a problem that is not reported; docs/errors.md lists the codes"),
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(
            say("expected a number of seconds above 0, found '{text}'", text=text)
        )
    return seconds


def run(arguments: argparse.Namespace) -> int:
    """Check, show what was found, and say it by the exit status."""
    targets = [sys.stdin.read() if target == "-" else target for target in arguments.targets]
    if "-" in arguments.targets and not any(target.strip() for target in targets):
        tell(say("expected LaTeX on standard input, found nothing"))
        return BAD
    with shown_progress(arguments) as progress:
        report = _checked(arguments, targets, progress)
    emit(arguments, "checks", report, pager=True)
    return status_of(report)


def _checked(
    arguments: argparse.Namespace, targets: list[str], progress: Progress | None
) -> CheckReport:
    from blogkit.library.checking import How, check_latex, is_latex

    assume, ignore = tuple(arguments.assume), tuple(arguments.ignore)
    how = How(assume, arguments.seconds, ignore, progress)
    if targets and all(map(is_latex, targets)):
        return check_latex(*targets, how=how)
    with Library.open(arguments.library) as library:
        return library.check_as(how, *targets)


def status_of(report: CheckReport) -> int:
    """What the exit status says of a report."""
    counts = report.counts
    if counts["refuted"] or report.has_problems:
        return NOTHING
    return UNDECIDED if counts["undecided"] else FOUND
