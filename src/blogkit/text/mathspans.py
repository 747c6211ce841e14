r"""Where the mathematics stands in running text.

TeX's own delimiters (``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]``) and the display environments of
LaTeX and amsmath. Not in code spans; not ``\$``; not prices. What begins and does not end is told
as a problem with its place, and the rest of the text is still read. Texts come from the web: each
look ahead is remembered, so that a text made of openings without ends costs no more than another.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from blogkit.language import Message
from blogkit.spans import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

DISPLAY_ENVIRONMENTS = (
    "equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "displaymath",
    "math",
)  # fmt: skip
"""Environments that are mathematics by themselves, each with a starred form."""

_ENVIRONMENT = r"\\begin\{(?P<environment>(?:" + "|".join(DISPLAY_ENVIRONMENTS) + r")\*?)\}"
_OPENER = re.compile(
    rf"(?P<ticks>`+)|{_ENVIRONMENT}|(?P<bracket>\\\[)|(?P<paren>\\\()"
    r"|(?P<escape>\\.)|(?P<dollars>\$\$)|(?P<dollar>\$)",
    re.DOTALL,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_INLINE_END = re.compile(r"\\.|\$|\n[ \t]*\n", re.DOTALL)
_DISPLAY_END = re.compile(r"\\.|\$\$|\n[ \t]*\n", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_TICKS = re.compile(r"`+")
_INLINE_LINE_BREAKS = 1
_WRAPPERS = ("equation", "displaymath", "math")


class MathSpan:
    """One formula in a text.

    Args:
        span: the formula with its delimiters.
        body: what TeX sets: without dollars, brackets and a plain ``equation`` around it.
        display: whether it stands on a line of its own.
        labels: the labels that it bears, in order.
    """

    __slots__ = ("body", "display", "labels", "span")

    def __init__(self, span: Span, body: Span, display: bool, labels: tuple[str, ...]) -> None:
        self.span = span
        self.body = body
        self.display = display
        self.labels = labels


class MathProblem:
    """A formula that begins and does not end.

    Args:
        code: ``unclosed-math`` or ``unclosed-environment``.
        span: its opening delimiter.
        opener: that delimiter.
        closer: what would end it.
    """

    __slots__ = ("closer", "code", "opener", "span")

    def __init__(self, code: str, span: Span, opener: str, closer: str) -> None:
        self.code = code
        self.span = span
        self.opener = opener
        self.closer = closer

    @property
    def expected(self) -> Message:
        """What was expected."""
        return Message(
            "expected '{closer}' to close '{opener}'", closer=self.closer, opener=self.opener
        )

    @property
    def message(self) -> Message:
        """What was expected and what was found."""
        if self.code == "unclosed-environment":
            return Message("{expected}, found the end of the post", expected=self.expected)
        return Message("{expected}, found the end of its paragraph", expected=self.expected)


def find_math(text: str) -> tuple[list[MathSpan], list[MathProblem]]:
    r"""The formulas of a text in order, none inside another, and what is wrong with the rest.

    >>> [m.body.of("设 $x$ 为 \\(y\\)") for m in find_math("设 $x$ 为 \\(y\\)")[0]]
    ['x', 'y']
    >>> find_math("从 $5 到 $10")
    ([], [])
    """
    found: list[MathSpan] = []
    problems: list[MathProblem] = []
    if "$" not in text and "\\" not in text:
        return found, problems
    position, ahead = 0, _Ahead(text)
    while match := _OPENER.search(text, position):
        outcome = _read(ahead, match)
        if isinstance(outcome, MathSpan):
            found.append(outcome)
            position = outcome.span.end
            continue
        if isinstance(outcome, MathProblem):
            problems.append(outcome)
        position = _skip(ahead, match)
    return found, problems


class _Ahead:
    """What lies ahead in a text that is read from its start, each look remembered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[str, tuple[int, int]] = {}
        self._ticks: dict[int, list[int]] | None = None
        self._environments: dict[str, dict[int, tuple[int, int]]] = {}

    def blank_line(self, start: int) -> int:
        """Where the next blank line begins; the end of the text if there is none."""
        return self._next("", start)

    def closer(self, what: str, start: int) -> int:
        """Where a string stands next in the same paragraph; -1 if it does not."""
        place = self._next(what, start)
        return place if place < min(self.blank_line(start), len(self.text)) else -1

    def _next(self, what: str, start: int) -> int:
        asked, place = self._found.get(what, (0, -1))
        if not asked <= start <= place:
            place = self._search(what, start)
            self._found[what] = start, place
        return place

    def _search(self, what: str, start: int) -> int:
        if what:
            place = self.text.find(what, start)
            return place if place >= 0 else len(self.text)
        blank = _BLANK_LINE.search(self.text, start)
        return blank.start() if blank else len(self.text)

    def ticks(self, length: int, start: int) -> int:
        """Where the next run of so many backticks begins; -1 if there is none."""
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self.text):
                self._ticks.setdefault(run.end() - run.start(), []).append(run.start())
        places = self._ticks.get(length, [])
        index = bisect_left(places, start)
        return places[index] if index < len(places) else -1

    def environment_end(self, name: str, begin: int) -> tuple[int, int] | None:
        """The ``\\end`` of the environment that begins there; those inside it have their own."""
        ends = self._environments.get(name)
        if ends is None:
            ends = self._environments[name] = {}
            open_at: list[int] = []
            for match in re.finditer(rf"\\(begin|end)\{{{re.escape(name)}\}}", self.text):
                if match[1] == "begin":
                    open_at.append(match.start())
                elif open_at:
                    ends[open_at.pop()] = match.span()
        return ends.get(begin)


