"""Posts: what the readers give, the library keeps and a search finds.

Everything here is frozen; offsets count code points of the post's text, lines are lines of the
file. This module imports only ``spans``, ``dates`` and ``records``.
"""

from __future__ import annotations

from blogkit.results.records import record
from blogkit.results.shown import AsJson, Shown, ShownFormula
from blogkit.spans import Span, line_at, row_starts
from blogkit.text.dates import UNDATED, PostDate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal, TypeAlias

    TitleOrigin: TypeAlias = Literal["heading", "duplicate", "text"]
    from blogkit.text.marks import Mark

    BlockKind: TypeAlias = Literal["heading", "paragraph", "caption", "code", "table"]
    PictureType: TypeAlias = Literal["png", "jpeg", "gif", "webp", "svg"]


@record
class Holder:
    """A quotation, an item of a list, or what is indented below a footnote: it holds blocks."""

    marker: str
    """How Markdown begins it: ``>``, ``-``, ``*``, ``+``, ``3.``, ``3)``; ``- [ ]`` and ``- [x]``
    begin tasks; empty for what is only indented."""
    number: int
    """Its place among the holders of the post, from 1."""

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation."""
        return self.marker == ">"

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list; what is neither is only indented."""
        return self.marker not in ("", ">")

    @property
    def is_done(self) -> bool | None:
        """Whether its task is done; None where it is none."""
        if not self.marker.endswith("]"):
            return None
        return not self.marker.endswith("[ ]")

    @property
    def start(self) -> int | None:
        """The number that an item of an ordered list bears; None for others."""
        digits = self.bullet.rstrip(".)")
        return int(digits) if digits.isdigit() else None

    @property
    def bullet(self) -> str:
        """The marker without the box of a task."""
        return self.marker.split(" ")[0]

    def as_task(self, *, is_done: bool) -> Holder:
        """The same item with the box of a task.

        >>> Holder("-", 1).as_task(is_done=True).marker
        '- [x]'
        """
        return Holder(f"{self.marker} [{'x' if is_done else ' '}]", self.number)


@record
class Block:
    """A paragraph, heading, caption, table or piece of code, with its place in text and file."""

    kind: BlockKind
    """What it is; formulas are looked for in all but code."""
    span: Span
    """Where it stands in the post's text; empty of a picture without words, behind the block before
    it."""
    line: int
    """Line of the file where it begins, from 1."""
    level: int = 0
    """Depth of a heading, from 1; 0 for everything else."""
    holders: tuple[Holder, ...] = ()
    """The quotations and items that it stands in, the outermost first."""
    info: str = ""
    """Of code, its language as the source says it; of a caption, the address of its picture; of a
    table of a page, the lines of the file where its rows begin, with spaces between."""
    marks: tuple[Mark, ...] = ()
    """What in it is emphasised, linked and so on, in order, the outer before the inner."""
    flows: bool = False
    """Whether a line break of its text is only one of the file, and no line ends there."""

    def row_starts(self, text: str) -> list[tuple[int, int]]:
        """Where the rows of a table of a page begin in the post's text, and their lines.

        Empty for others, whose lines are those of the file.
        """
        return list(row_starts(text, self.span.start, self.info)) if self.kind == "table" else []


@record
class Section(Shown):
    """A heading and what follows it, up to the next heading: the unit of the index."""

    _shown = ("heading", "text")
    _json = (
        "heading",
        "level",
        "line",
        "text",
        "span",
    )

    heading: str | None
    """The heading's text; None before the first one."""
    level: int
    """Depth of the heading; 0 before the first one."""
    line: int
    """Line of the file where the section begins, from 1."""
    span: Span
    """The section's text, without its heading, in the post's text."""
    text: str
    """That text."""
    blocks: tuple[Block, ...] = ()
    """Its blocks in order, without its heading."""


@record
class Occurrence(AsJson):
    """One place where a copy of a post was found."""

    path: str | None
    """The file; None for a post that a program gave."""
    line: int
    """First line of the copy, from 1."""
    end_line: int
    """Last line of the copy."""
    truncated: bool = False
    """Whether the copy stops where its source had a "read more" link."""
    kept: bool = True
    """Whether the post's text is this copy's."""


