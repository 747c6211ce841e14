"""What a query asks an index for: terms with their weights, and where each comes from."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogkit.search.aliases import Alias, Aliases
    from blogkit.text.analyzer import Analyzer

ALIAS_WEIGHT = 0.3
"""What all terms of another name count together, against one word of the query."""


class Asked:
    """Terms to rank by.

    Args:
        terms: each term with how often it is asked for.
        aliases: the other name that a term comes from, of those that were not typed.
    """

    __slots__ = ("aliases", "terms")

    def __init__(self, terms: dict[str, float], aliases: Mapping[str, Alias]) -> None:
        self.terms = terms
        self.aliases = aliases


def asked_terms(words: str, analyzer: Analyzer, aliases: Aliases) -> Asked:
    """The terms of plain words, and at lower weight those of other names for them."""
    terms = analyzer.query_terms(words)
    from_alias: dict[str, Alias] = {}
    for alias in aliases.of(words):
        others = analyzer.query_terms(alias.other)
        whole = sum(others.values())
        for term, asked in others.items():
            if term not in terms or term in from_alias:
                from_alias.setdefault(term, alias)
                weight = ALIAS_WEIGHT * asked / whole
                terms[term] = max(terms.get(term, 0.0), weight)
    return Asked(terms, from_alias)
