"""Ctrl-C while SQLite runs a function of ours is Ctrl-C, and no damage."""

import signal
import sys
from pathlib import Path

import pytest

from blogkit import Library
from blogkit.cli.app import main
from blogkit.errors import LibraryDamagedError
from blogkit.store import checksums


@pytest.fixture
def interrupted_in_check():
    """Press Ctrl-C as soon as the checksum of a row is made."""

    def press(frame, event: str, argument: object) -> None:
        if event == "call" and frame.f_code is checksums.row_checksum.__code__:
            sys.setprofile(None)
            signal.raise_signal(signal.SIGINT)

    # A shell has what it starts in the background ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield lambda: sys.setprofile(press)
    sys.setprofile(None)
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("command", [["posts"], ["search", "裁剪"], ["show", "日食记"], ["doctor"]])
def test_ctrl_c_in_the_check_of_a_row_ends_the_command(
    command: list[str], seeded_folder: Path, interrupted_in_check, capsys
) -> None:
    before = signal.getsignal(signal.SIGINT)
    interrupted_in_check()
    assert main(["--library", str(seeded_folder), *command]) == 130
    assert capsys.readouterr().err == "blogkit: interrupted\n"
    assert signal.getsignal(signal.SIGINT) is before
    assert main(["--library", str(seeded_folder), *command]) == 0


def test_a_damaged_row_is_damage_also_after_ctrl_c(
    seeds: Path, tmp_path: Path, interrupted_in_check, capsys
) -> None:
    with Library.open(tmp_path) as library:
        library.add(seeds)
        library.database.connection.execute("UPDATE posts SET title = title || 'x'")
    interrupted_in_check()
    assert main(["--library", str(tmp_path), "posts"]) == 130
    assert main(["--library", str(tmp_path), "posts"]) == 2
    assert "damaged" in capsys.readouterr().err
    with Library.open(tmp_path) as library, pytest.raises(LibraryDamagedError):
        library.posts()
