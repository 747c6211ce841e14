"""The sessions in the documents: each command is run, and prints what the document says."""

import io
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from source_cases import CASES, packed

from blogkit import Library
from blogkit.cli.app import main

ROOT = Path(__file__).parent.parent.parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`([\w./]+)`[:：]\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A file that the reader is told to save: its name at the end of a sentence, and what is in it."""
_SECONDS = re.compile(r"\b\d+(?:\.\d+)? (s\b|秒)")
_SHELL = 'blogkit() { "$PYTHON" -m blogkit "$@"; }\n'


def sessions(document: str) -> list[tuple[str, str]]:
    """The commands of a document in order, each with what it says that they print."""
    text = (ROOT / document).read_text(encoding="utf-8")
    found = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed.rstrip("\n")))
    return found


def run(command: str, folder: Path) -> tuple[list[str], list[str]]:
    """What a command prints to standard output and to standard error, line by line."""
    settings = {
        "PYTHON": sys.executable,
        "BLOGKIT_LIBRARY": str(folder.parent / "library"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        ["bash", "-c", _SHELL + command],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        check=False,
    )
    return lines(done.stdout.decode()), lines(done.stderr.decode())


def run_here(command: str, folder: Path) -> tuple[list[str], list[str]]:
    """As `run`, but blogkit and Python run in this process, which need not load them each time."""
    program, _, filters = command.partition(" | ")
    name, *words = shlex.split(program)
    if name not in ("blogkit", "python"):
        return run(command, folder)
    out, told = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(told):
        if name == "blogkit":
            main(words)
        else:
            runpy.run_path(words[0])
    printed = out.getvalue().encode()
    if filters:
        printed = subprocess.run(
            ["bash", "-c", filters], input=printed, capture_output=True, check=True
        ).stdout
    return lines(printed.decode()), lines(told.getvalue())


def lines(printed: str) -> list[str]:
    """What is printed, without how long it took, and without blanks at the ends of lines."""
    return [
        line.rstrip() for line in _SECONDS.sub(r"… \1", printed).rstrip("\n").split("\n") if line
    ]


Runner = Callable[[str, Path], tuple[list[str], list[str]]]


def check(document: str, folder: Path, run: Runner = run) -> None:
    """Run the sessions of a document; ``…`` ends a line of which it shows only the start."""
    for command, printed in sessions(document):
        said = lines(printed)
        expected = [line for line in said if not line.startswith("blogkit: ")]
        messages = [line for line in said if line.startswith("blogkit: ")]
        out, told = run(command, folder)
        assert shortened(out, expected) == expected, command
        assert told == messages, command


def shortened(out: list[str], expected: list[str]) -> list[str]:
    """Lines cut where the document cuts them."""
    cut = [line.endswith("…") for line in expected] + [False] * len(out)
    return [line[: len(expected[at]) - 1] + "…" if cut[at] else line for at, line in enumerate(out)]


@pytest.fixture
def seeds_folder(tmp_path: Path) -> Path:
    """A folder with the seeds, as a reader of the documents has it."""
    shutil.copytree(ROOT / "seeds", tmp_path / "here" / "seeds")
    return tmp_path / "here"


@pytest.mark.parametrize(
    "document", ["README.md", "docs/tutorial.md", "docs/guide.md", "docs/guide-study.md"]
)
def test_sessions_on_the_seeds(document: str, seeds_folder: Path) -> None:
    if "blogkit add seeds" not in dict(sessions(document)):
        run("blogkit add seeds", seeds_folder)
    check(document, seeds_folder)


@pytest.mark.parametrize("document", ["README.zh.md", "docs/tutorial.zh.md"])
def test_chinese_sessions_on_the_seeds(
    document: str, seeds_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_ALL")  # which would name a locale that the machine may lack
    monkeypatch.setenv("LANGUAGE", "zh")
    check(document, seeds_folder)


@pytest.mark.parametrize(
    ("document", "language"), [("docs/tutorial-2.md", "en"), ("docs/tutorial-2.zh.md", "zh")]
)
def test_sessions_of_the_second_hour(
    document: str,
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the library that the first hour made, and the files that the reader is told to save."""
    folder = tmp_path / "here"
    for name, content in _FILE.findall((ROOT / document).read_text(encoding="utf-8")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(ROOT / "seeds")  # of its own: what checks found is kept beside the posts
    monkeypatch.chdir(folder)
    monkeypatch.setenv("BLOGKIT_LIBRARY", str(tmp_path / "library"))
    monkeypatch.delenv("LC_ALL")
    monkeypatch.setenv("LANGUAGE", language)
    check(document, folder, run_here)


SOURCES = {
    "page.html": "html-kexue-raw/page.html",
    "saved.mhtml": "mhtml-chrome/vae.mhtml",
    "feed.xml": "feed-rss-full/feed.xml",
    "attention.md": "markdown-obsidian/attention.md",
    "regression.ipynb": "notebook-v4/regression.ipynb",
    "paper.tex": "latex-article/paper.tex",
    "book.epub": "epub-book/book.epub",
    "blog.zip": "zip-blog/blog.zip",
    "blog.tar.gz": "tar-blog/blog.tar.gz",
    "old.html": "html-cnblogs-big5/page.html",
}
"""The files of the sessions in docs/formats.md, and the cases that they are."""


def test_sessions_of_each_format(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    for name, case in SOURCES.items():
        source = CASES / case
        (folder / name).write_bytes(packed(source) if source.is_dir() else source.read_bytes())
    shutil.copy(next((ROOT / "seeds").glob("000_*")), folder / "dump.txt")
    (folder / "note.txt").write_text("凸函数\n\n二阶导数非负，即 $f''(x) \\ge 0$。\n", "utf-8")
    check("docs/formats.md", folder)
