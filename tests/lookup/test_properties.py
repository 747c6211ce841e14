"""What holds for any formula."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit.lookup.index import FormulaIndex
from blogkit.lookup.normal.form import normal_form

LETTERS = list("abckmnpqrstxyz")
ATOMS = st.sampled_from([*LETTERS, "1", "2", "12", r"\pi", r"\infty"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: f"{p[0]} + {p[1]}"),
        pair.map(lambda p: f"{p[0]} - {p[1]}"),
        pair.map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        pair.map(lambda p: rf"\left({p[0]}\right)^{{{p[1]}}}"),
        pair.map(lambda p: rf"\sum_{{i=1}}^{{{p[0]}}} \left({p[1]}\right)"),
        inner.map(lambda p: rf"\sin\left({p}\right)"),
        inner.map(lambda p: rf"\sqrt{{{p}}}"),
        pair.map(lambda p: f"{p[0]} = {p[1]}"),
    )


FORMULAS = st.recursive(ATOMS, _larger, max_leaves=10)
TEXTS = st.text(st.sampled_from(list(r"\{}()[]|^_&?+-=/!'.,dfxy12 αβ梯" + "\n")), max_size=40)


def match_of(pattern: str, formula: str) -> str:
    return FormulaIndex.build([("f", formula), ("g", "w")]).find(pattern).hits[0].match


@settings(max_examples=150)
@given(FORMULAS)
def test_a_formula_finds_itself_exactly(latex: str) -> None:
    assert match_of(latex, latex) == "exact"


@settings(max_examples=150)
@given(FORMULAS.filter(lambda latex: bool(normal_form(latex).kids)), st.randoms())
def test_a_consistent_renaming_is_renamed_or_better(latex: str, random: object) -> None:
    shuffled = list(LETTERS)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    names = dict(zip(LETTERS, shuffled, strict=True))
    renamed = re.sub(r"(?<![\\a-zA-Z])[a-z](?![a-zA-Z])", lambda m: names.get(m[0], m[0]), latex)
    assert match_of(renamed, latex) in ("exact", "renamed")


@settings(max_examples=100)
@given(FORMULAS, FORMULAS)
def test_sides_and_summands_may_be_swapped(one: str, other: str) -> None:
    left, right = rf"\left({one}\right) + z", rf"z + \left({one}\right)"
    swapped = rf"\left({other}\right) = {right}"
    assert normal_form(rf"{left} = \left({other}\right)").key == normal_form(swapped).key


@settings(max_examples=300)
@given(TEXTS)
def test_any_text_is_read_and_its_spans_lie_within(text: str) -> None:
    assert all(0 <= t.start <= t.end <= len(text) for t in normal_form(text).walk())


@settings(max_examples=150)
@given(TEXTS, TEXTS)
def test_any_pattern_is_answered(pattern: str, formula: str) -> None:
    hits = FormulaIndex.build([("f", formula)]).find(pattern)
    assert all(0 <= h.matched_span.start <= h.matched_span.end <= len(formula) for h in hits)
