"""The query language: plain words first, then phrases, fields, exclusions and formulas.

A hand-written reader with positions, because a parser library would cost a search its start. It
never fails: what it can't use is read as plain words, and said. Loaded only for a query that is
not plain. Imports ``spans``, ``dates`` and ``text``; knows no index and no posts.

    query       = { clause | formula | word }
    clause      = item { "OR" item }
    item        = ["-"] ( phrase | field ":" value | word )
    phrase      = '"' text '"'          also “ ” and 「 」 where they stand by themselves
    formula     = "$" LaTeX "$"          or LaTeX by itself, where it reads as no words
"""

from __future__ import annotations

from dataclasses import dataclass, field

from blogkit.language import Message
from blogkit.search.bare_latex import bare_formulas
from blogkit.search.date_ranges import read_dates
from blogkit.spans import Span
from blogkit.text.mathspans import find_math
from blogkit.text.normalize import fold, fold_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_QUOTES: Mapping[str, str] = {
    '"': '"', "＂": "＂", "“": "”", "„": "”", "「": "」", "『": "』",
}  # fmt: skip
_ANY_QUOTES: Mapping[str, str] = {**_QUOTES, "《": "》", "”": "”", "'": "'"}
"""What may stand around the value of a field."""
_LONGEST_FIELD_CHARS = 8
_COLONS = ":："
_MINUS = "-－"
_AFTER_PHRASE = "，。！？；：、,.!?;:)）]】"
"""What may stand right behind a full-width closing quote for the phrase to be meant as one."""

FIELDS = ("title", "tag", "category", "path", "in", "date", "has", "label", "py")
"""The names that may stand before a colon."""

PLACES: Mapping[str, str] = {
    "title": "title", "heading": "headings", "caption": "captions", "tag": "tags",
}  # fmt: skip
"""What may stand behind ``in:``, with the field of the index that it means."""

FEATURES = ("formula", "caption", "code", "heading", "tag", "category", "date", "year", "note")
"""What may stand behind ``has:``."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that a post, or a section, must have or must not have."""

    kind: str
    """``text`` for a word or phrase, else the field."""
    value: str
    """What is looked for, as typed."""
    span: Span
    """Where it stands in the query."""
    is_negated: bool = False
    """Whether it must not be there."""
    is_phrase: bool = False
    """Whether it was typed in quotes."""


