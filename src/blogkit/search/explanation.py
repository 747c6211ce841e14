"""Why a hit has its score: a tree of numbers, each with what it is made of.

The value of a node is what its formula says of the nodes below it, so that a reader can check the
score by hand. Loaded only when it is asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from blogkit.index.matches import POST_FIELD, WHOLES_FIELD, TermQuery
from blogkit.language import Message
from blogkit.search.fusion import FORMULA_WEIGHT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from blogkit.index.matches import SectionMatch
    from blogkit.index.term_scores import TermScore
    from blogkit.search.asked import OtherName
    from blogkit.search.found import Found
    from blogkit.search.fusion import FormulaMatch, FormulasFound
    from blogkit.search.searcher import Index

_SOURCES = {
    "shipped": Message("blogkit's list of names"),
    "user": Message("your list of names"),
    "post": Message("a post that glosses it"),
}

_POST_IS_NOT_COUNTED = Message(
    "words of the whole post: not counted, since it is not among the posts that answer best"
)
_COUNTED_SECTIONS = (Message("N: sections"), Message("n: sections with the term in this field"))
_COUNTED_POSTS = (Message("N: posts"), Message("n: posts with the term in this field"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number, what it is, and what it is made of."""

    value: float
    """The number."""
    description: str
    """What it is, with the formula that makes it of the parts."""
    details: tuple[Explanation, ...] = ()
    """The parts."""

    def to_dict(self) -> dict[str, object]:
        """The tree as JSON has it."""
        return {
            "value": round(self.value, 6),
            "description": self.description,
            "details": [detail.to_dict() for detail in self.details],
        }

    def lines(self, depth: int = 0, *, said: Callable[[str], str] = str) -> Iterator[str]:
        """The tree as text, a node a line, set in by its depth.

        Args:
            depth: of this node.
            said: says a description in the reader's language.
        """
        yield f"{'  ' * depth}{_shown(self.value)}  {said(self.description)}"
        for detail in self.details:
            yield from detail.lines(depth + 1, said=said)


def explain_match(index: Index, found: Found, match: SectionMatch) -> Explanation:
    """The tree behind a match; its value is the match's score."""
    if found.fusion is None:
        return _words(index, found, match, match.score)
    place = found.fusion.place(match)
    word = found.fusion.words.get(place)
    parts = [_words(index, found, word, word.score)] if word else []
    parts += [_formula(formulas, answer) for formulas, answer in found.fusion.best_at(place)]
    value = math.fsum(part.value for part in parts)
    return Explanation(value, Message("sum over words and formulas"), tuple(parts))


def _formula(found: FormulasFound, match: FormulaMatch) -> Explanation:
    idf = Explanation(
        found.idf,
        Message("idf = log(1 + (N - n + 0.5) / (n + 0.5))"),
        (
            Explanation(found.formulas, Message("N: formulas")),
            Explanation(found.total, Message("n: formulas that answer")),
        ),
    )
    return Explanation(
        found.value(match),
        Message("by ${pattern}$: weight × idf × share × likeness", pattern=found.pattern),
        (
            Explanation(FORMULA_WEIGHT, Message("weight of a formula")),
            idf,
            Explanation(found.share, Message("share of those that answer that was looked at")),
            Explanation(
                found.likeness(match),
                Message(
                    "likeness to the best that answers: {match}, {id}",
                    match=match.match,
                    id=match.id,
                ),
            ),
        ),
    )


def _words(index: Index, found: Found, match: SectionMatch, score: float) -> Explanation:
    asked = found.asked
    scores = index.explain(asked.query, match, fields=_counted(found, match))
    details = [
        _term(f"'{term}'", [score for score in scores if score.term == term])
        for term in dict.fromkeys(score.term for score in scores)
    ]
    for word, pairs in asked.wholes.items():
        details += _whole(index, found, match, word, pairs)
    for other in asked.others:
        details += _other_name(index, found, match, other)
    if not match.post_counts and index.explain(asked.query, match, fields={POST_FIELD: 1.0}):
        details.append(Explanation(0.0, _POST_IS_NOT_COUNTED))
    if not details:
        return Explanation(score, Message("no word of the query ranks it: it meets the conditions"))
    value = math.fsum(detail.value for detail in details)
    return Explanation(value, Message("sum over words and pairs of characters"), tuple(details))


def _counted(found: Found, match: SectionMatch) -> dict[str, float]:
    """The fields that are in the score of a match, with their weights."""
    return {
        name: weight
        for name, weight in found.fields.items()
        if name != POST_FIELD or match.post_counts
    }


def _whole(
    index: Index, found: Found, match: SectionMatch, word: str, pairs: Mapping[str, float]
) -> Iterator[Explanation]:
    """What one of the library's own words adds, where all of its pairs stand."""
    if WHOLES_FIELD not in found.fields:
        return
    scores = index.explain(TermQuery(pairs=pairs), match, fields={WHOLES_FIELD: 1.0})
    if len(scores) == len(pairs):
        details = tuple(_term(f"'{score.term}'", [score]) for score in scores)
        why = Message("'{word}' is a word of the library: sum over its pairs", word=word)
        yield Explanation(math.fsum(d.value for d in details), why, details)


def _other_name(
    index: Index, found: Found, match: SectionMatch, other: OtherName
) -> Iterator[Explanation]:
    """What another name adds, in the fields where all of its words stand."""
    asked = TermQuery(other.terms, together=[other.terms])
    counted = _counted(found, match)
    fields = {name: weight for name, weight in counted.items() if asked.together_in(name)}
    scores = index.explain(asked, match, fields=fields)
    alias = other.alias
    why = Message(
        "'{name}' is also '{other}' ({sources})",
        name=alias.name,
        other=alias.other,
        sources=_SOURCES[alias.source],
    )
    for field in fields:
        held = [score for score in scores if score.field == field]
        if len(held) == len(other.terms):
            details = tuple(_term(f"'{score.term}'", [score]) for score in held if score.asked)
            yield Explanation(
                math.fsum(d.value for d in details), Message("{why}: sum", why=why), details
            )


def _term(name: str, scores: Sequence[TermScore]) -> Explanation:
    details = tuple(_field(score) for score in scores)
    value = math.fsum(detail.value for detail in details)
    return Explanation(value, Message("{name}: sum over fields", name=name), details)


def _field(score: TermScore) -> Explanation:
    total, having = _COUNTED_POSTS if score.field == POST_FIELD else _COUNTED_SECTIONS
    idf = Explanation(
        score.idf,
        Message("idf = log(1 + (N - n + 0.5) / (n + 0.5))"),
        (
            Explanation(score.documents, total),
            Explanation(score.holders, having),
        ),
    )
    saturation = Explanation(
        score.saturation,
        Message("tf = f (k1 + 1) / (f + k1 (1 - b + b L / A))"),
        (
            Explanation(score.count, Message("f: occurrences in this field")),
            Explanation(score.length, Message("L: terms in this field, as the index keeps it")),
            Explanation(score.average_length, Message("A: terms in this field on average")),
            Explanation(score.k1, "k1"),
            Explanation(score.b, "b"),
        ),
    )
    return Explanation(
        score.value,
        Message("in {field}: weight × asked × idf × tf", field=score.field),
        (
            Explanation(score.weight, Message("weight of the field")),
            Explanation(score.asked, Message("asked: how much the query asks for the term")),
            idf,
            saturation,
        ),
    )


def _shown(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.4f}"
