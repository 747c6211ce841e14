"""Readers of other packages: an installed distribution with an entry point."""

import subprocess
import sys
from pathlib import Path

import pytest

from blogkit import Library
from blogkit.sources import formats

MODULE = '''
"""Reads Org files: a post for each top-level heading."""

from blogkit.text.dates import UNDATED
from blogkit.posts import Occurrence, Post
from blogkit.sources.formats import Found, Reader, SourceFile
from blogkit.sources.reading import Draft, assemble


def read_org(file: SourceFile) -> Found:
    posts = []
    lines = file.text.split("\\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("* ")]
    for start, end in zip(starts, [*starts[1:], len(lines)]):
        if "boom" in lines[start]:
            raise ZeroDivisionError("boom")
        body = [n for n in range(start + 1, end) if lines[n].strip()]
        text, blocks = assemble(Draft("paragraph", lines[n], n + 1) for n in body)
        posts.append(Post(title=lines[start][2:], text=text, date=UNDATED, blocks=blocks,
                          occurrences=(Occurrence(file.path, start + 1, end),)))
    return Found(posts)


READER = Reader("org", read_org, (".org",))
NOT_A_READER = "org"
'''


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages with one that has a reader, on the path as pip would put it."""
    folder = tmp_path / "site"
    info = folder / "blogkit_org-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "blogkit_org.py").write_text(MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: blogkit-org\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[blogkit.readers]\norg = blogkit_org:READER\n")
    monkeypatch.syspath_prepend(str(folder))
    formats.readers.cache_clear()
    yield folder
    formats.readers.cache_clear()
    sys.modules.pop("blogkit_org", None)


def test_a_reader_of_another_package_is_used(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "a.org").write_text(
        "* 第一\n讲 $x$ 的文章。\n* 第二\n讲别的事情。\n", encoding="utf-8"
    )
    with Library.open(tmp_path / "library") as library:
        report = library.add(folder)
        assert (report.entries, report.formulas, report.problems) == (2, 1, ())
        assert [post.title for post in library.posts()] == ["第一", "第二"]
        assert library.formulas().formulas[0].line == 2


def test_a_fault_of_it_is_told_as_its_own(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.org"
    path.write_text("* boom\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        (problem,) = library.add(path).problems
    assert problem.message == f"{path}: the reader 'org' failed: ZeroDivisionError: boom"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "blogkit_org:NOT_A_READER",
            "org: expected a blogkit.sources.formats.Reader, found str",
        ),
        (
            "blogkit_org:MISSING",
            (
                "org: expected an entry point of blogkit.readers that loads, found: "
                "module 'blogkit_org' has no attribute 'MISSING'"
            ),
        ),
    ],
)
def test_an_entry_point_that_is_none_is_told(installed: Path, entry: str, message: str) -> None:
    info = installed / "blogkit_org-1.0.dist-info"
    (info / "entry_points.txt").write_text(f"[blogkit.readers]\norg = {entry}\n")
    formats.readers.cache_clear()
    with pytest.raises(formats.SourceError) as caught:
        formats.readers()
    assert str(caught.value) == message


def test_the_command_line_finds_it(installed: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.org"
    path.write_text("* 第一\n讲别的。\n", encoding="utf-8")
    program = "import sys; from blogkit.cli.app import main; sys.exit(main(sys.argv[1:]))"
    source = str(Path(formats.__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", program, "add", "--dry-run", str(path)],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": f"{installed}:{source}", "PATH": ""},
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert ran.stdout.decode().splitlines()[0].endswith("a.org: org, utf-8")
