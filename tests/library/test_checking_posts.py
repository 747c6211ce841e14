"""Formulas checked by their ids: each post is read once, and says of each what it says of all."""

from pathlib import Path

import pytest

from blogkit import Library, Post
from blogkit.check.reports import CheckedFormula

TEXT = "设 $a > 0$。\n\n" + "\n\n".join(
    rf"由此 $$|a|^{n} = a^{n} \label{{eq:{n % 3}}}$$ 与 $({n} + a$ 于是 $b)$ 见 \eqref{{eq:0}}"
    for n in range(1, 7)
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with Library.open(tmp_path) as library:
        library.add_posts(
            [Post(title="绝对值", text=TEXT), Post(title="和", text="$$x + x = 2x$$")]
        )
        yield library


def statements_read(library: Library, *names: str) -> int:
    """How many questions a check asks the database."""
    asked: list[str] = []
    connection = library._database.connection
    connection.set_trace_callback(asked.append)
    library.check(*names)
    connection.set_trace_callback(None)
    return sum("FROM copies" in statement for statement in asked)


def said(result: CheckedFormula) -> tuple[object, ...]:
    """What a post says of a formula: its problems, its statements and what they assume."""
    statements = [(s.latex, s.kind, s.assumptions) for s in result.statements]
    return result.formula_id, result.line, result.problems, statements


def test_a_post_is_read_once_for_all_formulas_of_it_that_are_asked_for(library: Library) -> None:
    ids = [formula.id for formula in library.formulas()]
    of_one_post = [id_ for id_ in ids if id_.partition("#")[0] == ids[0].partition("#")[0]]
    once = statements_read(library, of_one_post[0])
    assert once >= 1
    assert statements_read(library, *of_one_post[:5]) == once


def test_formulas_asked_by_id_get_what_they_get_in_their_post(library: Library) -> None:
    whole = {one.formula_id: said(one) for one in library.check() if one.formula_id}
    ids = [formula.id for formula in library.formulas()]
    assert set(ids) == set(whole)
    assert [whole[id_] for id_ in ids] == list(map(said, library.check(*ids)))
    for id_ in ids[:6]:
        assert list(map(said, library.check(id_))) == [whole[id_]]


def test_what_is_asked_is_answered_in_its_order_and_as_often(library: Library) -> None:
    last, first, *_ = reversed([formula.id for formula in library.formulas()])
    report = library.check(last, "1 + 1 = 2", first, last)
    assert [one.formula_id for one in report] == [last, None, first, last]
