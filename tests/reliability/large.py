"""Long posts, many posts and Ctrl-C: what they cost, as a command of its own shows."""

import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from blogkit import Library

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FA5


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    seconds: float
    """From start to end."""
    mebibytes: int
    """Most memory at one time."""


_LAUNCH = """
import os, subprocess, sys
command = [sys.executable, "-m", "blogkit", *sys.argv[1:]]
process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""A small process in between: a process begins with the memory of the one that started it as its
most, and tests have much."""


def cost(*arguments: str) -> Cost:
    """Run blogkit; what it took.

    Raises:
        AssertionError: if it failed.
    """
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCH, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Cost(time.monotonic() - started, int(done.stdout) // 1024)


def han(chosen: Random, count: int) -> str:
    """Chinese characters, the first of them much more often than the last."""
    return "".join(
        chr(_FIRST_HAN + int((_LAST_HAN - _FIRST_HAN) * chosen.random() ** 3)) for _ in range(count)
    )


def write_dump(path: Path, posts: int, bytes_a_post: int) -> None:
    """One file of many posts, as an archive page has them; 3 bytes a character."""
    chosen = Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(posts):
            text = han(chosen, bytes_a_post // 3 - 60)
            file.write(
                f"{number % 28 + 1} Jun\n\n第{number}篇{text[:6]}\n\n{text}$x_{{{number}}}$。\n\n"
            )


def write_line(path: Path, megabytes: int) -> None:
    """A post of one line."""
    path.write_text("# 一行\n\n" + han(Random(2), megabytes * 1_000_000 // 3), encoding="utf-8")


def write_formulas(path: Path, count: int) -> None:
    """A post of formulas, all in one paragraph."""
    formulas = " ".join(f"式$x_{{{n}}}+{n % 97}$" for n in range(count))
    path.write_text(f"# 公式\n\n{formulas}\n", encoding="utf-8")


def interrupted(folder: Path, source: Path, after_seconds: float) -> float:
    """Press Ctrl-C during an add; seconds until it has ended.

    Raises:
        AssertionError: if the library is not as it was before, and sound.
    """
    with Library.open(folder) as library:
        before = library.posts().total
    process = subprocess.Popen(
        [sys.executable, "-m", "blogkit", "--library", str(folder), "add", str(source)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=_heed_interrupts,
    )
    time.sleep(after_seconds)
    process.send_signal(signal.SIGINT)
    pressed = time.monotonic()
    _, complaint = process.communicate()
    seconds = time.monotonic() - pressed
    assert (process.returncode, complaint) == (130, b"blogkit: interrupted\n"), complaint
    with Library.open(folder) as library:
        assert library.posts().total == before
        assert library.doctor().is_well
    return seconds


def _heed_interrupts() -> None:
    """A shell that starts something in the background lets it ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
