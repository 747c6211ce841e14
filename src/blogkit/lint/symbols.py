r"""Symbols that running text names and no other formula of the post has: told only when asked for.

Often the prose itself says what the symbol is, so this is information, not a fault.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blogkit.language import Message
from blogkit.latex import Accent, Atom, Font, Node, Problem, Scripts
from blogkit.lint.reading import Reading, nucleus

CODE = "undefined-symbol"


@dataclass(frozen=True, slots=True)
class Mention:
    """A formula that is one symbol and no more."""

    number: int
    """Number of the formula among the readings, from 0."""
    name: str
    """The symbol without its scripts, as written."""


def find(readings: Sequence[Reading]) -> Iterator[tuple[int, Problem]]:
    r"""Symbols that stand alone in running text, with the number of their first formula.

    >>> texts = ["x", r"\beta", "x=1"]
    >>> post = [Reading.of(latex, display=False) for latex in texts]
    >>> [(number, problem.code) for number, problem in find(post)]
    [(1, 'undefined-symbol')]
    """
    mentions = [m for i, r in enumerate(readings) if (m := _mention(i, r)) is not None]
    alone = {mention.number for mention in mentions}
    used = {
        name for i, reading in enumerate(readings) if i not in alone for name in _names(reading)
    }
    told: set[str] = set()
    for mention in mentions:
        if mention.name in used or mention.name in told:
            continue
        told.add(mention.name)
        message = Message(
            "expected a formula of the post with {name}, found it in running text only; "
            "say what it is",
            name=mention.name,
        )
        span = readings[mention.number].parsed.tree.span
        yield mention.number, Problem(CODE, "info", message, span)


def _mention(number: int, reading: Reading) -> Mention | None:
    items = reading.parsed.tree.items
    if reading.display or len(items) != 1:
        return None
    name = _name(items[0], reading)
    return Mention(number, name) if name else None


def _name(node: Node, reading: Reading) -> str | None:
    """The symbol's LaTeX without scripts; None for a number, an operator or anything larger."""
    symbol = nucleus(node)
    if isinstance(symbol, Atom):
        return symbol.latex if symbol.kind == "ord" and symbol.text.isalpha() else None
    if isinstance(symbol, (Accent, Font)) and len(symbol.body.items) == 1:
        inner = symbol.body.items[0]
        is_letter = isinstance(inner, Atom) and inner.text.isalpha()
        return symbol.span.of(reading.latex) if is_letter else None
    return None


def _names(reading: Reading) -> Iterator[str]:
    for node in reading.nodes:
        if not isinstance(node, Scripts):
            name = _name(node, reading)
            if name:
                yield name
