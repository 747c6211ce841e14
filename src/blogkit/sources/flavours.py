r"""Markdown as programs write it, made plain: Obsidian, Hexo, Hugo, Jekyll, Typora, html2text.

Each of them adds marks of its own, and those that go through another Markdown first write ``\\(``
for ``\(``, ``\_`` for ``_`` and ``\\\\`` for ``\\`` inside of formulas. Here marks become their
text and formulas become TeX again; code stays as it is, and no line is added or taken away.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from blogkit.text.mathspans import split_at_math

_FENCE = re.compile(r"[ ]{0,3}(?:>[ ]?){0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Obsidian: embeds, links, callouts, comments, highlights, block ids
    (re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]"), ""),
    (re.compile(r"\[\[[^\[\]\n|]{1,300}\|([^\[\]\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"\[\[([^\[\]\n|#^]{1,300})(?:[#^][^\[\]\n|]{0,300})?\]\]"), r"\1"),
    (re.compile(r"\[\[#([^\[\]\n|]{1,300})\]\]"), r"\1"),
    (re.compile(r"(?m)^((?:>[ ]?)+)\[![A-Za-z-]{1,40}\][+-]?[ ]?(?=\S)"), r"\1"),
    (re.compile(r"(?m)^((?:>[ ]?)+)\[!([A-Za-z-]{1,40})\][+-]?[ ]*$"), r"\1\2"),
    (re.compile(r"%%[^%\n]{0,2000}%%"), ""),
    (re.compile(r"(?<![=A-Za-z0-9)])==(?=\S)([^=\n]{1,500}?)(?<=\S)==(?!=)"), r"\1"),
    (re.compile(r"(?m)[ ]\^[A-Za-z0-9-]{1,40}$"), ""),
    # Hugo's shortcodes, then the Liquid tags of Hexo and Jekyll
    (re.compile(r"{{[<%]\s*figure\b[^<>\n]{0,300}?\bcaption=\"([^\"\n]{0,300})\"[^<>\n]{0,300}[%>]}}"),
     r"\1"),
    (re.compile(r"{{[<%]\s*/?\s*[A-Za-z][^\n{}]{0,400}[%>]}}"), ""),
    (re.compile(r"{%-?\s*post_link\s+\S{1,200}\s+['\"]([^'\"\n]{1,200})['\"][^%\n]*%}"), r"\1"),
    (re.compile(r"{%-?\s*(?:end)?(?:math|katex|mathjax|equation)\b[^%\n]{0,100}%}"), "$$"),
    (re.compile(r"{%-?[^%\n]{0,400}-?%}"), ""),
    (re.compile(r"(?m)^[ ]{0,3}{:[^{}\n]{0,200}}[ \t]*$"), ""),
    # marks of Typora and others that are no text
    (re.compile(r"(?mi)^[ ]{0,3}(?:\[toc\]|\[\[toc\]\]|<!--\s*more\s*-->)[ \t]*$"), ""),
)  # fmt: skip
_HIGHLIGHT = re.compile(
    r"(?m)^[ ]{0,3}{%-?\s*(?:highlight|codeblock)\b[ ]?([\w+-]{0,30})[^%\n]{0,200}%}"
)
_END_HIGHLIGHT = re.compile(r"(?m)^[ ]{0,3}{%-?\s*end(?:highlight|codeblock)\s*-?%}")

_FORMULA = "\ue0f3"
"""Stands for a formula while the prose around it is read."""
_ESCAPED_ENVIRONMENT = re.compile(r"\\(begin|end)\\\{([A-Za-z]{1,20}\*?)\\\}")
_ESCAPED_DELIMITER = re.compile(r"(?<!\\)(\\{2,3})([()\[\]])")
_CLOSING = {"(": ")", "[": "]"}
_LONGEST_FORMULA_CHARS = 5000
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BARE_DELIMITER = re.compile(r"(?<!\\)\\[(\[]")
_BARE_UNDERSCORE = re.compile(r"(?<!\\)_")
_BARE_ROW_BREAK = re.compile(r"(?<!\\)\\\\(?=[\s&\[]|$)")
_LONG_ROW_BREAK = re.compile(r"(?<!\\)\\{3,4}(?=[\s&]|$)")
_ESCAPED_BRACE = re.compile(r"(?<!\\)\\{2,3}([{}])")
_ESCAPED_IN_DOLLARS = re.compile(r"(?<!\\)\\([()\[\]])")


def plain_markdown(text: str) -> str:
    r"""Text with the marks of Markdown's dialects as plain text, line for line.

    >>> plain_markdown(r"见 [[注意力|Attention]],其中 $x\_1$")
    '见 Attention,其中 $x_1$'
    """
    text = _END_HIGHLIGHT.sub("```", _HIGHLIGHT.sub(r"```\1", text))
    pieces = list(_split_at_code(text))
    prose = [piece if is_code else _plain_prose(piece) for piece, is_code in pieces]
    codes = [is_code for _, is_code in pieces]
    return "".join(_mended(prose, codes))


def _split_at_code(text: str) -> Iterator[tuple[str, bool]]:
    """The text in order, cut into code (True) and prose (False)."""
    lines: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if fence:
            lines.append(line)
            if match and match[1].startswith(fence) and not line.strip().strip("`~> "):
                yield "".join(lines), True
                fence, lines = "", []
        elif match:
            yield from _split_at_spans("".join(lines))
            fence, lines = match[1], [line]
        else:
            lines.append(line)
    if fence:
        yield "".join(lines), True
    else:
        yield from _split_at_spans("".join(lines))


def _split_at_spans(text: str) -> Iterator[tuple[str, bool]]:
    position = 0
    for match in _CODE_SPAN.finditer(text):
        yield text[position : match.start()], False
        yield match.group(), True
        position = match.end()
    yield text[position:], False


def _plain_prose(text: str) -> str:
    """Prose without the dialects' marks; formulas, which may look like them, are kept apart."""
    formulas: list[str] = []
    pieces: list[str] = []
    text = text.replace(_FORMULA, "\ufffd")
    for span, is_math in split_at_math(text):
        if is_math:
            formulas.append(span.of(text))
        pieces.append(_FORMULA if is_math else span.of(text))
    prose = "".join(pieces)
    for pattern, plain in _RULES:
        prose = pattern.sub(lambda match, plain=plain: _kept(match, plain), prose)  # type: ignore[misc]
    kept = iter(formulas)
    return re.sub(_FORMULA, lambda _: next(kept), prose)


