"""What else makes code of LaTeX: latex2code, given every help that the comparison can give it.

It is tried on the formula, on each of its sides as they are written and as blogkit prints them; it
is right if any of these gives a value that one of the sides has to have. Its arguments are taken
for ours by their letters.
"""

import re
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np

from blogkit.compute.code import Code
from blogkit.compute.plan import Plan
from blogkit.formula import build
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.latex import parse
from computing.judge import Trial, same

SECONDS = 10
"""How long the peer may take for one formula."""
_LABEL = re.compile(r"\\(?:label|tag)\{[^{}]*\}|[.,;]\s*$")


class TooLongError(Exception):
    """The peer took too long."""


def latex2code() -> Callable[..., Any] | None:
    """Its function that gives a callable; None where it is not installed."""
    try:
        from latex2code import compile_latex
    except ImportError:
        return None
    found: Callable[..., Any] = compile_latex
    return found


def is_right(
    compile_latex: Callable[..., Any], plan: Plan, code: Code, points: list[Trial]
) -> bool:
    """Whether the peer turns a formula into code whose value is right at all points."""
    values = {_letters(one.name): one.name for one in code.arguments}
    for latex in dict.fromkeys(_texts(plan)):
        try:
            with _at_most(SECONDS), warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                function = compile_latex(latex, backend="numpy").function
                if all(_agrees(function, values, point) for point in points):
                    return True
        except Exception:  # noqa: BLE001 - whatever the peer raises, it gives no value
            continue
    return False


def _texts(plan: Plan) -> Iterator[str]:
    latex = _LABEL.sub("", plan.latex.strip()).strip()
    yield latex
    tree = build(parse(latex).tree).tree
    for node in t.walk(tree):
        if isinstance(node, t.Relation):
            for operand in node.operands:
                yield latex[operand.span.start : operand.span.end]
    for part in plan.parts:
        yield to_latex(part.body)


def _agrees(function: Callable[..., Any], names: dict[str, str], point: Trial) -> bool:
    import inspect

    wanted = inspect.signature(function).parameters
    given = {name: point.arguments[names[_letters(name)]] for name in wanted}
    value = function(**given)
    return any(same(value, expected) for expected in point.expected)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower().replace("lamda", "lambda"))


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
