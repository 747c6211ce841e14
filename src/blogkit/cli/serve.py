"""``blogkit serve``."""

import argparse
import sys

from blogkit.cli.app import FOUND
from blogkit.cli.options import command_parser
from blogkit.errors import MissingExtraError
from blogkit.library import default_folder

PORT = 8765
"""Where the pages are, if no other port is asked for."""


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "serve",
        "Pages to search, read and look formulas up, for a browser on this machine.",
        [
            ("", f"on http://127.0.0.1:{PORT}/, until Ctrl-C"),
            ("--port 0", "on any free port, which is printed"),
            ("--writable", "files may be added by dropping them on a page"),
        ],
    )
    made.add_argument(
        "--port", type=_port, default=PORT, metavar="N", help=f"where to listen ({PORT})"
    )
    made.add_argument(
        "--writable", action="store_true", help="let files be added by dropping them on a page"
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        from blogkit.web.server import serve
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "starlette", "web", "blogkit serve") from error
    folder = arguments.library or default_folder()
    say = _say_json if arguments.json else _say
    serve(folder, port=arguments.port, writable=arguments.writable, ready=say)
    return FOUND


def _say(address: str) -> None:
    print(f"blogkit: {address}  (Ctrl-C to stop)", file=sys.stderr)


def _say_json(address: str) -> None:
    import json

    print(json.dumps({"schema": 1, "address": address}), flush=True)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"expected 0 to 65535, found '{text}'")
    return int(text)
