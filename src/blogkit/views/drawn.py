"""Text of posts with its formulas drawn: displays on lines of their own, the others in line."""

from __future__ import annotations

from blogkit.library.formulas import Formula
from blogkit.results.records import record
from blogkit.search.hits import Snippet
from blogkit.spans import Span, display_width
from blogkit.structure.inline import Token, block_tokens, table_rows, text_tokens
from blogkit.structure.nesting import placed
from blogkit.structure.references import References, has_tag
from blogkit.text.tables import has_head
from blogkit.views.clean import clean, one_line
from blogkit.views.speech import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogkit.library.reports import FullPost
    from blogkit.posts import Block, Holder, Picture

_INDENT = "    "
_TOGETHER_COLUMNS = 24
_BAR = "│ "
_LEAST_COLUMNS = 20


@record
class DrawnLine:
    """A piece of a block, as it is shown."""

    text: str
    """The text, cleaned; of a display or a table, several lines."""
    is_display: bool
    """Whether it is a display or a table, which must not be wrapped."""
    styles: tuple[tuple[int, int, str], ...] = ()
    """Where marks begin and end in it, and their kinds."""


@record
class DrawnBlock:
    """A block, as it is shown."""

    block: Block
    """The block."""
    pieces: tuple[DrawnLine, ...]
    """Its pieces in order; none where it shows nothing."""
    first: str
    """What stands before its first line: bullets and bars of the lists and quotations around it."""
    rest: str
    """What stands before its other lines, as wide."""
    between: str
    """What stands in the blank line before it."""
    is_tight: bool
    """Whether no blank line belongs before it."""
    picture: Picture | None = None
    """Of a caption, its picture, if that is kept."""

    def lines(self) -> Iterator[str]:
        """Its lines, with what stands before them."""
        margin = self.first
        for piece in self.pieces:
            for line in piece.text.split("\n"):
                yield (margin + line).rstrip()
                margin = self.rest


def drawn_blocks(post: FullPost, *, width: int | None, space: str = " ") -> Iterator[DrawnBlock]:
    """The blocks of a post in order, those that show something, their formulas drawn.

    Args:
        post: the post.
        width: columns that displays stay within, where they can be broken.
        space: what stands for a space in a short formula in line, such as one that does not break.
    """
    references = References(post)
    for place, each in enumerate(placed(post.blocks)):
        block = each.block
        between = "".join(map(_margin, block.holders[: each.shared], each.ordinals))
        first = between + "".join(map(_bullet, each.begun, each.ordinals[each.shared :]))
        rest = "".join(map(_margin, block.holders, each.ordinals))
        room = None if width is None else max(_LEAST_COLUMNS, width - display_width(rest))
        figure = references.figures.get(place, "")
        picture = references.pictures.of(block)
        if block.kind == "table":
            pieces = [*_words(figure, ()), *_table(post, block, references, room)]
        else:
            tokens = _captioned(block_tokens(post, block, references), block, picture)
            tokens = [Token("text", f"{figure} "), *tokens] if figure else tokens
            pieces = _pieces(tokens, room, space, references)
        if pieces:
            yield DrawnBlock(
                block, tuple(pieces), first, rest, between.rstrip(), each.is_tight, picture
            )


def _bullet(holder: Holder, ordinal: int | None) -> str:
    """What shows where a holder begins."""
    if not holder.is_item:
        return _BAR if holder.is_quote else _INDENT
    if holder.is_done is not None:
        return "☑ " if holder.is_done else "☐ "
    return "• " if ordinal is None else f"{ordinal}{holder.marker.lstrip('0123456789')} "


def _margin(holder: Holder, ordinal: int | None) -> str:
    """What stands before the other lines of a holder."""
    return _BAR if holder.is_quote else " " * display_width(_bullet(holder, ordinal))


def _pieces(
    tokens: Iterable[Token], room: int | None, space: str, references: References | None
) -> list[DrawnLine]:
    """Tokens as lines: a display by itself, and what stands between."""
    pieces: list[DrawnLine] = []
    line = _Line()
    for token in tokens:
        if token.formula is None:
            line.add(token)
            continue
        formula = token.formula
        drawing = Formula(formula.whole, formula.display)
        if not formula.display:
            line.put(_in_line(drawing, space))
            continue
        pieces += line.drawn()
        number = references.numbers.get(formula.number) if references else None
        label = f"  ({number})" if number and not has_tag(formula) else ""
        inside = None if room is None else room - len(_INDENT) - len(label)
        pieces.append(DrawnLine(_indented(drawing.to_text(width=inside), label), True))
    return [*pieces, *line.drawn()]


def _around(mark: str) -> tuple[str, str]:
    """What a terminal shows before and behind the words of a mark."""
    if mark == "picture":
        before, _, behind = say("[picture: {words}]", words="\0").partition("\0")
        return before, behind
    return ("`", "`") if mark == "code" else ("", "")


