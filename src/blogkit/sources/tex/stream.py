"""TeX's text as it is read: the file, and before it what macros put in its way."""

import re
from collections.abc import Iterator

BREAK_MARK = "\ue0f5"
"""Stands for a line break of the file that the text does not have: in a formula, which is hidden
while the text around it is read, behind a line of comment, or within what a macro took."""
_GROUP = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACKET = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_SPACE = re.compile(r"[ \t\ue0f5]*(?:\n[ \t\ue0f5]*)?")
_BEFORE = {mark: re.compile(_SPACE.pattern + rf"(?={re.escape(mark)})") for mark in "{["}
_BLANK = re.compile(r"[ \t]*\Z")
_UNIT = re.compile(r"\\(?:[A-Za-z@]+|.)|[^{}\\]", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(\n?)[ \t]*")


def breaks(piece: str) -> int:
    """How many line breaks of the file a piece holds."""
    return piece.count("\n") + piece.count(BREAK_MARK)


def closing_brace(text: str, opening: int) -> int | None:
    """Offset of the brace that closes the one at opening; None where none does."""
    level = 0
    for match in _GROUP.finditer(text, opening):
        level += {"{": 1, "}": -1}.get(match.group(), 0)
        if level == 0:
            return match.start()
    return None


def without_comments(text: str) -> str:
    """Text of an argument without comments; the lines that they end are counted on."""
    if "%" not in text:
        return text
    return _COMMENT.sub(lambda match: match[1] + (BREAK_MARK if match[2] else ""), text)


class _Part:
    """A text that is read: the file's, or what a macro became."""

    __slots__ = ("at", "closings", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.closings: dict[int, int] | None = None

    def closing(self, opening: int) -> int | None:
        """Offset of what closes a bracket; all are looked for at once."""
        if self.closings is None:
            self.closings = _closings(self.text)
        return self.closings.get(opening)


class Stream:
    """A file's text, read from its start.

    What a macro becomes is pushed before the rest of it and read again, as TeX does, so that a
    macro finds its arguments behind the place where it stands, wherever it came from.
    """

    def __init__(self, text: str) -> None:
        self._file = _Part(text)
        # The file, and before it what was pushed, last what is read next.
        self._parts = [self._file]
        self.pushed_chars = 0
        """How much of what macros made has not been read."""
        self.breaks_taken = 0
        """Line breaks of what was taken as arguments since the start."""

    @property
    def place(self) -> int:
        """Offset in the file of what is read next, once nothing is pushed."""
        return self._file.at

    def go_to(self, place: int) -> None:
        """Read on from there, without what was pushed."""
        self._file.at, self.pushed_chars = place, 0
        del self._parts[1:]

    def push(self, text: str) -> None:
        """Let text be read before everything else."""
        if text:
            self._parts.append(_Part(text))
            self.pushed_chars += len(text)

    def search(self, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
        """What stands before the next match, and the match; both are taken."""
        part = self._parts[-1]
        start, match = part.at, pattern.search(part.text, part.at)
        self._advance(match.end() if match else len(part.text))
        return part.text[start : match.start() if match else len(part.text)], match

    @property
    def is_done(self) -> bool:
        """Whether all was read."""
        part = self._parts[-1]
        return part.at >= len(part.text)

    @property
    def following(self) -> str:
        """The next character; empty at the end."""
        part = self._parts[-1]
        return part.text[part.at : part.at + 1]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What matches at the place at hand, which is taken."""
        part = self._parts[-1]
        match = pattern.match(part.text, part.at)
        if match:
            self.breaks_taken += breaks(match.group())
            self._advance(match.end())
        return match

    def skip_space(self) -> None:
        """Pass over white space, as TeX does before an argument: at most one line break."""
        while not self.is_done:
            part = self._parts[-1]
            self.take(_SPACE)
            if self._parts[-1] is part:
                return

    def group(self) -> str | None:
        """The inside of the group that begins here, without comments; None where none does."""
        inside = self.raw_group()
        return None if inside is None else without_comments(inside)

    def raw_group(self) -> str | None:
        """The inside of the group that begins here, as it is written; None where none does."""
        return self._bracketed("{")

    def option(self) -> str | None:
        """The inside of the brackets that begin here; None where none do."""
        inside = self._bracketed("[")
        return None if inside is None else without_comments(inside)

    def argument(self) -> str | None:
        """A group, a command or a character, as a macro takes it; None at the end."""
        self.skip_space()
        if self.following == "{":
            return self.group()
        unit = self.take(_UNIT)
        return unit.group() if unit else None

    def until(self, text: str, limit: int = 5000) -> str | None:
        """What stands before a text, which is taken too; None where it does not come soon."""
        ahead = self._ahead(limit)
        place = _outside_groups(ahead, text)
        if place is None:
            return None
        self._pass(ahead[: place + len(text)])
        return ahead[:place]

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """All that match from here on, each with how many texts lie below the one it stands in."""
        for number in reversed(range(len(self._parts))):
            part = self._parts[number]
            for match in pattern.finditer(part.text, part.at):
                yield number, match

    def go_behind(self, number: int, match: re.Match[str]) -> None:
        """Read on behind one of the matches; what is passed over counts as taken."""
        while len(self._parts) - 1 > number:
            self._take_to(len(self._parts[-1].text))
        self._take_to(match.end())

    def _take_to(self, end: int) -> None:
        part = self._parts[-1]
        self.breaks_taken += breaks(part.text[part.at : end])
        self._advance(end)

    def _ahead(self, chars: int) -> str:
        """The next characters, wherever they come from."""
        pieces: list[str] = []
        for part in reversed(self._parts):
            pieces.append(part.text[part.at : part.at + chars])
            chars -= len(pieces[-1])
        return "".join(pieces)

    def _pass(self, ahead: str) -> None:
        """Take what was seen ahead."""
        left = len(ahead)
        while left > 0:
            part = self._parts[-1]
            taken = min(left, len(part.text) - part.at)
            self._take_to(part.at + taken)
            left -= taken

    def _bracketed(self, opening: str) -> str | None:
        while len(self._parts) > 1 and _BLANK.match(self._parts[-1].text, self._parts[-1].at):
            self._advance(len(self._parts[-1].text))
        if self.take(_BEFORE[opening]) is None:
            return None
        part = self._parts[-1]
        start, end = part.at, part.closing(part.at)
        if end is None:
            return None
        inside = part.text[start + 1 : end]
        self.breaks_taken += breaks(inside)
        self._advance(end + 1)
        return inside

    def _advance(self, end: int) -> None:
        """Go to an offset of the text at hand; one that is read to its end is left."""
        part = self._parts[-1]
        if part is not self._file:
            self.pushed_chars -= end - part.at
        part.at = end
        while len(self._parts) > 1 and self._parts[-1].at >= len(self._parts[-1].text):
            self._parts.pop()


def _closings(text: str) -> dict[int, int]:
    """Where each brace and bracket is closed; a bracket by the next one in the same braces."""
    closings: dict[int, int] = {}
    braces: list[int] = []
    options: list[list[int]] = [[]]
    for match in _BRACKET.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "{":
            braces.append(at)
            options.append([])
        elif mark == "}" and braces:
            closings[braces.pop()] = at
            options.pop()
        elif mark == "}":
            options[-1].clear()
        elif mark == "[":
            options[-1].append(at)
        elif mark == "]":
            closings.update(dict.fromkeys(options[-1], at))
            options[-1].clear()
    return closings


def _outside_groups(text: str, wanted: str) -> int | None:
    """Offset of a text that stands outside of all groups; None where none does."""
    level = 0
    for match in re.compile(re.escape(wanted) + r"|\\.|[{}]", re.DOTALL).finditer(text):
        if match.group() == wanted and level == 0:
            return match.start()
        level += {"{": 1, "}": -1}.get(match.group(), 0)
        if level < 0:
            return None
    return None
