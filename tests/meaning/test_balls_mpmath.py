"""Balls against mpmath, an implementation of its own: values of random trees agree."""

from collections.abc import Callable

import mpmath
import pytest
from flint import acb, arb, fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from blogkit.formula import Apply, Constant, Number, Symbol, Tree
from blogkit.formula.printing import to_latex
from blogkit.meaning.balls import Evaluation, Uncertain, Unsupported, precision
from blogkit.meaning.balls.values import Exact, Value, to_complex
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.sampling.candidates import rational

DIGITS = 50
X = Symbol("x")
POINT = Apply("divide", (Number("7"), Number("5")))

UNARY: dict[str, Callable[[mpmath.mpc], mpmath.mpc]] = {
    "minus": lambda x: -x,
    "exp": mpmath.exp,
    "ln": mpmath.log,
    "log": mpmath.log,
    "root": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "arctan": mpmath.atan,
    "arcsinh": mpmath.asinh,
    "erf": mpmath.erf,
    "erfc": mpmath.erfc,
    "abs": abs,
    "real-part": mpmath.re,
    "imaginary-part": mpmath.im,
    "conjugate": mpmath.conj,
}
BINARY: dict[str, Callable[[mpmath.mpc, mpmath.mpc], mpmath.mpc]] = {
    "plus": lambda a, b: a + b,
    "times": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: mpmath.power(a, b),
}

LEAVES: st.SearchStrategy[Tree] = st.sampled_from(
    [X, Number("2"), Number("3"), Number("0.5"), Constant("π"), Constant("e"), Constant("i")]
)


def _grow(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    unary = st.builds(lambda name, a: Apply(name, (a,)), st.sampled_from(sorted(UNARY)), trees)
    pairs = st.tuples(trees, trees)
    binary = st.builds(lambda name, ab: Apply(name, ab), st.sampled_from(sorted(BINARY)), pairs)
    return unary | binary


TREES = st.recursive(LEAVES, _grow, max_leaves=6)


def by_mpmath(tree: Tree) -> mpmath.mpc:
    """The same value by mpmath, node by node."""
    match tree:
        case Number(text):
            return mpmath.mpf(text)
        case Symbol():
            return mpmath.mpf(7) / 5
        case Constant(name):
            return {"π": mpmath.pi, "e": mpmath.e, "i": mpmath.mpc(0, 1)}[name] + 0
        case Apply(name, (a,)):
            return UNARY[name](by_mpmath(a))
        case Apply(name, (a, b)):
            return BINARY[name](by_mpmath(a), by_mpmath(b))
    raise AssertionError(tree)


def ball(value: Value) -> acb:
    assert isinstance(value, fmpq | Exact | arb | acb)
    return to_complex(value)


@settings(max_examples=150)
@given(TREES)
def test_balls_agree_with_mpmath_to_fifty_digits(tree: Tree) -> None:
    with precision(400), mpmath.workdps(DIGITS + 40):
        evaluation = Evaluation({X: POINT}, is_complex=True)
        try:
            found = ball(evaluation.value(tree))
        except (Undefined, Uncertain, Unsupported):
            assume(False)
        assume(found.abs_upper() < arb(10) ** 30)
        try:
            expected = mpmath.mpmathify(by_mpmath(tree))
        except (ZeroDivisionError, ValueError, OverflowError):
            assume(False)
        assume(mpmath.isfinite(expected))
        digits = DIGITS + 35
        other = acb(
            arb(mpmath.nstr(mpmath.re(expected), digits)),
            arb(mpmath.nstr(mpmath.im(expected), digits)),
        )
        distance = abs(found - other).abs_lower()
        size = max(arb(1), found.abs_upper())
        assert distance < size * arb(10) ** -DIGITS, to_latex(tree)


@pytest.mark.parametrize(("n", "k"), [(7, 3), (-4, 3), (0, 0), (3, 5), (12, 12)])
def test_binomials_agree_with_mpmath(n: int, k: int) -> None:
    tree = Apply("binomial", (rational(n), rational(k)))
    expected = int(mpmath.binomial(n, k))
    assert fmpq(expected) == Evaluation({}, is_complex=False).value(tree)
