r"""Formulas checked: of a library, of a post, or LaTeX as it is.

    check_formula(r"\sqrt{x^2} = x").counts["refuted"]   # 1

What is asked is gathered first, for all formulas; the questions are then decided side by side in
worker processes. Imports no algebra: that is the workers' business.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from blogkit.check.context.post_notes import read_post
from blogkit.check.context.questions import PostContext, questions
from blogkit.check.reports import CheckedFormula, CheckReport
from blogkit.check.verdicts import checked
from blogkit.check.worker import decide_groups
from blogkit.errors import LibraryBusyError, QueryError
from blogkit.language import Message
from blogkit.library.formulas import parse_formula
from blogkit.lint import find_post_problems, find_problems
from blogkit.macros import macros_of
from blogkit.meaning.facts.assume import read_assumptions
from blogkit.store import checked as stored_checked
from blogkit.store import formulas as stored_formulas
from blogkit.store import posts as stored_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from blogkit.check.answers import Answer
    from blogkit.check.context.questions import Asked
    from blogkit.latex import Problem
    from blogkit.meaning.facts.known import Fact
    from blogkit.store.database import Database
    from blogkit.store.formulas import PostFormula

    Progress = Callable[[int, int, str], None]

USUAL_SECONDS = 5.0
"""How long one statement may have the processor, if nothing is said."""


@dataclass(frozen=True, slots=True)
class _Target:
    """One formula to check, or a piece of running text that is not written well."""

    formula_id: str | None
    latex: str
    path: str | None
    line: int | None
    context: PostContext | None
    problems: tuple[Problem, ...]
    states: bool = True
    definitions: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """How formulas are checked."""

    assume: tuple[str, ...] = ()
    """What is taken for true: `x > 0`, LaTeX or plain."""
    seconds: float = USUAL_SECONDS
    """How long one statement may have the processor."""
    ignore: tuple[str, ...] = ()
    """Codes of problems that are not reported."""
    progress: Progress | None = None
    """Called as statements are decided, with how many are done, how many there are, and a name."""

    @property
    def is_usual(self) -> bool:
        """Whether nothing was assumed, and there is as much time as there is if nothing is said."""
        return not self.assume and self.seconds >= USUAL_SECONDS

    def __post_init__(self) -> None:
        """Raise QueryError unless the time is one that can pass."""
        if not isinstance(self.seconds, (int, float)):
            raise TypeError(f"seconds: expected a number, found {type(self.seconds).__name__}")
        if not 0 < self.seconds < float("inf"):
            raise QueryError(
                Message("seconds: expected a number above 0, found {seconds}", seconds=self.seconds)
            )


def given_texts(given: str | Iterable[str]) -> tuple[str, ...]:
    """Texts given one by one or as a bare one, which would else be taken letter by letter.

    Raises:
        TypeError: if one is no text.

    >>> given_texts("x > 0"), given_texts(["x > 0", "y < 1"])
    (('x > 0',), ('x > 0', 'y < 1'))
    """
    texts = (given,) if isinstance(given, str) else tuple(given)
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"expected LaTeX as text, found {type(text).__name__}")
    return texts


def check_formula(
    latex: str, assume: Iterable[str] = (), *, seconds: float = 5.0, ignore: Iterable[str] = ()
) -> CheckReport:
    r"""One formula checked: well written? a statement? true?

    Args:
        latex: the formula, with or without delimiters; it may be broken, which is reported.
        assume: what is taken for true, such as ``x > 0`` or ``n integer``; one or several.
        seconds: how long one statement may have the processor, above 0; then it is undecided. By
            the clock it is at most ten times as long, where other programs are busy.
        ignore: codes of problems that are not reported (docs/errors.md).

    Raises:
        FormulaError: if an assumption can't be read.
        QueryError: if seconds is not above 0.

    >>> [s.verdict for s in check_formula(r"(a+b)^2 = a^2 + 2ab + b^2").statements]
    ['proved']
    """
    (latex,) = given_texts([latex])
    return check_latex(latex, how=How(given_texts(assume), seconds, given_texts(ignore)))


def check_latex(*formulas: str, how: How = How()) -> CheckReport:
    """Formulas checked that are in no post."""
    return _check([_alone(latex, how) for latex in formulas], how)


def check_library(database: Database, names: Sequence[str], how: How) -> CheckReport:
    """Formulas of a library checked, each with what its post says.

    Args:
        database: the library's.
        names: formula ids, posts, or LaTeX; without any, all formulas of the library.
        how: how they are checked.

    Raises:
        PostNotFoundError: if a name is no LaTeX and no post or formula bears it.
    """
    if not names:
        numbers = stored_posts.post_numbers(database)
        asked = chain.from_iterable(_of_post(database, number, how) for number in numbers)
        return _check_posts(database, numbers, asked, how)
    parts = {
        name: _Part(*stored_formulas.post_or_formula(database, name))
        for name in names
        if not is_latex(name)
    }
    found = _of_parts(database, parts.values(), how)
    wanted = (found[parts[name]] if name in parts else [_alone(name, how)] for name in names)
    whole = [part.post for part in parts.values() if part.formula is None]
    return _check_posts(database, whole, chain.from_iterable(wanted), how)


def _check_posts(
    database: Database, posts: Iterable[int], targets: Iterable[_Target], how: How
) -> CheckReport:
    """What is asked, checked; what is in doubt of the posts that are among it as a whole is kept.

    It is not where something was assumed, where there was less time than usual, or where the
    library can't be written now: what was found is the answer, with or without being kept.
    """
    before = stored_checked.as_they_are(database, posts)
    report = _check(targets, how)
    if before and how.is_usual and database.is_writable:
        with suppress(LibraryBusyError), database.noting():
            stored_checked.put_checked(database, before.values(), _doubts(report, before))
    return report


def _doubts(report: CheckReport, posts: Container[str]) -> dict[str, list[tuple[str, str]]]:
    """By post, the names of its formulas that are refuted or undecided, and the worse of the two.

    Args:
        report: what was found.
        posts: ids of the posts that are asked about; they may hold ``#``.
    """
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for result in report:
        verdict = next((word for word in ("refuted", "undecided") if word in result.verdicts), "")
        name = (verdict and result.formula_id) or ""
        ends = (at for at, char in enumerate(name) if char == "#" and name[:at] in posts)
        for end in islice(ends, 1):
            found[name[:end]].append((name[end + 1 :], verdict))
    return found


def is_latex(name: str) -> bool:
    r"""Whether what is to be checked is LaTeX, not the name of a post or formula.

    >>> is_latex(r"a = b"), is_latex("3f9a#eq:clip-1"), is_latex("日食记")
    (True, False, False)
    """
    return not _ID.fullmatch(name) and _LATEX.search(name) is not None


_ID = re.compile(r"[^\\{}$#=<>]+#[^\\{}$#=<>]+")
_LATEX = re.compile(r"[\\=<>^{}$≤≥≠]")


@dataclass(frozen=True, slots=True)
class _Part:
    """What a name stands for: a post, or one formula of it."""

    post: int
    """The number of the post."""
    formula: PostFormula | None = None
    """The formula; None for all of the post."""


def _of_parts(database: Database, parts: Iterable[_Part], how: How) -> dict[_Part, list[_Target]]:
    """What is to be checked of each part; each post is read once, however many are its parts."""
    asked: dict[int, list[_Part]] = defaultdict(list)
    for part in parts:
        asked[part.post].append(part)
    found: dict[_Part, list[_Target]] = {}
    for number, own in asked.items():
        formulas = [part.formula for part in own if part.formula is not None]
        is_whole = len(formulas) < len(own)
        targets = list(_of_post(database, number, how, None if is_whole else formulas))
        by_id = {target.formula_id: target for target in targets if target.formula_id}
        for part in own:
            found[part] = [by_id[part.formula.id]] if part.formula is not None else targets
    return found


def _alone(latex: str, how: How) -> _Target:
    """LaTeX that is in no post."""
    formula = parse_formula(latex)
    problems = find_problems(formula.latex, ignore=how.ignore, style=True)
    return _Target(None, formula.latex, None, None, None, problems)


def _of_post(
    database: Database, number: int, how: How, formulas: Sequence[PostFormula] | None = None
) -> Iterator[_Target]:
    """Formulas of a post, in the post's order.

    Args:
        database: the library's.
        number: the post.
        how: how they are checked.
        formulas: those that are asked for; if not given, all of them, and before them what is
            wrong with the running text.
    """
    post = stored_posts.read_post(database, number)
    notes = read_post(post)
    problems: dict[int, list[Problem]] = defaultdict(list)
    numbers = None if formulas is None else {formula.number for formula in formulas}
    for found in find_post_problems(post, formulas=numbers, ignore=how.ignore, style=True):
        if found.formula is not None:
            problems[found.formula.number].append(found.problem)
        else:
            yield _Target(
                None, found.latex, post.path, found.line, None, (found.problem,), states=False
            )
    if formulas is None:
        formulas = list(stored_formulas.formulas_of_posts(database, [number]))
    for formula in formulas:
        if formula.passage is not None:
            yield _of_copy(formula, how)
            continue
        context = PostContext(notes, formula.span)
        own = tuple(problems[formula.number])
        yield _Target(
            formula.id, formula.latex, formula.path, formula.line, context, own,
            definitions=formula.definitions,
        )  # fmt: skip


def _of_copy(formula: PostFormula, how: How) -> _Target:
    """A formula that only another copy has: nothing is known of it but what the post defines."""
    macros = macros_of(formula.definitions)
    problems = find_problems(formula.latex, macros=macros, ignore=how.ignore, style=True)
    return _Target(
        formula.id, formula.latex, formula.path, formula.line, None, problems,
        definitions=formula.definitions,
    )  # fmt: skip


def _check(targets: Iterable[_Target], how: How) -> CheckReport:
    started = time.monotonic()
    given = read_assumptions(how.assume)
    asked = [(target, _asked(target, given)) for target in targets]
    waiting = [part.questions for _, parts in asked for part in parts if part.questions]

    def report(done: int) -> None:
        if how.progress:
            how.progress(done, len(waiting), "")

    answered = decide_groups(waiting, seconds=how.seconds, progress=report)
    answers = (answer for group in answered for answer in group)
    results = tuple(_result(target, parts, answers) for target, parts in asked)
    return CheckReport(results, time.monotonic() - started)


def _asked(target: _Target, given: tuple[Fact, ...]) -> tuple[Asked, ...]:
    if not target.states:
        return ()
    macros = macros_of(target.definitions)
    return questions(target.latex, context=target.context, assume=given, macros=macros)


def _result(target: _Target, parts: Iterable[Asked], answers: Iterator[Answer]) -> CheckedFormula:
    """The result of one formula; it takes as many answers as it asked questions."""
    statements = tuple(checked(part, answers) for part in parts)
    return CheckedFormula(
        target.formula_id, target.latex, target.path, target.line, target.problems, statements,
        target.definitions,
    )  # fmt: skip
