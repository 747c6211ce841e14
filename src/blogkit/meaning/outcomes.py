"""What may keep an expression from having a value.

It exists so that *undefined*, *not known how* and *not precise enough* are never mistaken for one
another, nor for a value: the first is a condition to print, the second a reason to give up, the
third a reason to compute again; and that *not applicable* is none of them. These are raised and
caught inside the package only.
Imports the operator tree only.
"""

from blogkit.formula import Tree
from blogkit.language import Message, message_of


class NotApplicable(Exception):  # noqa: N818 - an outcome, not a fault
    """A method does not read a part, has no rule for it, or finds it too large.

    Its message is the reason, one sentence for a reader; empty where none is told.
    """


class Undefined(Exception):  # noqa: N818 - an outcome, not a fault
    """The expression has no value at this point, which is passed over."""


class Requires(Undefined):
    """The expression has no value here, as `1/x` at 0, and what it requires is known."""

    def __init__(self, tree: Tree, requirement: str) -> None:
        super().__init__(requirement)
        self.tree = tree
        """The part that would have to be otherwise."""
        self.requirement = requirement
        r"""What it would have to be, in LaTeX: `\neq 0`."""


class Unsupported(Exception):  # noqa: N818 - an outcome, not a fault
    """There is no rule for a part of the expression; the message is a reason for a reader."""

    @property
    def reason(self) -> str:
        """One phrase: what stood in the way."""
        return message_of(self)


class Uncertain(Exception):  # noqa: N818 - an outcome, not a fault
    """The balls are too wide to go on; a higher precision may help."""


class Missing(Exception):  # noqa: N818 - an outcome, not a fault
    """A symbol, or a member of a family, has been given no value."""

    def __init__(self, atom: Tree) -> None:
        super().__init__(Message("a symbol without a value"))
        self.atom = atom
        """The symbol, or the member `x_{2}` as an `Index` with numbers."""
