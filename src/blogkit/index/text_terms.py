"""What Tantivy knows of terms: the vocabulary, terms with a piece inside, the numbers of a score.

Apart from ``text_index``, because an ordinary search needs none of it.
"""

from __future__ import annotations

import json
import re

import tantivy

from blogkit.index.matches import FIELD_WEIGHTS
from blogkit.index.term_scores import TermScore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blogkit.index.matches import SectionMatch

_SECTIONS_OF_A_POST = 100_000


def vocabulary(searcher: tantivy.Searcher) -> dict[str, int]:
    """Every term of every field, with in how many sections it stands, of the fields the most."""
    found: dict[str, int] = {}
    for field in FIELD_WEIGHTS:
        for term, count in searcher.terms_with_prefix(field, ""):
            found[term] = max(found.get(term, 0), count)
    return found


def posts_with(
    searcher: tantivy.Searcher, schema: tantivy.Schema, pieces: Sequence[str]
) -> set[int]:
    """Numbers of the posts that have each of the pieces inside a term of any field."""
    clauses = [
        (
            tantivy.Occur.Must,
            tantivy.Query.boolean_query(
                [
                    (
                        tantivy.Occur.Should,
                        tantivy.Query.regex_query(schema, field, f".*{re.escape(piece)}.*"),
                    )
                    for field in FIELD_WEIGHTS
                ]
            ),
        )
        for piece in pieces
    ]
    query = tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.all_query()
    hits = searcher.search(query, max(1, searcher.num_docs), count=False).hits
    numbers = searcher.fast_field_values("post", [address for _, address in hits])
    return {int(number or 0) for number in numbers}


def term_scores(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    terms: Mapping[str, float],
    match: SectionMatch,
    fields: Mapping[str, float],
) -> list[TermScore]:
    """The terms and fields behind the score of a section, as Tantivy explains them."""
    address = _address(searcher, schema, match)
    found: list[TermScore] = []
    for term, asked in terms.items():
        for field, weight in fields.items():
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
                    asked=asked,
                    idf=numbers["idf"],
                    sections_with_term=round(numbers["n"]),
                    sections=round(numbers["N"]),
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
