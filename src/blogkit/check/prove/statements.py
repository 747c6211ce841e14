r"""Statements made of others: `a \Rightarrow b`, `a \Leftrightarrow b`, `a` and `b`.

Each is taken apart into relations that are all to be proved; the left side of an implication
becomes a fact. What cannot be taken apart that way stays as it is. Imports no algebra.
"""

from collections.abc import Iterator
from dataclasses import replace

from blogkit.check.question import Question
from blogkit.formula import Apply, Collection, Ellipsis, Relation, Tree, Where
from blogkit.formula.printing import to_latex
from blogkit.meaning.facts.known import Fact

_CONDITIONAL = frozenset(["if", "for", "where"])
_FLIPPED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}
_NEGATED = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">"}


def parts_of(question: Question) -> Iterator[Question]:
    """The questions that together make up a question; itself where it is one relation."""
    match question.claim:
        case Apply(operator="implies", args=(premise, conclusion)):
            yield from parts_of(_given(question, premise, conclusion))
        case Apply(operator="iff", args=(one, other)):
            yield from parts_of(_given(question, one, other))
            yield from parts_of(_given(question, other, one))
        case Apply(operator="and", args=args):
            for part in args:
                yield from parts_of(replace(question, claim=part))
        case Apply(operator="not", args=(Relation(operands=sides, operators=(sign,)),)) if (
            sign in _NEGATED and question.facts.field_ == "real"
        ):
            yield replace(question, claim=Relation(sides, (_NEGATED[sign],)))
        case Where(body=body, word=word, condition=condition) if word in _CONDITIONAL:
            yield from parts_of(_given(question, condition, body))
        case Relation(operands=sides, operators=operators) if len(operators) > 1:
            for left, sign, right in zip(sides, operators, sides[1:], strict=False):
                yield replace(question, claim=Relation((left, right), (sign,)))
        case Relation(operands=(left, right), operators=(sign,)) if sign in _FLIPPED:
            greater, smaller = (left, right) if sign in ("≥", ">") else (right, left)
            sign = sign if sign in ("≥", ">") else _FLIPPED[sign]
            for above in _all_of("min", greater):
                for below in _all_of("max", smaller):
                    yield replace(question, claim=Relation((above, below), (sign,)))
        case _:
            yield question


def _all_of(operator: str, side: Tree) -> tuple[Tree, ...]:
    r"""What all must compare: `x \geq \max(a, b)` says `x \geq a` and `x \geq b`."""
    match side:
        case Apply(operator=name, args=(Collection(kind="set", items=items),)) if name == operator:
            pass
        case Apply(operator=name, args=items) if name == operator:
            pass
        case _:
            return (side,)
    if not items or any(isinstance(item, Ellipsis | Collection) for item in items):
        return (side,)
    return items


def _given(question: Question, premise: Tree, conclusion: Tree) -> Question:
    """The question of a conclusion, with its premise as a fact."""
    fact = Fact(premise, to_latex(premise), "formula")
    constraints = (*question.facts.constraints, fact)
    return replace(
        question, claim=conclusion, facts=replace(question.facts, constraints=constraints)
    )
