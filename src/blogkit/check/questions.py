r"""A formula to the questions that the methods are asked.

    for statement, question in questions(r"(a+b)^2 = a^2 + 2ab + b^2"):
        ...

The one entry point of this half of the package: it reads the formula, cuts it into statements and
gathers for each what is known. Imports the modules that do so, and nothing that decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from blogkit.check.facts import ContradictionError, facts_from, gather
from blogkit.check.printing import to_latex
from blogkit.check.question import Fact, Question
from blogkit.check.reading import read
from blogkit.check.statements import Statement, split
from blogkit.formula import Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.latex import Macro

_DERIVATIVES: Final = frozenset(["derivative", "partial", "gradient", "hessian"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement with the question that it makes, if it makes one."""

    statement: Statement
    """What is said."""
    question: Question | None
    """What the methods are asked; None where there is nothing to decide or to ask."""
    reason: str = ""
    """Why there is no question: of a claim, why it stays undecided; else why it is no claim."""
    doubt: str = ""
    """Why the statement may be meant as a condition and not as a claim. A proof stands; a
    refutation does not, and its statement stays undecided with this reason. Mostly empty."""


def questions(
    latex: str,
    *,
    assume: tuple[Fact, ...] = (),
    macros: Mapping[str, Macro] | None = None,
) -> tuple[Asked, ...]:
    r"""The statements of a formula, in reading order, each with its question.

    Args:
        latex: The formula, without dollars.
        assume: What the user assumes; see `assume.read_assumptions`.
        macros: Commands defined elsewhere.

    >>> asked = questions(r"\sqrt{x^2} = x, \quad x > 0")[0]
    >>> asked.question.facts.constraints[0].latex
    'x > 0'
    """
    known = frozenset(symbol for fact in assume for symbol in variables(fact.tree).free)
    reading = read(latex, macros=macros)
    statements = split(reading.tree, latex, known=known)
    return tuple(_ask(statement, assume) for statement in statements)


def _ask(statement: Statement, assume: tuple[Fact, ...]) -> Asked:
    if not statement.is_claim or statement.reason:
        return Asked(statement, None, statement.reason)
    reason = obstacle(statement.tree)
    if reason:
        return Asked(statement, None, reason)
    own = facts_from(statement.conditions, "formula")
    try:
        facts = gather((statement.tree,), facts=(*assume, *own))
    except ContradictionError as error:
        return Asked(statement, None, str(error))
    return Asked(statement, Question(statement.tree, facts, statement.latex))


def obstacle(tree: Tree) -> str:
    """Why no method may read a claim; empty for one that can be read."""
    for node in walk(tree):
        if isinstance(node, t.Opaque):
            return f"'{node.latex}' could not be read" if node.latex else "a part is missing"
        if isinstance(node, t.Text):
            return f"the words '{node.text}' could not be read"
    for name, variable in _implicit(tree):
        return f"how '{name}' depends on '{variable}' is not known"
    return ""


def _implicit(tree: Tree) -> Iterator[tuple[str, str]]:
    """What is derived by a variable that does not occur in it, though it may depend on it."""
    for node in walk(tree):
        if not (isinstance(node, t.Apply) and node.operator in _DERIVATIVES):
            continue
        of, *by = node.args
        for order in by:
            is_order = isinstance(order, t.Apply) and order.operator == "order"
            name = order.children[0] if is_order else order
            free = variables(of).free
            if free and not variables(name).free & free:
                yield to_latex(of), to_latex(name)
