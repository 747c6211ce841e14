"""Trees printed as LaTeX read back as the same trees."""

import json
from pathlib import Path

import pytest

from blogkit.check.trees.printing import to_latex
from blogkit.check.trees.reading import read
from blogkit.formula import Opaque, Text, Where, to_sexpr, walk

ROOT = Path(__file__).parents[2]
FUNGRIM = ROOT / ".." / "shared" / "data" / "fungrim" / "formulas.jsonl"


@pytest.mark.parametrize(
    "latex",
    [
        r"(a + b)^2 = a^2 + 2ab + b^2",
        r"\left(\frac{a}{b}\right)^n = \frac{a^n}{b^n}",
        r"-(-x) = x",
        r"2 \cdot 3 = 6",
        r"a(b + c) = ab + ac",
        r"\sum_{i=1}^n x_i^2 \geq 0",
        r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
        r"\int_0^1 x^2 \, dx = \frac{1}{3}",
        r"(AB)^\top = B^\top A^\top",
        r"\mathbb{E}_{z \sim p}[f(z)]",
        r"p(y | x) = \frac{p(x, y)}{p(x)}",
        r"x \in \mathbb{R} \setminus \{0\}",
        r"\boldsymbol{\theta}_t^{(k)}",
        r"\frac{\partial^2 f}{\partial x^2}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\left(x \neq 0 \land y \neq 0\right) \lor z > 0",
    ],
)
def test_what_is_printed_reads_back(latex: str) -> None:
    tree = read(latex).tree
    assert to_sexpr(read(to_latex(tree)).tree) == to_sexpr(tree)


@pytest.mark.skipif(not FUNGRIM.exists(), reason="needs ../shared/data/fungrim")
def test_nine_in_ten_formulas_of_fungrim_read_back() -> None:
    lines = FUNGRIM.read_text(encoding="utf-8").splitlines()[::3]
    trees = [read(json.loads(line)["latex"]).tree for line in lines]
    trees = [x for x in trees if not any(isinstance(n, Opaque | Where | Text) for n in walk(x))]
    same = sum(to_sexpr(read(to_latex(tree)).tree) == to_sexpr(tree) for tree in trees)
    assert same > 0.9 * len(trees)
