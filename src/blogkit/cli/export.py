"""``blogkit export``."""

from __future__ import annotations

import argparse
import json
import os

from blogkit.cli.commands import FOUND, NOTHING
from blogkit.cli.options import command_parser
from blogkit.errors import QueryError
from blogkit.export.folder import Folder
from blogkit.language import Message
from blogkit.library.facade import Library
from blogkit.views.speech import say, say_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogkit.library.reports import FullPost


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "export",
        say(
            "Write the posts as Markdown with front matter, as JSON Lines, or as a site "
            "of pages that opens from disk. Files of the same names are replaced, "
            "others are left alone."
        ),
        [
            ("--to markdown -o notes", say("a file for each post, in the folder notes")),
            ("--to site -o site", say("then open site/index.html")),
            ("--to jsonl > posts.jsonl", say("what 'show --json' says of each, a line a post")),
            ("--to markdown -o notes 3f9a", say("some posts only")),
        ],
    )
    made.add_argument("posts", nargs="*", metavar="POST", help=say("only these; all without any"))
    made.add_argument(
        "--to", choices=("markdown", "jsonl", "site"), required=True, help=say("what they become")
    )
    made.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=say("folder, or file of JSON Lines (standard output)"),
    )
    return made


def run(arguments: argparse.Namespace) -> int:
    """Write the posts, and say how many."""
    if arguments.output is None and (arguments.to != "jsonl" or arguments.json):
        raise QueryError(
            Message("expected where to write {to}, found nothing; give -o", to=arguments.to)
        )
    with Library.open(arguments.library) as library:
        posts = _posts(library, arguments.posts)
        if arguments.output is None:
            _print_lines(posts)
            return FOUND if posts else NOTHING
        files = _write(library, posts, arguments.to, arguments.output)
    _tell(arguments, len(posts), files)
    return FOUND if posts else NOTHING


def _posts(library: Library, names: Sequence[str]) -> list[FullPost]:
    """The posts that are named, each once, or all."""
    if not names:
        return list(library.full_posts())
    found = [library.post(name) for name in names]
    return list({post.id: post for post in found}.values())


def _write(library: Library, posts: list[FullPost], to: str, output: str) -> int:
    """Write the posts and their pictures; how many files that are."""
    if to == "markdown":
        from blogkit.export.markdown import write_markdown

        return write_markdown(posts, Folder(output), library.picture)
    if to == "site":
        from blogkit.export.site import write_site

        return write_site(posts, Folder(output), library.picture)
    from blogkit.export.json_lines import to_json_lines

    lines = "".join(f"{line}\n" for line in to_json_lines(posts))
    Folder(os.path.dirname(output) or os.curdir).put(os.path.basename(output), lines)
    return 1


def _print_lines(posts: list[FullPost]) -> None:
    from blogkit.export.json_lines import to_json_lines

    for line in to_json_lines(posts):
        print(line)


def _tell(arguments: argparse.Namespace, posts: int, files: int) -> None:
    if arguments.json:
        report = {
            "schema": 1,
            "to": arguments.to,
            "output": arguments.output,
            "posts": posts,
            "files": files,
        }
        print(json.dumps(report, ensure_ascii=False))
    else:
        print(
            say(
                "{posts} in {files}: {output}",
                posts=say_count(posts, "{count} post", "{count} posts"),
                files=say_count(files, "{count} file", "{count} files"),
                output=arguments.output,
            )
        )
