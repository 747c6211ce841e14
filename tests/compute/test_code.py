"""Code of formulas: its text, and that it runs and gives what the evaluator gives."""

import builtins
from pathlib import Path

import pytest
from cases import read_cases
from computing.judge import agrees, trials

from blogkit import parse_formula
from blogkit.compute.code import to_code
from blogkit.compute.plan import read_plan
from blogkit.compute.targets import HELPERS, OPERATORS, TARGETS, WHOLE, To
from blogkit.errors import FormulaError

HERE = Path(__file__).parent
LATEX_THAT_WOULD_BREAK_OUT = [
    r'x"""\nimport os',
    'x \n + y % """\nraise SystemExit',
    r"\text{\"\"\"} x",
    r"x_{\text{a) + exit(}}",
    "x\\\\",
]


def _signature(latex: str, to: To) -> str:
    code = to_code(latex, to)
    return f"{code.name}({', '.join(one.name for one in code.arguments)})"


@pytest.mark.parametrize(("latex", "expected"), read_cases(HERE / "code.txt"))
def test_code_reads_as_written_here(latex: str, expected: str) -> None:
    assert to_code(latex, "numpy").code.rstrip() == expected


@pytest.mark.parametrize(
    ("latex", "expected"), read_cases(HERE / "computable.txt") + read_cases(HERE / "arrays.txt")
)
def test_functions_are_named_after_their_left_side(latex: str, expected: str) -> None:
    assert _signature(latex, "numpy") == expected


@pytest.mark.parametrize("to", ["python", "numpy", "sympy"])
@pytest.mark.parametrize(("latex", "_"), read_cases(HERE / "computable.txt"))
def test_code_gives_what_the_evaluator_gives(latex: str, _: str, to: To) -> None:
    _judge(latex, to)


@pytest.mark.parametrize(("latex", "_"), read_cases(HERE / "arrays.txt"))
def test_code_for_arrays_gives_what_one_computes_by_hand(latex: str, _: str) -> None:
    _judge(latex, "numpy")


def _judge(latex: str, to: To) -> None:
    code = to_code(latex, to)
    points = trials(read_plan(latex), code, tries=3)
    function = code.function()
    assert points
    assert [point for point in points if not agrees(function, code, point)] == []


@pytest.mark.parametrize("to", ["torch", "jax"])
@pytest.mark.parametrize(("latex", "_"), read_cases(HERE / "computable.txt"))
def test_code_for_other_libraries_is_python(latex: str, _: str, to: To) -> None:
    code = to_code(latex, to)
    compile(code.code, code.name, "exec")
    assert "import numpy" not in code.code


@pytest.mark.parametrize(("latex", "expected"), read_cases(HERE / "missing.txt"))
def test_all_that_is_missing_is_named(latex: str, expected: str) -> None:
    with pytest.raises(FormulaError) as caught:
        to_code(latex, "numpy")
    assert str(caught.value) == expected


@pytest.mark.parametrize("latex", LATEX_THAT_WOULD_BREAK_OUT)
@pytest.mark.parametrize("to", TARGETS)
def test_nothing_in_a_formula_becomes_code(latex: str, to: To) -> None:
    try:
        code = to_code(latex, to)
    except FormulaError:
        return
    tree = compile(code.code, "code", "exec")
    assert {"exit", "SystemExit", "os"}.isdisjoint(tree.co_names)
    assert all(line.startswith((" ", "def ", "import ")) for line in code.code.splitlines() if line)


def test_what_is_given_with_let_is_a_function_inside() -> None:
    formula = parse_formula(r"\theta \leftarrow \theta - \eta \nabla_\theta f(\theta)")
    step = formula.function(let=["f(x) = x^4"])
    assert step(2.0, 0.1) == 2.0 - 0.1 * 4 * 2.0**3


def test_an_unknown_target_is_refused() -> None:
    with pytest.raises(FormulaError) as caught:
        to_code("x", "fortran")  # type: ignore[arg-type]
    expected = "to: expected python, numpy, torch, jax, sympy, found fortran"
    assert str(caught.value) == expected


def test_a_definition_that_is_none_is_refused() -> None:
    with pytest.raises(FormulaError) as caught:
        to_code("f(x)", "numpy", let=["f(x)"])
    assert str(caught.value) == "expected a definition such as f(x) = x^2, found f(x)"


def test_every_form_of_the_table_has_its_helper() -> None:
    for to in TARGETS:
        for name, form in {**OPERATORS, **WHOLE}.items():
            if form.of(to).startswith(f"{name}(") and name not in dir(builtins):
                assert (name, to) in HELPERS
