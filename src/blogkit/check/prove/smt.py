r"""Inequalities between polynomials and fractions, with minima, maxima and absolute values, by z3.

The negation of the claim, with the facts and with every denominator not zero, is given to z3, and
only `unsat` counts (de Moura and Bjørner 2008). Whatever is no rational expression is an atom of
its sort: a real number, positive where that is known, whole where that is known. z3 is an extra,
`blogkit[prove]`; it is imported inside functions only.
"""

from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final

from sympy import Abs, Add, Expr, Max, Min, Mul, Pow, Rational

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.algebra.signs import Condition
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.bounds import bounds_of
from blogkit.check.prove.sampling import proved
from blogkit.check.question import Question
from blogkit.language import Message
from blogkit.meaning.trees.arithmetic import COMPARISONS

RESOURCES: Final = 2_000_000
"""What z3 may spend on a search, by its own count (`rlimit`): the same on every machine."""
MAX_POWER: Final = 12
"""Higher powers are atoms."""


@method
def prove_by_z3(question: Question) -> Proved | Open:
    """Whether z3 finds the negation of a claim unsatisfiable.

    Args:
        question: A relation between real numbers.
    """
    if not is_installed():
        return Open(Message("z3 is not installed; pip install 'blogkit[prove]'"))
    claim = read_claim(question)
    if not claim.is_real:
        return Open(Message("z3 is asked about real numbers only"))
    if not excludes_contrary(claim):
        return Open(Message("z3 does not exclude the contrary"))
    step = Message("The negation, with the facts and all denominators not zero, is unsatisfiable.")
    return proved(claim, "z3", [step])


def is_installed() -> bool:
    """Whether the extra `blogkit[prove]` is there."""
    return find_spec("z3") is not None


@dataclass(slots=True)
class _Terms:
    """SymPy expressions as z3 terms."""

    claim: Claim
    """What is known."""
    atoms: dict[Expr, Any] = field(default_factory=dict)
    """Terms of what is no rational expression."""
    stated: list[Any] = field(default_factory=list)
    """What is known of the atoms, and that denominators are not zero."""

    def term(self, part: Expr) -> Any:
        """The z3 term of an expression."""
        import z3

        if part.is_Rational:
            return z3.RealVal(f"{part.p}/{part.q}")
        if isinstance(part, Add | Mul):
            terms = [self.term(arg) for arg in part.args]
            return z3.Sum(terms) if isinstance(part, Add) else z3.Product(terms)
        if part.is_Pow and part.exp.is_Integer and abs(part.exp) <= MAX_POWER:
            return self._power(part)
        if part.is_Pow and part.exp.is_Rational and max(abs(part.exp.p), part.exp.q) <= MAX_POWER:
            return self._root(part)
        if isinstance(part, Abs) and self.claim.is_real:
            inner = self.term(part.args[0])
            return z3.If(inner >= 0, inner, -inner)
        if isinstance(part, Max | Min):
            return self._extremum(part, isinstance(part, Max))
        return self._atom(part)

    def _power(self, part: Expr) -> Any:
        import z3

        base = self.term(part.base)
        found = z3.Product([base] * abs(int(part.exp)))
        if part.exp > 0:
            return found
        self.stated.append(base != 0)
        return 1 / found

    def _root(self, part: Expr) -> Any:
        """A broken power of what is not negative: a power of the root r, with r^q its base."""
        import z3

        above, below = int(part.exp.p), int(part.exp.q)
        root = self._atom(Pow(part.base, Rational(1, below)))
        self.stated += [root >= 0, z3.Product([root] * below) == self.term(part.base)]
        if above < 0:
            self.stated.append(root != 0)
        found = z3.Product([root] * abs(above))
        return found if above > 0 else 1 / found

    def _extremum(self, part: Expr, is_greatest: bool) -> Any:
        import z3

        first, *rest = [self.term(arg) for arg in part.args]
        for other in rest:
            first = z3.If((first >= other) if is_greatest else (first <= other), first, other)
        return first

    def _atom(self, part: Expr) -> Any:
        import z3

        if part not in self.atoms:
            name = f"a{len(self.atoms)}"
            if part.is_integer:
                self.atoms[part] = z3.ToReal(z3.Int(name))
            else:
                self.atoms[part] = z3.Real(name)
            for sign in (">", "≥", "<", "≤", "≠"):
                if self.claim.is_known(part, sign):
                    self.stated.append(COMPARISONS[sign](self.atoms[part], 0))
                    break
        return self.atoms[part]

    def comparison(self, condition: Condition) -> Any:
        """A condition as a z3 formula."""
        return COMPARISONS[condition.sign](self.term(condition.part), 0)


def excludes_contrary(claim: Claim) -> bool:
    """Whether z3 finds no values for which a claim about real numbers fails.

    Args:
        claim: Its sides, hypotheses and conditions; z3 must be installed.
    """
    import z3

    terms = _Terms(claim)
    known = [*claim.hypotheses, *claim.conditions]
    known += [Condition(large - small, "≥") for small, large in claim.orders]
    for side in (claim.left, claim.right):
        known += bounds_of(side, claim.is_known, is_real=True)
    claimed = Condition(claim.left - claim.right, claim.sign)
    facts = [terms.comparison(each) for each in dict.fromkeys(known)]
    denied = z3.Not(terms.comparison(claimed))
    solver = z3.Solver()
    solver.set("rlimit", RESOURCES)
    solver.add(*facts, *terms.stated, denied)
    return bool(solver.check() == z3.unsat)
