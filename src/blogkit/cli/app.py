"""Finding the command, opening the library, turning errors into exit statuses.

Only the module of the command at hand is imported: a search starts in a few hundredths of a second.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from blogkit import __version__
from blogkit.errors import BlogkitError

COMMANDS = {
    "add": "read files or folders into the library; again: only what changed",
    "sync": "re-read every source that was added",
    "remove": "forget a source and what only it holds",
    "posts": "list the posts",
    "show": "read one post",
    "search": "ranked posts with the best passage of each",
    "words": "the library's own words, and other names for them",
    "related": "posts like this one",
    "duplicates": "what was merged, why, and how the copies differ",
    "formula": "list, find, show, render and check formulas",
    "study": "cards of what was read, their reviews, and a reading list",
    "serve": "pages to search and read, for a browser on this machine",
    "export": "write the posts as Markdown, JSON Lines or a static site",
    "mcp": "let assistants search and read, by the Model Context Protocol",
    "completion": "a script that completes what is typed in bash, zsh or fish",
    "doctor": "check database and index, and repair them",
    "backup": "write the library to one file, while others go on using it",
}
"""The commands, with a line of help each; the module of each has the same name."""

FOUND, NOTHING, BAD, UNDECIDED = 0, 1, 2, 3
"""Exit statuses: found or all well; nothing found, a problem or a refuted statement; bad usage or
input; a statement stayed undecided and none was refuted."""
_INTERRUPTED = 130

_COMPLETE = "__complete"
"""What the shells' scripts call; no command for people."""

_USAGE = "usage: blogkit [--library DIR] [--color auto|always|never] [--version] COMMAND ..."
_GLOBAL_WITH_VALUE = ("--library", "--color")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status.

    Args:
        argv: arguments without the program's name; those of the process if not given.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _use_utf8()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BlogkitError as error:
        print(f"blogkit: {_shown(str(error))}", file=sys.stderr)
        return BAD
    except BrokenPipeError:
        # The reader of the pipe has gone; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        print("blogkit: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except SystemExit as end:
        # argparse, which has printed help or what was wrong.
        sys.stdout.flush()
        return int(end.code or 0)
    return status


def _run(arguments: list[str]) -> int:
    before, command, after = _split(arguments)
    if command is None:
        return _without_command(before)
    if command == _COMPLETE:
        from blogkit.cli.completing import run

        return run(after)
    if command not in COMMANDS:
        known = ", ".join(COMMANDS)
        print(
            f"blogkit: expected a command, found '{_shown(command)}'; commands are {known}",
            file=sys.stderr,
        )
        return BAD
    module = import_module(f"blogkit.cli.{command}")
    parser: argparse.ArgumentParser = module.parser()
    given = [*before, *after]
    if command == "search":
        given = module.words_behind_options(given, parser)
    status: int = module.run(parser.parse_args(given))
    return status


def _split(arguments: list[str]) -> tuple[list[str], str | None, list[str]]:
    """Options before the command, the command, and all behind it."""
    index = 0
    while index < len(arguments) and arguments[index].startswith("-"):
        index += 2 if arguments[index] in _GLOBAL_WITH_VALUE else 1
    if index >= len(arguments):
        return arguments, None, []
    return arguments[:index], arguments[index], arguments[index + 1 :]


def _without_command(options: list[str]) -> int:
    if "--version" in options:
        print(f"blogkit {__version__}")
        return FOUND
    if "-h" in options or "--help" in options:
        print(overview())
        return FOUND
    print(f"{_USAGE}\nblogkit: expected a command; 'blogkit -h' lists them", file=sys.stderr)
    return BAD


def overview() -> str:
    """The help of blogkit as a whole: examples first, then the commands."""
    commands = "\n".join(f"  {name:<11} {line}" for name, line in COMMANDS.items())
    return f"""examples:
  blogkit add seeds                 read a folder
  blogkit search 梯度裁剪           find a passage
  blogkit show 日食记               read a post

{_USAGE}

commands:
{commands}

'blogkit COMMAND -h' explains one. The library lies in --library, else in BLOGKIT_LIBRARY,
else in the platform's data folder."""


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale says; what can't be written is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _shown(text: str) -> str:
    """An error without control characters: it may quote a file's name or a title."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text)
