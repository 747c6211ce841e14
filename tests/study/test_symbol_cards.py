"""Cards that ask what a symbol means: which a post offers, and that they are asked for."""

from blogkit import Library, Post, Study
from blogkit.study.cards import WORD_BLANK

TEXT = r"""那么更新公式就是
$$\theta \leftarrow \theta - \eta \nabla_\theta f(\theta)$$
其中$\eta$就是学习率，是学习率决定快慢。

设 $\theta$ 为参数。又设 $q$ 为概率分布，$\gamma$ 是常数，学习率 $\beta$。
$$\gamma + \beta$$

设 $\kappa$ 为问题的条件数，那么下降的快慢是
$$\frac{\kappa - 1}{\kappa + 1}$$

随后 $\kappa$ 是矩阵的条件数。
"""


def as_line(question: str, answer: str) -> str:
    return f"{question} => {answer}".replace("\n", "¶")


def test_a_symbol_of_a_display_is_asked_by_the_sentence_that_states_it(library: Library) -> None:
    library.add_posts([Post(title="下降", text=TEXT, id="post")])
    cards = [c for c in Study(library).offered("post", symbols=True) if c.kind == "symbol"]
    update = r"$$\theta \leftarrow \theta - \eta \nabla_\theta f(\theta)$$"
    rate = r"$$\frac{\kappa - 1}{\kappa + 1}$$"
    assert [as_line(card.question, card.answer) for card in cards] == [
        f"更新公式就是¶{update}¶其中$\\eta$就是{WORD_BLANK}，是{WORD_BLANK}决定快慢。 => 学习率",
        f"设 $\\kappa$ 为{WORD_BLANK}，那么下降的快慢是¶{rate} => 问题的条件数",
    ]
    assert [card.name for card in cards] == [r"$\eta$", r"$\kappa$"]
    assert [card.formula_id for card in cards] == ["post#1", "post#9"]


def test_symbol_cards_are_offered_only_when_asked_for_and_are_taken_by_id(library: Library) -> None:
    library.add_posts([Post(title="下降", text=TEXT, id="post")])
    study = Study(library)
    assert all(card.kind != "symbol" for card in study.offered("post"))
    card = next(c for c in study.offered("post", symbols=True) if c.kind == "symbol")
    (taken,) = study.accept("post", card.id)
    assert (taken.status, taken.answer) == ("accepted", "学习率")
    assert all(other.kind != "symbol" for other in study.accept_all("post"))
    assert [other.answer for other in study.accept_all("post", symbols=True)] == ["问题的条件数"]
