"""``blogkit __complete``, which the shells' scripts call: what may follow what is typed.

The words are held against the parsers of the commands themselves, and what an argument takes is
told by its metavar; so a new command is completed without a word here.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module

from blogkit.cli.commands import COMMANDS, FOUND
from blogkit.cli.options import add_shared
from blogkit.cli.shells.quoting import open_quote, plain, take_apart, written
from blogkit.library.facade import default_folder
from blogkit.store.names import Names
from blogkit.views.speech import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Candidates = list[tuple[str, str]]
    """Each with what it stands for in a few words."""

_FILES = {"PATH": "files", "FILE": "files", "DIR": "folders"}
_LISTING = {"9", "63"}
"""Values of bash's COMP_TYPE where candidates are shown; otherwise one of them is put in."""
_SHOWN_COLUMNS = 50


class Wanted:
    """What the last word may become.

    Args:
        kind: ``files``, ``folders``, ``names``, or ``open`` where a name is to be gone on with.
        candidates: the names.
    """

    __slots__ = ("candidates", "kind")

    def __init__(self, kind: str, candidates: Candidates) -> None:
        self.kind = kind
        self.candidates = candidates


def run(arguments: Sequence[str]) -> int:
    """Print what is wanted, as the shell's script reads it.

    Args:
        arguments: the shell; then, of bash, the line up to the cursor, its COMP_WORDBREAKS and
            COMP_TYPE, and of the others all words up to the cursor.
    """
    shell, *rest = arguments
    for line in bash_lines(*rest) if shell == "bash" else lines(shell, rest):
        print(line)
    return FOUND


def lines(shell: str, words: Sequence[str]) -> list[str]:
    """The kind, then a line a candidate: its name, a tab, what it stands for."""
    *before, raw = words
    wanted = complete(before, plain(raw) if shell == "fish" else raw)
    return [wanted.kind, *(f"{name}\t{_short(does)}" for name, does in wanted.candidates)]


def bash_lines(line: str, breaks: str, how: str) -> list[str]:
    """The kind, then a line a candidate, as bash puts it in place of what is typed.

    bash takes a word to begin behind the last of its word breaks, so what stands before is left
    out. Only where it lists several candidates they are shown with what they stand for.
    """
    typed = take_apart(line)
    wanted = complete(typed.words[1:], plain(typed.raw))
    quote, place = open_quote(typed.raw)
    if not quote:
        place = max(_last_break(typed.raw, breaks), -1)
    known = len(plain(typed.raw[: place + 1]))
    told = how in _LISTING and len(wanted.candidates) > 1
    return [
        wanted.kind,
        *(
            written(name[known:], quote) + (f"  ({_short(does)})" if told and does else "")
            for name, does in wanted.candidates
        ),
    ]


def _last_break(raw: str, breaks: str) -> int:
    """Where the last word break stands that no backslash escapes; -1 without one."""
    places = (i for i, sign in enumerate(raw) if sign in breaks and raw[i - 1 : i] != "\\")
    return max(places, default=-1)


def complete(words: Sequence[str], current: str) -> Wanted:
    """What a word may become.

    Args:
        words: the words before it, without the program's.
        current: as much of it as is typed.
    """
    parser, value_of, position = _place(words)
    if value_of is not None:
        return _of_action(value_of, current, words)
    if current.startswith("-") and "--" not in words:
        return Wanted("names", _beginning(_options(parser), current))
    positionals = [a for a in parser._actions if not a.option_strings]
    if not positionals:
        return Wanted("names", [])
    action = positionals[min(position, len(positionals) - 1)]
    if position >= len(positionals) and action.nargs not in ("+", "*"):
        return Wanted("names", [])
    return _of_action(action, current, words)


