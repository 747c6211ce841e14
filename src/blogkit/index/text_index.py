"""The index on disk: Tantivy, a document for each section, and one for each whole post.

They lie in two folders, because BM25 counts all documents of an index, whatever fields they have:
the words of whole posts are weighed among posts, those of sections among sections. Beside them lies
a folder of all words, by which one is found that is spelled or sounds like what was typed.
"""

from __future__ import annotations

from operator import attrgetter

import tantivy

from blogkit.index.asked_terms import anywhere, best, count, is_long, words_in
from blogkit.index.matches import (
    FEATURE_FIELD,
    FEATURE_SIGN,
    FIELD_WEIGHTS,
    FIELDS,
    POST_FIELD,
    SectionMatch,
    TermQuery,
)
from blogkit.index.stamp import StampReader, cant_write, empty_folder, read_whole_stamp
from blogkit.index.tantivy_folder import TantivyFolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from blogkit.index.documents import IndexDocument
    from blogkit.index.stamp import Stamp
    from blogkit.index.term_scores import TermScore
    from blogkit.index.word_keys import WordKeys

_HEAP_BYTES, _POSTS_HEAP_BYTES = 256_000_000, 64_000_000
_POSTS = 512
"""So many posts, those whose words answer best, lend their score to their sections; or as many as
sections are asked for. What is in another post is not among the first anyway."""
_MOST = 0.75
"""Share of all posts from which those that hold a word of a query are told for all that answer."""


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
        self._stamp = StampReader(folder)
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
        return self._stamp.read()

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
        found = best(self._sections, query, _without(fields, POST_FIELD), limit, posts)
        matches = [SectionMatch(*match) for match in found]
        if POST_FIELD in fields:
            weights = {POST_FIELD: fields[POST_FIELD]}
            named = None if posts is None else {match.post for match in matches}
            of_posts = best(self._posts, query, weights, max(_POSTS, limit), named)
            scores = {post: score for post, _, score in of_posts}
            for match in matches:
                match.post_counts = match.post in scores
                match.score += scores.get(match.post, 0.0)
            matches.sort(key=attrgetter("score"), reverse=True)
        return matches

    def count_posts(self, query: TermQuery) -> int:
        """How many posts hold any of the terms or pairs; over some hundreds, nearly so many.

        Most posts hold a word of a long query, and those that hold only a pair of it are few among
        them: they are not counted there.
        """
        if is_long(query):
            by_words = count(self._posts, words_in(self._posts.schema, query, POST_FIELD))
            if by_words > _MOST * len(self._posts):
                return by_words
        asked = anywhere(self._sections.schema, query)
        return round(float(self._sections.searcher().cardinality(asked, "post") or 0))

    def count_sections(self, query: TermQuery) -> int:
        """How many sections hold any of the terms or pairs."""
        return count(self._sections, anywhere(self._sections.schema, query))

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

    def sections_sharing(
        self, terms: Mapping[str, float], *, weight: float, least: int
    ) -> set[tuple[int, int]]:
        """The sections that have at least so many of the words, and so much of their weight."""
        from blogkit.index.text_terms import sections_sharing

        return sections_sharing(self._sections, terms, weight, least)

    def words_held(
        self, words: Sequence[str], posts: Collection[int]
    ) -> dict[tuple[int, int], list[str]]:
        """By section of some posts, those of the words that it has, in their order."""
        from blogkit.index.text_terms import words_held

        return words_held(self._sections, words, posts)

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


def _without(fields: Mapping[str, float], name: str) -> dict[str, float]:
    return {field: weight for field, weight in fields.items() if field != name}


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
