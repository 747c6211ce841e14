"""Posts in memory: the same search as a library's, without a file."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import chain

from blogkit.errors import PostIdError, require_page
from blogkit.index.documents import documents
from blogkit.index.memory_index import MemoryIndex
from blogkit.language import Message
from blogkit.library.asked_posts import FORMULAS, PostsArchive
from blogkit.macros import defined_before
from blogkit.posts import Post, searched_sections
from blogkit.search.aliases import Aliases
from blogkit.search.searcher import Searcher
from blogkit.sources.read import with_formulas
from blogkit.store.columns import storable_post
from blogkit.store.formulas import PostFormula
from blogkit.store.sections import StoredSection
from blogkit.text.analyzer import Analyzer
from blogkit.text.definitions import defined_terms
from blogkit.text.lexicon import WordSet
from blogkit.text.normalize import storable
from blogkit.text.segment import DictionarySegmenter, cut_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from blogkit.library.formula_reports import FormulaHits
    from blogkit.lookup.index import FormulaIndex
    from blogkit.search.hits import Hits
    from blogkit.search.searcher import By


class Corpus:
    """Posts given at once, ranked by rank-bm25's BM25Okapi.

    Nothing is merged and nothing is stored. Posts without an id get their number, from 1.

    Raises:
        PostIdError: if two posts have one id, or an id is none that a post can have.

    >>> posts = [Post(title="裁剪", text="裁剪梯度的模长。"), Post(title="GELU", text="误差函数。")]
    >>> [hit.title for hit in Corpus(posts).search("误差")]
    ['GELU']
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self.posts = tuple(with_formulas(storable_post(post))[0] for post in posts)
        self._expect_own_ids()
        terms = [
            term
            for post in self.posts
            for term in defined_terms(
                post.title, (*post.tags, *post.categories), post.text, cut_words
            )
        ]
        analyzer = Analyzer(DictionarySegmenter(), WordSet(term.word for term in terms))
        indexed = [
            document
            for number, post in enumerate(self.posts)
            for document in documents(number, post, analyzer)
        ]
        self._formulas = {formula.key: formula for formula in self._located()}
        self._formula_index: FormulaIndex | None = None
        archive = PostsArchive(self.posts, partial(self._find, limit=FORMULAS))
        aliases = Aliases(None, partial(_glosses, Counter((t.word, t.english) for t in terms)))
        self._searcher = Searcher(
            MemoryIndex(indexed, {term.word for term in terms}),
            lambda places: {place: self._read_section(*place) for place in places},
            lambda numbers: {number: self.posts[number].title for number in numbers},
            analyzer,
            aliases,
            lambda: archive,
        )

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        by: By = "post",
        explain: bool = False,
        pinyin: bool = False,
    ) -> Hits:
        """Posts, each with its best passage, or all passages (``by="section"``), best first.

        The query language and the options are those of ``Library.search``.
        """
        return self._searcher.search(
            storable(query), limit=limit, offset=offset, by=by, explain=explain, pinyin=pinyin
        )

    def find_formula(self, pattern: str, *, limit: int = 10, offset: int = 0) -> FormulaHits:
        """Formulas by LaTeX with wildcards, by symbol, by sub-expression, by label, or by words."""
        return self._find(pattern, limit=limit, offset=offset, searcher=lambda: self._searcher)

    def _find(
        self,
        pattern: str,
        *,
        limit: int,
        offset: int = 0,
        searcher: Callable[[], Searcher] | None = None,
    ) -> FormulaHits:
        from blogkit.library.formula_lookup import answer
        from blogkit.library.formula_reports import label_hits
        from blogkit.lookup.index import FormulaIndex

        require_page(limit, offset)
        pattern = storable(pattern)
        bearers = [f for f in self._formulas.values() if f.label and f.label == pattern.strip()]
        if bearers:
            return label_hits(pattern, bearers, limit=limit, offset=offset)
        if self._formula_index is None:
            self._formula_index = FormulaIndex.build(
                ((key, formula.latex) for key, formula in self._formulas.items()),
                definitions={key: found.definitions for key, found in self._formulas.items()},
            )
        return answer(
            pattern,
            self._formula_index,
            lambda keys: {key: self._formulas[key] for key in keys},
            searcher,
            self.posts.__getitem__,
            limit=limit,
            offset=offset,
        )

    def _expect_own_ids(self) -> None:
        ids = Counter(map(self._post_id, range(len(self.posts))))
        for post_id, count in ids.items():
            if count > 1:
                raise PostIdError(
                    Message(
                        "{count} posts have the id '{post_id}'; give each an id of its own, or "
                        "none, and it gets its number",
                        count=count,
                        post_id=post_id,
                    )
                )

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
                    formula.definitions,
                )

    def _read_section(self, number: int, ordinal: int) -> StoredSection:
        post = self.posts[number]
        section = list(searched_sections(post))[ordinal]
        start = section.span.start
        starts = ([(b.span.start, b.line), *b.row_starts(post.text)] for b in section.blocks)
        line_starts = [(at - start, line) for at, line in chain.from_iterable(starts)]
        return StoredSection(
            self._post_id(number),
            post.title,
            post.date,
            post.path,
            section.heading,
            section.line,
            section.text,
            line_starts,
            lambda offset: defined_before(post.formulas, start + offset),
        )


def _glosses(
    known: Mapping[tuple[str, str], int], runs: Collection[str], names: Collection[str]
) -> list[tuple[str, str, int]]:
    """The glosses of words that stand in runs of characters, or bear one of some English names."""
    return [
        (word, english, count)
        for (word, english), count in known.items()
        if english and (english in names or any(word in run for run in runs))
    ]
