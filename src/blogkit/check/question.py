r"""One statement with all that is known: what the methods are asked.

    Question(claim=(= (power (plus a b) 2) …), facts=Facts(sorts={a: REAL, b: REAL}, …))

A statement is read as true for all values of its free symbols that satisfy the facts and for which
it is defined. Imports the operator tree and what is known of symbols.
"""

from dataclasses import dataclass

from blogkit.formula import Tree
from blogkit.meaning.facts.known import Facts


@dataclass(frozen=True, slots=True)
class Question:
    """One statement to decide."""

    claim: Tree
    """A `Relation` with one operator, or `implies`, `iff`, `forall`, `exists` … of such."""
    facts: Facts
    """What is known."""
    latex: str
    """The statement as written."""
    is_denied: bool = False
    r"""Whether the statement says that the claim does *not* hold for all values: `\exists`."""
    may_round: bool = False
    """Whether a decimal number in it may be rounded, as writers of posts do."""
    beside: "Question | None" = None
    r"""What the statement says besides: `\exists!` that all such values are the same."""
