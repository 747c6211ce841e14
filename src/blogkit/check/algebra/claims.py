r"""A question in SymPy: both sides, the sign between them, and what they need to be defined.

It exists because every method of proof starts with it. The claim is read twice: where it is only
defined for `x > 0`, that is a condition, printed with the answer, and the second reading may use
it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Rational

from blogkit.check.algebra.signs import Condition, Order, is_known
from blogkit.check.algebra.to_sympy import Reader
from blogkit.check.question import Question
from blogkit.formula import Collection, Ellipsis, Index, Relation, Tree
from blogkit.language import Message
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.facts.ranges import Range, is_exact_set, links_of, of_all_members, rational_of
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.instances import without_ellipses

SIGNS = ("=", "≠", "<", "≤", ">", "≥")
"""Relations between numbers that can be proved here."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation between two numbers."""

    left: Expr
    """Left side."""
    sign: str
    """One of `SIGNS`."""
    right: Expr
    """Right side."""
    conditions: tuple[Condition, ...]
    """What both sides need to be defined, beyond the facts."""
    hypotheses: tuple[Condition, ...]
    """What the facts say of expressions, as comparisons with zero (`=` too)."""
    orders: tuple[Order, ...]
    """Pairs that the facts have in order."""
    printed: tuple[str, ...]
    """The conditions in LaTeX."""
    reader: Reader
    """What read it: names of the symbols and their ranges."""

    @property
    def is_real(self) -> bool:
        """Whether all numbers are real."""
        return self.reader.facts.field_ == "real"

    def is_known(self, part: Expr, sign: str, orders: Sequence[Order] = ()) -> bool:
        """Whether a part compares with zero as said where both sides are defined."""
        if is_known(part, sign, (*self.orders, *orders)):
            return True
        return any(
            each.part == part and (each.sign == sign or (each.sign == ">" and sign in "≥≠"))
            for each in (*self.conditions, *self.hypotheses)
        )


def read_claim(question: Question) -> Claim:
    """The claim of a question in SymPy.

    Raises:
        NotApplicable: it is no relation between two numbers, or a part is not read.
    """
    match question.claim:
        case Relation(operands=(left, right), operators=(sign,)) if sign in SIGNS:
            return read_relation(left, sign, right, question.facts)
    raise NotApplicable(Message("the claim is no comparison of two numbers"))


def read_relation(left: Tree, sign: str, right: Tree, facts: Facts) -> Claim:
    """One comparison in SymPy.

    Raises:
        NotApplicable: a part is not read.
    """
    first = _reader(facts, {})
    for side in (left, right):
        first.read(side)
    reader = _reader(facts, _narrowed(first))
    sides = [reader.read(side) for side in (left, right)]
    renamed = {first.atoms[tree]: reader.atoms[tree] for tree in first.atoms}
    noted = [Condition(each.part.subs(renamed), each.sign) for each in first.conditions]
    conditions = _strongest([*noted, *reader.conditions])
    hypotheses = tuple(_hypotheses(reader))
    return Claim(
        left=sides[0],
        sign=sign,
        right=sides[1],
        conditions=conditions,
        hypotheses=hypotheses,
        orders=tuple(reader.orders),
        printed=reader.printed(list(conditions)),
        reader=reader,
    )


def _reader(facts: Facts, narrowed: dict[Tree, Range]) -> Reader:
    """A reader that knows the orders that the facts state."""
    reader = Reader(facts, narrowed=narrowed)
    for fact in facts.constraints:
        for small, large, is_strict in _ordered_trees(fact.tree):
            try:
                pair = reader.read(small), reader.read(large)
            except NotApplicable:
                continue
            step = 1 if is_strict and pair[0].is_integer and pair[1].is_integer else 0
            reader.orders.append((pair[0] + step, pair[1]))
    reader.conditions.clear()
    return reader


def _ordered_trees(tree: Tree) -> Iterator[tuple[Tree, Tree, bool]]:
    """Pairs of which the first is at most the second, and whether it is even less."""
    for left, sign, right in links_of(tree):
        match right:
            case Collection(kind="set", items=items) if sign == "∈" and len(items) > 2:
                if isinstance(items[-2], Ellipsis):
                    yield from ((items[0], left, False), (left, items[-1], False))
        if sign in ("≤", "<"):
            yield left, right, sign == "<"
        if sign in ("≥", ">"):
            yield right, left, sign == ">"


def _narrowed(reader: Reader) -> dict[Tree, Range]:
    """Ranges of atoms, with what the conditions say of them."""
    found: dict[Tree, Range] = {}
    zero = Fraction(0)
    for tree, name in reader.atoms.items():
        known = reader.ranges[tree]
        for each in reader.conditions:
            if each.part == name and each.sign == "≠":
                known = known.without(zero)
            elif each.part == name and known.kind != "complex":
                known = known.at_least(zero, strictly=each.sign == ">")
        found[tree] = known
    return found


def _strongest(conditions: list[Condition]) -> tuple[Condition, ...]:
    """Conditions without those that others imply."""
    signs: dict[Expr, set[str]] = {}
    for each in conditions:
        signs.setdefault(each.part, set()).add(each.sign)
    found = []
    for part, said in signs.items():
        is_positive = ">" in said or {"≥", "≠"} <= said
        found.append(Condition(part, ">" if is_positive else said.pop()))
    return tuple(found)


def _number(value: Fraction) -> Expr:
    return Rational(value.numerator, value.denominator)


def _hypotheses(reader: Reader) -> Iterator[Condition]:
    noted = list(reader.conditions)
    for tree, known in reader.ranges.items():
        name = reader.atoms[tree]
        if known.lower is not None:
            yield Condition(name - _number(known.lower), ">" if known.is_above else "≥")
        if known.upper is not None:
            yield Condition(_number(known.upper) - name, ">" if known.is_below else "≥")
    for fact in reader.facts.constraints:
        for left, sign, right in links_of(fact.tree):
            if sign not in SIGNS:
                continue
            try:
                difference = reader.read(without_ellipses(left)) - reader.read(right)
            except NotApplicable:
                continue
            if sign in ("<", "≤"):
                yield Condition(-difference, ">" if sign == "<" else "≥")
            else:
                yield Condition(difference, sign)
    reader.conditions[:] = noted


def unread_facts(claim: Claim) -> list[str]:
    """LaTeX of the facts that are in no hypothesis and no range: values might break them."""
    found = []
    for fact in claim.reader.facts.constraints:
        tree, is_of_all = of_all_members(fact.tree)
        links = list(links_of(tree))
        is_read = _is_range if is_of_all else _is_read
        if not links or not all(is_read(claim.reader, *link) for link in links):
            found.append(fact.latex)
    return found


def _is_range(reader: Reader, left: Tree, sign: str, right: Tree) -> bool:
    """Whether a fact about all members is in the range of the family."""
    if sign == "∈":
        return isinstance(left, Index) and is_exact_set(right)
    return isinstance(left, Index) and sign in SIGNS and rational_of(right) is not None


def _is_read(reader: Reader, left: Tree, sign: str, right: Tree) -> bool:
    noted = list(reader.conditions)
    try:
        if sign == "∈":
            return left in reader.atoms and is_exact_set(right)
        reader.read(left), reader.read(right)
        return sign in SIGNS
    except NotApplicable:
        return False
    finally:
        reader.conditions[:] = noted