@record
class Picture(AsJson):
    """A picture of a post, kept in the library."""

    _json = ("address", "caption", "line", "digest", "type", "width", "height", "bytes")

    address: str
    """As the post refers to it; empty where it only has a caption, and another copy the picture."""
    caption: str
    """The words that stand in its place, as they are written; may be empty."""
    line: int
    """Line of the file where it stands, from 1."""
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""
    type: PictureType
    """What it is."""
    width: int
    """In pixels, at least 1."""
    height: int
    """In pixels, at least 1."""
    bytes: int
    """Its size."""

    @property
    def media_type(self) -> str:
        """Its type as HTTP names it, such as ``image/png``."""
        return "image/svg+xml" if self.type == "svg" else f"image/{self.type}"

    @property
    def name(self) -> str:
        """A name for its file.

        >>> Picture("a.jpg", "", 1, "3f9a" * 16, "jpeg", 4, 3, 120).name
        '3f9a3f9a3f9a3f9a.jpg'
        """
        return f"{self.digest[:16]}.{'jpg' if self.type == 'jpeg' else self.type}"


@record
class OtherPassage:
    """What a copy of a post has and the kept copy lacks."""

    occurrence: int
    """Place of the copy among the post's occurrences."""
    line: int
    """Line of the copy's file where it begins, from 1."""
    span: Span
    """Where it stands in the copy's text."""
    text: str
    """The passage."""


@record
class FormulaSource(ShownFormula):
    """A formula of a post, as it was written."""

    _shown = ("number", "label", "latex")

    number: int
    """Its number in the post, from 1."""
    label: str | None
    """Its first label."""
    name: str
    """What its id ends with: the label if it is the first of the post to bear it, or the number."""
    display: bool
    """Whether it stands on a line of its own."""
    latex: str
    """What TeX sets, without the delimiters."""
    line: int
    """Line of the file where it begins, from 1."""
    span: Span
    """The formula with its delimiters, in the post's text."""
    definitions: str = ""
    """Macros that the formulas before it in the post define, as LaTeX; see ``definitions``."""

    @property
    def whole(self) -> str:
        """LaTeX that sets it by itself: what its post defines before it, and then as written."""
        return f"{self.definitions} {self.latex}" if self.definitions else self.latex

    def to_dict(self, post_id: str = "", path: str | None = None) -> dict[str, object]:
        """The formula as JSON has it, in the post of that id, read from that file."""
        return {
            "id": f"{post_id}#{self.name}",
            "post_id": post_id,
            "label": self.label,
            "display": self.display,
            "latex": self.latex,
            "path": path,
            "line": self.line,
            "span": self.span.to_list(),
            "number": self.number,
        }


@record
class ListedPost(Shown):
    """A post as a list shows it: all but its text."""

    _shown = ("title", "id", "date", "chars", "formulas")

    id: str | None
    """Short id; None for one that is in no library."""
    title: str
    """Its title, or the start of its first sentence."""
    title_from: TitleOrigin
    """Where the title was found."""
    date: PostDate
    """When it was published, as far as known."""
    tags: tuple[str, ...]
    """Its tags, in the order of the source."""
    categories: tuple[str, ...]
    """Its categories, in the order of the source."""
    comments: int | None
    """How many comments the source counted."""
    chars: int
    """Length of the text, in code points."""
    formulas: int
    """How many formulas it has."""
    truncated: bool
    """Whether the text stops at a "read more" link."""
    occurrences: tuple[Occurrence, ...]
    """Where its copies were found, the kept one first."""
    address: str | None
    """Where on the web it says that it stands; http or https."""


