r"""Macros of a post: what one of its formulas defines holds in those after it.

A formula is kept as it was written. What its post defines before it is told beside it, as LaTeX
that draws nothing: put in front of the formula, it makes it whole by itself. Text that is read
without its post (a snippet, a card) has its macros replaced by what they stand for. Imports
`latex`, and that only where something is defined, so that a search does not pay for it.
"""

from __future__ import annotations

import re

from blogkit.regexes import regex
from blogkit.results.records import record
from blogkit.spans import Span
from blogkit.text.mathspans import find_math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from blogkit.latex import Macro, Row
    from blogkit.posts import FormulaSource, Post

_DEFINES = regex(
    r"\\(?:(?:re)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator)(?![A-Za-z])"
)
_COMMAND = regex(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_MOST_CHARS = 20_000
_REMEMBERED = 64
"""Definitions that are read once."""


def definitions_before(formulas: Iterable[str]) -> Iterator[str]:
    r"""For each formula of a post, in order, the definitions of those before it.

    >>> list(definitions_before([r"\def\R{\mathbb{R}}x", r"x\in\R", "y"]))
    ['', '\\def\\R{\\mathbb{R}}', '\\def\\R{\\mathbb{R}}']
    """
    known = ""
    for latex in formulas:
        yield known
        known = definitions_after(known, latex)


def formulas_of(post: Post) -> tuple[FormulaSource, ...]:
    """The formulas of a post; found in its text where no reader has found them.

    >>> from blogkit.posts import Post
    >>> [formula.latex for formula in formulas_of(Post("", "设 $x$ 为 $y$。"))]
    ['x', 'y']
    """
    if post.formulas:
        return post.formulas
    from blogkit.posts import FormulaSource

    found = find_math(post.text)[0]
    written = [math.body.of(post.text) for math in found]
    known = list(definitions_before(written))
    lines = [post.text.count("\n", 0, math.span.start) + 1 for math in found]
    return tuple(
        FormulaSource(n, None, str(n), m.display, latex, line, m.span, before)
        for n, (m, latex, line, before) in enumerate(
            zip(found, written, lines, known, strict=True), start=1
        )
    )


def defined_before(formulas: Iterable[FormulaSource], offset: int) -> str:
    """What the formulas of a post define that stand before an offset of its text."""
    before = [formula for formula in formulas if formula.span.start < offset]
    return definitions_after(before[-1].definitions, before[-1].latex) if before else ""


def definitions_after(known: str, latex: str) -> str:
    r"""The definitions that hold after a formula, each name's last one.

    Args:
        known: those that hold before it.
        latex: the formula.

    >>> definitions_after(r"\def\a{x}", r"\newcommand{\b}[1]{y_#1}\def\a{z}")
    '\\def\\b#1{y_#1}\\def\\a{z}'
    """
    if not _DEFINES.search(latex):
        return known
    from blogkit.latex import parse

    before = _reading(known)
    parsed = parse(latex, macros=before.macros)
    new = _by_name(parsed.tree)
    kept = {name: one for name, one in before.by_name.items() if name not in new}
    after = _Reading({**kept, **new}, parsed.macros)
    written = "".join(after.by_name.values())
    if len(written) > _MOST_CHARS:
        return known
    _remember(written, after)
    return written


@record
class _Reading:
    """What definitions say."""

    by_name: Mapping[str, str]
    """For each name its last definition."""
    macros: Mapping[str, Macro]
    """The macros."""


_READ: dict[str, _Reading] = {}


def _reading(definitions: str) -> _Reading:
    """Definitions read; those of late are remembered, for the formulas of a post share them."""
    found = _READ.get(definitions)
    if found is None:
        from blogkit.latex import parse

        parsed = parse(definitions)
        found = _Reading(_by_name(parsed.tree), parsed.macros)
        _remember(definitions, found)
    return found


def _remember(definitions: str, reading: _Reading) -> None:
    if len(_READ) >= _REMEMBERED:
        _READ.clear()
    _READ[definitions] = reading


def _by_name(tree: Row) -> dict[str, str]:
    """The definitions in a formula by the name that each gives, each name's last one."""
    from blogkit.latex import Definition, walk

    last: dict[str, str] = {}
    for node in walk(tree):
        if isinstance(node, Definition) and node.latex:
            last.pop(node.name, None)
            last[node.name] = node.latex
    return last


def macros_of(definitions: str) -> Mapping[str, Macro]:
    r"""The macros that definitions make, by name with backslash.

    >>> list(macros_of(r"\def\R{\mathbb{R}}")), macros_of("")
    (['\\R'], {})
    """
    return _reading(definitions).macros if definitions else {}


def used(definitions: str, latex: str) -> str:
    r"""Those of the definitions that a formula needs.

    >>> used(r"\def\a{x}\def\b{\a}\def\c{y}", r"\b^2")
    '\\def\\a{x}\\def\\b{\\a}'
    """
    if not definitions:
        return ""
    written, wanted, waiting = _reading(definitions).by_name, set[str](), [latex]
    while waiting:
        for name in _COMMAND.findall(waiting.pop()):
            if name in written and name not in wanted:
                wanted.add(name)
                waiting.append(written[name])
    return "".join(one for name, one in written.items() if name in wanted)


def as_json(definitions: str, latex: str) -> dict[str, str]:
    """The field of JSON that tells the definitions that a formula needs; none where it needs none.

    >>> as_json(r"\\def\a{x}", "y")
    {}
    """
    needed = used(definitions, latex)
    return {"definitions": needed} if needed else {}


def alone(latex: str, definitions: str) -> str:
    r"""A formula that says the same without the macros of its post; as written if it uses none.

    >>> alone(r"x\in\R", r"\def\R{\mathbb{R}}")
    'x\\in\\mathbb{R}'
    """
    macros = macros_of(definitions)
    if not macros or macros.keys().isdisjoint(_COMMAND.findall(latex)):
        return latex
    from blogkit.latex import parse, to_latex

    return to_latex(parse(latex, macros=macros).tree)


def replacements(text: str, definitions: str) -> Iterator[tuple[Span, str]]:
    """The parts of a text that change where it is to be read without its post, in order.

    Args:
        text: words with formulas in them.
        definitions: what holds where it begins.
    """
    if not definitions and not _DEFINES.search(text):
        return
    for formula in find_math(text)[0]:
        latex = formula.body.of(text)
        shown = alone(latex, definitions)
        if shown != latex:
            yield formula.body, shown
        definitions = definitions_after(definitions, latex)


def text_alone(text: str, definitions: str) -> str:
    r"""A text whose formulas say the same without the macros of its post.

    >>> text_alone(r"设 $x\in\R$。", r"\def\R{\mathbb{R}}")
    '设 $x\\in\\mathbb{R}$。'
    """
    return replaced(text, replacements(text, definitions))


def replaced(text: str, changes: Iterable[tuple[Span, str]]) -> str:
    """A text with some of its parts replaced, told in their order.

    >>> replaced("abc", [(Span(0, 1), "x"), (Span(2, 3), "")])
    'xb'
    """
    pieces, position = [], 0
    for span, shown in changes:
        pieces += [text[position : span.start], shown]
        position = span.end
    return "".join([*pieces, text[position:]])
