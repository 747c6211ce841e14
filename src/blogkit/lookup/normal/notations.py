r"""A formula in other notations: `\frac{a}{b}` as `a b^{-1}`, `\frac{x}{2}` as `\frac{1}{2}x`.

It exists because a look-up must find these, and yet tell them apart: `x^{?n}` is to find `x^{-1}`,
and `\frac{?a}{?b}` the fraction that is there. So a formula has one normal form, close to what is
written, and a pattern is asked in other notations where the formula does not answer it as typed.
A notation is used throughout or not at all. Imports terms and symbols only.
"""

from collections.abc import Callable, Sequence

from blogkit.lookup.normal.symbols import BIG_NAMES
from blogkit.lookup.normal.terms import Term

DEEPEST = 100
"""Levels of a term above which it has no other notations."""
DIFFERENTIALS = ("c:d", "c:∂")


def other_notations(term: Term) -> tuple[Term, ...]:
    r"""The term in each other notation, without repetition.

    >>> a, b = Term("v:a", (), 0, 1), Term("v:b", (), 2, 3)
    >>> other_notations(Term("/", (a, b), 0, 3))
    ((* v:a (^ v:b (neg n:1))), (* (/ n:1 v:b) v:a))
    """
    if term.depth > DEEPEST:
        return ()
    found = {term.key: term}
    others = [_rewritten(term, rewrite) for rewrite in _REWRITES]
    labels = {part.label for part in term.walk()}
    doubtful = frozenset(x for x in labels if x[:2] == "f:" and f"v:{x[2:]}" in labels)
    if doubtful:
        others.append(_as_factors(term, doubtful))
    for other in others:
        found.setdefault(other.key, other)
    return tuple(found.values())[1:]


def _rewritten(term: Term, rewrite: Callable[[Term], Term]) -> Term:
    """A term rewritten from the leaves up; itself where nothing changes."""
    kids = [_rewritten(kid, rewrite) for kid in term.kids]
    if any(new is not old for new, old in zip(kids, term.kids, strict=True)):
        term = _like(term, term.label, *kids)
    return rewrite(term)


def _like(place: Term, label: str, *kids: Term) -> Term:
    """A term at the place of another."""
    return Term(label, kids, place.start, place.end)


def _number(place: Term, digits: str) -> Term:
    return _like(place, f"n:{digits}")


def _is_number(term: Term) -> bool:
    return term.label[:2] == "n:"


def _is_pair(term: Term, label: str) -> bool:
    """Whether a term is that operation on two; a lone sign is not."""
    return term.label == label and len(term.kids) == 2


def _as_power(term: Term) -> Term:
    r"""Fractions and roots as powers; fractions of numbers stay."""
    if term.label == "√" and len(term.kids) == 1:
        half = _like(term, "/", _number(term, "1"), _number(term, "2"))
        return _like(term, "^", term.kids[0], half)
    if not _is_pair(term, "/") or _is_number(term.kids[1]):
        return term
    above, below = term.kids
    if above.label in ("prefix", *DIFFERENTIALS):
        return term
    base, exponent = below, _number(below, "1")
    if _is_pair(below, "^") and (_is_number(below.kids[1]) or _is_pair(below.kids[1], "/")):
        base, exponent = below.kids
    inverse = _like(below, "^", base, _like(below, "neg", exponent))
    return _product(term, [*_factors(above), inverse])


def _as_fraction(term: Term) -> Term:
    """Negative powers below a line, halves in exponents as roots, factors on the line."""
    if _is_pair(term, "^"):
        return _power_as_fraction(term)
    if term.label != "*":
        return term
    above: list[Term] = []
    below: list[Term] = []
    for kid in term.kids:
        is_fraction = _is_pair(kid, "/")
        above += _factors(kid.kids[0]) if is_fraction else (kid,)
        below += _factors(kid.kids[1]) if is_fraction else ()
    if not below:
        return term
    return _like(term, "/", _product(term, above), _product(term, below))


def _power_as_fraction(term: Term) -> Term:
    base, exponent = term.kids
    positive = exponent.kids[0] if exponent.label == "neg" else exponent
    if positive is not exponent and (_is_number(positive) or _is_pair(positive, "/")):
        below = base if positive.label == "n:1" else _like(term, "^", base, positive)
        return _like(term, "/", _number(term, "1"), _power_as_root(below))
    return _power_as_root(term)


def _power_as_root(term: Term) -> Term:
    if _is_pair(term, "^") and _is_pair(term.kids[1], "/"):
        above, below = term.kids[1].kids
        if (above.label, below.label) == ("n:1", "n:2"):
            return _like(term, "√", term.kids[0])
    return term


