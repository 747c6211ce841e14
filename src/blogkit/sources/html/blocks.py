"""The blocks of an article: its elements read in order, as paragraphs, headings, code, captions.

White space is collapsed as a browser does it; a line break of the file stays one, so that the line
of a formula can be told. What runs or frames (scripts, styles, forms, menus) is left out.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from blogkit.sources.elements import line_of_element, name_set, raw_text
from blogkit.sources.html.code import BREAK, code_span, code_text, language_of
from blogkit.sources.html.formulas import bracketed
from blogkit.sources.html.holders import Holders
from blogkit.sources.html.images import address_of_picture, words_of
from blogkit.sources.html.marking import NOTHING, PRIVATE, Marking
from blogkit.sources.html.tables import cell_of, data_rows, has_headings, table_draft
from blogkit.sources.html.tree import LAST_LINE_TOLD, classes
from blogkit.sources.reading import Draft
from blogkit.text.addresses import is_web_address
from blogkit.text.mathdefinitions import DEFINES
from blogkit.text.mathspans import find_math, split_at_math

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from blogkit.posts import BlockKind
    from blogkit.sources.html.tables import Cell, Row
    from blogkit.text.marks import MarkKind

_DROPPED = name_set(
    """
    script style noscript template svg nav form button iframe frame select textarea input
    object embed canvas audio video map title link meta label dialog
    """
)
_DROPPED_CLASSES = name_set(
    """
    headerlink header-anchor heading-anchor hash-link anchor octicon-link toc post-toc
    table-of-contents article-toc gutter linenos line-numbers-rows lnt hljs-ln-numbers
    post-nav post-navigation nav-links sharedaddy share-box social-share post-share
    jp-relatedposts related-posts post-copyright article-copyright reward-container comments
    comment-list comments-area adsbygoogle breadcrumb breadcrumbs copy-btn hljs-button
    screen-reader-text sr-only MathJax_Message pre-numbering post-footer quarto-title-block
    addtoany_share_save_container mw-editsection edit-link eqno jp-InputPrompt jp-OutputPrompt
    """
)
_BLOCKS = name_set(
    """
    p div section article main header footer aside ul ol li dl dt dd blockquote figure table
    thead tbody tfoot tr td th address details summary center body html fieldset hr caption h1 h2 h3
    h4 h5 h6 pre figcaption
    """
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OPENERS = (("$$", "$$"), (r"\[", r"\]"), (r"\begin{", r"\end{"))
_CLOSERS = tuple((closer, opener) for opener, closer in _OPENERS)
_DISPLAY_PARAGRAPHS = 40
"""Paragraphs over which an editor may have cut a display."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_ANCHOR_SIGNS = re.compile(r"(?<![¶#\s])[¶#\s]+(?=[\U00100000-\U0010ffff]*$)")
_AROUND_BREAK = re.compile(f"[ \n]*{BREAK}[ \n]*")
_MARKS: dict[str, "MarkKind"] = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis",
    "del": "deleted", "s": "deleted", "strike": "deleted", "sup": "super", "sub": "sub",
    "a": "link", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_CODE = ("code", "kbd", "samp", "tt")


@dataclass(slots=True)
class _Buffer:
    """The text of the block at hand."""

    pieces: list[str] = field(default_factory=list)
    formulas: list[int] = field(default_factory=list)
    marks: Marking = field(default_factory=Marking)
    line: int = 0
    break_lines: list[int] = field(default_factory=list)
    pictures: list[Draft] = field(default_factory=list)


class BlockWriter:
    """Reads elements into drafts.

    Args:
        formulas: LaTeX by the element that it stands for, as ``find_formulas`` gives it.
        skipped: elements to leave out.
        first_line: line of the file where the tree's first line stands.
        numbers: numbers for quotations and items, where others of the post are counted too.

    ``anchors`` says after ``read`` in which block, counted from 0, each id stands.
    """

    def __init__(
        self,
        formulas: "Mapping[_Element, str]",
        *,
        skipped: "frozenset[_Element]" = frozenset(),
        first_line: int = 1,
        numbers: "Iterator[int] | None" = None,
    ) -> None:
        self._formulas = formulas
        self._skipped = skipped
        self._offset = first_line - 1
        self._line = first_line
        self._last_told = 0
        self._kinds: list[tuple[BlockKind, int]] = [("paragraph", 0)]
        self._buffer = _Buffer()
        self._holders = Holders(numbers)
        self._drafts: list[Draft] = []
        # Shown by a script where it is hidden (WeChat); whoever asks for it wants to read it.
        self._root: _Element | None = None
        self._links: list[tuple[int, str]] = []
        self.anchors: dict[str, int] = {}

    def read(self, root: "_Element") -> list[Draft]:
        """The blocks below an element, in order."""
        from lxml.etree import iterwalk

        self._root = root
        walker = iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                self._follow(element)
                if self._begin(element):
                    walker.skip_subtree()
                else:
                    self._add_text(element.text or "")
            else:
                self._end(element)
                if element is not root:
                    self._add_text(element.tail or "")
        self._flush()
        return self._drafts

    def links_within(self, blocks: int) -> list[str]:
        """What the links say in the first so many blocks, in order."""
        return [address for block, address in self._links if block < blocks]

    def _follow(self, element: "_Element") -> None:
        """Take the line from an element, where the parser knows it."""
        told = line_of_element(element)
        if self._last_told <= told < LAST_LINE_TOLD:
            self._last_told = told
            self._line = told + self._offset

    def _begin(self, element: "_Element") -> bool:
        """Take an element's start; whether all that it holds is done with."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if element in self._formulas:
            self._add_formula(self._formulas[element])
            return True
        if element in self._skipped or tag in _DROPPED:
            if tag == "input" and not self._buffer.pieces:
                self._holders.make_task(element)
            return True
        if _is_hidden(element) and element is not self._root:
            self._add_definitions(element)
            return True
        if tag not in _BLOCKS:
            self._note_anchor(element)
        if tag == "br":
            self._buffer.break_lines.append(self._line)
            self._add(BREAK)
        elif tag == "img":
            self._add_picture(element)
        elif tag == "pre":
            self._add_code(element)
            return True
        elif tag in _CODE:
            self._open_mark(element)
            self._add(code_span(PRIVATE.sub("", raw_text(element))))
            self._close_mark(element)
            return True
        elif tag in _MARKS:
            self._open_mark(element)
        elif tag == "table" and (rows := data_rows(element, self._formulas, _is_hidden)):
            self._add_table(element, rows)
            return True
        elif tag in _BLOCKS:
            self._flush()
            self._open(element, tag)
            self._note_anchor(element)
        return False

    def _open_mark(self, element: "_Element") -> None:
        kind, address = _MARKS[element.tag], ""
        if kind == "link":
            address = (element.get("href") or "").strip()
            self._links.append((len(self._drafts), address))
            if not is_web_address(address):
                return
        self._buffer.marks.open(element, kind, address)

    def _close_mark(self, element: "_Element") -> None:
        if sign := self._buffer.marks.close(element):
            self._buffer.pieces.append(sign)

    def _note_anchor(self, element: "_Element") -> None:
        """Remember in which block something that links lead to begins."""
        for name in (element.get("id"), element.get("name")):
            if name:
                self.anchors.setdefault(name, len(self._drafts))

    def _open(self, element: "_Element", tag: str) -> None:
        self._holders.open(element)
        if tag in _HEADINGS:
            self._kinds.append(("heading", _HEADINGS[tag]))
        elif tag in ("figcaption", "caption"):
            self._kinds.append(("caption", 0))

    def _end(self, element: "_Element") -> None:
        tag = element.tag
        if element in self._formulas or element in self._skipped:
            return
        if tag in _MARKS and tag not in _CODE:
            self._close_mark(element)
        elif tag in _BLOCKS and tag != "pre" and (element is self._root or not _is_hidden(element)):
            self._flush()
            self._holders.close(element)
            if tag in _HEADINGS or tag in ("figcaption", "caption"):
                self._kinds.pop()

    def _add_text(self, text: str) -> None:
        """Take text, white space collapsed, line breaks counted."""
        shown = PRIVATE.sub("", text)
        lead = len(shown) - len(shown.lstrip(" \t\n\r\f"))
        follows_break = self._buffer.pieces[-1:] == [BREAK]
        if follows_break or not self._buffer.pieces:
            self._line += shown.count("\n", 0, lead)
            shown = shown[lead:]
        if follows_break:
            self._buffer.break_lines[-1] = self._line
        if shown:
            self._add(_SPACE.sub(lambda run: "\n" if "\n" in run.group() else " ", shown))
        self._line += shown.count("\n")

    def _add_formula(self, latex: str) -> None:
        latex = PRIVATE.sub("", latex)
        last = self._buffer.pieces[-1] if self._buffer.pieces else ""
        if latex and last.endswith(("$", "\\")):
            self._add(" ")
        if latex:
            self._add(latex)
            self._buffer.formulas.append(len(self._buffer.pieces) - 1)

    def _add(self, piece: str) -> None:
        if not self._buffer.pieces:
            self._buffer.line = self._line
        opened = self._buffer.marks.opened()
        if opened and piece != BREAK:
            self._buffer.pieces.append(opened)
        self._buffer.pieces.append(piece)

    def _add_definitions(self, element: "_Element") -> None:
        """Macros that a hidden element defines: they hold in the formulas that are shown."""
        text = raw_text(element)
        for formula in find_math(text)[0] if "\\" in text else ():
            if DEFINES.match(text, formula.body.start):
                self._flush()
                line = self._line + text.count("\n", 0, formula.span.start)
                self._append(Draft("paragraph", formula.span.of(text), line))

    def _add_picture(self, image: "_Element") -> None:
        """A picture with its text; one without text stands behind the block that it is in."""
        text, address = words_of(image), address_of_picture(image)
        if text:
            self._flush()
            self._append(Draft("caption", text, self._line, info=address))
        elif address:
            self._buffer.pictures.append(Draft("caption", "", self._line, info=address))

    def _add_code(self, element: "_Element") -> None:
        self._flush()
        raw = "".join(code_text(element))
        shown = raw.replace(BREAK, "\n")
        code = shown.strip("\n").rstrip()
        if code.strip():
            lead = len(shown) - len(shown.lstrip("\n"))
            line = self._line + raw.count("\n", 0, lead)
            self._append(Draft("code", code, line, info=language_of(element)))
        self._line += raw.count("\n")

    def _add_table(self, table: "_Element", rows: "list[Row]") -> None:
        """A table with its caption before it, and pictures without words behind it."""
        self._flush()
        self._note_anchor(table)
        line = self._line
        for caption in table.iterchildren("caption"):
            for draft in self._read_apart(caption):
                self._append(draft)
        read: list[tuple[int, list[Cell]]] = []
        pictures: list[Draft] = []
        for row in rows:
            self._follow(next(cell for cell in row if cell is not None))
            cells = [[] if cell is None else self._read_apart(cell) for cell in row]
            read.append((self._line, [cell_of(cell) for cell in cells]))
            pictures += (each for cell in cells for each in cell if each.info and not each.text)
        self._append(table_draft(line, read, has_head=has_headings(rows[0])))
        for picture in pictures:
            self._append(picture)
        self._line = max(self._line, line + raw_text(table).count("\n"))

    def _read_apart(self, element: "_Element") -> list[Draft]:
        """The blocks of an element by themselves; its anchors and links are this post's."""
        self._follow(element)
        writer = BlockWriter(self._formulas, skipped=self._skipped, first_line=self._offset + 1)
        writer._line = self._line
        drafts = writer.read(element)
        for name in writer.anchors:
            self.anchors.setdefault(name, len(self._drafts))
        self._links += ((len(self._drafts), address) for _, address in writer._links)
        return drafts

    def _flush(self) -> None:
        """End the block at hand."""
        buffer, self._buffer = self._buffer, _Buffer()
        kind, level = self._kinds[-1]
        pieces = _paragraphs("".join(_set_apart(buffer)), buffer)
        if kind != "paragraph" and pieces:
            flat = " ".join(" ".join(piece for piece, _ in pieces).split())
            pieces = [(_ANCHOR_SIGNS.sub("", flat), buffer.line)]
        for (text, marks), (_, line) in zip(
            buffer.marks.read([piece for piece, _ in pieces]), pieces, strict=True
        ):
            if text:
                self._append(Draft(kind, text, line, level, marks=marks, flows=True))
        for picture in buffer.pictures:
            self._append(picture)

    def _append(self, draft: Draft) -> None:
        """Keep a draft; a figure's text that is said twice is kept once."""
        draft = replace(draft, holders=self._holders.now())
        if draft.kind == "paragraph":
            draft = self._with_display(draft)
        last = self._drafts[-1] if self._drafts else None
        joined = _as_one_caption(last, draft) if last and last.kind == "caption" else None
        if joined:
            self._drafts[-1] = joined
        else:
            self._drafts.append(draft)

    def _with_display(self, draft: Draft) -> Draft:
        """A paragraph, with those before it that hold the beginning of a display that it ends."""
        if not _ends_open(draft.text, _CLOSERS):
            return draft
        least = max(0, len(self._drafts) - _DISPLAY_PARAGRAPHS)
        for first in range(len(self._drafts) - 1, least - 1, -1):
            before = self._drafts[first]
            if before.kind != "paragraph":
                break
            if _ends_open(before.text, _OPENERS):
                text = "\n".join(one.text for one in (*self._drafts[first:], draft))
                if _holds_across(text, len(before.text), len(text) - len(draft.text)):
                    del self._drafts[first:]
                    return replace(before, text=text, marks=())
                break
        return draft


def _as_one_caption(caption: Draft, draft: Draft) -> Draft | None:
    """A caption and what follows it as one, if that says the same, or says what it lacks."""
    if caption.info and not caption.text and draft.kind == "caption" and not draft.info:
        return replace(draft, info=caption.info)
    is_other = draft.kind == "caption" and draft.info not in ("", caption.info)
    if caption.text != draft.text or not draft.text or (caption.info and is_other):
        return None
    return replace(caption, info=caption.info or draft.info)


def _ends_open(text: str, marks: tuple[tuple[str, str], ...]) -> bool:
    """Whether a text has a delimiter of a display without its partner."""
    return any(
        text.count(mark) % 2 if mark == other else text.count(mark) > text.count(other)
        for mark, other in marks
    )


def _holds_across(text: str, first_end: int, last_start: int) -> bool:
    """Whether one formula of a text reaches from its first paragraph into its last."""
    return any(
        formula.span.start < first_end and formula.span.end > last_start
        for formula in find_math(text)[0]
    )


def _set_apart(buffer: _Buffer) -> list[str]:
    """The pieces of a block; formulas in brackets where a dollar of the text would take theirs."""
    formulas = set(buffer.formulas)
    has_dollar = any("$" in p for at, p in enumerate(buffer.pieces) if at not in formulas)
    if not formulas or not has_dollar:
        return buffer.pieces
    ends = list(accumulate(map(len, buffer.pieces)))
    wanted = {(ends[at] - len(buffer.pieces[at]), ends[at]) for at in formulas}
    found = find_math("".join(buffer.pieces))[0]
    if wanted <= {(formula.span.start, formula.span.end) for formula in found}:
        return buffer.pieces
    return [bracketed(p) if at in formulas else p for at, p in enumerate(buffer.pieces)]


def _is_hidden(element: "_Element") -> bool:
    if element.get("hidden") is not None or classes(element) & _DROPPED_CLASSES:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _paragraphs(text: str, buffer: _Buffer) -> list[tuple[str, int]]:
    """A block cut at its ``<br>``, except inside of formulas, with the line of each piece.

    Emphasis inside of a formula is what Markdown made of two underscores; they are put back.
    """
    if not PRIVATE.search(text):
        return [(shown, buffer.line)] if (shown := _trim(text)) else []
    text = buffer.marks.pulled_in(text)
    plain = _AROUND_BREAK.sub(lambda match: BREAK * match.group().count(BREAK), text)
    as_source = buffer.marks.as_source(plain).replace(BREAK, "\n")
    pieces: list[tuple[list[str], int]] = [([], buffer.line)]
    breaks = iter(buffer.break_lines)
    for span, is_math in split_at_math(as_source):
        if is_math:
            pieces[-1][0].append(span.of(as_source).replace(NOTHING, ""))
            for _ in range(span.of(plain).count(BREAK)):
                next(breaks, buffer.line)
            continue
        first, *others = span.of(plain).split(BREAK)
        pieces[-1][0].append(first)
        pieces += [([other], next(breaks, buffer.line)) for other in others]
    return [(shown, at) for piece, at in pieces if (shown := _trim("".join(piece)))]


def _trim(text: str) -> str:
    """Text without white space around its lines."""
    return "\n".join(line.strip(" \t") for line in text.split("\n")).strip()
