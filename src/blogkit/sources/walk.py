"""Which files a list of paths means: files as named, folders walked in sorted order."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from blogkit.language import Message
from blogkit.sources.bundles import is_bundle_name
from blogkit.sources.decode import is_text
from blogkit.sources.formats import is_data_file, is_taken
from blogkit.sources.images.content import looks_like_picture
from blogkit.sources.passing import PICTURE, reason_by_name, reason_for_folder
from blogkit.sources.reading import SourceProblem
from blogkit.sources.regular import NotAFileError, open_regular

_ASSETS = re.compile(r"(.+)(?:_files|\.files)")
LOOKED_AT_BYTES = 8192
"""How much of a file in a folder is looked at to tell whether it is read."""


@dataclass(slots=True)
class Walk:
    """The files found below some paths, and what was passed over."""

    files: list[str] = field(default_factory=list)
    """Files to read, each once, in the order found; ``-`` is standard input."""
    skipped: dict[str, int] = field(default_factory=dict)
    """How many were passed over in folders: ``hidden``, ``not-text``, ``data``, ``assets`` (the
    folder that a browser saves beside a page), ``about-the-folder`` (README, LICENSE),
    ``build-files`` (Makefile, requirements.txt), ``site-parts`` (_includes, _sidebar.md)."""
    problems: list[SourceProblem] = field(default_factory=list)
    """Paths that are not there or can't be listed."""

    def skip(self, reason: str) -> None:
        """Count one file as passed over."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


def walk(paths: list[str]) -> Walk:
    """The files that paths mean.

    A file that is named is always taken. In a folder, hidden files, files of no known format, what
    a browser saved beside a page, data, and files about the folder, its build and its site are
    skipped and counted; links to folders are not followed.
    """
    found = Walk()
    for path in paths:
        if path == "-" or os.path.isfile(path):
            found.files.append(path)
        elif os.path.isdir(path):
            _walk_folder(path, found)
        else:
            message = (
                Message("expected a file or a folder, found nothing there")
                if not os.path.lexists(path)
                else Message("expected a file or a folder, found neither")
            )
            found.problems.append(
                SourceProblem(
                    path,
                    None,
                    "not-found",
                    Message("{place}: {message}", place=path, message=message),
                )
            )
    found.files = list(dict.fromkeys(found.files))
    return found


def _walk_folder(root: str, found: Walk) -> None:
    def report(error: OSError) -> None:
        message = Message(
            "{filename}: can't be listed: {error}", filename=error.filename, error=error.strerror
        )
        found.problems.append(SourceProblem(error.filename, None, "unreadable", message))

    for folder, folders, names in os.walk(root, onerror=report):
        passed_over = {name: _reason_to_pass(name, names) for name in folders}
        folders[:] = sorted(name for name, reason in passed_over.items() if not reason)
        for why in filter(None, passed_over.values()):
            found.skip(why)
        for name in sorted(names):
            path = os.path.join(folder, name)
            reason = _reason_to_skip(path, name)
            if not reason:
                found.files.append(path)
            elif reason != PICTURE:
                found.skip(reason)


def _reason_to_pass(folder: str, names: list[str]) -> str | None:
    """Why a folder is not walked; names are those of the files beside it."""
    if reason := reason_for_folder(folder):
        return reason
    page = _ASSETS.fullmatch(folder)
    if page and (f"{page[1]}.html" in names or f"{page[1]}.htm" in names):
        return "assets"
    return None


def _reason_to_skip(path: str, name: str) -> str | None:
    return reason_by_name(name) or _reason_by_look(path)


def _reason_by_look(path: str) -> str | None:
    """Why no reader would take it; one that can't be opened is left for the reader to report."""
    try:
        with open_regular(path) as file:
            head = file.read(LOOKED_AT_BYTES)
    except NotAFileError:
        return "not-text"
    except OSError:
        return None
    return reason_by_head(path, head)


def reason_by_head(name: str, head: bytes) -> str | None:
    """Why a file of a folder is not read, by its name and first bytes; None for one that is.

    >>> reason_by_head("a.md", b"# a"), reason_by_head("a.md", bytes(9))
    (None, 'not-text')
    >>> reason_by_head("a.txt", b"GIF89a")
    'picture'
    """
    if is_bundle_name(name):
        return None
    if looks_like_picture(name, head):
        return PICTURE
    if not is_text(head) or not is_taken(name, head):
        return "not-text"
    return "data" if is_data_file(name, head) else None


def below(path: str, folders: list[str]) -> Iterator[str]:
    """Those of folders that hold path, or are it; all absolute."""
    for folder in folders:
        if path == folder or path.startswith(folder.rstrip(os.sep) + os.sep):
            yield folder
