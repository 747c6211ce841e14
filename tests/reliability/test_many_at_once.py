"""Several readers and writers on one library: in processes and in threads."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from crowd import crowd

from blogkit import Library, Post
from blogkit.errors import LibraryBusyError
from blogkit.store import database

HOLD = """
import sys, time
from blogkit import Library
with Library.open(sys.argv[1]) as library, library._database.writing():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def hold():
    """Starts a process that holds the library of a folder for some seconds."""
    held = []

    def start(folder: str, seconds: float) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLD, folder, str(seconds)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        held.append(process)
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in held:
        process.kill()
        process.communicate()


def post(number: int) -> Post:
    return Post(title=f"第{number}篇", text=f"编号{number}讲{number * 7919}的事。")


def test_readers_and_a_writer_in_processes(tmp_path: Path) -> None:
    counts = crowd(tmp_path / "library", readers=3, seconds=3)
    assert min(counts.values()) > 0


def test_a_second_writer_waits_for_the_first(library: Library, hold) -> None:
    hold(library.folder, 1.0)
    assert library.add_posts([post(1)]).posts == 1
    assert library.search("编号").total == 1


def test_who_waits_in_vain_is_told_who_writes(
    library: Library, hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.3)
    holder = hold(library.folder, 60)
    note = json.loads((Path(library.folder) / "library.db-writer").read_text(encoding="utf-8"))
    with Library.open(library.folder) as second, pytest.raises(LibraryBusyError) as told:
        second.add_posts([post(1)])
    assert str(told.value) == (
        f"{library.folder}/library.db: another process has been writing for 0 s: process "
        f"{holder.pid} ('{note['command']}', since {note['since']}); wait until it is done, and "
        "try again"
    )


def test_a_note_that_a_killed_writer_left_is_no_lock(library: Library, hold) -> None:
    holder = hold(library.folder, 60)
    holder.kill()
    holder.wait()
    assert (Path(library.folder) / "library.db-writer").exists()
    assert library.add_posts([post(1)]).posts == 1
    assert not (Path(library.folder) / "library.db-writer").exists()


def test_a_search_is_answered_while_another_process_writes(library: Library, hold) -> None:
    library.add_posts([post(1)])
    hold(library.folder, 60)
    with Library.open(library.folder) as reader:
        assert [hit.title for hit in reader.search("编号")] == ["第1篇"]


def test_one_library_serves_threads_while_one_of_them_writes(library: Library) -> None:
    library.add_posts([post(0)])
    stop = threading.Event()

    def read() -> int:
        seen = 1
        while not stop.is_set():
            found = library.search("编号", limit=1000).total
            assert found >= seen
            seen = found
            assert library.posts().total >= found
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        try:
            for number in range(1, 9):
                library.add_posts([post(number)])
        finally:
            stop.set()
        assert all(1 <= reader.result() <= 9 for reader in readers)
    assert library.search("编号", limit=1000).total == 9


def test_two_libraries_made_at_once_are_one(tmp_path: Path) -> None:
    program = (
        "import sys; from blogkit import Library, Post\n"
        "with Library.open(sys.argv[1]) as library:\n"
        "    library.add_posts([Post(title=sys.argv[2], text='编号' + sys.argv[2])])\n"
    )
    makers = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "new"), str(number)])
        for number in range(3)
    ]
    assert [maker.wait() for maker in makers] == [0, 0, 0]
    with Library.open(tmp_path / "new") as library:
        assert sorted(post.title for post in library.posts()) == ["0", "1", "2"]
        assert library.search("编号").total == 3
