"""The engines that are compared, behind one small protocol.

Imports nothing but the standard library: the peers' own modules are loaded when an engine is
made, so that this file runs under the interpreter of Approach0 too.
"""

import math
import re
import shutil
import tempfile
from collections import Counter
from itertools import pairwise
from typing import Any, Protocol

Hits = list[tuple[str, float]]
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[0-9]+|\S")
_WILDCARD = re.compile(r"\\qvar\{(\w+)\}")


class Engine(Protocol):
    r"""A search over formulas. In queries a wildcard is written `\qvar{a}`."""

    def build(self, items: list[tuple[str, str]]) -> None:
        """Index the formulas (id, LaTeX)."""

    def find(self, latex: str, limit: int) -> Hits:
        """At most `limit` (id, score), best first."""


class EngineMissingError(Exception):
    """The engine isn't installed, or not built yet."""


def _unigrams(latex: str) -> list[str]:
    """LaTeX tokens without braces; a wildcard says nothing about the text, so it's left out."""
    tokens = _TOKEN.findall(_WILDCARD.sub(" ", latex))
    return [token for token in tokens if token not in {"{", "}"}]


def _with_pairs(latex: str) -> list[str]:
    """All tokens, and each pair of neighbours as one more."""
    tokens = _TOKEN.findall(_WILDCARD.sub(" ", latex))
    return tokens + [f"{a} {b}" for a, b in pairwise(tokens)]


class _Postings:
    """Which formula holds which token how often, as numpy arrays."""

    def __init__(self, bags: list[list[str]]) -> None:
        import numpy

        places: dict[str, list[tuple[int, int]]] = {}
        for number, bag in enumerate(bags):
            for token, count in Counter(bag).items():
                places.setdefault(token, []).append((number, count))
        self.lengths = numpy.array([len(bag) for bag in bags], dtype=numpy.float64)
        self.lists = {
            token: tuple(numpy.array(pairs, dtype=numpy.int32).T) for token, pairs in places.items()
        }

    def idf(self, token: str) -> float:
        """Lucene's: log(1 + (N - n + 0.5) / (n + 0.5))."""
        holding = len(self.lists[token][0])
        return math.log(1 + (len(self.lengths) - holding + 0.5) / (holding + 0.5))


class _TokenEngine:
    """What the token engines share: postings and the best scores; ties in order of `items`."""

    @staticmethod
    def tokenise(latex: str) -> list[str]:
        """The tokens of a formula."""
        return _unigrams(latex)

    def build(self, items: list[tuple[str, str]]) -> None:
        """Index the formulas."""
        self._ids = [item_id for item_id, _ in items]
        self._postings = _Postings([self.tokenise(latex) for _, latex in items])

    def find(self, latex: str, limit: int) -> Hits:
        """The best formulas with a token in common."""
        import numpy

        scores = self._scores(self.tokenise(latex))
        limit = min(limit, len(scores))
        worst = numpy.partition(scores, -limit)[-limit]
        near = numpy.flatnonzero(scores >= worst)
        order = near[numpy.argsort(-scores[near], kind="stable")][:limit]
        return [(self._ids[i], float(scores[i])) for i in order if scores[i] > 0]

    def _scores(self, bag: list[str]) -> Any:
        raise NotImplementedError


class TokenBag(_TokenEngine):
    """Share of tokens in common: Dice coefficient of the two multisets."""

    def _scores(self, bag: list[str]) -> Any:
        import numpy

        common = numpy.zeros(len(self._ids))
        for token, count in Counter(bag).items():
            if token in self._postings.lists:
                places, counts = self._postings.lists[token]
                common[places] += numpy.minimum(counts, count)
        return 2 * common / (self._postings.lengths + len(bag))


class PairBag(TokenBag):
    """The same with pairs of neighbours: a simple peer that sees order."""

    tokenise = staticmethod(_with_pairs)


class Bm25(_TokenEngine):
    """Okapi BM25 with k1 = 1.2 and b = 0.75 over single tokens."""

    k1 = 1.2
    b = 0.75

    def _scores(self, bag: list[str]) -> Any:
        import numpy

        lengths = self._postings.lengths
        dampening = self.k1 * (1 - self.b + self.b * lengths / lengths.mean())
        scores = numpy.zeros(len(self._ids))
        for token, count in Counter(bag).items():
            if token in self._postings.lists:
                places, counts = self._postings.lists[token]
                share = counts * (self.k1 + 1) / (counts + dampening[places])
                scores[places] += count * self._postings.idf(token) * share
        return scores


class Bm25Pairs(Bm25):
    """BM25 over tokens and pairs of neighbours."""

    tokenise = staticmethod(_with_pairs)


class Approach0:
    """`pya0`, an index on disk in a temporary folder."""

    _HIT = re.compile(r'"score": ([\d.]+), *"field_url": "(\d+)"')

    def __init__(self) -> None:
        try:
            import pya0
        except ImportError as error:
            raise EngineMissingError("pya0 is not installed there") from error
        self._pya0: Any = pya0
        self._folder = tempfile.mkdtemp(prefix="formula-search-")
        self._index: Any = None

    def build(self, items: list[tuple[str, str]]) -> None:
        """Index the formulas; what its parser can't read is told on standard output."""
        self._ids = [item_id for item_id, _ in items]
        index = self._pya0.index_open(self._folder + "/index")
        writer = self._pya0.index_writer(index)
        for number, (_, latex) in enumerate(items):
            content = f"[imath]{latex}[/imath]"
            self._pya0.writer_add_doc(writer, content=content, url=str(number))
        self._pya0.writer_maintain(writer, force=True)
        self._pya0.writer_close(writer)
        self._pya0.index_close(index)
        self._index = self._pya0.index_open(self._folder + "/index", option="r")

    def find(self, latex: str, limit: int) -> Hits:
        """Its hits; none where it can't read the query."""
        query = [{"str": latex, "type": "tex"}]
        answer = self._pya0.search(self._index, query, verbose=False, topk=limit)
        return [(self._ids[int(n)], float(score)) for score, n in self._HIT.findall(answer)]

    def close(self) -> None:
        """Delete the folder."""
        self._pya0.index_close(self._index)
        shutil.rmtree(self._folder, ignore_errors=True)


class Blogkit:
    """`blogkit.FormulaIndex`."""

    def __init__(self) -> None:
        try:
            from blogkit.lookup.index import FormulaIndex
        except ImportError as error:
            raise EngineMissingError("blogkit.FormulaIndex is not there yet") from error
        self._class: Any = FormulaIndex
        self._index: Any = None

    def build(self, items: list[tuple[str, str]]) -> None:
        """Index the formulas."""
        self._index = self._class.build(items)

    def find(self, latex: str, limit: int) -> Hits:
        """Its hits, wildcards as it spells them."""
        pattern = _WILDCARD.sub(r"?\1 ", latex)
        return [(hit.id, float(hit.score)) for hit in self._index.find(pattern, limit=limit)]


ENGINES: dict[str, type[Engine]] = {
    "tokens": TokenBag,
    "pairs": PairBag,
    "bm25": Bm25,
    "bm25-pairs": Bm25Pairs,
    "pya0": Approach0,
    "blogkit": Blogkit,
}
