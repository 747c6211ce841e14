"""A range of a post's lines, as an assistant reads it: bounded, and with where to go on.

Lines are those of the post's file, the same that search hits and formulas name.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from blogkit.errors import QueryError
from blogkit.mcp.quotation import plain
from blogkit.pictures import picture_references
from blogkit.posts import Post, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogkit.library.reports import FullPost

MAX_PASSAGE_CHARS = 20_000
"""About how much text one passage has; its first line is given in any case."""

MAX_LINES = 1_000
"""How many lines one passage has at most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a post."""

    number: int
    """Its number in the post's file, from 1."""
    text: str
    """The line, without its line break."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a post, with what an assistant needs to go on from them."""

    post: FullPost
    """The post."""
    lines: tuple[Line, ...]
    """The lines in order; blank ones are left out."""
    first_line: int
    """First line of the whole post."""
    last_line: int
    """Last line of the whole post."""
    next_line: int | None
    """First line that was asked for and is not here because there would be too much."""

    def to_dict(self) -> dict[str, object]:
        """What is known of the post, and what begins in these lines; their text is ``text``."""
        post, inside = self.post, {line.number for line in self.lines}
        return {
            "schema": 1,
            "id": post.id,
            "title": post.title,
            "date": post.date.to_dict(),
            "tags": list(post.tags),
            "categories": list(post.categories),
            "address": post.address,
            "chars": post.chars,
            "truncated": post.truncated,
            "first_line": self.first_line,
            "last_line": self.last_line,
            "next_line": self.next_line,
            "definitions": self.definitions,
            "sections": [
                {"heading": section.heading, "level": section.level, "line": section.line}
                for section in sections(post.text, post.blocks)
                if section.line in inside and section.heading
            ],
            "formulas": [
                {"id": f"{post.id}#{formula.name}", "line": formula.line}
                for formula in post.formulas
                if formula.line in inside and (formula.display or formula.label)
            ],
            "pictures": [
                {"line": reference.line, "caption": plain(reference.words)}
                for reference in picture_references(post.text, post.blocks)
                if reference.address and self._holds(reference.line)
            ],
            "references": [one.to_dict() for one in post.references if one.post_id],
            "referenced_by": [citing.to_dict() for citing in post.referenced_by],
        }

    def _holds(self, line: int) -> bool:
        """Whether a line, which may be without words, stands in the passage."""
        return bool(self.lines) and self.lines[0].number <= line <= self.lines[-1].number

    @property
    def definitions(self) -> str:
        """Macros that hold where the lines begin, and that some formula of them may need; LaTeX."""
        begin = self.lines[0].number if self.lines else self.first_line
        held = (formula.definitions for formula in self.post.formulas if formula.line >= begin)
        return plain(next(held, ""))

    @property
    def text(self) -> str:
        """The lines, made plain; a number and a tab are before each that is not the next one."""
        last, told = 0, []
        for line in self.lines:
            shown = plain(line.text)
            told.append(shown if line.number == last + 1 else f"{line.number}\t{shown}")
            last = line.number
        return "\n".join(told)


def passage(post: FullPost, start: int, end: int) -> Passage:
    """The lines of a post from one to another, both included.

    Args:
        post: the post.
        start: first line wanted, from 1; may be before the post's first.
        end: last line wanted; may be past the post's last.

    Raises:
        QueryError: if no line of the post is in the range.
    """
    lines = list(post_lines(post))
    first, last = (lines[0].number, lines[-1].number) if lines else (1, 1)
    wanted = [line for line in lines if start <= line.number <= end]
    if lines and not wanted:
        raise QueryError(f"expected lines within {first} to {last}, found {start} to {end}")
    shown = tuple(_bounded(wanted))
    rest = wanted[len(shown) :]
    return Passage(post, shown, first, last, rest[0].number if rest else None)


def post_lines(post: Post) -> Iterator[Line]:
    """The lines of a post's text that are not blank, with their numbers in its file."""
    if not post.blocks:
        yield from _numbered(post.text, 1)
    for block in post.blocks:
        yield from _numbered(block.span.of(post.text), block.line)


def _numbered(text: str, first: int) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), start=first):
        if line.strip():
            yield Line(number, line)


def _bounded(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines up to about MAX_PASSAGE_CHARS, at least one, and at most MAX_LINES."""
    chars = 0
    for line in islice(lines, MAX_LINES):
        chars += len(line.text)
        if chars > MAX_PASSAGE_CHARS and chars > len(line.text):
            return
        yield line
