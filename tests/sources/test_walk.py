"""Which files a path means."""

from pathlib import Path

import pytest

from blogkit.sources.walk import walk


def touch(path: Path, data: bytes = b"text") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", "B/d.txt"):
        touch(tmp_path / name)
    names = [str(Path(path).relative_to(tmp_path)) for path in walk([str(tmp_path)]).files]
    assert names == ["a.md", "b.txt", "B/d.txt", "sub/c.txt"]


def test_what_is_no_post_is_skipped_and_counted(tmp_path: Path) -> None:
    touch(tmp_path / ".hidden.txt")
    touch(tmp_path / ".git" / "config.txt")
    touch(tmp_path / "picture.png", b"\x89PNG\0")
    touch(tmp_path / "binary.txt", b"\0\1")
    touch(tmp_path / "kept_with_its_post.gif", b"GIF89a")
    touch(tmp_path / "README.md")
    touch(tmp_path / "post.txt")
    found = walk([str(tmp_path)])
    assert [Path(path).name for path in found.files] == ["post.txt"]
    assert found.skipped == {"hidden": 2, "not-text": 2, "about-the-folder": 1}


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("Makefile", "all:\n\tpdflatex a\n", "build-files"),
        ("CMakeLists.txt", "project(x)\n", "build-files"),
        ("requirements.txt", "numpy\n", "build-files"),
        ("requirements-dev.txt", "numpy\n", "build-files"),
        ("_includes/head.html", "<p>头部</p>", "site-parts"),
        ("_sidebar.md", "- [甲](a.md)\n", "site-parts"),
        ("SUMMARY.md", "- [甲](a.md)\n", "site-parts"),
        ("robots.txt", "User-agent: *\n", "site-parts"),
        ("LICENSE", "MIT\n", "about-the-folder"),
        ("CHANGELOG.md", "# 变更\n", "about-the-folder"),
        ("points.txt", "1.0 2\n" * 9, "data"),
        ("table.txt", "name\tsize\n" + "甲\t1\n" * 9, "data"),
        ("config", '{"a": [1, 2]}', "data"),
        ("vocabulary.txt", "梯度\nloss\n" * 40, "data"),
        ("run", "#!/bin/sh\necho 甲\n", "data"),
    ],
)
def test_what_belongs_to_a_repository_is_no_post(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    touch(tmp_path / name, text.encode())
    assert walk([str(tmp_path)]).skipped == {reason: 1}
    assert walk([str(tmp_path / name)]).files == [str(tmp_path / name)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("securities.md", "# 证券\n\n正文。"),
        ("summary.md", "# 小结\n\n正文。"),
        ("requirements for optimality.txt", "最优性的条件。\n"),
        ("poem.txt", "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡\n李白\n"),
        ("lines.txt", "甲,乙,丙三人,\n" * 6),
        ("dates.txt", "5 Jun\n标题\n正文 1。\n"),
    ],
)
def test_what_is_named_or_looks_a_little_like_it_is_a_post(
    tmp_path: Path, name: str, text: str
) -> None:
    touch(tmp_path / name, text.encode())
    assert walk([str(tmp_path)]).skipped == {}


def test_a_file_that_is_named_is_always_taken(tmp_path: Path) -> None:
    touch(tmp_path / "README.md")
    assert walk([str(tmp_path / "README.md")]).files == [str(tmp_path / "README.md")]


def test_a_path_that_is_not_there_is_a_problem() -> None:
    (problem,) = walk(["no/such/file.txt"]).problems
    assert problem.message == ("no/such/file.txt: expected a file or a folder, found nothing there")


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    touch(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(walk([str(tmp_path)]).files) == 1
