"""What Tantivy knows of terms: the sections that have pieces, the numbers of a score.

Apart from ``text_index``, because an ordinary search needs none of it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict

import tantivy

from blogkit.index.asked_terms import among_posts, best_places
from blogkit.index.matches import FEATURE_FIELD, FEATURE_SIGN
from blogkit.index.term_scores import TermScore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from blogkit.index.matches import SectionMatch
    from blogkit.index.tantivy_folder import TantivyFolder

_SECTIONS_OF_A_POST = 100_000
_SECTIONS = 1024
"""At first so many sections are fetched."""
_ROUNDING = 1e-5
"""Tantivy sums in single precision."""
_BITS = 20
"""Words that a number of single precision tells apart."""


def sections_with(
    index: TantivyFolder, pieces: Sequence[str], posts: Collection[int] | None, field: str
) -> dict[int, set[int]]:
    """By number of the post, the places of the sections that have each of the pieces.

    Args:
        index: the index of sections.
        pieces: pairs of characters, Latin words, single Chinese characters, or features.
        posts: the only posts that are looked at; all, if not given.
        field: where the pieces stand, ``body`` for words.
    """
    addresses = _holders(index, pieces, posts, field)
    numbers = index.searcher().fast_field_values("post", addresses)
    sections = index.searcher().fast_field_values("section", addresses)
    found: dict[int, set[int]] = defaultdict(set)
    for post, section in zip(numbers, sections, strict=True):
        found[post].add(section)  # type: ignore[index,arg-type]  # both are whole numbers
    return dict(found)


def sections_sharing(
    index: TantivyFolder, terms: Mapping[str, float], weight: float, least: int
) -> set[tuple[int, int]]:
    """Posts and places of the sections that have so many words, and so much of their weight.

    Args:
        index: the index of sections.
        terms: words with their weights, all above 0.
        weight: what those of a section weigh together, at least.
        least: how many they are, at least.
    """
    found = _holding(index, terms, weight * (1 - _ROUNDING))
    if sum(sorted(terms.values())[1 - least :]) >= weight:  # so few may weigh so much
        found &= _holding(index, dict.fromkeys(terms, 1.0), least)
    return found


def _holding(
    index: TantivyFolder, terms: Mapping[str, float], least: float
) -> set[tuple[int, int]]:
    """The sections whose words weigh so much together."""
    query, limit = _weighing(index.schema, terms), _SECTIONS
    while True:
        found = best_places(index, query, limit)
        if len(found) < limit or found[-1][2] < least:
            return {(post, section) for post, section, score in found if score >= least}
        limit *= 4


def words_held(
    index: TantivyFolder, words: Sequence[str], posts: Collection[int]
) -> dict[tuple[int, int], list[str]]:
    """By section of some posts, those of the words that it has; sections with none are left out.

    Each word is a bit of the score.
    """
    held: dict[tuple[int, int], list[str]] = defaultdict(list)
    for first in range(0, len(words), _BITS):
        some = words[first : first + _BITS]
        bits = {word: float(1 << bit) for bit, word in enumerate(some)}
        query = among_posts(index.schema, _weighing(index.schema, bits), posts)
        for post, section, score in best_places(index, query, len(index)):
            held[post, section] += [word for word in some if int(score) & int(bits[word])]
    return held


def _weighing(schema: tantivy.Schema, terms: Mapping[str, float]) -> tantivy.Query:
    """What scores by the weights of the words that it has, and by nothing else."""
    words = [
        tantivy.Query.const_score_query(
            tantivy.Query.term_query(schema, "body", term, "basic"), weight
        )
        for term, weight in terms.items()
    ]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])


def posts_with(index: TantivyFolder, pieces: Sequence[str]) -> set[int]:
    """The numbers of the posts of which a document has each of the pieces."""
    addresses = _holders(index, pieces, None)
    return {int(post or 0) for post in index.searcher().fast_field_values("post", addresses)}


def _holders(
    index: TantivyFolder, pieces: Sequence[str], posts: Collection[int] | None, field: str = "pairs"
) -> list[tantivy.DocAddress]:
    wanted = [
        tantivy.Query.term_query(index.schema, *_field_and_term(piece, field), "basic")
        for piece in pieces
    ]
    if posts is not None:
        wanted.append(tantivy.Query.term_set_query(index.schema, "post", list(posts)))
    clauses = [(tantivy.Occur.Must, query) for query in wanted]
    query = tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.all_query()
    query = tantivy.Query.const_score_query(query, 1.0)
    hits = index.searcher().search(query, max(1, len(index)), count=False).hits
    return [address for _, address in hits]


def _field_and_term(piece: str, field: str) -> tuple[str, str]:
    if piece.startswith(FEATURE_SIGN):
        return FEATURE_FIELD, piece[len(FEATURE_SIGN) :]
    return field, piece


def term_scores(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    field: str,
    asked: Mapping[str, float],
    match: SectionMatch,
    weight: float,
) -> list[TermScore]:
    """The terms of a field behind the score of a section, or of its post, as Tantivy explains them.

    Args:
        searcher: of the index of sections, or of posts.
        schema: of that index.
        field: the field.
        asked: terms with how often they are asked for.
        match: the section.
        weight: of the field.
    """
    address = _address(searcher, schema, match)
    found: list[TermScore] = []
    for term, times in asked.items():
        query = tantivy.Query.term_query(schema, field, term, "freq")
        try:
            tree = json.loads(query.explain(searcher, address).to_json())
        except ValueError:  # the section does not hold the term in this field
            continue
        numbers = dict(_numbers(tree))
        found.append(
            TermScore(
                term=term,
                field=field,
                weight=weight,
                asked=times,
                idf=numbers["idf"],
                holders=round(numbers["n"]),
                documents=round(numbers["N"]),
                count=numbers["freq"],
                length=numbers["dl"],
                average_length=numbers["avgdl"],
                k1=numbers["k1"],
                b=numbers["b"],
            )
        )
    return found


def _address(
    searcher: tantivy.Searcher, schema: tantivy.Schema, match: SectionMatch
) -> tantivy.DocAddress:
    query = tantivy.Query.term_query(schema, "post", match.post)
    hits = searcher.search(query, _SECTIONS_OF_A_POST, count=False).hits
    addresses = [address for _, address in hits]
    if len(addresses) == 1:
        return addresses[0]
    sections = searcher.fast_field_values("section", addresses)
    return addresses[sections.index(match.section)]


def _numbers(tree: dict[str, object]) -> list[tuple[str, float]]:
    """The numbers of Tantivy's explanation by the first word of their description.

    Two descriptions begin with ``freq``; that of a quotient is left out.
    """
    description, value = str(tree["description"]), tree["value"]
    assert isinstance(value, float)
    name = re.split(r"[,\s]", description)[0]
    own = [] if description.startswith("freq /") else [(name, value)]
    details = tree.get("details")
    inner = details if isinstance(details, list) else []
    return own + [pair for detail in inner for pair in _numbers(detail)]
