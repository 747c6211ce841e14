"""Which files a path means."""

from pathlib import Path

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
    touch(tmp_path / "README.md")
    touch(tmp_path / "post.txt")
    found = walk([str(tmp_path)])
    assert [Path(path).name for path in found.files] == ["post.txt"]
    assert found.skipped == {"hidden": 2, "not-text": 2, "about-the-folder": 1}


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
