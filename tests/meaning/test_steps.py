"""Budgets of steps: what is counted, and that verdicts do not depend on how busy a machine is."""

import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

import blogkit
from blogkit.check.worker import close_idle_workers
from blogkit.meaning.steps import OutOfStepsError, at_most, counting_calls, spend

CLIP = (
    r"\frac{1}{2}\min\left\{1, \frac{\gamma}{x}\right\} \leq \frac{\gamma}{x+\gamma}"
    r"\leq \min\left\{1, \frac{\gamma}{x}\right\}"
)
STATEMENTS = [
    (CLIP, (r"\gamma > 0", "x > 0")),
    (r"\log(1+e^x) \leq \max(0,x) + \log 2", ()),
    (r"\int_0^1 x^{a-1}(1-x)^{b-1}dx = \frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}", ("a>0", "b>0")),
    (r"\sum_{n=0}^{\infty}\frac{x^n}{n!} = e^x", ()),
]
"""Those that take long: of different methods one that comes near the end of its budget."""
MORE = [
    (r"\left(\sum_{i=1}^n a_i b_i\right)^2 \leq \sum_{i=1}^n a_i^2 \sum_{i=1}^n b_i^2", ()),
    (r"\sum_{k=1}^{n} k^3 = \left(\frac{n(n+1)}{2}\right)^2", ()),
    (r"\lim_{n\to\infty}\frac{n!}{\sqrt{2\pi n}(n/e)^n} = 1", ()),
]
"""Those of the long form."""


@contextmanager
def busy(processes: int) -> Iterator[None]:
    """Other processes that do nothing but keep the processors busy."""
    others = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)
    ]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def said(statements: list[tuple[str, tuple[str, ...]]]) -> list[tuple[str, str]]:
    """Verdicts and reasons of all statements, from workers that have just started."""
    close_idle_workers()
    reports = [blogkit.check_formula(latex, assume=assume) for latex, assume in statements]
    return [(s.verdict, s.reason) for report in reports for s in report.statements]


def test_verdicts_are_the_same_on_a_busy_machine_and_none_is_cut_by_the_clock(
    is_long: bool,
) -> None:
    statements = STATEMENTS + (MORE if is_long else [])
    idle = said(statements)
    with busy(2):
        beside_others = said(statements)
    assert beside_others == idle
    assert not [reason for _, reason in idle if "time ran out" in reason]


def test_a_budget_ends_where_it_is_used_up() -> None:
    with at_most(10):
        for _ in range(3):
            spend(3)
        with pytest.raises(OutOfStepsError):
            spend(3)


def test_what_an_inner_budget_uses_is_taken_off_the_outer_one() -> None:
    with at_most(10):
        with at_most(math.inf):
            spend(7)
        with pytest.raises(OutOfStepsError), at_most(5):
            spend(4)


def test_calls_are_counted_and_the_count_is_the_same_each_time() -> None:
    def work() -> int:
        return sum(abs(complex(n, n)) > 3 for n in range(100)) + len(sorted("ba", key=str.upper))

    def calls_of(function: Callable[[], int]) -> int:
        for budget in range(1, 500):
            try:
                with at_most(budget), counting_calls():
                    function()
            except OutOfStepsError:
                continue
            return budget
        raise AssertionError

    assert calls_of(work) == calls_of(work) > 100
    assert sys.getprofile() is None
