"""Values of expressions: exact where promised, undefined where they have none."""

import pytest

from blogkit.formula import Symbol, Tree, build
from blogkit.formula.printing import to_latex
from blogkit.latex import parse
from blogkit.meaning.balls import Evaluation, Truth, Uncertain, Unsupported, precision, show
from blogkit.meaning.outcomes import Undefined

X, Y, N = Symbol("x"), Symbol("y"), Symbol("n")


def tree(latex: str) -> Tree:
    return build(parse(latex).tree).tree


def evaluation(*, is_complex: bool = False) -> Evaluation:
    point = {X: tree("2"), Y: tree(r"-\frac{1}{3}"), N: tree("4")}
    return Evaluation(point, is_complex=is_complex, integers=frozenset([N]))


def value(latex: str, *, is_complex: bool = False) -> str:
    with precision(64):
        return show(evaluation(is_complex=is_complex).value(tree(latex)), digits=12)


def truth(latex: str, *, bits: int = 64, is_complex: bool = False) -> Truth:
    with precision(bits):
        return evaluation(is_complex=is_complex).truth(tree(latex))


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{1}{2} + x", "5/2"),
        (r"0.0001", "1/10000"),
        (r"y^{-2}", "9"),
        (r"(-2)^n", "16"),
        (r"0^0", "1"),
        (r"\sqrt[3]{27/8}", "3/2"),
        (r"\sqrt[3]{-27/8}", "-3/2"),
        (r"8^{2/3}", "4"),
        (r"\log_2 8", "3"),
        (r"\log_4 8", "3/2"),
        (r"\lg 1000", "3"),
        (r"\ln 1", "0"),
        (r"\sin(\pi/6)", "1/2"),
        (r"\cos(n\pi)", "1"),
        (r"\cos(2\pi/3)", "-1/2"),
        (r"5!", "120"),
        (r"7!!", "105"),
        (r"\Gamma(5)", "24"),
        (r"\binom{5}{2}", "10"),
        (r"\binom{1/2}{3}", "1/16"),
        (r"\binom{-3}{2}", "6"),
        (r"\binom{n}{7}", "0"),
        (r"(x)_n", "120"),
        (r"\gcd(12, 18)", "6"),
        (r"\operatorname{lcm}(4, 6)", "12"),
        (r"17 \bmod 5", "2"),
        (r"(-17) \bmod 5", "3"),
        (r"\lfloor y \rfloor", "-1"),
        (r"\lceil y \rceil", "0"),
        (r"\operatorname{sgn}(y)", "-1"),
        (r"|y|", "1/3"),
        (r"\max(x, y, 3)", "3"),
        (r"\min\{x, y\}", "-1/3"),
        (r"5\%", "1/20"),
        (r"30^\circ", "1/6π"),
        (r"\sum_{k=1}^n k^2", "30"),
        (r"\sum_{k=1}^{0} k", "0"),
        (r"\prod_{k=1}^n k", "24"),
        (r"\sum_{d \mid n} d", "7"),
        (r"\sum_{1 \le i < j \le n} i j", "35"),
        (r"\sum_{i \in \{1, 2, 5\}} i", "8"),
        (r"\sum_{k=0, k \ne 2}^n k", "8"),
        (r"\max_{1 \le i \le n} (5 i - i^2)", "6"),
        (r"\begin{cases} 1, & x > 3 \\ 5, & \text{otherwise} \end{cases}", "5"),
        (r"|\{1, 2, 2\}|", "2"),
        (r"\frac{d}{dx} x^3", "12"),
        (r"\frac{d^2}{dx^2} \left(x^3\right)", "12"),
    ],
)
def test_rational_values_are_exact(latex: str, expected: str) -> None:
    assert expected == value(latex)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mathrm{i}^2", "-1"),
        (r"\mathrm{e}^{\mathrm{i} \pi}", "-1"),
        (r"\frac{1}{1 + \mathrm{i}}", "1/2 + -1/2i"),
        (r"\sqrt{-4}", "0 + 2i"),
        (r"\overline{1 + \mathrm{i}}", "1 + -1i"),
        (r"|3 + 4\mathrm{i}|", "5"),
        (r"\log(-1)", "0π + 1πi"),
        (r"\arg(-2)", "1π"),
    ],
)
def test_gaussian_values_are_exact(latex: str, expected: str) -> None:
    assert expected == value(latex, is_complex=True)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sqrt{2}", "[1.41421356237 +/- 3.10e-12]"),
        (r"\operatorname{erf}(1)", "[0.842700792950 +/- 3.67e-13]"),
        (r"\Gamma(1/2)", "[1.77245385091 +/- 4.49e-12]"),
        (r"\int_0^1 \sqrt{1 - t^2/4}\, dt", "[0.956611477491 +/- 3.15e-13]"),
        (r"\int_1^x \frac{1}{t} \, dt", "[0.693147180560 +/- 5.47e-14]"),
        (r"\int_{-1}^{1} \arctan(1 - t) \, dt", "[1.40957847937 +/- 4.00e-12]"),
        (r"10^{10^{10}}", "[1.00000000000e+10000000000 +/- 1.80e+9999999979]"),
    ],
)
def test_other_values_are_balls(latex: str, expected: str) -> None:
    assert expected.split(" +/-")[0] == value(latex).split(" +/-")[0]


