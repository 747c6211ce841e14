"""What the languages cost a search: English nothing, Chinese one catalogue."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
from blogkit.cli.app import main
from blogkit import language
main(["--library", sys.argv[1], "--lang", sys.argv[2], "search", "梯度裁剪", "--limit", "1"])
heavy = {"blogkit.cli.argparse_words", "blogkit.cli.wide_help", "babel", "rich"}
print(sorted(language._catalogues), sorted(heavy & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "[] []"), ("zh", "['zh'] ['blogkit.cli.argparse_words', 'blogkit.cli.wide_help']")],
)
def test_a_search_loads_no_more_than_its_language(
    seeded_folder: Path, language: str, expected: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(seeded_folder), language],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    assert ran.stdout.decode().splitlines()[-1] == expected
