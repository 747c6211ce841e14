"""Collections that differ in length and style, on which the ranking is chosen by its worst.

Sentences that cite a page with the link's words cut out; link words by themselves; headings that
are questions; a section's first sentence, or a chapter's summary, cut out and asked for; questions
about articles of many paragraphs; English summaries of functions. What is asked stands nowhere in
what is searched.
"""

import ast
import re
import sysconfig
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from blogkit import Post
from blogkit.posts import Block, sections
from blogkit.sources.read import read_posts
from blogkit.spans import Span
from searching.collections import Collection, Query, chapters, paragraphs, rows_of

_LEAST_CHARS = 10
_LEAST_REST_CHARS = 60
_LINK = re.compile(r"(?<!!)\[([^\[\]]{2,30})\]\(([^()\s]+?\.md)[^()]*\)")
_FIRST_SENTENCE = re.compile(r"(?s)\s*(.+?[。！？.!?])(?=\s|[^\x00-\x7f])")
_NUMBER = re.compile(r"^[\d.\s、]+")
_QUESTION = re.compile(r"[?？]$|什么|如何|怎么|怎样|为何|哪些|区别|多少|是否|吗")
_SUMMARY = re.compile(r"小结")
_BULLET = re.compile(r"\n\s*\n")


class Part(NamedTuple):
    """A heading and the text below it."""

    heading: str | None
    level: int
    text: str


def made_of(parts: Iterable[Part], title: str, name: str) -> Post:
    """A post of parts."""
    text, blocks = "", list[Block]()
    for part in parts:
        for kind, level, piece in (
            ("heading", part.level, part.heading),
            ("paragraph", 0, part.text),
        ):
            if piece:
                span = Span(len(text), len(text) + len(piece))
                blocks.append(Block(kind, span, 1 + text.count("\n"), level))
                text += f"{piece}\n\n"
    return Post(title=title, text=text, id=name, blocks=tuple(blocks))


def parts_of(post: Post) -> list[Part]:
    """The sections of a post."""
    return [Part(s.heading, s.level, s.text) for s in sections(post.text, post.blocks)]


def in_parts(name: str, posts: Iterable[Post]) -> tuple[Post, ...]:
    """Each section as a post of its own, with the id ``POST:PLACE``."""
    return tuple(
        made_of([part], part.heading or post.title, f"{post.id}:{place}")
        for post in posts
        for place, part in enumerate(parts_of(post))
    )


def pages(folder: Path) -> tuple[Post, ...]:
    """The pages of oi-wiki, read as Markdown, with their own ids."""
    return tuple(
        replace(post, id=row["id"])
        for row in rows_of(folder)
        for post in read_posts(row["text"].encode(), row["title"]).posts[:1]
    )


def page_citations(folder: Path, *, parts: bool = False) -> Collection:
    """Sentences of one page of oi-wiki that cite another, to that page or to its sections."""
    posts = pages(folder)
    units = {post.id or "": [post.id or ""] for post in posts}
    if parts:
        posts = in_parts("", posts)
        units = defaultdict(list)
        for post in posts:
            units[(post.id or "").rpartition(":")[0]].append(post.id or "")
    wanted, left_out = (
        dict(_columns(folder / n, k)) for n, k in (("qrels.txt", 2), ("exclude.tsv", 1))
    )
    queries = tuple(
        Query(name, text, frozenset(units[wanted[name]]), frozenset(units.get(left_out[name], ())))
        for name, text in _columns(folder / "queries.tsv", 1)
        if wanted[name] in units
    )
    return Collection("oi, cited" + (", sections" if parts else ""), posts, queries)


def _columns(path: Path, column: int) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t") if "\t" in line else line.split()
        yield fields[0], fields[column]


def link_words(folder: Path) -> Collection:
    """The words of links of oi-wiki, to the page that they lead to; the pages that link compete."""
    posts = pages(folder)
    known = {post.id for post in posts}
    targets: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(folder):
        for words, address in _LINK.findall(row["text"]):
            target = _resolved(row["id"], address)
            if target in known and target != row["id"]:
                targets[words.strip("`* ")].add(target)
    queries = tuple(
        Query(f"link-{words}", words, frozenset(found)) for words, found in targets.items() if words
    )
    return Collection("oi, link words", posts, queries)


def _resolved(page: str, address: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / address.removesuffix(".md")).parts:
        if part == "..":
            parts[-1:] = []
        else:
            parts.append(part)
    return "/".join(parts)


