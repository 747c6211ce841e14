r"""Whether a form vanishes modulo the relations of its atoms: `\sqrt{a}^2 = a`, `i^2 = -1`.

Each atom gets exact roots for its fractional exponents, then the numerator is reduced by one monic
relation an atom, newest atom first, because a relation holds older atoms only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm

from sympy import Dummy, Expr, Poly, Pow, S, cyclotomic_poly, prem

from blogkit.check.prove.fractions import expanded, split_fraction


@dataclass(slots=True)
class Atom:
    """What stands behind one generator of the polynomial ring."""

    kind: str
    """`base` (powers of an expression), `exp` (powers of an exponential) or `plain`."""
    parts: tuple[Expr, ...]
    """What tells it from others of its kind: forms, or expressions."""
    meaning: Expr
    """The SymPy expression that it stands for."""


Atoms = Mapping[Expr, Atom]
"""The atoms by their generators, each with older ones in its relation only."""


def reduced_numerator(atoms: Atoms, difference: Expr) -> Expr:
    """The numerator of a form, reduced; zero where the form vanishes.

    Raises:
        NotApplicable: the numerator has too many terms.
    """
    return _all_reduced(atoms, difference, _roots(atoms, difference))


def _all_reduced(atoms: Atoms, difference: Expr, roots: dict[Expr, Expr]) -> Expr:
    rooted = difference.subs(roots)
    for name in reversed(list(atoms)):
        rooted = _reduced(atoms, rooted, name, roots)
        if rooted == 0:
            return S.Zero
    above, _ = split_fraction(rooted)
    return expanded(above)


def reduced_fraction(atoms: Atoms, fraction: Expr, roots: dict[Expr, Expr]) -> tuple[Expr, Expr]:
    """Numerator and denominator of a form over generators.

    Powers of roots stay where they are: reducing them would multiply by what may be negative.

    Args:
        atoms: What its generators stand for.
        fraction: A form.
        roots: The generators that stand for roots of atoms; new ones are added.

    Raises:
        NotApplicable: it has too many terms.
    """
    for name, degree in _degrees(atoms, fraction).items():
        if degree > 1 and name not in roots:
            roots[name] = Dummy(f"r{name.name}", positive=True) ** (
                12 if 12 % degree == 0 else degree
            )
    above, below = split_fraction(fraction.subs(roots))
    return expanded(above), below


def _roots(atoms: Atoms, difference: Expr) -> dict[Expr, Expr]:
    """For each atom with fractional exponents, a power of a new generator."""
    found = {}
    for name, degree in _degrees(atoms, difference).items():
        if degree > 1:
            root = Dummy(f"r{name.name}", positive=True)
            found[name] = root**degree
    return found


def _degrees(atoms: Atoms, difference: Expr) -> dict[Expr, int]:
    """The common denominator of the exponents of each atom.

    The half turn `e^{i\\pi}` gets an even one where `i` itself occurs, which is its square root.
    """
    found: dict[Expr, int] = {}
    for power in difference.atoms(Pow):
        if power.base in atoms and power.exp.is_Rational:
            found[power.base] = lcm(found.get(power.base, 1), int(power.exp.q))
    return found


def _reduced(atoms: Atoms, rooted: Expr, name: Expr, roots: dict[Expr, Expr]) -> Expr:
    """The form with the relation of one atom used up."""
    atom = atoms[name]
    root, degree = roots[name].as_base_exp() if name in roots else (name, 1)
    if not rooted.has(root):
        return rooted
    if atom.kind == "base" and (degree > 1 or atom.parts[0] != name):
        return _by_value(rooted, root, int(degree), atom.parts[0].subs(roots))
    if atom.kind == "turn":
        return _by_polynomial(rooted, root, cyclotomic_poly(2 * degree, root))
    if atom.kind == "sign":
        return _by_polynomial(rooted, root, root ** (2 * degree) - 1)
    if atom.kind == "square":
        return _by_value(rooted, root, 2 * int(degree), atom.parts[0].subs(roots))
    return rooted


def _by_value(rooted: Expr, root: Expr, degree: int, value: Expr) -> Expr:
    """Reduce by root^degree = value, a rational form of older atoms."""
    above, below = split_fraction(value)
    return _by_polynomial(rooted, root, below * root**degree - above)


def _by_polynomial(rooted: Expr, root: Expr, relation: Expr) -> Expr:
    """The numerator modulo a polynomial in the root whose leading coefficient does not vanish."""
    above, _ = split_fraction(rooted)
    above = expanded(above)
    if not above.has(root):
        return above
    numerator = Poly(above, root)
    return prem(numerator, Poly(relation, root)).as_expr()
