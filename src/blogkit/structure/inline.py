"""The words of a block in order, with the formulas, marks and references in them.

What only writes a mark (``**``, an address, a backslash) is left out here, once for all views. A
view turns each token into its own form; ``open`` and ``close`` are in pairs that do not cross.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from blogkit.posts import FormulaSource
from blogkit.regexes import regex
from blogkit.results.records import changed, record
from blogkit.spans import Span
from blogkit.structure.references import REFERENCE, TITLE, role_target
from blogkit.text.marks import find_marks
from blogkit.text.mathspans import find_math
from blogkit.text.tables import moved, table_cells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Literal, TypeAlias

    from blogkit.library.reports import FullPost
    from blogkit.posts import Block, Picture
    from blogkit.structure.references import References, Target
    from blogkit.text.marks import Mark

    TokenKind: TypeAlias = Literal["text", "formula", "reference", "break", "open", "close"]

_DEEPEST = 16
"""Marks within one another that are told; those within these are only their words."""
_LINE_BREAK = regex(r"(?<![ \t])[ \t]*\n[ \t]*")
_NAMED = regex(rf"{REFERENCE.pattern}|{TITLE.pattern}")
_WIDE = regex("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—\ue0f4]")
_END = "\u2028"
_SIGNS = {"formula": "\ue0f4", "break": _END}
"""What stands for tokens of which only the kind matters, where lines are joined."""


@record
class Token:
    """A piece of a block, as it is shown."""

    kind: TokenKind
    """What it is."""
    text: str = ""
    """Words, as they are shown; empty but for ``text`` and ``reference``."""
    name: str = ""
    """What opens or closes: the kind of a mark, or ``highlight``."""
    address: str = ""
    """Of a link, where it leads."""
    formula: FormulaSource | None = None
    """A formula."""
    target: Target | None = None
    """What a reference leads to."""
    picture: Picture | None = None
    """Of ``picture`` that opens, the one that is kept, which stands for the words up to its end."""

    @property
    def is_display(self) -> bool:
        """Whether it is a formula on a line of its own."""
        return self.formula is not None and self.formula.display


def block_tokens(
    post: FullPost, block: Block, references: References, highlights: Sequence[Span] = ()
) -> list[Token]:
    """The tokens of a block of a post; of code, its text alone.

    Args:
        post: the post.
        block: one of its blocks.
        references: what the references of the post lead to.
        highlights: parts of the post's text that open and close as ``highlight``, in order, none
            reaching into the next.
    """
    text = block.span.of(post.text)
    if block.kind == "code":
        return [Token("text", text)]
    start, end = block.span.start, block.span.end
    inside = [
        Span(max(lit.start, start) - start, min(lit.end, end) - start)
        for lit in highlights
        if lit.start < end and start < lit.end
    ]
    return inline_tokens(
        text,
        block.marks,
        _formulas_of(post, block),
        references=references,
        highlights=inside,
        flows=block.flows,
    )


def table_rows(post: FullPost, block: Block, references: References) -> list[list[list[Token]]]:
    """The tokens of a table's cells, row by row; a line below it that only labels it is no row."""
    text = block.span.of(post.text)
    formulas = _formulas_of(post, block)
    code = [mark.span for mark in block.marks if mark.kind == "code"]
    rows = table_cells(text, [span for span, _ in formulas], code)

    def tokens(cell: Span) -> list[Token]:
        inside = [
            (Span(span.start - cell.start, span.end - cell.start), formula)
            for span, formula in formulas
            if cell.start <= span.start and span.end <= cell.end
        ]
        marks = [
            moved(mark, -cell.start)
            for mark in block.marks
            if cell.start <= mark.span.start and mark.span.end <= cell.end
        ]
        return inline_tokens(cell.of(text), marks, inside, references=references, flows=True)

    shown = ([tokens(cell) for cell in row] for row in rows)
    return [row for row in shown if not _is_label(row)]


def _is_label(row: list[list[Token]]) -> bool:
    """Whether a row of one cell shows nothing, though something stands in it."""
    return len(row) == 1 and bool(row[0]) and not any(t.text or t.formula for t in row[0])


def text_tokens(text: str, highlights: Sequence[Span] = (), *, flows: bool = True) -> list[Token]:
    """The tokens of a text without its post: a snippet, a sentence, a card.

    Whether it is Markdown is not known, so that tags of HTML in it are words.

    Args:
        text: the text.
        highlights: parts of it that open and close as ``highlight``, in order.
        flows: whether its line breaks are only those of a file.
    """
    formulas = formulas_of(text)
    marks = find_marks(text, [span for span, _ in formulas], html=False)
    return inline_tokens(text, marks, formulas, highlights=highlights, flows=flows)


