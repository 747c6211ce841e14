r"""Commands and environments that the web's typesetters don't know: `\lamda`, `\mbox`, `\bm`.

A post is read by KaTeX or MathJax, and a command that they lack is shown in red. What the formula
or an earlier one defines is known to both. `\label` and its references are the site's business.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from blogkit.language import Message
from blogkit.latex import Array, Environment, Problem
from blogkit.latex.commands import COMMANDS
from blogkit.latex.lexer import tokenize
from blogkit.latex.symbols import OPERATORS, SYMBOLS
from blogkit.lint.engines import (
    ENVIRONMENT_EXTENSIONS,
    ENVIRONMENTS_NOT_IN_KATEX,
    ENVIRONMENTS_NOT_IN_MATHJAX,
    EXTENSIONS,
    IN_BOTH,
    NOT_IN_KATEX,
    NOT_IN_MATHJAX,
    ONLY_IN_KATEX,
    ONLY_IN_MATHJAX,
)
from blogkit.lint.reading import Reading
from blogkit.spans import Span

UNKNOWN = "unknown-command"
KATEX = "not-in-katex"
MATHJAX = "not-in-mathjax"

_INSTEAD = {
    "\\bm": "\\boldsymbol", "\\bold": "\\mathbf", "\\mbox": "\\text", "\\mathds": "\\mathbb",
    "\\mathbbm": "\\mathbb", "\\argmin": "\\operatorname*{argmin}", "\\eq": "=",
    "\\argmax": "\\operatorname*{argmax}", "\\plim": "\\operatorname*{plim}",
    "\\infin": "\\infty", "\\empty": "\\emptyset", "\\exist": "\\exists", "\\real": "\\Re",
    "\\image": "\\Im", "\\reals": "\\mathbb{R}", "\\Reals": "\\mathbb{R}",
    "\\natnums": "\\mathbb{N}",
    "\\Complex": "\\mathbb{C}", "\\cnums": "\\mathbb{C}", "\\lang": "\\langle",
    "\\rang": "\\rangle", "\\sub": "\\subset", "\\sube": "\\subseteq", "\\supe": "\\supseteq",
    "\\isin": "\\in", "\\larr": "\\leftarrow", "\\rarr": "\\rightarrow",
    "\\harr": "\\leftrightarrow",
    "\\lArr": "\\Leftarrow", "\\rArr": "\\Rightarrow", "\\hArr": "\\Leftrightarrow",
    "\\bull": "\\bullet", "\\plusmn": "\\pm", "\\alef": "\\aleph", "\\weierp": "\\wp",
    "\\thetasym": "\\vartheta", "\\dasharrow": "\\dashrightarrow", "\\sdot": "\\cdot",
    "\\degree": "{}^\\circ", "\\coloneqq": ":=", "\\mathup": "\\mathrm",
    "\\iiiint": "\\int\\!\\!\\int\\!\\!\\int\\!\\!\\int",
    "\\eqdef": "\\overset{\\text{def}}{=}", "\\null": "{}", "\\adots": "\\cdots",
    "\\tg": "\\operatorname{tg}", "\\ctg": "\\operatorname{ctg}", "\\sh": "\\operatorname{sh}",
    "\\ch": "\\operatorname{ch}", "\\th": "\\operatorname{th}", "\\arctg": "\\operatorname{arctg}",
    "\\cotg": "\\operatorname{cotg}", "\\cosec": "\\operatorname{cosec}",
    "\\independent": "\\perp\\!\\!\\!\\perp", "\\Perp": "\\perp\\!\\!\\!\\perp",
    "\\textsc": "\\text", "\\textsl": "\\textit",
}  # fmt: skip
_ENVIRONMENT_INSTEAD = {
    "eqnarray": "align", "eqnarray*": "align*", "multline": "gather", "multline*": "gather*",
    "flalign": "align", "flalign*": "align*",
}  # fmt: skip
_NAMES = tuple(name for table in (COMMANDS, SYMBOLS, OPERATORS) for name in table if len(name) > 2)


def find(reading: Reading) -> Iterator[Problem]:
    r"""Commands and environments that KaTeX, MathJax or both don't know.

    >>> [(problem.code, problem.repair) for problem in find(Reading.of(r"\lamda \bm{x}"))]
    [('unknown-command', '\\lambda'), ('not-in-mathjax', '\\boldsymbol')]
    """
    yield from _commands(reading)
    yield from _environments(reading)


def _commands(reading: Reading) -> Iterator[Problem]:
    defined = {**reading.macros, **reading.parsed.macros}
    unknown = {p.span: p for p in reading.parsed.problems if p.code == UNKNOWN}
    for token in tokenize(reading.latex):
        name, span = token.text, Span(token.start, token.end)
        if name in defined or not name.startswith("\\"):
            continue
        if span in unknown:
            yield _unread(reading, name, span)
        elif name in NOT_IN_KATEX and name in NOT_IN_MATHJAX:
            yield _problem(UNKNOWN, reading, name, span, _lacked_by_both(name))
        elif name in NOT_IN_KATEX:
            yield _problem(KATEX, reading, name, span, Message("KaTeX doesn't know it"))
        elif name in NOT_IN_MATHJAX:
            yield _problem(MATHJAX, reading, name, span, _lack(name, EXTENSIONS))


def _lack(name: str, extensions: dict[str, str]) -> str:
    extension = extensions.get(name)
    if extension is None:
        return Message("MathJax doesn't know it")
    return Message(r"MathJax knows it only after \require{{{extension}}}", extension=extension)


def _lacked_by_both(name: str) -> str:
    extension = EXTENSIONS.get(name)
    if extension is None:
        return Message("neither KaTeX nor MathJax knows it")
    return Message(
        r"KaTeX doesn't know it, MathJax only after \require{{{extension}}}", extension=extension
    )


def _unread(reading: Reading, name: str, span: Span) -> Problem:
    """A command that blogkit can't read: misspelled, of a package, or of one of the two."""
    if name in ONLY_IN_KATEX:
        return _problem(MATHJAX, reading, name, span, Message("MathJax doesn't know it"))
    if name in ONLY_IN_MATHJAX:
        return _problem(KATEX, reading, name, span, Message("KaTeX doesn't know it"))
    if name in IN_BOTH:
        message = Message(
            "expected a command that blogkit reads, found {name}; it is left as it is", name=name
        )
        return Problem("unread-command", "info", message, span)
    return _problem(UNKNOWN, reading, name, span, _lacked_by_both(name))


