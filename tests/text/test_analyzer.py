"""Text to terms, and terms back to places."""

import itertools
from pathlib import Path

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from blogkit.text.analyzer import Analyzer
from blogkit.text.normalize import fold, fold_script, fold_width
from blogkit.text.segment import DictionarySegmenter
from blogkit.text.sentences import sentences
from blogkit.text.term_places import term_spans, terms_present

ANALYZER = Analyzer(DictionarySegmenter())


@pytest.mark.parametrize(("text", "expected"), read_cases(Path(__file__).parent / "analyzer.txt"))
def test_terms(text: str, expected: str) -> None:
    assert " ".join(ANALYZER.terms(text)) == expected


@given(st.text())
def test_terms_hold_no_white_space(text: str) -> None:
    assert all(term and not term.isspace() and " " not in term for term in ANALYZER.terms(text))


@given(st.text())
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(fold_width(text)) == len(text)


@given(st.lists(st.sampled_from(["梯度裁剪", "bert4keras,", "ON-LSTM。", " ", "、"])))
def test_latin_terms_of_a_text_are_found_in_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    terms = frozenset(ANALYZER.terms(text))
    text = fold_script(text)
    assert terms_present(text, terms) == terms
    spans = term_spans(text, terms)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一。二！“三？”四", ["一。", "二！", "“三？”", "四"]),
        ("See Fig. 1.5 now. Then go.", ["See Fig.", "1.5 now.", "Then go."]),
        ("设$a。b$成立。完", ["设$a。b$成立。", "完"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("真的？！」他说……走吧…好（a。）", ["真的？！」", "他说……", "走吧…好（a。）"]),
        ("", []),
    ],
)
def test_sentences_end_outside_formulas(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected
