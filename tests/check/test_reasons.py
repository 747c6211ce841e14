"""Reasons of what is undecided come through the worker as messages, and so in Chinese."""

import re
from pathlib import Path

import pytest
from cases import read_cases

import blogkit
from blogkit.check.answers import Fault, Open, guarded
from blogkit.language import CHINESE, Message, translate

FORMULAS = re.compile(r"\$[^$]*\$|\\[A-Za-z]+|'[^']*'")
ENGLISH = re.compile(r"[A-Za-z]{3,} +[A-Za-z]{2,}")


@pytest.mark.parametrize(
    ("lines", "expected"), read_cases(Path(__file__).with_name("undecided.txt"))
)
def test_a_reason_in_chinese_has_no_english_sentence(lines: str, expected: str) -> None:
    said = {}
    for line in lines.splitlines():
        latex, _, assumed = line.partition(" % ")
        report = blogkit.check_formula(latex, assume=[assumed] if assumed else (), seconds=3.0)
        for statement in next(iter(report)).statements:
            assert (line, statement.verdict) == (line, expected)
            assert isinstance(statement.reason, Message)
            said[line] = FORMULAS.sub("", translate(statement.reason, CHINESE))
    assert {line: text for line, text in said.items() if ENGLISH.search(text)} == {}


def test_a_fault_inside_a_method_is_its_reason() -> None:
    told = guarded(lambda: Open(str([][0])))
    text = "a fault in the checker, please report it: IndexError: list index out of range"
    assert told == Fault(Message(text))
    assert isinstance(told.reason, Message)


def test_a_method_without_fault_answers_as_it_does() -> None:
    assert guarded(Open, "no method applies") == Open("no method applies")


def test_memory_that_ran_out_is_no_fault_of_a_method() -> None:
    def method() -> Open:
        raise MemoryError

    with pytest.raises(MemoryError):
        guarded(method)


def test_the_end_of_an_algebra_librarys_precision_is_no_fault() -> None:
    from sympy import E, floor

    told = guarded(lambda: Open(str(floor(E**1000).is_positive)))
    assert told == Open(Message("a part of it could not be computed precisely enough"))
