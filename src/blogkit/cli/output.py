"""Where results go: JSON, plain text into a pipe, or colour and a pager on a terminal."""

from __future__ import annotations

import os
import sys

from blogkit.errors import LibraryError
from blogkit.language import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import Any, Protocol

    from rich.console import Console

    from blogkit.library.facade import Library

    class Result(Protocol):
        """What a command gives."""

        def to_dict(self) -> dict[str, object]:
            """The result as JSON has it."""
            ...


_LEFT_RAW = (
    "\x7f"
    + "".join(map(chr, range(0x80, 0xA0)))
    + ("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
"""What steers a terminal and JSON need not escape: of ``views.clean``, which loads too much."""


def emit(
    arguments: argparse.Namespace,
    view: str,
    result: Result,
    *,
    pager: bool = False,
    family: str = "",
) -> None:
    """Print a result as the options ask for it.

    Args:
        arguments: the command's, with ``json`` and ``color``.
        view: name of the function that shows it, in ``views.plain`` and ``views.terminal``.
        family: what these names begin with, where a command has views of its own.
        result: what to show.
        pager: whether a terminal shows it in a pager where it is longer than the screen.
    """
    if arguments.json:
        print_json(result.to_dict())
    elif wants_colour(arguments):
        _emit_to_terminal(f"{family}terminal", view, result, pager)
    else:
        lines: Iterable[str] = _view(f"{family}plain", view)(result)
        for line in lines:
            print(line)


def write_file(path: str, made: str | bytes) -> None:
    """Write what a command made to the file that it was given; behind a text stands a line end.

    Raises:
        LibraryError: if the file can't be written.
    """
    content = made if isinstance(made, bytes) else (made + "\n").encode("utf-8", "replace")
    try:
        with open(path, "wb") as file:
            file.write(content)
    except OSError as error:
        raise LibraryError(
            Message("{path}: can't be written: {error}", path=path, error=error.strerror)
        ) from error


def print_json(content: dict[str, object]) -> None:
    """Print one JSON object; what steers a terminal is escaped in it, so that it says the same."""
    import json

    line = json.dumps(content, ensure_ascii=False)
    for char in _LEFT_RAW:
        if char in line:
            line = line.replace(char, f"\\u{ord(char):04x}")
    print(line)


def tell(message: str) -> None:
    """Print a message to standard error; it may quote a post, a file's name or an argument."""
    from blogkit.views.clean import one_name
    from blogkit.views.speech import said

    print(f"blogkit: {one_name(said(message))}", file=sys.stderr)


def tell_if_empty(library: Library) -> None:
    """Say that nothing was found because the library holds nothing, where that is so."""
    from blogkit.views.speech import say

    summary = library.summary()
    if not summary.counts.posts:
        tell(
            say(
                "the library {folder} is empty; 'blogkit add PATH...' reads posts into it",
                folder=summary.library,
            )
        )


def wants_colour(arguments: argparse.Namespace) -> bool:
    """Whether the output is for a terminal: as told, else by what it is, never with NO_COLOR."""
    if arguments.color != "auto":
        return bool(arguments.color == "always")
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _view(module: str, name: str) -> Callable[..., Any]:
    from importlib import import_module

    view: Callable[..., Any] = getattr(import_module(f"blogkit.views.{module}"), name)
    return view


def _emit_to_terminal(module: str, view: str, result: Result, pager: bool) -> None:
    console = make_console()
    make = _view(module, view)
    wants_width = "width" in make.__annotations__
    renderable = make(result, width=console.width) if wants_width else make(result)
    if not (pager and sys.stdout.isatty()):
        console.print(renderable)
        return
    with console.capture() as captured:
        console.print(renderable)
    text = captured.get()
    if text.count("\n") < console.height:
        sys.stdout.write(text)
    else:
        os.environ.setdefault("LESS", "-R")
        with console.pager(styles=True):
            console.print(renderable)


def terminal_columns() -> int | None:
    """How wide the terminal is; None where the output is none."""
    if not sys.stdout.isatty():
        return None
    return os.get_terminal_size(sys.stdout.fileno()).columns


def console_for(arguments: argparse.Namespace) -> Console:
    """A console that writes colour only where the output is to have it."""
    if wants_colour(arguments):
        return make_console()
    from rich.console import Console

    return Console(
        force_terminal=False, color_system=None, markup=False, highlight=False, emoji=False
    )


def make_console() -> Console:
    """A console that writes colour to standard output and never reads markup in posts."""
    from rich.console import Console

    return Console(force_terminal=True, markup=False, highlight=False, emoji=False)
