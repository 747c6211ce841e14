"""What every reader gives, and the pieces that several readers share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.posts import Block
from blogkit.spans import Span
from blogkit.text.mathspans import MOST_LINES_AHEAD, find_math, held_lines

if TYPE_CHECKING:
    from blogkit.posts import BlockKind, Holder
    from blogkit.text.marks import Mark

LONGEST_TITLE_CHARS = 80
LONGEST_HEADING_CHARS = 40
_TITLE_FROM_TEXT_CHARS = 40
_SENTENCE_END = re.compile(r"[。!?！？;；]|\n|\.\s")
_NOT_A_HEADING = re.compile(
    r"[。,，;；:：!！?？、.…~～]$|https?://|^\s*(?:[-—*>]{2,}|\d+[、.)）])|\$\$|\\begin"
)
_WORD_END = re.compile(r"[\s,，、;；:：。!?！？]")
_LEAST_TITLE_CHARS = 4
_NOT_A_TITLE = re.compile(r"[。;；:：,，、]$|\.\.\.$|…$|https?://|\\begin|\$\$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before its place in the post's text is known."""

    kind: BlockKind
    """What it is."""
    text: str
    """Its text; each line break is one of the file's."""
    line: int
    """Line of the file where it begins, from 1."""
    level: int = 0
    """Depth of a heading."""
    holders: tuple[Holder, ...] = ()
    """The quotations and items that it stands in; see ``Block``."""
    info: str = ""
    """Language of code, address of a picture."""
    marks: tuple[Mark, ...] = ()
    """Its marks, in its text; those that reach beyond it are left out."""
    flows: bool = False
    """Whether its line breaks are only the file's."""

    @property
    def last_line(self) -> int:
        """Line of the file where it ends; of a table of a page, where its last row begins."""
        if self.kind == "table" and self.info:
            return int(self.info.split()[-1])
        return self.line + self.text.count("\n")


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """Something in a source that a user may want to mend; the rest of it was read."""

    path: str | None
    """The file, as the user named it."""
    line: int | None
    """Its line, from 1; None where the whole file is meant."""
    code: str
    """Stable, hyphenated name of the fault."""
    message: str
    """What was expected, what was found, what to do."""

    def to_dict(self) -> dict[str, object]:
        """The problem as JSON has it."""
        return {"path": self.path, "line": self.line, "code": self.code, "message": self.message}


def assemble(drafts: Iterable[Draft]) -> tuple[str, tuple[Block, ...]]:
    """The post's text, blocks separated by blank lines, and the blocks with their places."""
    texts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for draft in drafts:
        # A picture without words adds none to the text.
        start = position if draft.text or not texts else position - 2
        span = Span(start, start + len(draft.text))
        marks = tuple(mark for mark in draft.marks if mark.span.end <= len(draft.text))
        blocks.append(
            Block(
                draft.kind, span, draft.line, draft.level,
                draft.holders, draft.info, marks, draft.flows,
            )
        )  # fmt: skip
        if draft.text:
            texts.append(draft.text)
            position = span.end + 2
    return "\n\n".join(texts), tuple(blocks)


def paragraphs(lines: list[str], first_line: int) -> list[Draft]:
    """Runs of lines that are not blank, each a paragraph.

    Args:
        lines: the lines, without line breaks.
        first_line: number of the first of them in the file.
    """
    drafts: list[Draft] = []
    start = 0
    while start < len(lines):
        if not lines[start].strip():
            start += 1
            continue
        end = _paragraph_end(lines, start)
        text = "\n".join(line.rstrip() for line in lines[start:end])
        drafts.append(Draft("paragraph", text, first_line + start))
        start = end
    return drafts


def _paragraph_end(lines: list[str], start: int) -> int:
    """Where the next blank line stands that is not within a display."""
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    return start + held_lines(lines[start : end + MOST_LINES_AHEAD], end - start)[1]


def mark_captions(drafts: list[Draft]) -> list[Draft]:
    """Paragraphs that stand twice in a row, made one caption each.

    A dump holds a figure as its alternative text and its caption, which are the same.
    """
    marked: list[Draft] = []
    for draft in drafts:
        if marked and draft.kind == "paragraph" and marked[-1].text == draft.text:
            first = marked.pop()
            draft = Draft("caption", first.text, first.line)
        marked.append(draft)
    return marked


