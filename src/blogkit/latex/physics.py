r"""The package physics: brackets that grow, derivatives, vectors, and Dirac's brackets.

What a call means is its manual's (physics 1.3), tried in MathJax's extension of that name. It gives
`\div` another meaning; that is taken only where the formula uses the package and `\div` divides
nothing.
"""

from collections.abc import Iterable
from functools import lru_cache

from blogkit.latex.calls import Call, put, reading, taken_arguments, taken_stars
from blogkit.latex.lexer import Token
from blogkit.latex.nodes import Node
from blogkit.latex.reader import Handler, Reader
from blogkit.latex.symbols import OPERATORS, SYMBOLS
from blogkit.latex.units import quantity_latex
from blogkit.regexes import regex

_BRACKETS = {
    "\\abs absolutevalue vqty": (r"\left|#1\right|",),
    "\\norm": (r"\left\Vert #1\right\Vert ",),
    "\\pqty": (r"\left(#1\right)",),
    "\\bqty": (r"\left[#1\right]",),
    "\\Bqty": (r"\left\{#1\right\}",),
    "\\order": (r"\mathcal{O}\left(#1\right)",),
    "\\comm commutator": (r"\left[#1,#2\right]",),
    "\\acomm anticommutator pb poissonbracket": (r"\left\{#1,#2\right\}",),
    "\\bra": (r"\left\langle #1\right|",),
    "\\ket": (r"\left|#1\right\rangle ",),
    "\\ip innerproduct": (
        r"\left\langle #1\middle|#1\right\rangle ",
        r"\left\langle #1\middle|#2\right\rangle ",
    ),
    "\\dyad ketbra outerproduct": (
        r"\left|#1\right\rangle\left\langle #1\right|",
        r"\left|#1\right\rangle\left\langle #2\right|",
    ),
    "\\ev expval expectationvalue": (
        r"\left\langle #1\right\rangle ",
        r"\left\langle #2\right|#1\left|#2\right\rangle ",
    ),
    "\\mel matrixel matrixelement": (r"\left\langle #1\right|#2\left|#3\right\rangle ",),
}
"""Names that share a meaning -> what it is, by the number of arguments; a star keeps it small."""

_VECTORS = {
    "\\vb vectorbold": (r"\mathbf{#1}", r"\boldsymbol{#1}"),
    "\\va vectorarrow": (r"\vec{\mathbf{#1}}", r"\vec{\boldsymbol{#1}}"),
    "\\vu vectorunit": (r"\hat{\mathbf{#1}}", r"\hat{\boldsymbol{#1}}"),
}
"""Names -> upright, and in italics where they bear a star."""

_DERIVATIVES = {
    "\\dv derivative": r"\mathrm{d}",
    "\\pdv pderivative partialderivative": r"\partial ",
    "\\fdv fderivative functionalderivative": r"\delta ",
}
"""Names -> the sign before function and variable."""

_OPERATORS = {
    "\\grad gradient": r"\nabla ",
    "\\divergence": r"\nabla\cdot ",
    "\\curl": r"\nabla\times ",
    "\\laplacian": r"\nabla^2 ",
    "\\tr": r"\operatorname{tr}",
    "\\Tr": r"\operatorname{Tr}",
    "\\rank": r"\operatorname{rank}",
    "\\crossproduct cross": r"\times ",
    "\\dotproduct vdot": r"\cdot ",
}
_MATRICES = {"\\mqty": "", "\\pmqty": "p", "\\bmqty": "b", "\\vmqty": "v"}
_MATRIX_IN = {"(": "p", "[": "b", "|": "v"}
_CLOSERS = {"(": ")", "[": "]", "|": "|"}
_SIZES = ("\\big", "\\Big", "\\bigg", "\\Bigg")
_SMALL = {r"\left|": r"\lvert ", r"\right|": r"\rvert ", r"\middle|": "|"} | {
    r"\left\Vert": r"\lVert",
    r"\right\Vert": r"\rVert",
}
_MARK = regex(r"#(\d)")
_GROWING = regex(r"\\(?:left|right|middle)(?:\||\\Vert(?![A-Za-z])|(?![A-Za-z]))")


def _names(table: Iterable[str]) -> dict[str, str]:
    """Each name of a table -> its key."""
    return {f"\\{name}": key for key in table for name in key[1:].split()}


