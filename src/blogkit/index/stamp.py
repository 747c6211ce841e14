"""The stamp in an index folder: which state of which library it reflects, and its files' seal."""

from __future__ import annotations

import json
import os

from blogkit.errors import LibraryError
from blogkit.language import Message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from blogkit.index.seal import Seal

_STAMP = "blogkit.json"


class Stamp:
    """Which state an index reflects.

    Args:
        library: identity of the library.
        generation: generation of the library.
        version: version of what made it: of the analyzer, or of the formula index.
        files: seal of the files; no part of what makes stamps equal.
    """

    __slots__ = ("files", "generation", "library", "version")

    def __init__(
        self, library: str, generation: int, version: int, files: Seal | None = None
    ) -> None:
        self.library = library
        self.generation = generation
        self.version = version
        self.files = files or {}

    def is_of(self, other: Stamp) -> bool:
        """Whether both are of one library and one version, whichever came first."""
        return (self.library, self.version) == (other.library, other.version)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Stamp) and self.is_of(other) and self.generation == other.generation
        )

    __hash__ = None  # type: ignore[assignment]


def read_stamp(folder: str) -> Stamp | None:
    """The stamp in an index folder; None where there is no whole one."""
    try:
        with open(os.path.join(folder, _STAMP), encoding="utf-8") as file:
            found = json.load(file)
        return Stamp(found["library"], found["generation"], found["version"], found["files"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


class StampReader:
    """Reads the stamp of a folder again and again: the file only when it is another.

    Args:
        folder: the index folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._seen: tuple[int, int, int] | None = None
        self._stamp: Stamp | None = None

    def read(self) -> Stamp | None:
        """The stamp as it is now; None where there is no whole one."""
        try:
            found = os.stat(os.path.join(self._folder, _STAMP))
        except OSError:
            return None
        seen = found.st_ino, found.st_size, found.st_mtime_ns
        if self._stamp is None or seen != self._seen:
            self._stamp, self._seen = read_stamp(self._folder), seen
        return self._stamp


def read_whole_stamp(folder: str, *, thorough: bool = False) -> Stamp | None:
    """The stamp in an index folder, if all its files hold what they held when it was written."""
    from blogkit.index.seal import is_whole

    stamp = read_stamp(folder)
    return stamp if stamp and is_whole(folder, stamp.files, thorough=thorough) else None


def write_stamp(folder: str, stamp: Stamp, names: Sequence[str] | None = None) -> None:
    """Seal the files of an index folder and put a stamp into it, in one step.

    Args:
        folder: the folder.
        stamp: the stamp; its seal is made here.
        names: the files that hold the index, if not all of the folder.

    Raises:
        OSError: if it can't be written; the stamp of before stays.
    """
    from blogkit.index.seal import seal

    before = read_stamp(folder)
    if names is None:
        names = sorted(name for name in os.listdir(folder) if _is_sealed(name))
    content = {
        "library": stamp.library,
        "generation": stamp.generation,
        "version": stamp.version,
        "files": seal(folder, names, before.files if before else None),
    }
    path = os.path.join(folder, _STAMP)
    part = f"{path}.{os.getpid()}.part"
    try:
        with open(part, "w", encoding="utf-8") as file:
            json.dump(content, file)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)


def cant_write(folder: str, error: object) -> LibraryError:
    """What is told where an index that lies in a folder can't be written."""
    return LibraryError(
        Message(
            "{folder}: can't be written: {error}; the posts are in the library, and the index is "
            "brought level as soon as it can be",
            folder=folder,
            error=error,
        )
    )


def make_folder(path: str) -> None:
    """Make a folder, in place of a file or a link that leads nowhere; one that is there stays.

    Raises:
        OSError: if it can't be made.
    """
    if not os.path.isdir(path):
        discard(path)
    os.makedirs(path, exist_ok=True)


def empty_folder(path: str) -> None:
    """Make a folder without anything in it, in place of whatever lies there.

    Raises:
        OSError: if it can't be made, or something in it can't be removed.
    """
    make_folder(path)
    for name in os.listdir(path):
        discard(os.path.join(path, name))


def discard(path: str) -> None:
    """Remove what lies at a path that only derived files use: a folder, a file, a link, or nothing.

    Raises:
        OSError: if it can't be removed.
    """
    if os.path.isdir(path) and not os.path.islink(path):
        import shutil

        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def clear_leftovers(folder: str) -> None:
    """Remove what a killed process left beside the files of the stamp.

    Tantivy numbers its lists of deleted documents, and does not write over one that is there. Only
    for whoever keeps other processes from writing.
    """
    stamp = read_stamp(folder)
    for name in os.listdir(folder):
        is_leftover = stamp is not None and _is_sealed(name) and name not in stamp.files
        if is_leftover or name.endswith(".part"):
            os.remove(os.path.join(folder, name))


def _is_sealed(name: str) -> bool:
    """Whether a file holds the index; Tantivy keeps locks and its list of files in hidden ones."""
    return not name.startswith((".", _STAMP)) and not name.endswith(".part")
