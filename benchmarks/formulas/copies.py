"""Altered copies of a known formula: near-misses that a search must not prefer to it.

A number, an operator, a function, or the identity of variables is changed. No copy equals its
origin up to renaming, commuting and swapped sides: their signatures differ.
"""

import random
from collections.abc import Callable, Iterator

from .pieces import SPACES, Token, latex_of, texts
from .variables import signature

OPERATORS = {
    "+": "-",
    "-": "+",
    r"\le": "<",
    "<": r"\le",
    r"\ge": ">",
    ">": r"\ge",
    r"\sum": r"\prod",
    r"\prod": r"\sum",
}
_NAMES = "sinc atan asin erf lcm Re Im agm li sgn"
FUNCTIONS = (
    (r"\sin", r"\cos", r"\tan", r"\sinh", r"\cosh"),
    (r"\log", r"\exp", r"\sin"),
    (r"\zeta", r"\Gamma", r"\eta", r"\psi", r"\lambda"),
    (r"\theta", r"\vartheta", r"\eta"),
    (r"\varphi", r"\sigma", r"\mu", r"\phi"),
    (r"\gcd", r"\max", r"\min"),
    (r"\Lambda", r"\Xi", r"\Pi"),
    tuple("PTUHLFGEKJIYRSWBQ"),
    tuple(rf"\operatorname{{{n}}}" for n in _NAMES.split()),
)
Alteration = Callable[[list[Token], set[str], frozenset[int], random.Random], list[Token] | None]


def altered_copies(
    tokens: list[Token],
    variables: set[str],
    changeable: frozenset[int],
    meant: set[tuple[object, ...]],
    rng: random.Random,
) -> list[str] | None:
    """Four copies, of as many kinds as the formula allows; None where four can't be made.

    Only tokens in `changeable` change, and no copy has a signature that is in `meant` (of the
    origin and of the query), so that the query means the origin and no copy.
    """
    found: dict[str, str] = {}
    for make in _kinds(rng):
        copy = make(tokens, variables, changeable, rng)
        if copy is None or signature(copy, variables | {_fresh(tokens)}) in meant:
            continue
        found.setdefault(" ".join(texts(copy)), latex_of(copy))
        if len(found) == 4:
            return list(found.values())
    return None


def _kinds(rng: random.Random) -> Iterator[Alteration]:
    kinds: list[Alteration] = [_number, _operator, _function, _variable]
    for _ in range(6):
        rng.shuffle(kinds)
        yield from kinds


def _replaced(tokens: list[Token], at: int, text: str) -> list[Token]:
    return [*tokens[:at], Token(text, tokens[at].gap), *tokens[at + 1 :]]


def _number(
    tokens: list[Token], variables: set[str], changeable: frozenset[int], rng: random.Random
) -> list[Token] | None:
    places = [at for at in sorted(changeable) if tokens[at].text.isdigit()]
    if not places:
        return None
    at = rng.choice(places)
    value = int(tokens[at].text)
    return _replaced(tokens, at, str(rng.choice([n for n in (value - 1, value + 1) if n >= 0])))


def _operator(
    tokens: list[Token], variables: set[str], changeable: frozenset[int], rng: random.Random
) -> list[Token] | None:
    places = [at for at in sorted(changeable) if _is_operator(tokens, at)]
    if not places:
        return None
    at = rng.choice(places)
    return _replaced(tokens, at, OPERATORS[tokens[at].text])


def _is_operator(tokens: list[Token], at: int) -> bool:
    """In the table; a sign only between two terms."""
    if tokens[at].text not in OPERATORS:
        return False
    before = tokens[at - 1].text if at else "("
    is_term_end = before[-1].isalnum() or before in {"}", ")", "|", "!", "'", "]"}
    return tokens[at].text not in {"+", "-"} or is_term_end


def _function(
    tokens: list[Token], variables: set[str], changeable: frozenset[int], rng: random.Random
) -> list[Token] | None:
    choices = [
        (at, other)
        for at in sorted(changeable)
        for family in FUNCTIONS
        if tokens[at].text in family and _is_head(tokens, variables, at)
        for other in family
        if other != tokens[at].text and other not in variables
    ]
    return _replaced(tokens, *rng.choice(choices)) if choices else None


def _is_head(tokens: list[Token], variables: set[str], at: int) -> bool:
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].text not in variables and following in {r"\!", "(", "_", "^"}


def _variable(
    tokens: list[Token], variables: set[str], changeable: frozenset[int], rng: random.Random
) -> list[Token] | None:
    """One variable split in two, or two made one."""
    present = sorted({tokens[at].text for at in changeable} & variables)
    if not present:
        return None
    name = rng.choice(present)
    others = [other for other in present if other != name]
    if others and rng.random() < 0.5:
        other = rng.choice(others)
        return [Token(other if t.text == name else t.text, t.gap) for t in tokens]
    return _split(tokens, name, changeable, rng)


def _split(
    tokens: list[Token], name: str, changeable: frozenset[int], rng: random.Random
) -> list[Token] | None:
    inside = [at for at in sorted(changeable) if tokens[at].text == name]
    if sum(token.text == name for token in tokens) < 2:
        return None
    if len(inside) < 2:
        return None
    moved = set(rng.sample(inside, rng.randint(1, len(inside) - 1)))
    fresh = _fresh(tokens)
    return [Token(fresh if at in moved else t.text, t.gap) for at, t in enumerate(tokens)]


def _fresh(tokens: list[Token]) -> str:
    used = {token.text for token in tokens} | SPACES
    return next(letter for letter in "yxznmktwuvabcpqrsXYZABC" if letter not in used)
