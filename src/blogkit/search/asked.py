"""What a query asks an index for: words and pairs with their weights, and other names of things."""

from __future__ import annotations

from blogkit.index.matches import TermQuery
from blogkit.text.analyzer import query_pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blogkit.search.aliases import Alias, Aliases
    from blogkit.text.analyzer import Analyzer

ALIAS_WEIGHT = 0.3
"""What the words of another name count together, against one word of the query."""


WHOLE_WEIGHT = 2.0
"""What the pairs of one of the library's own words count together, where all of them stand."""
NO_WHOLES: Mapping[str, Mapping[str, float]] = {}


class OtherName:
    """Another name for something that a query names.

    Args:
        alias: the names, and who says so.
        terms: the words of the other name, with their weights; a section has it if it has them
            all.
    """

    __slots__ = ("alias", "terms")

    def __init__(self, alias: Alias, terms: dict[str, float]) -> None:
        self.alias = alias
        self.terms = terms


class Asked:
    """What to rank by.

    Args:
        terms: words, each with how often it is asked for.
        pairs: pairs of neighbouring characters, the same.
        others: other names for what was typed.
        wholes: words of the library's own, each as its pairs, which count only together.
    """

    __slots__ = ("others", "pairs", "terms", "wholes")

    def __init__(
        self,
        terms: dict[str, float],
        pairs: dict[str, float],
        others: Sequence[OtherName] = (),
        wholes: Mapping[str, Mapping[str, float]] = NO_WHOLES,
    ) -> None:
        self.terms = terms
        self.pairs = pairs
        self.others = others
        self.wholes = dict(wholes)

    @property
    def query(self) -> TermQuery:
        """What an index is asked for."""
        together = [other.terms for other in self.others]
        return TermQuery(self.terms, self.pairs, together, list(self.wholes.values()))


def asked_words(words: str, analyzer: Analyzer, aliases: Aliases) -> Asked:
    """What plain words ask for, and at lower weight what other names for them do.

    Words of another name that were typed themselves must be there too, but count no more.
    """
    terms = analyzer.query_terms(words)
    others = []
    for alias in aliases.of(words):
        named = analyzer.query_terms(alias.other)
        new = sum(times for term, times in named.items() if term not in terms)
        if new:
            weights = {
                term: 0.0 if term in terms else ALIAS_WEIGHT * times / new
                for term, times in named.items()
            }
            others.append(OtherName(alias, weights))
    return Asked(terms, query_pairs(words), others, whole_words(words, analyzer))


def whole_words(text: str, analyzer: Analyzer) -> dict[str, dict[str, float]]:
    """The library's own words in a text, each as its pairs with their weights."""
    return {
        word: {pair: WHOLE_WEIGHT * times / len(word) for pair, times in query_pairs(word).items()}
        for word in analyzer.own_words(text)
    }
