r"""Commands of physics, braket, siunitx and mhchem, with what they mean put in their place.

They are no commands of LaTeX and are told as unknown where an engine lacks them; but what they
mean is drawn and read: `\dv{f}{x}` is a fraction, `\SI{3}{\metre}` is 3 m, `\ce{H2O}` has a
subscript. A call that is not understood stays as it is written. A macro of the author's own goes
before.
"""

from collections.abc import Callable

from blogkit.latex.chemistry import chemical_latex
from blogkit.latex.lexer import Token, tokenize
from blogkit.latex.nodes import Node, Unknown
from blogkit.latex.reader import Handler, Reader
from blogkit.latex.units import number_latex, unit_latex

_PATTERNS = {
    "\\abs": r"\left|#1\right|",
    "\\norm": r"\left\Vert #1\right\Vert ",
    "\\bra": r"\left\langle #1\right|",
    "\\Bra": r"\left\langle #1\right|",
    "\\ket": r"\left|#1\right\rangle ",
    "\\Ket": r"\left|#1\right\rangle ",
    "\\braket": r"\left\langle #1\right\rangle ",
    "\\Braket": r"\left\langle #1\right\rangle ",
    "\\ketbra": r"\left|#1\right\rangle\left\langle #2\right|",
    "\\set": r"\{#1\}",
    "\\Set": r"\left\{#1\right\}",
    "\\ev": r"\left\langle #1\right\rangle ",
    "\\expval": r"\left\langle #1\right\rangle ",
    "\\mel": r"\left\langle #1\right|#2\left|#3\right\rangle ",
    "\\comm": r"\left[#1,#2\right]",
    "\\acomm": r"\left\{#1,#2\right\}",
    "\\order": r"\mathcal{O}\left(#1\right)",
    "\\vb": r"\mathbf{#1}",
    "\\va": r"\vec{\mathbf{#1}}",
    "\\vu": r"\hat{\mathbf{#1}}",
}
"""Command -> what it means, with its arguments by number."""

_DERIVATIVES = {
    "\\dv": r"\mathrm{d}",
    "\\derivative": r"\mathrm{d}",
    "\\pdv": r"\partial ",
    "\\partialderivative": r"\partial ",
    "\\fdv": r"\delta ",
}
"""Command -> its sign before function and variable."""


def _filled(name: str, option: str, given: list[str]) -> str | None:
    pattern = _PATTERNS[name]
    count = pattern.count("#")
    if len(given) != count or option:
        return None
    for number, argument in enumerate(given, 1):
        pattern = pattern.replace(f"#{number}", argument)
    return pattern


def _derivative(name: str, option: str, given: list[str]) -> str | None:
    r"""`\dv{x}`, `\dv{f}{x}`, `\dv[2]{f}{x}`, `\pdv{f}{x}{y}`."""
    if not 1 <= len(given) <= 3 or (option and len(given) == 3):
        return None
    sign = _DERIVATIVES[name]
    function, variables = ("", given) if len(given) == 1 else (given[0], given[1:])
    order = option or (str(len(variables)) if len(variables) > 1 else "")
    raised = f"^{{{order}}}" if order else ""
    lower = "".join(f"{sign}{{{variable}}}" for variable in variables)
    power = raised if option else ""
    return rf"\frac{{{sign}{raised}{function}}}{{{lower}{power}}}"


def _differential(name: str, option: str, given: list[str]) -> str | None:
    power = f"^{{{option}}}" if option else ""
    return rf"\mathrm{{d}}{power}{{{given[0]}}}" if given else r"\mathrm{d}"


def _number(name: str, option: str, given: list[str]) -> str | None:
    return number_latex(given[0]) if len(given) == 1 else None


def _unit(name: str, option: str, given: list[str]) -> str | None:
    return unit_latex(given[0]) if len(given) == 1 else None


def _quantity(name: str, option: str, given: list[str]) -> str | None:
    r"""siunitx's `\SI{3}{\metre}`, and physics' `\qty{x}` in braces of its size."""
    if len(given) == 1 and name == "\\qty":
        return rf"\left\{{{given[0]}\right\}}"
    number = number_latex(given[0]) if len(given) == 2 else None
    unit = unit_latex(given[1]) if len(given) == 2 else None
    return None if number is None or unit is None else rf"{number}\,{unit}"


def _angle(name: str, option: str, given: list[str]) -> str | None:
    number = number_latex(given[0]) if len(given) == 1 else None
    return None if number is None else rf"{number}^\circ "


def _chemical(name: str, option: str, given: list[str]) -> str | None:
    return chemical_latex(given[0]) if len(given) == 1 else None


_Meaning = Callable[[str, str, list[str]], "str | None"]


def _reading(most: int, meaning: _Meaning) -> Handler:
    """A handler that puts the meaning of a call in its place; the call as written where none."""

    def read(reader: Reader, token: Token) -> Node:
        stream = reader.stream
        stream.take()
        reader.unknown(token)
        option = stream.raw_option()
        given: list[str] = []
        stream.skip_spaces()
        while len(given) < most and stream.peek_raw().text == "{":
            argument = stream.raw_argument()
            if argument is None:
                break
            given.append(argument)
        latex = meaning(token.text, option or "", given)
        span = reader.span_from(token.start)
        if latex is None:
            written = "" if option is None else f"[{option}]"
            written += "".join(f"{{{argument}}}" for argument in given)
            return Unknown(span, token.text + written)
        parts = tokenize(f"{{{latex}}}")
        stream.put_back([Token(part.text, span.start, span.end) for part in parts])
        return reader.group(token.text)

    return read


HANDLERS: dict[str, Handler] = {
    **{name: _reading(text.count("#"), _filled) for name, text in _PATTERNS.items()},
    **dict.fromkeys(_DERIVATIVES, _reading(3, _derivative)),
    "\\dd": _reading(1, _differential),
    "\\num": _reading(1, _number),
    "\\si": _reading(1, _unit),
    "\\unit": _reading(1, _unit),
    "\\SI": _reading(2, _quantity),
    "\\qty": _reading(2, _quantity),
    "\\ang": _reading(1, _angle),
    "\\ce": _reading(1, _chemical),
}
"""Text of a token -> its handler."""
