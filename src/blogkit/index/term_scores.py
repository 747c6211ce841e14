"""What a term in a field adds to the score of a section: the numbers of BM25, for an explanation.

Imports only ``records``; loaded only for an explanation.
"""

from __future__ import annotations

from blogkit.results.records import record


@record
class TermScore:
    """A term in one field of one section.

    Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), equation 3.15.
    """

    term: str
    """The term."""
    field: str
    """The field of the index."""
    weight: float
    """Weight of the field."""
    asked: float
    """How often the query asks for the term."""
    idf: float
    """Inverse document frequency, log(1 + (N - n + 0.5) / (n + 0.5))."""
    holders: int
    """n: sections, or posts, that have the term in this field."""
    documents: int
    """N: sections, or posts, in all."""
    count: float
    """How often the section has the term in this field."""
    length: float
    """How many terms the field has here, as the engine keeps it."""
    average_length: float
    """How many terms the field has on average."""
    k1: float
    """BM25's k1: how soon further occurrences count less."""
    b: float
    """BM25's b: how much a long field counts against."""

    @property
    def saturation(self) -> float:
        """Occurrences, saturated and set against the length of the field."""
        norm = self.k1 * (1 - self.b + self.b * self.length / self.average_length)
        return self.count * (self.k1 + 1) / (self.count + norm)

    @property
    def value(self) -> float:
        """What the term in this field adds to the score."""
        return self.weight * self.asked * self.idf * self.saturation
