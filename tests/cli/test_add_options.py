"""``blogkit add`` with --dry-run, --format and --encoding."""

import json
import os
import subprocess
import sys
from pathlib import Path

PAGE = """<title>\x1b[31m标题\u202e | 站</title>
<article><h1>\x1b[31m标题\u202e</h1><p>正文里有 $x$,说的是级数。</p></article>"""


def blogkit(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "blogkit", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )


def test_dry_run_shows_what_would_be_read_and_makes_no_library(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    library = tmp_path / "library"
    ran = blogkit("--library", str(library), "add", "--dry-run", str(tmp_path))
    assert ran.returncode == 0
    assert ran.stdout.decode().splitlines() == [
        f"{tmp_path}/a.html: html, utf-8",
        "  2: \ufffd[31m标题",
        "     15 characters, 1 formula",
        "1 file, 1 post would be read; nothing was added",
    ]
    assert not library.exists()


def test_dry_run_as_json(tmp_path: Path) -> None:
    ran = blogkit("add", "--dry-run", "--json", "-", stdin="# 题\n\n见 $y$。\n".encode())
    shown = json.loads(ran.stdout)
    assert sorted(shown) == ["files", "problems", "schema", "skipped"]
    (file,) = shown["files"]
    assert (file["path"], file["format"], file["encoding"]) == ("-", "markdown", "utf-8")
    assert [(post["title"], post["formulas"]) for post in file["posts"]] == [("题", 1)]


def test_dry_run_tells_what_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("{", encoding="utf-8")
    ran = blogkit("add", "--dry-run", str(tmp_path / "a.ipynb"))
    assert ran.returncode == 2
    assert "expected a notebook in JSON" in ran.stderr.decode()


def test_an_encoding_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("題目".encode("big5"))
    ran = blogkit("--library", str(tmp_path / "l"), "add", "--encoding", "big5", str(path))
    assert ran.returncode == 0
    ran = blogkit("--library", str(tmp_path / "l"), "posts", "--json")
    assert json.loads(ran.stdout)["posts"][0]["title"] == "題目"


def test_an_unknown_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    ran = blogkit("--library", str(tmp_path / "l"), "add", "--encoding", "klingon", str(path))
    assert ran.returncode == 2
    assert ran.stderr.decode() == (
        f"blogkit: {path}: expected the name of an encoding, found 'klingon'; "
        "try utf-8, gb18030 or big5\n"
    )


def test_an_unknown_format_is_told_with_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    ran = blogkit("--library", str(tmp_path / "l"), "add", "--format", "docx", str(path))
    assert ran.returncode == 2
    assert ran.stderr.decode() == (
        f"blogkit: {path}: expected one of archive, epub, feed, html, latex, markdown, mhtml, "
        "notebook, plain, tar, zip as format, found 'docx'\n"
    )
