"""The collections that the search figures rest on."""

from pathlib import Path

from searching.collections import (
    Collection,
    Query,
    citations,
    headings,
    paragraphs,
    pooled,
    rewritten,
)
from searching.written import Writer

from blogkit import Post

SMALL = Collection(
    "small",
    (Post(title="甲", text="正文。", id="a"),),
    (Query("q1", "甲?", frozenset({"a"})), Query("q2", "正文?", frozenset({"a"}))),
)


def test_a_query_stays_in_its_half_however_it_is_asked() -> None:
    halves = [query.half for query in SMALL.queries]
    again = [query.half for query in rewritten(SMALL, "louder", str.upper).queries]
    assert again == halves
    assert set(halves) <= {"tune", "report"}


def test_a_unit_is_its_title_and_its_text() -> None:
    assert list(SMALL.units()) == [("a", "甲\n正文。")]


def test_pooled_collections_ask_everything_of_everything(data: Path) -> None:
    cmrc, drcd = (paragraphs(data / name) for name in ("cmrc2018", "drcd"))
    both = pooled("both", cmrc, drcd)
    assert (len(both.posts), len(both.queries)) == (3104, 11238)


def test_citations_name_the_chapter_or_leave_the_citing_one_out(data: Path) -> None:
    named = citations(data / "d2l-zh", named=True)
    bare = citations(data / "d2l-zh", named=False)
    ids = {post.id for post in named.posts}
    assert len(ids) == 133
    assert all("numref" not in query.text for query in (*named.queries, *bare.queries))
    assert all(query.answers <= ids for query in named.queries)
    assert all("《" in query.text and not query.left_out for query in named.queries)
    assert all(query.left_out and not query.left_out & query.answers for query in bare.queries)
    assert all(query.left_out <= ids for query in bare.queries)


def test_each_heading_asks_for_one_section_of_its_own(data: Path) -> None:
    collection = headings(data / "d2l-zh")
    units = dict(collection.units())
    assert len({query.text for query in collection.queries}) == len(collection.queries) > 400
    for query in collection.queries:
        (answer,) = query.answers
        assert query.text in units[answer]


def test_written_posts_are_the_same_for_the_same_seed(data: Path) -> None:
    posts = list(Writer(seed=3).posts(12))
    assert posts == list(Writer(seed=3).posts(12))
    assert [sum(b.kind == "heading" for b in post.blocks) for post in posts] == [5, 5, 2]
    assert all(b.span.of(post.text) for post in posts for b in post.blocks)
