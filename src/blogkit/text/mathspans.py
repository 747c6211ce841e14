r"""Where the mathematics stands in running text.

TeX's own delimiters (``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]``) and the display environments of
LaTeX and amsmath. Not in code spans; not ``\$``; not prices. What begins and does not end is told
as a problem with its place, and the rest of the text is still read.
"""

from __future__ import annotations

import re

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
_BRACED = re.compile(r"\{[^{}]*\}")
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
        message: what was expected and what was found.
    """

    __slots__ = ("code", "message", "span")

    def __init__(self, code: str, span: Span, message: str) -> None:
        self.code = code
        self.span = span
        self.message = message


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
    position = 0
    while match := _OPENER.search(text, position):
        outcome = _read(text, match)
        if isinstance(outcome, MathSpan):
            found.append(outcome)
            position = outcome.span.end
            continue
        if isinstance(outcome, MathProblem):
            problems.append(outcome)
        position = _skip(text, match)
    return found, problems


def _skip(text: str, opener: re.Match[str]) -> int:
    """Where to go on after something that is no formula: code spans are passed over whole."""
    ticks = opener["ticks"]
    if ticks:
        paragraph_end = _BLANK_LINE.search(text, opener.end())
        limit = paragraph_end.start() if paragraph_end else len(text)
        for run in _TICKS.finditer(text, opener.end(), limit):
            if run.group() == ticks:
                return run.end()
    return opener.end()


def _read(text: str, opener: re.Match[str]) -> MathSpan | MathProblem | None:
    if opener["ticks"] or opener["escape"]:
        return None
    if opener["dollar"]:
        return _inline_dollar(text, opener)
    if opener["environment"]:
        return _environment(text, opener)
    if opener["dollars"]:
        return _delimited(text, opener, _closing_dollars(text, opener.end()), "$$", display=True)
    closer = "\\]" if opener["bracket"] else "\\)"
    close = text.find(closer, opener.end())
    blank = _BLANK_LINE.search(text, opener.end())
    if blank and close > blank.start():
        close = -1
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
    previous = None
    while previous != body:
        previous, body = body, _BRACED.sub("", body)
    return any("\u3400" <= char <= "\u9fff" for char in body)


def _environment(text: str, opener: re.Match[str]) -> MathSpan | MathProblem:
    name = opener["environment"]
    close = _closing_environment(text, opener.end(), name)
    if close is None:
        return _unclosed(opener, f"\\end{{{name}}}")
    whole = Span(opener.start(), close[1])
    is_wrapper = name.removesuffix("*") in _WRAPPERS
    body = _trim(text, opener.end(), close[0]) if is_wrapper else whole
    return MathSpan(whole, body or whole, name != "math", _labels(text, whole))


def _closing_environment(text: str, start: int, name: str) -> tuple[int, int] | None:
    depth = 1
    either_end = re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}")
    for match in either_end.finditer(text, start):
        depth += 1 if match[1] == "begin" else -1
        if depth == 0:
            return match.span()
    return None


def _unclosed(opener: re.Match[str], closer: str) -> MathProblem:
    code = "unclosed-environment" if opener["environment"] else "unclosed-math"
    return MathProblem(
        code,
        Span(*opener.span()),
        f"expected '{closer}' to close '{opener.group()}', found the end of its paragraph"
        if code == "unclosed-math"
        else f"expected '{closer}' to close '{opener.group()}', found the end of the post",
    )


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
