r"""Macros: what `\newcommand`, `\def` and `\let` define, and how a call is replaced.

A macro is kept as LaTeX, so that a post can carry its definitions from one formula to the next.
Calls are replaced on tokens, before there is a tree (TeXbook, chapter 20), within limits that stop
a macro that calls itself.
"""

from __future__ import annotations

from blogkit.results.records import record


@record
class Macro:
    r"""A command that the author defined.

    >>> Macro(parameters="#1#2", body=r"\frac{#1}{#2}").body
    '\\frac{#1}{#2}'
    """

    body: str
    """The replacement, with `#1` to `#9` for the arguments."""
    parameters: str = ""
    """TeX's parameter text: `#1#2`, or `#1,#2.` where arguments end at marks."""
    default: str | None = None
    """What `#1` is where the call does not give it in brackets; None where it must be given."""
    alias: bool = False
    r"""Whether the body is a built-in command that keeps its meaning, as `\let` makes it."""


MAX_EXPANSIONS = 20_000
"""Calls replaced in one formula."""

MAX_EXPANDED_TOKENS = 500_000
"""Tokens that calls may add to one formula."""