def _captioned(tokens: list[Token], block: Block, picture: Picture | None) -> list[Token]:
    """The tokens of a caption, as a picture if there is one; those of other blocks as they are."""
    if block.kind != "caption" or not (block.info or picture):
        return tokens
    if not tokens:
        return [Token("text", say("[picture]"))] if picture else []
    return [Token("open", name="picture"), *tokens, Token("close", name="picture")]


class _Line:
    """Words with marks, put together."""

    def __init__(self) -> None:
        self._text = ""
        self._styles: list[tuple[int, int, str]] = []
        self._opened: list[tuple[int, str]] = []

    def put(self, text: str) -> None:
        """Add words."""
        self._text += text

    def add(self, token: Token) -> None:
        """Add what is no formula."""
        if token.kind == "open":
            self._opened.append((len(self._text), token.name))
            self.put(_around(token.name)[0])
        elif token.kind == "close":
            start, name = self._opened.pop()
            before, behind = _around(name)
            if name == "picture" and self._text[start:] == before:
                self._text = self._text[:start]
                behind = say("[picture]")
            self.put(behind)
            self._styles.append((start, len(self._text), name))
        else:
            self.put("\n" if token.kind == "break" else clean(token.text))

    def drawn(self) -> list[DrawnLine]:
        """What was put together, if it shows anything; marks that are open go on."""
        text, end = self._text, len(self._text)
        styles = [*self._styles, *((start, end, name) for start, name in self._opened)]
        self._text, self._styles = "", []
        self._opened = [(0, name) for _, name in self._opened]
        return _words(text, styles)


def _words(text: str, styles: Iterable[tuple[int, int, str]]) -> list[DrawnLine]:
    stripped = text.strip("\n")
    if not stripped.strip():
        return []
    cut = text.index(stripped)
    moved = ((start - cut, end - cut, name) for start, end, name in styles)
    return [DrawnLine(stripped, False, tuple(sorted(moved)))]


def _table(
    post: FullPost, block: Block, references: References, room: int | None
) -> list[DrawnLine]:
    """A table with its columns one below the other; one that is too wide, its cells in lines."""
    text = block.span.of(post.text)
    rows = [[_cell(cell) for cell in row] for row in table_rows(post, block, references)]
    count = max(map(len, rows))
    rows = [row + [""] * (count - len(row)) for row in rows]
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    if room is not None and sum(widths) + 3 * (count - 1) > room:
        return [DrawnLine("\n".join(" │ ".join(row) for row in rows), False)]
    lines = [" │ ".join(map(_padded, row, widths)).rstrip() for row in rows]
    if has_head(text):
        lines.insert(1, "─┼─".join("─" * columns for columns in widths))
    return [DrawnLine("\n".join(lines), True)]


def _cell(tokens: Iterable[Token]) -> str:
    line = _Line()
    for token in tokens:
        if token.formula is not None:
            line.put(Formula(token.formula.whole).to_inline_text())
        else:
            line.add(token)
    return " ".join(" ".join(piece.text for piece in line.drawn()).split())


def _padded(cell: str, columns: int) -> str:
    return cell + " " * (columns - display_width(cell))


def drawn_in_line(text: str) -> str:
    """Text on one line, without what only writes marks, and every formula in it drawn in line."""
    return one_line(
        "".join(
            t.text if t.formula is None else Formula(t.formula.latex).to_inline_text()
            for t in text_tokens(text)
        )
    )


def drawn_snippet(snippet: Snippet, *, space: str = " ") -> Snippet:
    """A snippet without what only writes marks, its formulas drawn in line, its spans moved."""
    line = _Line()
    for token in text_tokens(snippet.text, snippet.spans):
        if token.formula is None:
            line.add(token)
        else:
            line.put(_in_line(Formula(token.formula.latex), space))
    drawn = line.drawn()
    if not drawn:
        return Snippet("", ())
    spans = [Span(start, end) for start, end, name in drawn[0].styles if name == "highlight"]
    return Snippet(drawn[0].text, tuple(spans))


def _in_line(formula: Formula, space: str) -> str:
    drawing = formula.to_inline_text()
    is_short = display_width(drawing) <= _TOGETHER_COLUMNS
    return drawing.replace(" ", space) if is_short else drawing


def drawn_text(text: str, *, width: int | None, space: str = " ") -> list[DrawnLine]:
    """The pieces of any text in order, its formulas drawn; displays bear no number.

    Args:
        text: words with formulas in them.
        width: columns that a display stays within, where it can be broken.
        space: what stands for a space in a short formula in line, such as one that does not break.
    """
    return _pieces(text_tokens(text, flows=False), width, space, None)


def _indented(drawing: str, label: str) -> str:
    """A drawing set in, with its label behind its middle line."""
    lines = clean(drawing).split("\n")
    middle = (len(lines) - 1) // 2
    lines[middle] += clean(label)
    return "\n".join(_INDENT + line for line in lines)
