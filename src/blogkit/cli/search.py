"""``blogkit search``."""

import argparse

from blogkit.cli.app import FOUND, NOTHING
from blogkit.cli.options import add_page, command_parser
from blogkit.cli.output import emit
from blogkit.library import Library


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "search",
        "Ranked posts, with the best passage of each.",
        [
            ("梯度裁剪", "posts about gradient clipping"),
            ("--by section attention mask", "passages, several of a post"),
            ("--json --limit 3 熵", "three hits, for a program"),
        ],
    )
    made.add_argument("query", nargs="+", metavar="QUERY", help="words, or a sentence")
    made.add_argument(
        "--by", choices=("post", "section"), default="post", help="what is ranked (post)"
    )
    add_page(made, limit=10)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Search and print the hits."""
    query = " ".join(arguments.query)
    with Library.open(arguments.library) as library:
        hits = library.search(
            query, limit=arguments.limit, offset=arguments.offset, by=arguments.by
        )
        emit(arguments, "hits", hits)
    return FOUND if hits.total else NOTHING
