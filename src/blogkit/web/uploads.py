"""Files dropped on the page, put where the library keeps them.

A file's name comes from a stranger. It is never used as a path: of its letters and digits and the
digest of its bytes a new name is made, inside one folder of the library. The same file has the same
name again, and so is not added twice. Texts that come with pictures lie with them in one archive,
where names are only names, so that they find them as in a folder.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from typing import TYPE_CHECKING

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.bundles import is_bundle_name
from blogkit.sources.images.content import read_picture
from blogkit.sources.passing import PICTURE, reason_by_name
from blogkit.sources.walk import LOOKED_AT_BYTES, reason_by_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER = "added"
"""The folder of the library in which dropped files lie."""
MOST_BYTES = 10_000_000
"""Largest file."""
MOST_FILES = 50
"""Files dropped at once."""
_NO_LETTER = re.compile(r"\W+")
_STEM_CHARS = 40


def put_files(
    library_folder: str, files: Iterable[tuple[str, bytes]]
) -> tuple[list[str], list[SourceError]]:
    """The paths under which files that were dropped at once now lie, and what is wrong with others.

    Args:
        library_folder: the library's folder.
        files: the name that each was dropped with, and its bytes.
    """
    taken: list[tuple[str, bytes]] = []
    pictures: dict[str, bytes] = {}
    problems: list[SourceError] = []
    for name, content in files:
        try:
            if _expect_read(name, content) != PICTURE:
                taken.append((name, content))
            elif pictures.setdefault(_last_name(name), content) != content:
                problems.append(_twice(name))
        except SourceError as error:
            problems.append(error)
    texts = [file for file in taken if pictures and not is_bundle_name(file[0])]
    paths = [_put(library_folder, *file) for file in taken if file not in texts]
    if texts:
        name = f"{os.path.splitext(texts[0][0])[0]}.zip"
        paths.append(_put(library_folder, name, _packed(texts, pictures)))
    elif pictures:
        problems.append(_alone(next(iter(pictures))))
    return paths, problems


def _packed(texts: Iterable[tuple[str, bytes]], pictures: Mapping[str, bytes]) -> bytes:
    """An archive of texts and the pictures beside them, the same for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {_member(*text): text[1] for text in texts}.items():
            archive.writestr(zipfile.ZipInfo(name), content)
        for name, content in pictures.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _member(name: str, content: bytes) -> str:
    """A text's name in an archive: its own, unless files of that name are passed over there."""
    own = _last_name(name)
    is_read = own.isprintable() and reason_by_name(own) is None
    return own if is_read else safe_name(name, content) + _suffix(name)


def _last_name(name: str) -> str:
    return re.split(r"[/\\]", name)[-1]


def put_file(library_folder: str, name: str, content: bytes) -> str:
    """The path under which a dropped file now lies.

    Args:
        library_folder: the library's folder.
        name: the name that it was dropped with.
        content: its bytes.

    Raises:
        SourceError: if it is too large, or of no format that ``add`` reads.
    """
    _expect_read(name, content)
    return _put(library_folder, name, content)


def _expect_read(name: str, content: bytes) -> str | None:
    """Why a dropped file is no post, though it is of use; None if it is one.

    Raises:
        SourceError: as ``put_file``.
    """
    reason = reason_by_head(f"a{_suffix(name)}", content[:LOOKED_AT_BYTES])
    if reason == "not-text":
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
    if reason == PICTURE:
        read_picture(content, shown_name(name))
    return reason


def _alone(name: str) -> SourceError:
    message = Message(
        "expected a text beside the pictures, found none; drop both at once, for a picture is kept "
        "with the text that shows it"
    )
    return SourceError("picture", shown_name(name), message)


def _twice(name: str) -> SourceError:
    message = Message(
        "expected pictures with names of their own, found two of this; it is left out"
    )
    return SourceError("picture", shown_name(name), message)


def _put(library_folder: str, name: str, content: bytes) -> str:
    folder = os.path.join(library_folder, FOLDER)
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, safe_name(name, content) + _suffix(name))
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