@record
class Post(Shown):
    """A post: read from a file, given by a program, or merged from several copies.

    >>> Post(title="Softmax", text="设 $x$ 为实数。").chars
    10
    """

    _shown = ("title", "id", "date", "chars", "formulas")

    title: str
    """Its title, or the start of its first sentence."""
    text: str
    """The whole text, blocks separated by blank lines."""
    id: str | None = None
    """Short id; given by the caller, or by the library when it is added."""
    title_from: TitleOrigin = "heading"
    """Where the title was found: its own heading, another copy, or the start of the text."""
    date: PostDate = UNDATED
    """When it was published, as far as known."""
    tags: tuple[str, ...] = ()
    """Its tags, in the order of the source."""
    categories: tuple[str, ...] = ()
    """Its categories, in the order of the source."""
    comments: int | None = None
    """How many comments the source counted."""
    truncated: bool = False
    """Whether the text stops at a "read more" link."""
    blocks: tuple[Block, ...] = ()
    """Its blocks in order; empty for a post from a program, until it is added."""
    formulas: tuple[FormulaSource, ...] = ()
    """Its formulas in order; empty until it is added."""
    occurrences: tuple[Occurrence, ...] = ()
    """Where its copies were found, the kept one first."""
    address: str | None = None
    """Where on the web it says that it stands; http or https, else it is not kept."""
    links: tuple[str, ...] = ()
    """Addresses that it links to and its text does not say, in order; http or https."""
    other_titles: tuple[str, ...] = ()
    """Titles that other copies have, in order."""
    other_passages: tuple[OtherPassage, ...] = ()
    """What other copies have and this text lacks, in order."""
    pictures: tuple[Picture, ...] = ()
    """The pictures that the library keeps of it, in order."""

    @property
    def chars(self) -> int:
        """Length of the text, in code points."""
        return len(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: it has no text, and no title of its own."""
        has_title = self.title_from == "heading" and bool(self.title.strip())
        return not has_title and not self.text.strip()

    @property
    def path(self) -> str | None:
        """File of the kept copy."""
        return self.occurrences[0].path if self.occurrences else None

    def listed(self) -> ListedPost:
        """The post as a list shows it."""
        return ListedPost(
            id=self.id,
            title=self.title,
            title_from=self.title_from,
            date=self.date,
            tags=self.tags,
            categories=self.categories,
            comments=self.comments,
            chars=self.chars,
            formulas=len(self.formulas),
            truncated=self.truncated,
            occurrences=self.occurrences,
            address=self.address,
        )

    def to_dict(self) -> dict[str, object]:
        """The post as JSON has it, without its text."""
        return self.listed().to_dict()


def sections(text: str, blocks: tuple[Block, ...]) -> Iterator[Section]:
    """The text cut at its headings; a text without blocks is one section.

    A heading that is followed by another at once is a section without text.
    """
    if not blocks:
        yield Section(None, 0, 1, Span(0, len(text)), text)
        return
    group: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and group:
            yield _section(text, group)
            group = []
        group.append(block)
    yield _section(text, group)


def searched_sections(post: Post) -> Iterator[Section]:
    """What a search finds of a post: its sections, then the passages that only other copies have.

    The latter have an empty span: they stand nowhere in the post's text.
    """
    yield from sections(post.text, post.blocks)
    nowhere = Span(len(post.text), len(post.text))
    for passage in post.other_passages:
        yield Section(None, 0, passage.line, nowhere, passage.text)


def _section(text: str, group: list[Block]) -> Section:
    first = group[0]
    if first.kind != "heading":
        span = _extent(group, first.span.start)
        return Section(None, 0, first.line, span, span.of(text), tuple(group))
    inside = tuple(group[1:])
    span = _extent(inside, first.span.end)
    return Section(first.span.of(text), first.level, first.line, span, span.of(text), inside)


def _extent(blocks: Sequence[Block], otherwise: int) -> Span:
    """From the first to the last of some blocks; pictures without words stand at no place."""
    spans = [block.span for block in blocks if block.span]
    return Span(spans[0].start, spans[-1].end) if spans else Span(otherwise, otherwise)


def line_of(offset: int, text: str, blocks: tuple[Block, ...]) -> int:
    """Line of the file where an offset of the text stands."""
    for block in blocks:
        if block.span and offset <= block.span.end:
            if starts := block.row_starts(text):
                return line_at(starts, offset)
            start = block.span.start
            return block.line + text.count("\n", start, max(start, offset))
    return 1 + text.count("\n", 0, offset)
