"""A formula run on its page: its code, and its picture with what can be turned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import urlencode

from blogkit.compute.targets import To
from blogkit.errors import FormulaError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blogkit.compute.reports import Argument
    from blogkit.library.formulas import Formula

PREFIX: Final = "at-"
"""What the names of parameters begin with in an address."""
TARGETS: Final[tuple[To, ...]] = get_args(To)
"""What code can be written for."""


@dataclass(frozen=True, slots=True)
class Slider:
    """A parameter that can be turned."""

    name: str
    """Its name in an address and in code."""
    latex: str
    """Its symbol."""
    value: str
    """What it is set to."""


@dataclass(frozen=True, slots=True)
class Running:
    """What the page of a formula shows of it when it runs."""

    to: To
    """What the code is for."""
    code: str = ""
    """The code; empty where it can't be written."""
    reason: str = ""
    """Why it can't be written, or there is no picture of it."""
    picture: str = ""
    """Address of its picture; empty where there is none."""
    sliders: tuple[Slider, ...] = ()
    """What can be turned in the picture."""


def read_running(formula: Formula, formula_id: str, asked: Mapping[str, str]) -> Running:
    """What a formula gives when it runs, with the parameters that an address sets."""
    to: To = next((one for one in TARGETS if one == asked.get("to")), "numpy")
    try:
        code = formula.code(to).code
    except FormulaError as error:
        return Running(to, reason=error.text)
    try:
        sliders = tuple(_slider(one, asked) for one in formula.parameters())
    except FormulaError as error:
        return Running(to, code, error.text)
    values = {f"{PREFIX}{one.name}": one.value for one in sliders}
    return Running(to, code, "", f"/plot.svg?{urlencode({'id': formula_id, **values})}", sliders)


def _slider(argument: Argument, asked: Mapping[str, str]) -> Slider:
    given = asked.get(f"{PREFIX}{argument.name}", "")
    return Slider(argument.name, argument.latex, given if _is_number(given) else "1")


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdecimal() and text.isascii()


def draw(formula: Formula, asked: Mapping[str, str]) -> str:
    """The picture of a formula as SVG.

    Raises:
        FormulaError: if there is none.
    """
    names = {one.name: one for one in formula.parameters()}
    at = [
        f"{name} = {value}"
        for name, value in ((key.removeprefix(PREFIX), value) for key, value in asked.items())
        if name in names and _is_number(value)
    ]
    return formula.plot(at=at).to_svg()
