"""Files dropped on the page, put where the library keeps them.

A file's name comes from a stranger. It is never used as a path: of its letters and digits and the
digest of its bytes a new name is made, inside one folder of the library. The same file has the same
name again, and so is not added twice.
"""

from __future__ import annotations

import hashlib
import os
import re

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.walk import LOOKED_AT_BYTES, reason_by_head

FOLDER = "added"
"""The folder of the library in which dropped files lie."""
MOST_BYTES = 10_000_000
"""Largest file."""
MOST_FILES = 50
"""Files dropped at once."""
_NO_LETTER = re.compile(r"\W+")
_STEM_CHARS = 40


def put_file(library_folder: str, name: str, content: bytes) -> str:
    """The path under which a dropped file now lies.

    Args:
        library_folder: the library's folder.
        name: the name that it was dropped with.
        content: its bytes.

    Raises:
        SourceError: if it is too large, or of no format that ``add`` reads.
    """
    suffix = _suffix(name)
    if reason_by_head(f"a{suffix}", content[:LOOKED_AT_BYTES]) == "not-text":
        raise SourceError(
            "format",
            shown_name(name),
            Message(
                "expected a text, a page, a notebook, a book or an archive, found none of a format "
                "that is read"
            ),
        )
    if len(content) > MOST_BYTES:
        raise SourceError(
            "size",
            shown_name(name),
            Message(
                "expected at most {most_bytes} bytes, found {count}",
                most_bytes=MOST_BYTES,
                count=len(content),
            ),
        )
    folder = os.path.join(library_folder, FOLDER)
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, safe_name(name, content) + suffix)
    part = f"{path}.part"
    with open(part, "wb") as file:
        file.write(content)
    os.replace(part, path)
    return path


def _suffix(name: str) -> str:
    """The end of a name by which its format is told, made of letters and digits only."""
    found = re.search(r"(?:\.tar)?\.[a-z0-9]{1,12}$", name.lower())
    return found[0] if found else ""


def safe_name(name: str, content: bytes) -> str:
    """A name of letters, digits, ``_`` and ``-`` only, the same for the same file.

    >>> safe_name("../../etc/梯度 裁剪.md", b"")
    'etc-梯度-裁剪-e3b0c44298'
    """
    stem = _NO_LETTER.sub("-", os.path.splitext(name)[0]).strip("-")[-_STEM_CHARS:]
    return f"{stem or 'file'}-{hashlib.sha256(content).hexdigest()[:10]}"


def shown_name(name: str) -> str:
    """A dropped file's name as messages show it."""
    return "".join(c for c in name if c.isprintable())[:100] or Message("(no name)")