def _place(words: Iterable[str]) -> tuple[argparse.ArgumentParser, argparse.Action | None, int]:
    """The parser of the words so far, the option that awaits its value, the next positional."""
    parser = _program()
    value_of: argparse.Action | None = None
    position = 0
    for word in words:
        if value_of is not None:
            value_of = None
            continue
        option = parser._option_string_actions.get(word)
        if option is not None:
            value_of = option if option.nargs != 0 else None
            continue
        if word.startswith("-"):
            continue
        inner = _inner_parser(parser, position, word)
        parser, position = (inner, 0) if inner else (parser, position + 1)
    return parser, value_of, position


def _program() -> argparse.ArgumentParser:
    """A parser of what stands before a command."""
    made = argparse.ArgumentParser(prog="blogkit")
    add_shared(made)
    made.add_argument("--version", action="store_true", help=say("the version, and end"))
    made.add_argument("command", metavar="COMMAND")
    return made


def _inner_parser(
    parser: argparse.ArgumentParser, position: int, word: str
) -> argparse.ArgumentParser | None:
    """The parser of a command, or of an action of a command."""
    if parser.prog == "blogkit" and word in COMMANDS:
        made: argparse.ArgumentParser = import_module(f"blogkit.cli.{word}").parser()
        return made
    positionals = [a for a in parser._actions if not a.option_strings]
    action = positionals[position] if position < len(positionals) else None
    if not isinstance(action, argparse._SubParsersAction):
        return None
    parsers: dict[str, argparse.ArgumentParser] = action._name_parser_map
    return parsers.get(word)


def _options(parser: argparse.ArgumentParser) -> Candidates:
    return [
        (name, action.help or "")
        for action in parser._actions
        for name in action.option_strings
        if action.help != argparse.SUPPRESS
    ]


def _of_action(action: argparse.Action, current: str, words: Sequence[str]) -> Wanted:
    """What an argument may be: one of its choices, or what its metavar says."""
    if isinstance(action, argparse._SubParsersAction):
        helps = [(a.dest, a.help or "") for a in action._choices_actions]
        return Wanted("names", _beginning(helps, current))
    if action.choices is not None:
        return Wanted("names", _beginning([(str(c), "") for c in action.choices], current))
    metavar = str(action.metavar)
    if metavar in _FILES:
        return Wanted(_FILES[metavar], [])
    with Names(_library(words)) as names:
        found = [pair for pair in _names(metavar, names, current) if _can_be_typed(pair[0])]
    is_open = bool(found) and all(name.endswith("#") for name, _ in found)
    return Wanted("open" if is_open else "names", found)


def _names(metavar: str, names: Names, current: str) -> Candidates:
    if metavar == "COMMAND":
        return _beginning(list(COMMANDS.items()), current)
    if metavar == "POST":
        return names.posts(current)
    if metavar in ("FORMULA", "X"):
        return names.formulas(current)
    if metavar == "PATTERN":
        return names.labels(current)
    if metavar == "WORD":
        return names.words(current)
    if metavar == "QUERY":
        return _in_query(names, current)
    return []


def _in_query(names: Names, current: str) -> Candidates:
    """Values of the fields of a query that take a name; those with spaces would need quotes."""
    field, colon, value = current.partition(":")
    ways = {"label": names.labels, "tag": names.tags, "category": names.categories}
    if not colon or field not in ways:
        return []
    return [(f"{field}:{name}", does) for name, does in ways[field](value) if " " not in name]


def _library(words: Sequence[str]) -> str:
    """The folder of the library that the words name, or the usual one."""
    for index, word in enumerate(words[:-1]):
        if word == "--library":
            return os.path.expanduser(words[index + 1])
    return default_folder()


def _beginning(candidates: Candidates, current: str) -> Candidates:
    return [pair for pair in candidates if pair[0].startswith(current)]


def _can_be_typed(name: str) -> bool:
    """Whether a name is safe on a command line: on one line, without control characters."""
    from blogkit.views.clean import clean

    return clean(name) == name and "\n" not in name and "\t" not in name and name[:1] != "-"


def _short(text: str) -> str:
    from blogkit.views.clean import one_line, shorten

    return shorten(one_line(text), _SHOWN_COLUMNS)
