r"""All rules over a post: its formulas one after another, its labels, and the text between.

What one formula defines (`\newcommand`, a label) counts for the others; a formula that prose cuts
into pieces may open a bracket in one and close it in another.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from blogkit.formula.lengths import why_too_long
from blogkit.latex import Problem
from blogkit.lint import brackets, labels, pieces, symbols
from blogkit.lint.find import faults, in_order
from blogkit.lint.reading import Reading
from blogkit.macros import macros_of
from blogkit.posts import FormulaSource, Post, line_of
from blogkit.spans import Span
from blogkit.text.mathspans import find_math

_LONE_BRACKET_CHARS = len("$)$")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PostProblem:
    """A problem with its place in a post."""

    problem: Problem
    """The problem; its span counts from the start of `latex`."""
    formula: FormulaSource | None
    """The formula; None where the fault is in running text."""
    latex: str
    """The LaTeX that the problem's span lies in: the formula, or a piece of running text."""
    line: int
    """Line of the file where that LaTeX begins, from 1."""
    start: int
    """Where the problem begins, in the post's text."""


def find_post_problems(
    post: Post,
    *,
    formulas: Collection[int] | None = None,
    ignore: Collection[str] = (),
    info: bool = False,
    style: bool = False,
) -> tuple[PostProblem, ...]:
    r"""What is not well written in the formulas of a post, in the order of its text.

    Args:
        post: with its blocks and formulas found, as the library has it.
        formulas: numbers of those that are asked for; all, and the running text, if not given.
        ignore: codes that are turned off.
        info: whether to tell also what is only information, and what is a matter of style.
        style: whether to tell also what is a matter of style.

    Cost: about 0.5 ms a formula that is asked for, 0.3 ms one that is not.

    >>> from blogkit.sources.read import with_formulas
    >>> post, _ = with_formulas(Post(title="例", text=r"由 $x$ 见 \eqref{eq:a}"))
    >>> [found.problem.code for found in find_post_problems(post)]
    ['unknown-label']
    """
    placed = [_Placed(formula, reading, post.text) for formula, reading in _readings(post)]
    placed.sort(key=lambda one: one.formula.span.start)
    style = style or info
    if formulas is None:
        found = _of_formulas(post, placed, placed, ignore, style=style)
        found += _of_running_text(post, placed)
    else:
        near = _in_same_texts(post, placed, formulas)
        found = [
            one
            for one in _of_formulas(post, placed, near, ignore, style=style)
            if one.formula is not None and one.formula.number in formulas
        ]
    if info:
        found.extend(_of_symbols(placed))
    kept = (one for one in found if one.problem.code not in ignore)
    return tuple(sorted(kept, key=lambda one: one.start))


class _Placed:
    """A formula of the post, read, with the offset of its LaTeX in the text."""

    def __init__(self, formula: FormulaSource, reading: Reading, text: str) -> None:
        self.formula = formula
        self.reading = reading
        self.offset = max(text.find(formula.latex, formula.span.start), formula.span.start)

    def problem(self, problem: Problem) -> PostProblem:
        """A problem of the formula, with its place in the post."""
        formula = self.formula
        start = self.offset + problem.span.start
        return PostProblem(problem, formula, formula.latex, formula.line, start)


def _readings(post: Post) -> Iterator[tuple[FormulaSource, Reading]]:
    for formula in post.formulas:
        if not why_too_long(formula.latex):
            macros = macros_of(formula.definitions)
            yield formula, Reading.of(formula.latex, macros=macros, display=formula.display)


def _in_same_texts(post: Post, placed: list[_Placed], numbers: Collection[int]) -> list[_Placed]:
    """The formulas of these numbers and those beside them, where their brackets may close."""
    wanted = [one.formula.span.start for one in placed if one.formula.number in numbers]
    found: list[_Placed] = []
    starts = [one.formula.span.start for one in placed]
    for start, text in _texts(post):
        end = start + len(text)
        if bisect_left(wanted, start) < bisect_left(wanted, end):
            found += placed[bisect_left(starts, start) : bisect_left(starts, end)]
    return found