def questions_as_headings(folder: Path) -> Collection:
    """Headings of dl500 that ask something, to their section, a post without any heading."""
    posts: list[Post] = []
    queries: list[Query] = []
    for post in chapters(folder):
        for place, part in enumerate(parts_of(post)):
            if len(part.text) < _LEAST_REST_CHARS:
                continue
            name = f"{post.id}:{place}"
            posts.append(Post(title="", text=part.text, id=name))
            if part.heading and _QUESTION.search(part.heading):
                queries.append(Query(name, _NUMBER.sub("", part.heading), frozenset({name})))
    return Collection("dl500, questions", tuple(posts), tuple(queries))


def first_sentences(folder: Path, label: str, *, by: str) -> Collection:
    """The first sentence of each section, cut out of it, to that section.

    Args:
        folder: Markdown.
        label: what the table calls it.
        by: ``section`` for sections of long posts, ``part`` for each a post, ``post`` for the post.
    """
    posts: list[Post] = []
    queries: list[Query] = []
    for post in chapters(folder):
        kept: list[Part] = []
        asked: list[tuple[int, str]] = []
        for place, part in enumerate(parts_of(post)):
            match = _FIRST_SENTENCE.match(part.text)
            if match and len(match[1]) >= _LEAST_CHARS and "```" not in match[1]:
                rest = part.text[match.end() :].strip()
                if len(rest) >= _LEAST_REST_CHARS and not _SUMMARY.search(part.heading or ""):
                    asked.append((place, match[1].replace("\n", " ")))
                    part = part._replace(text=rest)
            kept.append(part)
        whole = made_of(kept, post.title, post.id or "")
        found = list(sections(whole.text, whole.blocks))
        if len(found) != len(kept):
            continue
        if by == "part":
            posts += in_parts("", [whole])
        else:
            posts.append(whole)
        for place, text in asked:
            unit = {
                "section": f"{post.id}:{found[place].line}",
                "part": f"{post.id}:{place}",
                "post": post.id,
            }[by]
            queries.append(Query(f"{post.id}:{place}", text, frozenset({unit or ""})))
    return Collection(
        f"{label}, first sentences to {by}",
        tuple(posts),
        tuple(queries),
        "section" if by == "section" else "post",
    )


def summaries(folder: Path) -> Collection:
    """Sentences of the summary of a chapter of d2l-zh, to the chapter without it."""
    posts: list[Post] = []
    queries: list[Query] = []
    for post in chapters(folder):
        parts = parts_of(post)
        posts.append(
            made_of(
                (p for p in parts if not _SUMMARY.search(p.heading or "")),
                post.title,
                post.id or "",
            )
        )
        said = (p.text for p in parts if _SUMMARY.search(p.heading or ""))
        for number, line in enumerate(s for text in said for s in _BULLET.split(text)):
            if len(line.strip()) >= _LEAST_CHARS:
                queries.append(
                    Query(f"{post.id}-{number}", line.strip(), frozenset({post.id or ""}))
                )
    return Collection("d2l, summaries", tuple(posts), tuple(queries))


def articles(folder: Path) -> Collection:
    """drcd's paragraphs joined to the articles that they are of; questions to their article."""
    single = paragraphs(folder)
    by_title: dict[str, list[Post]] = defaultdict(list)
    for post in single.posts:
        by_title[post.title].append(post)
    home = {post.id: title for title, posts in by_title.items() for post in posts}
    joined = tuple(
        made_of((Part(f"{n}", 2, post.text) for n, post in enumerate(posts, 1)), title, title)
        for title, posts in by_title.items()
    )
    queries = tuple(
        replace(q, answers=frozenset(home[a] for a in q.answers)) for q in single.queries
    )
    return Collection("drcd, articles", joined, queries)


def docstrings() -> Collection:
    """Summaries of functions and classes of Python's library, to the rest of their docstring."""
    posts: list[Post] = []
    queries: list[Query] = []
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            summary, _, rest = (ast.get_docstring(node) or "").partition("\n\n")
            if len(rest) >= _LEAST_REST_CHARS and len(summary) >= _LEAST_CHARS:
                name = f"{path.stem}.{node.name}.{node.lineno}"
                posts.append(Post(title="", text=rest, id=name))
                queries.append(Query(name, " ".join(summary.split()), frozenset({name})))
    return Collection("Python's docstrings", tuple(posts), tuple(queries))