def mark_headings(drafts: list[Draft]) -> list[Draft]:
    """Short paragraphs without end punctuation that a paragraph follows, made headings.

    Of two such lines in a row only the second is one: the first is what is left of a figure.
    """
    marked = list(drafts)
    for index in range(len(drafts) - 2, -1, -1):
        draft = drafts[index]
        followed = marked[index + 1].kind != "heading"
        if followed and draft.kind == "paragraph" and _reads_as_heading(draft.text):
            marked[index] = Draft("heading", draft.text.strip(), draft.line, 2)
    return marked


def _reads_as_heading(text: str) -> bool:
    return (
        len(text) <= LONGEST_HEADING_CHARS
        and "\n" not in text
        and not _NOT_A_HEADING.search(text)
        and any(char.isalnum() for char in text)
    )


def reads_as_title(draft: Draft) -> bool:
    """Whether a first paragraph is a title: one short line that does not end as prose does."""
    text = draft.text
    return (
        draft.kind == "paragraph"
        and len(text) <= LONGEST_TITLE_CHARS
        and "\n" not in text
        and not _NOT_A_TITLE.search(text)
    )


def title_from_text(drafts: Iterable[Draft]) -> str:
    """The start of the first sentence, for a post without a title; never half a formula.

    >>> title_from_text([Draft("paragraph", "本文介绍积分梯度。它很新颖。", 1)])
    '本文介绍积分梯度'
    """
    prose = [draft for draft in drafts if draft.kind in ("paragraph", "heading")]
    text = (prose or list(drafts) or [Draft("paragraph", "", 1)])[0].text.strip()
    formulas = [formula.span for formula in find_math(text)[0]]
    for match in _SENTENCE_END.finditer(text, 1):
        if not any(span.start <= match.start() < span.end for span in formulas):
            text = text[: match.start()]
            break
    if len(text) <= _TITLE_FROM_TEXT_CHARS:
        return text
    cut = _TITLE_FROM_TEXT_CHARS
    for span in formulas:
        if span.start < cut < span.end:
            cut = span.start or span.end
    return text[:cut].rstrip() + "…"


LONGEST_TITLE_COLUMNS = 120
"""How much of a title fits on a line; a Chinese character is two columns."""


def short_title(title: str) -> str:
    """A title that fits on a line: its first sentence, else as many words as fit, and dots.

    Never half a formula.

    >>> short_title("梯度为什么要裁剪?" + "因为它会爆炸," * 20)
    '梯度为什么要裁剪?'
    >>> short_title("a title of words " * 10)[-14:]
    'itle of words…'
    """
    fits = _fitting(title)
    if fits == len(title):
        return title
    formulas = [formula.span for formula in find_math(title)[0]]

    def is_free(place: int) -> bool:
        return not any(span.start < place < span.end for span in formulas)

    sentences = [m.end() for m in _SENTENCE_END.finditer(title, 1, fits) if is_free(m.end())]
    if sentences and sentences[0] > _LEAST_TITLE_CHARS:
        return title[: sentences[0]].rstrip(" ;；")
    ends = [m.start() for m in _WORD_END.finditer(title, 1, fits) if is_free(m.start())]
    cut = next((end for end in reversed(ends) if end * 2 > fits), fits)
    while cut > 1 and not is_free(cut):
        cut -= 1
    return title[:cut].rstrip() + "…"


def _fitting(title: str) -> int:
    """How many characters fit on a line."""
    columns = 0
    for index, char in enumerate(title):
        columns += 1 + (char >= "\u1100")
        if columns > LONGEST_TITLE_COLUMNS:
            return index
    return len(title)


_CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain_title(title: str) -> str:
    """A title on one line, without terminal escapes, bidirectional overrides and lone surrogates.

    >>> plain_title("梯度\\x1b[31m\\u202e 裁剪\\n")
    '梯度[31m 裁剪'
    """
    return " ".join(_CONTROL.sub("", " ".join(title.split())).split())