def _of_formulas(
    post: Post,
    placed: list[_Placed],
    asked: list[_Placed],
    ignore: Collection[str],
    *,
    style: bool,
) -> list[PostProblem]:
    """Problems of the formulas that are asked; labels are counted over all that are placed."""
    borne: Counter[str] = Counter()
    known = labels.labels(text for _, text in _texts(post))
    found: list[PostProblem] = []
    chosen = set(map(id, asked))
    for one in placed:
        problems = list(labels.duplicates(one.reading, borne))
        if id(one) not in chosen:
            continue
        problems.extend(faults(one.reading))
        if not post.truncated:
            problems.extend(labels.unknown(one.formula.latex, known))
        found.extend(one.problem(p) for p in in_order(problems, ignore, style=style))
    paired = _paired_across(post, placed, found)
    return [one for one in found if not (_is_piece(one) and one.start in paired)]


def _is_piece(found: PostProblem) -> bool:
    """Whether it is a bracket without partner in a formula of running text."""
    in_text = found.formula is not None and not found.formula.display
    return in_text and found.problem.code == brackets.UNBALANCED


def _paired_across(post: Post, placed: list[_Placed], found: list[PostProblem]) -> set[int]:
    """Offsets of brackets whose partner is in another formula of the paragraph, or in its prose."""
    strays = [(p.start, p.problem.span.of(p.latex)[-1:]) for p in found if _is_piece(p)]
    if not strays:
        return set()
    formulas = [one.formula.span for one in placed]
    matched: set[int] = set()
    for start, text in _texts(post):
        end = start + len(text)
        inside = [stray for stray in strays if start <= stray[0] < end]
        if inside:
            prose = pieces.in_prose(_without(formulas, start, text), start)
            matched |= pieces.paired([*inside, *prose])
    return matched


def _without(formulas: list[Span], start: int, text: str) -> str:
    """A paragraph with its formulas blanked out; `$)$` stays, since it only closes another."""
    first = bisect_left(formulas, start, key=lambda span: span.start)
    last = bisect_left(formulas, start + len(text), key=lambda span: span.start)
    pieces_left: list[str] = []
    done = 0
    for span in formulas[first:last]:
        if len(span) > _LONE_BRACKET_CHARS:
            pieces_left += (text[done : span.start - start], " " * len(span))
            done = span.end - start
    return "".join((*pieces_left, text[done:]))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _of_symbols(placed: list[_Placed]) -> Iterator[PostProblem]:
    for number, problem in symbols.find([one.reading for one in placed]):
        yield placed[number].problem(problem)


def _texts(post: Post) -> Iterator[tuple[int, str]]:
    """The stretches of text in which formulas are looked for, with their offsets."""
    if not post.blocks:
        yield 0, post.text
    for block in post.blocks:
        if block.kind != "code":
            yield block.span.start, block.span.of(post.text)


def _of_running_text(post: Post, placed: list[_Placed]) -> Iterator[PostProblem]:
    known = labels.labels(text for _, text in _texts(post))
    formulas = [one.formula.span for one in placed]
    for start, text in _texts(post):
        for fault in find_math(text)[1]:
            problem = Problem(fault.code, "error", fault.message, fault.span)
            yield _in_text(post, start, text, problem)
        if not post.truncated:
            prose = _CODE_SPAN.sub(_blank, _without(formulas, start, text))
            for problem in labels.unknown(prose, known):
                yield _in_text(post, start, text, problem)


def _in_text(post: Post, start: int, text: str, problem: Problem) -> PostProblem:
    """A problem of running text; its LaTeX is what it covers."""
    latex, place = problem.span.of(text), start + problem.span.start
    here = replace(problem, span=Span(0, len(latex)))
    return PostProblem(here, None, latex, line_of(place, post.text, post.blocks), place)
