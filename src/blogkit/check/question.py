r"""One statement with all that is known: what the methods are asked.

    Question(claim=(= (power (plus a b) 2) …), facts=Facts(sorts={a: REAL, b: REAL}, …))

A statement is read as true for all values of its free symbols that satisfy the facts and for which
it is defined. Imports the operator tree and what is known of symbols.
"""

from dataclasses import dataclass

from blogkit.formula import Tree
from blogkit.meaning.facts.known import Facts, Rule


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
    rules: tuple[Rule, ...] = ()
    """How the names in it depend on one another, where it derives by what a name depends on; what
    a name depends on stands before it."""
    plain: "Question | None" = None
    """It with all definitions put in, where it has rules: what can be proved so is proved."""
    unrolled: "Question | None" = None
    """It with steps of recurrences put in: only that it holds so counts, where it does not as it
    stands."""
    steps: tuple[str, ...] = ()
    """The recurrences, in LaTeX, of which steps were put in."""
    held: tuple[Tree, ...] = ()
    """Names that its derivatives hold fixed, though by the post they depend on the variable."""
    beside: "Question | None" = None
    r"""What the statement says besides: `\exists!` that all such values are the same."""
