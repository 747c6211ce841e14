"""The long forms of the reliability tests, by one command each or all after another.

    python tests/reliability/long.py kills 500     SIGKILL at random moments
    python tests/reliability/long.py study 500     the same, while somebody studies
    python tests/reliability/long.py flips 400     a flipped bit, in each part of a library
    python tests/reliability/long.py crowd 60      eight readers and a writer, for seconds
    python tests/reliability/long.py large         100,000 posts, 100 MB, 10 MB lines, Ctrl-C
    python tests/reliability/long.py all

Each prints what it came to, and stops with an AssertionError where a promise is not kept.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import large
from crowd import crowd
from flips import answers_after, flip, make_library
from kills import Tally, kill_often, leftovers
from study_kills import kill_study

PARTS = ("library.db", "index/text", "index/text-posts", "index/formulas", "index/words.db")


def kills(folder: Path, count: int) -> None:
    """Kill workers that add, sync, remove and rebuild."""
    _kills(folder, count, kill_often)


def study(folder: Path, count: int) -> None:
    """Kill workers that accept and drop cards, answer, take back, mark, import from Anki."""
    _kills(folder, count, kill_study)


def _kills(folder: Path, count: int, kill: Callable[..., Tally]) -> None:
    """Kill workers, a fresh library every hundred kills."""
    total: dict[str, int] = {}
    reported = 0
    for seed in range((count + 99) // 100):
        library = folder / f"kills-{seed}"
        wanted = min(100, count - seed * 100)
        tally = kill(library, kills=wanted, seed=seed, longest_seconds=1.5)
        reported += tally.reported
        for kind, number in tally.during.items():
            total[kind] = total.get(kind, 0) + number
        size = leftovers(library)
        print(f"{seed * 100 + tally.kills} kills, {reported} changes reported, killed during "
              f"{total}; the library has {size / 1e6:.1f} MB", flush=True)  # fmt: skip


def flips(folder: Path, count: int) -> None:
    """Flip a bit of each part so many times."""
    sound = make_library(folder / "sound")
    chosen = Random(1)
    for part in PARTS:
        outcomes: dict[str, int] = {}
        for _ in range(count if part != "index/words.db" else count // 10):
            damaged = folder / "damaged"
            shutil.copytree(sound, damaged)
            place = flip(damaged / part, chosen)
            outcome = answers_after(damaged, sound)
            assert outcome.name != "WRONG", f"{part}: {place}"
            outcomes[outcome.value] = outcomes.get(outcome.value, 0) + 1
            shutil.rmtree(damaged)
        print(f"{part}: {outcomes}", flush=True)


def many(folder: Path, seconds: int) -> None:
    """Eight readers and a writer."""
    print(crowd(folder / "crowd", readers=8, seconds=seconds), flush=True)


def big(folder: Path, posts: int) -> None:
    """One file of many posts of 1 KB, posts without an end, Ctrl-C."""
    library = folder / "library"
    large.write_line(folder / "line.md", 10)
    large.write_formulas(folder / "formulas.md", 50_000)
    for name in ("line", "formulas"):
        took = large.cost("--library", str(library), "add", str(folder / f"{name}.md"))
        print(f"{name}: added in {took.seconds:.0f} s, {took.mebibytes} MiB", flush=True)
    large.write_dump(folder / "dump.txt", posts, 1000)
    size = (folder / "dump.txt").stat().st_size / 1e6
    seconds = large.interrupted(library, folder / "dump.txt", after_seconds=20)
    print(f"Ctrl-C in an add of {size:.0f} MB: ended after {seconds:.1f} s", flush=True)
    took = large.cost("--library", str(library), "add", str(folder / "dump.txt"))
    print(f"{posts} posts, {size:.0f} MB in a file: added in {took.seconds:.0f} s, "
          f"{took.mebibytes} MiB", flush=True)  # fmt: skip
    for command in (["search", "第99篇"], ["formula", "find", "x_{99}"], ["posts"], ["doctor"]):
        took = large.cost("--library", str(library), *command)
        print(f"{command[0]}: {took.seconds:.1f} s, {took.mebibytes} MiB", flush=True)


FORMS = {
    "kills": (kills, 500),
    "study": (study, 500),
    "flips": (flips, 400),
    "crowd": (many, 60),
    "large": (big, 100_000),
}


def main(arguments: list[str]) -> None:
    """Run one form, or all."""
    names = list(FORMS) if arguments[0] == "all" else arguments[:1]
    for name in names:
        form, count = FORMS[name]
        count = int(arguments[1]) if len(arguments) > 1 else count
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            form(Path(folder), count)
        print(f"{name}: all kept, {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["all"])
