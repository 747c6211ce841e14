"""Which runs of ``*``, ``_`` and ``~~`` are emphasis.

As in CommonMark, with one change for writing without spaces: beside a Chinese character every run
of ``*`` may open and close (``**“粗”**的``).

Source: CommonMark 0.31, section 6.2; GitHub Flavored Markdown, section 6.5.
"""

from __future__ import annotations

import unicodedata

from blogkit.spans import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from typing import Literal, TypeAlias

    Emphasis: TypeAlias = Literal["strong", "emphasis", "deleted"]

_MOST_OPEN = 50


class _Run:
    """A run of delimiters that may still open or close something."""

    __slots__ = ("can_close", "can_open", "char", "end", "length", "start")

    def __init__(self, match: re.Match[str], before: str, after: str) -> None:
        self.start, self.end = match.span()
        self.char = match[0][0]
        self.length = len(match[0])
        left, right = _flanks(before, after), _flanks(after, before)
        if self.char == "_":
            self.can_open = left and (not right or _is_punctuation(before))
            self.can_close = right and (not left or _is_punctuation(after))
            return
        is_within = _is_latin(before) and _is_latin(after) and self.char == "*" and self.length == 1
        is_power = before.isdecimal() and after.isdecimal()
        self.can_open = left and not is_within and not is_power
        self.can_close = right and not is_within and not is_power


def _flanks(outside: str, inside: str) -> bool:
    """Whether a run belongs to what is inside, as CommonMark has it for writing with spaces."""
    if not inside or inside.isspace():
        return False
    if not _is_mark(inside):
        return True
    return not outside or outside.isspace() or _is_mark(outside) or _is_wide(outside)


def _is_mark(char: str) -> bool:
    """Whether it is punctuation and not that of Chinese, which stands where a letter may."""
    return _is_punctuation(char) and not _is_wide(char)


def _is_punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"


def _is_wide(char: str) -> bool:
    return char >= "\u2e80" or char in "“”‘’…—·"


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def emphasis(
    seen: str, within: Span, runs: Sequence[re.Match[str]]
) -> Iterator[tuple[Emphasis, Span, Span]]:
    """Emphasis of one region: its kind, its span with the delimiters, and what is inside.

    Args:
        seen: the text, with a letter in place of all that holds no emphasis.
        within: the region, such as the text of a link.
        runs: the runs of delimiters in it, in order.

    Source: CommonMark 0.31, "An algorithm for parsing nested emphasis and links". Only the nearest
    opening run of the same sign is tried, among the last ones, so that the cost is linear.
    """
    opened: list[_Run] = []
    for match in runs:
        before = seen[match.start() - 1] if match.start() > within.start else ""
        after = seen[match.end()] if match.end() < within.end else ""
        run = _Run(match, before, after)
        while run.can_close and run.length:
            last = len(opened) - 1
            tried = range(last, max(-1, last - _MOST_OPEN), -1)
            at = next((n for n in tried if opened[n].char == run.char), None)
            if at is None or _is_third(opened[at], run):
                break
            opener = opened[at]
            size = 2 if min(opener.length, run.length) >= 2 else 1
            if run.char == "~" and size == 1:
                break
            del opened[at + 1 :]
            yield _pair_of(opener, run, size)
            if not opener.length:
                opened.pop()
        if run.can_open and run.length:
            opened.append(run)


def _is_third(opener: _Run, closer: _Run) -> bool:
    """Whether CommonMark's rule of three keeps two runs from being a pair."""
    both = opener.can_close or closer.can_open
    return (
        both
        and (opener.length + closer.length) % 3 == 0
        and (opener.length % 3 != 0 or closer.length % 3 != 0)
    )


def _pair_of(opener: _Run, closer: _Run, size: int) -> tuple[Emphasis, Span, Span]:
    """What two runs make; their delimiters are used up."""
    kind: Emphasis = "deleted" if opener.char == "~" else "strong" if size == 2 else "emphasis"
    inside = Span(opener.end, closer.start)
    opener.end -= size
    opener.length -= size
    closer.start += size
    closer.length -= size
    return kind, Span(opener.end, closer.start), inside
