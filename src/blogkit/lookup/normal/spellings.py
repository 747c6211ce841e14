r"""Terms that mathematicians spell in several ways, made one: `e^x`, `x_{i,j}`, `\max\{`.

It exists so that the grammar of rows does not have to know habits of spelling. Each function takes
terms that were read and gives the one that is kept, at the same place of the source.
Imports symbols and terms only.
"""

from collections.abc import Sequence

from blogkit.lookup.normal.symbols import UNORDERED
from blogkit.lookup.normal.terms import Term

EXPECTATION = "c:bb.E"
"""The head of an expectation, however it is set."""


def raised(base: Term, power: Term, start: int, end: int) -> Term:
    r"""A power; the base of `e^x` is no variable, that of `e^\top` is one.

    >>> raised(Term("v:e", (), 0, 1), Term("v:x", (), 2, 3), 0, 3)
    (^ c:e v:x)
    """
    if base.label == "v:e" and power.label != "c:⊤":
        base = Term("c:e", (), base.start, base.end)
    return Term("^", (base, power), start, end)


def exponential(arguments: Sequence[Term], head: Term, end: int) -> Term | None:
    r"""`\exp(x)` as the power of e that it is; None of several arguments."""
    if len(arguments) != 1:
        return None
    base = Term("c:exp", (), head.start, head.end)
    return Term("^", (base, arguments[0]), head.start, end)


def index(sub: Term) -> Term:
    """A subscript: letters side by side are several indices, as with commas between them.

    >>> letters = [Term("v:i", (), 0, 1), Term("v:j", (), 1, 2)]
    >>> index(Term("*", letters, 0, 2))
    (list v:i v:j)
    """
    if sub.label == "*" and all(kid.label[:2] in ("v:", "?:") for kid in sub.kids):
        return Term("list", sub.kids, sub.start, sub.end)
    return sub


def arguments_of_name(name: str, arguments: Sequence[Term]) -> Sequence[Term]:
    r"""`\max\{a, b\}` is `\max(b, a)`."""
    if name not in UNORDERED:
        return arguments
    if len(arguments) == 1 and arguments[0].label == "fence:{}":
        body = arguments[0].kids[0]
        arguments = body.kids if body.label == "list" else (body,)
    if len(arguments) < 2:
        return arguments
    return (Term("any", arguments, arguments[0].start, arguments[-1].end),)


def is_expectation(head: Term) -> bool:
    r"""Whether a head, with its scripts, is the `\mathbb{E}` of an expectation."""
    while head.label == "_":
        head = head.kids[0]
    return head.label == EXPECTATION


def bracketed(head: Term, opening: str) -> Term:
    r"""The head of `E[x]`: an expectation however the letter is set.

    >>> bracketed(Term("v:E", (), 0, 1), "[")
    c:bb.E
    """
    if opening != "[":
        return head
    if head.label == "_":
        return Term("_", (bracketed(head.kids[0], opening), head.kids[1]), head.start, head.end)
    if head.label in ("v:E", "F:E"):
        return Term(EXPECTATION, (), head.start, head.end)
    return head


def expected(head: Term, arguments: Sequence[Term], start: int, end: int) -> Term:
    r"""An expectation: parentheses, brackets, braces and none say the same."""
    if len(arguments) == 1 and arguments[0].label == "fence:{}":
        arguments = arguments[0].kids
    return Term("app", (head, *arguments), start, end)
