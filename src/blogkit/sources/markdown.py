"""Markdown: one post a file, sections by heading.

Blocks come from markdown-it with rules of our own (``markdown_rules``), with the quotations and
lists that they stand in. Their text stays as it was written, so that no formula is touched by
Markdown's own escapes and emphasis; what these mean is said beside it (``text.marks``).
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from markdown_it.token import Token

from blogkit.language import Message
from blogkit.posts import Holder, Occurrence, Post
from blogkit.sources.flavours import open_marks, plain_drafts
from blogkit.sources.front_matter import FrontMatter, read_front_matter, split_front_matter
from blogkit.sources.images.inlined import without_data
from blogkit.sources.logseq import read_properties
from blogkit.sources.markdown_images import (
    defined_addresses,
    picture_line,
    without_put_definitions,
)
from blogkit.sources.markdown_pictures import with_formulas_of_pictures
from blogkit.sources.markdown_rules import parser
from blogkit.sources.reading import Draft, SourceProblem, assemble
from blogkit.text.dates import UNDATED, PostDate
from blogkit.text.marks import plain_words
from blogkit.text.mathspans import is_one_formula

_TASK = re.compile(r"\[(?:[ ]|(?P<done>[xX]))\][ \t]+(?=\S)")
_CODE = ("fence", "code_block")
_JOURNAL_NAME = re.compile(r"((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)")
_DATED_NAME = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)-")
_QUOTE_MARKS = re.compile(r"(?m)^(?:[ \t]{0,3}>[ ]?)+|^[ \t]+")


def read_markdown(text: str, path: str | None) -> tuple[list[Post], list[SourceProblem]]:
    """The one post of a Markdown file, none if it is empty, and what is wrong with its head.

    The title is the front matter's, else the first heading, else the file's name.
    """
    source, fence, head_lines = split_front_matter(text)
    problems: list[SourceProblem] = []
    front = FrontMatter()
    if source is not None:
        try:
            front = read_front_matter(source, fence)
        except ValueError as error:
            head_lines = 0
            message = Message(
                "front matter is not understood and kept as text: {error}", error=error
            )
            problems.append(SourceProblem(path, 1, "front-matter", message))
    rest = "\n".join(without_data(text).split("\n")[head_lines:])
    page = read_properties("\n" * head_lines + rest)
    body, front = page.text, page.front if source is None else front
    last_line = len(text.rstrip().split("\n"))
    return markdown_post(markdown_drafts(body), front, path, last_line=last_line), problems


def markdown_drafts(text: str) -> list[Draft]:
    """The blocks of a Markdown text, in whatever dialect; lines count from 1."""
    opened = open_marks(without_put_definitions(text))
    return list(plain_drafts(_drafts(opened, defined_addresses(text))))


def markdown_post(
    drafts: list[Draft], front: FrontMatter, path: str | None, *, last_line: int
) -> list[Post]:
    """The one post of these blocks; none where there is neither text nor front matter."""
    title, drafts = _titled(front, drafts, path)
    if not drafts and front == FrontMatter():
        return []
    text, blocks = assemble(drafts)
    return [
        Post(
            title=title,
            text=text,
            date=front.date or _date_of_name(path),
            tags=front.tags,
            categories=front.categories,
            blocks=blocks,
            occurrences=(Occurrence(path, 1, last_line),),
            address=front.address,
        )
    ]


def _date_of_name(path: str | None) -> PostDate:
    """The date that Jekyll keeps in a file's name, or that is the name of a journal's page."""
    match = _DATED_NAME.match(_name(path)) or _JOURNAL_NAME.fullmatch(_name(path))
    if not match:
        return UNDATED
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    return PostDate(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else UNDATED


def _name(path: str | None) -> str:
    """A file's name without folders, bundles and ending."""
    name = re.split(r"[/\\!]", path or "untitled")[-1]
    return os.path.splitext(name)[0] or name


def _titled(front: FrontMatter, drafts: list[Draft], path: str | None) -> tuple[str, list[Draft]]:
    """The title, and the blocks without the heading that says it."""
    heading = next((draft for draft in drafts if draft.kind == "heading"), None)
    said = plain_words(heading.text) if heading else ""
    title = front.title or said or _DATED_NAME.sub("", _name(path)) or _name(path)
    is_said = heading is not None and title in (said, heading.text)
    if is_said and drafts[0] is heading and len(drafts) > 1:
        drafts = drafts[1:]
    return title, drafts


