"""Readers and a writer at work on one library, each a process, for some seconds."""

import json
import subprocess
import sys
import time
from pathlib import Path

from blogkit import Library, Post

SELF = Path(__file__)


def crowd(folder: Path, *, readers: int, seconds: float) -> dict[str, int]:
    """Let readers search while a writer adds and removes; how much each kind got done.

    Raises:
        AssertionError: if one of them failed, or saw what never was.
    """
    with Library.open(folder) as library:
        library.add_posts([_post(0)])
    processes = [
        subprocess.Popen(
            [sys.executable, str(SELF), role, str(folder), str(seconds)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for role in ["write", *["read"] * readers]
    ]
    counts = {"added": 0, "searches": 0}
    for process in processes:
        said, complaint = process.communicate()
        assert process.returncode == 0, complaint
        for name, number in json.loads(said).items():
            counts[name] += number
    with Library.open(folder) as library:
        assert library.posts().total == counts["added"] + 1
        found = {hit.title for hit in library.search("编号", limit=10**6)}
        assert found == {post.title for post in library.posts()}
        assert library.doctor().is_well
    return counts


def _post(number: int) -> Post:
    return Post(title=f"第{number}篇", text=f"编号{number}讲{number * 7919}的事。$x_{{{number}}}$")


def _write(folder: str, seconds: float) -> dict[str, int]:
    """Add posts one by one, each time through a library that is opened anew or kept open."""
    number, end = 0, time.monotonic() + seconds
    library = Library.open(folder)
    while time.monotonic() < end:
        number += 1
        library.add_posts([_post(number)])
        if number % 10 == 0:
            library.close()
            library = Library.open(folder)
    library.close()
    return {"added": number}


def _read(folder: str, seconds: float) -> dict[str, int]:
    """Search and look formulas up; a post that was seen is seen ever after."""
    searches, seen, end = 0, 0, time.monotonic() + seconds
    library = Library.open(folder)
    while time.monotonic() < end:
        found = library.search("编号", limit=10**6).total
        assert found >= seen, (found, seen)
        seen = found
        assert library.find_formula("x_1").total > 0
        searches += 1
        if searches % 10 == 0:
            library.close()
            library = Library.open(folder)
    library.close()
    return {"searches": searches}


if __name__ == "__main__":
    role, folder, seconds = sys.argv[1:]
    print(json.dumps((_write if role == "write" else _read)(folder, float(seconds))))
