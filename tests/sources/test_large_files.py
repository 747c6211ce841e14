"""A file that is too large is refused with what to do, before it costs memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from blogkit.errors import SourceError
from blogkit.sources import read
from blogkit.sources.read import Told, read_file, read_posts, read_source

PARAGRAPH = "设 $x$ 为实数，后面还有许多话要说。\n\n".encode()


MEASURED = """
import re, sys
from pathlib import Path
from blogkit.cli.app import main
status = main()
(kib,) = re.findall(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())
Path("peak").write_text(str(int(kib) // 1024))
sys.exit(status)
"""
"""The command, and how many MiB it had at most; the system tells a parent the most of all."""


def write_large(path: Path, megabytes: int) -> None:
    """A post of so many million bytes."""
    path.write_bytes(b"# A\n\n" + PARAGRAPH * (megabytes * 1_000_000 // len(PARAGRAPH)))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the most")
@pytest.mark.parametrize("name", ["a.md", "a.tex", "a.txt"])
def test_a_post_of_200_megabytes_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    write_large(tmp_path / name, 200)
    command = [sys.executable, "-c", MEASURED, "--library", str(tmp_path / "library"), "add", name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    expected = f"{name}: expected at most 16 MiB, found 191 MiB; split it into several files"
    assert expected in done.stderr
    assert (done.stderr.count("\n"), done.returncode) == (1, 2)
    assert int((tmp_path / "peak").read_text()) < 1200


def test_the_rest_of_a_folder_is_read(tmp_path: Path) -> None:
    from blogkit import Library

    (tmp_path / "notes").mkdir()
    write_large(tmp_path / "notes" / "a.md", 20)
    (tmp_path / "notes" / "b.md").write_text("# 短文\n\n此文甚短。\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        report = library.add(tmp_path / "notes")
        assert [problem.code for problem in report.problems] == ["size"]
        assert [post.title for post in library.posts()] == ["短文"]


def test_a_file_larger_than_any_is_not_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.touch()
    with path.open("r+b") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(SourceError, match="expected at most 200 MiB, found 300 MiB"):
        read_file(str(path))


def test_of_a_dump_only_the_post_that_is_too_long_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read, "POST_BYTES", 300)
    text = f"5 Jun\n\n甲\n\n{'长' * 200}\n\n6 Jun\n\n乙\n\n短。\n"
    (reading,) = read_source(text.encode(), "dump", Told("archive"))
    assert [post.title for post in reading.posts] == ["乙"]
    assert [str(problem.message) for problem in reading.problems] == [
        "dump:1: expected a post of at most 0 MiB, found 1 MiB; it is left out"
    ]


def test_a_page_may_be_large_whose_text_is_not() -> None:
    picture = "A" * (read.POST_BYTES + 1)
    page = f'<article><p>设 $x$。</p><img src="data:image/png;base64,{picture}"></article>'
    (post,) = read_posts(page.encode(), "a.html").posts
    assert post.text == "设 $x$。"
