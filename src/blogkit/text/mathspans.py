r"""Where the mathematics stands in running text: the one scanner, for every format.

TeX's own delimiters (``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]``), GitHub's ``$`…`$``, the display
environments of LaTeX and amsmath, and definitions (``\newcommand``) that stand in the text by
themselves. Not in code spans; not ``\$``; not prices. The rules:

- An open brace or environment holds a formula open: what closes it stands outside of them.
- What stands between two delimiters must read as mathematics (``mathcontent``). A dollar behind
  which prose stands opens nothing, and the next one is tried: so one lost dollar costs one formula.
- A blank line ends ``$…$``, and ``$$…$$`` where prose follows. After a failure the next paragraph
  starts afresh, and a paragraph tells its first failure only.

What begins as mathematics and does not end is told as a problem with its place. Texts come from
the web: each look ahead is bounded or remembered, so that a text made of openings without ends
costs no more than another.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from blogkit.language import Message
from blogkit.regexes import regex
from blogkit.spans import Span
from blogkit.text.mathcontent import (
    begins_as_math,
    ends_as_math,
    has_sign,
    is_small,
    open_groups,
    reads_as_display,
    sense,
)
from blogkit.text.mathdefinitions import DEFINITION, definitions_end

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DISPLAY_ENVIRONMENTS = (
    "equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "displaymath",
    "math",
)  # fmt: skip
"""Environments that are mathematics by themselves, each with a starred form."""

_ENVIRONMENT = r"\\begin\{(?P<environment>(?:" + "|".join(DISPLAY_ENVIRONMENTS) + r")\*?)\}"
_OPENER = regex(
    rf"(?P<ticks>`+)|{_ENVIRONMENT}|(?P<bracket>\\\[)|(?P<paren>\\\()"
    rf"|(?P<define>{DEFINITION})|(?P<escape>\\.)"
    r"|(?P<github>\$`(?!`))|(?P<dollars>\$\$)|(?P<dollar>\$)",
    re.DOTALL,
)
_SIGN = regex(r"[`\\$]")
"""What each of these begins with: to pass over the rest, ``re`` is ten times as fast with it."""
_BLANK = r"\n[ \t]*\n"
_BLANK_LINE = regex(_BLANK)
_CLOSERS = {
    "$": regex(rf"\\.|\$|{_BLANK}", re.DOTALL),
    "$$": regex(rf"\\.|\$\$|{_BLANK}", re.DOTALL),
    "\\]": regex(rf"\\.|{_BLANK}", re.DOTALL),
    "\\)": regex(rf"\\.|{_BLANK}", re.DOTALL),
}
_LABEL = regex(r"\\label\s*\{([^{}]*)\}")
_TICKS = regex(r"`+")
_TABLE = regex(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[ \t|:-]*$", re.MULTILINE)
_WRAPPER = regex(rf"{_ENVIRONMENT}(?P<inner>.*)\\end\{{(?P=environment)\}}", re.DOTALL)
_BARE_ENVIRONMENTS = ("equation", "displaymath", "math")
_MOST_CLOSERS = 32
"""Blank lines, and delimiters within braces, that are passed over before a formula is given up."""
_LONGEST_FORMULA_CHARS = 20_000
MOST_LINES_AHEAD = 200
"""Lines behind a blank line in which the end of a display is looked for."""
_NEIGHBOUR_CHARS = 200
"""How far the text around a delimiter is read to tell what it is."""


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


def find_math(text: str, *, tex: bool = False) -> tuple[list[MathSpan], list[MathProblem]]:
    r"""The formulas of a text in order, none inside another, and what is wrong with the rest.

    Args:
        text: running text, or Markdown without the marks of quotes and lists.
        tex: whether it is TeX's source, where a backtick is a quote and each delimiter is one.

    >>> [m.body.of("设 $x$ 为 \\(y\\)") for m in find_math("设 $x$ 为 \\(y\\)")[0]]
    ['x', 'y']
    >>> find_math("从 $5 到 $10")
    ([], [])
    """
    if "$" not in text and "\\" not in text:
        return [], []
    return _Scan(text, tex).all(len(text))


def split_at_math(text: str, *, tex: bool = False) -> Iterator[tuple[Span, bool]]:
    """The text in order, cut into spans that are mathematics (True) or not (False)."""
    return cut_at((formula.span for formula in find_math(text, tex=tex)[0]), len(text))


def cut_at(math: Iterable[Span], end: int) -> Iterator[tuple[Span, bool]]:
    """A text so long, cut at formulas that are known, in the same way."""
    position = 0
    for span in math:
        if span.start > position:
            yield Span(position, span.start), False
        yield span, True
        position = span.end
    if position < end:
        yield Span(position, end), False


def is_one_formula(text: str) -> bool:
    r"""Whether a text is one formula with its delimiters, and nothing else.

    >>> is_one_formula("$x$"), is_one_formula("$x$ "), is_one_formula("$x$$y$")
    (True, False, False)
    """
    found, _ = find_math(text)
    return len(found) == 1 and found[0].span.end - found[0].span.start == len(text)


class _Scan:
    """A text read from its start; what lies ahead is looked for once."""

    def __init__(self, text: str, tex: bool) -> None:
        self._text = text
        self._tex = tex
        self._blank: tuple[int, int] = (0, -1)
        self._line: tuple[int, int, bool] = (0, -1, False)
        self._has_table: bool | None = None
        self._ticks: dict[int, list[int]] | None = None
        self._environments: dict[str, dict[int, tuple[int, int]]] = {}

    def all(self, until: int) -> tuple[list[MathSpan], list[MathProblem]]:
        """The formulas that begin before a place, and the first failure of each paragraph."""
        found: list[MathSpan] = []
        problems: list[MathProblem] = []
        position = told_until = read_until = 0
        while (match := self._opener(position)) and match.start() < until:
            formula = self._read(match)
            if formula is not None:
                found.append(formula)
                position = read_until = formula.span.end
                continue
            if match.start() >= told_until and (problem := self._problem(match, read_until)):
                problems.append(problem)
                told_until = self._blank_line(match.end())
            position = self._skip(match)
            read_until = max(read_until, match.end())
        return found, problems

    def _opener(self, position: int) -> re.Match[str] | None:
        """The next of what a formula, or what is passed over, begins with."""
        while sign := _SIGN.search(self._text, position):
            if opener := _OPENER.match(self._text, sign.start()):
                return opener
            position = sign.end()
        return None

    def _read(self, opener: re.Match[str]) -> MathSpan | None:
        kind = opener.lastgroup
        if kind == "dollar":
            return self._inline_dollar(opener)
        if kind == "dollars":
            return self._delimited(opener, "$$", display=True)
        if kind == "environment":
            return self._environment(opener)
        if kind == "bracket":
            return self._delimited(opener, "\\]", display=True)
        if kind == "paren":
            return self._delimited(opener, "\\)", display=False)
        if kind == "github":
            return self._github(opener) or self._inline_dollar(opener)
        return self._definitions(opener) if kind == "define" and not self._tex else None

    def _skip(self, opener: re.Match[str]) -> int:
        """Where to go on after something that is no formula: code spans are passed over whole."""
        kind, end = opener.lastgroup, opener.end()
        if kind == "ticks" and not self._tex:
            run = self._next_ticks(end - opener.start(), end)
            if 0 <= run < self._blank_line(end):
                return run + end - opener.start()
        return opener.start() + 1 if kind == "github" else end

    def _delimited(self, opener: re.Match[str], closer: str, *, display: bool) -> MathSpan | None:
        start = opener.end()
        close = self._closer(closer, start)
        if close < 0:
            return None
        content = self._text[start:close]
        if not self._tex and not self._reads_as_math(opener, content, closer):
            return None
        return self._span(opener.start(), start, close, close + len(closer), display)

    def _reads_as_math(self, opener: re.Match[str], content: str, closer: str) -> bool:
        if closer == "\\)":
            return sense(content) != "prose"
        if not reads_as_display(content):
            return False
        return closer == "$$" or self._is_display_bracket(opener, content)

    def _is_display_bracket(self, opener: re.Match[str], content: str) -> bool:
        r"""Whether ``\[…\]`` is no escaped bracket of Markdown: ``\[MASK\]``, ``a\[i\]``."""
        text, start = self._text, opener.start()
        before = text[max(0, start - 1) : start]
        if has_sign(content):
            is_index = before.isascii() and (before.isalnum() or before == "]")
            return not is_index or "\\" in content or "=" in content
        if is_small(content) and not (before.isalnum() or before in ("[", "]")):
            return True
        end = opener.end() + len(content) + 2
        line = text[text.rfind("\n", max(0, start - _NEIGHBOUR_CHARS), start) + 1 : start]
        behind = text[end : end + _NEIGHBOUR_CHARS].partition("\n")[0]
        is_alone = not line.strip() and not behind.strip()
        return is_alone and content != content.strip()

    def _inline_dollar(self, opener: re.Match[str]) -> MathSpan | None:
        start = opener.start() + 1
        close = self._closer("$", start)
        if close < 0:
            return None
        content = self._text[start:close]
        if not self._tex and not self._is_inline(content, start, close):
            return None
        return self._span(start - 1, start, close, close + 1, False)

    def _is_inline(self, content: str, start: int, close: int) -> bool:
        what = sense(content)
        if what == "prose" or not self._may_close(content, close):
            return False
        if ("|" in content or "\n" in content) and self._crosses_cells(content, start):
            return False
        return what == "math" or not self._opens(close)

    def _may_close(self, content: str, close: int) -> bool:
        """Whether a dollar may end this content, judged by what stands behind it."""
        behind = self._text[close + 1 : close + 2]
        if not behind.isascii() or not (behind.isalnum() or behind == "\\"):
            return True
        if content[-1:].isspace() and not content[:1].isspace():
            return False
        if behind.isdigit() and content[:1].isdigit():
            return False
        return has_sign(content) or len(content) < 3 or not behind.isalpha()

    def _opens(self, dollar: int) -> bool:
        """Whether a dollar begins a formula for certain."""
        text = self._text
        close = text.find("$", dollar + 1, dollar + _NEIGHBOUR_CHARS)
        content = text[dollar + 1 : close]
        is_tight = content == content.strip() and any(map(str.isalnum, content))
        return close > 0 and is_tight and sense(content) == "math"

    def _crosses_cells(self, content: str, start: int) -> bool:
        """Whether an inline formula would reach from one cell of a table into another."""
        if not self._is_row(start):
            return False
        bars = content.replace(r"\|", "").count("|")
        if "\n" in content or (bars and content != content.strip()):
            return True
        return bars % 2 == 1 and bool(re.search(r"\s\|\s", content)) and not _is_nested(content)

    def _is_row(self, place: int) -> bool:
        """Whether a place is in a line of a table."""
        start, end, is_row = self._line
        if not start <= place <= end:
            text = self._text
            if self._has_table is None:
                self._has_table = _TABLE.search(text) is not None
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            end = end if end >= 0 else len(text)
            is_row = self._has_table and "|" in text[start:end]
            self._line = start, end, is_row
        return is_row

    def _github(self, opener: re.Match[str]) -> MathSpan | None:
        start = opener.end()
        close = self._text.find("`", start, start + _LONGEST_FORMULA_CHARS)
        if close < 0 or self._text[close : close + 2] != "`$" or close > self._blank_line(start):
            return None
        return self._span(opener.start(), start, close, close + 2, False)

    def _environment(self, opener: re.Match[str]) -> MathSpan | None:
        close = self._environment_end(opener["environment"], opener.start())
        if close is None:
            return None
        start, end = opener.start(), close[1]
        is_display = opener["environment"] != "math"
        return self._span(start, start, end, end, is_display)

    def _definitions(self, opener: re.Match[str]) -> MathSpan | None:
        """Definitions that stand in lines of their own, outside of all delimiters."""
        text, start = self._text, opener.start()
        line = text[text.rfind("\n", max(0, start - _NEIGHBOUR_CHARS), start) + 1 : start]
        end = definitions_end(text, start) if not line.strip() else start
        return self._span(start, start, end, end, False) if end > start else None

    def _span(
        self, opening: int, start: int, end: int, closing: int, display: bool
    ) -> MathSpan | None:
        """The formula between two places, what stands around its content taken off."""
        text = self._text
        body = _trim(text, start, end)
        if body is None:
            return None
        labels: tuple[str, ...] = ()
        if text.find("\\label", body.start, body.end) >= 0:
            found = _LABEL.findall(text, body.start, body.end)
            labels = tuple(label.strip() for label in found)
        if text.startswith("\\begin{", body.start):
            wrapper = _WRAPPER.fullmatch(text, body.start, body.end)
            name = wrapper["environment"] if wrapper else ""
            if wrapper and self._environment_end(name, body.start) == (
                wrapper.end("inner"), wrapper.end(),
            ):  # fmt: skip
                display = display or name != "math"
                if name.removesuffix("*") in _BARE_ENVIRONMENTS:
                    body = _trim(text, *wrapper.span("inner")) or body
        return MathSpan(Span(opening, closing), body, display, labels)

    def _closer(self, closer: str, start: int) -> int:
        """Where the delimiter stands that ends a formula; -1 if none does.

        One within braces ends the formula only where no other does: a brace was forgotten.
        """
        text, opener = self._text, {"\\]": "\\[", "\\)": "\\("}.get(closer)
        if closer == "$" and (near := self._near_dollar(start)) >= 0:
            return near
        level, counted, passed, first = 0, start, 0, -1
        # Two dollars close what two dollars opened, so that no text is looked through again.
        end = len(text) if closer == "$$" else start + _LONGEST_FORMULA_CHARS
        for match in _CLOSERS[closer].finditer(text, start, end):
            token, at = match.group(), match.start()
            if token not in (closer, opener) and token[0] != "\n":
                continue
            level, counted = level + open_groups(text[counted:at]), at
            if token[0] == "\n":
                if level <= 0 and (len(closer) == 1 or not reads_as_display(text[start:at])):
                    break
                if level > 0 and not self._is_in_environment(start, at):
                    break
            elif token == closer and level <= 0:
                return at
            elif level <= 0:
                break
            elif token == closer and first < 0:
                first = at
            passed += 1
            if passed > _MOST_CLOSERS:
                break
        return first

    def _near_dollar(self, start: int) -> int:
        """Where the next dollar stands, if it ends the formula for certain; else -1.

        It does where it is not escaped, and no braces are open and no line has ended before it.
        """
        close = self._text.find("$", start, start + _LONGEST_FORMULA_CHARS)
        content = self._text[start:close] if close >= 0 else "\n"
        is_plain = "\n" not in content and content[-1:] != "\\" and open_groups(content) <= 0
        return close if is_plain else -1

    def _is_in_environment(self, start: int, place: int) -> bool:
        content = self._text[start:place]
        return content.count("\\begin{") > content.count("\\end{")

    def _problem(self, opener: re.Match[str], read_until: int) -> MathProblem | None:
        """What is to be told of an opener without a formula; none where it is no delimiter."""
        kind = opener.lastgroup
        if kind == "environment":
            closer = f"\\end{{{opener['environment']}}}"
            return MathProblem("unclosed-environment", Span(*opener.span()), opener[0], closer)
        closers = {"dollar": "$", "github": "$", "dollars": "$$", "bracket": "\\]", "paren": "\\)"}
        if kind not in closers or not self._is_broken(opener, closers[kind], read_until):
            return None
        mark = "$" if kind == "github" else opener[0]
        span = Span(opener.start(), opener.start() + len(mark))
        return MathProblem("unclosed-math", span, mark, closers[kind])

    def _is_broken(self, opener: re.Match[str], closer: str, read_until: int) -> bool:
        text, start = self._text, opener.end()
        end = min(self._blank_line(start), start + _NEIGHBOUR_CHARS)
        behind, closed, _ = text[start:end].partition(closer)
        if closer in ("\\]", "\\)"):
            if closed or text[max(0, opener.start() - 1) : opener.start()].isalnum():
                return False
            piece, is_escaped, _ = behind.partition(closer[1])
            return has_sign(piece) if is_escaped else begins_as_math(piece)
        if closer == "$$":
            return has_sign(behind) or begins_as_math(behind)
        before = text[max(read_until, opener.start() - _NEIGHBOUR_CHARS) : opener.start()]
        return begins_as_math(behind.partition("\n")[0]) or ends_as_math(before)

    def _blank_line(self, start: int) -> int:
        """Where the next blank line begins; the end of the text if there is none."""
        asked, place = self._blank
        if not asked <= start <= place:
            blank = _BLANK_LINE.search(self._text, start)
            place = blank.start() if blank else len(self._text)
            self._blank = start, place
        return place

    def _next_ticks(self, length: int, start: int) -> int:
        """Where the next run of so many backticks begins; -1 if there is none."""
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self._text):
                self._ticks.setdefault(run.end() - run.start(), []).append(run.start())
        places = self._ticks.get(length, [])
        index = bisect_left(places, start)
        return places[index] if index < len(places) else -1

    def _environment_end(self, name: str, begin: int) -> tuple[int, int] | None:
        """The ``\\end`` of the environment that begins there; those inside it have their own."""
        ends = self._environments.get(name)
        if ends is None:
            ends = self._environments[name] = {}
            open_at: list[int] = []
            for match in re.finditer(rf"\\(begin|end)\{{{re.escape(name)}\}}", self._text):
                if match[1] == "begin":
                    open_at.append(match.start())
                elif open_at:
                    ends[open_at.pop()] = match.span()
        return ends.get(begin)


def _is_nested(content: str) -> bool:
    """Whether every bar of a content stands within brackets, as in ``P(A | B)``."""
    level = 0
    for char in content:
        level += (char in "([") - (char in ")]")
        if char == "|" and level <= 0:
            return False
    return level == 0


def _trim(text: str, start: int, end: int) -> Span | None:
    body = text[start:end]
    stripped = body.strip()
    if not stripped:
        return None
    lead = len(body) - len(body.lstrip())
    return Span(start + lead, start + lead + len(stripped))


def held_lines(lines: list[str], blank: int) -> tuple[set[int], int]:
    """The lines that begin within a formula of a paragraph, and where the paragraph ends.

    Args:
        lines: those of the paragraph, and what follows it.
        blank: the number of the blank line behind it, or of lines; one within a display is none.

    >>> held_lines(["$$", "a", "", "b", "$$", "", "c"], 2)
    ({1, 2, 3, 4}, 5)
    """
    head = "\n".join(lines[:blank])
    if "$" not in head and "\\" not in head:
        return set(), blank
    ahead = _lines_ahead(lines, blank) if _may_go_on(head) else blank
    text = "\n".join(lines[:ahead])
    place = len(head)
    while True:
        found = _Scan(text, tex=False).all(place)[0]
        end = found[-1].span.end if found else 0
        if end <= place:
            break
        following = _BLANK_LINE.search(text, end)
        place = following.start() if following else len(text)
    held: set[int] = set()
    for span in (formula.span for formula in found if "\n" in formula.span.of(text)):
        first = text.count("\n", 0, span.start)
        held.update(range(first + 1, first + 1 + text.count("\n", span.start, span.end)))
    return held, text.count("\n", 0, place) + 1


def _lines_ahead(lines: list[str], blank: int) -> int:
    chars = 0
    for number in range(blank, min(len(lines), blank + MOST_LINES_AHEAD)):
        chars += len(lines[number])
        if chars > _LONGEST_FORMULA_CHARS:
            return number
    return min(len(lines), blank + MOST_LINES_AHEAD)


def _may_go_on(text: str) -> bool:
    """Whether a formula may begin in a text that goes on behind it."""
    return (
        text.count("$$") % 2 == 1
        or text.count("\\[") > text.count("\\]")
        or text.count("\\begin{") > text.count("\\end{")
    )
