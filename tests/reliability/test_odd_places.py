"""What is no plain file, output that goes nowhere, and a system that refuses to write."""

import os
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from blogkit import Library
from blogkit.errors import LibraryError

POST = "# 梯度裁剪\n\n按模长缩放梯度。公式 $x+1$。\n"


def blogkit(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "blogkit", *map(str, words)],
        capture_output=not options.keys() & {"stdout", "stderr"},
        text=True,
        check=False,
        **options,
    )


def shell(command: str, **environment: str | Path) -> subprocess.CompletedProcess[str]:
    """A line of a shell in which `blogkit` is this one."""
    own = {name: str(value) for name, value in environment.items()}
    return subprocess.run(
        ["bash", "-c", f'blogkit() {{ "{sys.executable}" -m blogkit "$@"; }}; {command}'],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **own},
    )


# ---- what is no plain file


def test_a_file_that_has_become_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(POST, encoding="utf-8")
    (tmp_path / "b.md").write_text("# 别的\n\n与它无关的一句话。\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(file, tmp_path / "b.md")
    file.unlink()
    os.mkfifo(file)
    ran = blogkit("--library", tmp_path / "library", "sync")
    assert ran.returncode == 1
    assert "a.md: can't be read: expected a file, found a folder, a pipe or a device" in ran.stderr
    with Library.open(tmp_path / "library") as library:
        assert [post.title for post in library.posts()] == ["梯度裁剪", "别的"]


def test_pipes_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(POST, encoding="utf-8")
    os.mkfifo(tmp_path / "notes" / "b.md")
    with Library.open(tmp_path / "library") as library:
        report = library.add(tmp_path / "notes")
    assert (report.files, report.skipped) == (1, {"not-text": 1})


def test_a_pipe_in_the_place_of_the_aliases_is_not_waited_for(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        os.mkfifo(Path(library.folder) / "aliases.txt")
    assert blogkit("--library", tmp_path / "library", "search", "梯度").returncode == 1


@pytest.mark.parametrize("kind", ["folder", "pipe", "dangling link"])
def test_a_database_that_is_no_file_is_told(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "library.db"
    make = {
        "folder": path.mkdir,
        "pipe": lambda: os.mkfifo(path),
        "dangling link": lambda: path.symlink_to("nowhere"),
    }
    make[kind]()
    expected = (
        f"blogkit: {path}: expected a file, found a folder, a pipe, or a link that leads "
        "nowhere; move it away, or name another library\n"
    )
    for command in (["posts"], ["doctor", "--repair"]):
        ran = blogkit("--library", tmp_path, *command)
        assert (ran.returncode, ran.stderr) == (2, expected)


@pytest.mark.parametrize("name", ["", "text", "text-posts", "formulas", "words.db"])
@pytest.mark.parametrize("kind", ["file", "dangling link", "folder"])
def test_whatever_lies_in_the_place_of_an_index_is_replaced(
    tmp_path: Path, name: str, kind: str
) -> None:
    (tmp_path / "a.md").write_text(POST, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "a.md")
        library.find_formula("x+1")
    path = Path(tmp_path / "library" / "index" / name)
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    if kind == "file":
        path.write_text("no index")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    with Library.open(tmp_path / "library") as library:
        assert library.search("裁剪").total == 1
        assert library.find_formula("x+1").hits[0].match == "exact"
        assert {finding.state for finding in library.doctor().findings} <= {"well", "repaired"}
        assert {finding.state for finding in library.doctor().findings} == {"well"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow UTF-8 names only")
def test_a_folder_whose_name_is_no_utf8_is_told(tmp_path: Path) -> None:
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    with pytest.raises(LibraryError, match="expected a folder name in UTF-8, found other bytes"):
        Library.open(folder)


# ---- output


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("command", ["posts", "posts --json", "search 梯度", "--help", "doctor"])
def test_output_to_a_full_device_is_one_clear_line(seeded_folder: Path, command: str) -> None:
    ran = shell(f"blogkit {command} > /dev/full", BLOGKIT_LIBRARY=seeded_folder)
    expected = "blogkit: standard output can't be written: No space left on device\n"
    assert (ran.returncode, ran.stderr) == (2, expected)


def test_output_that_is_closed_is_one_clear_line(seeded_folder: Path) -> None:
    ran = shell("blogkit posts >&-", BLOGKIT_LIBRARY=seeded_folder)
    expected = "blogkit: standard output can't be written: it is closed\n"
    assert (ran.returncode, ran.stderr) == (2, expected)


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path, seeds: Path) -> None:
    ran = shell(f"blogkit add '{seeds}' <&- >&- 2>&-", BLOGKIT_LIBRARY=tmp_path)
    assert ran.returncode == 2
    with Library.open(tmp_path) as library:
        assert {finding.state for finding in library.doctor().findings} == {"well"}
        assert len(library.posts()) == 36


# ---- names


NAME = "a\n1. 伪造  [deadbeef00]\n\tx.md"


@pytest.mark.parametrize(
    "command",
    ["add {folder}", "search 裁剪", "formula find x+1", "formula list", "show 梯度裁剪", "sync"],
)
def test_line_breaks_in_names_begin_no_line(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / NAME).write_text(POST, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(folder)
    if command == "sync":
        (folder / NAME).unlink()
    words = [word.format(folder=folder) for word in command.split()]
    ran = blogkit("--library", tmp_path / "library", *words)
    assert ran.returncode in (0, 1)
    assert not any(line.startswith(("1. 伪造", "\t")) for line in ran.stdout.splitlines())


# ---- a system that refuses


def test_a_limit_on_the_size_of_files_is_no_damage(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add_posts([])
    for number in range(50):
        words = random.Random(number).choices("梯度裁剪随机矩阵扩散模型注意力", k=8000)
        (tmp_path / f"{number}.md").write_text(POST + "".join(words), encoding="utf-8")
    limit = (Path(tmp_path / "library" / "library.db").stat().st_size + 65536,) * 2
    ran = blogkit(
        *("--library", tmp_path / "library", "add", *tmp_path.glob("*.md")),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert ran.returncode == 2
    assert "a limit on the size of files, a quota or the disk refused it" in ran.stderr
    assert "repair" not in ran.stderr
    with Library.open(tmp_path / "library") as library:
        assert {finding.state for finding in library.doctor().findings} == {"well"}
