"""Files and folders that were added are read again as they change: real files, a real process."""

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from web_server import served

from blogkit import Library
from blogkit.errors import MissingExtraError
from blogkit.sources.noticing import Notices, Places

POST = "# {title}\n\n{text}\n"


def write(path: Path, title: str, text: str = "梯度裁剪。") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POST.format(title=title, text=text), encoding="utf-8")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder that was added, and beside it one of which a single file was."""
    write(tmp_path / "notes" / "a.md", "甲")
    write(tmp_path / "desk" / "one.md", "单", "单独的一篇。")
    write(tmp_path / "desk" / "two.md", "邻", "没有添加的一篇。")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "notes", tmp_path / "desk" / "one.md")
    return tmp_path / "notes"


class Watcher:
    """`blogkit watch` as a process."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "blogkit", "--library", str(folder), "watch", "--json"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)
        self.watches = self.process.stderr.readline()

    def told(self) -> tuple[str, str | None, int]:
        """The next change."""
        change = json.loads(self.process.stdout.readline())
        path = change["path"] and Path(change["path"]).name
        return change["what"], path, change["posts"]

    def end(self) -> tuple[int, str, str]:
        """Ctrl-C: its status, and what it still says."""
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@contextmanager
def watching(folder: Path) -> Iterator[Watcher]:
    watcher = Watcher(folder)
    try:
        yield watcher
    finally:
        watcher.process.kill()
        watcher.process.communicate(timeout=60)


def test_each_change_of_a_file_is_told_and_read(notes: Path) -> None:
    library = notes.parent / "library"
    desk = notes.parent / "desk"
    with watching(library) as watcher:
        assert "folders: 1, single files: 1" in watcher.watches
        write(notes / "sub" / "b.md", "乙", "学习率。")
        assert watcher.told() == ("new", "b.md", 1)
        write(desk / "two.md", "邻", "旁边的一篇变了。")
        write(notes / ".git" / "c.md", "藏")
        write(desk / ".one", "单", "编辑器换上的一篇。")
        (desk / ".one").replace(desk / "one.md")
        assert watcher.told() == ("changed", "one.md", 1)
        (notes / "sub" / "b.md").unlink()
        assert watcher.told() == ("gone", "b.md", 1)
        write(notes / "sub" / "b.md", "乙", "学习率。")
        assert watcher.told() == ("back", "b.md", 1)
        assert watcher.end() == (0, "", "")
    with Library.open(library) as opened:
        assert [post.text for post in opened.posts()] == [
            "梯度裁剪。", "编辑器换上的一篇。", "学习率。",
        ]  # fmt: skip


def test_a_broken_file_is_told_once_and_does_not_end_it(notes: Path) -> None:
    with watching(notes.parent / "library") as watcher:
        (notes / "bad.md").write_bytes(b"\xff\xfe\x00\xd8\x00")
        assert watcher.told() == ("problem", "bad.md", 0)
        write(notes / "a.md", "甲", "改过的一篇。")
        assert watcher.told() == ("changed", "a.md", 1)
        write(notes / "bad.md", "好")
        assert watcher.told() == ("new", "bad.md", 1)


def test_what_another_process_adds_and_removes_is_followed(notes: Path) -> None:
    other = notes.parent / "other"
    write(other / "c.md", "丙", "另一个文件夹。")
    with watching(notes.parent / "library") as watcher:
        with Library.open(notes.parent / "library") as library:
            library.add(other)
            assert watcher.told() == ("new", "c.md", 1)
            library.remove(notes / "a.md")
        write(notes / "a.md", "甲", "已经移除，不再回来。")
        write(other / "c.md", "丙", "改过的另一个文件夹。")
        assert watcher.told() == ("changed", "c.md", 1)


def test_what_changed_before_it_began_is_told_first(notes: Path) -> None:
    write(notes / "a.md", "甲", "改过的一篇。")
    with Library.open(notes.parent / "library") as library:
        changes = library.watch()
        first = next(changes)
        assert (first.what, first.path) == ("changed", str(notes / "a.md"))
        assert library.search("改过").total == 1
        changes.close()


def test_pages_that_are_open_follow(notes: Path) -> None:
    with served(notes.parent / "library", "--watch") as address:
        write(notes / "b.md", "新来的一篇")
        while "新来的一篇" not in _read(f"{address}/posts"):
            pass


def _read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def test_what_the_library_writes_itself_is_no_change(tmp_path: Path) -> None:
    with Notices(str(tmp_path / "library")) as notices:
        (tmp_path / "library").mkdir()
        assert notices.follow(Places((str(tmp_path),)))
        assert not notices.follow(Places((str(tmp_path),)))
        write(tmp_path / "library" / "x.md", "甲")
        assert not notices.wait(1)
        write(tmp_path / "x.md", "甲")
        assert notices.wait(60)


def test_a_folder_that_is_replaced_is_followed_anew(tmp_path: Path) -> None:
    places = Places((str(tmp_path / "notes"),))
    with Notices(str(tmp_path / "library")) as notices:
        assert notices.follow(places)
        (tmp_path / "notes").mkdir()
        assert notices.follow(places)
        (tmp_path / "notes").rename(tmp_path / "old")
        (tmp_path / "notes").mkdir()
        assert notices.follow(places)
        write(tmp_path / "notes" / "x.md", "甲")
        assert notices.wait(60)


def test_an_empty_library_has_nothing_to_watch(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "blogkit", "--library", str(tmp_path / "new"), "watch"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "is empty; 'blogkit add PATH...' reads posts into it" in done.stderr


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(MissingExtraError, match=r"^blogkit watch needs watchfiles.*blogkit\[watch"):
        Notices(str(tmp_path))
