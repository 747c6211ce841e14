r"""Commands of braket, siunitx and mhchem, with what they mean put in their place.

They are no commands of LaTeX and are told as unknown where an engine lacks them; but what they
mean is drawn and read: `\SI{3}{\metre}` is 3 m, `\ce{H2O}` has a subscript. A call that is not
understood stays as it is written. A macro of the author's own goes before.
"""

import re

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
}
"""Command of braket -> what it means."""
_SETS = {
    "\\set": (r"\{\,", r"\mid ", r"\,\}"),
    "\\Set": (r"\left\{\:", r"\;\middle\vert\;", r"\:\right\}"),
}
"""Command of braket -> what opens, what stands for its first bar, what closes."""
_FIRST_BAR = re.compile(r"((?:[^\\|]|\\.)*)\|(.*)", re.DOTALL)


def _set(call: Call) -> str | None:
    r"""`\set{x | x > 0}`, whose bar is a sign of its own."""
    if call.option is not None or len(call.given) != 1:
        return None
    opens, bar, closes = _SETS[call.name]
    parted = _FIRST_BAR.fullmatch(call.given[0])
    inner = f"{parted[1]}{bar}{parted[2]}" if parted else call.given[0]
    return f"{opens}{inner}{closes}"


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
    **dict.fromkeys(_SETS, reading(1, _set, atom=False)),
    "\\num": reading(1, _number),
    "\\si": reading(1, _unit),
    "\\unit": reading(1, _unit),
    "\\SI": reading(2, _quantity),
    "\\ang": reading(1, _angle),
    "\\ce": reading(1, _chemical),
}
"""Text of a token -> its handler."""
