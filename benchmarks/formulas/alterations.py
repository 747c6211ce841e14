"""Queries made from a known formula: renamed, with wildcards, commuted, one side.

Each function takes a seeded `random.Random` and gives None where the formula has nothing to
alter in that way.
"""

import random
from dataclasses import dataclass
from itertools import pairwise

from .pieces import (
    MIRRORED,
    Term,
    Token,
    closing,
    latex_of,
    levels,
    segments,
    sides,
    terms,
    texts,
)

_GREEK = "alpha beta gamma delta lambda mu nu rho sigma tau omega"
# Without d, e, i, o: read as differential, constants, Landau's symbol.
LETTERS = [
    *"abcfghjklmnpqrstuvwxyzABCDEFGHKLMNPQRSTUVWXYZ",
    *(rf"\{name}" for name in _GREEK.split()),
]
FUNCTION_LETTERS = ["f", "g", "h", "u", "v", "F", "G", r"\phi", r"\psi"]


@dataclass(frozen=True)
class Query:
    """One query made from a formula."""

    latex: str
    model: list[Token]
    """What the altered copies are copies of: the origin in the query's letters and order."""
    changeable: frozenset[int]
    """Tokens of the model whose change makes a copy that the query does not mean."""


def renamed(tokens: list[Token], variables: set[str], rng: random.Random) -> Query | None:
    """Every variable another letter, consistently; none of the old letters is used again."""
    used = {token.text for token in tokens}
    new_names: dict[str, str] = {}
    for name in sorted(variables & used):
        pool = FUNCTION_LETTERS if _is_applied(tokens, name) else LETTERS
        free = [letter for letter in pool if letter not in used]
        if not free:
            return None
        new_names[name] = rng.choice(free)
        used.add(new_names[name])
    if not new_names:
        return None
    altered = [Token(new_names.get(token.text, token.text), token.gap) for token in tokens]
    return Query(latex_of(altered), altered, frozenset(range(len(altered))))


def _is_applied(tokens: list[Token], name: str) -> bool:
    pairs = pairwise(tokens)
    return any(
        token.text == name and (after.text == r"\!" or (after.text == "(" and not after.gap))
        for token, after in pairs
    )


def with_wildcards(tokens: list[Token], rng: random.Random) -> Query | None:
    r"""One to three sub-expressions made `\qvar{a}`, equal ones the same; half of it stays."""
    slots = _slots(tokens)
    rng.shuffle(slots)
    wanted = rng.randint(1, 3)
    names: dict[str, str] = {}
    taken: list[tuple[int, int, str]] = []
    for start, stop in slots:
        content = " ".join(texts(tokens[start:stop]))
        if content in names or len(names) == wanted:
            continue
        same = [s for s in slots if " ".join(texts(tokens[s[0] : s[1]])) == content]
        covered = sum(b - a for a, b, _ in taken) + sum(b - a for a, b in same)
        if any(a < t and s < b for a, b in same for s, t, _ in taken) or covered * 2 > len(tokens):
            continue
        names[content] = "abc"[len(names)]
        taken += [(a, b, names[content]) for a, b in same]
    if not taken:
        return None
    hidden = {index for a, b, _ in taken for index in range(a, b)}
    return Query(_print_wildcards(tokens, taken), tokens, frozenset(range(len(tokens))) - hidden)


def _print_wildcards(tokens: list[Token], taken: list[tuple[int, int, str]]) -> str:
    altered = list(tokens)
    for start, stop, name in sorted(taken, reverse=True):
        altered[start:stop] = [Token(rf"\qvar{{{name}}}", tokens[start].gap)]
    return latex_of(altered)


def _slots(tokens: list[Token]) -> list[tuple[int, int]]:
    """Sub-expressions: summands and what stands alone in a bracket; no subscripts, no numbers."""
    found: set[tuple[int, int]] = set()
    in_subscripts = _subscript_tokens(tokens)
    for start, stop in levels(tokens):
        if start in in_subscripts:
            continue
        for segment in segments(tokens, start, stop):
            summands = terms(segment, tokens)
            if not summands:
                continue
            found.update((t.start, t.stop) for t in summands if not t.reaches_right)
            whole = (segment[0].start, segment[-1].stop)
            if not summands[-1].reaches_right and start > 0:
                found.add(whole)
    return sorted(s for s in found if _can_be_wildcard(tokens, *s))


