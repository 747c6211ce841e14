r"""Markdown as programs write it, made plain: Obsidian, Hexo, Hugo, Jekyll, Typora, html2text.

Each of them adds marks of its own, and those that go through another Markdown first write ``\\(``
for ``\(``, ``\_`` for ``_`` and ``\\\\`` for ``\\`` inside of formulas. Here marks become their
text and formulas become TeX again; code stays as it is, and no line is added or taken away.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from blogkit.sources.reading import Draft
from blogkit.text.marks import find_marks
from blogkit.text.mathspans import find_math
from blogkit.text.tables import table_marks

_FENCE = re.compile(r"[ ]{0,3}(?:>[ ]?){0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")

_TAG_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s\"'{}%<>=]+)")


def _words_of_tag(match: re.Match[str]) -> str:
    """What a tag of Liquid or Hugo says to readers: its words that no program wrote."""
    words = (next(filter(None, word.groups()), "") for word in _TAG_WORD.finditer(match[0]))
    return " ".join(word for word in words if not word.isascii() and "/" not in word)


def _line_breaks(match: re.Match[str]) -> str:
    """Nothing, over as many lines."""
    return "\n" * match[0].count("\n")


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # Obsidian: embeds, links, callouts, comments, highlights, block ids
    (re.compile(r"!\[\[[^\[\]\n|]{1,300}\|([^\[\]\n|]{0,300}[^\[\]\n|\dx ])\]\]"), r"\1"),
    (re.compile(r"!\[\[[^\[\]\n]{1,300}\.[A-Za-z0-9]{2,5}(?:[#|][^\[\]\n]{0,300})?\]\]"), ""),
    (re.compile(r"!(?=\[\[[^\[\]\n]{1,300}\]\])"), ""),
    (re.compile(r"\[\[[^\[\]\n|]{1,300}\|([^\[\]\n]{1,300})\]\]"), r"\1"),
    (re.compile(r"\[\[([^\[\]\n|#^]{1,300})(?:[#^][^\[\]\n|]{0,300})?\]\]"), r"\1"),
    (re.compile(r"\[\[#([^\[\]\n|]{1,300})\]\]"), r"\1"),
    (re.compile(r"\A\[![A-Za-z-]{1,40}\][+-]?[ ]?(?=\S)"), ""),
    (re.compile(r"\A\[!([A-Za-z-]{1,40})\][+-]?[ ]*(?=\n|$)"), r"\1"),
    (re.compile(r"%%[^%\n]{0,2000}%%"), ""),
    (re.compile(r"(?<![=A-Za-z0-9)])==(?=\S)([^=\n]{1,500}?)(?<=\S)==(?!=)"), r"\1"),
    (re.compile(r"(?m)[ ]\^[A-Za-z0-9-]{1,40}$"), ""),
    # Hugo's shortcodes, then the Liquid tags of Hexo and Jekyll
    (re.compile(r"{{[<%]\s*figure\b[^<>\n]{0,300}?\bcaption=\"([^\"\n]{0,300})\"[^<>\n]{0,300}[%>]}}"),
     r"\1"),
    (re.compile(r"{{[<%]\s*/?\s*[A-Za-z][^\n{}]{0,400}[%>]}}"), _words_of_tag),
    (re.compile(r"{%-?\s*post_link\s+\S{1,200}\s+['\"]([^'\"\n]{1,200})['\"][^%\n]*%}"), r"\1"),
    (re.compile(r"{%-?[^%\n]{0,400}-?%}"), _words_of_tag),
    (re.compile(r"(?s)<!--.{0,20000}?-->"), _line_breaks),
    (re.compile(r"(?m)^[ ]{0,3}{:[^{}\n]{0,200}}[ \t]*$"), ""),
    # marks of Typora and others that are no text
    (re.compile(r"(?mi)^[ ]{0,3}(?:\[toc\]|\[\[toc\]\]|<!--\s*more\s*-->)[ \t]*$"), ""),
)  # fmt: skip
_HIGHLIGHT = re.compile(
    r"(?m)^[ ]{0,3}{%-?\s*(?:highlight|codeblock)\b[ ]?([\w+-]{0,30})[^%\n]{0,200}%}"
)
_MATH_TAG = re.compile(r"{%-?\s*(?:end)?(?:math|katex|mathjax|equation)\b[^%\n]{0,100}%}")
_CODE_OR_BRACKET = re.compile(rf"{_CODE_SPAN.pattern}|(?<!\\)\\(?P<bracket>[\[\]])")
_END_HIGHLIGHT = re.compile(r"(?m)^[ ]{0,3}{%-?\s*end(?:highlight|codeblock)\s*-?%}")

_KEPT = "\ue0f3"
"""Stands for a formula or a piece of code while the prose around it is read."""
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


def open_marks(text: str) -> str:
    r"""Text whose blocks Markdown can find: tags that hold code or a formula made Markdown's own.

    >>> open_marks("{% math %}\na\n{% endmath %} \\\\(b\\\\)")
    '$$\na\n$$ \\(b\\)'
    """
    text = _END_HIGHLIGHT.sub("```", _HIGHLIGHT.sub(r"```\1", text))
    return "".join(
        piece if is_code else _plain_delimiters(_MATH_TAG.sub("$$", piece))
        for piece, is_code in _split_at_code(text)
    )


def plain_drafts(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The blocks with dialects' marks as plain text and formulas as TeX, empty ones left out."""
    read = [(draft, None if draft.kind == "code" else _Marked(draft.text)) for draft in drafts]
    formulas = (formula for _, marked in read if marked for formula in marked.formulas())
    mend = _Mending("\n".join(formulas))
    for draft, marked in read:
        if marked is None:
            yield draft
            continue
        text = marked.plain(mend)
        lead = text[: len(text) - len(text.lstrip())]
        if draft.info and draft.kind == "caption" and not draft.text:
            yield draft
        elif text.strip():
            line = draft.line + lead.count("\n")
            yield _with_marks(replace(draft, text=text.strip(), line=line), draft)


