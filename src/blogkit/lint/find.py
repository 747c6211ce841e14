r"""All rules over one formula.

A rule is one file; this module only calls them in turn, leaves out what was turned off and sorts
what is left by its place.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from blogkit.formula.lengths import why_too_long
from blogkit.latex import Macro, Problem
from blogkit.lint import (
    brackets,
    characters,
    commands,
    endings,
    labels,
    lost_backslash,
    operator_names,
    spellings,
)
from blogkit.lint.reading import Reading, Rule

RULES: tuple[Rule, ...] = (
    lost_backslash.find,
    characters.find,
    brackets.find,
    endings.find,
    commands.find,
    spellings.find,
    operator_names.find,
)
"""The rules that look at one formula by itself; labels are counted over the post."""


def find_problems(
    latex: str,
    *,
    macros: Mapping[str, Macro] | None = None,
    display: bool = True,
    ignore: Collection[str] = (),
    style: bool = False,
) -> tuple[Problem, ...]:
    r"""What is not well written in a formula, in the order of the source. Never raises.

    Args:
        latex: the formula, without delimiters.
        macros: commands that were defined before it.
        display: whether it stands on a line of its own; a piece in running text may end anywhere.
        ignore: codes that are turned off.
        style: whether to tell also what is a matter of style.

    Cost: about 0.3 ms for a formula of 50 characters; one of more than `MAX_CHARS` is not looked
    over, which is the reason that its check gives.

    >>> for problem in find_problems(r"frac{1}{2} log x"):
    ...     print(problem.code, problem.span.start, problem.repair)
    lost-backslash 0 \frac
    lost-backslash 11 \log
    """
    if why_too_long(latex):
        return ()
    reading = Reading.of(latex, macros=macros, display=display)
    return in_order([*faults(reading), *labels.find(reading)], ignore, style=style)


def faults(reading: Reading) -> Iterator[Problem]:
    """What the parser and the rules find in a formula by itself, unsorted."""
    yield from (problem for problem in reading.parsed.problems if problem.code != commands.UNKNOWN)
    for rule in RULES:
        yield from rule(reading)


def in_order(
    problems: Iterable[Problem], ignore: Collection[str], *, style: bool = False
) -> tuple[Problem, ...]:
    """Problems by their place, each once, without those that are turned off or information."""
    passed_over = ("info",) if style else ("info", "style")
    kept = {p: None for p in problems if p.code not in ignore and p.severity not in passed_over}
    return tuple(sorted(kept, key=lambda problem: (problem.span.start, problem.span.end)))
