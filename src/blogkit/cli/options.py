"""Options that commands share, and help that shows examples first."""

from __future__ import annotations

import argparse

from blogkit.language import ENGLISH, LANGUAGES
from blogkit.views.speech import say, spoken

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


class _ExamplesFirst(argparse.ArgumentParser):
    """A parser whose help begins with examples."""

    examples: Sequence[tuple[str, str]] = ()

    def format_help(self) -> str:
        """Examples, where there are any, then what argparse says."""
        if not self.examples:
            return super().format_help()
        from blogkit.views.clean import columns

        examples = "\n".join(f"  {line}" for line in columns(self.examples))
        return f"{say('examples:')}\n{examples}\n\n{super().format_help()}"

    def _get_formatter(self) -> argparse.HelpFormatter:
        """argparse's, or one that knows of wide characters; inner parsers have the same."""
        if spoken() == ENGLISH:
            return super()._get_formatter()
        from blogkit.cli.wide_help import WideHelp

        return WideHelp(self.prog, width=80)

    def error(self, message: str) -> NoReturn:
        """One line that says what was wrong, and where help is; exit status 2."""
        from blogkit.views.clean import clean

        wrong = say("{wrong}; '{prog} -h' shows examples", wrong=clean(message), prog=self.prog)
        self.exit(2, f"{self.prog}: {wrong}\n")


def _formatter(prog: str) -> argparse.HelpFormatter:
    """A formatter of fixed width: argparse makes one for each option, and asks the terminal."""
    return argparse.HelpFormatter(prog, width=80)


def command_parser(
    name: str, description: str, examples: Sequence[tuple[str, str]]
) -> argparse.ArgumentParser:
    """A parser for one command, with the options that every command takes.

    Args:
        name: the command.
        description: what it does, as a sentence.
        examples: arguments behind the command, each with what they do.
    """
    parser = examples_parser(name, description, examples)
    add_shared(parser)
    return parser


def examples_parser(
    name: str, description: str, examples: Sequence[tuple[str, str]]
) -> argparse.ArgumentParser:
    """A parser whose help begins with examples, without any options yet."""
    parser = _ExamplesFirst(
        prog=f"blogkit {name}", description=description, formatter_class=_formatter
    )
    parser.examples = [
        (f"blogkit {name} {arguments}".rstrip(), does) for arguments, does in examples
    ]
    return parser


def add_shared(parser: argparse.ArgumentParser, *, is_inner: bool = False) -> None:
    """The options that every command takes; in an action of a command they keep what was said."""

    def default(value: object) -> object:
        return argparse.SUPPRESS if is_inner else value

    parser.add_argument(
        "--library", metavar="DIR", default=default(None), help=say("folder of the library")
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default=default("auto"),
        help=say("when to colour"),
    )
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=default(None),
        help=say("language of messages and help (that of the locale)"),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=default(False),
        help=say("one JSON object on standard output"),
    )


def add_page(parser: argparse.ArgumentParser, *, limit: int | None) -> None:
    """Let a command show a part of a list."""
    shown = say("all") if limit is None else str(limit)
    parser.add_argument(
        "--limit",
        type=count,
        default=limit,
        metavar="N",
        help=say("at most so many ({shown})", shown=shown),
    )
    parser.add_argument(
        "--offset", type=count, default=0, metavar="N", help=say("pass over so many (0)")
    )


def count(text: str) -> int:
    """A number of things, as an option gives it."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(say("expected 0 or more, found '{text}'", text=text))
    return int(text)
