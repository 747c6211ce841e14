"""What symbols mean, as plain lines of text; also the words that other views have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blogkit.language import Message
from blogkit.views.checked import drawn
from blogkit.views.clean import clean, one_line
from blogkit.views.drawn import drawn_in_line
from blogkit.views.plain import place
from blogkit.views.speech import said, say, say_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blogkit.library.symbol_reports import SymbolMeaning, SymbolReport

_SORTS: Final = {
    "natural": Message("a natural number"),
    "integer": Message("an integer number"),
    "rational": Message("a rational number"),
    "real": Message("a real number"),
    "complex": Message("a complex number"),
    "vector": Message("a vector"),
    "matrix": Message("a matrix"),
    "function": Message("a function"),
    "random": Message("random"),
    "set": Message("a set"),
}
MOST_OTHERS: Final = 3
"""Other posts whose meaning of a symbol is shown."""


def symbols(report: SymbolReport) -> Iterator[str]:
    """Each symbol with what it means, and below it what else is known."""
    for symbol in report:
        yield f"{drawn(symbol.latex)}  {one_line(symbol.latex)}  {meaning(symbol)}"
        for name, value in details(symbol):
            yield "  " + say("{name}: {value}", name=name, value=value)
    yield say_count(len(report), "{count} symbol", "{count} symbols")


def meaning(symbol: SymbolMeaning) -> str:
    """The words that define a symbol, drawn; that there are none, where the post has none."""
    if symbol.meaning is None:
        return say("not said in this post") if symbol.post_id else say("not said in LaTeX alone")
    return drawn_in_line(symbol.meaning)


def sort_of(symbol: SymbolMeaning) -> str:
    """What kind of thing a symbol is and its size; empty where nothing says."""
    if symbol.sort not in _SORTS:
        return say("a family") if symbol.is_family else ""
    sort = said(_SORTS[symbol.sort])
    if symbol.size:
        sort = say("{sort} of size {size}", sort=sort, size=drawn(symbol.size))
    return say("a family, each {sort}", sort=sort) if symbol.is_family else sort


def details(symbol: SymbolMeaning) -> Iterator[tuple[str, str]]:
    """What is known of a symbol besides its meaning, each with its name."""
    sort = sort_of(symbol)
    if sort:
        yield say("is"), sort
    if symbol.wordings:
        yield say("said in"), drawn_in_line(symbol.wordings[0].sentence)
    if symbol.defined_by:
        where = f"  ({clean(symbol.defined_in)})" if symbol.defined_in else ""
        yield say("defined by"), f"{drawn(symbol.defined_by)}{where}"
    count = len(symbol.occurrences)
    places = say_count(count, "{count} place", "{count} places")
    if symbol.line is not None:
        first = place(symbol.path, symbol.line)
        yield say("stands in"), say("{places}, first {first}", places=places, first=first)
    for other in symbol.elsewhere[:MOST_OTHERS]:
        yield say("elsewhere"), elsewhere(other.title, other.meaning)


def elsewhere(title: str, words: str) -> str:
    """What another post says of a symbol."""
    return say("{meaning}, in '{title}'", meaning=drawn_in_line(words), title=one_line(title))
