"""The displays of the seeds: each with its verdict, and wrong variants of the true ones refuted."""

from pathlib import Path

import pytest

import blogkit
from blogkit import Library
from blogkit.check.reports import CheckedStatement

LIMIT = 30.0
"""Seconds a statement: enough for a busy machine; none needs more than two."""

TABLE = {
    ("000", 14): [("limit", "proved")],
    ("000", 77): [("definition", "not_a_statement")],
    ("000", 79): [("other", "not_a_statement")] * 2,
    ("000", 99): [("definition", "not_a_statement")],
    ("001", 14): [("identity", "proved")],
    ("002", 33): [("definition", "not_a_statement")] * 2,
    ("002", 54): [("model", "not_a_statement")],
    ("002", 80): [("update", "not_a_statement")],
    ("002", 82): [("update", "not_a_statement")],
    ("002", 84): [("update", "not_a_statement")],
    ("002", 86): [("inequality", "proved")] * 2,
    ("002", 99): [("objective", "not_a_statement")],
    ("002", 101): [("objective", "not_a_statement")],
    ("004", 17): [("identity", "proved")],
    ("004", 75): [("definition", "not_a_statement"), *[("update", "not_a_statement")] * 4],
}


@pytest.fixture(scope="module")
def checked(seeded_folder: Path) -> dict[tuple[str, int], tuple[CheckedStatement, ...]]:
    with Library.open(seeded_folder) as library:
        displays = {f.id for f in library.formulas() if f.display}
        report = library.check(seconds=LIMIT)
    return {
        (Path(result.path or "").name[:3], result.line or 0): result.statements
        for result in report
        if result.formula_id in displays
    }


def test_every_display_of_the_seeds_has_the_verdict_of_the_table(checked) -> None:
    found = {
        place: [(statement.kind, statement.verdict) for statement in statements]
        for place, statements in checked.items()
    }
    assert found == TABLE


def test_what_a_proof_rests_on_is_printed(checked) -> None:
    first, second = checked["002", 86]
    for statement in (first, second):
        assert r"\gamma > 0" in statement.assumptions
        assert statement.conditions == (r"\left\|\nabla_{\theta} f(\theta)\right\| \neq 0",)
    (softmax,) = checked["004", 17]
    assert {r"n \in \mathbb{N}", r"s_{t} \in \mathbb{R}"} <= set(softmax.assumptions)
    (chain,) = checked["001", 14]
    assert chain.method == "probability chain rule"
    assert any("Y" in condition for condition in chain.conditions)


SQUEEZE = (
    r"\max(x_1,x_2,\dots,x_n)"
    r" = \lim_{K\to +\infty}\frac{1}{K}\log\left(\sum_{i=1}^n e^{K x_i}\right)"
)
SOFTMAX = (
    r"-\log \frac{e^{s_t}}{\sum\limits_{i=1}^n e^{s_i}}= - s_t + \log \sum\limits_{i=1}^n e^{s_i}"
)
CLIP = (
    r"\frac{1}{2}\min\left\{1, \frac{\gamma}{\Vert \nabla_{\theta} f(\theta)\Vert}\right\}"
    r"\leq \frac{\gamma}{\Vert \nabla_{\theta} f(\theta)\Vert+\gamma}"
    r"\leq \min\left\{1, \frac{\gamma}{\Vert \nabla_{\theta} f(\theta)\Vert}\right\}"
)
CHAIN = r"p(Y|X)=p(y_1|X)p(y_2|X,y_1)p(y_3|X,y_1,y_2)\cdots"

VARIANTS = [
    (SQUEEZE, r"\max", r"\min"),
    (SQUEEZE, r"+\infty", r"-\infty"),
    (SQUEEZE, r"e^{K x_i}", r"e^{-K x_i}"),
    (SQUEEZE, r"\frac{1}{K}", r"\frac{2}{K}"),
    (SQUEEZE, r"\frac{1}{K}", r"-\frac{1}{K}"),
    (SQUEEZE, r"i=1", r"i=2"),
    (SQUEEZE, r"}^n", r"}^{n-1}"),
    (SQUEEZE, r"x_i}\right)", r"x_i}\right) + 10^{-12}"),
    (SOFTMAX, r"= - s_t", r"= s_t"),
    (SOFTMAX, r"+ \log", r"- \log"),
    (SOFTMAX, r"-\log \frac", r"\log \frac"),
    (SOFTMAX, r"= - s_t", r"= 10^{-12} - s_t"),
    (SOFTMAX, r"+ \log \sum\limits_{i=1}", r"+ \log \sum\limits_{i=2}"),
    (SOFTMAX, r"= - s_t", r"= - s_1"),
    (CLIP, r"\frac{1}{2}\min", r"0.5001\min"),
    (CLIP, r"\frac{1}{2}\min", r"\frac{1}{2}\left(1+10^{-12}\right)\min"),
    (CLIP, r"\frac{1}{2}\min", r"\frac{1}{2}\max"),
    (CLIP, r"\leq \frac{\gamma}", r"\geq \frac{\gamma}"),
    (CLIP, r"\leq \min", r"\leq 0.9999\min"),
    (CLIP, r"+\gamma}", r"-\gamma}"),
    (CHAIN, r"p(y_2|X,y_1)", r"p(y_2|X)"),
    (CHAIN, r"p(y_3|X,y_1,y_2)", r"p(y_3|X,y_2)"),
    (CHAIN, r"p(y_1|X)", r"p(y_1)"),
    (CHAIN, r"p(Y|X)", r"p(X|Y)"),
    (CHAIN, r"p(y_2|X,y_1)", r"p(y_1|X,y_2)"),
]


@pytest.mark.parametrize(("latex", "old", "new"), VARIANTS)
def test_a_wrong_variant_is_refuted_with_a_counterexample(latex: str, old: str, new: str) -> None:
    wrong = latex.replace(old, new, 1)
    assert wrong != latex
    report = blogkit.check_formula(wrong, assume=[r"\gamma > 0"], seconds=LIMIT)
    assert report.counts["refuted"] >= 1
    for statement in report.statements:
        if statement.verdict == "refuted":
            assert statement.counterexample
            assert statement.method.startswith(("exact ", "ball arithmetic"))


@pytest.mark.parametrize("latex", [SQUEEZE, SOFTMAX, CLIP, CHAIN])
def test_the_true_ones_are_proved_by_themselves(latex: str) -> None:
    report = blogkit.check_formula(latex, assume=[r"\gamma > 0"], seconds=LIMIT)
    assert {statement.verdict for statement in report.statements} == {"proved"}