def _skip(ahead: _Ahead, opener: re.Match[str]) -> int:
    """Where to go on after something that is no formula: code spans are passed over whole."""
    ticks = opener["ticks"]
    if ticks:
        run = ahead.ticks(len(ticks), opener.end())
        if 0 <= run < ahead.blank_line(opener.end()):
            return run + len(ticks)
    return opener.end()


def _read(ahead: _Ahead, opener: re.Match[str]) -> MathSpan | MathProblem | None:
    text = ahead.text
    if opener["ticks"] or opener["escape"]:
        return None
    if opener["dollar"]:
        return _inline_dollar(text, opener)
    if opener["environment"]:
        return _environment(ahead, opener)
    if opener["dollars"]:
        return _delimited(text, opener, _closing_dollars(text, opener.end()), "$$", display=True)
    closer = "\\]" if opener["bracket"] else "\\)"
    close = ahead.closer(closer, opener.end())
    return _delimited(text, opener, close, closer, display=closer == "\\]")


def _closing_dollars(text: str, start: int) -> int:
    for match in _DISPLAY_END.finditer(text, start):
        if match.group() == "$$":
            return match.start()
        if match.group()[0] == "\n":
            break
    return -1


def _delimited(
    text: str, opener: re.Match[str], close: int, closer: str, *, display: bool
) -> MathSpan | MathProblem | None:
    if close < 0:
        return _unclosed(opener, closer)
    body = _trim(text, opener.end(), close)
    if not body:
        return None
    return MathSpan(Span(opener.start(), close + len(closer)), body, display, _labels(text, body))


def _inline_dollar(text: str, opener: re.Match[str]) -> MathSpan | MathProblem | None:
    start = opener.end()
    is_price = text[start : start + 1].isdigit()
    close = _closing_dollar(text, start)
    if close < 0:
        return None if is_price else _unclosed(opener, "$")
    body = _trim(text, start, close)
    if not body:
        return None
    after_close = text[close + 1 : close + 2]
    if is_price and (after_close.isdigit() or _reads_as_prose(body.of(text))):
        return None
    if after_close.isascii() and after_close.isdigit() and _reads_as_prose(body.of(text)):
        return None
    return MathSpan(Span(opener.start(), close + 1), body, False, _labels(text, body))


def _closing_dollar(text: str, start: int) -> int:
    for match in _INLINE_END.finditer(text, start):
        if match.group()[0] == "\n":
            break
        if match.group() == "$":
            breaks = text.count("\n", start, match.start())
            return match.start() if breaks <= _INLINE_LINE_BREAKS else -1
    return -1


def _reads_as_prose(body: str) -> bool:
    """Whether Chinese stands outside all braces: a sentence between two prices."""
    return any("\u3400" <= char <= "\u9fff" for char in _outside_braces(body))


def _outside_braces(body: str) -> str:
    """The text without its groups; a brace without its other one is no group."""
    open_at: list[int] = []
    groups: list[tuple[int, int]] = []
    for match in _BRACE.finditer(body):
        if match.group() == "{":
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            while groups and groups[-1][0] > start:
                groups.pop()
            groups.append((start, match.end()))
    ends = [0, *(end for _, end in groups)]
    starts = [*(start for start, _ in groups), len(body)]
    return "".join(body[end:start] for end, start in zip(ends, starts, strict=True))


def _environment(ahead: _Ahead, opener: re.Match[str]) -> MathSpan | MathProblem:
    text, name = ahead.text, opener["environment"]
    close = ahead.environment_end(name, opener.start())
    if close is None:
        return _unclosed(opener, f"\\end{{{name}}}")
    whole = Span(opener.start(), close[1])
    is_wrapper = name.removesuffix("*") in _WRAPPERS
    body = _trim(text, opener.end(), close[0]) if is_wrapper else whole
    return MathSpan(whole, body or whole, name != "math", _labels(text, whole))


def _unclosed(opener: re.Match[str], closer: str) -> MathProblem:
    code = "unclosed-environment" if opener["environment"] else "unclosed-math"
    return MathProblem(code, Span(*opener.span()), opener.group(), closer)


def _trim(text: str, start: int, end: int) -> Span | None:
    body = text[start:end]
    stripped = body.strip()
    if not stripped:
        return None
    lead = len(body) - len(body.lstrip())
    return Span(start + lead, start + lead + len(stripped))


def _labels(text: str, body: Span) -> tuple[str, ...]:
    return tuple(label.strip() for label in _LABEL.findall(text, body.start, body.end))


def split_at_math(text: str) -> Iterator[tuple[Span, bool]]:
    """The text in order, cut into spans that are mathematics (True) or not (False)."""
    position = 0
    for formula in find_math(text)[0]:
        if formula.span.start > position:
            yield Span(position, formula.span.start), False
        yield formula.span, True
        position = formula.span.end
    if position < len(text):
        yield Span(position, len(text)), False
