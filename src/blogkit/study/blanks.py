r"""A formula with one part hidden, chosen on its operator tree.

A part can be hidden only if the formula with a symbol in its place is read as the same formula but
for it, and the part alone as what it was: that is checked, so that a blank never cuts through what
belongs together. Imports formula and latex; knows no posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blogkit.formula import (
    Apply,
    Big,
    Blank,
    Call,
    Ellipsis,
    Expectation,
    Index,
    Opaque,
    Relation,
    System,
    Text,
    Tree,
    build,
    to_sexpr,
    walk,
)
from blogkit.latex import parse
from blogkit.spans import Span

_STAND_IN, _STAND_IN_SEXPR = r"\mathfrak{Z}", "fraktur:Z"
_LEAST_LEAVES, _MOST_LEAVES = 2, 12
_LEAST_NODES = 4
"""Of a part, with its operations: `x^2` is hardly worth asking."""
_LEAST_LEAVES_OF_FORMULA, _MOST_LEAVES_OF_FORMULA = 5, 80
_STEP_LEAVES = 3
_STEPS_OF_DERIVATION = 3
_MOST_TRIED = 12
_DERIVING = frozenset("=≈≡∝≤≥<>≪≫⇒⇔≲≳")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")
_LABEL = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part of a formula that can be asked for."""

    latex: str
    """The formula."""
    span: Span
    """The part, in the formula."""

    @property
    def answer(self) -> str:
        """The part's LaTeX."""
        return self.span.of(self.latex).strip()

    def with_blank(self, blank: str) -> str:
        """The formula's LaTeX with a blank for the part."""
        return f"{self.latex[: self.span.start]}{blank}{self.latex[self.span.end :]}"


def plain_latex(latex: str) -> str:
    r"""LaTeX without labels, tags, remarks and what says how lines are numbered.

    >>> plain_latex("a = b\\label{eq:a} % the main thing")
    'a = b'
    """
    return _LABEL.sub("", _COMMENT.sub(r"\1", latex)).strip()


def size(latex: str) -> int:
    """How many symbols and numbers a formula has; 0 where it can't be read whole."""
    tree = _read(latex)
    return _leaves(tree) if tree is not None else 0


def hidden_part(latex: str) -> Hidden | None:
    r"""The part of a formula that is most worth asking for; None where there is none.

    It stands once, is no letter, is not all of a side, and is nearest to a third of the formula.
    Where dots stand for the rest, the rest tells the part: there is none.

    >>> hidden_part(r"f(x) = \frac{1}{1+e^{-x}}").answer
    '1+e^{-x}'
    """
    whole = _read(latex)
    if whole is None or any(isinstance(node, Ellipsis) for node in walk(whole)):
        return None
    leaves = _leaves(whole)
    if not _LEAST_LEAVES_OF_FORMULA <= leaves <= _MOST_LEAVES_OF_FORMULA:
        return None
    parts = [part for part in _askable(whole) if _is_of_size(part)]
    parts.sort(key=lambda part: _rank(part, leaves))
    for part in parts[:_MOST_TRIED]:
        if _stands_once(part, whole) and _can_be_blank(latex, whole, part):
            return Hidden(latex, part.span)
    return None


def hidden_step(latex: str) -> Hidden | None:
    r"""The middle step of a derivation of three or more; None where it is none.

    >>> hidden_step(r"(a+b)^2 = (a+b)(a+b) = a^2+2ab+b^2").answer
    '(a+b)(a+b)'
    """
    whole = _read(latex)
    if whole is None:
        return None
    for chain in _derivations(whole):
        operands = _steps(chain)
        middle = len(operands) // 2
        steps = list(enumerate(operands))[1:]
        for _, step in sorted(steps, key=lambda numbered: abs(numbered[0] - middle)):
            enough = _STEP_LEAVES <= _leaves(step) <= _MOST_LEAVES_OF_FORMULA
            if enough and _stands_once(step, whole) and _can_be_blank(latex, whole, step):
                return Hidden(latex, step.span)
    return None


def _read(latex: str) -> Tree | None:
    """The operator tree; None where something is wrong with the LaTeX or could not be read."""
    parsed = parse(latex)
    if any(problem.severity == "error" for problem in parsed.problems):
        return None
    reading = build(parsed.tree)
    return None if reading.opaque_count else reading.tree


