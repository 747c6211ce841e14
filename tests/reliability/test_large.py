"""Long posts and many formulas; Ctrl-C. The long form has 100,000 posts in a file of 100 MB."""

from pathlib import Path

import large

from blogkit import Library


def test_ctrl_c_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    large.write_dump(tmp_path / "dump.txt", posts=6000, bytes_a_post=1500)
    seconds = large.interrupted(tmp_path / "library", tmp_path / "dump.txt", after_seconds=2)
    assert seconds < 5


def test_a_post_of_one_long_line_takes_bounded_memory(tmp_path: Path) -> None:
    large.write_line(tmp_path / "post.md", megabytes=1)
    folder = tmp_path / "library"
    took = large.cost("--library", str(folder), "add", str(tmp_path / "post.md"))
    assert took.mebibytes < 800


def test_thousands_of_formulas_in_one_paragraph_are_all_found(
    library: Library, tmp_path: Path, is_long: bool
) -> None:
    count = 5000 if is_long else 2000
    large.write_formulas(tmp_path / "post.md", count)
    assert library.add(tmp_path / "post.md").formulas == count
    last = f"x_{{{count - 1}}}+{(count - 1) % 97}"
    assert library.find_formula(last, limit=1).hits[0].match == "exact"


def test_progress_is_told_file_by_file(library: Library, tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.md").write_text(f"# {name}\n\n正文{name}。", encoding="utf-8")
    told: list[tuple[int, int]] = []
    library.add(tmp_path, progress=lambda done, total, path: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
