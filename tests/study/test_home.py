"""The home: what to come back to of a library, from what is known and kept."""

import json
from pathlib import Path

import pytest

from blogkit import Library, Post, Study
from blogkit.cli.app import main
from blogkit.errors import QueryError
from blogkit.study.home import Home

FALSE, OPEN, TRUE = "显然\n\n$$2+2=5$$\n\n", r"$\int_0^1 f(x)dx=g(1)+1$", "$1+1=2$"


@pytest.fixture
def shelf(library: Library) -> Library:
    library.add_posts(
        [
            Post(title="基础", text=f"最先要读的一篇，讲向量：{TRUE}。", id="base"),
            Post(title="中层", text=f"参考《基础》，{FALSE}{OPEN}。", id="middle"),
            Post(title="顶层", text="参考《中层》和《基础》，讲张量。", id="top"),
        ]
    )
    return library


def home(library: Library, limit: int = 5) -> Home:
    return Study(library).home(limit=limit)


def doubts(library: Library) -> list[tuple[str, str]]:
    return [(doubt.formula.id, doubt.verdict) for doubt in home(library).doubts.formulas]


def test_what_was_added_last_comes_first(shelf: Library) -> None:
    assert [post.id for post in home(shelf, 2).added] == ["top", "middle"]


def test_half_read_is_what_is_being_read_the_last_marked_first(shelf: Library) -> None:
    for moment, post in enumerate(("top", "base", "middle")):
        Study(shelf, now=lambda moment=moment: moment).mark(post, "reading")
    Study(shelf).mark("top", "read")
    assert [entry.post_id for entry in home(shelf).half_read] == ["middle", "base"]


def test_unread_posts_come_by_how_many_cite_them(shelf: Library) -> None:
    assert [(post.entry.post_id, post.cited_by) for post in home(shelf).cited] == [
        ("base", 2), ("middle", 1),
    ]  # fmt: skip
    Study(shelf).mark("base", "read")
    found = home(shelf, 0)
    assert (found.cited, found.cited_total, found.unread) == ((), 1, 2)


def test_what_a_check_of_a_post_leaves_in_doubt_is_kept(shelf: Library) -> None:
    assert doubts(shelf) == []
    shelf.check("middle")
    with Library.open(shelf.folder) as later:
        assert doubts(later) == [("middle#1", "refuted"), ("middle#2", "undecided")]
        known = home(later).doubts
    assert (known.refuted, known.undecided, known.checked, known.posts) == (1, 1, 1, 2)


def test_of_a_post_that_changed_nothing_is_known(shelf: Library) -> None:
    shelf.check()
    assert home(shelf).doubts.checked == 2
    shelf.add_posts([Post(title="中层", text=f"另写：{FALSE}", id="middle")])
    assert doubts(shelf) == []
    assert home(shelf).doubts.checked == 1


def test_what_was_found_under_assumptions_or_of_one_formula_is_not_kept(shelf: Library) -> None:
    shelf.check("middle", assume="x > 0")
    shelf.check("middle#1")
    shelf.check("middle", seconds=0.5)
    assert home(shelf).doubts.checked == 0


def test_an_id_with_a_number_sign_is_no_obstacle(library: Library) -> None:
    library.add_posts([Post(title="甲", text=f"{FALSE}", id="c#")])
    library.check("c#")
    assert doubts(library) == [("c##1", "refuted")]


def test_a_limit_below_zero_is_refused(shelf: Library) -> None:
    with pytest.raises(QueryError, match=r"^limit and offset: expected 0 or more, found -1 and 0$"):
        home(shelf, -1)


def test_the_command_says_it_in_lines(shelf: Library, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.check("middle")
    Study(shelf, now=lambda: 86_400 * 7).mark("top", "reading")
    assert main(["--library", shelf.folder, "home", "--limit", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "3 posts, 2 of them not read yet",
        "",
        "Half read",
        "  top  since 1970-01-08  顶层",
        "",
        "Due",
        "  no cards yet; 'blogkit study new POST' offers some",
        "",
        "Added last",
        "  top    顶层",
        "",
        "Not read yet, and cited by others",
        "  base  cited by 2  基础",
        "  1 more of these",
        "",
        "Refuted or undecided",
        "  middle#1  refuted  2 + 2 = 5",
        (
            "  1 refuted, 1 undecided in 1 of 2 posts with formulas; "
            "'blogkit formula check' checks all and keeps it"
        ),
    ]


def test_an_empty_library_is_told_how_to_grow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", str(tmp_path / "none"), "home"]) == 1
    told = capsys.readouterr()
    assert told.out == "0 posts, 0 of them not read yet\n"
    assert "'blogkit add PATH...' reads posts into it" in told.err
    assert main(["--library", str(tmp_path / "none"), "home", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["added"] == []