def _leaves(tree: Tree) -> int:
    return sum(not node.children and not isinstance(node, Text) for node in walk(tree))


def _is_of_size(part: Tree) -> bool:
    """Whether a part is neither trivial nor half of a formula."""
    is_enough = sum(not isinstance(node, Text) for node in walk(part)) >= _LEAST_NODES
    return is_enough and _LEAST_LEAVES <= _leaves(part) <= _MOST_LEAVES


def _askable(whole: Tree) -> Iterator[Tree]:
    """What may be hidden: operations and applications, but no whole side of the only relation."""
    statement = whole.statements[0] if isinstance(whole, System) and whole.statements else whole
    sides: tuple[Tree, ...] = ()
    if isinstance(statement, Relation):
        sides = statement.operands if statement is whole else statement.operands[:1]
    named = {id(node) for side in _below(whole) for node in walk(side)}
    firsts = [node.operands[0] for node in walk(whole) if isinstance(node, Relation)]
    named |= {id(node) for first in firsts for node in walk(first)}
    for node in walk(whole):
        is_kind = isinstance(node, Apply | Big | Call | Expectation)
        is_side = node is whole or any(node is side for side in sides)
        is_kind = is_kind and not _is_quantifier(node)
        if is_kind and not is_side and id(node) not in named and not _is_mere_call(node):
            yield node


def _is_quantifier(node: Tree) -> bool:
    """Whether a part says only of what the rest is said."""
    return isinstance(node, Apply) and node.operator in ("forall", "exists")


def _below(whole: Tree) -> Iterator[Tree]:
    """What stands under an operator or a letter: bounds, distributions, indices."""
    for node in walk(whole):
        if isinstance(node, Big):
            yield from (part for part in (node.lower, node.upper, node.condition) if part)
        elif isinstance(node, Expectation):
            yield from (node.under,) if node.under else ()
        elif isinstance(node, Index):
            yield from node.indices


def _is_mere_call(node: Tree) -> bool:
    """Whether a part is f(x) or f(x_t): nobody has to learn that; p(x | y) says more."""
    if not isinstance(node, Call) or node.conditions or len(node.args) != 1:
        return False
    return not any(
        isinstance(part, Apply | Big | Call | Expectation) for part in walk(node.args[0])
    )


def _rank(part: Tree, leaves_of_formula: int) -> tuple[bool, int, int]:
    """Orders parts, the most worth asking first: no mere f(x), and about a third of the formula."""
    leaves = _leaves(part)
    return leaves < _LEAST_LEAVES + 1, abs(3 * leaves - leaves_of_formula), -part.span.start


def _derivations(whole: Tree) -> list[Relation]:
    """Chains of enough steps, the longest first."""
    chains = [node for node in walk(whole) if isinstance(node, Relation)]
    chains = [chain for chain in chains if len(_steps(chain)) >= _STEPS_OF_DERIVATION]
    return sorted(chains, key=lambda chain: -len(_steps(chain)))


def _steps(chain: Relation) -> tuple[Tree, ...]:
    """The operands of a chain up to where it no longer derives, but says what something is in."""
    count = 1
    for operator, operand in zip(chain.operators, chain.operands[1:], strict=True):
        if operator not in _DERIVING or isinstance(operand, Blank | Ellipsis):
            break
        count += 1
    return chain.operands[:count]


def _stands_once(part: Tree, whole: Tree) -> bool:
    """Whether the rest of the formula doesn't show the answer."""
    return sum(node == part for node in walk(whole)) == 1


def _can_be_blank(latex: str, whole: Tree, part: Tree) -> bool:
    """Whether formula and part are read as before when they stand without each other."""
    if any(isinstance(node, Opaque) for node in walk(part)) or not len(part.span):
        return False
    blanked = _read(Hidden(latex, part.span).with_blank(_STAND_IN))
    if blanked is None:
        return False
    found, meant = to_sexpr(blanked), to_sexpr(part)
    if found.count(_STAND_IN_SEXPR) != 1:
        return False
    alone = _read(part.span.of(latex))
    is_whole = alone is not None and to_sexpr(alone) == meant
    return is_whole and found.replace(_STAND_IN_SEXPR, meant) == to_sexpr(whole)
