r"""Characters that nobody sees: spaces without width, joiners, soft hyphens, marks of direction.

Editors and web pages leave them behind, and TeX has no meaning for them, so the lexer reads a
formula without them. What shapes the character before it stays: the joiners of scripts that are
written joined, and the joiners and variation selectors of emoji. Source: Unicode 15.1, chapter 23,
and the property Default_Ignorable_Code_Point. Imports the tables of names.
"""

from collections.abc import Iterator

from blogkit.latex.commands import COMMANDS
from blogkit.latex.symbols import OPERATORS, SYMBOLS
from blogkit.regexes import regex

_ALWAYS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0"
)
_SHAPING = "\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SHAPED = "\u0600-\u109f\u1780-\u18af\u200d\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_INVISIBLE = regex(f"[{_ALWAYS}]|(?<![{_SHAPED}])[{_SHAPING}]")
_BEHIND_COMMAND = regex(rf"(\\[A-Za-z]+)[{_ALWAYS}{_SHAPING}]+(?=([A-Za-z]+))")
_KNOWN = COMMANDS.keys() | SYMBOLS.keys() | OPERATORS.keys()


def invisible(latex: str) -> Iterator[int]:
    r"""Where the characters stand that mean nothing.

    >>> list(invisible("x\u200b=\ufeffx"))
    [1, 3]
    """
    if not latex.isascii():
        yield from (found.start() for found in _INVISIBLE.finditer(latex))


def visible(latex: str) -> str:
    r"""A formula without what nobody sees.

    >>> visible("1\u2060000 = 10^3")
    '1000 = 10^3'
    >>> visible("\\\\sin\u2061x")
    '\\\\sin x'
    """
    if latex.isascii():
        return latex
    dropped, spaces = set(invisible(latex)), parting(latex)
    chars = (
        " " if place in spaces else char
        for place, char in enumerate(latex)
        if place in spaces or place not in dropped
    )
    return "".join(chars)


def parting(latex: str) -> frozenset[int]:
    r"""Where one of them parts a command from a letter, as a space would.

    >>> list(parting("\\sin\u2061x")), list(parting("\\in\u2061fty"))
    ([4], [])
    """
    found = () if latex.isascii() else _BEHIND_COMMAND.finditer(latex)
    return frozenset(
        run.end(1) for run in found if run[1] in _KNOWN and run[1] + run[2] not in _KNOWN
    )