def formulas_of(text: str) -> list[tuple[Span, FormulaSource]]:
    """The formulas of a text without its post, numbered from 1, each with its place."""
    return [
        (math.span, FormulaSource(n, None, str(n), math.display, math.body.of(text), 1, math.span))
        for n, math in enumerate(find_math(text)[0], start=1)
    ]


def inline_tokens(
    text: str,
    marks: Sequence[Mark],
    formulas: Sequence[tuple[Span, FormulaSource]],
    *,
    references: References | None = None,
    highlights: Sequence[Span] = (),
    flows: bool = False,
) -> list[Token]:
    """The tokens of a text in order.

    Args:
        text: the text.
        marks: its marks in order, the outer before the inner, none crossing another.
        formulas: its formulas in order, with their places in the text.
        references: what the references of its post lead to.
        highlights: parts of it that open and close as ``highlight``, in order.
        flows: whether its line breaks are only those of its file.
    """
    walk = _Walk(text, formulas, references, highlights)
    tokens = _apart_from_displays(list(walk.tokens(marks)))
    return _joined(tokens) if flows else tokens


def _formulas_of(post: FullPost, block: Block) -> list[tuple[Span, FormulaSource]]:
    start = block.span.start
    first, last = (
        bisect_left(post.formulas, place, key=lambda formula: formula.span.start)
        for place in (start, block.span.end)
    )
    return [
        (Span(formula.span.start - start, formula.span.end - start), formula)
        for formula in post.formulas[first:last]
    ]


class _Walk:
    """One way through a text."""

    def __init__(
        self,
        text: str,
        formulas: Sequence[tuple[Span, FormulaSource]],
        references: References | None,
        highlights: Sequence[Span],
    ) -> None:
        self._text = text
        self._formulas = list(reversed(formulas))
        self._references = references
        self._highlights = list(reversed(highlights))

    def tokens(self, marks: Iterable[Mark]) -> Iterator[Token]:
        """Everything in order."""
        opened: list[Mark] = []
        position = 0
        for mark in marks:
            while opened and opened[-1].span.end <= mark.span.start:
                yield from self._close(opened, position)
                position = opened.pop().span.end
            if mark.span.start < position:
                continue
            yield from self._words(position, mark.span.start - self._is_put_apart(mark))
            if mark.kind in ("role", "character", "break"):
                yield from self._atom(mark)
                position = mark.span.end
            else:
                opened.append(mark)
                yield from self._open(opened)
                position = mark.inside.start
                if mark.kind == "code":
                    yield from self._raw(mark.inside)
                    position = mark.inside.end
        while opened:
            yield from self._close(opened, position)
            position = opened.pop().span.end
        yield from self._words(position, len(self._text))

    def _is_put_apart(self, mark: Mark) -> bool:
        """Whether a space before a role only sets it apart from Chinese, as d2lbook asks."""
        start = mark.span.start
        if mark.kind != "role" or start < 2 or self._text[start - 1] != " ":
            return False
        target = role_target(mark.target, mark.inside.of(self._text), self._references)
        shown = target.text if target else "x"
        is_word = shown[:1].isascii() and shown[:1].isalnum()
        return _WIDE.match(self._text[start - 2]) is not None and not is_word

    def _open(self, opened: Sequence[Mark]) -> Iterator[Token]:
        for token in _end_of("open", opened):
            known = self._references.pictures if self._references else None
            kept = known.at(token.address) if known and token.name == "picture" else None
            yield changed(token, picture=kept) if kept else token

    def _close(self, opened: list[Mark], position: int) -> Iterator[Token]:
        yield from self._words(position, opened[-1].inside.end)
        yield from _end_of("close", opened)

    def _atom(self, mark: Mark) -> Iterator[Token]:
        if mark.kind == "break":
            yield Token("break")
        elif mark.kind == "character":
            yield Token("text", mark.target)
        else:
            argument = mark.inside.of(self._text)
            target = role_target(mark.target, argument, self._references)
            if target:
                yield Token("reference", target.text, target=target)
            else:
                yield Token("open", name="code")
                yield from self._raw(mark.inside)
                yield Token("close", name="code")

    def _words(self, start: int, end: int) -> Iterator[Token]:
        """Words, and the formulas among them."""
        while self._formulas and self._formulas[-1][0].start < end:
            span, formula = self._formulas.pop()
            if span.start < start:
                continue
            yield from self._named(start, span.start)
            lit = any(h.start < span.end and span.start < h.end for h in self._highlights[-1:])
            yield from (Token("open", name="highlight"),) * lit
            yield self._formula(formula)
            yield from (Token("close", name="highlight"),) * lit
            start = span.end
        yield from self._named(start, end)

    def _formula(self, formula: FormulaSource) -> Token:
        """A formula; one that is only a reference is one."""
        match = REFERENCE.fullmatch(formula.latex.strip())
        target = self._by_label(match) if match else None
        if target:
            return Token("reference", target.text, target=target)
        return Token("formula", formula=formula)

    def _by_label(self, match: re.Match[str]) -> Target | None:
        references = self._references
        if references is None:
            return None
        return references.by_label(match["label"], in_brackets=bool(match["eq"]))

    def _named(self, start: int, end: int) -> Iterator[Token]:
        """Words, with references to formulas and titles among them."""
        if self._references is not None:
            for match in _NAMED.finditer(self._text, start, end):
                target = (
                    self._by_label(match)
                    if match["label"] is not None
                    else self._references.by_title(match[3])
                )
                if target:
                    yield from self._raw(Span(start, match.start()))
                    yield Token("reference", target.text, target=target)
                    start = match.end()
        yield from self._raw(Span(start, end))

    def _raw(self, span: Span) -> Iterator[Token]:
        """Words as they stand, with what is highlighted in them."""
        start = span.start
        while self._highlights and self._highlights[-1].start < span.end:
            highlight = self._highlights[-1]
            first, last = max(start, highlight.start), min(span.end, highlight.end)
            if first < last:
                yield from self._plain(start, first)
                yield Token("open", name="highlight")
                yield from self._plain(first, last)
                yield Token("close", name="highlight")
                start = last
            if highlight.end > span.end:
                break
            self._highlights.pop()
        yield from self._plain(start, span.end)

    def _plain(self, start: int, end: int) -> Iterator[Token]:
        if start < end:
            yield Token("text", self._text[start:end])


