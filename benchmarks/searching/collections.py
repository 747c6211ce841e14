"""Collections of posts with queries whose answers are known."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from blogkit import Post
from blogkit.posts import sections
from blogkit.sources.read import read_posts


@dataclass(frozen=True, slots=True)
class Query:
    """A query whose answers are known."""

    id: str
    """Its name in the set."""
    text: str
    """What is asked."""
    answers: frozenset[str]
    """Ids of the units that answer it."""
    left_out: frozenset[str] = frozenset()
    """Ids of posts that no engine may give: what the query is taken from."""

    @property
    def half(self) -> str:
        """``tune`` or ``report``: by a digest of the id, so that it never changes."""
        return ("tune", "report")[hashlib.sha256(self.id.encode()).digest()[0] % 2]


@dataclass(frozen=True, slots=True)
class Collection:
    """Posts, and queries to be asked of them."""

    name: str
    """What the table calls it."""
    posts: tuple[Post, ...]
    """The posts, each with an id."""
    queries: tuple[Query, ...]
    """The queries."""
    by: str = "post"
    """What is ranked: ``post``, or ``section`` (ids are then ``POST:LINE``)."""

    def units(self) -> Iterator[tuple[str, str]]:
        """Id and whole text of each thing that is ranked, title and heading included."""
        for post in self.posts:
            if self.by == "post":
                yield post.id or "", f"{post.title}\n{post.text}"
                continue
            for section in sections(post.text, post.blocks):
                text = f"{post.title}\n{section.heading or ''}\n{section.text}"
                yield f"{post.id}:{section.line}", text


def paragraphs(folder: Path) -> Collection:
    """cmrc2018 or drcd: questions, each with the paragraph that it was asked about."""
    rows = rows_of(folder)
    posts = tuple(Post(title=row["title"], text=row["text"], id=row["id"]) for row in rows)
    answers = dict(line.split()[0:3:2] for line in _lines(folder / "qrels.txt"))
    asked = [line.split("\t") for line in _lines(folder / "queries.tsv")]
    queries = tuple(Query(row[0], row[1], frozenset({answers[row[0]]})) for row in asked)
    return Collection(folder.name, posts, queries)


def rows_of(folder: Path) -> list[dict[str, str]]:
    """The texts of a set, each with its id and title."""
    return [json.loads(line) for line in _lines(folder / "corpus.jsonl")]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def rewritten(collection: Collection, name: str, convert: Callable[[str], str]) -> Collection:
    """The same posts, asked with each query rewritten."""
    queries = (replace(query, text=convert(query.text)) for query in collection.queries)
    return replace(collection, name=name, queries=tuple(queries))


def pooled(name: str, *collections: Collection) -> Collection:
    """All posts in one collection, asked all queries."""
    posts = tuple(post for collection in collections for post in collection.posts)
    queries = tuple(query for collection in collections for query in collection.queries)
    return Collection(name, posts, queries)


_LABEL = re.compile(r"^#+\s*(.+?)\s*\n\s*:label:`((?:sec|chap|subsec)[^`]*)`", re.MULTILINE)
_CODE = re.compile(r"```.*?```", re.DOTALL)
_REFERENCE = re.compile(r":numref:`([^`]*)`")
_ROLE = re.compile(r":\w+:`[^`]*`")
_SENTENCE_END = re.compile(r"(?<=[。！？])|\n\s*\n")
_SHORTEST_SENTENCE_CHARS = 10


def chapters(folder: Path) -> tuple[Post, ...]:
    """The chapters of d2l-zh as posts, read as Markdown, with the file's stem as id."""
    return tuple(
        replace(post, id=path.stem)
        for path in sorted(folder.glob("*.md"))
        for post in read_posts(path.read_bytes(), str(path)).posts
    )


def citations(folder: Path, *, named: bool) -> Collection:
    """Sentences of one chapter of d2l-zh that refer to another one.

    Args:
        folder: where the chapters lie.
        named: the reference is given as the title in ``《》``, as blogs do, and the chapter that
            the sentence is taken from competes; or else the reference is cut out, and that chapter
            is left out of every ranking.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    homes = {
        label: (stem, re.sub(r"[*\[\]]", "", heading))
        for stem, text in texts.items()
        for heading, label in _LABEL.findall(text)
    }
    queries = []
    for stem, text in texts.items():
        for number, sentence in enumerate(_SENTENCE_END.split(_CODE.sub("", text))):
            cited = [label for label in _REFERENCE.findall(sentence) if label in homes]
            targets = frozenset(homes[label][0] for label in cited) - {stem}
            asked = _asked(sentence, homes if named else {})
            if targets and len(asked) >= _SHORTEST_SENTENCE_CHARS:
                left_out = frozenset(() if named else {stem})
                queries.append(Query(f"{stem}-{number}", asked, targets, left_out))
    name = "d2l, cited by title" if named else "d2l, title cut out"
    return Collection(name, chapters(folder), tuple(queries))


def _asked(sentence: str, homes: dict[str, tuple[str, str]]) -> str:
    """A sentence with its references as titles, or without them."""

    def title(reference: re.Match[str]) -> str:
        home = homes.get(reference[1])
        return f"《{home[1]}》" if home else ""

    return _ROLE.sub("", _REFERENCE.sub(title, sentence)).replace("\n", "").strip()


def headings(folder: Path) -> Collection:
    """The headings of d2l-zh that only one section has, each asked for its section."""
    posts = chapters(folder)
    found = [
        (section.heading, f"{post.id}:{section.line}")
        for post in posts
        for section in sections(post.text, post.blocks)
        if section.heading
    ]
    counts = Counter(heading for heading, _ in found)
    queries = tuple(
        Query(unit, heading, frozenset({unit})) for heading, unit in found if counts[heading] == 1
    )
    return Collection("d2l, headings", posts, queries, by="section")