def _with_marks(draft: Draft, before: Draft) -> Draft:
    """A draft with Markdown's marks, unless it had marks of HTML and its text is as it was."""
    if before.marks and before.text == draft.text:
        return draft
    marks = table_marks(draft.text) if draft.kind == "table" else find_marks(draft.text)
    return replace(draft, marks=marks, flows=True)


class _Marked:
    """A block's prose, with its formulas and code, which may look like marks, kept apart."""

    def __init__(self, text: str) -> None:
        self._kept: list[tuple[str, bool]] = []
        text = text.replace(_KEPT, "\ufffd")
        found, problems = find_math(text)
        told = {problem.span.start for problem in problems}
        pieces: list[str] = []
        position = 0
        for span in (formula.span for formula in found):
            pieces += [self._without_code(text, position, span.start, told), _KEPT]
            self._kept.append((span.of(text), True))
            position = span.end
        pieces.append(self._without_code(text, position, len(text), told))
        self._prose = "".join(pieces)

    def formulas(self) -> list[str]:
        """Its formulas with their delimiters."""
        return [piece for piece, is_math in self._kept if is_math]

    def plain(self, mend: "_Mending") -> str:
        """Its text, the marks read and the formulas mended."""
        prose = self._prose
        for pattern, plain in _RULES:
            prose = pattern.sub(lambda match, plain=plain: _shown(match, plain), prose)  # type: ignore[misc]
        kept = (mend(piece) if is_math else piece for piece, is_math in self._kept)
        return re.sub(_KEPT, lambda _: next(kept), prose)

    def _without_code(self, text: str, start: int, end: int, told: set[int]) -> str:
        r"""Prose with code kept apart, ``\[`` as ``[`` unless an unclosed formula begins there."""

        def shown(match: re.Match[str]) -> str:
            if match["bracket"]:
                return match[0] if start + match.start() in told else match["bracket"]
            self._kept.append((match[0], False))
            return _KEPT

        return _CODE_OR_BRACKET.sub(shown, text[start:end])


def _shown(match: re.Match[str], plain: str | Callable[[re.Match[str]], str]) -> str:
    """A mark's text; a mark that holds a formula and would take it away is none."""
    shown = match.expand(plain) if isinstance(plain, str) else plain(match)
    return shown if shown.count(_KEPT) == match.group().count(_KEPT) else match.group()


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
    """What is to be mended in the formulas of one text.

    Whether they were escaped as if they were prose is a property of the whole text: real TeX has
    some bare underscore or row break somewhere, escaped TeX has none.
    """

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
