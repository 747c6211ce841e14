"""Any LaTeX is read: nothing raises, places lie in the source, words are of the vocabulary."""

import sys
from collections.abc import Callable

import pytest
from costs import grows_with_length, processor_seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.formula import Apply, Big, Opaque, build, to_sexpr, walk
from blogkit.formula.vocabulary import BINDERS, OPERATORS, REASONS
from blogkit.latex import parse
from blogkit.latex.commands import COMMANDS
from blogkit.latex.environments import ENVIRONMENTS
from blogkit.latex.symbols import SYMBOLS

PLAIN = [*"{}{}()()[]|^_'&xyfpin12+-=,;:.!/*<>梯²", "\\|", "\\{", "\\}", "\\\\", "\\quad", "\\foo"]
OFTEN = [
    r"\left(",
    r"\right)",
    r"\left|",
    r"\right|",
    r"\left\{",
    r"\right.",
    r"\left/",
    r"\middle|",
    r"\sum_{i=1}^n",
    r"\int",
    "dx",
    r"\lim",
    r"\frac",
    r"\sqrt",
    r"\log",
    r"\sin",
    r"\max",
    r"\arg\min",
    r"\nabla",
    r"\partial",
    r"\forall",
    r"\exists",
    r"\Rightarrow",
    r"\land",
    r"\text{if}",
    r"\text{ab}",
    r"\mathbb{E}",
    r"\mathbf",
    r"\hat",
    r"\overset{a}",
    r"\underbrace",
    r"\stackrel",
    r"\to",
    r"\pm",
    r"\bmod",
    r"\pmod{n}",
    r"\mid",
    r"\operatorname{KL}",
    r"\dots",
    r"\cdot",
    r"\times",
    r"\Delta",
    r"\top",
    r"\binom",
    r"\choose",
]
ENDS = [f"\\{word}{{{name}}}" for name in ENVIRONMENTS for word in ("begin", "end")]
TOKENS = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(OFTEN),
    st.sampled_from(list(COMMANDS)),
    st.sampled_from(sorted(SYMBOLS)),
    st.sampled_from(ENDS),
)
LATEX = st.one_of(
    st.lists(st.sampled_from(PLAIN + OFTEN), max_size=30).map(" ".join),
    st.lists(TOKENS, max_size=25).map(" ".join),
    st.text(max_size=40),
)


@settings(max_examples=1500)
@given(LATEX)
def test_any_latex_is_read(latex: str) -> None:
    reading = build(parse(latex).tree)
    nodes = list(walk(reading.tree))
    assert all(0 <= n.span.start <= n.span.end <= len(latex) for n in nodes)
    assert all(n.operator in OPERATORS for n in nodes if isinstance(n, Apply))
    assert all(n.operator in BINDERS for n in nodes if isinstance(n, Big))
    assert all(n.reason in REASONS for n in nodes if isinstance(n, Opaque))
    assert reading.opaque_count == sum(isinstance(n, Opaque) for n in nodes)


@settings(max_examples=300)
@given(LATEX)
def test_reading_twice_gives_equal_trees(latex: str) -> None:
    first, second = build(parse(latex).tree), build(parse(latex).tree)
    assert first.tree == second.tree
    assert hash(first.tree) == hash(second.tree)
    assert to_sexpr(first.tree) == to_sexpr(second.tree)


MANY = 10_000
LONG: dict[str, Callable[[int], str]] = {
    "terms": lambda n: "+".join(["x_i"] * n),
    "factors": lambda n: "x" * n,
    "slashes": lambda n: "/".join("x" * n),
    "round brackets": lambda n: "(" * n + "x" + ")" * n,
    "open brackets": lambda n: "(" * n,
    "calls": lambda n: "f(" * n + ")" * n,
    "fences": lambda n: r"\left(" * n + "x" + r"\right)" * n,
    "braces": lambda n: "{" * n + "x" + "}" * n,
    "fractions": lambda n: r"\frac{" * n,
    "exponents": lambda n: "x^{" * n,
    "bars": lambda n: "|x" * n,
    "minus signs": lambda n: "-" * n + "x",
    "functions": lambda n: r"\sin " * n + "x",
    "sums": lambda n: r"\sum_i " * n + "x",
    "integrals": lambda n: r"\int " * n + "x" + " dx" * n,
    "gradients": lambda n: r"\nabla " * n + "x",
    "quantifiers": lambda n: r"\forall x: " * n + "x",
    "expectations": lambda n: r"\mathbb{E} " * n + "x",
    "accents": lambda n: r"\hat" * n + "x",
    "factorials": lambda n: "x" + "!" * n,
    "relations": lambda n: "a=" * n,
    "implications": lambda n: r"a \Rightarrow " * n + "b",
    "mixed logic": lambda n: r"a \land b \lor " * n + "c",
    "commas": lambda n: "a=b," * n,
    "conditions": lambda n: r"a \text{ where } " * n + "b",
    "lines": lambda n: r"\begin{aligned} a &= b" + r"\\ &= c" * n + r"\end{aligned}",
    "mixed signs": lambda n: r"a/b \odot c " * n + "d",
}


@pytest.mark.parametrize("latex", LONG.values(), ids=LONG.keys())
def test_long_and_deep_formulas_are_read_in_time(
    latex: Callable[[int], str], is_long: bool
) -> None:
    """The long form has ten thousand; the short one a third, of which half takes half as long."""
    layout = parse(latex(MANY if is_long else MANY // 3)).tree
    if is_long:
        assert processor_seconds(lambda: build(layout)) < 5
    else:
        assert grows_with_length(lambda n: build(parse(latex(n)).tree), MANY // 3)
    tree = build(layout).tree
    assert to_sexpr(tree)
    assert tree == tree
    assert isinstance(hash(tree), int)


def test_deep_formulas_need_less_than_the_usual_stack() -> None:
    limit = sys.getrecursionlimit()
    frames = len(_stack())
    sys.setrecursionlimit(frames + 750)
    try:
        for latex in (r"f\left(\frac{1+\sin(" * 100, "x^{" * 99, "((((a=" * 100, r"\sqrt{-" * 99):
            assert build(parse(latex).tree).tree is not None
    finally:
        sys.setrecursionlimit(limit)


def _stack() -> list[object]:
    frame, frames = sys._getframe(), []
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return frames
