"""Posts made to hurt: what looks like SQL, queries, or TeX that acts; text that costs time."""

import os
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from costs import grows_with_length, processor_seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit import Library, Post, parse_formula
from blogkit.dedup.likeness import ComparedText
from blogkit.errors import FormulaError, PostNotFoundError
from blogkit.search.query import read_query
from blogkit.sources.read import MOST_PROBLEMS, read_posts
from blogkit.text.definitions import defined_terms
from blogkit.text.mathspans import find_math
from blogkit.text.segment import cut_words
from blogkit.text.sentences import sentences

TITLES = [
    "'; DROP TABLE posts; --", '" OR 1=1 --', "title:x -y OR z", "%_\\%", "NULL", "*", "(", '"""',
    "{{7*7}}", "$(touch owned)", "`touch owned`", "../../etc/passwd", "-", "--", "\\", "#1", "?a",
    "\ud800孤", "空\0字", "\ufeff首", "a\u0000", "date:..", "has:formula", "AND", "😀" * 10,
    "é" * 60,
]  # fmt: skip


def test_titles_are_titles_whatever_they_look_like(library: Library) -> None:
    posts = [
        Post(title=title, text=f"第{n}篇独一无二地讲{n * 7919}。", tags=(title,), id=f"{title}{n}")
        for n, title in enumerate(TITLES)
    ]
    assert library.add_posts(posts).posts == len(TITLES)
    stored = [post.title for post in library.posts()]
    assert stored == [title.replace("\ud800", "?") for title in TITLES]
    for number, title in enumerate(stored):
        assert library.post(f"{TITLES[number]}{number}".replace("\ud800", "?")).title == title
        library.search(title)
        library.search(f"title:{title}")
        library.find_formula(title)
    assert library.doctor().is_well
    assert library.posts().total == len(TITLES)


def test_names_and_words_that_are_no_unicode_are_told_or_read(
    library: Library, tmp_path: Path
) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")
    Path(path).write_text("# 甲\n\n正文。", encoding="utf-8")
    (tmp_path / "b.md").write_text("# 乙\n\n正文。", encoding="utf-8")
    report = library.add(tmp_path)
    assert [(p.code, p.message) for p in report.problems] == [
        (
            "file-name",
            f"{path}: expected a file name in UTF-8, found other bytes: rename the file",
        )
    ]
    assert [post.title for post in library.posts()] == ["乙"]
    for query in ("\udcff正文", "title:\udcff", '"\udcff"', "path:\udcff", "$\udcff$", "py:\udcff"):
        library.search(query)
    library.find_formula("\udcff")
    assert library.remove("\udcff").unknown == ("?",)
    with pytest.raises(PostNotFoundError):
        library.post("\udcff")


@settings(max_examples=25)
@given(
    title=st.text(st.characters(exclude_categories=()), max_size=20),
    text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=200),
    tag=st.text(st.characters(exclude_categories=()), max_size=8),
)
def test_any_text_is_kept_and_found_again(
    tmp_path_factory: pytest.TempPathFactory, title: str, text: str, tag: str
) -> None:
    with Library.open(tmp_path_factory.getbasetemp() / "any") as library:
        library.add_posts([Post(title=title, text=text, tags=(tag,), id="any")])
        post = library.post("any")
        assert post.title == title.encode("utf-8", "replace").decode()
        library.search(title)
        assert library.search(text[:40]).to_dict()["schema"] == 1
        library.remove("post:any")
        assert library.posts().total == 0


ACTING = [
    r"\input{secret.txt}", r"\include{secret}", r"\openin5=secret.txt", r"\read5 to\x \x",
    r"\immediate\write18{touch owned}", r"\openout3=owned", r"\special{ps: owned}",
    r"\href{javascript:alert(1)}{x}", r"\href{data:text/html,<script>alert(1)</script>}{x}",
    r"\url{javascript:alert(1)}", r"\require{action}\toggle{x}{y}\endtoggle",
    r"\includegraphics{secret.txt}", r"\catcode`\@=11", r"\csname input\endcsname secret.txt",
    r"\unicode{x3c}script\unicode{x3e}", r"\text{<script>alert(1)</script>}",
    r'\style{background:url(http://x)}{y}\class{a" onload="alert(1)}{z}', r"\cssId{a}{b}",
    r"\html{<b>}", r"\mmlToken{mi}[onclick='x']{y}", r"\def\a{\input{secret.txt}}\a",
]  # fmt: skip