def _can_be_wildcard(tokens: list[Token], start: int, stop: int) -> bool:
    inside = texts(tokens[start:stop])
    return any(text[-1].isalpha() for text in inside) and stop - start < len(tokens) // 2


def _subscript_tokens(tokens: list[Token]) -> set[int]:
    found: set[int] = set()
    for at, token in enumerate(tokens[:-1]):
        if token.text == "_":
            braced = tokens[at + 1].text == "{"
            found.update(range(at, closing(tokens, at + 1) + 1 if braced else at + 2))
    return found


def one_side(tokens: list[Token], rng: random.Random) -> Query | None:
    """The left or the right side alone, where it says at least six tokens, one a letter."""
    cut = sides(tokens)
    if cut is None:
        return None
    relation, end = cut
    ranges = [(0, relation), (relation + 1, end)]
    rng.shuffle(ranges)
    for start, stop in ranges:
        inside = texts(tokens[start:stop])
        if len(inside) >= 6 and any(text.isalpha() for text in inside):
            return Query(latex_of(tokens[start:stop]), tokens, frozenset(range(start, stop)))
    return None


def commuted(tokens: list[Token], rng: random.Random) -> Query | None:
    """Sides swapped, summands or factors in another order: one to three such changes."""
    altered = tokens
    for _ in range(rng.randint(1, 3)):
        choices = [*_swaps(altered), *_shuffles(altered, rng)]
        if choices:
            altered = rng.choice(choices)
    if texts(altered) == texts(tokens):
        return None
    return Query(latex_of(altered), altered, frozenset(range(len(altered))))


def _swaps(tokens: list[Token]) -> list[list[Token]]:
    cut = sides(tokens)
    if cut is None:
        return []
    at, end = cut
    relation = Token(MIRRORED[tokens[at].text], " ")
    left = [Token(tokens[0].text, " "), *tokens[1:at]]
    return [[*tokens[at + 1 : end], relation, *left]]


def _shuffles(tokens: list[Token], rng: random.Random) -> list[list[Token]]:
    """The formula with the summands, or the factors of one summand, of one place shuffled."""
    found = []
    for start, stop in levels(tokens):
        for segment in segments(tokens, start, stop):
            summands = terms(segment, tokens)
            found += [_shuffled_sum(tokens, segment[0].start, summands, rng)]
            found += [_shuffled_product(tokens, term, rng) for term in summands]
    return [altered for altered in found if texts(altered) != texts(tokens)]


def _shuffled_sum(
    tokens: list[Token], start: int, summands: list[Term], rng: random.Random
) -> list[Token]:
    if len(summands) < 2 or any(term.reaches_right for term in summands[:-1]):
        return tokens
    movable = summands[:-1] if summands[-1].reaches_right else summands
    order = rng.sample(movable, len(movable)) + summands[len(movable) :]
    altered: list[Token] = []
    for number, term in enumerate(order):
        first = tokens[term.start]
        if term.negative or number:
            altered.append(Token("-" if term.negative else "+", " "))
        altered.append(Token(first.text, " " if number else ""))
        altered += tokens[term.start + 1 : term.stop]
    return [*tokens[:start], *altered, *tokens[summands[-1].stop :]]


def _shuffled_product(tokens: list[Token], term: Term, rng: random.Random) -> list[Token]:
    """Factors before a big operator only; numbers stay in front, where people write them."""
    factors = []
    for piece in term.factors:
        if piece.kind == "big":
            break
        factors.append(piece)
    while factors and tokens[factors[0].start].text[0].isdigit():
        factors.pop(0)
    if len(factors) < 2 or any(tokens[f.start].text[0].isdigit() for f in factors):
        return tokens
    order = rng.sample(factors, len(factors))
    altered = [
        Token(token.text, " " if not number else token.gap)
        for factor in order
        for number, token in enumerate(tokens[factor.start : factor.stop])
    ]
    return [*tokens[: factors[0].start], *altered, *tokens[factors[-1].stop :]]
