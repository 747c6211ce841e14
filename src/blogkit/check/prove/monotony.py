r"""Inequalities in one real variable by its derivatives: where does `f` rise, where does it fall?

The signs of f on an interval follow from those of f': between the points where f' changes sign, f
is monotone, so that its values at the ends (exact, or a limit) tell its sign. The derivative is
settled the same way, down to one whose sign is known; for `e^x - 1 - x` the second derivative is
`e^x`. Points are exact numbers, their values compared in balls or seen to be zero in normal form.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from sympy import (
    E,
    Expr,
    Integer,
    Limit,
    Rational,
    Symbol,
    factor_terms,
    nan,
    oo,
    pi,
    solve,
    together,
    zoo,
)

from blogkit.check.algebra.claims import Claim, read_claim
from blogkit.check.algebra.signs import is_known
from blogkit.check.answers import Open, Proved, method
from blogkit.check.prove.approach import diverges
from blogkit.check.prove.inequalities import follows
from blogkit.check.prove.integrals import is_analytic
from blogkit.check.prove.limits import by_gruntz
from blogkit.check.prove.numbers import sign_of
from blogkit.check.prove.rewriting import normal_form
from blogkit.check.prove.sampling import proved, value_at
from blogkit.check.prove.smt import excludes_contrary, is_installed
from blogkit.check.question import Question
from blogkit.language import Message, in_list

MAX_DERIVATIVES: Final = 4
"""How many derivatives are taken."""
_MAX_OPERATIONS: Final = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """An open interval on which a function has one sign."""

    lower: Expr
    """Left end, perhaps infinite."""
    upper: Expr
    """Right end, perhaps infinite."""
    sign: int
    """1 for positive, -1 for negative."""
    is_strict: bool = True
    """Whether it is so at every point; else it may be zero at single ones."""


@method
def prove_by_monotony(question: Question) -> Proved | Open:
    """Whether an inequality in one variable follows from where its sides rise and fall.

    Args:
        question: An inequality with one free symbol, which is real.
    """
    try:
        claim = read_claim(question)
        return _prove(claim)
    except ZeroDivisionError:
        return Open(Message("a division by zero"))


def _prove(claim: Claim) -> Proved | Open:
    difference = claim.left - claim.right if claim.sign in ("≥", ">") else claim.right - claim.left
    names = difference.free_symbols
    if claim.sign not in ("≤", "<", "≥", ">") or len(names) != 1 or not claim.is_real:
        return Open(Message("the claim is no inequality in one real variable"))
    (name,) = names
    ends = _interval(claim, name)
    if ends is None or difference.count_ops() > _MAX_OPERATIONS:
        return Open(Message("the range of the variable is no interval with known ends"))
    if not is_analytic(difference, [(low, high) for low, high in claim.orders]):
        return Open(Message("the function may have no derivative everywhere"))
    study = _Study(claim, name)
    pieces = study.signs(difference, *ends, MAX_DERIVATIVES)
    strict = claim.sign in ("<", ">")
    if pieces is None or any(
        piece.sign < 0 or (strict and not piece.is_strict) for piece in pieces
    ):
        return Open(Message("the derivatives do not tell the sign"))
    if not _ends_hold(study, difference, claim, pieces, ends):
        return Open(Message("the sides may be equal somewhere"))
    return proved(claim, Message("monotony"), study.steps)


def _interval(claim: Claim, name: Expr) -> tuple[Expr, Expr] | None:
    """The ends of the range of a real symbol; None where it has gaps."""
    for tree, atom in claim.reader.atoms.items():
        if atom != name:
            continue
        known = claim.reader.ranges[tree]
        if known.kind not in ("real", "rational") or known.excluded:
            return None
        lower = (
            -oo if known.lower is None else Rational(known.lower.numerator, known.lower.denominator)
        )
        upper = (
            oo if known.upper is None else Rational(known.upper.numerator, known.upper.denominator)
        )
        return (lower, upper) if lower < upper else None
    return None


def _ends_hold(
    study: "_Study",
    difference: Expr,
    claim: Claim,
    pieces: list[Piece],
    ends: tuple[Expr, Expr],
) -> bool:
    """For a strict claim: no point between two pieces, or end that belongs to the range, is a
    root."""
    if claim.sign in ("≤", "≥"):
        return True
    points = [piece.lower for piece in pieces[1:]]
    (known,) = [
        claim.reader.ranges[tree] for tree, atom in claim.reader.atoms.items() if atom == study.name
    ]
    if known.lower is not None and not known.is_above:
        points.append(ends[0])
    if known.upper is not None and not known.is_below:
        points.append(ends[1])
    return all(study.sign_at(difference, point) == 1 for point in points)


@dataclass(slots=True)
class _Study:
    """The signs of a function and of its derivatives."""

    claim: Claim
    """What is known."""
    name: Expr
    """The variable."""
    steps: list[str]
    """What was found, as sentences."""

    def __init__(self, claim: Claim, name: Expr) -> None:
        self.claim, self.name, self.steps = claim, name, []

    def signs(self, part: Expr, lower: Expr, upper: Expr, left: int) -> list[Piece] | None:
        """The pieces of an open interval on which a function has one sign; None where unknown."""
        sign = self._plain_sign(part, lower, upper)
        if sign is not None:
            return [Piece(lower, upper, sign)]
        sign = self._combined_sign(part, lower, upper)
        if sign is not None:
            return [Piece(lower, upper, sign, is_strict=False)]
        if left == 0:
            return None
        slope = _tidied(part.diff(self.name))
        rises = self.signs(slope, lower, upper, left - 1)
        if rises is None:
            return None
        found: list[Piece] = []
        for rise in rises:
            pieces = self._monotone(part, rise)
            if pieces is None:
                return None
            found += pieces
        self._tell(part, slope, found)
        return _merged(found)

    def _plain_sign(self, part: Expr, lower: Expr, upper: Expr) -> int | None:
        """The sign of a function that is plain from the signs of its parts."""
        if part.is_number:
            return {1: 1, -1: -1}.get(sign_of(part) or 0)
        known = {"real": True}
        if lower.is_finite and lower >= 0:
            known = {"positive": True}
        elif upper.is_finite and upper <= 0:
            known = {"negative": True}
        inside = part.subs(self.name, Symbol("inside", **known))
        for shown in (inside, inside.factor()):
            if is_known(shown, ">"):
                return 1
            if is_known(shown, "<"):
                return -1
        return None

    def _combined_sign(self, part: Expr, lower: Expr, upper: Expr) -> int | None:
        """The sign that known inequalities give on the whole range, but for single zeros.

        An analytic function that is not zero everywhere has single zeros only.
        """
        if (lower, upper) != _interval(self.claim, self.name) or self._is_zero(part):
            return None
        for sign, word in ((1, "≥"), (-1, "≤")):
            claim = replace(self.claim, left=part, sign=word, right=part - part)
            if follows(claim, ()) or (is_installed() and excludes_contrary(claim)):
                return sign
        return None

    def _is_zero(self, part: Expr) -> bool:
        """Whether a function may be zero everywhere: unless it is seen not to be at some point."""
        points = (Rational(1, 3), Rational(5, 4), Rational(-3, 7))
        values = [value_at(part, {self.name: point}, 0) for point in points]
        return not any(value is not None and abs(value) > 1e-9 for value in values)

    def _monotone(self, part: Expr, rise: Piece) -> list[Piece] | None:
        """The signs of a function on an interval on which it rises or falls."""
        first, last = self.sign_at(part, rise.lower), self.sign_at(part, rise.upper)
        if rise.sign < 0:
            first, last = _negated(first), _negated(last)
        if first is not None and first >= 0:
            return [Piece(rise.lower, rise.upper, rise.sign)]
        if last is not None and last <= 0:
            return [Piece(rise.lower, rise.upper, -rise.sign)]
        root = self._root(part, rise)
        if root is None:
            return None
        return [Piece(rise.lower, root, -rise.sign), Piece(root, rise.upper, rise.sign)]

    def sign_at(self, part: Expr, point: Expr) -> int | None:
        """The sign of a function at a point, or of its limit there from inside."""
        if point.is_finite:
            value = part.subs(self.name, point)
            if value not in (nan, oo, -oo, zoo):
                return self._sign_of_number(value)

        side = "-" if point == oo or point == self._upper else "+"
        limit = Limit(part, self.name, point, side)
        found = by_gruntz(limit, self.claim)
        if found is not None:
            return self._sign_of_number(found.value)
        return {"∞": 1, "-∞": -1}.get(diverges(limit) or "")

    @property
    def _upper(self) -> Expr | None:
        ends = _interval(self.claim, self.name)
        return None if ends is None else ends[1]

    def _sign_of_number(self, value: Expr) -> int | None:
        if normal_form(self.claim.is_known, is_real=True, is_ordered=True).is_zero(value):
            return 0
        return sign_of(value)

    def _root(self, part: Expr, rise: Piece) -> Expr | None:
        """An exact root inside an interval, among small numbers and what SymPy solves."""
        guesses = [Integer(0), Integer(1), Integer(-1), Integer(2), Rational(1, 2), E, 1 / E, pi]
        with suppress(NotImplementedError, ValueError, TypeError, RecursionError):
            guesses += [root for root in solve(part, self.name) if root.is_real][:4]
        for guess in guesses:
            is_inside = sign_of(guess - rise.lower) == 1 and sign_of(rise.upper - guess) == 1
            if is_inside and self.sign_at(part, guess) == 0:
                return guess
        return None

    def _tell(self, part: Expr, slope: Expr, found: list[Piece]) -> None:
        latex = self.claim.reader.latex_of
        words = [
            Message(
                "{sign} on $({lower}, {upper})$",
                sign=Message("positive") if piece.sign > 0 else Message("negative"),
                lower=latex(piece.lower),
                upper=latex(piece.upper),
            )
            for piece in _merged(found)
        ]
        self.steps.append(
            Message(
                "${part}$ has the derivative ${slope}$, and is {signs}.",
                part=latex(part),
                slope=latex(slope),
                signs=in_list(words),
            )
        )


def _tidied(part: Expr) -> Expr:
    return factor_terms(together(part))


def _merged(pieces: list[Piece]) -> list[Piece]:
    """Pieces in order; neighbours of one sign stay apart, for their common end may be a root."""
    return sorted(pieces, key=lambda piece: float(piece.lower))


def _negated(sign: int | None) -> int | None:
    return None if sign is None else -sign
