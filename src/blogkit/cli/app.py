"""Finding the command, opening the library, turning errors into exit statuses.

Only the module of the command at hand is imported: a search starts in a few hundredths of a second.
"""

from __future__ import annotations

import os
import sys

from blogkit import __version__
from blogkit.cli.asked_language import asked_language
from blogkit.cli.commands import BAD, COMMANDS, FOUND
from blogkit.cli.interrupting import NotedInterruption
from blogkit.errors import BlogkitError
from blogkit.language import ENGLISH
from blogkit.views.speech import said, say, speak, speak_as_before, spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import ModuleType

_INTERRUPTED = 130
_LONG_COMMAND_CHARS = 5
"""Of a word of so many letters two may be wrong, of a shorter one one."""

_COMPLETE = "__complete"
"""What the shells' scripts call; no command for people."""

_USAGE = (
    "blogkit [--library DIR] [--color auto|always|never] [--lang en|zh] [--version] COMMAND ..."
)
_GLOBAL_WITH_VALUE = ("--library", "--color", "--lang")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status.

    Args:
        argv: arguments without the program's name; those of the process if not given.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _open_what_is_closed()
    before = speak(asked_language(arguments, os.environ, sys.stdout.encoding))
    _use_utf8()
    try:
        with NotedInterruption():
            status = _run(arguments)
        sys.stdout.flush()
    except BlogkitError as error:
        print(f"blogkit: {_shown(said(error.text))}", file=sys.stderr)
        return BAD
    except BrokenPipeError:
        _give_up_output()  # the reader of the pipe has gone
        return FOUND
    except OSError as error:
        print(f"blogkit: {_shown(_refused(error))}", file=sys.stderr)
        _give_up_output()
        return BAD
    except KeyboardInterrupt:
        print(f"blogkit: {say('interrupted')}", file=sys.stderr)
        return _INTERRUPTED
    finally:
        speak_as_before(before)
    return status


def _open_what_is_closed() -> None:
    """Give a closed standard stream a place, which no file that is opened later may take.

    Output that is closed becomes one that can't be written, so that a command which has something
    to say fails, and one which has not does its work.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (open as long as we run)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _refused(error: OSError) -> str:
    """What the system refused: a file by its name, else to write the output."""
    if error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    reason = error.strerror or say("it is closed")
    return say("standard output can't be written: {reason}", reason=reason)


def _give_up_output() -> None:
    """Keep Python from writing at exit what could not be written."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # output that is no file has no number
        return


def _run(arguments: list[str]) -> int:
    """Run one command; its status, also where argparse ends it with help or a complaint."""
    try:
        return _run_command(arguments)
    except SystemExit as end:
        return int(end.code or 0)


def _run_command(arguments: list[str]) -> int:
    before, command, after = _split(arguments)
    if command is None:
        return _without_command(before)
    if command == _COMPLETE:
        from blogkit.cli.completing import run

        return run(after)
    if command not in COMMANDS:
        print(f"blogkit: {_no_command(command)}", file=sys.stderr)
        return BAD
    from importlib import import_module

    module = import_module(f"blogkit.cli.{command}")
    status: int = module.run(_parsed(module, [*before, *after]))
    return status


def _no_command(found: str) -> str:
    """What is said of a word that is no command: the one that it nearly is, or all."""
    from blogkit.search.spelling import edit_distance

    most = 1 if len(found) < _LONG_COMMAND_CHARS else 2
    near = {name: edit_distance(found, name, most) for name in COMMANDS}
    best = min(near, key=lambda name: near[name])
    if near[best] <= most:
        return say("there is no command '{found}': {best}?", found=_shown(found), best=best)
    known = ", ".join(COMMANDS)
    return say(
        "expected a command, found '{found}'; commands are {known}",
        found=_shown(found),
        known=known,
    )


def _parsed(module: ModuleType, given: list[str]) -> argparse.Namespace:
    """The arguments of a command, as its own parser reads them."""
    if spoken() != ENGLISH:
        from blogkit.cli.argparse_words import argparse_speaking

        with argparse_speaking(spoken()):
            return _parsed_here(module, given)
    return _parsed_here(module, given)


def _parsed_here(module: ModuleType, given: list[str]) -> argparse.Namespace:
    for_these = hasattr(module, "parser_for")
    parser: argparse.ArgumentParser = module.parser_for(given) if for_these else module.parser()
    if hasattr(module, "words_behind_options"):
        given = module.words_behind_options(given, parser)
    return parser.parse_args(given)


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
    wrong = say("expected a command; 'blogkit -h' lists them")
    print(f"{say('usage: ')}{_USAGE}\nblogkit: {wrong}", file=sys.stderr)
    return BAD


def overview() -> str:
    """The help of blogkit as a whole: examples first, then the commands."""
    from blogkit.views.clean import columns

    examples = [
        ("blogkit add seeds", say("read a folder")),
        ("blogkit search 梯度裁剪", say("find a passage")),
        ("blogkit show 日食记", say("read a post")),
    ]
    commands = [(name, said(does)) for name, does in COMMANDS.items()]
    closing = say(
        "'blogkit COMMAND -h' explains one. The library lies in --library, else in "
        "BLOGKIT_LIBRARY,\nelse in the platform's data folder."
    )
    return "\n".join(
        [
            say("examples:"),
            *(f"  {line}" for line in columns(examples)),
            f"\n{say('usage: ')}{_USAGE}\n",
            say("commands:"),
            *(f"  {line}" for line in columns(commands)),
            f"\n{closing}",
        ]
    )


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale says; what can't be written is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _shown(text: str) -> str:
    """An error without control characters: it may quote a file's name or a title."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text)