_BRACKET_OF, _VECTOR_OF = _names(_BRACKETS), _names(_VECTORS)
_DERIVATIVE_OF, _OPERATOR_OF = _names(_DERIVATIVES), _names(_OPERATORS)


def filled(patterns: tuple[str, ...], given: tuple[str, ...]) -> str | None:
    """The pattern for that many arguments, with them in it; None where there is none."""
    for pattern in patterns:
        if count_of(pattern) == len(given):
            return _MARK.sub(lambda mark: given[int(mark[1]) - 1], pattern)
    return None


def count_of(pattern: str) -> int:
    """How many arguments a pattern takes."""
    return max(int(number) for number in _MARK.findall(pattern))


def small(pattern: str) -> str:
    r"""A pattern whose delimiters don't grow: `\left|#1\right|` as `\lvert #1\rvert`."""
    return _GROWING.sub(lambda found: _SMALL.get(found[0], ""), pattern)


def _ended(inner: str, left: str, right: str, star: str, size: str) -> str:
    """A quantity between its ends, as large as what stands in it unless it says otherwise."""
    if size:
        return f"{size}l{left}{inner}{size}r{right}"
    pattern = rf"\left{left}#1\right{right}"
    return (small(pattern) if star else pattern).replace("#1", inner)


def _bracket(patterns: tuple[str, ...], call: Call) -> str | None:
    r"""What a bracket means: `\abs{x}`, `\norm*{x}`, `\ev**{A}{\psi}`."""
    if call.option is not None:
        return None
    if call.star == "*" and "angle" not in patterns[0]:  # bars of Dirac's brackets grow as one
        patterns = tuple(map(small, patterns))
    return filled(patterns, call.given)


def bracket_handler(patterns: tuple[str, ...]) -> Handler:
    """Reads a bracket of these patterns; one of a single argument may do without braces."""
    counts = list(map(count_of, patterns))
    may_be_bare = min(counts) == 1
    return reading(max(counts), lambda call: _bracket(patterns, call), star=True, bare=may_be_bare)


def _vector(call: Call) -> str | None:
    patterns = _VECTORS[_VECTOR_OF[call.name]]
    if call.option is not None or len(call.star) > 1:
        return None
    return filled(patterns[len(call.star) :][:1], call.given)


