"""Posts as JSON Lines: a line for each, the same object that ``blogkit show --json`` prints."""

import json
from collections.abc import Iterable, Iterator

from blogkit.library.reports import FullPost


def to_json_lines(posts: Iterable[FullPost]) -> Iterator[str]:
    """A line for each post, without its line break."""
    for post in posts:
        yield json.dumps(post.to_dict(), ensure_ascii=False)
