"""A site of reading pages that opens from disk: a list of posts, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from blogkit.export.folder import PICTURES, put_pictures, short_name
from blogkit.export.page import page, post_page
from blogkit.views.clean import shown_date
from blogkit.views.elements import escaped
from blogkit.views.speech import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from blogkit.export.folder import Folder
    from blogkit.library.reports import FullPost
    from blogkit.posts import Post


def write_site(
    posts: Sequence[FullPost], folder: Folder, picture: Callable[[str], bytes] | None = None
) -> int:
    """``index.html``, a page for each post in ``posts``, and their pictures.

    Args:
        posts: the posts.
        folder: where they go.
        picture: gives the bytes of a picture by its digest; without it none is written.

    Returns:
        How many files that are.
    """
    written = put_pictures(posts, folder, picture)
    files = {digest: f"../{PICTURES}/{name}" for digest, name in written.items()}
    names = {post.id or "": f"{short_name(post)}.html" for post in posts}
    folder.put("index.html", index_page(posts, {i: f"posts/{name}" for i, name in names.items()}))
    for post in posts:
        shown = post_page(post, names, files, home="../index.html")
        folder.put(f"posts/{names[post.id or '']}", shown)
    return len(posts) + len(written) + 1


def index_page(posts: Sequence[Post], addresses: dict[str, str]) -> str:
    """The list of posts, then by tag.

    Args:
        posts: in the order in which they are listed.
        addresses: address of each post's page, by its id.
    """
    by_tag: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for tag in post.tags:
            by_tag[tag].append(post)
    parts = [f"<h1>{escaped(say('Posts'))}</h1>", _list(posts, addresses)]
    for tag, tagged in sorted(by_tag.items(), key=lambda item: (-len(item[1]), item[0])):
        parts += [f"<h2>{escaped(tag)}</h2>", _list(tagged, addresses)]
    return page(say("Posts"), "\n".join(parts))


def _list(posts: Iterable[Post], addresses: dict[str, str]) -> str:
    items = []
    for post in posts:
        date = shown_date(post.date)
        shown = f' <span class="number">{date}</span>' if date else ""
        address = escaped(addresses[post.id or ""])
        items.append(f'<li><a href="{address}">{escaped(post.title)}</a>{shown}</li>')
    return "<ul>\n" + "\n".join(items) + "\n</ul>"
