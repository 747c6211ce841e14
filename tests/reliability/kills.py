"""Killing blogkit at random moments, and asking the library what is left of it.

A worker runs one change after the other and says of each when it is done. It is killed with
SIGKILL after a random time; then the library is opened as by anyone, and held to what was said.
"""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from blogkit import Library

WORKER = Path(__file__).with_name("kill_worker.py")


@dataclass
class Tally:
    """What a loop of kills came to."""

    kills: int = 0
    """Workers that were killed at work."""
    reported: int = 0
    """Changes that had been reported as done when their worker was killed."""
    during: dict[str, int] = field(default_factory=dict)
    """Kills by what the worker was about to do."""


def kill_often(folder: Path, *, kills: int, seed: int, longest_seconds: float) -> Tally:
    """Kill workers on one library, which is looked over after every kill.

    Raises:
        AssertionError: with the first promise that was not kept.
    """
    chosen = Random(seed)
    tally = Tally()
    known: dict[str, str] = {}
    with Library.open(folder) as library:
        library.doctor()  # makes the table of words, which takes longer than all the rest
    while tally.kills < kills:
        said = run_worker(WORKER, folder, chosen, longest_seconds, tally)
        known = _check(folder, said, known)
        tally.reported += sum(line.startswith("done") for line in said)
    return tally


def run_worker(
    worker: Path, folder: Path, chosen: Random, longest: float, tally: Tally
) -> list[str]:
    """Run a worker until it is killed; what it said after ``ready``."""
    command = [sys.executable, str(worker), str(folder), str(chosen.randrange(10**9))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    # Half of the kills come early in a change, where there are the most states to be caught in.
    time.sleep(chosen.random() * longest * chosen.choice((0.1, 1.0)))
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read().splitlines()
    process.stdout.close()
    if process.wait() != -signal.SIGKILL:
        raise AssertionError(f"the worker ended by itself: {said}")
    tally.kills += 1
    last = next((line.split()[1] for line in reversed(said) if line.startswith("begin")), "opening")
    doing = last if said and said[-1].startswith("begin") else "between"
    tally.during[doing] = tally.during.get(doing, 0) + 1
    return said


def _check(folder: Path, said: list[str], known: dict[str, str]) -> dict[str, str]:
    """Hold the library to what was said before the kill; what it holds now.

    Args:
        folder: the library.
        said: lines ``begin KIND FILE VERSION`` and ``done KIND FILE VERSION``.
        known: version of each file that the library held before.
    """
    expected = dict(known)
    open_change: tuple[str, str, str] | None = None
    for line in said:
        word, kind, name, version = line.split()
        change = (kind, name, version)
        open_change = None if word == "done" else change
        if word == "done":
            _apply(expected, *change)
    alternative = dict(expected)
    if open_change:
        _apply(alternative, *open_change)
    with Library.open(folder) as library:
        # As by the first command after the kill: a search, with no other step before it.
        found = {hit.post_id for hit in library.search("编号", limit=1000)}
        posts = list(library.posts())
        assert found == {post.id for post in posts}, "index and database differ"
        held = {Path(post.path or "").name: library.post(post.id or "").text for post in posts}
        versions = {
            name: text.partition("版本")[2].partition("。")[0] for name, text in held.items()
        }
        assert versions in (expected, alternative), (versions, expected, alternative)
        formulas = {hit.formula.post_id for hit in library.find_formula("x_1", limit=1000)}
        assert formulas == {post.id for post in posts}, "formula index and database differ"
    with contextlib.closing(sqlite3.connect(folder / "library.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return versions


def _apply(held: dict[str, str], kind: str, name: str, version: str) -> None:
    if kind == "remove":
        held.pop(name, None)
    elif kind != "rebuild":
        held[name] = version


def leftovers(folder: Path) -> int:
    """Bytes of the library's folder, to see that kills leave nothing that grows."""
    return sum(
        os.path.getsize(os.path.join(place, name))
        for place, _, names in os.walk(folder)
        for name in names
    )
