"""``blogkit serve``."""

import argparse
import sys
from contextlib import nullcontext

from blogkit.cli.commands import FOUND
from blogkit.cli.options import command_parser
from blogkit.cli.watch import watching_beside
from blogkit.errors import MissingExtraError
from blogkit.library.facade import default_folder
from blogkit.views.speech import say

PORT = 8765
"""Where the pages are, if no other port is asked for."""
_MOST_WORKERS = 64


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "serve",
        say("Pages to search, read and look formulas up, for a browser on this machine."),
        [
            ("", say("on http://127.0.0.1:{port}/, until Ctrl-C", port=PORT)),
            ("--port 0", say("on any free port, which is printed")),
            ("--writable", say("files may be added by dropping them on a page")),
            ("--workers 2", say("answered by two processes")),
            ("--watch", say("what was added is read again as it changes, and the pages follow")),
        ],
    )
    made.add_argument(
        "--port",
        type=_port,
        default=PORT,
        metavar="N",
        help=say("where to listen ({port})", port=PORT),
    )
    made.add_argument(
        "--writable", action="store_true", help=say("let files be added by dropping them on a page")
    )
    made.add_argument(
        "--watch", action="store_true", help=say("read what was added again as it changes")
    )
    made.add_argument(
        "--workers",
        type=_workers,
        default=1,
        metavar="N",
        help=say("how many processes answer (1): for many readers, or pages that take long"),
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        from blogkit.web.server import serve
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "starlette", "web", "blogkit serve") from error
    folder = arguments.library or default_folder()
    ready = _print_json if arguments.json else _tell_address
    with watching_beside(folder) if arguments.watch else nullcontext():
        serve(
            folder,
            port=arguments.port,
            writable=arguments.writable,
            workers=arguments.workers,
            ready=ready,
        )
    return FOUND


def _tell_address(address: str) -> None:
    stop = say("Ctrl-C to stop")
    print(f"blogkit: {address}  ({stop})", file=sys.stderr)


def _print_json(address: str) -> None:
    import json

    print(json.dumps({"schema": 1, "address": address}), flush=True)


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(
            say("expected 1 to {most}, found '{text}'", most=_MOST_WORKERS, text=text)
        )
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(say("expected 0 to 65535, found '{text}'", text=text))
    return int(text)
