"""The reading list, and what it proposes to read next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit import Library, Post, Study
from blogkit.study.reading import ReadingEntry, proposals

TEXTS = {
    "基础": "最先要读的一篇，讲向量。",
    "中层": "参考《基础》，讲矩阵。",
    "顶层": "参考《中层》和《基础》以及《没有这一篇》，讲张量。",
    "环一": "参考《环二》，讲圆。",
    "环二": "参考《环一》，讲环。",
}


@pytest.fixture
def shelf(library: Library) -> Study:
    names = ("顶层", "中层", "环一", "环二", "基础")
    library.add_posts(Post(title=name, text=TEXTS[name], id=name) for name in names)
    return Study(library)


def titles(study: Study, post: str | None = None) -> list[str]:
    return [proposal.entry.title for proposal in study.next(post, limit=None)]


def test_what_a_post_builds_on_comes_first(shelf: Study) -> None:
    assert titles(shelf) == ["基础", "中层", "顶层", "环二", "环一"]
    assert titles(shelf, "顶层") == ["基础", "中层", "顶层"]


def test_a_label_leads_to_the_post_that_bears_it(library: Library) -> None:
    library.add_posts(
        [
            Post(title="反传", text="如 :numref:`sec_chain` 所说，求导。", id="后"),
            Post(title="求导", text=":label:`sec_chain`\n\n链式法则。", id="前"),
        ]
    )
    assert titles(Study(library), "反传") == ["求导", "反传"]


def test_a_circle_is_read_through_once(shelf: Study) -> None:
    assert titles(shelf, "环一") == ["环二", "环一"]
    assert titles(shelf, "环二") == ["环一", "环二"]


def test_a_proposal_says_why(shelf: Study) -> None:
    shelf.mark("基础", "read")
    shelf.mark("环二", "reading")
    found = [(p.entry.title, p.reason, p.other and p.other.title) for p in shelf.next()]
    assert found == [
        ("环一", "needed", "环二"),
        ("环二", "reading", None),
        ("中层", "needed", "顶层"),
        ("顶层", "follows", "基础"),
    ]


def test_what_was_read_is_not_proposed_but_to_review_is(shelf: Study) -> None:
    for title in TEXTS:
        shelf.mark(title, "read")
    assert titles(shelf) == []
    shelf.mark("中层", "to-review")
    assert titles(shelf) == ["中层"]


def test_the_list_counts_all_and_shows_one_state(shelf: Study) -> None:
    shelf.mark("基础", "read")
    everything = shelf.reading_list()
    assert dict(everything.counts) == {"unread": 4, "reading": 0, "read": 1, "to-review": 0}
    assert [entry.title for entry in everything] == ["顶层", "中层", "环一", "环二", "基础"]
    assert [entry.title for entry in shelf.reading_list("read")] == ["基础"]
    assert [entry.title for entry in shelf.reading_list(limit=1, offset=1)] == ["中层"]


def test_a_mark_outlives_its_post(shelf: Study, library: Library) -> None:
    text = "甲乙丙丁。" * 60
    library.add_posts([Post(title="合", text=text, id="first")])
    shelf.mark("first", "read")
    library.add_posts([Post(title="合", text=text + "戊己。", id="second")])
    (entry,) = shelf.reading_list("read")
    assert library.post("first").id == library.post("second").id == entry.post_id


def test_an_empty_library_has_nothing_to_read(library: Library) -> None:
    study = Study(library)
    assert study.next().to_dict() == {"schema": 1, "total": 0, "posts": []}
    assert study.reading_list().total == 0


NAMES = st.integers(0, 12).map(str)
STATES = st.sampled_from(["unread", "reading", "read", "to-review"])


@given(st.dictionaries(NAMES, STATES), st.dictionaries(NAMES, st.lists(NAMES, max_size=4)))
def test_all_that_is_unread_is_proposed_once(
    states: dict[str, str], builds_on: dict[str, list[str]]
) -> None:
    posts = [ReadingEntry(name, name, state, 0) for name, state in states.items()]  # type: ignore[arg-type]
    known = {
        name: [other for other in others if other in states] for name, others in builds_on.items()
    }
    found = [proposal.entry.post_id for proposal in proposals(posts, known, goal=None)]
    assert sorted(found) == sorted(name for name, state in states.items() if state != "read")


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=4)))
def test_without_circles_nothing_comes_before_what_it_builds_on(
    builds_on: dict[str, list[str]],
) -> None:
    downwards = {
        name: [other for other in others if int(other) < int(name)]
        for name, others in builds_on.items()
    }
    posts = [ReadingEntry(str(number), "", "unread", None) for number in range(13)]
    order = [proposal.entry.post_id for proposal in proposals(posts, downwards, goal=None)]
    for name, others in downwards.items():
        assert all(order.index(other) < order.index(name) for other in others)


def test_a_long_chain_of_references_is_followed() -> None:
    count = 5000
    posts = [ReadingEntry(str(number), "", "unread", None) for number in range(count)]
    chain = {str(number): [str(number + 1)] for number in range(count - 1)}
    order = [proposal.entry.post_id for proposal in proposals(posts, chain, goal="0")]
    assert order == [str(number) for number in reversed(range(count))]
