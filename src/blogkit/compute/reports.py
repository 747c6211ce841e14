"""What became of a formula, as frozen dataclasses that are also JSON. Imports nothing heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown, ShownFormula

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from blogkit.formula import Tree

    from .shapes import Sort
    from .targets import To


@record
class Argument(Shown):
    """An argument of a function that a formula became."""

    _json = (
        "name",
        "latex",
        "sort",
        "meaning",
    )

    name: str
    """Its name in Python."""
    latex: str
    """The symbol that it stands for."""
    sort: Sort
    """What it is: `real`, `integer`, `vector`, `matrix` or `array`."""
    meaning: str | None = None
    """What the post says it means."""
    tree: Tree | None = None
    """The symbol as a tree; an array is an `Index` without indices."""


@record
class Code(Shown):
    """A formula as source text."""

    _shown = ("name", "to", "latex", "code")
    _is_whole = True

    latex: str
    """The formula."""
    to: To
    """What the code is for."""
    name: str
    """The name of the function."""
    arguments: tuple[Argument, ...]
    """Its arguments, in order."""
    code: str
    """A module's source: imports, functions that come along, the function."""
    used: tuple[str, ...] = ()
    """Definitions that were put in, in LaTeX."""
    results: tuple[str, ...] = ()
    """What the values are that it gives, in LaTeX, where it gives several."""

    def function(self) -> Callable[..., Any]:
        """The function itself, to be called."""
        space: dict[str, Any] = {"__name__": f"formula_{self.name}"}
        exec(compile(self.code, f"<formula {self.name}>", "exec"), space)
        made: Callable[..., Any] = space[self.name]
        return made


@record
class Side(ShownFormula):
    """The value of one side of a formula."""

    _shown = ("latex", "value")

    latex: str
    """The side."""
    value: str
    """Its value: exact, or the digits that are sure."""
    digits: int | None
    """How many digits are sure; None where it is exact."""


@record
class ValueReport(Rows[Side]):
    """The value of a formula at a point."""

    _rows = "sides"

    latex: str
    """The formula."""
    sides: tuple[Side, ...]
    """What was computed: what a definition is, all sides of an equation, all that a step gives."""
    at: tuple[str, ...]
    """The point, as it was given."""
    used: tuple[str, ...]
    """Definitions that were put in, in LaTeX."""

    @property
    def value(self) -> str:
        """The value of the first side."""
        return self.sides[0].value

    @property
    def digits(self) -> int | None:
        """How many digits of it are sure; None where it is exact."""
        return self.sides[0].digits

    def to_dict(self) -> dict[str, object]:
        """The value as JSON has it."""
        return {
            "schema": 1,
            "latex": self.latex,
            "value": self.value,
            "digits": self.digits,
            "at": list(self.at),
            "used": list(self.used),
            "sides": [side.to_dict() for side in self.sides],
        }
