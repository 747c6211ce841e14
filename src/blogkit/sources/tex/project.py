r"""Books and articles of several LaTeX files, as one project.

A chapter has its macros and its glossary from the file that includes it. That file is looked for
beside the chapter and in the folders above; it is expanded once, and what is known at each
``\input`` is what the file that is named there begins with. Where no file includes one, those
beside it that only define something are taken for its own.
"""

import os
import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from blogkit.errors import SourceError
from blogkit.sources.decode import decode
from blogkit.sources.tex.expansion import Follow, expand
from blogkit.sources.tex.hidden import PRIVATE, Hidden
from blogkit.sources.tex.state import State

POST_ENDINGS = (".tex", ".ltx", ".latex")
"""Endings of the files that may be posts."""
PART_ENDINGS = (*POST_ENDINGS, ".sty", ".cls", ".def")
"""Endings of the files that may belong to a project."""
FOLDERS_ABOVE = 3
"""How far above a chapter the file that includes it is looked for."""
PART_BYTES = 4 * 2**20
"""Size of the largest file that is read for what it defines."""
PARTS_LISTED = 500
"""Files of a folder that are looked at."""
_INPUTS_DEEP = 20
_TIMES_FOLLOWED = 20
"""How often one file is read for what it defines while another is; files that name each other twice
would be read as often as two to the depth."""
_MAIN = re.compile(
    r"^[ \t]*\\document(?:class|style)\b(?!.*\{(?:subfiles|standalone)\})", re.MULTILINE
)
_HAS_TEXT = re.compile(r"\\begin\s*\{document\}|\\(?:chapter|section|part|maketitle)\b")


class Files(Protocol):
    """Where the files of a project lie: a folder, or a bundle."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none, or none that is to be read."""
        ...

    def names(self, folder: str) -> list[str]:
        """Names of the files of a folder, sorted."""
        ...


class FolderFiles:
    """The files of the disk: TeX's own only, and regular ones."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of a project."""
        if not path.lower().endswith(PART_ENDINGS):
            return None
        try:
            if not os.path.isfile(path) or os.path.getsize(path) > PART_BYTES:
                return None
            with open(path, "rb") as file:
                return file.read()
        except OSError:
            return None

    def names(self, folder: str) -> list[str]:
        """Names of the files of a folder, sorted."""
        try:
            return sorted(os.listdir(folder or "."))
        except OSError:
            return []


