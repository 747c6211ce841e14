"""The library on disk: adding, merging, changing, removing, and an index that mends itself."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from blogkit import Library, Post
from blogkit.errors import (
    AmbiguousPostError,
    LibraryDamagedError,
    LibraryError,
    PostNotFoundError,
    SchemaVersionError,
)

MERGED = [
    "为节约而生:从标准Attention到稀疏Attention",
    "当Bert遇上Keras:这可能是Bert最简单的打开姿势",
    "无监督分词和句法分析!原来BERT还可以这样用",
    "为什么梯度裁剪能加速训练过程?一个简明的分析",
]
SENTENCES = [f"第{n}句话讲的是编号为{n * 37}的那一件事情,它与别的都不相同。" for n in range(20)]


def article(first: int = 0, last: int = 20) -> str:
    return "".join(SENTENCES[first:last])


def titles(library: Library) -> list[str]:
    return [post.title for post in library.posts()]


def found(library: Library, query: str) -> list[str]:
    return [hit.title for hit in library.search(query)]


def test_forty_entries_become_thirty_six_posts(library: Library, seeds: Path) -> None:
    report = library.add(seeds)
    counts = (report.files, report.entries, report.posts, report.merged, report.unchanged)
    assert counts == (5, 40, 36, 4, 0)
    assert (report.problems, report.skipped) == ((), {"about-the-folder": 1})
    assert library.posts().total == 36


def test_exactly_four_pairs_are_merged(seeded: Library) -> None:
    groups = seeded.duplicates().groups
    assert [group.title for group in groups] == MERGED
    assert [group.kind for group in groups] == ["exact", "exact", "edited", "edited"]
    assert [len(group.members) for group in groups] == [2, 2, 2, 2]


def test_the_untitled_copy_takes_title_tags_and_category(seeded: Library) -> None:
    post = seeded.post(MERGED[3])
    assert (post.title_from, post.tags, post.categories) == (
        "duplicate",
        ("优化", "梯度"),
        ("数学研究",),
    )
    places = [(Path(o.path or "").name[:3], o.line, o.end_line) for o in post.occurrences]
    assert places == [("002", 73, 89), ("004", 103, 121)]


def test_adding_again_changes_nothing(library: Library, seeds: Path) -> None:
    library.add(seeds)
    before = [post.to_dict() for post in library.posts()]
    report = library.add(seeds)
    assert (report.unchanged, report.entries, report.posts) == (5, 0, 0)
    assert [post.to_dict() for post in library.posts()] == before


def test_ids_do_not_depend_on_the_library(seeded: Library, library: Library, seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        library.add(path)
    assert [post.id for post in library.posts()] == [post.id for post in seeded.posts()]


def test_a_changed_file_keeps_the_ids_of_its_posts(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("5 Jun\n\n标题\n\n" + article(), encoding="utf-8")
    library.add(path)
    (before,) = library.posts()
    path.write_text("5 Jun\n\n新标题\n\n" + article() + "又一句关于裁剪的话。", encoding="utf-8")
    report = library.add(path)
    (after,) = library.posts()
    assert (after.id, after.title) == (before.id, "新标题")
    assert (report.posts, report.merged) == (0, 0)
    assert found(library, "裁剪") == ["新标题"]


def test_an_excerpt_joins_its_post_whichever_comes_first(tmp_path: Path) -> None:
    (tmp_path / "full.md").write_text("# 全文\n\n" + article(), encoding="utf-8")
    (tmp_path / "cut.txt").write_text(
        "5 Jun\n\n节选\n\n" + article(0, 5) + "\n\n点击阅读全文...", encoding="utf-8"
    )
    for order in (("full.md", "cut.txt"), ("cut.txt", "full.md")):
        with Library.open(tmp_path / order[0][:3]) as library:
            for name in order:
                library.add(tmp_path / name)
            (post,) = library.posts()
            assert (post.title, post.truncated, post.text) == ("全文", False, article())
            assert post.date.month == 6
            assert library.duplicates().groups[0].kind == "excerpt"


def test_a_collection_of_posts_is_no_copy_of_them(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 甲\n\n" + article(0, 6), encoding="utf-8")
    (tmp_path / "b.md").write_text("# 乙\n\n" + article(10, 16), encoding="utf-8")
    (tmp_path / "c.md").write_text("# 合集\n\n" + article(0, 20), encoding="utf-8")
    for name in "abc":
        library.add(tmp_path / f"{name}.md")
    assert titles(library) == ["甲", "乙", "合集"]


def test_short_texts_need_like_titles_to_be_copies(library: Library, tmp_path: Path) -> None:
    for name, title in (("a", "甲"), ("b", "乙"), ("c", "甲")):
        (tmp_path / f"{name}.md").write_text(f"# {title}\n\n见附件。", encoding="utf-8")
    library.add(tmp_path)
    assert titles(library) == ["甲", "乙"]


def test_a_removed_source_takes_only_its_own_posts(library: Library, seeds: Path) -> None:
    library.add(seeds)
    report = library.remove(seeds / "002_8c2afe7e835e0a0b.txt")
    assert (report.sources, report.posts) == (1, 6)
    post = library.post(MERGED[3])
    assert (post.title_from, len(post.occurrences), post.tags) == ("heading", 1, ())
    assert "积分梯度" not in " ".join(found(library, "积分梯度"))


def test_removing_what_is_not_there_is_said(library: Library) -> None:
    assert library.remove("no/such").unknown == ("no/such",)


def test_copies_part_when_what_joined_them_is_removed(library: Library, tmp_path: Path) -> None:
    (tmp_path / "full.md").write_text("# 全文\n\n" + article(), encoding="utf-8")
    library.add(tmp_path / "full.md")
    for name, span in (("a", (0, 6)), ("b", (10, 16))):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n" + article(*span), encoding="utf-8")
        library.add(tmp_path / f"{name}.md")
    assert titles(library) == ["全文"]
    library.remove(tmp_path / "full.md")
    assert sorted(titles(library)) == ["a", "b"]


def test_sync_finds_changed_new_and_missing_files(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "posts"
    folder.mkdir()
    for name, span in (("a", (0, 5)), ("b", (5, 10)), ("c", (10, 15))):
        (folder / f"{name}.md").write_text(f"# {name}\n\n" + article(*span), encoding="utf-8")
    library.add(folder)
    library.remove(folder / "c.md")
    (folder / "a.md").unlink()
    (folder / "b.md").write_text("# B\n\n" + article(5, 10), encoding="utf-8")
    (folder / "d.md").write_text("# d\n\n" + article(15, 20), encoding="utf-8")
    report = library.sync()
    assert report.gone == (str(folder / "a.md"),)
    assert titles(library) == ["a", "B", "d"]


def test_one_bad_file_does_not_keep_the_others_out(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 甲\n\n正文。", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(b"\xff\xfe\xfa")
    report = library.add(tmp_path)
    assert titles(library) == ["甲"]
    assert [(p.code, p.line) for p in report.problems] == [("encoding", 1)]
    assert report.unreadable == 1


def test_posts_from_a_program(library: Library) -> None:
    first = Post(title="甲", text=article(0, 8), id="first")
    library.add_posts([first, Post(title="乙", text=article(10, 18))])
    library.add_posts([first])
    assert titles(library) == ["甲", "乙"]
    assert library.post("first").title == "甲"
    assert library.post("first").occurrences[0].path is None


def test_a_given_id_stays_known_when_its_post_is_merged(library: Library) -> None:
    library.add_posts([Post(title="甲", text=article(), id="one")])
    library.add_posts([Post(title="甲", text=article() + "完。", id="two")])
    assert library.posts().total == 1
    assert library.post("one").id == library.post("two").id
    (group,) = library.duplicates()
    assert {(member.id, member.path) for member in group.members} == {("one", None), ("two", None)}


def test_a_post_given_again_with_its_id_replaces_the_old_one(library: Library) -> None:
    library.add_posts([Post(title="甲", text=article(0, 8), id="one")])
    library.add_posts([Post(title="乙", text=article(10, 18), id="one")])
    assert titles(library) == ["乙"]


def test_what_is_replaced_or_removed_leaves_the_index(library: Library) -> None:
    """Regression: documents of a post that changed stayed in the index beside the new ones."""
    library.add_posts([Post(title="甲", text=article(0, 8), id="one")])
    library.add_posts([Post(title="甲", text=article(0, 8) + "又及。", id="one")])
    assert [hit.title for hit in library.search("甲", by="section")] == ["甲"]
    assert [(f.name, f.state) for f in library.doctor().findings] == [
        ("database", "well"),
        ("index", "well"),
    ]


def test_a_post_is_found_by_id_prefix_and_title(seeded: Library) -> None:
    post = seeded.post("日食记")
    assert post.id is not None
    assert seeded.post(post.id).title == seeded.post(post.id[:6]).title == "日食记"
    with pytest.raises(PostNotFoundError, match="no post has the id or title 'zzz'"):
        seeded.post("zzz")
    with pytest.raises(AmbiguousPostError, match="'3' means 8 posts: 3486e31a8b"):
        seeded.post("3")


def test_references_are_resolved(seeded: Library) -> None:
    post = seeded.post("基于Bert的NL2SQL模型:一个简明的Baseline")
    bert = seeded.post(MERGED[1])
    assert [(r.title, r.post_id) for r in post.references] == [(MERGED[1], bert.id)]


@pytest.mark.parametrize("damage", ["index missing", "index torn", "stamp missing", "words torn"])
def test_the_index_mends_itself(library: Library, seeds: Path, damage: str) -> None:
    library.add(seeds)
    expected = found(library, "梯度裁剪")
    folder = Path(library.folder)
    library.close()
    if damage == "index missing":
        shutil.rmtree(folder / "index")
    elif damage == "index torn":
        for path in (folder / "index" / "text").glob("*"):
            path.write_bytes(path.read_bytes()[:10])
    elif damage == "stamp missing":
        (folder / "index" / "text" / "blogkit.json").unlink()
    else:
        (folder / "index" / "words.db").write_bytes(b"nothing")
    with Library.open(folder) as reopened:
        assert found(reopened, "梯度裁剪") == expected
        assert reopened.doctor().is_well


def test_an_index_behind_the_database_is_caught_up(library: Library, tmp_path: Path) -> None:
    library.add_posts([Post(title="甲", text=article(0, 8))])
    folder = Path(library.folder)
    shutil.copytree(folder / "index", tmp_path / "old")
    library.add_posts([Post(title="乙", text="关于梯度裁剪的一段话。")])
    library.close()
    shutil.rmtree(folder / "index")
    shutil.copytree(tmp_path / "old", folder / "index")
    with Library.open(folder) as reopened:
        assert found(reopened, "裁剪") == ["乙"]


def test_doctor_repairs_the_index_and_says_so(library: Library, seeds: Path) -> None:
    library.add(seeds)
    (Path(library.folder) / "index" / "words.db").unlink()
    states = [(f.name, f.state) for f in library.doctor().findings]
    assert states == [("database", "well"), ("index", "repaired")]
    assert [f.state for f in library.doctor().findings] == ["well", "well"]


def test_a_stranger_s_database_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    with pytest.raises(LibraryError, match="is an SQLite file, but no library of blogkit"):
        Library.open(tmp_path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM mine").fetchone() == (0,)


def test_another_schema_is_refused(library: Library) -> None:
    path = Path(library.folder) / "library.db"
    library.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(SchemaVersionError, match=r"expected schema \d+ or older, found 99"):
        Library.open(path.parent)


def test_a_failed_add_leaves_nothing(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from blogkit.library.intake import Intake

    def fail(self: Intake) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Intake, "finish", fail)
    with pytest.raises(KeyboardInterrupt):
        library.add_posts([Post(title="甲", text=article())])
    monkeypatch.undo()
    assert library.posts().total == 0
    assert library.doctor().is_well


def test_an_empty_library_answers(library: Library) -> None:
    assert library.search("梯度").to_dict() == {
        "schema": 1,
        "query": "梯度",
        "total": 0,
        "truncated": False,
        "hits": [],
        "did_you_mean": None,
    }
    assert library.posts().total == 0
    assert library.duplicates().groups == ()
    assert library.doctor().is_well


def test_the_hundredth_copy_still_finds_its_post(library: Library) -> None:
    """Regression: fingerprints that very many copies share propose no candidates."""
    library.add_posts([Post(title=f"第{n}份", text=article(), id=f"copy-{n}") for n in range(120)])
    assert library.posts().total == 1


def test_an_open_library_finds_what_another_has_added(tmp_path: Path) -> None:
    """Regression: the index was level, so that nobody looked whether it was the one in memory."""
    totals = []
    with Library.open(tmp_path) as waiting:
        for text in ("注意力机制与序列模型。", "谈谈训练中的梯度，以及多头注意力。"):
            with Library.open(tmp_path) as other:
                other.add_posts([Post(title=text[:4], text=text)])
            totals.append(waiting.search("注意力").total)
    assert totals == [1, 2]


def test_the_list_of_posts_says_what_the_posts_say(seeded: Library) -> None:
    whole = list(seeded.posts())
    assert list(seeded.list_posts()) == [post.listed() for post in whole]
    assert list(seeded.list_posts(limit=3, offset=5)) == [post.listed() for post in whole[5:8]]
    assert seeded.list_posts(limit=3).to_dict() == seeded.posts(limit=3).to_dict()
    assert list(seeded.list_posts(offset=99)) == []


def test_a_list_counts_characters_behind_a_nul(library: Library) -> None:
    library.add_posts([Post(title="甲", text="一\0二𝒙")])
    assert [post.chars for post in library.list_posts()] == [4]


def test_a_list_never_shows_a_post_that_is_damaged(library: Library) -> None:
    library.add_posts([Post(title="甲", text="设 $x$ 为实数。")])
    library.database.connection.execute("UPDATE copies SET text = text || '。'")
    with pytest.raises(LibraryDamagedError):
        library.list_posts()


def test_a_first_look_up_tells_how_far_it_is(library: Library) -> None:
    library.add_posts([Post(title="甲", text="设 $x$ 与 $y$ 为实数。")])
    told: list[tuple[int, int]] = []
    library.find_formula("x", progress=lambda done, total, _: told.append((done, total)))
    library.find_formula("x", progress=lambda done, total, _: told.append((done, total)))
    assert told == [(0, 2), (1, 2)]


def test_the_copies_of_one_post_are_those_of_its_group(seeded: Library) -> None:
    for group in seeded.duplicates():
        assert seeded.copies(group.post_id) == group
