r"""Commands of braket, siunitx and mhchem, with what they mean put in their place.

They are no commands of LaTeX and are told as unknown where an engine lacks them; but what they
mean is drawn and read: `\SI{3}{\metre}` is 3 m, `\ce{H2O}` has a subscript. A call that is not
understood stays as it is written. A macro of the author's own goes before.
"""

from blogkit.latex.calls import Call, reading
from blogkit.latex.chemistry import chemical_latex
from blogkit.latex.physics import bracket_handler
from blogkit.latex.reader import Handler
from blogkit.latex.units import number_latex, quantity_latex, unit_latex

_BRACKETS = {
    "\\Bra": r"\left\langle #1\right|",
    "\\Ket": r"\left|#1\right\rangle ",
    "\\braket": r"\left\langle #1\right\rangle ",
    "\\Braket": r"\left\langle #1\right\rangle ",
    "\\set": r"\{#1\}",
    "\\Set": r"\left\{#1\right\}",
}
"""Command of braket -> what it means."""


def _number(call: Call) -> str | None:
    return number_latex(call.given[0]) if len(call.given) == 1 else None


def _unit(call: Call) -> str | None:
    return unit_latex(call.given[0]) if len(call.given) == 1 else None


def _quantity(call: Call) -> str | None:
    return quantity_latex(*call.given) if len(call.given) == 2 else None


def _angle(call: Call) -> str | None:
    number = number_latex(call.given[0]) if len(call.given) == 1 else None
    return None if number is None else rf"{number}^\circ "


def _chemical(call: Call) -> str | None:
    return chemical_latex(call.given[0]) if len(call.given) == 1 else None


HANDLERS: dict[str, Handler] = {
    **{name: bracket_handler((pattern,)) for name, pattern in _BRACKETS.items()},
    "\\num": reading(1, _number),
    "\\si": reading(1, _unit),
    "\\unit": reading(1, _unit),
    "\\SI": reading(2, _quantity),
    "\\ang": reading(1, _angle),
    "\\ce": reading(1, _chemical),
}
"""Text of a token -> its handler."""
