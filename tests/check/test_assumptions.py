"""Whatever a check prints as an assumption, condition or fact can be assumed in turn."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import read_cases

import blogkit.check
from blogkit.check.context.questions import questions
from blogkit.check.verdicts import assumed
from blogkit.meaning.facts.assume import read_assumptions
from blogkit.meaning.facts.properties import JOINTLY, PROPERTIES

HERE = Path(__file__).parent
CHECK = Path(blogkit.check.__file__).parent


def claims() -> Iterator[pytest.param]:
    """The formulas of the tests of facts and of claims, with what each assumes."""
    for case in read_cases(HERE / "facts.txt"):
        formula, *given = case.values[0].split("\n")
        yield pytest.param(formula, given, id=str(case.id))
    for name in ("claims_true.txt", "claims_false.txt", "claims_long.txt"):
        for case in read_cases(HERE / name):
            for number, line in enumerate(case.values[0].splitlines()):
                latex, _, given = line.partition(" % ")
                yield pytest.param(
                    latex, given.split("; ") if given else [], id=f"{case.id}-{number}"
                )


@pytest.mark.parametrize(("latex", "given"), [*claims()])
def test_every_fact_that_is_printed_is_read(latex: str, given: list[str]) -> None:
    printed = {
        fact
        for asked in questions(latex, assume=read_assumptions(given))
        if asked.question is not None
        for fact in assumed(asked.question.facts)
    }
    for fact in printed:
        again = [one.latex for one in read_assumptions([fact])]
        assert again
        assert again == [one.latex for part in again for one in read_assumptions([part])]


def words_in_latex() -> Iterator[str]:
    r"""The templates of the checker's own LaTeX with words in it, `{name} \text{{ is …}}`."""
    for path in sorted(CHECK.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_message = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message"
            for part in node.args if isinstance(node, ast.Call) and is_message else ():
                if isinstance(part, ast.Constant) and "\\text{" in str(part.value):
                    yield str(part.value)


@pytest.mark.parametrize("template", sorted(set(words_in_latex())))
def test_every_condition_in_words_is_read(template: str) -> None:
    fields = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    latex = (
        template.format(**(dict.fromkeys(fields, "A, B") | {"kind": "discrete"}))
        if "{{" in template
        else template
    )
    if latex.startswith("\\text{ "):
        latex = "A" + latex  # it stands behind what it is said of
    assert read_assumptions([latex])


@pytest.mark.parametrize("word", [*PROPERTIES, *JOINTLY])
def test_every_word_is_read_behind_names(word: str) -> None:
    verbs = ("", " are") if word.isascii() else ("", "是", "都是")
    plain = [f"A, B{verb} {word}" for verb in verbs]
    in_latex = rf"\mathbf{{A}}, B \text{{ {word}}}"
    assert all(read_assumptions([text]) for text in (*plain, in_latex))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (r"\boldsymbol{A} \text{ positive definite}",
         [r"\mathbf{A} \text{ is a matrix}", r"\mathbf{A}^{\top} = \mathbf{A}",
          r"\mathbf{A} \succ 0"]),
        ("A 正定", [r"A \text{ is a matrix}", r"A^{\top} = A", r"A \succ 0"]),
        ("A对称", [r"A \text{ is a matrix}", r"A^{\top} = A"]),
        ("X, Y independent", [r"X \perp Y"]),
        ("X 与 Y 相互独立", [r"X \perp Y"]),
        ("f is a convex function", [r"f \text{ is convex}"]),
        ("W orthogonal", [r"W \text{ is a matrix}", r"W^{\top} W = I"]),
        ("n, m positive integers",
         [r"n \in \mathbb{Z}", r"n \geq 1", r"m \in \mathbb{Z}", r"m \geq 1"]),
        ("A, B are symmetric matrices",
         [r"A \text{ is a matrix}", r"A^{\top} = A", r"B \text{ is a matrix}", r"B^{\top} = B"]),
        ("A, B commute", ["A B = B A"]),
        ("v is a unit vector", [r"v \text{ is a vector}", r"\left\|v\right\| = 1"]),
        ("x is positive and y < 1", ["x > 0", "y < 1"]),
        (r"\text{all inverses exist}", [r"\text{all inverses exist}"]),
    ],
)  # fmt: skip
def test_assumptions_in_words(given: str, expected: list[str]) -> None:
    assert expected == [fact.latex for fact in read_assumptions([given])]
