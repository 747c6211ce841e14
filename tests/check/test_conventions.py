r"""Readings that a claim is given before it is decided, each stated among its assumptions."""

import pytest

import blogkit
from blogkit.check.context.conventions import tied
from blogkit.formula.printing import to_latex
from blogkit.meaning.trees.reading import read


def put(latex: str) -> str:
    return to_latex(tied(read(latex).tree)[0])


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\text{ReLU}(x)", r"\max(x, 0)"),
        (r"\text{sigmoid}(x)", r"\frac{1}{1 + e^{-x}}"),
        (r"\text{softplus}(x)", r"\log(1 + e^{x})"),
        (r"(x\ln x)'", r"\frac{\mathrm{d}}{\mathrm{d} x} x \ln(x)"),
        (r"(ax)'", r"\left(a x\right)'"),
        (r"\max_i x_i + \sum_{j=1}^n x_j", r"\max_{i = 1}^{n} x_{i} + \sum_{j = 1}^{n} x_{j}"),
        (r"\max_i x_i", r"\max_{i} x_{i}"),
        (r"\max_i y_i + \sum_{j=1}^n x_j", r"\max_{i} y_{i} + \sum_{j = 1}^{n} x_{j}"),
    ],
)
def test_what_is_read_in_other_terms(latex: str, expected: str) -> None:
    assert expected == put(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathbb{E}_{x\sim\mathcal{N}(0,\boldsymbol{I})}[x]",
        r"\mathbb{E}_{x\sim\mathcal{N}(0,1)}[f(x)]",
        r"\mathbb{E}_{x\sim r(x)}\left[\log\frac{p(x)}{q(x)}\right]",
    ],
)
def test_expectations_without_a_density_stay(latex: str) -> None:
    tree = read(latex).tree
    assert tied(tree)[0] == tree


def test_what_was_read_in_other_terms_is_printed() -> None:
    report = blogkit.check_formula(r"\text{ReLU}(x) + \text{ReLU}(-x) = |x| + 1")
    (statement,) = report.statements
    assert statement.verdict == "refuted"
    assert r"\operatorname{ReLU}(x) = \max(x, 0)" in statement.assumptions


def test_the_logarithm_of_an_expectation_is_one() -> None:
    report = blogkit.check_formula(r"\mathbb{E}[\log X] \leq \log\mathbb{E}[X]")
    assert [statement.verdict for statement in report.statements] == ["proved"]
