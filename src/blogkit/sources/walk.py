"""Which files a list of paths means: files as named, folders walked in sorted order."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field

from blogkit.sources.decode import is_text
from blogkit.sources.reading import SourceProblem

MARKDOWN_EXTENSIONS = frozenset((".md", ".markdown", ".mdown", ".mkd"))
TEXT_EXTENSIONS = frozenset((".txt", ".text", ""))
_ABOUT_THE_FOLDER = ("readme", "license", "licence")
_SNIFFED_BYTES = 8192


@dataclass(slots=True)
class Walk:
    """The files found below some paths, and what was passed over."""

    files: list[str] = field(default_factory=list)
    """Files to read, each once, in the order found; ``-`` is standard input."""
    skipped: dict[str, int] = field(default_factory=dict)
    """How many were passed over in folders: ``hidden``, ``not-text``, ``about-the-folder``."""
    problems: list[SourceProblem] = field(default_factory=list)
    """Paths that are not there or can't be listed."""

    def skip(self, reason: str) -> None:
        """Count one file as passed over."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1


def walk(paths: list[str]) -> Walk:
    """The files that paths mean.

    A file that is named is always taken. In a folder, hidden files, files that are no text, and
    files about the folder (README, LICENSE) are skipped and counted; links to folders are not
    followed.
    """
    found = Walk()
    for path in paths:
        if path == "-" or os.path.isfile(path):
            found.files.append(path)
        elif os.path.isdir(path):
            _walk_folder(path, found)
        else:
            message = (
                "expected a file or a folder, found nothing there"
                if not os.path.lexists(path)
                else "expected a file or a folder, found neither"
            )
            found.problems.append(SourceProblem(path, None, "not-found", f"{path}: {message}"))
    found.files = list(dict.fromkeys(found.files))
    return found


def _walk_folder(root: str, found: Walk) -> None:
    def report(error: OSError) -> None:
        message = f"{error.filename}: can't be listed: {error.strerror}"
        found.problems.append(SourceProblem(error.filename, None, "unreadable", message))

    for folder, folders, names in os.walk(root, onerror=report):
        hidden = [name for name in folders if name.startswith(".")]
        folders[:] = sorted(set(folders) - set(hidden))
        for _ in hidden:
            found.skip("hidden")
        for name in sorted(names):
            path = os.path.join(folder, name)
            reason = _reason_to_skip(path, name)
            if reason:
                found.skip(reason)
            else:
                found.files.append(path)


def _reason_to_skip(path: str, name: str) -> str | None:
    if name.startswith("."):
        return "hidden"
    stem, extension = os.path.splitext(name.lower())
    if stem in _ABOUT_THE_FOLDER:
        return "about-the-folder"
    if extension not in MARKDOWN_EXTENSIONS | TEXT_EXTENSIONS or not _begins_as_text(path):
        return "not-text"
    return None


def _begins_as_text(path: str) -> bool:
    """Whether the file may be text; one that can't be opened is left for the reader to report."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return is_text(file.read(_SNIFFED_BYTES))
    except OSError:
        return True


def below(path: str, folders: list[str]) -> Iterator[str]:
    """Those of folders that hold path, or are it; all absolute."""
    for folder in folders:
        if path == folder or path.startswith(folder.rstrip(os.sep) + os.sep):
            yield folder
