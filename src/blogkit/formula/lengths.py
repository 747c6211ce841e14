"""How long a formula may be to be checked: reading one costs up to 0.1 ms a character.

It exists so that a check ends in time whatever it is given, and at the same place on every machine.
The longest formula of the data that blogkit is measured with has 818 characters.
"""

from typing import Final

from blogkit.language import Message

MAX_CHARS: Final = 5000
"""Longer formulas are neither read for what they state nor looked over for problems."""


def why_too_long(latex: str) -> str:
    """Why a formula is not checked; empty for one that is.

    >>> why_too_long("x = 1")
    ''
    """
    if len(latex) <= MAX_CHARS:
        return ""
    return Message(
        "the formula has {chars} characters; one of more than {limit} is not checked",
        chars=len(latex),
        limit=MAX_CHARS,
    )