def _as_unit_fraction(term: Term) -> Term:
    """What stands over a line as a factor beside it."""
    if not _is_pair(term, "/") or term.kids[0].label == "n:1":
        return term
    above, below = term.kids
    if above.label in ("prefix", *DIFFERENTIALS):
        return term
    unit = _like(term, "/", _number(term, "1"), below)
    return _product(term, [unit, *_factors(above)])


def _as_derivative(term: Term) -> Term:
    r"""`\frac{d}{dx} f` as `\frac{df}{dx}`."""
    if term.label != "*":
        return term
    kids: list[Term] = []
    for kid in term.kids:
        last = kids[-1] if kids else None
        if last is not None and _is_pair(last, "/") and last.kids[0].label in DIFFERENTIALS:
            kids[-1] = _like(last, "/", _like(kid, "prefix", last.kids[0], kid), last.kids[1])
        else:
            kids.append(kid)
    return term if len(kids) == len(term.kids) else _product(term, kids)


def _as_operator(term: Term) -> Term:
    r"""`\frac{df}{dx}` as `\frac{d}{dx} f`."""
    if term.label == "*" and any(kid.label == "*" for kid in term.kids):
        return _product(term, term.kids)
    if not _is_pair(term, "/") or term.kids[0].label != "prefix":
        return term
    sign, function = term.kids[0].kids
    if sign.label not in DIFFERENTIALS:
        return term
    return _product(term, [_like(term, "/", sign, term.kids[1]), function])


def _as_transpose(term: Term) -> Term:
    r"""`A^T` as `A^\top`, where it can be one: numbers, `1 - p` and e have powers."""
    if not _is_pair(term, "^") or term.kids[1].label != "v:T":
        return term
    base = term.kids[0]
    is_matrix = not any(_is_number(part) for part in (base, *base.kids))
    if not is_matrix or base.label in ("c:e", "c:exp"):
        return term
    return _like(term, "^", base, _like(term.kids[1], "c:⊤"))


def _as_letter(term: Term) -> Term:
    r"""`A^\top` as `A^T`."""
    if not _is_pair(term, "^") or term.kids[1].label != "c:⊤":
        return term
    return _like(term, "^", term.kids[0], _like(term.kids[1], "v:T"))


def _as_reaching(term: Term) -> Term:
    r"""`\max f(x)` as a maximum over something that is not said, as `\max_x f(x)` says it."""
    if not _is_pair(term, "app") or term.kids[0].kids:
        return term
    name = term.kids[0].label.removeprefix("F:")
    return _like(term, name, term.kids[1]) if name in BIG_NAMES else term


def _as_factors(term: Term, doubtful: frozenset[str]) -> Term:
    r"""`Y(1 - Y)` as a product: a letter that stands for itself elsewhere is hardly a function."""
    applied = term.kids[0] if term.label in ("_", "^") and term.kids else term
    if _is_pair(applied, "app") and _head(applied).label in doubtful:
        function, argument = applied.kids
        argument = _as_factors(argument, doubtful)
        behind = argument if applied is term else _like(term, term.label, argument, *term.kids[1:])
        return _product(term, [_unapplied(function), behind])
    kids = [_as_factors(kid, doubtful) for kid in term.kids]
    if all(new is old for new, old in zip(kids, term.kids, strict=True)):
        return term
    return _product(term, kids) if term.label == "*" else _like(term, term.label, *kids)


def _head(term: Term) -> Term:
    return _head(term.kids[0]) if term.kids else term


def _unapplied(function: Term) -> Term:
    """The letter that was read as a function, as a variable, with its scripts."""
    if not function.kids:
        return _like(function, f"v:{function.label[2:]}")
    return _like(function, function.label, _unapplied(function.kids[0]), *function.kids[1:])


def _factors(term: Term) -> Sequence[Term]:
    if term.label == "*":
        return term.kids
    return () if term.label == "n:1" else (term,)


def _product(place: Term, factors: Sequence[Term]) -> Term:
    """A product, or the one factor; 1 where there is none."""
    flat = [part for factor in factors for part in _factors(factor)]
    if len(flat) > 1:
        return _like(place, "*", *flat)
    return flat[0] if flat else _number(place, "1")


_REWRITES = (
    _as_power,
    _as_fraction,
    _as_unit_fraction,
    _as_derivative,
    _as_operator,
    _as_transpose,
    _as_letter,
    _as_reaching,
)
"""Each gives a notation; most leave most formulas as they are."""
