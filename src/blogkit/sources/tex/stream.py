"""TeX's text as it is read: the file, and before it what macros put in its way."""

import re

BREAK_MARK = "\ue0f5"
"""Stands for a line break of the file that the text does not have: in a formula, which is hidden
while the text around it is read, behind a line of comment, or within what a macro took."""
_GROUP = re.compile(r"\\.|[{}]", re.DOTALL)
_OPTION = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_SPACE = re.compile(r"[ \t\ue0f5]*\n?[ \t\ue0f5]*")
_BEFORE = {mark: re.compile(rf"[ \t\ue0f5]*\n?[ \t\ue0f5]*(?={re.escape(mark)})") for mark in "{["}
_UNIT = re.compile(r"\\(?:[A-Za-z@]+|.)|[^{}\\]", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*(\n?)[ \t]*")
_FAILURES_BORNE = 50


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


class Stream:
    """A file's text, read from its start.

    What a macro becomes is pushed before the rest of it and read again, as TeX does, so that a
    macro finds its arguments behind the place where it stands, wherever it came from.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.pushed = ""
        """What macros made and has not been read."""
        self.breaks_taken = 0
        """Line breaks of what was taken as arguments since the start."""
        self._failures = 0

    @property
    def place(self) -> int:
        """Offset in the file of what is read next, once nothing is pushed."""
        return self._at

    def go_to(self, place: int) -> None:
        """Read on from there, without what was pushed."""
        self._at, self.pushed = place, ""

    def push(self, text: str) -> None:
        """Let text be read before everything else."""
        self.pushed = text + self.pushed

    def search(self, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
        """What stands before the next match, and the match; both are taken."""
        text, start = (self.pushed, 0) if self.pushed else (self._text, self._at)
        match = pattern.search(text, start)
        self._advance(match.end() if match else len(text))
        return text[start : match.start() if match else len(text)], match

    @property
    def is_done(self) -> bool:
        """Whether all was read."""
        return not self.pushed and self._at >= len(self._text)

    @property
    def following(self) -> str:
        """The next character; empty at the end."""
        return self.pushed[:1] or self._text[self._at : self._at + 1]

    @property
    def before(self) -> str:
        """The last characters of the file that were read."""
        return self._text[max(0, self._at - 4) : self._at]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What matches at the place at hand, which is taken."""
        match = pattern.match(self.pushed) if self.pushed else pattern.match(self._text, self._at)
        if match:
            self.breaks_taken += breaks(match.group())
            self._advance(match.end())
        return match

    def skip_space(self) -> None:
        """Pass over white space, as TeX does before an argument: at most one line break."""
        while not self.is_done:
            taken = self.take(_SPACE)
            if self.pushed or not (taken and taken.group()):
                return

    def group(self) -> str | None:
        """The inside of the group that begins here, without comments; None where none does."""
        inside = self.raw_group()
        return None if inside is None else without_comments(inside)

    def raw_group(self) -> str | None:
        """The inside of the group that begins here, as it is written; None where none does."""
        return self._bracketed("{", _GROUP, "}")

    def option(self) -> str | None:
        """The inside of the brackets that begin here; None where none do."""
        inside = self._bracketed("[", _OPTION, "]")
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
        whole = self.pushed + self._text[self._at : self._at + limit]
        place = _outside_groups(whole, text)
        if place is None:
            return None
        self.breaks_taken += breaks(whole[: place + len(text)])
        end = place + len(text)
        self._advance(end if self.pushed else self._at + end)
        return whole[:place]

    def _bracketed(self, opening: str, marks: re.Pattern[str], closing: str) -> str | None:
        if not self.pushed.strip(" \t"):
            self.pushed = ""
        if self._failures > _FAILURES_BORNE or self.take(_BEFORE[opening]) is None:
            return None
        text, start = (self.pushed, 0) if self.pushed else (self._text, self._at)
        end = _closed(text, start, marks, closing)
        if end is None:
            self._failures += 1
            return None
        inside = text[start + 1 : end]
        self.breaks_taken += breaks(inside)
        self._advance(end + 1)
        return inside

    def _advance(self, end: int) -> None:
        """Go to an offset of what is pushed or, where nothing is, of the file."""
        if not self.pushed:
            self._at = end
        elif end <= len(self.pushed):
            self.pushed = self.pushed[end:]
        else:
            self._at += end - len(self.pushed)
            self.pushed = ""


def _closed(text: str, start: int, marks: re.Pattern[str], closing: str) -> int | None:
    """Offset of what closes the bracket at start; brackets within braces are no matter."""
    braces = 0
    for match in marks.finditer(text, start + (closing == "]")):
        mark = match.group()
        braces += {"{": 1, "}": -1}.get(mark, 0)
        if braces < 0:
            return None
        if mark == closing and braces == 0:
            return match.start()
    return None


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
