"""A lone ``-`` is what standard input holds."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("command", "typed", "expected"),
    [
        (["search", "-"], "梯度裁剪\n", "为什么梯度裁剪能加速训练过程"),
        (["formula", "find", "-"], "eq:clip-1\n", "a4b675f702#eq:clip-1"),
    ],
)
def test_what_is_asked_may_come_from_standard_input(
    seeded_folder: Path, command: list[str], typed: str, expected: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "blogkit", *command, "--library", str(seeded_folder)],
        input=typed.encode(),
        capture_output=True,
        check=False,
    )
    assert expected in ran.stdout.decode().split("\n")[0]
