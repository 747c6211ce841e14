"""Full disks, read-only folders, folders of other users: a clear error, and a sound library."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit import Library, Post

NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
ROOT = Path(__file__).parent.parent.parent


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small file system of its own."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def blogkit(*arguments: str, as_nobody: bool = False) -> tuple[int, str]:
    """Exit status and what was printed of a command, as root or as nobody in particular."""
    ran = subprocess.run(
        [*(AS_NOBODY if as_nobody else []), sys.executable, "-m", "blogkit", *arguments],
        capture_output=True,
        env={**os.environ, "HOME": "/nonexistent"},
        check=False,
    )
    return ran.returncode, ran.stdout.decode() + ran.stderr.decode()


def works(*arguments: str, as_nobody: bool = False) -> None:
    status, said = blogkit(*arguments, as_nobody=as_nobody)
    assert status == 0, said


@pytest.fixture
def nobody() -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root may act as another user")
    ran = subprocess.run(
        ["setpriv", f"--reuid={NOBODY}", "--clear-groups", sys.executable, "-c", "import tantivy"],
        capture_output=True,
        check=False,
    )
    if ran.returncode:
        pytest.skip("another user can't run this Python")


def test_on_a_full_disk_an_add_is_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "many.md").write_text(
        "# 很多\n\n" + "".join(f"编号{n * 7919}。" for n in range(60_000)), encoding="utf-8"
    )
    with mounted(tmp_path / "small", "12m") as place:
        with Library.open(place / "library") as library:
            library.add_posts([Post(title="前", text="编号一。")])
        free = os.statvfs(place)
        (place / "ballast").write_bytes(bytes(free.f_bavail * free.f_frsize - 300_000))
        said = blogkit("--library", str(place / "library"), "add", str(tmp_path / "many.md"))
        assert said == (
            2,
            (
                f"blogkit: {place}/library/library.db: the disk is full; nothing was changed: make "
                "room, and try again\n"
            ),
        )
        with Library.open(place / "library") as library:
            assert [post.title for post in library.posts()] == ["前"]
            assert library.search("编号").total == 1
        subprocess.run(["mount", "-o", "remount,size=90m", str(place)], check=True)
        said = blogkit("--library", str(place / "library"), "add", str(tmp_path / "many.md"))
        assert said[0] == 0, said
        with Library.open(place / "library") as library:
            assert [f.state for f in library.doctor().findings] == ["well", "well"]


def test_an_index_that_does_not_fit_is_told_and_made_later(tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "3m") as place:
        folder = place / "library"
        (place / "a.md").write_text("# 梯度\n\n裁剪。", encoding="utf-8")
        status, said = blogkit("--library", str(folder), "add", str(place / "a.md"))
        assert status == 2
        assert "can't be written" in said
        assert "Traceback" not in said
        subprocess.run(["mount", "-o", "remount,size=40m", str(place)], check=True)
        works("--library", str(folder), "search", "裁剪")
        with Library.open(folder) as library:
            assert [f.state for f in library.doctor().findings] == ["well", "well"]


def test_a_read_only_library_is_read_and_can_t_be_changed(tmp_path: Path, seeds: Path) -> None:
    with mounted(tmp_path / "disk", "60m") as place:
        folder = place / "library"
        with Library.open(folder) as library:
            library.add(seeds)
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        works("--library", str(folder), "search", "梯度裁剪", "--limit", "1")
        works("--library", str(folder), "posts", "--limit", "1")
        works("--library", str(folder), "formula", "find", r"\gamma")
        works("--library", str(folder), "doctor")
        assert blogkit("--library", str(folder), "add", str(seeds)) == (
            2,
            (
                f"blogkit: {folder}/library.db: can't be written; nothing was changed: expected a "
                "folder and files that may be written\n"
            ),
        )


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("text/blogkit.json", "missing, or not as it was written"),
        ("text/meta.json", "missing, or not as it was written"),
    ],
)
def test_an_index_that_is_not_whole_is_told_where_none_can_be_made(
    tmp_path: Path, part: str, found: str
) -> None:
    with mounted(tmp_path / "disk", "60m") as place:
        folder = place / "library"
        with Library.open(folder) as library:
            library.add_posts([Post(title="甲", text="编号一。")])
        (folder / "index" / part).unlink()
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        assert blogkit("--library", str(folder), "search", "编号") == (
            2,
            (
                f"blogkit: {folder}/index: expected an index that is level with the library "
                f"({found}); it can't be made where nothing may be written: open the library once "
                "where it may\n"
            ),
        )


def test_a_library_of_another_user_is_read(
    nobody: None, tmp_path_factory: pytest.TempPathFactory, seeds: Path
) -> None:
    base = tmp_path_factory.mktemp("shared")
    for parent in (base, *base.parents):
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    with Library.open(base / "library") as library:
        library.add(seeds)
    subprocess.run(["chmod", "-R", "a+rX", str(base)], check=True)
    status, said = blogkit("--library", str(base / "library"), "search", "梯度裁剪", as_nobody=True)
    assert status == 0, said
    status, said = blogkit("--library", str(base / "library"), "remove", "x", as_nobody=True)
    assert (status, "can't be written; nothing was changed" in said) == (2, True), said


def test_an_index_of_another_user_is_opened_each_time_and_leaves_nothing(
    nobody: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Regression: Tantivy's thread put a lock into the folder that was being removed."""
    base = tmp_path_factory.mktemp("opened")
    for parent in (base, *base.parents):
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    with Library.open(base / "library") as library:
        library.add_posts([Post(title="甲", text="编号一。")])
    subprocess.run(["chmod", "-R", "a+rX", str(base)], check=True)
    (base / "tmp").mkdir()
    (base / "tmp").chmod(0o777)
    program = (
        "import sys, os\nfrom blogkit.index.text_index import TextIndex\n"
        "print({len(TextIndex(sys.argv[1])) for _ in range(300)}, os.listdir(os.environ['TMPDIR']))"
    )
    ran = subprocess.run(
        [*AS_NOBODY, sys.executable, "-c", program, str(base / "library" / "index" / "text")],
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(base / "tmp")},
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("{1} []\n", "")


def test_a_library_that_may_not_be_read_is_one_clear_line(
    nobody: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base = tmp_path_factory.mktemp("private")
    for parent in (base, *base.parents):
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    Library.open(base / "library").close()
    (base / "library" / "library.db").chmod(0o600)
    said = blogkit("--library", str(base / "library"), "posts", as_nobody=True)
    path = base / "library" / "library.db"
    assert said == (2, f"blogkit: {path}: can't be opened: Permission denied\n")
    assert blogkit("--library", str(base / "new"), "posts", as_nobody=True) == (
        2,
        f"blogkit: {base}/new: can't be made: Permission denied\n",
    )