class BundleFiles:
    """The files of a bundle by their names in it."""

    def __init__(self, members: dict[str, bytes]) -> None:
        self._members = members

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of a project."""
        data = self._members.get(path)
        return data if data is not None and len(data) <= PART_BYTES else None

    def names(self, folder: str) -> list[str]:
        """Names of the files of a folder, sorted."""
        inside = [posixpath.split(name) for name in self._members]
        return sorted(name for where, name in inside if where == folder)


@dataclass(slots=True)
class _Round:
    """A file that is read with all that it names."""

    main: str
    """The file."""
    parts: dict[str, State] = field(default_factory=dict)
    """What is known where each file begins that it names."""
    followed: Counter[str] = field(default_factory=Counter)
    """How often each was read."""


class Projects:
    """The projects that files belong to, each read once.

    Args:
        files: where they lie.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._texts: dict[str, str | None] = {}
        self._states: dict[str, dict[str, State]] = {}
        self._digests: dict[str, str] = {}

    def state_of(self, path: str) -> State:
        """What is known where a file begins; nothing where it begins a project of its own."""
        text = self._text(path)
        if text is None or _MAIN.search(text):
            return State()
        for folder in _folders_above(path):
            for main in self._mains(folder):
                state = self._parts(main).get(path) if main != path else None
                if state is not None:
                    return state.copy()
        return self._definitions_beside(path)

    def follow(self, path: str) -> Follow:
        """What reads the files that a file names, for what they define."""
        return self._reader(path, _Round(path), 0)

    def digest_of(self, path: str) -> str:
        """A name for what other files tell of a file; empty where they tell nothing."""
        if path not in self._digests:
            state, text = self.state_of(path), self._text(path)
            told = state.digest()
            if text is not None:
                self._expand(path, text, state, _Round(path), 0)
            self._digests[path] = "" if state == State() else told + state.digest()
        return self._digests[path]

    def _text(self, path: str) -> str | None:
        if path not in self._texts:
            data = self._files.read(path)
            try:
                text = None if data is None else decode(data, path)[0]
            except SourceError:
                text = None
            self._texts[path] = None if text is None else PRIVATE.sub("\ufffd", text)
        return self._texts[path]

    def _mains(self, folder: str) -> list[str]:
        """The files of a folder that begin a project."""
        names = [name for name in self._files.names(folder) if name.lower().endswith(POST_ENDINGS)]
        paths = [posixpath.join(folder, name) for name in names[:PARTS_LISTED]]
        return [path for path in paths if _MAIN.search(self._text(path) or "")]

    def _parts(self, main: str) -> dict[str, State]:
        """What is known where each file of a project begins."""
        if main not in self._states:
            round_ = _Round(main)
            self._states[main] = round_.parts
            self._expand(main, self._text(main) or "", State(), round_, 0)
        return self._states[main]

    def _expand(self, path: str, text: str, state: State, round_: _Round, depth: int) -> None:
        """Read a file for what it defines, which is added to the state."""
        expand(text, state, hidden=Hidden(), codes=[], follow=self._reader(path, round_, depth))

    def _reader(self, path: str, round_: _Round, depth: int) -> Follow:
        def follow(name: str, ending: str, state: State) -> None:
            part = self._resolved(name, ending, round_.main, path)
            text = self._text(part) if part and depth < _INPUTS_DEEP else None
            if part is None or text is None or part == path:
                return
            round_.parts.setdefault(part, state.copy())
            round_.followed[part] += 1
            if round_.followed[part] <= _TIMES_FOLLOWED:
                self._expand(part, text, state, round_, depth + 1)

        return follow

    def _resolved(self, name: str, ending: str, main: str, path: str) -> str | None:
        """The file that is named: as seen from the main file, else from the one at hand."""
        if not name or name.startswith(("/", "~", "|")) or ":" in name or "\\" in name:
            return None
        names = [name] if name.lower().endswith(PART_ENDINGS) else [name + ending, name]
        top = _folders_above(main)[-1]
        for folder in dict.fromkeys((posixpath.dirname(main), *_folders_above(path))):
            for written in names:
                part = posixpath.normpath(posixpath.join(folder, written))
                if _is_below(part, top) and self._text(part) is not None:
                    return part
        return None

    def _definitions_beside(self, path: str) -> State:
        """What the files beside one define that hold nothing else."""
        key = f"{posixpath.dirname(path)}/"
        known = self._states.get(key)
        if known is None:
            state = State()
            for name in self._files.names(posixpath.dirname(path))[:PARTS_LISTED]:
                if name.lower().endswith(PART_ENDINGS):
                    self._add_definitions(posixpath.join(posixpath.dirname(path), name), state)
            known = self._states[key] = {"": state}
        return known[""].copy()

    def _add_definitions(self, path: str, state: State) -> None:
        text = self._text(path)
        if text and not _HAS_TEXT.search(text) and not _MAIN.search(text):
            tried = state.copy()
            tried.glossary = dict(state.glossary)
            left = expand(text, tried, hidden=Hidden(), codes=[])
            if is_blank(left):
                state.macros, state.environments = tried.macros, tried.environments
                state.switches, state.listings = tried.switches, tried.listings
                state.glossary.update(tried.glossary)


def is_blank(expanded: str) -> bool:
    """Whether nothing but definitions and settings stood in a text that was expanded."""
    from blogkit.sources.tex.prose import plain_prose

    return not PRIVATE.sub("", plain_prose(expanded)).strip()


def _folders_above(path: str) -> list[str]:
    """The folder of a file and those above it, the nearest first."""
    folders = [posixpath.dirname(path)]
    while len(folders) <= FOLDERS_ABOVE and folders[-1] not in ("", "/"):
        folders.append(posixpath.dirname(folders[-1]))
    return folders


def _is_below(path: str, folder: str) -> bool:
    return not path.startswith("..") and (not folder or path.startswith(folder.rstrip("/") + "/"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file lies among the files of its project."""

    projects: Projects
    """The projects of its folder or bundle."""
    path: str
    """Its path there."""

    def state(self) -> State:
        """What is known where the file begins."""
        return self.projects.state_of(self.path)

    def follow(self) -> Follow:
        """What reads the files that it names."""
        return self.projects.follow(self.path)

    def digest(self) -> str:
        """A name for what other files tell of it; empty where they tell nothing."""
        return self.projects.digest_of(self.path)
