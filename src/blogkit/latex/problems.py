"""What is wrong with a formula, said so that its author can mend it."""

from __future__ import annotations

from blogkit.results.records import record
from blogkit.spans import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal


@record
class Problem:
    """One fault of a formula.

    An error means that TeX would stop or set something else than was meant; a warning, that TeX may
    know more than blogkit does, as with a command of a package.
    """

    code: str
    """Stable, hyphenated name of the kind of fault, such as `missing-brace`."""
    severity: Literal["error", "warning", "style", "info"]
    """How sure it is that the formula is broken; style and `info` are no faults."""
    message: str
    """What was expected and what was found."""
    span: Span
    """Where, in the source of the formula."""
    repair: str | None = None
    """LaTeX to put in place of what the span covers; None where only the author can know."""

    def to_dict(self) -> dict[str, object]:
        """The problem as JSON has it, where what is said of style is a warning too."""
        return {
            "code": self.code,
            "severity": "warning" if self.severity == "style" else self.severity,
            "message": self.message,
            "span": self.span.to_list(),
            "repair": self.repair,
        }
