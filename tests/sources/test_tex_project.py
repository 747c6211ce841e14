"""A LaTeX book in several files of the disk: what its files tell of one another."""

import os
import time
from pathlib import Path

import pytest

from blogkit import Library
from blogkit.sources.tex.project import FolderFiles, Place, Projects

MAIN = r"""\documentclass{book}
\input{macros}
\begin{document}
\include{chapters/one}
\end{document}
"""
CHAPTER = r"""\chapter{第一章}
由 $\E[x]$ 知，\gls{ai} 可行，正文也要有一些字。
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of a main file, its macros and one chapter."""
    folder = tmp_path / "book"
    (folder / "chapters").mkdir(parents=True)
    (folder / "main.tex").write_text(MAIN, encoding="utf-8")
    (folder / "chapters" / "one.tex").write_text(CHAPTER, encoding="utf-8")
    write_macros(folder, r"\mathbb{E}", "推断")
    return folder


def write_macros(folder: Path, body: str, term: str) -> None:
    text = rf"\newcommand{{\E}}{{{body}}}" + "\n" + rf"\newglossaryentry{{ai}}{{name={term}}}"
    (folder / "macros.tex").write_text(text + "\n", encoding="utf-8")


def formulas(library: Library) -> list[str]:
    return [formula.latex for formula in library.formulas().formulas]


def test_a_chapter_has_its_macros_and_a_macro_file_is_no_post(book: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        report = library.add(book)
        assert [post.title for post in library.posts()] == ["第一章"]
        assert formulas(library) == [r"\mathbb{E}[x]"]
        assert (report.skipped, report.problems) == ({"macros": 1, "frame": 1}, ())


def test_a_chapter_added_alone_finds_the_file_that_includes_it(book: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add(book / "chapters" / "one.tex")
        assert formulas(library) == [r"\mathbb{E}[x]"]


def test_what_uses_a_macro_is_read_again_when_it_changes(book: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add(book)
        assert library.add(book).unchanged == 3
        write_macros(book, r"\mathsf{E}", "推断")
        assert library.sync().unchanged == 0
        assert formulas(library) == [r"\mathsf{E}[x]"]
        write_macros(book, r"\mathsf{E}", "变分推断")
        library.sync()
        assert "变分推断" in library.post("第一章").text


def test_macros_beside_a_file_that_nothing_includes_are_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "note.tex").write_text(CHAPTER, encoding="utf-8")
    (folder / "other.tex").write_text(r"\newcommand{\E}{WRONG} 另一篇。", encoding="utf-8")
    write_macros(folder, r"\mathbb{E}", "推断")
    with Library.open(tmp_path / "library") as library:
        library.add(folder)
        assert formulas(library) == [r"\mathbb{E}[x]"]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../../../../../etc/passwd", "~/secret", "|ls", "secret.txt", "pipe"]
)
def test_nothing_but_tex_of_the_folders_around_is_read(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c" / "d"
    folder.mkdir(parents=True)
    (folder / "secret.txt").write_text(r"\newcommand{\x}{secret}")
    os.mkfifo(folder / "pipe.tex")
    main = folder / "main.tex"
    main.write_text(rf"\documentclass{{article}}\input{{{name}}}")
    place = Place(Projects(FolderFiles()), str(main))
    assert place.digest() == ""


def test_files_that_include_one_another_end(tmp_path: Path) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.tex").write_text(
            rf"\documentclass{{article}}\newcommand{{\{name}}}{{x}}\input{{{other}}}"
        )
    place = Place(Projects(FolderFiles()), str(tmp_path / "a.tex"))
    assert place.digest() != ""


def test_files_that_name_each_other_twice_are_read_soon(tmp_path: Path) -> None:
    folder = tmp_path / "bomb"
    folder.mkdir()
    for number in range(18):
        named = rf"\input{{f{number + 1}}} " * 2
        (folder / f"f{number}.tex").write_text(f"{named}文", encoding="utf-8")
    (folder / "f18.tex").write_text(r"\newcommand{\E}{\mathbb E}", encoding="utf-8")
    started = time.process_time()
    with Library.open(tmp_path / "library") as library:
        assert library.add(folder).problems == ()
    assert time.process_time() - started < 10
