"""The index as a whole: order of answers, pages, adding and forgetting, files."""

import json
from pathlib import Path

import pytest

from blogkit.errors import LibraryError
from blogkit.lookup.index import VERSION, FormulaIndex

FORMULAS = [
    ("similar", r"x^2+y^2 \leq r^2"),
    ("part", r"a=b \Rightarrow x^2+y^2=r^2"),
    ("renamed", "a^2+b^2=c^2"),
    ("exact", r"r^{2} = x^{2}+y^{2}"),
    ("other", r"\int_0^1 f(t)\,dt"),
]


def answers(index: FormulaIndex, pattern: str, **page: int) -> list[tuple[str, str]]:
    return [(hit.id, hit.match) for hit in index.find(pattern, **page)]


def test_layers_come_best_first() -> None:
    index = FormulaIndex.build(FORMULAS)
    expected = [(name, name) for name in ("exact", "renamed", "part", "similar")]
    assert expected == answers(index, "x^2+y^2=r^2")[:4]


def test_pages_continue_one_another() -> None:
    index = FormulaIndex.build(FORMULAS)
    pages = [answers(index, "x^2+y^2=r^2", limit=1, offset=n) for n in range(4)]
    assert answers(index, "x^2+y^2=r^2", limit=4) == [hit for page in pages for hit in page]


def test_ranks_go_on_where_the_page_before_ended() -> None:
    hits = FormulaIndex.build(FORMULAS).find("x^2+y^2=r^2", limit=2, offset=2)
    assert [hit.rank for hit in hits] == [3, 4]


def test_equal_answers_keep_the_order_of_the_index() -> None:
    index = FormulaIndex.build([("b", "x+1"), ("a", "x+1"), ("c", "x+1")])
    assert [hit.id for hit in index.find("x+1")] == ["b", "a", "c"]


def test_there_is_an_answer_where_anything_is_in_common() -> None:
    assert answers(FormulaIndex.build(FORMULAS), r"\int g")[0] == ("other", "similar")


@pytest.mark.parametrize("pattern", ["", "?", "?a", "{", "$", "\\", "?op", "?num ?var"])
def test_patterns_that_say_little_raise_nothing(pattern: str) -> None:
    assert FormulaIndex.build(FORMULAS).find(pattern).pattern == pattern


def test_an_empty_index_answers() -> None:
    assert FormulaIndex.build([]).find("x").total == 0


def test_added_formulas_are_found_and_replace_those_of_their_id() -> None:
    index = FormulaIndex.build(FORMULAS)
    index.add([("new", r"\zeta(s)"), ("other", r"\zeta(t)")])
    expected = [("new", "exact"), ("other", "renamed")]
    assert (expected, 6) == (answers(index, r"\zeta(s)"), len(index))


def test_removed_formulas_are_not_found() -> None:
    index = FormulaIndex.build(FORMULAS)
    removed = index.remove(["exact", "unknown"])
    assert (removed, answers(index, "x^2+y^2=r^2")[0][0]) == (1, "renamed")


def test_many_small_additions_answer_as_one_build() -> None:
    index = FormulaIndex()
    for formula in FORMULAS * 3:
        index.add([formula])
    assert answers(FormulaIndex.build(FORMULAS), "x^2+y^2=r^2") == answers(index, "x^2+y^2=r^2")


def test_a_loaded_index_answers_as_the_saved_one(tmp_path: Path) -> None:
    index = FormulaIndex.build(FORMULAS)
    index.save(tmp_path)
    loaded = FormulaIndex.load(tmp_path)
    assert index.find("?a^2+?b^2").to_dict() == loaded.find("?a^2+?b^2").to_dict()


def test_a_loaded_index_can_be_changed_and_saved_in_its_place(tmp_path: Path) -> None:
    FormulaIndex.build(FORMULAS).save(tmp_path)
    loaded = FormulaIndex.load(tmp_path)
    loaded.remove(["exact"])
    loaded.add([("梯度", r"\|g\|^2 = 梯")])
    loaded.save(tmp_path)
    again = FormulaIndex.load(tmp_path)
    assert (len(again), answers(again, r"\lVert g\rVert^2=梯")[0]) == (5, ("梯度", "exact"))


def test_an_empty_index_is_saved_and_loaded(tmp_path: Path) -> None:
    FormulaIndex().save(tmp_path)
    assert len(FormulaIndex.load(tmp_path)) == 0


def test_a_folder_without_index_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        FormulaIndex.load(tmp_path)
    expected = f"{tmp_path / 'formulas.json'}: expected a formula index, found none: build it"
    assert expected == str(caught.value)


def test_another_version_is_not_read(tmp_path: Path) -> None:
    FormulaIndex.build(FORMULAS).save(tmp_path)
    path = tmp_path / "formulas.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 0}))
    with pytest.raises(LibraryError) as caught:
        FormulaIndex.load(tmp_path)
    assert str(caught.value) == f"{path}: expected version {VERSION}, found 0: build it again"