class Page(HTMLParser):
    """What of a page could act: scripts, event handlers, addresses, styles that load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.acting: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "link", "foreignobject", "image"):
            self.acting.append(tag)
        for name, value in attrs:
            leads_away = name in ("href", "xlink:href", "src") and (value or "#")[:1] != "#"
            loads = name == "style" and "url(" in (value or "")
            if name.startswith("on") or leads_away or loads:
                self.acting.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("latex", ACTING)
def test_tex_that_acts_does_nothing(
    latex: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("hidden treasure")
    formula = parse_formula(latex)
    drawn = [formula.to_text(), formula.to_inline_text(), formula.to_latex()]
    for draw in (formula.to_mathml, formula.to_html, formula.to_svg):
        try:
            page = draw()
        except FormulaError:
            continue
        assert Page(page).acting == []
        drawn.append(page)
    assert "hidden treasure" not in "".join(drawn)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]


PIECES = {
    "environments": r"\begin{align}", "two environments": r"\begin{align}\begin{gather}",
    "parentheses": r"\(", "brackets": r"\[", "dollars": "$$", "dollar": "$x",
    "prices": "$5 到 $10 ",
    "ticks": "`x``y```z", "braces": "{", "groups": "{}", "backslashes": "\\", "labels": r"\label{",
    "book titles": "《", "closed titles": "《a》", "glosses": "梯度（grad", "quotes": "“a",
    "colons": "a:", "spaces": " ", "lines": "\n", "blank lines": "\n \t",
    "Han": "梯", "Latin": "a",
    "digits": "1", "stops": "。", "stars": "**", "links": "[a](", "images": "![", "tags": "<a ",
    "quotations": "> ", "headings": "# ", "cells": "|a", "addresses": "http://",
    "dates": "5 Jun\n\n",
    "macros": r"\def\a{\a\a}\a", "lists": "- ", "entities": "&amp", "footnotes": "[^1]: ",
    "front matter": "---\n",
    "fractions": r"\frac{", "fences": r"\left(", "scripts": "x_{y^",
}  # fmt: skip

WAYS: dict[str, Callable[[str], object]] = {
    "formulas": find_math,
    "sentences": sentences,
    "definitions": lambda text: defined_terms(text, (text,), text, cut_words),
    "query": read_query,
    "plain text": lambda text: read_posts(text.encode(), "a.txt"),
    "archive": lambda text: read_posts(f"5 Jun\n\n题\n\n{text}".encode(), "a.txt"),
    "Markdown": lambda text: read_posts(text.encode(), "a.md"),
    "likeness": lambda text: ComparedText(Post(title="a", text=text)).fingerprints(),
    "LaTeX": lambda text: parse_formula(text).problems,
}

LONG_CHARS = 30_000


@pytest.mark.parametrize("way", WAYS)
def test_no_text_costs_more_than_its_length(way: str, is_long: bool) -> None:
    """A quadratic way through 30,000 characters takes a quarter of a minute, not a second.

    The short form has a third of them, of which half takes half as long.
    """
    for name, piece in PIECES.items():

        def work(count: int, piece: str = piece) -> object:
            return WAYS[way](piece * count)

        count = LONG_CHARS // len(piece)
        if is_long:
            assert processor_seconds(lambda: work(count)) < 2, name  # noqa: B023
        else:
            assert grows_with_length(work, count // 3), name


def test_megabytes_of_nested_braces_are_added(
    library: Library, tmp_path: Path, is_long: bool
) -> None:
    deep = (500_000 if is_long else 100_000) * "{"
    deep += "}" * len(deep)
    (tmp_path / "deep.md").write_text(f"# 深\n\n$${deep}$$ 与 $x$", encoding="utf-8")
    report = library.add(tmp_path / "deep.md")
    assert (report.posts, report.formulas) == (1, 2)
    assert library.find_formula("x").hits[0].match == "exact"


def test_formulas_without_end_are_told_up_to_a_number(library: Library, tmp_path: Path) -> None:
    # One is told of a paragraph: what follows it there is not known to be no formula.
    (tmp_path / "a.md").write_text("# 甲\n\n" + "\\( x\n\n" * 5000, encoding="utf-8")
    assert len(library.add(tmp_path / "a.md").problems) == MOST_PROBLEMS


def test_a_folder_with_a_link_to_itself_is_read_once(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.md").write_text("# 甲\n\n正文。", encoding="utf-8")
    (folder / "again").symlink_to(folder)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    report = library.add(folder)
    assert (report.posts, report.entries) == (1, 1)
