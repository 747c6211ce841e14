r"""Whether two equations are one, rewritten: `V - E + F = 2` and `V + F = 2 + E`.

Two forms of one equation may share less, letter by letter, than an equation and its copy with a
changed sign. So their sides are computed, once, in the field of residues modulo a prime, with the
same numbers for the same symbols: where the differences of the sides agree, or their quotients, the
equations follow from each other by arithmetic (Schwartz and Zippel: by chance they agree with a
probability of about 1e-17). What is no arithmetic, such as `\sin x`, is a number that its parts
give.
Imports terms only.
"""

from blogkit.lookup.normal.symbols import COMMUTATIVE
from blogkit.lookup.normal.terms import Term, label_key
from blogkit.results.records import record

_PRIME = 2**61 - 1
_DEEPEST = 100
_LARGEST = 600
_HIGHEST_POWER = 1000
_MULTIPLES = (1, 2, 3, 4)
"""What both sides of an equation may have been multiplied by."""
_RELATIONS = frozenset("=≤<")


@record
class Side:
    """One side of a relation."""

    value: int
    """Its residue."""
    letters: frozenset[str]
    """The labels of its variables and functions."""
    is_name: bool
    """Whether it is `x`, `x_n` or `f(x)`, which one equation defines so and another otherwise."""


@record
class Equation:
    """A relation with the values of its sides."""

    relation: str
    """`=`, `≤` or `<`."""
    left: Side
    """What stands before it."""
    right: Side
    """What stands behind it."""


def equations(term: Term) -> tuple[Equation, ...]:
    r"""What a formula states, without the conditions before a colon; nothing where it does not.

    >>> from blogkit.lookup.normal.form import normal_form
    >>> one, other, false = (equations(normal_form(x))[0] for x in ("a-b=2", "a=2+b", "a+b=2"))
    >>> are_same(one, other), are_same(one, false)
    (True, False)
    """
    if term.depth > _DEEPEST or term.size > _LARGEST:
        return ()
    try:
        return tuple(Equation(x.label, *map(_side, x.kids)) for x in _stated(term))
    except ZeroDivisionError:
        return ()


def _side(term: Term) -> Side:
    leaves = (part.label for part in term.walk() if not part.kids)
    letters = frozenset(label for label in leaves if label[:2] in ("v:", "f:"))
    named = term.kids[0] if term.label in ("_", "app") else term
    return Side(_value(term), letters, not named.kids and named.label[:2] != "F:")


def _stated(term: Term) -> list[Term]:
    if term.label in _RELATIONS and len(term.kids) == 2:
        return [term]
    if term.label == "list":
        return [found for kid in term.kids for found in _stated(kid)]
    return _stated(term.kids[-1]) if term.label == ":" else []


def are_same(one: Equation, other: Equation) -> bool:
    """Whether one equation follows from the other by arithmetic, and the other from it."""
    if one.relation != other.relation:
        return False
    a, b, c, d = one.left.value, one.right.value, other.left.value, other.right.value
    here, there = (a - b) % _PRIME, (c - d) % _PRIME
    if not here or not there:
        return here == there and a in (c, -c % _PRIME)
    if one.relation != "=":
        return here == there
    if any((n * here - m * there) % _PRIME == 0 for n, m in _FACTORS):
        return True
    return all((a, b, c, d)) and not ((a * d - b * c) % _PRIME and (a * c - b * d) % _PRIME)


def contradict(one: Equation, other: Equation) -> bool:
    r"""Whether two equations give one expression two values made of the same letters.

    >>> from blogkit.lookup.normal.form import normal_form
    >>> one, other = (equations(normal_form(x))[0] for x in (r"\det A=ad-bc", r"\det A=ab-cd"))
    >>> contradict(one, other)
    True
    """
    if (one.relation, other.relation) != ("=", "=") or are_same(one, other):
        return False
    pairs = ((one.left, one.right), (one.right, one.left))
    return any(
        here.value == there.value and not here.is_name and rest.letters == differing.letters
        for here, rest in pairs
        for there, differing in ((other.left, other.right), (other.right, other.left))
    )


_FACTORS = [(n, sign * m) for n in _MULTIPLES for m in _MULTIPLES for sign in (1, -1)]


def _value(term: Term) -> int:
    """A residue for a term; equal ones for what arithmetic makes equal."""
    label, kids = term.label, term.kids
    if not kids:
        return _number(label[2:]) if label[:2] == "n:" else _mixed(label_key(label))
    values = [_value(kid) for kid in kids]
    if label == "+":
        return sum(values) % _PRIME
    if label == "neg":
        return -values[0] % _PRIME
    if label == "*":
        return _product(values)
    if label == "/" and len(kids) == 2:
        return values[0] * _inverse(values[1]) % _PRIME
    if label == "^" and len(kids) == 2:
        whole = _exponent(kids[1])
        if whole is not None:
            return pow(values[0] if whole >= 0 else _inverse(values[0]), abs(whole), _PRIME)
    if label in COMMUTATIVE:
        values.sort()
    return _mixed(label_key(label), *values)


def _number(digits: str) -> int:
    whole, _, behind = digits.partition(".")
    if not (whole + behind).isdecimal():
        return _mixed(label_key(digits))
    return int(whole + behind) * _inverse(pow(10, len(behind), _PRIME)) % _PRIME


def _product(values: list[int]) -> int:
    found = 1
    for value in values:
        found = found * value % _PRIME
    return found


def _inverse(value: int) -> int:
    if not value:
        raise ZeroDivisionError
    return pow(value, -1, _PRIME)


def _exponent(term: Term) -> int | None:
    sign, term = (-1, term.kids[0]) if term.label == "neg" else (1, term)
    digits = term.label[2:] if term.label[:2] == "n:" and not term.kids else ""
    is_whole = digits.isdecimal() and int(digits) <= _HIGHEST_POWER
    return sign * int(digits) if is_whole else None


def _mixed(*parts: int) -> int:
    """A residue that looks like chance and is always the same for the same parts."""
    found = 0x9E3779B97F4A7C15
    for part in (len(parts), *parts):
        found = (found ^ part) * 0xD6E8FEB86659FD93 % (1 << 64)
        found ^= found >> 32
    return found % _PRIME