@dataclass(frozen=True, slots=True)
class QueryFormula:
    """A formula inside a query."""

    latex: str
    """Its LaTeX, without delimiters."""
    span: Span
    """Where it stands in the query, with its delimiters, if it has any."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of a query that could not be used, and was read as plain words."""

    span: Span
    """Where it stands in the query, in code points."""
    text: str
    """That part."""
    reason: str
    """What was expected, and what was found."""

    @property
    def message(self) -> str:
        """Where, why, and what became of it.

        >>> Ignored(Span(3, 9), "date:x", "expected a year, found 'x'").message
        "query:4: expected a year, found 'x'; read as plain words"
        """
        return Message(
            "query:{start}: {reason}; read as plain words",
            start=self.span.start + 1,
            reason=self.reason,
        )

    def to_dict(self) -> dict[str, object]:
        """The part as JSON has it."""
        return {
            "text": self.text,
            "span": self.span.to_list(),
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is understood."""

    text: str
    """The query, as it was given."""
    words: str
    """The plain words, which rank and of which any may be missing."""
    clauses: tuple[tuple[Condition, ...], ...]
    """What must hold: of each clause at least one condition."""
    formulas: tuple[QueryFormula, ...]
    """Formulas, which rank together with the words."""
    places: tuple[str, ...]
    """Fields of the index in which words are looked for; all, if there are none."""
    ignored: tuple[Ignored, ...]
    """What could not be used, in order."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A piece of the query, as it was read."""

    kind: str
    """``word``, ``condition``, ``OR`` or ``formula``."""
    condition: Condition
    """What it says; of a word, that it is there."""


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    text: str
    items: list[_Item] = field(default_factory=list)
    places: list[tuple[str, Span]] = field(default_factory=list)
    formulas: list[QueryFormula] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def put(self, kind: str, span: Span, condition: Condition | None = None) -> None:
        """Add an item; without a condition it says that its text is there."""
        plain = Condition("text", span.of(self.text), span)
        self.items.append(_Item(kind, condition or plain))

    def ignore(self, span: Span, reason: str) -> None:
        """Tell of a part that can't be used."""
        self.ignored.append(Ignored(span, span.of(self.text), reason))


def read_query(text: str) -> Query:
    """The query as it is understood; there is always one.

    >>> query = read_query('采样 title:文本 -"模拟 退火" $e^{x}$')
    >>> query.words, [f.latex for f in query.formulas]
    ('采样', ['e^{x}'])
    >>> [(c.kind, c.value, c.is_negated) for clause in query.clauses for c in clause]
    [('title', '文本', False), ('text', '模拟 退火', True)]
    >>> [part.message for part in read_query("date:20x0").ignored]
    ["query:1: expected a date such as 2020, 2020-06, 06-05 or 2020-06..2021, found '20x0'; \
read as plain words"]
    """
    reading = _Reading(text)
    formulas, problems = find_math(text)
    for problem in problems:
        reading.ignore(
            problem.span,
            Message("{expected}, found none", expected=problem.expected),
        )
    position = 0
    for formula in formulas:
        _read_between(reading, position, formula.span.start)
        _take_formula(reading, formula.body.of(text), formula.span)
        position = formula.span.end
    _read_between(reading, position, len(text))
    places = _places(reading)
    words, clauses = _words_and_clauses(reading)
    return Query(
        text=text,
        words=" ".join(words),
        clauses=tuple(clauses),
        formulas=tuple(reading.formulas),
        places=places,
        ignored=tuple(sorted(reading.ignored, key=lambda part: part.span.start)),
    )


def _read_between(reading: _Reading, start: int, end: int) -> None:
    """Read what stands between two formulas that have dollars; others may stand in it."""
    for span in bare_formulas(reading.text, start, end):
        _read_part(reading, start, span.start)
        _take_formula(reading, span.of(reading.text), span)
        start = span.end
    _read_part(reading, start, end)


def _take_formula(reading: _Reading, latex: str, span: Span) -> None:
    reading.formulas.append(QueryFormula(latex, span))
    reading.put("formula", span)


def _read_part(reading: _Reading, start: int, end: int) -> None:
    """Read what stands between two formulas."""
    position = start
    while position < end:
        if reading.text[position].isspace():
            position += 1
        else:
            position = _read_item(reading, position, end)


def _read_item(reading: _Reading, start: int, end: int) -> int:
    """Read one item; the offset behind it."""
    text = reading.text
    begins = start == 0 or text[start - 1].isspace()  # not the hyphen of `$n$-th`
    is_negated = begins and text[start] in _MINUS and start + 1 < end
    position = start + is_negated
    is_straight = text[position] in '"＂'
    quoted = _quoted(text, position, end, _QUOTES)
    if quoted and (is_straight or _stands_alone(text, quoted[1], end)):
        return _take_phrase(reading, start, quoted, is_negated)
    if is_straight and not quoted:
        reading.ignore(
            Span(position, position + 1), Message("expected a closing quote, found none")
        )
    stop = _word_end(text, start, end)
    name, value_start = _field_of(text, position, stop)
    if name:
        return _take_field(reading, start, name, value_start, end, is_negated)
    word = Span(start, stop)
    if fold_width(word.of(text)) == "OR":
        reading.put("OR", word)
    elif is_negated and _can_be_excluded(text[position:stop]):
        reading.put("condition", word, Condition("text", text[position:stop], word, True))
    else:
        reading.put("word", word)
    return stop


def _can_be_excluded(word: str) -> bool:
    """Whether ``-word`` excludes: not a dash, an option such as ``--upgrade``, or a number."""
    return any(char.isalnum() for char in word) and (
        word[0].isalnum() and not fold_width(word)[0].isdigit()
    )


def _quoted(text: str, start: int, end: int, quotes: Mapping[str, str]) -> tuple[str, int] | None:
    """What stands in quotes from here on, and the offset behind the closing one."""
    closer = quotes.get(text[start : start + 1])
    if closer is None or start >= end:
        return None
    close = text.find(closer, start + 1, end)
    return None if close < 0 else (text[start + 1 : close], close + 1)


def _stands_alone(text: str, end: int, limit: int) -> bool:
    return end >= limit or text[end].isspace() or text[end] in _AFTER_PHRASE


def _take_phrase(reading: _Reading, start: int, quoted: tuple[str, int], is_negated: bool) -> int:
    value, end = quoted
    span = Span(start, end)
    if any(char.isalnum() for char in value):
        reading.put("condition", span, Condition("text", value, span, is_negated, True))
    else:
        reading.ignore(span, Message("expected a phrase between the quotes, found none"))
    return end


def _word_end(text: str, start: int, end: int) -> int:
    stop = start
    while stop < end and not text[stop].isspace():
        stop += 1
    return stop


def _field_of(text: str, start: int, stop: int) -> tuple[str, int]:
    """Name of the field that stands here, and the offset of its value; else an empty name."""
    for offset in range(start, min(stop, start + _LONGEST_FIELD_CHARS + 1)):
        if text[offset] in _COLONS:
            name = fold_width(text[start:offset])
            return (name if name in FIELDS else ""), offset + 1
    return "", start


def _take_field(
    reading: _Reading, start: int, name: str, value_start: int, end: int, is_negated: bool
) -> int:
    text = reading.text
    quoted = _quoted(text, value_start, end, _ANY_QUOTES)
    stop = quoted[1] if quoted else _word_end(text, value_start, end)
    value = quoted[0] if quoted else text[value_start:stop]
    span = Span(start, stop)
    wrong = _what_is_wrong(name, value, is_negated)
    if wrong:
        reading.ignore(span, wrong)
        reading.put("word", span)
    elif name == "in":
        reading.places.append((PLACES[_singular(value, PLACES)], span))
    else:
        value = _singular(value, FEATURES) if name == "has" else value
        condition = Condition(name, value, span, is_negated, quoted is not None)
        reading.put("condition", span, condition)
    return stop


def _what_is_wrong(name: str, value: str, is_negated: bool) -> str | None:
    """What was expected behind a field, and what was found; None if it can be used."""
    if not any(char.isalnum() for char in value):
        return Message("expected something behind '{name}:', found nothing", name=name)
    if name == "date" and read_dates(value) is None:
        expected = Message("a date such as 2020, 2020-06, 06-05 or 2020-06..2021")
        return Message("expected {expected}, found '{value}'", expected=expected, value=value)
    if name in ("in", "py") and is_negated:
        return Message("expected '{name}:' without '-' before it", name=name)
    if name == "in" and _singular(value, PLACES) not in PLACES:
        return Message(
            "expected one of {names} behind 'in:', found '{value}'",
            names=", ".join(PLACES),
            value=value,
        )
    if name == "has" and _singular(value, FEATURES) not in FEATURES:
        return Message(
            "expected one of {names} behind 'has:', found '{value}'",
            names=", ".join(FEATURES),
            value=value,
        )
    if name == "py" and not fold(value)[0].isalpha():
        return Message("expected pinyin such as 'jubu' behind 'py:', found '{value}'", value=value)
    return None


def _singular(value: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    """``captions`` is ``caption``, ``categories`` is ``category``."""
    folded = fold(value)
    for singular in (folded, folded.removesuffix("s"), folded.removesuffix("ies") + "y"):
        if singular in known:
            return singular
    return folded


def _places(reading: _Reading) -> tuple[str, ...]:
    """Where words are looked for, if there are any words to look for."""
    has_words = any(
        item.kind in ("word", "condition") and item.condition.kind == "text"
        for item in reading.items
    )
    if not has_words:
        for _, span in reading.places:
            reading.ignore(span, Message("expected words beside 'in:', found none"))
            reading.put("word", span)
        return ()
    return tuple(dict.fromkeys(name for name, _ in reading.places))


def _words_and_clauses(reading: _Reading) -> tuple[list[str], list[tuple[Condition, ...]]]:
    """Plain words; conditions by themselves, and those that ``OR`` joins in one clause each."""
    words: list[str] = []
    clauses: list[tuple[Condition, ...]] = []
    index = 0
    while index < len(reading.items):
        group = list(_joined_by_or(reading.items, index))
        item = reading.items[index]
        index += max(1, 2 * len(group) - 1)
        if len(group) > 1:
            clauses.append(tuple(group))
        elif item.kind == "condition":
            clauses.append((item.condition,))
        elif item.kind != "formula":
            words.append(item.condition.value)
        if item.kind == "OR":
            reason = Message("expected a word, phrase or field on both sides of 'OR'")
            reading.ignore(item.condition.span, reason)
    return words, clauses


def _joined_by_or(items: list[_Item], index: int) -> Iterator[Condition]:
    """The item at index, and those that ``OR`` joins to it."""
    able = ("condition", "word")
    if items[index].kind in able:
        yield items[index].condition
        while index + 2 < len(items) and items[index + 1].kind == "OR":
            index += 2
            if items[index].kind not in able:
                return
            yield items[index].condition
