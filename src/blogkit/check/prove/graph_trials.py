r"""Derivatives along the definitions of a post, tried.

A name is what its rule says, down to names without one, which are drawn; functions that nobody
defines are random polynomials. A statement holds in one of the layouts and conventions in which
derivatives are written, or in none; only in the latter case it is false.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from flint import ctx

from blogkit.check.answers import Answer, Open, Refuted, Supported
from blogkit.check.prove.terms import BITS, refuted_at
from blogkit.formula import Apply, Call, Relation, Symbol, Tree, walk
from blogkit.formula.named_functions import by_letter, named_function
from blogkit.formula.printing import to_latex
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.language import Message, message_of
from blogkit.meaning.outcomes import NotApplicable, Undefined
from blogkit.meaning.terms.graph_points import Fixing, GraphPoint
from blogkit.meaning.terms.graph_reader import GraphReader, Layout
from blogkit.meaning.terms.points import points, read_facts
from blogkit.meaning.terms.reader import NO_FIT
from blogkit.meaning.terms.values import Grid, compare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from blogkit.check.question import Question

    Value = Any  # a number (fmpq or arb) or a Grid of them

_STEP: Final = 5
"""Every so many of the points are tried: one or two of each choice of sizes."""
_LAYOUTS: Final[tuple[Layout, ...]] = ("mixed", "denominator", "numerator")
_FIXINGS: Final[tuple[Fixing, ...]] = ("expressions", "names")
_SAID: Final = {
    "denominator": Message(r"\text{Jacobians have a column for each number that is derived}"),
    "numerator": Message(r"\text{derivatives have a row for each number that is derived}"),
    "names": Message(
        r"\text{a derivative of what names its variable holds all else in its definition fixed}"
    ),
}


def try_along_rules(question: Question) -> Answer:
    """Whether an equation with derivatives holds at points, in some usual way to write them."""
    claim = question.claim
    if not isinstance(claim, Relation) or claim.operators != ("=",):
        return Open(Message("no equation of derivatives"))
    held = _held(question)
    failed: list[Answer] = []
    for reader, fixing in _readings(question):
        answer = _tried(claim, reader, fixing)
        if held is not None and type(answer) is not type(_tried(claim, reader, "nothing")):
            return Open(Message("whether '{symbol}' is held fixed is not said", symbol=held))
        if isinstance(answer, Supported):
            return answer
        failed.append(answer)
    unread = [x for x in failed if isinstance(x, Open) and x.reason not in NO_FIT]
    refuted = [x for x in failed if isinstance(x, Refuted)]
    if unread or not refuted:
        return (unread or failed)[0]
    if not question.rules or _tells_of_function(claim):
        return Open(Message("a property of a function of which nothing is known"))
    if not all(rule.is_told for rule in question.rules):
        (name, *_) = (rule.name for rule in question.rules if not rule.is_told)
        return Open(Message("what '{name}' depends on is not said", name=to_latex(name)))
    return refuted[0]


def _tells_of_function(tree: Tree) -> bool:
    """Whether a value of a function that nobody defines stands beside derivatives: `y' = 2f(x)`."""
    match tree:
        case Apply(operator=operator) if operator in DERIVATIVES:
            return False
        case Call(function=Symbol(primes=0) as function) if _is_unknown(function):
            return function.name != "prod"
    return any(map(_tells_of_function, tree.children))


def _held(question: Question) -> str | None:
    r"""A name that an expression holds beside its variable, on which it depends: `y` of
    `\partial(xy)/\partial x` where `y = x^2`; what a function is applied to is held fixed.
    """
    for node in walk(question.claim):
        match node:
            case Apply(operator="partial" | "gradient", args=(Apply() as of, by)) if by in walk(of):
                names = (rule.name for rule in question.rules if rule.name in walk(of))
                if (name := next(names, None)) is not None and name != by:
                    return to_latex(name)
    return None


def _readings(question: Question) -> Iterator[tuple[GraphReader, Fixing]]:
    unknown = _functions_of_one(
        (question.claim, *(rule.value for rule in question.rules if rule.is_told))
    )
    for layout, fixing, each in itertools.product(
        _LAYOUTS, _FIXINGS, (frozenset[Symbol](), unknown) if unknown else (unknown,)
    ):
        yield (
            GraphReader(question.facts, rules=question.rules, layout=layout, entrywise=each),
            fixing,
        )


def _functions_of_one(trees: tuple[Tree, ...]) -> frozenset[Symbol]:
    """Functions of one argument, which may be applied to a vector entry by entry."""
    calls = [node for tree in trees for node in walk(tree) if isinstance(node, Call)]
    return frozenset(
        replace(call.function, primes=0)
        for call in calls
        if isinstance(call.function, Symbol)
        and len(call.args) == 1
        and not call.conditions
        and _is_unknown(replace(call.function, primes=0))
    )


def _is_unknown(function: Symbol) -> bool:
    r"""Whether a function has no name of its own; a letter such as `\sigma` is no name."""
    return named_function(function) is None or by_letter(function) is not None


def _tried(claim: Relation, reader: GraphReader, fixing: Fixing) -> Answer:
    samples = 0
    try:
        left, right = reader.read(claim)
        facts = read_facts(reader, claim)
        found = points(reader, facts, partial(GraphPoint, fixing=fixing))
        with ctx.workprec(BITS):
            for point in itertools.islice(found, 0, None, _STEP):
                try:
                    if not all(point.meets(fact) for fact in facts):
                        continue
                    one, two = point.value(left), point.value(right)
                    if not compare(one, "=", two):
                        return refuted_at(point, one, two)
                    samples += not point.is_of_numbers and _is_some(one)
                except Undefined:
                    continue
    except NotApplicable as reason:
        return Open(message_of(reason))
    if not samples:
        return Open(Message("no small matrices could be tried"))
    said = (reader.layout if reader.has_shapes else "", fixing)
    conditions = (*reader.conventions, *(_SAID[word] for word in said if word in _SAID))
    return Supported(
        Message("derivatives along the definitions, random values"), samples, conditions
    )


def _is_some(value: Value) -> bool:
    """Whether it is not zero everywhere, so that it says something of what is derived."""
    return any(x != 0 for x in (value.entries if isinstance(value, Grid) else (value,)))
