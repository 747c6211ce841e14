"""Backups: whole, made while others write, never over a file that is none."""

import contextlib
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from blogkit import Library, Post
from blogkit.errors import LibraryDamagedError, LibraryError


def posts(count: int, first: int = 0) -> list[Post]:
    return [
        Post(title=f"第{n}篇", text=f"讲编号{n * 37}的事,与别的不同。")
        for n in range(first, first + count)
    ]


def restored(backup: Path, folder: Path) -> Library:
    folder.mkdir()
    shutil.copy(backup, folder / "library.db")
    return Library.open(folder)


def test_a_backup_is_a_library(library: Library, tmp_path: Path) -> None:
    library.add_posts(posts(3))
    report = library.back_up(tmp_path / "posts.db")
    assert (report.path, report.posts) == (str(tmp_path / "posts.db"), 3)
    assert report.bytes == (tmp_path / "posts.db").stat().st_size
    with restored(tmp_path / "posts.db", tmp_path / "again") as again:
        assert [post.to_dict() for post in again.posts()] == [p.to_dict() for p in library.posts()]
        assert [hit.title for hit in again.search("第2篇")] == [
            h.title for h in library.search("第2篇")
        ]
        assert again.doctor().is_well


def test_a_backup_put_back_is_not_taken_for_what_came_after(
    library: Library, tmp_path: Path
) -> None:
    """The index of the library must not be taken for the backup's, though both grow alike."""
    library.add_posts(posts(1))
    library.back_up(tmp_path / "posts.db")
    library.add_posts([Post(title="后来", text="后来的梯度。")])
    folder = Path(library.folder)
    library.close()
    for path in folder.glob("library.db*"):
        path.unlink()
    shutil.copy(tmp_path / "posts.db", folder / "library.db")
    with Library.open(folder) as again:
        assert again.search("梯度").total == 0
        again.add_posts([Post(title="另外", text="另外的裁剪。")])
        assert [hit.title for hit in again.search("梯度 裁剪")] == ["另外"]


def test_an_earlier_backup_is_replaced_and_another_file_is_not(
    library: Library, tmp_path: Path
) -> None:
    library.add_posts(posts(1))
    library.back_up(tmp_path / "posts.db")
    library.add_posts(posts(1, first=5))
    assert library.back_up(tmp_path / "posts.db").posts == 2
    (tmp_path / "notes.md").write_text("# 笔记", encoding="utf-8")
    with pytest.raises(LibraryError) as told:
        library.back_up(tmp_path / "notes.md")
    assert str(told.value) == (
        f"{tmp_path}/notes.md: expected no file or an earlier backup, found another file; name "
        "another one"
    )
    assert (tmp_path / "notes.md").read_text(encoding="utf-8") == "# 笔记"


def test_a_damaged_library_does_not_replace_a_sound_backup(
    library: Library, tmp_path: Path
) -> None:
    library.add_posts(posts(1))
    library.back_up(tmp_path / "posts.db")
    before = (tmp_path / "posts.db").read_bytes()
    with contextlib.closing(sqlite3.connect(Path(library.folder) / "library.db")) as connection:
        connection.execute("UPDATE copies SET text = '讲编号1的事,与别的不同。'")
        connection.commit()
    with pytest.raises(LibraryDamagedError) as told:
        library.back_up(tmp_path / "posts.db")
    assert str(told.value) == (
        f"{library.folder}/library.db: damaged, no backup was made: 1 rows of copies are not as "
        "they were written; 'blogkit doctor --repair' reads the library anew from what is whole"
    )
    assert (tmp_path / "posts.db").read_bytes() == before
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_backup_made_while_another_writes_is_whole(library: Library, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with Library.open(library.folder) as other:
            for n in range(6):
                other.add_posts(posts(2, first=n * 2))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    sizes = []
    while not done.is_set():
        library.back_up(tmp_path / "posts.db")
        with contextlib.closing(sqlite3.connect(tmp_path / "posts.db")) as connection:
            sizes += connection.execute("SELECT count(*) FROM posts").fetchone()
    writer.join()
    assert all(size % 2 == 0 for size in sizes)
    assert library.back_up(tmp_path / "posts.db").posts == 12
