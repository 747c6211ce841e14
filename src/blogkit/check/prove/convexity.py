r"""Jensen's inequality with weights: `\log\sum_j w_j y_j \ge \sum_j w_j \log y_j`.

The facts must say that the weights are not negative and sum to 1; for two that are written out,
`t` and `1 - t`, that `t` lies between 0 and 1. Source: Hardy, Littlewood and Pólya, Inequalities,
theorem 86. Imports `trees/convexity.py`.
"""

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from blogkit.check.answers import Open, Proved
from blogkit.check.question import Question
from blogkit.formula import Big, Index, Number, Relation, Text, Tree, Where
from blogkit.language import Message
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.facts.ranges import of_all_members
from blogkit.meaning.trees.convexity import Weighted, image, shared_by, weighted

_Images = Callable[[Tree], tuple[str, Tree] | None]
_ZERO, _ONE = Number("0"), Number("1")


def is_jensen(question: Question) -> bool:
    """Whether a claim is Jensen's inequality, of a function that is known or told to be convex."""
    match question.claim:
        case Relation(operators=("≤" | "≥" as sign,), operands=(left, right)):
            low, high = (left, right) if sign == "≤" else (right, left)
            return _is_of_mean(low, high, question.facts, convex=True) or _is_of_mean(
                high, low, question.facts, convex=False
            )
    return False


def prove_jensen(question: Question) -> Proved | Open:
    """Jensen's inequality, or `Open` where the claim is another."""
    if not is_jensen(question):
        return Open(Message("the claim is not Jensen's inequality"))
    return Proved(Message("Jensen's inequality"), (Message(r"\text{both sides are defined}"),))


def _is_of_mean(outer: Tree, mean: Tree, facts: Facts, *, convex: bool) -> bool:
    """Whether one side is a function of a mean, the other the mean of the function."""
    told = _called(facts, "convex" if convex else "concave")
    found = image(outer, convex=convex, told=told)
    if found is None:
        return False
    name, inner = found
    image_of = partial(image, convex=convex, told=told)
    points, values = weighted(inner), weighted(mean)
    if not points or len(points) != len(values):
        return False
    for weights in itertools.product(*map(Weighted.split, points)):
        pairs = zip(weights, points, values, strict=True)
        if all(_is_image(at, one, two, image_of, name) for at, one, two in pairs):
            return _are_weights(tuple(w for w, _ in weights), points, facts)
    return False


def _is_image(
    at: tuple[Tree, Tree], one: Weighted, two: Weighted, image_of: _Images, name: str
) -> bool:
    """Whether a part of one mean is a part of the other with the function of its point."""
    weight, point = at
    return one.over == two.over and any(
        other == weight and image_of(value) == (name, point) for other, value in two.split()
    )


def _called(facts: Facts, word: str) -> frozenset[Tree]:
    """The functions that are told to be convex, or concave."""
    return frozenset(
        tree.body
        for tree in _told(facts)
        if isinstance(tree, Where) and tree.condition == Text(word)
    )


def _are_weights(weights: tuple[Tree, ...], parts: tuple[Weighted, ...], facts: Facts) -> bool:
    """Whether weights are told to be such: not negative, and 1 together."""
    if parts[0].over is None:
        share = shared_by(weights)
        return share == _ONE or _lies_between(share, facts)
    if len(parts) > 1:
        return False
    (weight,), (part,) = weights, parts
    return any(_says_whole(tree, weight, part) for tree in _told(facts)) and any(
        _says_sign(tree, weight) for tree in _told(facts)
    )


def _told(facts: Facts) -> Iterator[Tree]:
    """The facts, those on all members of a family as on any."""
    return (of_all_members(fact.tree)[0] for fact in facts.constraints)


def _says_whole(tree: Tree, weight: Tree, part: Weighted) -> bool:
    match tree:
        case Relation(operators=("=",), operands=(Big() as whole, total)) if total == _ONE:
            found = weighted(whole)
            return len(found) == 1 and found[0] == Weighted(part.over, (weight,))
    return False


def _says_sign(tree: Tree, weight: Tree) -> bool:
    r"""Whether it says `\lambda_j \ge 0`, of any member of the family that the weight is of."""
    match tree:
        case Relation(operators=("≥" | ">",), operands=(member, bound)) if bound == _ZERO:
            return _shape(member) is not None and _shape(member) == _shape(weight)
    return False


def _shape(member: Tree) -> Tree | None:
    return member.base if isinstance(member, Index) and len(member.indices) == 1 else None


def _lies_between(share: Tree | None, facts: Facts) -> bool:
    """Whether it is told that a name is at least 0 and at most 1."""
    links: set[tuple[Tree, Tree]] = set()
    for tree in _told(facts):
        if isinstance(tree, Relation):
            for (one, two), sign in zip(pairwise(tree.operands), tree.operators, strict=True):
                links |= {(one, two)} if sign in {"≤", "<"} else set()
                links |= {(two, one)} if sign in {"≥", ">"} else set()
    return share is not None and {(_ZERO, share), (share, _ONE)} <= links
