"""The query language: how a query is read, and that reading never fails."""

from pathlib import Path

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from blogkit.search.date_ranges import read_dates
from blogkit.search.phrases import Phrase
from blogkit.search.query import Condition, read_query
from blogkit.text.dates import PostDate


def shown(condition: Condition) -> str:
    return f"{'not ' * condition.is_negated}{condition.kind} '{condition.value}'"


def dump(text: str) -> str:
    query = read_query(text)
    lines = [f"words: {query.words}"] if query.words else []
    lines += ["must: " + " | ".join(map(shown, clause)) for clause in query.clauses]
    lines += [f"formula: {formula.latex}" for formula in query.formulas]
    lines += [f"in: {place}" for place in query.places]
    lines += [f"ignored: {part.message}" for part in query.ignored]
    return "\n".join(lines)


@pytest.mark.parametrize(("query", "expected"), read_cases(Path(__file__).parent / "queries.txt"))
def test_how_a_query_is_read(query: str, expected: str) -> None:
    assert expected == dump(query)


PIECES = ["梯度", " ", "-", '"', "“", "”", "：", ":", "title:", "date:", "2020", "..", "OR", "$",
          "\\frac{a}{b}", "in:caption", "py:", "《", "》", "has:", "\n", "(", "词"]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_every_query_is_read_and_its_parts_have_their_places(text: str) -> None:
    query = read_query(text)
    for part in query.ignored:
        assert part.span.of(text) == part.text
    for clause in query.clauses:
        for condition in clause:
            assert condition.value in condition.span.of(text) or condition.kind == "has"
    for formula in query.formulas:
        assert formula.latex in formula.span.of(text)


@given(st.lists(st.sampled_from(["梯度", "k-means", "C++", "a", "，", "1e-4", "。", "x:y"])))
def test_ordinary_words_are_words(words: list[str]) -> None:
    text = " ".join(words)
    assert dump(text) == (f"words: {text}" if text else "")


@pytest.mark.parametrize(
    ("value", "inside", "outside"),
    [
        ("2020", [(2020, 6, 5), (2020, None, None)], [(2021, 1, 1), (None, 6, 5)]),
        ("2020-06", [(2020, 6, 30), (2020, 6, None)], [(2020, 7, 1), (2020, None, None)]),
        ("2020-06..2021", [(2020, 6, 1), (2021, 12, 31)], [(2020, 5, 31), (None, 6, 5)]),
        ("06-05", [(None, 6, 5), (2020, 6, 5)], [(None, 6, 6), (None, None, 5)]),
        ("6", [(None, 6, 5), (None, 6, None)], [(None, 7, 1), (2020, None, None)]),
        ("12-20..01-10", [(None, 12, 31), (2019, 1, 2)], [(None, 2, 1), (None, 12, 1)]),
        ("..2019", [(2019, 12, 31)], [(2020, 1, 1), (None, 1, 1)]),
        ("2020..", [(2021, 1, 1)], [(2019, 1, 1)]),
        ("２０２０年６月", [(2020, 6, 1)], [(2020, 5, 1)]),
    ],
)
def test_dates(
    value: str,
    inside: list[tuple[int | None, int | None, int | None]],
    outside: list[tuple[int | None, int | None, int | None]],
) -> None:
    dates = read_dates(value)
    assert dates is not None
    assert [PostDate(*date) in dates for date in inside] == [True] * len(inside)
    assert [PostDate(*date) in dates for date in outside] == [False] * len(outside)


@pytest.mark.parametrize(
    ("phrase", "holds", "holds_not"),
    [
        ("梯度裁剪", ["的梯度裁剪法", "梯度裁剪"], ["梯度的裁剪", "梯度 裁剪"]),
        ("bert", ["BERT", "bert4keras", "SimBERT", "用bert做"], ["Robert", "berta", "GPTbert"]),
        ("gradient  clipping", ["Gradient\nclipping", "gradient-clipping"], ["gradientclipping"]),
        ("bert 模型", ["Bert模型", "BERT 模型"], ["bert的模型"]),
        ("ICLR2020", ["ＩＣＬＲ２０２０"], ["ICLR20201", "ICLR 2021"]),
        ("词向量", ["詞向量"], ["词的向量"]),
        ("C++", ["用C++写"], ["C+ +"]),
        ("让Keras“更酷”", ['让Keras"更酷"'], ["让Keras更酷"]),
    ],
)
def test_phrases(phrase: str, holds: list[str], holds_not: list[str]) -> None:
    assert [text for text in holds if not Phrase(phrase).is_in(text)] == []
    assert [text for text in holds_not if Phrase(phrase).is_in(text)] == []
