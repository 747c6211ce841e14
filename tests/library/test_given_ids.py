"""A post that was given an id has that id, wherever it is told."""

import json
from pathlib import Path

import pytest

from blogkit import Corpus, Library, Post
from blogkit.cli.app import main
from blogkit.errors import PostIdError
from blogkit.study import Study

TEXT = (
    "所谓裁剪，是指 $x>0$ 时取\\begin{equation}y=\\min(x,1)\\label{eq:1}\\end{equation}其余不变。"
    * 3
)
OTHER = "另一篇文章讲的是日食，那天早上我在山上看了全程，从初亏到复圆，云很薄。" * 3
GIVEN = Post(title="裁剪", text=TEXT, id="7387")


def told(library: Library) -> set[str]:
    """Every id of a post that the library tells."""
    (post,) = library.posts()
    (hit,) = library.search("裁剪")
    found = {post.id, hit.post_id, library.post("7387").id}
    found |= {formula.id.partition("#")[0] for formula in library.formulas()}
    found |= {hit.formula.post_id for hit in library.find_formula(r"\min(x,1)")}
    found |= {group.post_id for group in library.duplicates()}
    found |= {card.post_id for card in Study(library).offered("7387").cards}
    found.add(json.loads(json.dumps(library.posts().to_dict()))["posts"][0]["id"])
    return found


def test_a_given_id_is_told_everywhere(library: Library) -> None:
    library.add_posts([GIVEN])
    assert told(library) == {"7387"}
    assert library.formula("7387#eq:1").id == "7387#eq:1"
    assert library.check("7387#2").results[0].formula_id == "7387#eq:1"


def test_of_two_copies_the_first_gives_the_id(library: Library, tmp_path: Path) -> None:
    library.add_posts([GIVEN, Post(title="裁剪", text=TEXT + "又一句。", id="b")])
    (tmp_path / "c.md").write_text(f"# 裁剪\n\n{TEXT}", encoding="utf-8")
    library.add(tmp_path / "c.md")
    assert told(library) == {"7387"}
    assert library.post("b").id == "7387"
    assert library.duplicates().groups[0].members[0].id == "b"


def test_a_file_that_came_first_gives_the_id(library: Library, tmp_path: Path) -> None:
    (tmp_path / "c.md").write_text(f"# 裁剪\n\n{TEXT}", encoding="utf-8")
    library.add(tmp_path / "c.md")
    before = library.posts().posts[0].id
    library.add_posts([GIVEN])
    assert (library.posts().total, library.post("7387").id) == (1, before)


def test_an_id_goes_with_what_was_given_for_it(library: Library) -> None:
    library.add_posts([GIVEN, Post(title="裁剪", text=TEXT + "又一句。", id="b")])
    library.add_posts([Post(title="日食", text=OTHER, id="7387")])
    assert {post.id: post.title for post in library.posts()} == {"b": "裁剪", "7387": "日食"}
    library.add_posts([Post(title="日食", text=OTHER + "再一句。", id="b")])
    assert [(post.id, post.title) for post in library.posts()] == [("7387", "日食")]
    assert library.post("b").id == "7387"


def test_a_copy_that_parts_takes_its_id_along(library: Library) -> None:
    whole = "".join(f"第{n}句讲的是第{n * n}件事情，与别的都不相同。" for n in range(60))
    start, end = whole[: len(whole) // 3], whole[-len(whole) // 3 :]
    for post_id, text in (("a", start), ("b", whole), ("c", end)):
        library.add_posts([Post(title="全文", text=text, id=post_id)])
    assert {library.post(name).id for name in "abc"} == {"a"}
    library.remove("post:b")
    assert sorted(str(post.id) for post in library.posts()) == ["a", "c"]


@pytest.mark.parametrize(
    ("post_id", "found"),
    [
        ("", "no character"), ("  ", "no character"), ("a\nb", "'a\\nb'"),
        (" a", "' a'"), ("a\tb", "'a\\tb'"), ("字" * 201, "201 characters"),
    ],
)  # fmt: skip
def test_an_id_that_can_not_be_is_refused(library: Library, post_id: str, found: str) -> None:
    for take in (library.add_posts, Corpus):
        with pytest.raises(PostIdError) as raised:
            take([GIVEN, Post(title="坏", text="甲", id=post_id)])
        assert str(raised.value) == (
            "post '坏': expected an id of 1 to 200 characters on one line, without white "
            f"space at its ends, found {found}; give another, or none"
        )
    assert library.posts().total == 0


@pytest.mark.parametrize(
    "post_id", ["v0.6:a/b.md", "第 1 篇", "-x", "%2F?", "a'b\"<c>", "\x1b[2J\u200b"]
)
def test_other_ids_are_taken_as_they_are(library: Library, post_id: str) -> None:
    library.add_posts([Post(title="裁剪", text=TEXT, id=post_id)])
    assert library.formula(f"{post_id}#eq:1").post_id == post_id


def test_the_id_of_another_post_is_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "c.md").write_text(f"# 裁剪\n\n{TEXT}", encoding="utf-8")
    library.add(tmp_path / "c.md")
    (post,) = library.posts()
    with pytest.raises(PostIdError) as raised:
        library.add_posts([Post(title="日食", text=OTHER, id=post.id)])
    assert str(raised.value) == (
        f"post '{post.id}': another post has this id, '裁剪', with other content; give another id"
    )
    library.add_posts([Post(title="裁剪", text=TEXT, id=post.id)])
    assert library.posts().total == 1


def test_two_posts_of_a_corpus_have_two_ids() -> None:
    assert [hit.post_id for hit in Corpus([GIVEN]).search("裁剪")] == ["7387"]
    with pytest.raises(PostIdError, match="2 posts have the id"):
        Corpus([Post(title="甲", text="甲", id="2"), Post(title="乙", text="乙")])


def test_an_empty_post_is_none_and_told(library: Library, tmp_path: Path) -> None:
    report = library.add_posts([Post(title="", text=" \n"), Post(title="甲", text="")])
    assert [(p.code, p.message) for p in report.problems] == [
        ("empty", "expected a post with a title or text, found neither; it was not added")
    ]
    (tmp_path / "a.txt").write_text(
        "1 Jan\n2 Jan\n\n3 Jan\n\n正文在此。\n4 Jan\n", encoding="utf-8"
    )
    report = library.add(tmp_path / "a.txt")
    assert [(lines.line, lines.end_line) for lines in report.left_out] == [(1, 2), (7, 7)]
    assert [post.text for post in library.posts()] == ["", "正文在此。"]


def test_equal_copies_cost_no_more_than_others(library: Library) -> None:
    """Regression: each of many equal copies was compared with all others."""
    library.add_posts(Post(title="裁剪", text=TEXT, id=str(n)) for n in range(1500))
    assert (library.posts().total, len(library.posts().posts[0].occurrences)) == (1, 1500)
    assert library.post("1499").id == "0"


def test_a_given_id_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Library.open(tmp_path) as library:
        library.add_posts([GIVEN])
    assert main(["--library", str(tmp_path), "show", "7387", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["id"], [f["id"] for f in shown["formulas"]][:2]) == (
        "7387",
        ["7387#1", "7387#eq:1"],
    )
