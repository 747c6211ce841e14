r"""Patterns: LaTeX in which `?a`, `?`, `?num`, `?var`, `?op` stand for what may be there.

A wildcard is put into the text as one private character before it is read, so that it may stand
wherever a letter may: `x_?i`, `\frac?a?b`. The same name stands for the same expression; `?`,
`?num`, `?var` and `?op` for any of their kind each time, and with a number (`?num1`) for the same
each time. `\qvar{a}` is `?a`. A bare `?` right behind an operand at the end is a question mark.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from blogkit.language import Message
from blogkit.latex import Problem, parse
from blogkit.lookup.keys import has_wildcard
from blogkit.lookup.normal.form import normal_of
from blogkit.lookup.normal.terms import Term
from blogkit.regexes import regex
from blogkit.results.records import record
from blogkit.spans import Span

_WILDCARD = regex(
    r"\\qvar\s*\{\s*(?P<braced>[A-Za-z][A-Za-z0-9]*)\s*\}"
    r"|\?(?:(?P<kind>num|var|op)(?P<tied>\d*)(?![A-Za-z0-9])|(?P<name>[A-Za-z][A-Za-z0-9]*))?"
)
_COMMAND_LAST = regex(r"\\[A-Za-z]+\Z")
_PRIVATE = range(0xE000, 0xF900)
MOST_CHARS = 20_000
"""Of a pattern; what is beyond is not read, and said so."""


@record
class Pattern:
    """A pattern as read."""

    source: str
    """As typed."""
    term: Term
    """Its normal form; leaves that begin with `?` are wildcards."""
    wildcards: tuple[str, ...]
    """Names of those that bind, in order of appearance, as typed: `?a`."""
    has_wildcards: bool
    """Whether there are any, those without a name counted."""
    problems: tuple[Problem, ...]
    """What is wrong with it, at places of the source."""
    words: tuple[str, ...] = ()
    """Where it is words and no formula: its words; see `words_of`."""


@lru_cache(maxsize=16)
def read_pattern(source: str) -> Pattern:
    r"""The pattern that a text means, as far as it can be read.

    >>> read_pattern(r"\min\{1, \frac{?a}{?b}\}").term
    (app F:min (any n:1 (/ ?:a ?:b)))
    """
    text, labels, offsets = _substituted(source[:MOST_CHARS])
    parsed = parse(text)
    problems = [_moved(problem, offsets) for problem in parsed.problems]
    if len(source) > MOST_CHARS:
        message = Message(
            "expected a pattern of at most {most_chars} characters, found {count}",
            most_chars=MOST_CHARS,
            count=len(source),
        )
        problems.append(
            Problem("pattern-too-long", "error", message, Span(MOST_CHARS, len(source)))
        )
    term = normal_of(parsed.tree, wildcards=labels)
    if not any(part.label for part in term.walk()):
        message = Message("expected a formula, found nothing that could be looked up")
        problems.append(Problem("empty-pattern", "error", message, Span(0, len(source))))
    names = [shown(label) for label in labels.values() if not label.endswith(":")]
    words = words_of(source, term)
    return Pattern(
        source, term, tuple(dict.fromkeys(names)), has_wildcard(term), tuple(problems), words
    )


_PLAIN = regex(r"[^\W_]+(?:[ \-'’·]+[^\W_]+)*")
_WORD = regex(r"[A-Za-z]{2,}[0-9]*|[^\W\d_a-zA-Z\u0370-\u03ff]+")


def words_of(source: str, term: Term) -> tuple[str, ...]:
    r"""The words of a pattern that is words; none where it is a formula.

    Words are Chinese characters, and Latin letters side by side that would be a product of single
    letters if they were read as LaTeX, or the bare name of a function. `\sin x` typed without its
    backslash is a formula still.

    >>> [read_pattern(p).words for p in ("KL 散度", "loss", "softmax", "sin x", "x y", r"\alpha")]
    [('KL', '散度'), ('loss',), ('softmax',), (), (), ()]
    """
    text = source.strip()
    if not _PLAIN.fullmatch(text):
        return ()
    words = tuple(_WORD.findall(text))
    is_name = not term.kids and term.label[:2] == "F:"
    names = {part.label[2:].lower() for part in term.walk() if part.label[:2] == "F:"}
    is_told = any(not word.isascii() or word.lower() not in names for word in words)
    return words if is_name or is_told else ()


def find_words(words: Sequence[str], text: str) -> Span | None:
    r"""Where the first of the words stands in a text that has them all; None where one is missing.

    Latin words are whole, in capitals or not.

    >>> find_words(("softmax",), r"\text{Softmax}(x)"), find_words(("max",), "softmax")
    (Span(start=6, end=13), None)
    """
    found = []
    for word in words:
        is_latin = word.isascii()
        around = (r"(?<![A-Za-z])", r"(?![A-Za-z])") if is_latin else ("", "")
        match = re.search(re.escape(word).join(around), text, re.IGNORECASE)
        if match is None:
            return None
        found.append(Span(match.start(), match.end()))
    return found[0] if found else None


def shown(label: str) -> str:
    """The wildcard of a label as it is typed.

    >>> shown("?:a"), shown("?num:1")
    ('?a', '?num1')
    """
    return label.replace(":", "", 1)


def _substituted(source: str) -> tuple[str, dict[str, str], list[tuple[int, int]]]:
    """The text with a character for each wildcard, their labels, and pairs of equal places."""
    pieces: list[str] = []
    labels: dict[str, str] = {}
    characters: dict[str, str] = {}
    offsets = [(0, 0)]
    free = (chr(code) for code in _PRIVATE if chr(code) not in source)
    done = length = 0
    for match in _WILDCARD.finditer(source):
        if match[0] == "?" and _is_punctuation(source, match.start()):
            continue
        label = _label(match)
        if label not in characters:
            character = next(free, "")
            if not character:
                break
            characters[label] = character
            labels[character] = label
        pieces += [source[done : match.start()], characters[label]]
        length += match.start() - done + 1
        done = match.end()
        offsets.append((length, done))
    return "".join(pieces) + source[done:], labels, offsets


def _label(match: "re.Match[str]") -> str:
    if match["kind"]:
        return f"?{match['kind']}:{match['tied']}"
    return f"?:{match['braced'] or match['name'] or ''}"


def _is_punctuation(source: str, at: int) -> bool:
    """Whether a bare `?` ends a sentence: an operand before it and nothing after."""
    before, after = source[:at], source[at + 1 :].strip()
    ends_operand = before[-1:].isalnum() or before[-1:] in tuple(")]}'!|")
    if _COMMAND_LAST.search(before[-40:]):
        return False
    return ends_operand and (not after or set(after) <= set("?!.,;}$ "))


def _moved(problem: Problem, offsets: list[tuple[int, int]]) -> Problem:
    """A problem at its place in the text as typed."""
    span = Span(_place(problem.span.start, offsets), _place(problem.span.end, offsets))
    return Problem(problem.code, problem.severity, problem.message, span)


def _place(offset: int, offsets: list[tuple[int, int]]) -> int:
    read, typed = offsets[bisect_right(offsets, (offset, 1 << 60)) - 1]
    return typed + offset - read
