r"""What the trees of one question are made of in SymPy: atoms, and what they need to be defined.

    reading.atom(x, known)     # the same SymPy symbol each time
    reading.need(b, "≠")       # noted, unless that is known

It exists so that operators and binders, one function each, need not know how a tree is read;
`to_sympy.Reader` reads trees.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sympy import Add, Expr, Function, S
from sympy import Symbol as Name

from blogkit.check.algebra.signs import Condition, Order, is_known, needs_of
from blogkit.check.algebra.sympy_latex import latex_of_expression
from blogkit.formula import Collection, Tree, to_sexpr, walk
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.facts.ranges import Range
from blogkit.meaning.outcomes import NotApplicable

MAX_DIGITS = 2000
"""Numbers with more digits than this are not computed."""

Bound = Mapping[Tree, Expr]
"""Bound variables and what they are in SymPy."""


@dataclass(slots=True)
class Reading(ABC):
    """The atoms and conditions of one question; a symbol is the same in all of its trees."""

    facts: Facts
    """What is known of the symbols."""
    conditions: list[Condition] = field(default_factory=list)
    """What the trees read so far need to be defined, in reading order."""
    atoms: dict[Tree, Expr] = field(default_factory=dict)
    """Symbols, and what was taken as one, with their SymPy symbols."""
    ranges: dict[Tree, Range] = field(default_factory=dict)
    """Where each atom lies."""
    orders: list[Order] = field(default_factory=list)
    """Pairs of expressions of which the first is at most the second, known from the facts."""
    narrowed: Mapping[Tree, Range] = field(default_factory=dict)
    """Ranges of atoms that are narrower than the facts say, because a side is defined only
    there."""
    trees: dict[str, Tree] = field(default_factory=dict)
    """What each name of a SymPy symbol or function stands for; no two trees have one name."""

    @abstractmethod
    def expression(self, tree: Tree, bound: Bound) -> Expr:
        """The SymPy expression of a tree below binders."""

    @abstractmethod
    def relation(self, tree: Tree, bound: Bound) -> Expr:
        """A comparison, or a chain or conjunction of them, of real numbers."""

    def need(self, part: Expr, sign: str) -> None:
        """Note what a part must be, unless that is known."""
        for need in needs_of(part, sign, self.orders):
            if need not in self.conditions:
                self.conditions.append(need)

    def is_known(self, part: Expr, sign: str) -> bool:
        """Whether a part compares with zero as said, for all values that satisfy the facts."""
        return is_known(part, sign, self.orders)

    def atom(self, tree: Tree, known: Range) -> Expr:
        """One SymPy symbol for a tree that is taken as a whole."""
        if tree not in self.atoms:
            known_here = assumptions_of(self.narrowed.get(tree, known))
            self.atoms[tree] = Name(self.name(tree), **known_here)
            self.ranges[tree] = self.narrowed.get(tree, known)
        return self.atoms[tree]

    def name(self, tree: Tree, ending: str = "") -> str:
        """The SymPy name of a tree: how it is printed, and primes where another is printed so."""
        name = to_latex(tree) + ending
        while self.trees.setdefault(name, tree) != tree:
            name = "'" + name
        return name

    def function(self, name: str, known: Range) -> Callable[..., Expr]:
        """A SymPy function without meaning: a family or an unknown function."""
        made: Callable[..., Expr] = Function(name, **assumptions_of(known))
        return made

    def whole(self, tree: Tree, bound: Bound, known: Range) -> Expr:
        """A tree as one atom, provided that nothing bound occurs in it."""
        if any(part in bound for part in walk(tree)):
            raise NotApplicable(Message("{tree} depends on a bound variable", tree=shown(tree)))
        return self.atom(tree, known)

    def printed(self, conditions: list[Condition]) -> tuple[str, ...]:
        r"""Conditions in LaTeX, without negative terms: `b \neq 0`, `n \geq 1`."""
        return tuple(self.comparison(each) for each in conditions)

    def comparison(self, condition: Condition) -> str:
        """One condition in LaTeX."""
        signs = {"≠": r"\neq", ">": ">", "≥": r"\geq", "=": "=", "≤": r"\leq", "<": "<"}
        mirrored = {">": "<", "≥": r"\leq", "≤": r"\geq", "<": ">"}
        terms = Add.make_args(condition.part)
        lost = [term for term in terms if term.could_extract_minus_sign()]
        left, right = (
            condition.part + Add(*(-term for term in lost)),
            Add(*(-term for term in lost)),
        )
        sign = signs[condition.sign]
        if left.is_number and not right.is_number:
            left, right, sign = right, left, mirrored.get(condition.sign, sign)
        return f"{self.latex_of(left)} {sign} {self.latex_of(right if lost else S.Zero)}"

    def latex_of(self, part: Expr) -> str:
        """LaTeX of a SymPy expression, with the names as they were written."""
        return latex_of_expression(part, self.trees)


def assumptions_of(known: Range) -> dict[str, bool]:
    """A range as the keywords of a SymPy symbol.

    >>> assumptions_of(Range("integer").at_least(1, strictly=False))
    {'integer': True, 'positive': True}
    """
    word = {"natural": "integer", "complex": "complex"}.get(known.kind, known.kind)
    found = {word: True}
    if known.kind == "complex":
        return found | ({"zero": False} if 0 in known.excluded else {})
    is_nonzero = 0 in known.excluded
    if known.lower is not None and known.lower >= 0:
        is_positive = known.lower > 0 or known.is_above or is_nonzero
        found["positive" if is_positive else "nonnegative"] = True
    elif known.upper is not None and known.upper <= 0:
        is_negative = known.upper < 0 or known.is_below or is_nonzero
        found["negative" if is_negative else "nonpositive"] = True
    elif is_nonzero:
        found["zero"] = False
    return found


def may_compare(reader: Reading, part: Expr) -> bool:
    """Whether a part is real: in the field of real numbers whatever is defined is."""
    if reader.facts.field_ == "real":
        return part.is_extended_real is not False
    return part.is_extended_real is True


def shown(tree: Tree) -> str:
    """A tree as a reason tells it, in at most 60 characters."""
    text = to_sexpr(tree)
    return text if len(text) <= 60 else text[:57] + "…"


def items_of(args: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """What a maximum is taken of: its arguments, or the members of its one set or list."""
    if len(args) == 1 and isinstance(args[0], Collection):
        return args[0].items
    return args
