"""``blogkit search``."""

from __future__ import annotations

import argparse
import sys

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import add_page, command_parser
from blogkit.cli.output import emit, tell, tell_if_empty
from blogkit.library.facade import Library
from blogkit.views.speech import say, say_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from blogkit.search.hits import Hits


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "search",
        say(
            "Ranked posts, with the best passage of each. Beside plain words a query "
            "takes '\"a phrase\"', -word, A OR B, title:, tag:, category:, path:, "
            "in:caption, date:2020-06, has:formula, label:, py:jubu, and '$a formula$'."
        ),
        [
            ("梯度裁剪", say("posts about gradient clipping")),
            ("--by section attention mask", say("passages, several of a post")),
            ("'采样 -\"模拟退火\" date:2020..'", say("a word, without a phrase, since 2020")),
            ("'裁剪 $\\frac{a}{b}$'", say("words and a formula")),
            ("--explain 熵", say("why the hits have their places")),
            ("--json --limit 3 熵", say("three hits, for a program")),
        ],
    )
    made.add_argument("query", nargs="+", metavar="QUERY", help=say("words, or a sentence"))
    made.add_argument(
        "--by", choices=("post", "section"), default="post", help=say("what is ranked (post)")
    )
    made.add_argument("--explain", action="store_true", help=say("what each score is made of"))
    made.add_argument("--pinyin", action="store_true", help=say("read Latin words as pinyin"))
    add_page(made, limit=10)
    return made


def words_behind_options(arguments: Sequence[str], made: argparse.ArgumentParser) -> list[str]:
    """The arguments with the words of the query behind ``--``, so that ``-word`` is one of them.

    What begins with two hyphens stays an option, so that a misspelt one is told.
    """
    takes_value = {
        name: action.nargs != 0 for action in made._actions for name in action.option_strings
    }
    options: list[str] = []
    words: list[str] = []
    rest: Iterator[str] = iter(arguments)
    for argument in rest:
        if argument == "--":
            words += rest
        elif argument in takes_value:
            options.append(argument)
            if takes_value[argument]:
                options += [value for value in [next(rest, None)] if value is not None]
        else:
            (options if argument.startswith("--") else words).append(argument)
    return [*options, "--", *words]


def run(arguments: argparse.Namespace) -> int:
    """Search and print the hits."""
    with Library.open(arguments.library) as library:
        hits = library.search(
            _query(arguments.query),
            limit=arguments.limit,
            offset=arguments.offset,
            by=arguments.by,
            explain=arguments.explain,
            pinyin=arguments.pinyin,
        )
        # Told first: who reads the hits through a pipe may close it after the first of them.
        if hits.ignored or hits.did_you_mean:
            _tell(hits)
        emit(arguments, "hits", hits)
        if not hits.total:
            tell_if_empty(library)
        if library.has_notes:
            _tell_of_notes(library, hits.query)
    return FOUND if hits.total else NOTHING


def _tell(hits: Hits) -> None:
    """Say what was not understood, and what may have been meant."""
    from blogkit.views.plain import remarks

    for line in remarks(hits):
        tell(line)


def _tell_of_notes(library: Library, query: str) -> None:
    """Say how many notes have the words, and how to see them."""
    from blogkit.notes import Notes
    from blogkit.notes.facade import words_of

    count = Notes(library).search(query, limit=0).total
    if count:
        said_of = say_count(
            count,
            "{count} note has these words: blogkit note list --words '{words}'",
            "{count} notes have these words: blogkit note list --words '{words}'",
            words=" ".join(words_of(query)),
        )
        tell(said_of)


def _query(words: list[str]) -> str:
    """The words of a query, or what standard input holds for a lone ``-``."""
    return sys.stdin.read() if words == ["-"] else " ".join(words)