def _problem(code: str, reading: Reading, name: str, span: Span, why: str) -> Problem:
    instead = _INSTEAD.get(name)
    if instead is None and code == UNKNOWN:
        instead = _near(name)
    advice = (
        Message("write {instead}", instead=instead)
        if instead
        else Message("use another, or define it")
    )
    message = Message(
        "expected a command that KaTeX and MathJax know, found {name}: {why}; {advice}",
        name=name,
        why=why,
        advice=advice,
    )
    following = reading.latex[span.end : span.end + 1]
    if instead and instead[-1].isalpha() and following.isascii() and following.isalpha():
        instead += " "
    return Problem(code, "warning", message, span, instead)


def _near(name: str) -> str | None:
    """A known command that is spelled almost so; short names are too near to one another."""
    if len(name) < 6:
        return None
    alike = [other for other in _NAMES if other[1] == name[1]]
    near = get_close_matches(name, alike, n=1, cutoff=0.85)
    known = [match for match in near if match not in NOT_IN_KATEX and match not in NOT_IN_MATHJAX]
    return known[0] if known else None


def _environments(reading: Reading) -> Iterator[Problem]:
    for node in reading.nodes:
        name = _environment_name(node)
        start = reading.latex.find(f"\\begin{{{name}}}", node.span.start) if name else -1
        if start < 0 or start >= node.span.end:
            continue
        span = Span(start + len("\\begin{"), start + len("\\begin{") + len(name))
        in_katex, in_mathjax = (
            name not in ENVIRONMENTS_NOT_IN_KATEX,
            name not in ENVIRONMENTS_NOT_IN_MATHJAX,
        )
        if in_katex and in_mathjax:
            continue
        yield _environment_problem(name, span, in_katex=in_katex, in_mathjax=in_mathjax)


def _environment_name(node: object) -> str:
    if isinstance(node, Array) and not node.environment.startswith("\\"):
        return node.environment
    return node.name if isinstance(node, Environment) else ""


def _environment_problem(name: str, span: Span, *, in_katex: bool, in_mathjax: bool) -> Problem:
    code = KATEX if not in_katex else MATHJAX
    why = Message("KaTeX doesn't know it") if not in_katex else _lack(name, ENVIRONMENT_EXTENSIONS)
    if not in_katex and not in_mathjax:
        code, why = UNKNOWN, Message("neither KaTeX nor MathJax knows it")
    instead = _ENVIRONMENT_INSTEAD.get(name)
    advice = Message("write {instead}", instead=instead) if instead else Message("use another")
    message = Message(
        "expected an environment that KaTeX and MathJax know, found {name}: {why}; {advice}",
        name=name,
        why=why,
        advice=advice,
    )
    return Problem(code, "warning", message, span)
