"""Every format, by cases that are folders: a source and what is expected of it, as text."""

from pathlib import Path

import pytest
from source_cases import CASES, shown_case

FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_case(folder: Path) -> None:
    expected = (folder / "expected.txt").read_text(encoding="utf-8")
    assert expected == shown_case(folder) + "\n"


def test_every_format_has_a_case() -> None:
    first_words = {folder.name.split("-")[0] for folder in FOLDERS}
    assert {"html", "feed", "markdown", "notebook", "latex", "epub", "zip", "tar"} <= first_words