def _kept(match: re.Match[str], plain: str) -> str:
    """A mark's text; a mark that holds a formula and would take it away is none."""
    shown = match.expand(plain)
    return shown if shown.count(_FORMULA) == match.group().count(_FORMULA) else match.group()


def _mended(pieces: list[str], is_code: list[bool]) -> Iterator[str]:
    """The pieces, formulas that were escaped as if they were prose made TeX again.

    Whether they were is a property of the whole text: real TeX has some bare underscore or row
    break somewhere, escaped TeX has none.
    """
    opened = [
        piece if code else _plain_delimiters(piece)
        for piece, code in zip(pieces, is_code, strict=True)
    ]
    split = [
        [] if code else list(split_at_math(piece))
        for piece, code in zip(opened, is_code, strict=True)
    ]
    formulas = "\n".join(
        span.of(piece)
        for piece, spans in zip(opened, split, strict=True)
        for span, is_math in spans
        if is_math
    )
    mend = _Mending(formulas)
    for piece, spans, code in zip(opened, split, is_code, strict=True):
        if code:
            yield piece
        else:
            yield "".join(
                mend(span.of(piece)) if is_math else span.of(piece) for span, is_math in spans
            )


def _plain_delimiters(text: str) -> str:
    r"""Text with ``\\(…\\)`` as ``\(…\)``, where no delimiter of its own shows that it is TeX."""
    text = _ESCAPED_ENVIRONMENT.sub(r"\\\1{\2}", text)
    is_tex = bool(_BARE_DELIMITER.search(text))
    marks = list(_ESCAPED_DELIMITER.finditer(text))
    pieces: list[str] = []
    position = 0
    for opening, closing in pairwise(marks):
        is_pair = opening[1] == closing[1] and _CLOSING.get(opening[2]) == closing[2]
        inside = text[opening.end() : closing.start()] if is_pair else ""
        if not inside or len(inside) > _LONGEST_FORMULA_CHARS or _BLANK_LINE.search(inside):
            continue
        if is_tex and len(opening[1]) == 2:
            continue
        pieces.append(text[position : opening.start()])
        formula = _ESCAPED_IN_DOLLARS.sub(r"\1", inside)
        pieces.append(f"\\{opening[2]}{formula}\\{closing[2]}")
        position = closing.end()
    return "".join([*pieces, text[position:]])


class _Mending:
    """What is to be mended in the formulas of one text."""

    def __init__(self, formulas: str) -> None:
        self._underscores = r"\_" in formulas and not _BARE_UNDERSCORE.search(formulas)
        self._rows = bool(_LONG_ROW_BREAK.search(formulas)) and not _BARE_ROW_BREAK.search(formulas)
        self._braces = formulas.count(r"\\{") > 0 and formulas.count(r"\\{") == formulas.count(
            r"\\}"
        )

    def __call__(self, formula: str) -> str:
        formula = re.sub(r"(?<!\\)\\\*", "*", formula)
        if self._underscores:
            formula = formula.replace(r"\_", "_")
        if self._rows:
            formula = _LONG_ROW_BREAK.sub(r"\\\\", formula)
        if self._braces:
            formula = _ESCAPED_BRACE.sub(r"\\\1", formula)
        if self._underscores and formula.startswith("$"):
            formula = _ESCAPED_IN_DOLLARS.sub(r"\1", formula)
        return formula
