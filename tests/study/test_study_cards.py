"""Which cards posts offer, and that they stay the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit import Library, Post, Study, parse_formula
from blogkit.study.blanks import hidden_part, hidden_step
from blogkit.study.cards import MATH_BLANK, WORD_BLANK, Card
from blogkit.study.terms import defined_term
from blogkit.text.mathspans import find_math


def cases() -> list[tuple[str, list[str]]]:
    text = (Path(__file__).parent / "cards.txt").read_text(encoding="utf-8")
    found = []
    for case in text.partition("\n\n")[2].split("\n===\n"):
        post, _, cards = case.partition("\n---")
        found.append((post, [line for line in cards.split("\n") if line]))
    return found


def as_line(card: Card) -> str:
    return f"{card.kind} {card.question} => {card.answer}".replace("\n", "¶")


@pytest.mark.parametrize(("text", "expected"), cases(), ids=lambda case: str(case)[:24])
def test_a_post_offers_these_cards(library: Library, text: str, expected: list[str]) -> None:
    library.add_posts([Post(title="无题", text=text, id="post")])
    assert [as_line(card) for card in Study(library).offered("post")] == expected


def test_what_the_seeds_offer(study: Study, seeds_library: Library) -> None:
    kinds = [c.kind for post in seeds_library.posts() for c in study.offered(post.id or "")]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "term": 7,
        "formula": 8,
        "part": 4,
    }


def test_every_card_of_the_seeds_hides_one_thing_that_can_be_drawn(
    study: Study, seeds_library: Library
) -> None:
    for post in seeds_library.posts():
        for card in study.offered(post.id or ""):
            assert (WORD_BLANK in card.question) == (card.kind == "term")
            assert card.question.count(MATH_BLANK) == (card.kind != "term")
            for text in (card.question, card.answer):
                for formula in find_math(text)[0]:
                    assert parse_formula(formula.body.of(text)).problems == ()


def test_context_and_question_do_not_name_a_hidden_term(
    study: Study, seeds_library: Library
) -> None:
    for post in seeds_library.posts():
        for card in study.offered(post.id or ""):
            if card.kind == "term":
                term = card.answer.partition("(")[0].partition(",")[0].lower()
                assert term not in card.context.lower()
                assert term not in card.question.lower()


def test_a_card_points_to_its_paragraph(study: Study, clipping: str) -> None:
    card = study.offered(clipping).cards[0]
    assert (Path(card.path or "").name, card.line) == ("002_8c2afe7e835e0a0b.txt", 79)
    assert card.formula_id is None
    assert study.offered(clipping).cards[1].formula_id == f"{card.post_id}#3"


def test_ids_survive_another_order_and_merging(
    study: Study, seeds: Path, seeds_library: Library, tmp_path: Path, clipping: str
) -> None:
    first = {c.id for p in seeds_library.posts() for c in study.offered(p.id or "")}
    with Library.open(tmp_path / "other") as other:
        for path in sorted(seeds.glob("*.txt"), reverse=True):
            other.add(path)
        second = {c.id for p in other.posts() for c in Study(other).offered(p.id or "")}
    assert second == first


def test_a_taken_card_outlives_its_post_and_finds_it_again(
    study: Study, seeds: Path, seeds_library: Library, clipping: str
) -> None:
    offered = study.offered(clipping)
    taken = study.accept(clipping, *(card.id for card in offered))
    path = offered.cards[0].path or ""
    seeds_library.remove(path)
    seeds_library.remove(*seeds.glob("*.txt"))
    gone = study.cards().cards
    assert [(c.id, c.question, c.path) for c in gone] == [(c.id, c.question, None) for c in taken]
    seeds_library.add(seeds)
    assert study.cards().cards == taken.cards


def test_a_card_of_a_merged_post_belongs_to_what_it_became(library: Library) -> None:
    text = (
        "所谓梯度裁剪（gradient clipping），就是根据梯度的模长来对更新量做一个缩放。"
        + "甲乙丙" * 99
    )
    library.add_posts([Post(title="裁剪", text=text, id="one")])
    study = Study(library)
    study.accept("one", study.offered("one").cards[0].id)
    library.add_posts([Post(title="裁剪", text=text + "丁戊己庚。", id="two")])
    assert library.posts().total == 1
    (card,) = study.cards()
    assert library.post(card.post_id).id == card.post_id
    assert study.offered("two").cards == (card,)


def test_a_dropped_card_is_not_offered_as_new_and_can_come_back(
    study: Study, clipping: str
) -> None:
    card = study.offered(clipping).cards[0]
    assert [c.status for c in study.drop(card.id, post=clipping)] == ["dropped"]
    assert study.offered(clipping).cards[0].status == "dropped"
    assert (study.cards().total, study.cards(dropped=True).total) == (0, 1)
    assert study.accept_all(clipping).total == 4
    study.accept(clipping, card.id)
    assert study.cards().total == 5


def test_an_edited_card_stays_edited(study: Study, clipping: str) -> None:
    card = study.accept(clipping, study.offered(clipping).cards[0].id).cards[0]
    edited = study.edit(card.id, question="＿＿＿＿是什么？")
    assert (edited.question, edited.answer) == ("＿＿＿＿是什么？", card.answer)
    assert study.offered(clipping).cards[0] == edited
    assert edited.is_edited


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"f(x) = \frac{1}{1+e^{-x}}", "1+e^{-x}"),
        (r"x = y\min\left\{1, \frac{b}{\Vert c\Vert}\right\}", r"\frac{b}{\Vert c\Vert}"),
        (r"a = b", None),
        (r"\frac{a}{b", None),
        (r"s = x^2 + x^2 + x^2", None),
        ("", None),
    ],
)
def test_the_hidden_part(latex: str, part: str | None) -> None:
    hidden = hidden_part(latex)
    assert (hidden and hidden.answer) == part


def test_what_a_value_belongs_to_is_no_step() -> None:
    assert hidden_step(r"f(x) = x^2 + 1 \in \mathbb{R}") is None


@given(st.text(alphabet=r"\{}^_&abxy12+-=()frac ", max_size=40))
def test_hiding_never_fails_and_gives_back_the_formula(latex: str) -> None:
    for hidden in (hidden_part(latex), hidden_step(latex)):
        if hidden:
            assert hidden.with_blank(hidden.span.of(latex)) == latex


@given(st.text(alphabet="所谓是一种称为“”《》（）()，。：的AB梯度裁剪$x", max_size=60))
def test_a_defined_term_stands_where_it_says(sentence: str) -> None:
    formulas = [formula.span for formula in find_math(sentence)[0]]
    found = defined_term(sentence, formulas)
    if found:
        assert found.term.strip()
        assert found.term in found.span.of(sentence).replace("*", "")
