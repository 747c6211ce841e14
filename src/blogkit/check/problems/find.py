r"""All rules over one formula, and over a post.

A rule is one file; this module only calls them in turn, leaves out what was turned off and sorts
what is left by its place.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from blogkit.check.problems import (
    brackets,
    characters,
    commands,
    endings,
    labels,
    lost_backslash,
    spellings,
    symbols,
)
from blogkit.check.problems.reading import Reading, Rule
from blogkit.latex import Macro, Problem
from blogkit.posts import FormulaSource, Post, line_of
from blogkit.spans import Span
from blogkit.text.mathspans import find_math

RULES: tuple[Rule, ...] = (
    lost_backslash.find,
    characters.find,
    brackets.find,
    endings.find,
    commands.find,
    spellings.find,
)
"""The rules that look at one formula by itself; labels are counted over the post."""


@dataclass(frozen=True, slots=True)
class PostProblem:
    """A problem with its place in a post."""

    problem: Problem
    """The problem; its span counts from the start of `latex`."""
    formula: FormulaSource | None
    """The formula; None where the fault is in running text."""
    latex: str
    """The LaTeX that the problem's span lies in: the formula, or the piece of running text."""
    line: int
    """Line of the file where that LaTeX begins, from 1."""


def find_problems(
    latex: str,
    *,
    macros: Mapping[str, Macro] | None = None,
    display: bool = True,
    ignore: Collection[str] = (),
) -> tuple[Problem, ...]:
    r"""What is not well written in a formula, in the order of the source. Never raises.

    Args:
        latex: the formula, without delimiters.
        macros: commands that were defined before it.
        display: whether it stands on a line of its own; a piece in running text may end anywhere.
        ignore: codes that are turned off.

    >>> for problem in find_problems(r"frac{1}{2} log x"):
    ...     print(problem.code, problem.span.start, problem.repair)
    lost-backslash 0 \frac
    lost-backslash 11 \log
    """
    reading = Reading.of(latex, macros=macros, display=display)
    return _sorted([*_problems(reading), *labels.find(reading)], ignore)


def find_post_problems(
    post: Post, *, ignore: Collection[str] = (), info: bool = False
) -> tuple[PostProblem, ...]:
    r"""What is not well written in the formulas of a post, in the order of its text.

    Macros that a formula defines count for those after it.

    Args:
        post: with its blocks and formulas found, as the library has it.
        ignore: codes that are turned off.
        info: whether to tell also what is only information.

    >>> from blogkit.sources.read import with_formulas
    >>> post, _ = with_formulas(Post(title="例", text=r"由 $x$ 见 \eqref{eq:a}"))
    >>> [found.problem.code for found in find_post_problems(post)]
    ['unknown-label']
    """
    found = list(_of_formulas(post, ignore, info=info))
    found.extend(p for p in _of_running_text(post) if p[1].problem.code not in ignore)
    return tuple(placed for _, placed in sorted(found, key=lambda pair: pair[0]))


def _problems(reading: Reading) -> Iterator[Problem]:
    told_by_rule = (commands.UNKNOWN,)
    yield from (p for p in reading.parsed.problems if p.code not in told_by_rule)
    for rule in RULES:
        yield from rule(reading)


def _sorted(problems: Iterable[Problem], ignore: Collection[str]) -> tuple[Problem, ...]:
    kept = {p: None for p in problems if p.code not in ignore and p.severity != "info"}
    return tuple(sorted(kept, key=lambda p: (p.span.start, p.span.end)))


def _of_formulas(
    post: Post, ignore: Collection[str], *, info: bool
) -> Iterator[tuple[int, PostProblem]]:
    readings = list(_readings(post.formulas))
    borne: Counter[str] = Counter()
    known = labels.labels(text for _, text in _texts(post))
    more = list(symbols.find(readings)) if info else []
    for number, (formula, reading) in enumerate(zip(post.formulas, readings, strict=True)):
        problems = [*_problems(reading), *labels.duplicates(reading, borne)]
        if not post.truncated:
            problems.extend(labels.unknown(formula.latex, known))
        asked = [p for i, p in more if i == number and p.code not in ignore]
        for problem in (*_sorted(problems, ignore), *asked):
            place = formula.span.start + problem.span.start
            yield place, PostProblem(problem, formula, formula.latex, formula.line)


def _readings(formulas: Iterable[FormulaSource]) -> Iterator[Reading]:
    macros: Mapping[str, Macro] = {}
    for formula in formulas:
        reading = Reading.of(formula.latex, macros=macros, display=formula.display)
        macros = reading.parsed.macros
        yield reading


def _texts(post: Post) -> Iterator[tuple[int, str]]:
    """Where the text lies in which formulas are looked for, and that text."""
    if not post.blocks:
        yield 0, post.text
    for block in post.blocks:
        if block.kind != "code":
            yield block.span.start, block.span.of(post.text)


def _of_running_text(post: Post) -> Iterator[tuple[int, PostProblem]]:
    known = labels.labels(text for _, text in _texts(post))
    for start, text in _texts(post):
        formulas, broken = find_math(text)
        for fault in broken:
            problem = Problem(fault.code, "error", fault.message, Span(0, len(fault.span)))
            yield _placed(post, start + fault.span.start, fault.span.of(text), problem)
        if post.truncated:
            continue
        for problem in labels.unknown(text, known):
            at = problem.span.start
            if not any(f.span.start <= at < f.span.end for f in formulas):
                latex = problem.span.of(text)
                here = Problem(problem.code, problem.severity, problem.message, Span(0, len(latex)))
                yield _placed(post, start + at, latex, here)


def _placed(post: Post, start: int, latex: str, problem: Problem) -> tuple[int, PostProblem]:
    line = line_of(start, post.text, post.blocks)
    return start, PostProblem(problem, None, latex, line)
