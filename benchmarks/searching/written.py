"""Sections of any number, written by chance from the words of real paragraphs.

Words are drawn by their frequency in cmrc2018, so that postings are as long as in real text; the
paragraphs themselves would repeat, and be merged.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

import rjieba
from measure import require_data

from blogkit import Post
from blogkit.posts import Block
from blogkit.spans import Span

SECTIONS_A_POST = 5
SENTENCES_A_SECTION = 8
WORDS_A_SENTENCE = (8, 24)
TITLE_WORDS = 5


class Writer:
    """Writes posts and queries, the same for the same seed."""

    def __init__(self, seed: int = 5) -> None:
        path = require_data("cmrc2018") / "corpus.jsonl"
        counts = Counter(
            word
            for row in path.read_text(encoding="utf-8").splitlines()
            for word in rjieba.cut(json.loads(row)["text"], True)
            if any(map(str.isalnum, word))
        )
        self._words = list(counts)
        self._cumulative = list(accumulate(counts.values()))
        self._telling = [word for word, count in counts.items() if len(word) > 1 and count < 200]
        self._random = random.Random(seed)

    def posts(self, sections: int) -> Iterator[Post]:
        """Posts with so many sections in all."""
        for number in range(-(-sections // SECTIONS_A_POST)):
            yield self.post(f"w{number}", min(SECTIONS_A_POST, sections - number * SECTIONS_A_POST))

    def post(self, name: str, sections: int = SECTIONS_A_POST) -> Post:
        """One post."""
        parts: list[str] = []
        blocks: list[Block] = []
        start = 0
        for _ in range(sections):
            for kind in ("heading", "paragraph"):
                text = self._title() if kind == "heading" else self._paragraph()
                span = Span(start, start + len(text))
                blocks.append(Block(kind, span, 2 * len(blocks) + 1, int(kind == "heading")))
                parts.append(text)
                start = span.end + 2
        return Post(title=self._title(), text="\n\n".join(parts), id=name, blocks=tuple(blocks))

    def few_words(self) -> str:
        """A query of two to four words."""
        return " ".join(self._random.choices(self._telling, k=self._random.randint(2, 4)))

    def sentence(self) -> str:
        """A whole sentence."""
        return self._chosen(self._random.randint(*WORDS_A_SENTENCE)) + "。"

    def _title(self) -> str:
        return self._chosen(TITLE_WORDS)

    def _paragraph(self) -> str:
        return "".join(self.sentence() for _ in range(SENTENCES_A_SECTION))

    def _chosen(self, count: int) -> str:
        return "".join(self._random.choices(self._words, cum_weights=self._cumulative, k=count))