def _end_of(kind: Literal["open", "close"], opened: Sequence[Mark]) -> Iterator[Token]:
    """The token for an end of the innermost mark, unless it stands too deep."""
    mark = opened[-1]
    if len(opened) <= _DEEPEST and mark.kind != "plain":
        yield Token(kind, name=mark.kind, address=mark.target)


def _apart_from_displays(tokens: list[Token]) -> list[Token]:
    """Tokens without white space around displays, which stand on lines of their own."""
    found: list[Token] = []
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        text = token.text
        if token.kind == "text" and before and before.is_display:
            text = text.lstrip()
        if token.kind == "text" and after and after.is_display:
            text = text.rstrip()
        if text or token.kind != "text":
            found.append(token if text == token.text else Token("text", text))
    return found


def _joined(tokens: list[Token]) -> list[Token]:
    """Tokens with their lines joined: by nothing beside Chinese and formulas, else by a space."""
    shown = [_SIGNS.get(token.kind, "") or token.text for token in tokens]
    whole = "".join(shown)
    gaps = list(_LINE_BREAK.finditer(whole))
    if not gaps:
        return tokens
    gaps.reverse()
    found: list[Token] = []
    end = 0
    for token, piece in zip(tokens, shown, strict=True):
        start, end = end, end + len(piece)
        inside: list[re.Match[str]] = []
        while gaps and gaps[-1].start() < end:
            inside.append(gaps.pop())
        if inside and token.kind == "text":
            token = Token("text", _with_gaps(whole, start, end, inside))
        found.append(token)
    return found


def _with_gaps(whole: str, start: int, end: int, gaps: Iterable[re.Match[str]]) -> str:
    """A part of a text with the gap that its writing wants in place of each line break."""
    pieces: list[str] = []
    for gap in gaps:
        before, after = (
            whole[max(0, gap.start() - 1) : gap.start()],
            whole[gap.end() : gap.end() + 1],
        )
        is_edge = not after or not before or before == _END
        is_tight = is_edge or (_WIDE.match(before) and _WIDE.match(after))
        pieces += (whole[start : gap.start()], "" if is_tight else " ")
        start = min(end, gap.end())
    return "".join([*pieces, whole[start:end]])
