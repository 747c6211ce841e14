"""Cards of one formula come on different days; cards of one paragraph not one after another."""

from collections.abc import Callable

import pytest
from study_clock import DAY, NOW, StillClock

from blogkit import Library, Post, Study
from blogkit.store.cards import StoredCard
from blogkit.study.schedule import graded, new_schedule
from blogkit.study.siblings import queue

Maker = Callable[[str, str | None, int], StoredCard]


@pytest.fixture
def card() -> Maker:
    def made(name: str, formula: str | None, line: int) -> StoredCard:
        schedule = new_schedule(NOW)
        return StoredCard(
            name, "part", "post", formula, line, "", "", "?", "!", False, False, schedule
        )

    return made


@pytest.fixture
def clipping_cards(study: Study, clipping: str) -> dict[str, str]:
    """Kind and formula of each card -> its id."""
    return {f"{c.kind} {c.formula_id}": c.id for c in study.accept_all(clipping)}


def test_of_the_cards_of_a_formula_one_is_due(study: Study, clipping_cards: dict[str, str]) -> None:
    due = study.due()
    formulas = [item.card.formula_id for item in due if item.card.formula_id]
    assert len(formulas) == len(set(formulas))
    assert (due.total, due.resting, due.accepted) == (3, 2, 5)


def test_what_rests_is_due_on_the_next_day(
    study: Study, clock: StillClock, clipping_cards: dict[str, str]
) -> None:
    for item in study.due():
        study.grade(item.card.id, "easy")
    due = study.due()
    assert (due.total, due.resting, due.next_due) == (0, 2, NOW - NOW % DAY + DAY)
    clock.seconds = NOW - NOW % DAY + DAY
    assert (study.due().total, study.due().resting) == (2, 0)


def test_taking_an_answer_back_gives_the_sibling_its_turn(
    study: Study, clipping_cards: dict[str, str]
) -> None:
    before = study.due()
    part = clipping_cards["part a4b675f702#3"]
    study.grade(part, "good")
    assert clipping_cards["formula a4b675f702#3"] not in [c.card.id for c in study.due()]
    study.undo()
    assert study.due() == before


def test_a_card_that_is_being_learned_does_not_rest(card: Maker) -> None:
    first, second = card("first", "1", 5), card("second", "1", 5)
    learning = StoredCard(
        **{name: getattr(second, name) for name in StoredCard.__slots__}
        | {"schedule": graded(new_schedule(NOW), 1, NOW)}
    )
    assert queue([first, learning], []).resting == frozenset()
    assert queue([first, second], []).resting == {second.id}


def test_cards_of_a_paragraph_are_kept_apart_while_others_are_due(card: Maker) -> None:
    cards = [card("a", None, 5), card("b", "1", 5), card("c", "2", 5), card("d", None, 9)]
    assert [c.id for c in queue(cards, []).cards] == ["a", "d", "b", "c"]
    assert [c.id for c in queue(cards[1:], cards[:1]).cards] == ["d", "b", "c"]


def test_two_terms_of_a_post_are_no_siblings_of_a_formula(
    study: Study, seeds_library: Library
) -> None:
    entropy = "所谓信息熵(entropy),就是一个分布的不确定性的度量。"
    text = f"{entropy}\n\n所谓互信息,就是两个变量共有的信息量。"
    seeds_library.add_posts([Post(title="信息", text=text, id="info")])
    study.accept_all("info")
    assert (study.due().total, study.due().resting) == (2, 0)
