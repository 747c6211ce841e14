"""Whole corpora of Chinese posts: no formula is prose, and nothing that is written is lost."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit.posts import Post
from blogkit.sources.front_matter import split_front_matter
from blogkit.sources.read import read_posts

CORPORA = ("seeds", "d2l-zh", "dl500", "slm-notes", "oi-wiki", "neardup-d2l")
_HAN = re.compile("[\u3400-\u9fff]+")
_GROUP = re.compile(r"\{[^{}]*\}")
_MATHEMATICS = re.compile(r"[\\^_=<>(（|]")
_SENTENCE = re.compile("[，。；：、？！][\u3400-\u9fff]{4}|[\u3400-\u9fff]{4}[，。；]")
_NO_TEXT = re.compile(
    r"(?s)<!--.*?-->"  # comments
    r"|!\[[^\]\n]*\]\([^)\n\"]*"  # a picture's file, not its words
    r"|%%[^%\n]*%%",  # comments of Obsidian
)


def sources(corpus: str, data: Path) -> Iterator[tuple[str, str]]:
    """Names and texts of a corpus."""
    folder = data.parent / corpus if corpus == "seeds" else data / corpus
    if (listed := folder / "corpus.jsonl").exists():
        for line in listed.read_text(encoding="utf-8").splitlines():
            post = json.loads(line)
            yield post["id"].replace("/", "_") + ".md", post["text"]
        return
    for path in sorted([*folder.glob("*.md"), *folder.glob("*.txt")]):
        yield path.name, path.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module", params=CORPORA)
def corpus(request: pytest.FixtureRequest, data: Path) -> list[tuple[str, str, tuple[Post, ...]]]:
    found = [
        (name, text, read_posts(text.encode(), name).posts)
        for name, text in sources(request.param, data)
    ]
    if not found:
        pytest.skip(f"the corpus {request.param} is not here")
    return found


def outside_groups(latex: str) -> str:
    while (shorter := _GROUP.sub("", latex)) != latex:
        latex = shorter
    return latex


def test_no_formula_is_prose(corpus: list[tuple[str, str, tuple[Post, ...]]]) -> None:
    prose = [
        (name, formula.line, formula.latex)
        for name, _, posts in corpus
        for post in posts
        for formula in post.formulas
        if _HAN.search(outer := outside_groups(formula.latex))
        and (not _MATHEMATICS.search(outer) or _SENTENCE.search(outer))
        and r"\begin{" not in formula.latex
    ]
    assert prose == []


def test_nothing_chinese_is_lost(corpus: list[tuple[str, str, tuple[Post, ...]]]) -> None:
    lost = []
    for name, text, posts in corpus:
        if not name.endswith(".md"):
            continue
        _, _, head_lines = split_front_matter(text)
        body = "\n".join(text.split("\n")[head_lines:])
        kept = "\n".join(f"{post.title}\n{post.text}" for post in posts)
        runs = _HAN.findall(_NO_TEXT.sub("", body))
        lost += [(name, run) for run in runs if run not in kept]
    assert lost == []
