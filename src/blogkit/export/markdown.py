"""Posts as Markdown with front matter, a file each, as site generators and editors read them.

What was Markdown comes out as it went in, and what was not is written so that reading it again
gives the same post: the reader is asked whether it does, block by block.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from types import MappingProxyType

from blogkit.export.folder import PICTURES, Folder, long_name, put_pictures
from blogkit.pictures import KeptPictures
from blogkit.posts import Block, Holder, Post
from blogkit.sources.markdown import markdown_drafts
from blogkit.spans import Span
from blogkit.structure.inline import formulas_of, inline_tokens
from blogkit.structure.nesting import placed
from blogkit.text.dates import PostDate
from blogkit.text.marks import Mark, find_marks
from blogkit.text.mathspans import find_math
from blogkit.text.tables import moved, table_cells, table_marks

_MARKUP = re.compile(
    r"""^(?P<before>[ ]{0,3}(?:\d{1,9}(?=[.)]\s))?)
    (?P<mark>
        (?<=\d)[.)] | (?:[-+*]|\#{1,6})(?=\s|$) | > | `{3,} | ~{3,} | <(?=[A-Za-z/!?]) | :(?=[ \t])
        | (?:=+|-+|\*{3,}|_{3,})[ \t]*$ | \[\^ | !!!
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""What begins a block of Markdown, with what may stand before it on its line."""
_WHOLE_CAPTION = re.compile(r"(?:[^\[\]\\\n]|\\[^\n]|\[[^\[\]\n]*\])+")
_END_OF_PICTURE = re.compile(r"\]\([ \t]*(?:<[^<>\n]*>|(?:[^\s()<>]|\([^\s()]*\))*)")
_SRC = re.compile(r"(?<![\w-])src\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_INDENT = "    "
_NO_TAGS: dict[str, tuple[str, str]] = {}
_OTHER_TAGS = {
    "super": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>"), "code": ("<code>", "</code>"),
    "plain": ("", ""),
}  # fmt: skip
_MARKDOWN_TAGS = {
    "strong": ("**", "**"), "emphasis": ("*", "*"), "deleted": ("~~", "~~"), **_OTHER_TAGS,
}  # fmt: skip
_HTML_TAGS = {
    "strong": ("<b>", "</b>"), "emphasis": ("<i>", "</i>"), "deleted": ("<s>", "</s>"),
    **_OTHER_TAGS,
}  # fmt: skip


def write_markdown(
    posts: Sequence[Post], folder: Folder, picture: Callable[[str], bytes] | None = None
) -> int:
    """A file for each post, named by its title and id, and its pictures beside it.

    Args:
        posts: the posts.
        folder: where they go; pictures into ``pictures`` in it.
        picture: gives the bytes of a picture by its digest; without it none is written.

    Returns:
        How many files that are.
    """
    written = put_pictures(posts, folder, picture)
    files = {digest: f"{PICTURES}/{name}" for digest, name in written.items()}
    for post in posts:
        folder.put(f"{long_name(post)}.md", to_markdown(post, files))
    return len(posts) + len(written)


def to_markdown(post: Post, pictures: Mapping[str, str] = MappingProxyType({})) -> str:
    r"""A post as Markdown, with what is known of it as YAML in front.

    Args:
        post: the post.
        pictures: addresses of pictures' files, by digest; others stay where the post has them.

    >>> print(to_markdown(Post(title="Softmax", text="设 $x$ 为实数。", tags=("优化",))))
    ---
    title: Softmax
    tags:
    - 优化
    ---
    <BLANKLINE>
    设 $x$ 为实数。
    <BLANKLINE>
    """
    return f"{_front_matter(post)}\n\n{body(post, pictures)}\n"


def body(
    post: Post, pictures: Mapping[str, str] = MappingProxyType({}), *, is_alone: bool = False
) -> str:
    """The text of a post as Markdown, without title and front matter.

    Args:
        post: the post.
        pictures: addresses of pictures' files, by digest.
        is_alone: whether other pictures are only their words; else they stay where the post has
            them.
    """
    files = _Files(post, pictures, is_alone=is_alone)
    return "\n".join(_blocks(post, files)).lstrip("\n") or post.text


class _Files:
    """Where the pictures of a post lie.

    Args:
        post: the post.
        files: addresses of files by digest.
        is_alone: whether other pictures lie nowhere.
    """

    def __init__(self, post: Post, files: Mapping[str, str], *, is_alone: bool = False) -> None:
        self.is_alone = is_alone
        self._kept = KeptPictures(post)
        self._files = files

    def of(self, block: Block) -> str:
        """The address of a caption's picture; empty where none is known."""
        picture = self._kept.of(block)
        otherwise = "" if self.is_alone else block.info
        return self._files.get(picture.digest if picture else "", otherwise)

    def put_in(self, text: str, marks: Sequence[Mark]) -> str:
        """A text whose pictures lead to their files."""
        for mark in reversed([mark for mark in marks if mark.kind == "picture"]):
            picture = self._kept.at(mark.target)
            file = self._files.get(picture.digest if picture else "")
            if file:
                text = _leading_to(file, text, mark)
            elif self.is_alone:
                words = mark.inside.of(text)
                text = text[: mark.span.start] + words + text[mark.span.end :]
        return text


def _leading_to(file: str, text: str, mark: Mark) -> str:
    """A text in which a picture leads to another file, written as Markdown or as HTML."""
    if found := _END_OF_PICTURE.match(text, mark.inside.end):
        return f"{text[: found.start()]}]({_address(file)}{text[found.end() :]}"
    if found := _SRC.search(text, mark.span.start, mark.span.end):
        return f'{text[: found.start()]}src="{file}"{text[found.end() :]}'
    return text


def _front_matter(post: Post) -> str:
    import yaml

    known: dict[str, object] = {"title": post.title}
    if post.id:
        known["id"] = post.id
    if post.date:
        known["date"] = _date(post.date)
    if post.tags:
        known["tags"] = list(post.tags)
    if post.categories:
        known["categories"] = list(post.categories)
    if post.address:
        known["canonical_url"] = post.address
    if post.truncated:
        known["truncated"] = True
    shown: str = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10**9)
    return f"---\n{shown}---"


def _date(date: PostDate) -> datetime.date | str:
    """A whole date as YAML knows it; of others what is known, ``2020-06`` or ``06-05``."""
    if date.year and date.month and date.day:
        try:
            return datetime.date(date.year, date.month, date.day)
        except ValueError:  # the 31st of a shorter month
            pass
    parts = (date.year, date.month, date.day)
    return "-".join(f"{part:02}" for part in parts if part is not None)


def _blocks(post: Post, files: _Files) -> Iterator[str]:
    """The blocks in order, with the blank lines between them, in their quotations and lists."""
    for place in placed(post.blocks):
        shared = place.block.holders[: place.shared]
        between = "".join(map(_margin, shared))
        first = between + "".join(map(_beginning, place.begun))
        rest = "".join(map(_margin, place.block.holders))
        lines = _block(post, place.block, files).split("\n")
        if not place.is_tight:
            yield between.rstrip()
        for margin, line in zip([first, *repeat(rest, len(lines) - 1)], lines, strict=True):
            yield margin + line if line else margin.rstrip()


def _beginning(holder: Holder) -> str:
    """What begins a quotation, an item or what is only indented."""
    return f"{holder.marker} " if holder.marker else _INDENT


def _margin(holder: Holder) -> str:
    """What stands before the other lines of it."""
    if holder.is_quote:
        return "> "
    return " " * (len(holder.bullet) + 1) if holder.is_item else _INDENT


def _block(post: Post, block: Block, files: _Files) -> str:
    inside = block.span.of(post.text)
    if block.kind == "heading":
        return (
            "#" * min(block.level or 2, 6)
            + " "
            + " ".join(_inline(inside, block.marks, flows=block.flows).split("\n"))
        )
    if block.kind == "code":
        sign = "~" if "`" in block.info else "`"
        longest = max(map(len, re.findall(f"{sign}{{3,}}", inside)), default=2)
        fence = sign * (longest + 1)
        return f"{fence}{block.info}\n{inside}\n{fence}"
    if block.kind == "caption" and (not inside or _WHOLE_CAPTION.fullmatch(inside)):
        address = files.of(block)
        return f"![{inside}]({_address(address)})" if address or not files.is_alone else inside
    if block.kind == "table":
        written = _table(inside, block)
        return files.put_in(written, table_marks(written))
    written = _paragraph(inside, block)
    return files.put_in(written, find_marks(written)) if "![" in written else written


def _table(text: str, block: Block) -> str:
    """A table of a page with its marks as Markdown has them; one of Markdown as it is."""
    if not block.info:
        return text
    code = [mark.span for mark in block.marks if mark.kind == "code"]
    for cell in reversed(list(chain.from_iterable(table_cells(text, code=code)))):
        marks = [moved(m, -cell.start) for m in block.marks if _is_within(m.span, cell)]
        written = _without_bars(_inline(cell.of(text), marks, flows=True))
        text = text[: cell.start] + written + text[cell.end :]
    return text


def _without_bars(cell: str) -> str:
    """A cell whose formulas have no bars, at which most readers of Markdown would cut it."""
    for formula in reversed(find_math(cell)[0]):
        latex = formula.span.of(cell).replace("\\|", "\\Vert ").replace("|", "\\vert ")
        cell = cell[: formula.span.start] + latex + cell[formula.span.end :]
    return cell


def _is_within(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _address(address: str) -> str:
    """An address as a link has it."""
    is_bare = re.fullmatch(r"(?:[^\s()<>]|\([^\s()]*\))*", address)
    return address if is_bare else f"<{re.sub('[<>]', '', address)}>"


def _paragraph(text: str, block: Block) -> str:
    """A paragraph, with a backslash where it would be read as a list, a heading or a quotation."""
    written = _inline(text, block.marks, flows=block.flows)
    return written if _is_one_block(written) else _apart(written).lstrip(" \t")


def _is_one_block(text: str) -> bool:
    drafts = markdown_drafts(text)
    return [(draft.kind, draft.text) for draft in drafts] == [("paragraph", text)]


def _apart(text: str) -> str:
    """A text with a backslash where one of its lines would begin a block; formulas stay."""
    formulas = [formula.span for formula in find_math(text)[0]]

    def escape(match: re.Match[str]) -> str:
        if any(span.start < match.start() < span.end for span in formulas):
            return match[0]
        return f"{match['before']}\\{match['mark']}"

    return _MARKUP.sub(escape, text)


def _inline(text: str, marks: Sequence[Mark], *, flows: bool) -> str:
    """A text with its marks written as Markdown has them, or as HTML where that fails."""
    if not flows:
        return text
    said = _says(text, marks, flows)
    for tags in (_NO_TAGS, _MARKDOWN_TAGS, _HTML_TAGS):
        written = text if tags is _NO_TAGS else _with_tags(text, marks, tags)
        if _says(written, find_marks(written), flows) == said:
            break
    return written


def _says(text: str, marks: Sequence[Mark], flows: bool) -> list[tuple[str, ...]]:
    """What a text shows, to compare: its words, its formulas, and what opens and closes."""
    said: list[tuple[str, ...]] = []
    for token in inline_tokens(text, marks, formulas_of(text), flows=flows):
        latex = token.formula.latex if token.formula else ""
        shown = (token.kind, token.text, token.name, token.address, latex)
        if said and shown[0] == said[-1][0] == "text":
            shown = ("text", said.pop()[1] + token.text, "", "", "")
        said.append(shown)
    return said


def _with_tags(text: str, marks: Sequence[Mark], tags: Mapping[str, tuple[str, str]]) -> str:
    """A text with the tags of its marks, and a backslash before what would be read as another."""
    put: list[tuple[int, int, str]] = []
    for order, mark in enumerate(marks):
        if mark.span != mark.inside:
            continue
        first, last = _tags_of(mark, tags)
        put += ((mark.span.start, order, first), (mark.span.end, -order - 1, last))
    for other in find_marks(text):
        if other not in marks and other.kind != "break":
            put += ((place, len(marks), "\\") for place in _signs(text, other))
    pieces: list[str] = []
    position = 0
    for place, _, piece in sorted(put, key=lambda each: each[:2]):
        pieces += (text[position:place], piece)
        position = place
    return "".join([*pieces, text[position:]])


def _tags_of(mark: Mark, tags: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    if mark.kind not in ("link", "picture"):
        return tags[mark.kind]
    opening = "![" if mark.kind == "picture" else "["
    # Where a bar ends the cell of a table, an address may have none.
    return opening, f"]({_address(mark.target).replace('|', '%7C')})"


def _signs(text: str, mark: Mark) -> Iterator[int]:
    """Where a backslash keeps a mark from being one."""
    if mark.kind == "character":
        yield mark.span.start
    ends = (range(mark.span.start, mark.inside.start), range(mark.inside.end, mark.span.end))
    for end in ends:
        for place in end:
            if text[place] in "*_~`" or place == mark.span.start:
                yield place
