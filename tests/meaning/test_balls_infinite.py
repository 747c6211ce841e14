r"""Series and integrals to infinity: the balls hold what mpmath finds, and are narrow."""

import mpmath
import pytest
from flint import arb

from blogkit.formula import Number, Symbol, Tree
from blogkit.meaning.balls import Evaluation, Unsupported, precision
from blogkit.meaning.balls.values import Value, to_real
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.trees.reading import read

DIGITS = 14


def value(latex: str, **at: str) -> Value:
    point: dict[Tree, Tree] = {Symbol(name): Number(text) for name, text in at.items()}
    with precision(64):
        return Evaluation(point, is_complex=False).value(read(latex).tree)


def distance(found: Value, expected: mpmath.mpf) -> arb:
    return abs(to_real(found) - arb(mpmath.nstr(expected, 40)))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sum_{n=0}^{\infty} \frac{1}{n!}", "e"),
        (r"\sum_{n=1}^{\infty} \frac{1}{n!}", "e - 1"),
        (r"\sum_{n=0}^{\infty} \frac{(-1)^n}{(2n)!}", "cos(1)"),
        (r"\sum_{n=0}^{\infty} \frac{3^{2n+1}}{(2n+1)!}", "sinh(3)"),
        (r"\sum_{k=1}^{\infty} \frac{k^2}{2^k}", "mpf(6)"),
        (r"\sum_{k=1}^{\infty} \frac{(-1)^{k+1}}{k 2^k}", "log(1.5)"),
        (r"\sum_{k=3}^{\infty} 0.9^k", "mpf('0.729') * 10"),
        (r"\sum_{k=0}^{\infty} (k^2 + k + 1) e^{-k}", None),
    ],
)
def test_series_with_falling_quotients_are_exact_to_the_last_bits(latex: str, expected) -> None:
    with mpmath.workdps(40):
        if expected is None:
            wanted = mpmath.nsum(lambda k: (k * k + k + 1) * mpmath.exp(-k), [0, mpmath.inf])
        else:
            wanted = eval(expected, vars(mpmath))
        assert distance(value(latex), wanted) < arb(10) ** -DIGITS


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sum_{n=1}^{\infty} \frac{1}{n^2}", mpmath.zeta(2)),
        (r"\sum_{n=1}^{\infty} \frac{1}{n(n+1)}", mpmath.mpf(1)),
        (r"\sum_{n=1}^{\infty} \frac{(-1)^n}{n^3}", -0.75 * mpmath.zeta(3)),
    ],
)
def test_slow_series_are_enclosed(latex: str, expected: mpmath.mpf) -> None:
    found = to_real(value(latex))
    assert found.contains(arb(mpmath.nstr(expected, 15)))
    assert found.rad() < arb("0.01")


@pytest.mark.parametrize(
    "latex",
    [
        r"\sum_{n=1}^{\infty} \frac{1}{n}",
        r"\sum_{n=0}^{\infty} 2^n",
        r"\sum_{n=0}^{\infty} (-1)^n",
        r"\sum_{n=0}^{\infty} n!",
        r"\sum_{n=1}^{\infty} \sin n",
        r"\sum_{n=1}^{\infty} \frac{n}{n+1}",
        r"\sum_{n=0}^{\infty} \frac{n!}{10^n}",
    ],
)
def test_series_that_diverge_or_have_no_bound_have_no_value(latex: str) -> None:
    with pytest.raises(Unsupported, match="a series"):
        value(latex)


@pytest.mark.parametrize(
    ("latex", "at", "expected"),
    [
        (r"\int_0^{\infty} x^{s-1} e^{-x} dx", {"s": "2.5"}, mpmath.gamma(2.5)),
        (r"\int_0^{\infty} (x^2+1) e^{-3x} dx", {}, mpmath.mpf(2) / 27 + mpmath.mpf(1) / 3),
        (r"\int_0^{\infty} \frac{e^{-x}}{\sqrt{x}} dx", {}, mpmath.sqrt(mpmath.pi)),
        (r"\int_0^{\infty} x^3 e^{-x^2} dx", {}, mpmath.mpf(1) / 2),
        (r"\int_{-\infty}^{\infty} e^{-x^2+2x} dx", {}, mpmath.sqrt(mpmath.pi) * mpmath.e),
        (r"\int_{-\infty}^{\infty} x e^{-(x-3)^2/2} dx", {}, 3 * mpmath.sqrt(2 * mpmath.pi)),
        (r"\int_{-\infty}^{\infty} x^4 e^{-x^2/2} dx", {}, 3 * mpmath.sqrt(2 * mpmath.pi)),
    ],
)
def test_integrals_of_powers_and_exponentials(latex: str, at: dict, expected: mpmath.mpf) -> None:
    assert distance(value(latex, **at), expected) < arb(10) ** -13


@pytest.mark.parametrize(
    "latex",
    [
        r"\int_0^{\infty} e^{x} dx",
        r"\int_0^{\infty} \frac{e^{-x}}{x} dx",
        r"\int_{-\infty}^{\infty} e^{x^2} dx",
        r"\int_0^{\infty} x^{-2} e^{-x} dx",
    ],
)
def test_integrals_that_diverge_are_undefined(latex: str) -> None:
    with pytest.raises(Undefined):
        value(latex)


@pytest.mark.parametrize(
    "latex",
    [r"\int_0^{\infty} \sin x \, dx", r"\int_1^{\infty} e^{-x} dx", r"\int_{-\infty}^0 e^x dx"],
)
def test_other_integrals_to_infinity_are_refused(latex: str) -> None:
    with pytest.raises(Unsupported, match="an improper integral"):
        value(latex)


def test_an_infinite_sum_is_not_derived_term_by_term() -> None:
    with pytest.raises(Unsupported, match="a derivative that no rule gives"):
        value(r"\frac{d}{dx}\sum_{n=1}^{\infty} \frac{\sin(nx)}{n^2}", x="1")
