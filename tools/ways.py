"""The way of a command through the package: which files it runs through, and how often it moves.

    python tools/ways.py search 梯度裁剪
    python tools/ways.py --files formula check '(a+b)^2 = a^2 + 2ab + b^2'

The command runs in this process, on a library made of the seeds. Counted are the files whose
functions are called, the functions, and the moves: calls that lead from one file to another.
Questions of the checker are decided in this process too, so that their way is seen. The command
runs twice, and the second time is told: what the first imports is no part of the way.
"""

import argparse
import contextlib
import io
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import blogkit
from blogkit.cli.app import main

PACKAGE = Path(blogkit.__file__).parent
SEEDS = Path(__file__).resolve().parents[1] / "seeds"


class Way:
    """What was called on the way."""

    def __init__(self) -> None:
        self.functions: dict[tuple[str, str], None] = {}
        self.moves: Counter[tuple[str, str]] = Counter()

    def note(self, frame: FrameType, event: str, _: object) -> None:
        """Note a call; a profile function of `sys.setprofile`."""
        if event != "call":
            return
        here = _file_of(frame)
        if here is None:
            return
        self.functions.setdefault((here, frame.f_code.co_qualname))
        caller = frame.f_back
        there = _file_of(caller) if caller else None
        if there is not None and there != here:
            self.moves[there, here] += 1

    @property
    def files(self) -> list[str]:
        """The files in the order in which they were first called."""
        return list(dict.fromkeys(file for file, _ in self.functions))


def _file_of(frame: FrameType) -> str | None:
    name = frame.f_code.co_filename
    return name[len(str(PACKAGE)) + 1 :] if name.startswith(str(PACKAGE)) else None


@contextlib.contextmanager
def followed(way: Way) -> Iterator[None]:
    """Note every call of this thread and of those that it starts."""
    threading.setprofile(way.note)
    sys.setprofile(way.note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]


def decide_here() -> None:
    """Let questions be decided without a worker, and without counting calls."""
    from blogkit.check import decide, worker
    from blogkit.check.answers import Answer
    from blogkit.check.question import Question

    def ask(self: worker.Worker, question: Question, seconds: float) -> Answer:
        return [answer for answer, _ in decide.answers(question)][-1]

    worker.Worker.ask = ask  # type: ignore[method-assign]


def run(arguments: list[str]) -> Way:
    """The way of a command on the seeds' library."""
    if arguments[:2] == ["formula", "check"]:
        decide_here()
    for _ in range(2):
        way = Way()
        with tempfile.TemporaryDirectory() as folder, silence():
            if arguments[0] != "add":
                main(["--library", folder, "add", str(SEEDS)])
            with followed(way):
                main(["--library", folder, *arguments])
    return way


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Print nothing."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", action="store_true", help="list the files in their order")
    options, command = parser.parse_known_args()
    found = run(command)
    print(
        f"{len(found.files)} files, {len(found.functions)} functions, "
        f"{found.moves.total():,} moves from file to file"
    )
    if options.files:
        for file in found.files:
            calls = [name for there, name in found.functions if there == file]
            print(f"  {file:<38} {', '.join(calls[:6])}{' …' if len(calls) > 6 else ''}")
