"""`blogkit formula check` as a process: output, JSON, exit statuses, errors."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import blogkit as package


@pytest.fixture
def check(tmp_path: Path):
    """Runs the command on an empty library."""

    def run(*arguments: str, stdin: str = ""):
        return subprocess.run(
            [sys.executable, "-m", "blogkit", "formula", "check", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "BLOGKIT_LIBRARY": str(tmp_path / "library")},
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("latex", "status"),
    [
        (r"(a+b)^2 = a^2 + 2ab + b^2", 0),
        (r"L = \frac{1}{2} x^2", 0),
        (r"(a+b)^2 = a^2 + b^2", 1),
        (r"a^2 + b^2 = c^2", 3),
        (r"\frac{1}{2", 1),
    ],
)
def test_the_exit_status_tells_the_worst_that_was_found(check, latex: str, status: int) -> None:
    ran = check(latex, "--seconds", "30")
    assert (ran.returncode, ran.stderr) == (status, "")


def test_json_has_the_shape_of_the_contract_and_equals_python(check) -> None:
    latex = r"\sqrt{x^2} = x"
    found = json.loads(check("--json", latex, "--seconds", "30").stdout)
    assert found.keys() == {"schema", "results", "counts", "seconds"}
    (result,) = found["results"]
    assert result.keys() == {"formula_id", "latex", "path", "line", "problems", "statements"}
    (statement,) = result["statements"]
    assert statement == {
        "latex": latex,
        "kind": "identity",
        "verdict": "refuted",
        "method": "exact arithmetic",
        "assumptions": [r"x \in \mathbb{R}"],
        "conditions": [],
        "counterexample": {"x": "-1"},
        "samples": None,
        "reason": "there the left side is 1, the right side -1",
        "readings": [],
        "measure": None,
    }
    same = package.check_formula(latex, seconds=30).to_dict()
    assert {**same, "seconds": 0} == {**found, "seconds": 0}


def test_what_reads_in_two_ways_is_undecided_and_each_reading_is_printed(check) -> None:
    latex = r"\cos\theta/2=\cos(\theta/2)"
    ran = check(latex, "--seconds", "30")
    assert ran.returncode == 3
    assert f"  undecided (identity): {latex}\n" in ran.stdout
    assert "    may mean: cos(θ)/2 = cos(θ/2)\n" in ran.stdout
    assert "    may mean: cos(θ/2) = cos(θ/2)\n" in ran.stdout
    (result,) = json.loads(check("--json", latex, "--seconds", "30").stdout)["results"]
    assert [len(statement["readings"]) for statement in result["statements"]] == [2]


def test_readings_are_printed_in_chinese(check) -> None:
    ran = check(r"2\frac12=\frac52", "--lang", "zh", "--seconds", "30")
    assert "可能的意思" in ran.stdout
    assert "有几种读法" in ran.stdout


def test_a_condition_makes_it_true(check) -> None:
    ran = check(r"\sqrt{x^2} = x", "--assume", "x > 0", "--seconds", "30")
    assert ran.returncode == 0
    assert "  proved (identity): \\sqrt{x^2} = x\n" in ran.stdout
    assert "    assuming: x ∈ ℝ,  x > 0\n" in ran.stdout


def test_a_formula_is_read_from_standard_input(check) -> None:
    assert check("-", "--seconds", "30", stdin="1 + 1 = 3\n").returncode == 1


def test_empty_standard_input_is_bad_usage(check) -> None:
    ran = check("-")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "blogkit: expected LaTeX on standard input, found nothing\n"


def test_an_assumption_that_can_not_be_read_is_bad_usage(check) -> None:
    ran = check("x = x", "--assume", "x >")
    assert (ran.returncode, ran.stdout) == (2, "")
    expected = "blogkit: assumption 1, 'x >': expected a condition such as 'x > 0'"
    assert ran.stderr.startswith(expected)


def test_a_name_that_nothing_bears_is_bad_usage(check) -> None:
    ran = check("nosuchpost")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "nosuchpost" in ran.stderr


def test_a_time_limit_must_be_a_number_above_zero(check) -> None:
    ran = check("x = x", "--seconds", "0")
    assert ran.returncode == 2
    assert "expected a number of seconds above 0, found '0'" in ran.stderr


def test_a_problem_can_be_turned_off(check) -> None:
    assert check("frac{1}{2}").returncode == 1
    assert check("frac{1}{2}", "--ignore", "lost-backslash").returncode == 0


def test_an_empty_library_states_nothing(check) -> None:
    ran = check()
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("0 formulas: nothing stated")


@pytest.mark.parametrize(
    "latex", ["9^{9^{9^9}} > 0", r"\sum_{i=1}^{10^{12}} i > 0", r"(10^{10^9})! > 0"]
)
def test_monstrous_numbers_stay_undecided_within_the_limit(check, latex: str) -> None:
    report = package.check_formula(latex, seconds=3)
    (statement,) = report.statements
    assert statement.verdict in ("undecided", "proved")
    assert report.seconds < 30
