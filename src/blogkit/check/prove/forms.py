r"""A normal form of elementary expressions: rational functions over Q of independent atoms.

    form = normal_form(claim.is_known, is_real=True)    # of `rewriting`, with the rules
    form.is_zero(left - right)

It exists because most identities of a text are polynomial once the right things are taken as atoms.
`e^{a+b}` becomes `e^a e^b`, a trigonometric function its exponentials, a logarithm of a product a
sum, `n!` a multiple of `(n-1)!`, a finite sum a linear combination of sums; `\sqrt{a}^2 = a`,
`i^2 = -1` and roots of unity are relations that the numerator is reduced by. Every step is an
identity wherever both sides of the claim are defined, so a numerator that vanishes is a proof; one
that does not is no disproof.

An atom is a SymPy `Dummy`, positive so that SymPy adds its rational exponents; such an exponent is
a way of writing: atom^(1/2) is an exact square root `r` of it, which the last step introduces.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sympy import Derivative, Dummy, Expr, I, Integral, Limit

from blogkit.check.algebra.signs import Order
from blogkit.check.prove.fractions import expanded, split_fraction
from blogkit.check.prove.relations import Atom, reduced_numerator

Knows = Callable[[Expr, str, Sequence[Order]], bool]
"""Whether an expression compares with zero as said, wherever some orders hold."""

Rule = Callable[["Form", Any], Expr | None]
"""The form of an expression of some kind, or None where the rule does not apply."""
Rules = tuple[tuple[tuple[type, ...], Rule], ...]
"""Kinds of expressions and their rules, in order."""


@dataclass(slots=True)
class Form:
    """The atoms of one claim and their relations."""

    knows: Knows
    """What is known of signs where both sides are defined."""
    is_real: bool
    """Whether every defined part of the claim is a real number."""
    table: Rules
    """What is done with each kind of function."""
    atoms: dict[Expr, Atom] = field(default_factory=dict)
    """Generators in the order in which they came up: an atom's relation has older atoms only."""
    is_ordered: bool = False
    """Whether all forms must be real: trigonometric functions stay atoms, for inequalities."""
    orders: list[Order] = field(default_factory=list)
    """Ranges of the bound variables around the part that is being read."""
    seen: dict[object, Expr] = field(default_factory=dict)
    """Forms of expressions that were met, and the orders around them."""
    rules: set[str] = field(default_factory=set)
    """Names of the rules that were used, for the steps of a proof."""

    def is_zero(self, expression: Expr) -> bool:
        """Whether an expression vanishes wherever it is defined; False says nothing."""
        return self.vanishes(self.form(expression))

    def form(self, expression: Expr) -> Expr:
        """The expression over atoms; equal expressions often have equal forms."""
        key = (expression, tuple(self.orders))
        if key not in self.seen:
            self.seen[key] = self._form(expression)
        return self.seen[key]

    def below(self, body: Expr, letter: Expr, last: Expr) -> Expr:
        """The form of the body of a binder whose letter runs from 0 to a last value."""
        self.orders.append((letter, last))
        try:
            return self.form(body)
        finally:
            self.orders.pop()

    def is_known(self, part: Expr, sign: str) -> bool:
        """Whether an expression compares with zero as said."""
        return self.knows(part, sign, self.orders)

    def _form(self, expression: Expr) -> Expr:
        if expression.is_Rational:
            return expression
        if expression.is_Add or expression.is_Mul:
            return expression.func(*map(self.form, expression.args))
        for kinds, rule in self.table:
            if isinstance(expression, kinds):
                found = rule(self, expression)
                if found is not None:
                    return found
        return self.generic(expression)

    def generic(self, expression: Expr) -> Expr:
        """An atom for a function without rules: equal where all arguments are equal."""
        if isinstance(expression, Integral | Limit | Derivative) or not expression.args:
            return self.atom("plain", (expression,), expression)
        forms = tuple(map(self.form, expression.args))
        return self.atom(str(expression.func), forms, expression)

    def atom(self, kind: str, parts: tuple[Expr, ...], meaning: Expr) -> Expr:
        """The generator of a kind with these parts; an old one where the parts are equal."""
        for name, old in self.of_kind(kind):
            if self._are_equal(old.parts, parts):
                return name
        name = Dummy(f"a{len(self.atoms)}", positive=True)
        self.atoms[name] = Atom(kind, parts, meaning)
        return name

    def of_kind(self, kind: str) -> list[tuple[Expr, Atom]]:
        """The atoms of a kind so far, the oldest first; more may come up while they are used."""
        return [(name, atom) for name, atom in self.atoms.items() if atom.kind == kind]

    def _are_equal(self, parts: tuple[Expr, ...], others: tuple[Expr, ...]) -> bool:
        if len(parts) != len(others):
            return False
        return all(
            one == other or self._is_same(one, other)
            for one, other in zip(parts, others, strict=True)
        )

    def _is_same(self, one: Expr, other: Expr) -> bool:
        return isinstance(one, Expr) and isinstance(other, Expr) and self.vanishes(one - other)

    def meaning(self, form: Expr) -> Expr:
        """The SymPy expression of a form."""
        return form.xreplace({name: atom.meaning for name, atom in self.atoms.items()})

    def vanishes(self, form: Expr) -> bool:
        """Whether a form is zero by the relations of its atoms."""
        return bool(form.is_zero) or reduced_numerator(self.atoms, form) == 0

    def terms(self, form: Expr) -> list[tuple[Expr, Expr]]:
        """A form as a sum: rational coefficients with their monomials over one denominator each."""
        above, below = split_fraction(form)
        content, below = below.as_content_primitive()
        found = []
        for term in expanded(above).as_ordered_terms() if above != 0 else []:
            coefficient, monomial = self._turned(*term.as_coeff_Mul())
            found.append((coefficient / content, monomial / below))
        return found

    def _turned(self, coefficient: Expr, monomial: Expr) -> tuple[Expr, Expr]:
        r"""A term with the exponent of `e^{i\pi} = -1` between 0 and 1."""
        for factor in monomial.args if monomial.is_Mul else (monomial,):
            base, exponent = factor.as_base_exp()
            atom = self.atoms.get(base)
            if atom is not None and atom.kind == "turn" and exponent.is_Rational:
                turns = exponent.floor()
                return coefficient * (-1) ** turns, monomial / base**turns
        return coefficient, monomial


def absolute_of(form: Form, inner: Expr, meaning: Expr) -> Expr:
    """The absolute value of a real form."""
    return form.atom("square", (inner**2,), meaning)


def is_real_part(form: Form, part: Expr) -> bool:
    """Whether an expression is real wherever the claim is defined."""
    return bool(part.is_extended_real) or (form.is_real and not part.has(I))
