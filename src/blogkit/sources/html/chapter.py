"""Chapters of a book: all that a page holds, cut where the table of contents says."""

from collections.abc import Sequence

from blogkit.posts import Occurrence, Post
from blogkit.sources.contents import ContentsEntry
from blogkit.sources.html.blocks import BlockWriter
from blogkit.sources.html.formulas import find_formulas
from blogkit.sources.html.page import linked_addresses, lost_formula
from blogkit.sources.html.tree import parse_html
from blogkit.sources.reading import Draft, assemble, title_from_text
from blogkit.sources.source_file import Found, SourceFile


def read_chapter(file: SourceFile, *, entries: Sequence[ContentsEntry]) -> Found:
    """The chapters of a page, each by its title in the table of contents.

    Args:
        file: the page.
        entries: the lines of the table of contents that lead to it, in order.

    Raises:
        SourceError: ``too-deep``.
    """
    root = parse_html(file.text, file.path)
    if root is None:
        return Found([], no_post="covers")
    formulas = find_formulas(root)
    writer = BlockWriter(formulas.latex)
    drafts = writer.read(next(root.iter("body"), root))
    tops = [entry for entry in entries if entry.depth == min(each.depth for each in entries)]
    starts = [writer.anchors.get(entry.fragment, 0) for entry in tops]
    cuts = [0, *starts[1:], len(drafts)]
    titles = [entry.title for entry in tops] or [""]
    links = linked_addresses(writer.links_within(len(drafts)), None)
    posts = [
        _chapter(file.path, title, drafts[start:end], links if len(titles) == 1 else ())
        for title, start, end in zip(titles, cuts, cuts[1:], strict=False)
        if drafts[start:end]
    ]
    problems = [lost_formula(element, file.path) for element in formulas.lost]
    return Found(posts, problems, no_post="" if posts else "covers")


def _chapter(path: str, told: str, drafts: list[Draft], links: tuple[str, ...]) -> Post:
    heading = next((draft.text for draft in drafts if draft.kind == "heading"), "")
    title = told or heading
    first, last = drafts[0], drafts[-1]
    if first.kind == "heading" and first.text == title and len(drafts) > 1:
        drafts = drafts[1:]
    text, blocks = assemble(drafts)
    return Post(
        title=title or title_from_text(drafts),
        text=text,
        title_from="heading" if title else "text",
        blocks=blocks,
        links=links,
        occurrences=(Occurrence(path, drafts[0].line, last.last_line),),
    )
