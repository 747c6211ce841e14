"""Known items: queries made from Fungrim formulas, each of which must find its origin."""

import random
import re
from collections import Counter
from dataclasses import dataclass

from .alterations import Query, commuted, one_side, renamed, with_wildcards
from .copies import altered_copies
from .corpora import FungrimFormula
from .pieces import Token, texts, tokens_of
from .variables import renamed_form, signature, variable_tokens

KINDS = ("renamed", "wildcards", "commuted", "one side")
SHORTEST_TOKENS = 10


@dataclass(frozen=True)
class KnownItem:
    """One query with its only right answer."""

    id: str
    kind: str
    query: str
    r"""LaTeX; a wildcard is written `\qvar{a}`."""
    origin: FungrimFormula
    copies: tuple[tuple[str, str], ...]
    """Four near-misses (id, LaTeX) that only this query competes with."""


@dataclass(frozen=True)
class _Source:
    formula: FungrimFormula
    tokens: list[Token]
    variables: set[str]


def known_items(formulas: list[FungrimFormula], per_kind: int, seed: int) -> list[KnownItem]:
    """`per_kind` items of each kind (fewer where Fungrim has no more), the same for a seed."""
    sources = _sources(formulas)
    plain = [f" {' '.join(texts(tokens_of(f.latex)))} " for f in formulas]
    items: list[KnownItem] = []
    for kind in KINDS:
        rng = random.Random(f"{seed} {kind}")
        made = 0
        for source in rng.sample(sources, len(sources)):
            item = _item(kind, source, plain, random.Random(f"{seed} {kind} {source.formula.id}"))
            if item is not None and made < per_kind:
                items.append(item)
                made += 1
            if made == per_kind:
                break
    return items


def _sources(formulas: list[FungrimFormula]) -> list[_Source]:
    """Formulas long enough, whose variables are sure, and that no other equals by renaming."""
    found: list[_Source] = []
    for formula in formulas:
        tokens = tokens_of(formula.latex)
        variables = variable_tokens(formula, tokens)
        if variables and len(texts(tokens)) >= SHORTEST_TOKENS:
            found.append(_Source(formula, tokens, variables))
    forms = Counter(renamed_form(s.tokens, s.variables) for s in found)
    return [s for s in found if forms[renamed_form(s.tokens, s.variables)] == 1]


def _item(kind: str, source: _Source, plain: list[str], rng: random.Random) -> KnownItem | None:
    query = _query(kind, source, rng)
    if query is None or not _means_one(kind, query, plain):
        return None
    variables = _variables_in(source, query)
    meant = {signature(source.tokens, source.variables), signature(query.model, variables)}
    copies = altered_copies(query.model, variables, query.changeable, meant, rng)
    if copies is None:
        return None
    item_id = f"{kind}/{source.formula.id}"
    numbered = tuple((f"copy:{item_id}/{n}", latex) for n, latex in enumerate(copies))
    return KnownItem(item_id, kind, query.latex, source.formula, numbered)


def _variables_in(source: _Source, query: Query) -> set[str]:
    """The variables of the model: renamed ones stand at the same places as in the origin."""
    if {t.text for t in query.model} >= source.variables:
        return source.variables
    pairs = zip(source.tokens, query.model, strict=True)
    return {new.text for old, new in pairs if old.text in source.variables}


def _query(kind: str, source: _Source, rng: random.Random) -> Query | None:
    if kind == "renamed":
        return renamed(source.tokens, source.variables, rng)
    if kind == "wildcards":
        return with_wildcards(source.tokens, rng)
    return (commuted if kind == "commuted" else one_side)(source.tokens, rng)


def _means_one(kind: str, query: Query, plain: list[str]) -> bool:
    """Whether token by token it fits one formula only: a query that fits more has no answer."""
    said = texts(tokens_of(query.latex))
    if kind == "one side":
        wanted = f" {' '.join(said)} "
        return sum(wanted in formula for formula in plain) == 1
    if kind == "wildcards":
        pattern = re.compile(f" {_pattern(' '.join(said))} ")
        return sum(pattern.fullmatch(formula) is not None for formula in plain) == 1
    return True


def _pattern(said: str) -> str:
    r"""A regular expression in which a `\qvar { a }` is any text, the same name the same text."""
    parts = re.split(r"\\qvar \{ (\w) \}", said)
    seen: set[str] = set()
    for at in range(1, len(parts), 2):
        name = parts[at]
        parts[at] = f"(?P={name})" if name in seen else f"(?P<{name}>.+)"
        seen.add(name)
    parts[::2] = [re.escape(part) for part in parts[::2]]
    return "".join(parts)