def _drafts(text: str, defined: Mapping[str, str]) -> Iterator[Draft]:
    lines = text.split("\n")
    held = _Held(defined)
    in_table = False
    level = 0
    for token in parser().parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type in ("table_open", "table_close"):
            in_table = token.type == "table_open"
            if in_table:
                rows = with_formulas_of_pictures(_verbatim(lines, token))
                yield held.placed(Draft("table", rows, _line(token)))
        elif held.follows(token):
            continue
        elif not in_table:
            yield from map(held.placed, _leaf(token, level, held))


class _Held:
    """The quotations and items that the block at hand stands in.

    Args:
        defined: the addresses that the text defines by name.
    """

    def __init__(self, defined: Mapping[str, str]) -> None:
        self.defined = defined
        self.holders: list[Holder] = []
        self.numbers = count(1)
        self._is_first = False

    def follows(self, token: Token) -> bool:
        """Take the beginning or the end of a holder; whether it was one."""
        name, _, side = token.type.rpartition("_")
        if name not in ("blockquote", "list_item", "holder"):
            return False
        if side == "close":
            self.holders.pop()
        else:
            marker = {"blockquote": ">", "holder": ""}.get(name, f"{token.info}{token.markup}")
            self.holders.append(Holder(marker, next(self.numbers)))
        self._is_first = name == "list_item" and side == "open"
        return True

    def placed(self, draft: Draft) -> Draft:
        """A block where it stands; the box of a task that it begins with is its item's."""
        task = _TASK.match(draft.text) if self._is_first and draft.kind == "paragraph" else None
        self._is_first = False
        if task:
            self.holders[-1] = self.holders[-1].as_task(is_done=bool(task["done"]))
            draft = replace(draft, text=draft.text[task.end() :])
        return replace(draft, holders=(*self.holders, *draft.holders))


def _leaf(token: Token, level: int, held: _Held) -> Iterator[Draft]:
    if token.type == "inline" and token.content.strip():
        content = with_formulas_of_pictures(token.content)
        if level:
            yield Draft("heading", content.strip(), _line(token), level)
        else:
            yield from _captions_apart(content, _line(token), held.defined)
    elif token.type in _CODE and token.content.strip():
        formula = f"$$\n{token.content.rstrip()}\n$$"
        if token.info.strip() == "math" and is_one_formula(formula):
            yield Draft("paragraph", formula, _line(token))
            return
        first_line = _line(token) + (1 if token.type == "fence" else 0)
        yield Draft("code", token.content.rstrip("\n"), first_line, info=token.info.strip())
    elif token.type == "html_block":
        yield from _html_drafts(token.content, _line(token), held)


def _html_drafts(markup: str, line: int, held: _Held) -> list[Draft]:
    """The text of HTML in Markdown; scripts and forms have none."""
    from blogkit.sources.html.blocks import BlockWriter
    from blogkit.sources.html.formulas import find_formulas
    from blogkit.sources.html.tree import parse_html

    root = parse_html(markup, "Markdown")
    if root is None:
        return []
    return BlockWriter(find_formulas(root).latex, first_line=line, numbers=held.numbers).read(root)


def _captions_apart(text: str, first_line: int, defined: Mapping[str, str]) -> Iterator[Draft]:
    """A paragraph, with lines that are a picture made captions of their own."""
    group: list[str] = []
    lines = text.split("\n")
    for index, line in enumerate(lines):
        picture = picture_line(line, defined)
        if not picture:
            group.append(line)
            continue
        if group:
            yield Draft("paragraph", "\n".join(group), first_line + index - len(group))
            group = []
        words, title, address = picture
        if words or not title:
            yield Draft("caption", words, first_line + index, info=address)
        if title not in words:
            yield Draft("caption", title, first_line + index, info="" if words else address)
    if group:
        yield Draft("paragraph", "\n".join(group), first_line + len(lines) - len(group))


def _line(token: Token) -> int:
    return (token.map[0] if token.map else 0) + 1


def _verbatim(lines: list[str], token: Token) -> str:
    start, end = token.map or (0, 0)
    text = "\n".join(lines[start:end]).strip("\n")
    return _QUOTE_MARKS.sub("", text) if token.level else text
