"""The index on disk: Tantivy, a document for each section, and one for each whole post.

They lie in two folders, because BM25 counts all documents of an index, whatever fields they have:
the words of whole posts are weighed among posts, those of sections among sections. Beside them lies
a folder of all words, by which one is found that is spelled or sounds like what was typed.
"""

from __future__ import annotations

from operator import attrgetter

import tantivy

from blogkit.index.matches import (
    FEATURE_FIELD,
    FEATURE_SIGN,
    FIELD_WEIGHTS,
    FIELDS,
    PAIR_FIELDS,
    POST_FIELD,
    WHOLES_FIELD,
    SectionMatch,
    TermQuery,
)
from blogkit.index.stamp import cant_write, empty_folder, read_stamp, read_whole_stamp
from blogkit.index.tantivy_folder import TantivyFolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from blogkit.index.documents import IndexDocument
    from blogkit.index.stamp import Stamp
    from blogkit.index.term_scores import TermScore
    from blogkit.index.word_keys import WordKeys

_HEAP_BYTES, _POSTS_HEAP_BYTES = 256_000_000, 64_000_000
_NAMED_POSTS = 1000
"""At most so many posts are named to the index of posts; where there are more, all are asked."""
_SHORT_QUERY_TERMS = 8


class TextIndex:
    """An index folder, opened for searching.

    Args:
        folder: where the sections lie; the posts lie beside it. Made, empty, where it is missing.

    Raises:
        LibraryError: if what lies there is no whole index.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._sections = TantivyFolder(folder, _schema(FIELDS))
        self._posts = TantivyFolder(_posts_folder(folder), _schema([POST_FIELD]))
        self._words: WordKeys | None = None

    @classmethod
    def rebuilt(cls, folder: str) -> TextIndex:
        """An empty index in place of whatever lies there.

        Raises:
            OSError: if what lies there can't be removed.
        """
        empty_folder(folder)
        empty_folder(_posts_folder(folder))
        empty_folder(_words_folder(folder))
        return cls(folder)

    def stamp(self) -> Stamp | None:
        """The state that the index reflects; None for a new or a torn one."""
        return read_stamp(self.folder)

    def reload(self) -> None:
        """See what another process has written.

        Raises:
            LibraryError: if what lies there is no whole index.
        """
        self._sections.reload()
        self._posts.reload()
        self._words = None

    def update(
        self,
        *,
        removed: Iterable[int],
        documents: Iterable[IndexDocument],
        own_words: Iterable[str] = (),
        stamp: Stamp,
    ) -> None:
        """Replace the documents of some posts.

        Args:
            removed: numbers of the posts whose documents go; also those that documents replace.
            documents: what comes.
            own_words: words of the library's own that came.
            stamp: the state that the index then reflects.

        Raises:
            LibraryBusyError: if another process keeps writing to the index.
        """
        gone = list(removed)
        sections = self._sections.writer(gone, heap_bytes=_HEAP_BYTES)
        posts = self._posts.writer(gone, heap_bytes=_POSTS_HEAP_BYTES)
        words = set(own_words)
        try:
            for document in documents:
                words.update(document.fields["body"])
                sections.add_document(_section(document))
                if document.post_words:
                    posts.add_document(_post(document))
            # What a section has already was put among the words with it, before it.
            new = (word for word in sorted(words) if not self.document_frequency("body", word))
            # The sections last: their stamp is the one that is asked for.
            self._word_keys().update(new, stamp)
            self._posts.commit(posts, stamp)
            self._sections.commit(sections, stamp)
        except (ValueError, OSError) as error:
            raise cant_write(self.folder, error) from error
        self.reload()

    def search(
        self,
        query: TermQuery,
        *,
        limit: int,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
        posts: Collection[int] | None = None,
    ) -> list[SectionMatch]:
        """The best sections that hold any of the terms or pairs, each weighted, best first.

        Args:
            query: what is asked for.
            limit: at most so many sections.
            fields: the fields that are searched, with their weights.
            posts: numbers of the only posts that are searched, a few thousand at most.
        """
        of_sections = {name: weight for name, weight in fields.items() if name != POST_FIELD}
        asked = _query(self._sections.schema, query, of_sections)
        matches = list(map(SectionMatch, *_found(self._sections, asked, limit, posts)))
        if POST_FIELD in fields:
            of_posts = _query(self._posts.schema, query, {POST_FIELD: fields[POST_FIELD]})
            self._add_posts(matches, of_posts, is_short=len(query.terms) <= _SHORT_QUERY_TERMS)
        return matches

    def _add_posts(
        self, matches: list[SectionMatch], query: tantivy.Query, *, is_short: bool
    ) -> None:
        """Let each section count for its whole post too, and put them in order again.

        Of a short query the best posts are found sooner than those that are named.
        """
        posts = {match.post for match in matches}
        scores: dict[int, float] = {}
        if is_short:
            numbers, _, found = _found(self._posts, query, _NAMED_POSTS, None)
            scores = dict(zip(numbers, found, strict=True))
        if len(scores) == _NAMED_POSTS or not is_short:
            left = posts.difference(scores)
            named = left if len(left) <= _NAMED_POSTS else None
            numbers, _, found = _found(self._posts, query, len(named or self._posts), named)
            scores |= zip(numbers, found, strict=True)
        for match in matches:
            match.score += scores.get(match.post, 0.0)
        matches.sort(key=attrgetter("score"), reverse=True)

    def count_posts(self, query: TermQuery) -> int:
        """How many posts hold any of the terms or pairs; over some hundreds, nearly so many."""
        found = self._sections.searcher().cardinality(self._any_of(query), "post")
        return round(float(found or 0))

    def count_sections(self, query: TermQuery) -> int:
        """How many sections hold any of the terms or pairs."""
        found = self._sections.searcher().search(self._any_of(query), 1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # tantivy's stub leaves it out

    def document_frequency(self, field: str, term: str) -> int:
        """How many sections have a term in a field."""
        return int(self._sections.searcher().doc_freq(field, term))

    def __len__(self) -> int:
        return len(self._sections)

    def words_with(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """By key, the words that were ever indexed and have it; see ``text.similar``."""
        with_key = self._word_keys().with_key
        return {key: words for key in keys if (words := with_key(key))}

    def _word_keys(self) -> WordKeys:
        if self._words is None:
            from blogkit.index.word_keys import WordKeys

            self._words = WordKeys(_words_folder(self.folder))
        return self._words

    def sections_with(
        self, pieces: Sequence[str], posts: Collection[int] | None = None, *, field: str = "pairs"
    ) -> dict[int, set[int]]:
        """By post, the sections that have each of the pieces: pairs, Latin words, or characters.

        Args:
            pieces: what they have; a feature of FEATURES stands for itself with ``has:`` before.
            posts: numbers of the only posts that are looked at, a few thousand at most.
            field: where the pieces stand, ``body`` for words.
        """
        from blogkit.index.text_terms import sections_with

        return sections_with(self._sections, pieces, posts, field)

    def posts_with(self, pieces: Sequence[str]) -> set[int]:
        """The posts with such a section."""
        from blogkit.index.text_terms import posts_with

        # What a whole post has, its own document says.
        of_post = len(pieces) == 1 and pieces[0].startswith(FEATURE_SIGN)
        return posts_with(self._posts if of_post else self._sections, pieces)

    def explain(
        self,
        query: TermQuery,
        match: SectionMatch,
        *,
        fields: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> list[TermScore]:
        """The terms, pairs and fields behind the score of a section."""
        from blogkit.index.text_terms import term_scores

        scores: list[TermScore] = []
        for field, weight in fields.items():
            held = self._posts if field == POST_FIELD else self._sections
            asked = query.asked_of(field)
            scores += term_scores(held.searcher(), held.schema, field, asked, match, weight)
        return scores

    def _any_of(self, query: TermQuery) -> tantivy.Query:
        """What the same sections answer as a search, with fewer postings to read.

        ``pairs`` has all of ``names``, each Latin word of ``body``, and of each Chinese word there
        its first two characters: only terms without their pairs among those asked for are left.
        """
        schema, pairs = self._sections.schema, query.pairs
        alone = [term for term in query.terms if term not in pairs and term[:2] not in pairs]
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, field, term, "basic"))
            for field, asked in (("pairs", pairs), ("body", alone))
            for term in asked
        ]
        clauses += [
            (tantivy.Occur.Should, _all_of(schema, group, "body", 1.0)) for group in query.together
        ]
        return tantivy.Query.boolean_query(clauses)


def read_whole_index_stamp(folder: str, *, thorough: bool = False) -> Stamp | None:
    """The state that an index folder reflects, if all its files hold what they held.

    Posts and words may be ahead, where an update ended before the sections': it is done again.
    """
    sections = read_whole_stamp(folder, thorough=thorough)
    if sections is None:
        return None
    for beside in (_posts_folder(folder), _words_folder(folder)):
        stamp = read_whole_stamp(beside, thorough=thorough)
        if stamp is None or not stamp.is_of(sections) or stamp.generation < sections.generation:
            return None
    return sections


def _posts_folder(folder: str) -> str:
    return f"{folder}-posts"


def _words_folder(folder: str) -> str:
    return f"{folder}-words"


def _schema(fields: Iterable[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("post", indexed=True, fast=True)
    builder.add_unsigned_field("section", fast=True)
    for field in fields:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(FEATURE_FIELD, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def _section(document: IndexDocument) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned("post", document.post)
    made.add_unsigned("section", document.section)
    for field, terms in document.fields.items():
        made.add_text(field, " ".join(terms))
    made.add_text(FEATURE_FIELD, " ".join(document.features))
    return made


def _post(document: IndexDocument) -> tantivy.Document:
    made = tantivy.Document()
    made.add_unsigned("post", document.post)
    made.add_text(POST_FIELD, " ".join(document.post_words))
    made.add_text(FEATURE_FIELD, " ".join(document.post_features))
    return made


def _query(schema: tantivy.Schema, query: TermQuery, fields: Mapping[str, float]) -> tantivy.Query:
    clauses = [
        (tantivy.Occur.Should, _boosted(schema, field, term, asked * weight))
        for field, weight in fields.items()
        for term, asked in query.asked_of(field).items()
    ]
    for group in query.together:
        clauses += [
            (tantivy.Occur.Should, _all_of(schema, group, field, weight))
            for field, weight in fields.items()
            if field not in PAIR_FIELDS
        ]
    for group in query.wholes if WHOLES_FIELD in fields else ():
        clauses.append((tantivy.Occur.Should, _all_of(schema, group, WHOLES_FIELD, 1.0)))
    return tantivy.Query.boolean_query(clauses)


def _all_of(
    schema: tantivy.Schema, group: Mapping[str, float], field: str, weight: float
) -> tantivy.Query:
    return tantivy.Query.boolean_query(
        [
            (tantivy.Occur.Must, _boosted(schema, field, term, asked * weight))
            for term, asked in group.items()
        ]
    )


def _found(
    index: TantivyFolder, query: tantivy.Query, limit: int, posts: Collection[int] | None
) -> tuple[list[int], list[int], list[float]]:
    """Posts, sections (none of posts themselves) and scores of the best documents, best first.

    Of some posts only, if they are given, with the scores that the query has by itself.
    """
    if posts is not None:
        wanted = tantivy.Query.term_set_query(index.schema, "post", list(posts))
        both = (query, tantivy.Query.boost_query(wanted, 0.0))
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in both])
    searcher = index.searcher()
    # Tantivy allocates for as many hits as it is asked for, and aborts the process if it can't.
    most = max(1, min(limit, len(index)))
    hits = searcher.search(query, most, count=False).hits
    addresses = [address for _, address in hits]
    numbers = searcher.fast_field_values("post", addresses)
    ordinals = searcher.fast_field_values("section", addresses)
    scores = [score for score, _ in hits]
    return numbers, ordinals, scores  # type: ignore[return-value]  # both are whole numbers


def _boosted(schema: tantivy.Schema, field: str, term: str, weight: float) -> tantivy.Query:
    query = tantivy.Query.term_query(schema, field, term, "freq")
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)
