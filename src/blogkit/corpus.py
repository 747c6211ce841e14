"""Posts in memory: the same search as a library's, without a file."""

from __future__ import annotations

from blogkit.index.documents import documents
from blogkit.index.memory_index import MemoryIndex
from blogkit.posts import Post, sections
from blogkit.search.searcher import Searcher
from blogkit.sources.read import with_formulas
from blogkit.store.formulas import PostFormula
from blogkit.store.sections import StoredSection
from blogkit.text.analyzer import Analyzer
from blogkit.text.segment import DictionarySegmenter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogkit.formula_reports import FormulaHits
    from blogkit.index.formula_index import FormulaIndex
    from blogkit.search.hits import Hits
    from blogkit.search.searcher import By


class Corpus:
    """Posts given at once, ranked by rank-bm25's BM25Okapi.

    Nothing is merged and nothing is stored. Posts without an id get their number, from 1.

    >>> posts = [Post(title="裁剪", text="裁剪梯度的模长。"), Post(title="GELU", text="误差函数。")]
    >>> [hit.title for hit in Corpus(posts).search("误差")]
    ['GELU']
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self.posts = tuple(with_formulas(post)[0] for post in posts)
        analyzer = Analyzer(DictionarySegmenter())
        indexed = [
            document
            for number, post in enumerate(self.posts)
            for document in documents(number, post, analyzer)
        ]
        self._formulas = {formula.key: formula for formula in self._located()}
        self._formula_index: FormulaIndex | None = None
        self._searcher = Searcher(MemoryIndex(indexed), self._read_section, analyzer)

    def search(self, query: str, *, limit: int = 10, offset: int = 0, by: By = "post") -> Hits:
        """Posts, each with its best passage, or all passages (``by="section"``), best first."""
        return self._searcher.search(query, limit=limit, offset=offset, by=by)

    def find_formula(self, pattern: str, *, limit: int = 10, offset: int = 0) -> FormulaHits:
        """Formulas by LaTeX with wildcards, by symbol, by sub-expression, or by label."""
        from blogkit.formula_reports import label_hits, placed_hits
        from blogkit.index.formula_index import FormulaIndex

        bearers = [f for f in self._formulas.values() if f.label and f.label == pattern.strip()]
        if bearers:
            return label_hits(pattern, bearers, limit=limit, offset=offset)
        if self._formula_index is None:
            self._formula_index = FormulaIndex.build(
                (key, formula.latex) for key, formula in self._formulas.items()
            )
        found = self._formula_index.find(pattern, limit=limit, offset=offset)
        return placed_hits(found, self._formulas.__getitem__)

    def _post_id(self, number: int) -> str:
        return self.posts[number].id or str(number + 1)

    def _located(self) -> Iterator[PostFormula]:
        for number, post in enumerate(self.posts):
            post_id = self._post_id(number)
            for formula in post.formulas:
                yield PostFormula(
                    f"{post_id}#{formula.name}",
                    post_id,
                    number,
                    formula.number,
                    formula.label,
                    formula.display,
                    formula.latex,
                    post.path,
                    formula.line,
                    formula.span,
                )

    def _read_section(self, number: int, ordinal: int) -> StoredSection:
        post = self.posts[number]
        section = list(sections(post.text, post.blocks))[ordinal]
        start = section.span.start
        line_starts = [(block.span.start - start, block.line) for block in section.blocks]
        return StoredSection(
            self._post_id(number),
            post.title,
            post.date,
            post.path,
            section.heading,
            section.line,
            section.text,
            line_starts,
        )
