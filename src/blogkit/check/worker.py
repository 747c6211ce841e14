"""Questions decided in processes of their own, which can be killed.

Algebra may hang or eat memory; a thread can't be stopped, a process can. A worker is a plain
subprocess and no `multiprocessing` child: it works from threads, from servers, and from scripts
without a main guard. What it runs is `serving`.

A worker gives its best answer so far whenever it has a better one, so that a statement that held at
every point is still supported when the search for a proof is cut off.

Methods end by their budgets of steps (`steps.py`). Time is the last net: the system ends a worker
that has had the processor for `seconds` of one question, which is the same on a busy machine; and
where a worker does not get the processor, the clock ends it after `PATIENCE` times as long.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Final, cast

from blogkit.check.answers import Answer, Open, Supported
from blogkit.check.serving import TIME_IS_OVER, Cut, receive, send
from blogkit.language import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blogkit.check.question import Question

MEMORY_BYTES: Final = 1 << 30
"""Address space that a worker may take beyond what it starts with, where that can be limited."""

PATIENCE: Final = 10.0
"""How many times longer a question may take by the clock than of the processor."""

_START_SECONDS: Final = 60.0


def decide_all(
    questions: Sequence[Question],
    *,
    seconds: float = 5.0,
    memory_bytes: int = MEMORY_BYTES,
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Answer]:
    """An answer for each question, in their order; arguments as for `decide_groups`."""
    groups = [(question,) for question in questions]
    answered = decide_groups(
        groups, seconds=seconds, memory_bytes=memory_bytes, jobs=jobs, progress=progress
    )
    return [answer for group in answered for answer in group]


def decide_groups(
    groups: Sequence[Sequence[Question]],
    *,
    seconds: float = 5.0,
    memory_bytes: int = MEMORY_BYTES,
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[list[Answer]]:
    """Answers for groups of questions, in their order, each group in one time.

    Args:
        groups: what is asked, as the readings of one statement.
        seconds: how long a group may have the processor; then its worker is killed.
        memory_bytes: address space that a worker may take beyond what it starts with.
        jobs: how many workers; as many as there are processors if not given.
        progress: called with the number of groups done, as they are done.
    """
    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        asked = [pool.submit(_decide_group, group, seconds, memory_bytes) for group in groups]
        try:
            for done, _ in enumerate(as_completed(asked), start=1):
                if progress:
                    progress(done)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [answer.result() for answer in asked]


def decide(question: Question, *, seconds: float = 5.0, memory_bytes: int = MEMORY_BYTES) -> Answer:
    """The answer to one question, from a worker that is killed when its time is over."""
    return _decide_group((question,), seconds, memory_bytes)[0]


def _decide_group(questions: Sequence[Question], seconds: float, memory_bytes: int) -> list[Answer]:
    """Answers to questions one after the other, of which each has the time that is left."""
    answers: list[Answer] = []
    for question in questions:
        if seconds <= 0:
            answers.append(Open(_NO_TIME))
            continue
        worker = _take(memory_bytes)
        answers.append(worker.ask(question, seconds))
        seconds -= worker.used_seconds
        _give_back(worker)
    return answers


class Worker:
    """A process that answers one question after the other.

    Args:
        memory_bytes: address space that it may take beyond what it starts with.
    """

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self.memory_bytes = memory_bytes
        self.used_seconds = 0.0
        """How long the last question had the processor; all it was given where that was cut."""
        self.owner = os.getpid()
        program = (
            f"import sys; sys.path[:] = {json.dumps(sys.path)}; "
            f"from blogkit.check.serving import serve; serve({memory_bytes})"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": "0"},  # sets in one order: the same steps
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests: IO[bytes] = self._process.stdin
        self._replies: IO[bytes] = self._process.stdout
        self._is_ready = False

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def ask(self, question: Question, seconds: float) -> Answer:
        """The answer to a question.

        It is the best that was found in `seconds` of the processor, or in `PATIENCE` times as
        long by the clock; by the clock the worker has ended, and where it forks none also
        otherwise.
        """
        if not self._is_ready:
            self._is_ready = self._read(_START_SECONDS) is not None
        try:
            send(self._requests, (question, seconds))
        except RecursionError:
            return Open(Message("nested too deep"))
        except OSError:
            return self._ended(Open(Message("the worker process could not be started")), False)
        best: Answer = Open("")
        self.used_seconds = seconds
        clock = _Deadline(seconds * PATIENCE, self._process.kill)
        with clock:
            while (reply := receive(self._replies)) is not None:
                if isinstance(reply, Cut):
                    return _cut_off(best, reply.was_late)
                best, is_last, used_seconds = cast("tuple[Answer, bool, float]", reply)
                if is_last:
                    self.used_seconds = used_seconds
                    return best
        return self._ended(best, clock.is_over)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._replies):
            # A question that was never read is still in the buffer; flushing it fails.
            with contextlib.suppress(OSError):
                pipe.close()

    def _read(self, seconds: float) -> object:
        with _Deadline(seconds, self._process.kill):
            return receive(self._replies)

    def _ended(self, best: Answer, was_late: bool) -> Answer:
        self.close()
        return _cut_off(best, was_late or self._process.returncode == -TIME_IS_OVER)


def _cut_off(best: Answer, was_late: bool) -> Answer:
    """What is answered where time, or else memory, ran out."""
    if isinstance(best, Supported):
        return replace(best, unproved=_NO_TIME_TO_PROVE if was_late else _NO_MEMORY_TO_PROVE)
    if was_late:
        return Open(_NO_TIME)
    return Open(Message("memory: the worker process ended before it had an answer"))


_NO_TIME = Message("time ran out before an answer was found")
_NO_TIME_TO_PROVE = Message("time ran out before a proof was found")
_NO_MEMORY_TO_PROVE = Message("memory ran out before a proof was found")


class _Deadline:
    """Calls a function when the time of a block is over, unless the block ends before."""

    def __init__(self, seconds: float, expire: Callable[[], None]) -> None:
        self.is_over = False
        self._expire = expire
        self._timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), self._ring)
        self._timer.daemon = True

    def _ring(self) -> None:
        self.is_over = True
        self._expire()

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


_idle: list[Worker] = []
_lock = threading.Lock()


def _take(memory_bytes: int) -> Worker:
    """A worker that waits, or a new one; never one of the process that this was forked from."""
    with _lock:
        own = [worker for worker in _idle if worker.owner == os.getpid()]
        for worker in own:
            if not worker.is_alive:  # killed from outside: its pipes are still open
                worker.close()
        _idle[:] = [worker for worker in own if worker.is_alive]
        for position, worker in enumerate(_idle):
            if worker.memory_bytes == memory_bytes:
                return _idle.pop(position)
    return Worker(memory_bytes)


def _give_back(worker: Worker) -> None:
    if worker.is_alive:
        with _lock:
            _idle.append(worker)


@atexit.register
def close_idle_workers() -> None:
    """End the workers that wait for questions; the next question starts a new one."""
    with _lock:
        for worker in _idle:
            if worker.owner == os.getpid():
                worker.close()
        _idle.clear()
