"""Trees printed as LaTeX read back as the same trees; two symbols never print alike."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from blogkit.formula import Opaque, Symbol, Text, Where, to_sexpr, walk
from blogkit.formula.printing import to_latex
from blogkit.meaning.trees.reading import read

ROOT = Path(__file__).parents[2]
FUNGRIM = ROOT / ".." / "shared" / "data" / "fungrim" / "formulas.jsonl"

LETTERS = ["x", "A", "p", "D", r"\theta", r"\Omega", r"\varepsilon", r"\epsilon", r"\ell", "梯"]
LETTERS += [r"\operatorname{KL}", r"\text{损失}", r"\text{a-b}", r"\text{a\_b}"]
FONTS = ["mathbf", "mathbb", "mathcal", "mathscr", "mathfrak", "mathsf", "mathtt", "mathrm"]
ACCENTS = ["hat", "check", "tilde", "bar", "vec", "dot", "ddot", "dddot", "breve", "acute"]
ACCENTS += ["grave", "mathring", "underline"]
ACCENTS += ["overleftarrow", r"overset{\circ}", r"overset{*}", r"underset{\sim}"]
MARKS = ["*", "+", "-", r"\dagger", r"\ddagger", r"\sharp", r"\natural", r"\times", r"\bot"]
MARKS += [r"\oplus"]


def names(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    r"""LaTeX of a name that bears more than the names in it do."""
    return st.one_of(
        st.builds(lambda accent, name: rf"\{accent}{{{name}}}", st.sampled_from(ACCENTS), inner),
        st.builds(lambda name, mark: rf"{{{name}}}^{{{mark}}}", inner, st.sampled_from(MARKS)),
        st.builds(lambda name, primes: rf"{{{name}}}{primes}", inner, st.sampled_from(["'", "''"])),
        st.builds(lambda name, word: rf"{{{name}}}_{{\text{{{word}}}}}", inner, st.just("eff")),
        st.builds(lambda name, word: rf"{{{name}}}^{{\text{{{word}}}}}", inner, st.just("new")),
        st.builds(lambda name, below: rf"{{{name}}}_{{{below}}}", inner, inner),
        st.builds(lambda name, above: rf"{{{name}}}^{{({above})}}", inner, inner),
    )


NAMES = st.recursive(
    st.one_of(
        st.sampled_from(LETTERS),
        st.builds(
            lambda font, x: rf"\{font}{{{x}}}", st.sampled_from(FONTS), st.sampled_from("xA")
        ),
    ),
    names,
    max_leaves=4,
)


@given(NAMES)
@example(r"{{{x}^{(x)}}^{\text{new}}}_{x}")
@settings(max_examples=300)
def test_each_name_reads_back_as_itself(source: str) -> None:
    tree = read(source).tree
    assert to_sexpr(read(to_latex(tree)).tree) == to_sexpr(tree)


TEXTS = st.sampled_from(["x", "X", "θ", "KL", "梯度", "a_b", "a b", "e'"])
KEPT = [*(name.partition("{")[0] for name in ACCENTS if "{" not in name), r"overset{\circ}"]
KEPT += ["star", "dagger", "ddagger", "plus", "minus", "sharp", "natural", "times", "perp", "oplus"]


def symbols(inner: st.SearchStrategy[Symbol] | None = None) -> st.SearchStrategy[Symbol]:
    part = st.none() if inner is None else st.one_of(st.none(), inner)
    return st.builds(
        Symbol,
        TEXTS,
        st.sampled_from(["", "bold", "calligraphic", "script", "sans", "upright"]),
        st.lists(st.sampled_from(KEPT), max_size=3).map(tuple),
        st.integers(0, 3),
        part,
        part,
    )


@given(symbols(symbols()), symbols(symbols()))
@settings(max_examples=300)
def test_two_symbols_never_print_alike(one: Symbol, other: Symbol) -> None:
    assert (to_latex(one) == to_latex(other)) == (one == other)


def test_symbols_that_differ_in_one_thing_print_differently() -> None:
    x, y = Symbol("x"), Symbol("y")
    shown = [
        x,
        *(Symbol("x", font) for font in ["bold", "blackboard", "calligraphic", "script", "sans"]),
        *(Symbol("x", font) for font in ["fraktur", "mono", "upright"]),
        *(Symbol("x", accents=(accent,)) for accent in KEPT),
        *(Symbol("x", accents=(one, two)) for one in KEPT for two in KEPT),
        *(Symbol("x", primes=primes) for primes in (1, 2, 3)),
        *(Symbol("x", accents=("star",), primes=primes) for primes in (1, 2, 3)),
        *(Symbol("x", subscript=part) for part in (y, Symbol("y", primes=1), Symbol("xy"))),
        *(Symbol("x", superscript=part) for part in (y, Symbol("y", primes=1), Symbol("xy"))),
        Symbol("x", subscript=y, superscript=y),
        Symbol("x", subscript=Symbol("y", superscript=y)),
        Symbol("x", subscript=Symbol("y", subscript=y)),
    ]
    assert len({to_latex(symbol) for symbol in shown}) == len(shown)


@pytest.mark.parametrize(
    ("latex", "printed"),
    [
        ("x^{-}", "x^{-}"),
        (r"\hat{x^*}", r"\hat{x^{*}}"),
        (r"\hat{x}^*", r"\hat{x}^{*}"),
        (r"{x^*}^+", "{x^{*}}^{+}"),
        (r"{x'_a}^*", "{x'_{a}}^{*}"),
        (r"{W_q}_i^{(l)}", "{W_{q}}_{i}^{(l)}"),
        (r"{x^{(k)}}_i", "{x^{(k)}}_{i}"),
        (r"\breve{a+b}", r"\breve{a + b}"),
        (r"(a+b)^{-}", r"\left(a + b\right)^{-}"),
        (r"\boldsymbol{\theta}'_t", r"\boldsymbol{\theta}'_{t}"),
        (r"y_{1:n}", "y_{1:n}"),
    ],
)
def test_how_names_are_printed(latex: str, printed: str) -> None:
    assert to_latex(read(latex).tree) == printed


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