def test_a_broken_segment_is_said_to_be(tmp_path: Path) -> None:
    FormulaIndex.build(FORMULAS).save(tmp_path)
    path = next(tmp_path.glob("*.docs.npy"))
    path.unlink()
    with pytest.raises(LibraryError) as caught:
        FormulaIndex.load(tmp_path)
    name = tmp_path / path.name.split(".")[0]
    assert str(caught.value) == f"{name}: expected a segment, found it broken: build it again"


def test_saving_leaves_the_files_of_unchanged_segments(tmp_path: Path) -> None:
    index = FormulaIndex.build(FORMULAS)
    index.save(tmp_path)
    before = {path.name for path in tmp_path.glob("*.npy")}
    index.add([("new", "x")])
    index.save(tmp_path)
    assert before < {path.name for path in tmp_path.glob("*.npy")}


def test_hits_print_as_the_interface_has_them() -> None:
    printed = FormulaIndex.build([("p#1", "a+b")]).find("?x+b").to_dict()
    hits = printed.pop("hits")
    assert printed == {"schema": 1, "pattern": "?x+b", "total": 1, "problems": []}
    assert isinstance(hits, list)
    assert {k: v for k, v in hits[0].items() if k != "score"} == {
        "id": "p#1", "latex": "a+b", "rank": 1, "match": "exact", "matched_span": [0, 3],
        "bindings": {"?x": "a"},
    }  # fmt: skip


def test_equal_formulas_are_one_hit_if_that_is_asked_for() -> None:
    index = FormulaIndex.build([("a", "x+1"), ("b", "y+1"), ("c", r"1 + x"), ("d", "x+1")])
    hits = index.find("x+1", equal_as_one=True)
    assert [(hit.id, hit.equals) for hit in hits] == [("a", ("d", "c")), ("b", ())]


def test_pages_of_equal_formulas_continue_one_another() -> None:
    index = FormulaIndex.build([(f"{n}-{m}", f"x_{n}+1") for n in range(5) for m in range(30)])
    pages = [index.find("x_0+1", limit=1, offset=n, equal_as_one=True).hits for n in range(5)]
    assert [hit.id for page in pages for hit in page] == [f"{n}-0" for n in range(5)]


def test_equal_formulas_in_several_segments_are_one_hit() -> None:
    index = FormulaIndex.build([("a", "x+1")])
    index.add([("b", "1+x")])
    hits = index.find("x+1", equal_as_one=True)
    assert [(hit.id, hit.equals) for hit in hits] == [("a", ("b",))]


def test_the_total_is_of_those_that_match() -> None:
    index = FormulaIndex.build(FORMULAS)
    assert index.find("x^2+y^2=r^2", limit=4).total == 3


def test_where_nothing_matches_the_total_is_of_the_similar_ones() -> None:
    assert FormulaIndex.build(FORMULAS).find(r"\int g").total == 1


def test_a_total_that_is_not_the_last_word_says_so() -> None:
    index = FormulaIndex.build([(str(n), f"a_{n}+b_{n}") for n in range(150)])
    first, later = index.find("?a+?b"), index.find("?a+?b", offset=140)
    assert (first.total, first.is_complete) == (100, False)
    assert (later.total, later.is_complete) == (150, True)


def test_shapes_are_counted_through_all_segments_without_what_is_gone() -> None:
    index = FormulaIndex.build([("a", "x+y=z"), ("b", "x"), ("c", "e^x")])
    index.add([("d", "a+b=c"), ("e", "u<v"), ("f", "e^t")])
    index.add([("g", "p+q=r"), ("h", "x_{1}^2+1")])
    index.remove(["d"])
    assert index.shapes() == ([["a", "g"], ["c", "f"], ["e"], ["h"]], 4)
    assert index.shapes(limit=2, offset=1) == ([["c", "f"], ["e"]], 4)
    assert index.count_telling() == len(index.telling_ids()) == 6
    assert FormulaIndex().shapes() == ([], 0)


def test_the_formulas_of_an_owner_are_forgotten_and_added_in_an_index_as_it_was_loaded(
    tmp_path: Path,
) -> None:
    owners = ("7", "71", "7123456789", "7123456780", "度")
    FormulaIndex.build((f"{owner}#{n}", f"x_{n}+{n}") for owner in owners for n in range(3)).save(
        tmp_path
    )
    index = FormulaIndex.load(tmp_path)
    assert index.remove_of({"7", "7123456789", "度", "9"}) == 9
    assert index.remove_of({"7"}) == 0
    index.add([("7#0", "y^2")], are_new=True)
    left = ["7#0", *(f"{owner}#{n}" for owner in ("71", "7123456780") for n in range(3))]
    assert sorted(index.ids()) == sorted(left)
    assert [hit.id for hit in index.find("y^2", limit=1)] == ["7#0"]
