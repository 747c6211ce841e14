r"""Brackets that don't belong together: `\left( x \right]`, `f(x]`, `(a + b`, `\bigl( x \Bigr)`.

A half-open interval is no fault: `[0, 1)`, `\left(a, b\right]`, `]0, 1[`. Neither are the bars of
an evaluation, the parts of a bra-ket, a brace before cases, or a lone `1)` in a list. Bars have no
left and right, so they are not counted at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from blogkit.language import Message
from blogkit.latex import Array, Atom, Chars, Delimiter, Fenced, Node, Problem, Text, walk
from blogkit.lint.reading import MathList, Reading, as_atom, nucleus
from blogkit.spans import Span

MISMATCHED = "mismatched-delimiters"
UNBALANCED = "unbalanced-bracket"
SIZES = "delimiter-sizes"

_PARTNER = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "⟦": "⟧"}
_HALF_WIDTH = {"（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}"}
_OPENER = {closer: opener for opener, closer in _PARTNER.items()}
_BARS = frozenset(["|", "‖", "∣", "∥", "/", "\\", "∖", "", "↑", "↓", "⇑", "⇓"])
_ENDS_OF_INTERVALS = frozenset("()[]")
_BETWEEN_ENDS = frozenset([",", ";", "，", "；", ":", "…", "⋯"])
_ROUNDING = frozenset([("⌊", "⌉")])
_MAX_ITEM_ATOMS = 4


@dataclass(frozen=True, slots=True)
class _Bracket:
    text: str
    """The bracket in Unicode."""
    size: str
    r"""`big`, `Bigg`; nothing for a plain one."""
    span: Span
    """Where it stands."""
    index: int
    """Its number in the list."""


def find(reading: Reading) -> Iterator[Problem]:
    r"""Delimiters that are not a pair, and brackets without partner.

    >>> [problem.code for problem in find(Reading.of(r"\left( x \right] + f(x"))]
    ['mismatched-delimiters', 'unbalanced-bracket']
    """
    for node in reading.nodes:
        if isinstance(node, Fenced):
            yield from _fenced(node)
    for items in _sequences(reading):
        yield from _plain(items)


def _fenced(node: Fenced) -> Iterator[Problem]:
    left, right = node.left.text, node.right.text
    if left in _BARS or right in _BARS:
        yield from _norm(node)
        return
    if _PARTNER.get(left, left) == right or (left, right) in _ROUNDING:
        return
    if _is_interval(left, right, node.body.items):
        return
    expected = _closing_of(node.left)
    message = Message(
        r"expected {expected} to close \left{opener}, found \right{closer}; make the "
        "two a pair",
        expected=expected,
        opener=node.left.latex,
        closer=node.right.latex,
    )
    repair = f"{expected}" if left in _PARTNER else None
    yield Problem(MISMATCHED, "warning", message, node.right.span, repair)


def _norm(node: Fenced) -> Iterator[Problem]:
    r"""One bar on one side and two on the other: `\left\| x \right|`."""
    if {node.left.text, node.right.text} not in ({"|", "‖"}, {"∣", "‖"}, {"|", "∥"}):
        return
    repair = f"\\right{node.left.latex}"
    message = Message(
        r"expected {repair} to close \left{opener}, found \right{closer}; make the "
        "two a pair",
        repair=repair,
        opener=node.left.latex,
        closer=node.right.latex,
    )
    yield Problem(MISMATCHED, "warning", message, node.right.span, repair)


_LATEX = {")": ")", "]": "]", "}": "\\}", "⟩": "\\rangle", "⌋": "\\rfloor", "⌉": "\\rceil"}


def _closing_of(left: Delimiter) -> str:
    partner = _PARTNER.get(left.text, left.text)
    return "\\right" + _LATEX.get(partner, left.latex)


def _is_interval(left: str, right: str, inside: Sequence[Node]) -> bool:
    """Whether two brackets that differ are the ends of an interval: two values between them."""
    if left not in _ENDS_OF_INTERVALS or right not in _ENDS_OF_INTERVALS:
        return False
    depth = marks = dots = 0
    for node in inside:
        bracket = _bracket(node, 0)
        text = bracket.text if bracket else getattr(nucleus(node), "text", "")
        depth += (text in _PARTNER) - (text in _OPENER)
        if depth == 0 and text in _BETWEEN_ENDS:
            marks += 1
        dots += text == "."
    return marks == 1 or (marks == 0 and dots >= 2)


# ---- plain brackets


def _sequences(reading: Reading) -> Iterator[tuple[Node, ...]]:
    """Lists in which brackets are looked for; the cells of an array are one list.

    A bracket may be opened in one line of a derivation and closed in a later one.
    """
    cells: dict[int, list[MathList]] = {}
    arrays = [node for node in reading.nodes if isinstance(node, Array)]
    owner = {
        cell.span: index
        for index, array in enumerate(arrays)
        for row in array.rows
        for cell in row.cells
    }
    for part in reading.lists:
        if part.role == "cell" and part.span in owner:
            cells.setdefault(owner[part.span], []).append(part)
        elif part.role != "name":
            yield part.items
    for parts in cells.values():
        parts.sort(key=lambda part: part.span.start)
        yield tuple(item for part in parts for item in part.items)


def _plain(items: tuple[Node, ...]) -> Iterator[Problem]:
    open_: list[_Bracket] = []
    stray: list[_Bracket] = []
    for bracket in _without_french(list(_brackets(items)), items):
        if bracket.text in _PARTNER:
            open_.append(bracket)
        elif open_ and _fits(open_[-1], bracket, items):
            yield from _sizes(open_.pop(), bracket)
        elif open_ and _is_closed_later(open_, bracket):
            # The inner one is without partner; the outer one is closed.
            while open_[-1].text != _OPENER[bracket.text]:
                stray.append(open_.pop())
            open_.pop()
        elif open_ and open_[-1].text in "([" and bracket.text in ")]":
            yield _crossed(open_.pop(), bracket)
        else:
            stray.append(bracket)
    stray = sorted((*stray, *open_), key=lambda bracket: bracket.span.start)
    yield from _strays(stray, items)


def _without_french(brackets: list[_Bracket], items: tuple[Node, ...]) -> list[_Bracket]:
    """The brackets but for the ends of French intervals: `]0, 1[`, `]0, 1]`, `[0, 1[`."""
    square = [bracket for bracket in brackets if bracket.text in "[]"]
    ends: set[Span] = set()
    for first, last in pairwise(square):
        if first.span in ends or (first.text == "[" and last.text == "]"):
            continue
        opens = first.text == "[" or _begins_operand(items, first.index)
        closes = last.text == "]" or _ends_operand(items, last.index)
        between = items[first.index + 1 : last.index]
        if opens and closes and _is_interval(first.text, last.text, between):
            ends |= {first.span, last.span}
    return [bracket for bracket in brackets if bracket.span not in ends]


def _begins_operand(items: tuple[Node, ...], index: int) -> bool:
    """Whether nothing that a bracket could close stands before it."""
    if index == 0:
        return True
    before = as_atom(items[index - 1])
    return before is not None and before.kind in ("bin", "rel", "punct", "open")


def _ends_operand(items: tuple[Node, ...], index: int) -> bool:
    """Whether nothing that a bracket could open stands after it."""
    if index == len(items) - 1:
        return True
    after = as_atom(items[index + 1])
    return after is not None and after.kind in ("bin", "rel", "punct", "close")


def _fits(opener: _Bracket, closer: _Bracket, items: tuple[Node, ...]) -> bool:
    if _PARTNER[opener.text] == closer.text or (opener.text, closer.text) in _ROUNDING:
        return True
    between = items[opener.index + 1 : closer.index]
    return _is_interval(opener.text, closer.text, between)


def _is_closed_later(open_: list[_Bracket], closer: _Bracket) -> bool:
    return any(bracket.text == _OPENER[closer.text] for bracket in open_)


def _brackets(items: tuple[Node, ...]) -> Iterator[_Bracket]:
    for index, item in enumerate(items):
        bracket = _bracket(item, index)
        if bracket is not None:
            yield bracket
        elif isinstance(item, Text):
            yield from _in_words(item, index)


def _bracket(item: Node, index: int) -> _Bracket | None:
    """The bracket that a node is; bars, and signs such as `<`, are none."""
    symbol = nucleus(item)
    if not isinstance(symbol, (Atom, Delimiter)):
        return None
    text = _HALF_WIDTH.get(symbol.text, symbol.text)
    if text in _BARS or (text not in _PARTNER and text not in _OPENER):
        return None
    if isinstance(symbol, Delimiter):
        return _Bracket(text, symbol.command.lstrip("\\").rstrip("lrm"), symbol.span, index)
    return _Bracket(text, "", symbol.span, index)


def _in_words(item: Text, index: int) -> Iterator[_Bracket]:
    for node in walk(item):
        if isinstance(node, Chars):
            for offset, char in enumerate(node.text):
                half = _HALF_WIDTH.get(char, char)
                if half in "()":
                    start = node.span.start + offset
                    yield _Bracket(half, "", Span(start, start + 1), index)


def _sizes(opener: _Bracket, closer: _Bracket) -> Iterator[Problem]:
    if opener.size == closer.size:
        return
    shown = [bracket.size and f"\\{bracket.size}" for bracket in (opener, closer)]
    expected, found = (size or Message("no size") for size in shown)
    message = Message(
        "expected {expected} as before '{text}', found {found}; give both the same",
        expected=expected,
        text=opener.text,
        found=found,
    )
    yield Problem(SIZES, "warning", message, closer.span)


def _crossed(opener: _Bracket, closer: _Bracket) -> Problem:
    partner = _PARTNER[opener.text]
    message = Message(
        "expected '{partner}' to close '{text}', found '{closer}'; make the two a pair",
        partner=partner,
        text=opener.text,
        closer=closer.text,
    )
    repair = partner if len(closer.span) == 1 else None
    return Problem(MISMATCHED, "warning", message, closer.span, repair)


def _strays(stray: list[_Bracket], items: tuple[Node, ...]) -> Iterator[Problem]:
    if _is_numbering(stray, items):
        return
    has_bar = any(getattr(nucleus(item), "text", "") in ("|", "∣", "‖") for item in items)
    for bracket in stray:
        if bracket.text in "⟨⟩" and has_bar:
            continue
        if bracket.text == "{" and any(isinstance(i, Array) for i in items[bracket.index + 1 :]):
            continue
        partner = _PARTNER.get(bracket.text) or _OPENER[bracket.text]
        verb = Message("close") if bracket.text in _PARTNER else Message("open")
        message = Message(
            "expected '{partner}' to {verb} '{text}', found none; add it, or remove '{text}'",
            partner=partner,
            verb=verb,
            text=bracket.text,
        )
        yield Problem(UNBALANCED, "warning", message, bracket.span)


def _is_numbering(stray: list[_Bracket], items: tuple[Node, ...]) -> bool:
    """Whether the formula is no more than `1)` or `(ii`, the number of a list's item."""
    if len(stray) != 1 or len(items) > _MAX_ITEM_ATOMS:
        return False
    return stray[0].index == (0 if stray[0].text in _PARTNER else len(items) - 1)
