"""The process in which questions are decided: what it runs, and how it is spoken with.

On Linux it only loads what every question needs, and answers in a child that it forks: where that
was ended, another is there at once, and not after algebra was loaded again. Elsewhere it answers
itself, and ends. Messages are pickles behind their length, through its standard streams.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import sys
import threading
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, cast

from blogkit.check.answers import Answer, fault_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from blogkit.check.question import Question

    _Decide = Callable[[Question], Iterator[tuple[Answer, bool]]]

_LENGTH = struct.Struct("<I")

TIME_IS_OVER: Final = getattr(signal, "SIGPROF", 0)
"""What the system sends to a process whose time is over; nothing where it keeps no such time."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A worker's reply where what answered was ended before its last answer."""

    was_late: bool
    """Whether time ran out; otherwise memory did."""


def serve(memory_bytes: int) -> None:
    """Answer questions from standard input until it ends; what a worker process runs."""
    from blogkit.check.decide import answers  # what all need is there before memory is limited

    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the answers
    send(replies, "ready")
    if sys.platform != "linux":
        _limit_memory(memory_bytes)
        _answer_all(answers, sys.stdin.buffer, replies)
        return
    child, was_cut = None, False
    while (request := receive(sys.stdin.buffer)) is not None:
        if was_cut:
            import sympy  # noqa: F401 (the next child need not load it)
        child = child or _Child(answers, memory_bytes, replies)
        cut = child.relay(request, replies)
        was_cut = cut is not None
        if cut is not None:
            child = None
            send(replies, cut)


class _Child:
    """A fork of the worker's process that answers in its place until time or memory runs out.

    Args:
        answers: decides a question.
        memory_bytes: address space that it may take beyond what it starts with.
        replies: the worker's own pipe, of which no fork may keep an end.
    """

    def __init__(self, answers: _Decide, memory_bytes: int, replies: IO[bytes]) -> None:
        questions, self._requests = _pipe()
        self._replies, answered = _pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                for end in (self._requests, self._replies, replies, sys.stdin):
                    os.close(end.fileno())
                _limit_memory(memory_bytes)
                _answer_all(answers, questions, answered)
            finally:
                os._exit(1)
        questions.close()
        answered.close()

    def relay(self, request: object, replies: IO[bytes]) -> Cut | None:
        """Ask, and pass the answers on; tells where it ended before the last of them."""
        with contextlib.suppress(BrokenPipeError):  # killed from outside
            send(self._requests, request)
        while (reply := receive(self._replies)) is not None:
            send(replies, reply)
            _, is_last, _ = cast("tuple[Answer, bool, float]", reply)
            if is_last:
                return None
        _, status = os.waitpid(self._pid, 0)
        for pipe in (self._requests, self._replies):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        return Cut(os.waitstatus_to_exitcode(status) == -TIME_IS_OVER)


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    """The two ends of a pipe, the one that is read first."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def _answer_all(answers: _Decide, requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer questions until there are no more, or time or memory ends the process."""
    while (request := receive(requests)) is not None:
        question, seconds = cast("tuple[Question, float]", request)
        _forget()
        _limit_time(seconds)
        started = time.process_time()
        try:
            for answer, is_last in answers(question):
                if is_last:
                    _limit_time(0)
                send(replies, (answer, is_last, time.process_time() - started))
        except MemoryError:
            # What is left of the address space is unknown: end, and say so by ending.
            os._exit(1)
        except Exception as fault:  # noqa: BLE001 (told as a reason, not hidden)
            send(replies, (fault_of(fault), True, time.process_time() - started))


def _forget() -> None:
    """Drop what algebra remembers of earlier questions, so that steps do not depend on them."""
    if "sympy" in sys.modules:
        from sympy.core.cache import clear_cache

        clear_cache()


def _limit_time(seconds: float) -> None:
    """Have the system end this process when it has had the processor for so long; 0 for never.

    Of a system without such a timer the clock of `Worker.ask` is the only net.
    """
    if TIME_IS_OVER:
        signal.setitimer(signal.ITIMER_PROF, min(seconds, threading.TIMEOUT_MAX))


def _limit_memory(memory_bytes: int) -> None:
    with contextlib.suppress(ImportError):
        import resource

        wanted = _address_space_bytes() + memory_bytes
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # macOS refuses limits of the address space; there only the time is limited.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _address_space_bytes() -> int:
    """What this process has mapped so far; 0 where only Linux could tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def send(pipe: IO[bytes], message: object) -> None:
    """Write a message."""
    data = pickle.dumps(message)
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object:
    """Read a message; None where the other end has ended."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    return pickle.loads(data) if len(data) == length else None
