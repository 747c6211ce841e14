"""``blogkit mcp``."""

from __future__ import annotations

import argparse
import json
import signal
import sys

from blogkit.cli.commands import FOUND
from blogkit.cli.options import command_parser
from blogkit.errors import MissingExtraError
from blogkit.views.speech import say

_MAX_PORT = 65535


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "mcp",
        say(
            "Let assistants search and read the library, by the Model Context Protocol. "
            "The tools only read. Needs blogkit[mcp]."
        ),
        [
            ("", say("on standard input and output, as an assistant starts it")),
            ("--http 8765", say("on a port of this machine")),
            ("--tools", say("list the tools, and end")),
            ("--json", say("the tools with their schemas, and end")),
        ],
    )
    made.add_argument(
        "--http",
        type=_port,
        metavar="PORT",
        help=say("serve HTTP on 127.0.0.1; 0 takes a free port"),
    )
    made.add_argument("--tools", action="store_true", help=say("list the tools, and end"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Serve until the client goes, or list the tools."""
    try:
        from blogkit.mcp import server
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("blogkit"):
            raise
        package = (error.name or "mcp").partition(".")[0]
        raise MissingExtraError(package, "mcp", "blogkit mcp") from error
    if arguments.json or arguments.tools:
        tools = server.listed_tools()
        if arguments.json:
            shown = [tool.model_dump(by_alias=True, exclude_none=True) for tool in tools]
            print(json.dumps({"schema": 1, "tools": shown}, ensure_ascii=False))
        else:
            for tool in tools:
                print(f"{tool.name}\n    {tool.description}")
    elif arguments.http is None:
        # A thread waits for standard input, which only the end of the process interrupts.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        server.serve_stdio(arguments.library)
    else:
        server.serve_http(arguments.library, arguments.http, ready=_tell)
    return FOUND


def _tell(address: str) -> None:
    answering = say("answering on {address}", address=address)
    print(f"blogkit: {answering}", file=sys.stderr, flush=True)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _MAX_PORT:
        raise argparse.ArgumentTypeError(
            say("expected a port of 0 to {max_port}, found '{text}'", max_port=_MAX_PORT, text=text)
        )
    return int(text)