@pytest.mark.parametrize(
    ("latex", "condition"),
    [
        (r"\frac{1}{x - 2}", r"x - 2 \neq 0"),
        (r"\log y", r"y > 0"),
        (r"\sqrt{y}", r"y \geq 0"),
        (r"\sqrt[4]{y}", r"y \geq 0"),
        (r"y^{1/3}", r"y > 0"),
        (r"y^x", r"y > 0"),
        (r"(x-2)^{x-2}", r"x - 2 \neq 0"),
        (r"0^{-1}", r"-1 > 0"),
        (r"\arcsin x", r"x \in [-1, 1]"),
        (r"\log_1 x", r"1 \neq 1"),
        (r"\Gamma(-n)", r"-n \notin \{0, -1, -2, \dots\}"),
        (r"(-n)!", r"-n \geq 0"),
        (r"\sum_{k=n}^{x} k", r"x \geq 3"),
        (r"\tan(\pi/2)", r"\frac{\pi}{2} \text{ not at a pole}"),
        (r"\gcd(y, 2)", r"y \in \mathbb{Z}"),
    ],
)
def test_undefined_values_say_what_would_be_needed(latex: str, condition: str) -> None:
    with pytest.raises(Undefined) as stop:
        value(latex)
    assert condition == f"{to_latex(stop.value.tree)} {stop.value.requirement}"


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"f(x)", "f has no known meaning"),
        (r"\operatorname{sinc}(x)", "sinc has no known meaning"),
        (r"\psi(x)", "ψ has no known meaning"),
        (r"\sum_{n=1}^\infty \frac{1}{n}", "a series whose rest could not be bounded"),
        (r"\prod_{n=1}^\infty 2", "∞ is no number to compute with"),
        (r"\int_1^\infty e^{-t} dt", "an improper integral"),
        (r"\lim_{t \to 0} t", "there is no rule for 'limit'"),
        (r"9^{9^{9^{9^9}}}", "a number is too large to compute with"),
        (r"(10^{10^9})!", "a number is too large to compute with"),
        (r"\sum_{k=1}^{10^{12}} k", "a sum or product of more than 10000 terms"),
        (r"\|x\|", "there is no rule for 'norm'"),
        (r"\begin{pmatrix} 1 & 2 \end{pmatrix}", "a matrix is no number"),
        (r"\sum_i i", "a bound variable whose range is not said"),
    ],
)
def test_what_has_no_rule_is_refused_with_its_reason(latex: str, reason: str) -> None:
    with pytest.raises(Unsupported) as stop:
        value(latex)
    assert reason == stop.value.reason


def test_log_of_gamma_of_a_complex_number_is_refused() -> None:
    with pytest.raises(Unsupported, match="log-gamma"):
        value(r"\log \Gamma(x)", is_complex=True)


@pytest.mark.parametrize("latex", [r"\int_{-1}^1 \frac{1}{t} dt", r"\lfloor \sqrt{2}^2 \rfloor"])
def test_what_balls_do_not_tell_is_uncertain(latex: str) -> None:
    with pytest.raises(Uncertain):
        value(latex)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x = 2", Truth.TRUE),
        (r"x < 2", Truth.FALSE),
        (r"x \le 2 < n", Truth.TRUE),
        (r"\pi = 3.14159265358979", Truth.FALSE),
        (r"\pi \ne 3", Truth.TRUE),
        (r"\sqrt{2} = \sqrt{2}", Truth.TRUE),
        (r"\sqrt{x} < \sqrt{x}", Truth.FALSE),
        (r"\sqrt{x}^2 = 2", Truth.UNKNOWN),
        (r"x < \infty", Truth.TRUE),
        (r"x \in \mathbb{Z}", Truth.TRUE),
        (r"y \in \mathbb{Z}", Truth.FALSE),
        (r"y \in \mathbb{Q}", Truth.TRUE),
        (r"\sqrt{2} \in \mathbb{Z}", Truth.FALSE),
        (r"x \in \mathbb{Z}_{\ge 3}", Truth.FALSE),
        (r"y \in (-1, 0)", Truth.TRUE),
        (r"x \in [0, 2)", Truth.FALSE),
        (r"x \in \mathbb{R} \setminus \{2\}", Truth.FALSE),
        (r"x \in \{1, \dots, n\}", Truth.TRUE),
        (r"y \notin \{0, -1, \ldots\}", Truth.TRUE),
        (r"17 \equiv 2 \pmod 5", Truth.TRUE),
        (r"2 \mid n", Truth.TRUE),
        (r"n \mid 2", Truth.FALSE),
        (r"x > 3 \implies y > 0", Truth.TRUE),
        (r"x > 1 \iff y > 0", Truth.FALSE),
        (r"\forall k \in \{1, 2, 3\}: k < n", Truth.TRUE),
        (r"\exists k \in \{1, 2, 3\}: k = x", Truth.TRUE),
    ],
)
def test_truth_at_a_point(latex: str, expected: Truth) -> None:
    assert expected == truth(latex)


def test_more_precision_makes_an_enclosed_equality_close() -> None:
    assert truth(r"\sqrt{x}^2 = 2", bits=333) is Truth.CLOSE


def test_twenty_digits_are_told_apart_in_higher_precision() -> None:
    assert truth(r"\pi + 10^{-20} = \pi", bits=333) is Truth.FALSE


def test_an_order_is_never_claimed_of_what_is_only_close() -> None:
    assert truth(r"\sqrt{x}^2 < 2", bits=333) is Truth.UNKNOWN


def test_precision_is_restored() -> None:
    from flint import ctx

    before = ctx.prec
    with precision(500):
        pass
    assert before == ctx.prec
