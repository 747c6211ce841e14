"""Bundles, and what the user says of files, through add, sync and remove."""

import zipfile
from pathlib import Path

from blogkit import Library

FIRST = "# 第一篇\n\n这里讲的是极限与连续,以及它们之间的关系。\n"
SECOND = "# 第二篇\n\n这里讲的是矩阵的特征值,与前一篇完全没有关系。\n"


def write_zip(path: Path, files: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def test_a_bundle_is_added_synced_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "blog.zip"
    write_zip(path, {"a.md": FIRST, "b.md": SECOND, ".hidden": ""})
    with Library.open(tmp_path / "library") as library:
        report = library.add(path)
        assert (report.files, report.posts, report.skipped) == (1, 2, {"hidden": 1})
        assert [post.path for post in library.posts()] == [f"{path}!a.md", f"{path}!b.md"]
        assert library.add(path).unchanged == 1
        write_zip(path, {"a.md": FIRST})
        report = library.sync()
        assert (report.files, report.gone, report.unreadable) == (1, (), 0)
        assert [post.title for post in library.posts()] == ["第一篇"]
        assert library.remove(path).posts == 1
        assert len(library.posts()) == 0


def test_a_bundle_that_is_gone_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "blog.zip"
    write_zip(path, {"a.md": FIRST, "b.md": SECOND})
    with Library.open(tmp_path / "library") as library:
        library.add(path)
        path.unlink()
        report = library.sync()
        assert report.gone == (str(path),)
        assert len(library.posts()) == 2


def test_a_bundle_that_became_a_bomb_keeps_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "blog.zip"
    write_zip(path, {"a.md": FIRST})
    with Library.open(tmp_path / "library") as library:
        library.add(path)
        path.write_bytes(b"PK\x03\x04torn")
        report = library.sync()
        assert [problem.code for problem in report.problems] == ["bundle"]
        assert len(library.posts()) == 1


def test_an_encoding_that_was_told_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("題".encode("big5"))
    with Library.open(tmp_path / "library") as library:
        library.add(path, encoding="big5")
        assert library.add(path).unchanged == 1
        path.write_bytes("題目".encode("big5"))
        library.sync()
        assert [post.text for post in library.posts()] == ["題目"]


def test_a_file_is_read_again_when_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("題目".encode("big5"))
    with Library.open(tmp_path / "library") as library:
        library.add(path, encoding="gbk")
        assert library.add(path, encoding="GB18030").unchanged == 1
        library.add(path, encoding="big5")
        assert [post.text for post in library.posts()] == ["題目"]


def test_a_format_that_was_told_is_used(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# 题\n\n正文 **重** 点。", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(path, format="markdown")
        assert [post.title for post in library.posts()] == ["题"]
        report = library.add(path, format="nonsense")
        assert [problem.code for problem in report.problems] == ["unknown-format"]


def test_a_page_and_its_assets(tmp_path: Path) -> None:
    (tmp_path / "in" / "文章_files").mkdir(parents=True)
    (tmp_path / "in" / "文章_files" / "ad.html").write_text("<p>ad</p>", encoding="utf-8")
    page = "<title>文章</title><article><p>正文在这里,说的是级数的收敛性。</p></article>"
    (tmp_path / "in" / "文章.html").write_text(page, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        report = library.add(tmp_path / "in")
        assert (report.posts, report.skipped) == (1, {"assets": 1})
