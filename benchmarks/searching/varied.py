"""Posts of any number made of real ones: what many posts of the seeds' kind would be like.

A post is a few sections of d2l-zh, dl500 and oi-wiki, some of their words exchanged for others of
all data, so that headings, captions, code and formulas are as authors have them, words are as many
as in so many texts, and no two posts are copies. Every fourth post has an edited copy, which is
merged.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from string import ascii_lowercase

import rjieba
from measure import require_data

from blogkit import Post
from blogkit.posts import Block, Section, sections
from blogkit.sources.read import Told, read_source
from blogkit.sources.tex.project import FolderFiles, Projects
from blogkit.spans import Span
from blogkit.text.dates import UNDATED, PostDate
from blogkit.text.mathspans import split_at_math

CHAPTERS = ("d2l-zh", "dl500")
PAGES = ("oi-wiki",)
OTHER_WORDS = ("cmrc2018", "drcd")
"""Paragraphs on everything, for words."""
SECTIONS_A_POST = 5
POSTS_A_COPY = 4
LONGEST_SECTION_CHARS = 700
WORDS_EXCHANGED, LETTERS_EXCHANGED = 0.3, 0.15
QUERY_WORDS, SENTENCE_WORDS = (2, 4), (8, 24)
TAGS = ("优化", "动态规划", "语言模型", "生成模型", "图论", "数论", "矩阵", "信息时代")
_LETTER = re.compile(r"(?<![\\A-Za-z])[a-z](?![A-Za-z])")
_WORD = re.compile(r"[\u4e00-\u9fd5]{2,}|[A-Za-z]{3,}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block in words, formulas whole."""

    kind: str
    level: int
    words: Sequence[str]


class Varied:
    """Writes posts and queries, the same for the same seed."""

    def __init__(self, seed: int = 5) -> None:
        self._random = random.Random(seed)
        read = list(_read())
        self._titles = [_words(post.title) for post in read]
        self._sections = [
            pieces for post in read for section in sections(post.text, post.blocks)
            if (pieces := list(_pieces(post, section)))
        ]  # fmt: skip
        counts = Counter(chain.from_iterable(p.words for of in self._sections for p in of))
        self._telling = [w for w, count in counts.items() if count < 200 and _WORD.fullmatch(w)]
        for name in OTHER_WORDS:
            for row in _rows(name):
                counts.update(rjieba.cut(row["text"], True))
        counts = Counter({w: count for w, count in counts.items() if _WORD.fullmatch(w)})
        self._words = list(counts)
        self._cumulative = list(accumulate(counts.values()))
        self._written: list[str] = []

    def posts(self, count: int) -> Iterator[Post]:
        """Posts with so many sections in all, those of copies not counted."""
        for number in range(-(-count // SECTIONS_A_POST)):
            post = self.post(number)
            yield post
            if number % POSTS_A_COPY == POSTS_A_COPY - 1:
                yield self._edited(post, f"copy {number}")

    def post(self, number: int) -> Post:
        """One post; each seventh is tagged, each third dated, each tenth cites another."""
        title = f"{''.join(self._exchanged(self._random.choice(self._titles)))} {number}"
        self._written.append(title)
        pieces = list(chain.from_iterable(self._random.choices(self._sections, k=SECTIONS_A_POST)))
        if number % 10 == 9:
            cited = self._random.choice(self._written)
            pieces.append(_Piece("paragraph", 0, ("参考《", cited, "》。")))
        text, blocks = self._text(pieces)
        date = PostDate(2010 + number % 16) if number % 3 == 0 else UNDATED
        tags = (self._random.choice(TAGS),) if number % 7 == 0 else ()
        return Post(title=title, text=text, id=f"v{number}", blocks=blocks, date=date, tags=tags)

    def few_words(self) -> str:
        """A query of two to four words."""
        return " ".join(self._random.choices(self._telling, k=self._random.randint(*QUERY_WORDS)))

    def sentence(self) -> str:
        """A sentence of words by their frequency."""
        return "".join(self._chosen(self._random.randint(*SENTENCE_WORDS)))

    def formula(self) -> str:
        """The LaTeX of a formula as the posts have them, with other letters."""
        maths = [w for p in self._random.choice(self._sections) for w in p.words if w[0] == "$"]
        return self._renamed(max(maths, key=len)).strip("$") if maths else self.formula()

    def _text(self, pieces: Sequence[_Piece]) -> tuple[str, tuple[Block, ...]]:
        parts: list[str] = []
        blocks: list[Block] = []
        start = 0
        for piece in pieces:
            part = "".join(self._exchanged(piece.words))
            span = Span(start, start + len(part))
            blocks.append(Block(piece.kind, span, 2 * len(blocks) + 1, piece.level))  # type: ignore[arg-type]
            parts.append(part)
            start = span.end + 2
        return "\n\n".join(parts), tuple(blocks)

    def _edited(self, post: Post, name: str) -> Post:
        """The post with its last word taken away."""
        last = post.blocks[-1]
        cut = max(1, min(3, len(last.span) - 1))
        blocks = (*post.blocks[:-1], replace(last, span=Span(last.span.start, last.span.end - cut)))
        return replace(post, text=post.text[:-cut], blocks=blocks, id=name)

    def _exchanged(self, words: Sequence[str]) -> Iterator[str]:
        for word in words:
            if word[0] == "$":
                yield self._renamed(word)
            elif _WORD.fullmatch(word) and self._random.random() < WORDS_EXCHANGED:
                yield from self._chosen(1)
            else:
                yield word

    def _renamed(self, math: str) -> str:
        """A formula with some of its letters exchanged for one another."""
        letters = {
            letter: self._random.choice(ascii_lowercase)
            for letter in sorted(set(_LETTER.findall(math)))
            if self._random.random() < LETTERS_EXCHANGED
        }
        return _LETTER.sub(lambda match: letters.get(match[0], match[0]), math)

    def _chosen(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._cumulative, k=count)


def _read() -> Iterator[Post]:
    for name in CHAPTERS:
        for path in sorted(require_data(name).rglob("*.md")):
            yield from _read_markdown(path.read_bytes(), str(path))
    for name in PAGES:
        for row in _rows(name):
            yield from _read_markdown(f"# {row['title']}\n\n{row['text']}".encode(), f"{name}.md")


def _read_markdown(data: bytes, path: str) -> Iterator[Post]:
    for reading in read_source(data, path, Told(), Projects(FolderFiles())):
        yield from reading.posts


def _rows(name: str) -> Iterator[dict[str, str]]:
    with open(require_data(name) / "corpus.jsonl", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _pieces(post: Post, section: Section) -> Iterator[_Piece]:
    """A section's heading and its first blocks."""
    if section.heading:
        yield _Piece("heading", max(1, section.level), _words(section.heading))
    room = LONGEST_SECTION_CHARS
    for block in section.blocks:
        room -= len(block.span)
        if room < 0:
            return
        yield _Piece(block.kind, 0, _words(block.span.of(post.text)))


def _words(text: str) -> list[str]:
    words: list[str] = []
    for span, is_math in split_at_math(text):
        part = span.of(text)
        words += [part] if is_math else rjieba.cut(part, True)
    return words
