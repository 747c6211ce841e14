"""Files put into a folder, under names that any file system takes.

Nothing of a post becomes a part of a path as it is: an id may be given by a program, a title may be
anything.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable

from blogkit.errors import LibraryError
from blogkit.language import Message
from blogkit.posts import Post

_PLAIN_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TITLE_CHARS = 40
PICTURES = "pictures"
"""Name of the folder with the pictures of posts."""


class Folder:
    """A folder that is written to; made when its first file is.

    Args:
        path: where it lies. Files of the same names are replaced, others are left alone.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def put(self, name: str, text: str) -> None:
        """Write a file of text as UTF-8; see ``put_bytes``."""
        self.put_bytes(name, text.encode("utf-8", "replace"))

    def put_bytes(self, name: str, data: bytes) -> None:
        """Write a file, in place of one of that name.

        Args:
            name: its name, with ``/`` where it lies in a folder of the folder.
            data: what it holds.

        Raises:
            LibraryError: if it can't be written.
        """
        path = os.path.join(self.path, *name.split("/"))
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
        except OSError as error:
            raise LibraryError(
                Message("{path}: can't be written: {error}", path=path, error=error.strerror)
            ) from error


def put_pictures(
    posts: Iterable[Post], folder: Folder, picture: Callable[[str], bytes] | None
) -> dict[str, str]:
    """Write the pictures of posts into the folder ``pictures``, each once.

    Args:
        posts: the posts.
        folder: the folder.
        picture: gives the bytes of a picture by its digest; without it none is written.

    Returns:
        The names of their files by digest.
    """
    written: dict[str, str] = {}
    for post in posts if picture else ():
        for one in post.pictures:
            if picture and one.digest not in written:
                folder.put_bytes(f"{PICTURES}/{one.name}", picture(one.digest))
                written[one.digest] = one.name
    return written


def short_name(post: Post) -> str:
    """A name for a post's file: its id, or a digest of an id that is no plain name.

    >>> short_name(Post(title="", text="", id="3f9a"))
    '3f9a'
    >>> short_name(Post(title="", text="", id="../x"))
    'd6b96a97d147'
    """
    post_id = post.id or ""
    if _PLAIN_ID.fullmatch(post_id):
        return post_id
    return hashlib.sha256(post_id.encode("utf-8", "replace")).hexdigest()[:12]


def long_name(post: Post) -> str:
    """A name that a person knows a post's file by: the letters of its title, then its short name.

    >>> long_name(Post(title="梯度: a/b?", text="", id="3f9a"))
    '梯度-a-b-3f9a'
    """
    letters = "".join(sign if sign.isalnum() else " " for sign in post.title[:_TITLE_CHARS])
    return "-".join([*letters.split(), short_name(post)])