def _derivative(call: Call) -> str | None:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[2]{f}{x}`, `\pdv{f}{x}{y}`; with a star smaller."""
    given = call.given
    if not 1 <= len(given) <= 3 or (call.option and len(given) == 3) or len(call.star) > 1:
        return None
    sign = _DERIVATIVES[_DERIVATIVE_OF[call.name]]
    function, variables = ("", given) if len(given) == 1 else (given[0], given[1:])
    order = call.option or (str(len(variables)) if len(variables) > 1 else "")
    raised = f"^{{{order}}}" if order else ""
    lower = "".join(f"{sign}{{{variable}}}" for variable in variables)
    power = raised if call.option else ""
    command = "\\tfrac" if call.star else "\\frac"
    return rf"{command}{{{sign}{raised}{function}}}{{{lower}{power}}}"


def _differential(call: Call) -> str | None:
    power = f"^{{{call.option}}}" if call.option else ""
    argument = f"{{{call.given[0]}}}" if call.given else ""
    return rf"\mathrm{{d}}{power}{argument}"


def _evaluated(call: Call) -> str | None:
    return filled((r"\left.#1\right|",), call.given)


def _words(call: Call) -> str | None:
    before = "" if call.star else r"\quad"
    return filled((rf"{before}\text{{#1}}\quad ",), call.given)


def _operator(call: Call) -> str | None:
    return _OPERATORS[_OPERATOR_OF[call.name]]


def _quantity(reader: Reader, token: Token) -> Node:
    r"""`\qty(x)`, `\qty[x]`, `\qty|x|`, `\qty{x}`, `\qty\big(x)`; siunitx's `\qty{3}{\metre}`."""
    stream = reader.stream
    stream.take()
    reader.unknown(token)
    written = token.text + taken_stars(reader)
    star = written.removeprefix(token.text)
    stream.skip_spaces()
    size = stream.take().text if stream.peek_raw().text in _SIZES else ""
    between = _taken_between(reader)
    given = taken_arguments(reader, 2 if between is None or between[0] == "[" else 0)
    written += size + "".join(between or ()) + "".join(f"{{{part}}}" for part in given)
    latex = None
    if len(given) == 2:
        latex = quantity_latex(*given)
    elif between is not None and not given:
        latex = _ended(between[1], between[0], between[2], star, size)
    elif between is None and given:
        latex = _ended(given[0], "\\{", "\\}", star, size)
    return put(reader, token, latex, written, atom=True)


def _taken_between(reader: Reader) -> tuple[str, str, str] | None:
    """What stands in brackets or bars that come next, between its ends; None without them."""
    opening = reader.stream.peek_raw().text
    closing = _CLOSERS.get(opening, "")
    inner = reader.stream.raw_between(closing) if closing else None
    return None if inner is None else (opening, inner, closing)


def _matrix(reader: Reader, token: Token) -> Node:
    r"""`\mqty{…}`, `\pmqty{…}`, `\mqty(…)`: rows and columns, in brackets or without."""
    stream = reader.stream
    stream.take()
    reader.unknown(token)
    stream.skip_spaces()
    between = _taken_between(reader)
    given = [between[1]] if between else taken_arguments(reader, 1)
    written = token.text + ("".join(between) if between else "".join(f"{{{p}}}" for p in given))
    name = (_MATRIX_IN[between[0]] if between else _MATRICES[token.text]) + "matrix"
    latex = rf"\begin{{{name}}}{given[0]}\end{{{name}}}" if given else None
    return put(reader, token, latex, written, atom=True)


_EVIDENT = regex(
    r"\\(?:require\s*\{physics\}|(?:qty|[pbvB]qty|[pf]?dv|grad|curl|laplacian|v[bau]|dd)"
    r"(?![A-Za-z]))"
)
_REQUIRED = regex(r"\\require\s*\{\w*\}")
_BEFORE = regex(r"(\\[A-Za-z]+|\\.|\S)\s*\Z")
_MOST_BEFORE_CHARS = 80
_VECTORS_AHEAD = frozenset(["\\vb", "\\va", "\\vu", "\\grad", "\\curl"])


@lru_cache(maxsize=2)
def _evidence(latex: str) -> frozenset[str]:
    """What says that a formula uses the package."""
    return frozenset(_EVIDENT.findall(latex))


def _divides(reader: Reader, token: Token) -> Node:
    r"""`\div`: the sign ÷; the divergence where physics is used and nothing is divided."""
    before = reader.latex[max(0, token.start - _MOST_BEFORE_CHARS) : token.start]
    ahead = [text for text in reader.stream.ahead(5)[1:] if text not in (" ", "{")]
    is_used = bool(_evidence(reader.latex) - set(reader.stream.macros))
    if is_used and (_waits(before) or _VECTORS_AHEAD.intersection(ahead[:1])):
        reader.stream.take()
        return put(reader, token, r"\nabla\cdot ", token.text, atom=False)
    node = reader.plain(token)
    assert node is not None, "a sign ends no list"
    return node


def _waits(before: str) -> bool:
    """Whether LaTeX ends where an operand is expected."""
    last = _BEFORE.search(_REQUIRED.sub("", before))
    text = last[1] if last else "("
    if text in SYMBOLS:
        return SYMBOLS[text][1] in ("bin", "rel", "open", "punct")
    return text in "{[(&" or text == "\\\\" or text in OPERATORS or text in _OPERATOR_OF


HANDLERS: dict[str, Handler] = {
    **{name: bracket_handler(_BRACKETS[key]) for name, key in _BRACKET_OF.items()},
    **dict.fromkeys(_VECTOR_OF, reading(1, _vector, star=True, bare=True)),
    **dict.fromkeys(_DERIVATIVE_OF, reading(3, _derivative, star=True, bare=True)),
    **dict.fromkeys(_OPERATOR_OF, reading(0, _operator, option=False, atom=False)),
    **dict.fromkeys(_MATRICES, _matrix),
    **dict.fromkeys(["\\qty", "\\quantity"], _quantity),
    **dict.fromkeys(["\\dd", "\\differential"], reading(1, _differential, atom=False)),
    **dict.fromkeys(["\\eval", "\\evaluated"], reading(1, _evaluated, option=False, atom=False)),
    "\\qq": reading(1, _words, star=True, option=False, atom=False),
    "\\div": _divides,
}
"""Text of a token -> its handler."""
