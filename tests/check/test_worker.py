"""Worker processes: limits of time and memory, death, threads. All of it with real processes."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from blogkit.check.answers import Open, Proved, Refuted, Supported
from blogkit.check.context.questions import questions
from blogkit.check.question import Question
from blogkit.check.worker import Worker, _idle, decide, decide_all, decide_groups

FALSE = r"(a + b)^2 = a^2 + b^2"
TRUE = r"(a + b)^2 = a^2 + 2ab + b^2"


def asked(latex: str) -> Question:
    (only,) = questions(latex)
    assert only.question is not None
    return only.question


def test_a_worker_answers_one_question_after_the_other() -> None:
    worker = Worker()
    try:
        assert isinstance(worker.ask(asked(FALSE), 20), Refuted)
        assert isinstance(worker.ask(asked(TRUE), 20), (Proved, Supported))
        assert worker.is_alive
    finally:
        worker.close()


def test_a_question_that_takes_too_long_is_cut_off_in_time() -> None:
    worker = Worker()
    worker.ask(asked(TRUE), 20)
    os.kill(worker.pid, signal.SIGSTOP)  # as if it hung
    started = time.monotonic()
    answer = worker.ask(asked(FALSE), 0.2)
    assert answer == Open("time ran out before an answer was found")
    assert time.monotonic() - started < 30
    assert not worker.is_alive


def test_a_worker_that_is_killed_leaves_its_question_undecided_and_the_next_one_answered() -> None:
    worker = Worker()
    worker.ask(asked(TRUE), 20)
    os.kill(worker.pid, signal.SIGSTOP)
    killer = threading.Timer(0.3, os.kill, (worker.pid, signal.SIGKILL))
    killer.start()
    answer = worker.ask(asked(FALSE), 20)
    killer.join()
    assert answer == Open("memory: the worker process ended before it had an answer")
    assert isinstance(decide(asked(FALSE), seconds=20), Refuted)


@pytest.mark.skipif(sys.platform != "linux", reason="only there it answers in a fork of its own")
def test_where_time_ran_out_the_same_worker_answers_the_next_question() -> None:
    slow = asked(r"\int_0^1 x^{a-1}(1-x)^{b-1}dx = \frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}")
    worker = Worker()
    try:
        assert worker.ask(slow, 0.05) == Open("time ran out before an answer was found")
        assert worker.used_seconds == 0.05
        assert worker.is_alive
        assert isinstance(worker.ask(asked(FALSE), 20), Refuted)
        assert worker.used_seconds < 20
    finally:
        worker.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux")
def test_a_question_that_eats_memory_ends_its_worker_and_stays_undecided() -> None:
    answer = decide(asked(r"\sum_{k=1}^{20000} k^{20} = 7"), seconds=20, memory_bytes=1 << 18)
    assert answer == Open("memory: the worker process ended before it had an answer")


@pytest.mark.skipif(sys.platform != "linux", reason="the address space is limited on Linux")
def test_support_that_was_found_before_memory_ran_out_is_kept() -> None:
    answer = decide(asked(TRUE), seconds=20, memory_bytes=1 << 18)
    assert isinstance(answer, Supported)
    assert answer.unproved == "memory ran out before a proof was found"


def test_answers_come_in_the_order_of_the_questions_from_several_workers() -> None:
    progress: list[int] = []
    answers = decide_all(
        [asked(FALSE), asked(TRUE), asked(FALSE)], seconds=20, jobs=2, progress=progress.append
    )
    assert [isinstance(answer, Refuted) for answer in answers] == [True, False, True]
    assert progress == [1, 2, 3]


def test_nothing_asked_is_nothing_answered() -> None:
    assert decide_all([]) == []


def test_the_readings_of_a_statement_share_its_time() -> None:
    slow = asked(r"\int_0^1 x^{a-1}(1-x)^{b-1}dx = \frac{\Gamma(a)\Gamma(b)}{\Gamma(a+b)}")
    first, second = decide_groups([(slow, asked(TRUE))], seconds=0.05)[0]
    assert first == second == Open("time ran out before an answer was found")
    assert [type(each) for each in decide_groups([(asked(FALSE), asked(TRUE))])[0]] == [
        Refuted,
        Proved,
    ]


def test_many_threads_ask_at_once() -> None:
    found: list[bool] = []
    threads = [
        threading.Thread(
            target=lambda: found.append(isinstance(decide(asked(FALSE), seconds=30), Refuted))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 4


def test_a_script_without_a_main_guard_checks_formulas_and_ends() -> None:
    script = (
        "import blogkit; "
        f"report = blogkit.check_formula({FALSE!r}, seconds=30); print(report.counts['refuted'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert ran.stdout == "1\n"
    assert ran.stderr == ""


def test_an_idle_worker_that_is_killed_from_outside_is_replaced() -> None:
    decide(asked(FALSE), seconds=20)
    for worker in list(_idle):
        os.kill(worker.pid, signal.SIGKILL)
        worker._process.wait()
    assert isinstance(decide(asked(FALSE), seconds=20), Refuted)
    assert all(worker.is_alive for worker in _idle)
