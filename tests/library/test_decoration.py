"""What is drawn over, under, around or through a part, and what it means for a verdict."""

import pytest

import blogkit


def verdicts(latex: str) -> list[tuple[str, tuple[str, ...]]]:
    report = blogkit.check_formula(latex)
    return [(statement.verdict, statement.readings) for statement in report.statements]


@pytest.mark.parametrize(
    "latex",
    [
        r"\cancel{x}+1=x+1",
        r"\cancel{x}+1=1",
        r"\sout{x}+1=x+1",
        r"\cancelto{0}{x}+1=x+1",
        r"\underline{x}+1=x+1",
        r"\fdv{F}{g}=\frac{F}{g}",
        r"\ev{A}\ev{B}=\ev{AB}",
        r"\langle A\rangle+\langle B\rangle=\langle A+B\rangle",
        r"\pb{f}{g}=\pb{g}{f}",
    ],
)
def test_what_is_struck_averaged_or_named_anew_is_not_taken_for_the_plain(latex: str) -> None:
    assert verdicts(latex) == [("undecided", ())]


@pytest.mark.parametrize("latex", [r"\overline{x^2}=\overline{x}^2", r"\overline{x+1}=x+1"])
def test_a_line_over_an_expression_may_be_a_mean(latex: str) -> None:
    [(verdict, readings)] = verdicts(latex)
    assert verdict == "undecided"
    assert [reading.partition("{")[0] for reading in readings] == [
        r"\overline",
        r"\operatorname",
    ]


@pytest.mark.parametrize(
    "latex",
    [
        r"\underline{(x+1)^2}=x^2+2x+1",
        r"\boxed{x+1}=\fbox{$1+x$}",
        r"\phantom{x}+1=1",
        r"2 \cancel{=} 3",
        r"P(\overline{AB})=1-P(AB)",
    ],
)
def test_what_marks_a_part_changes_nothing(latex: str) -> None:
    assert verdicts(latex) == [("proved", ())]


def test_conjugates_of_what_is_evidently_complex_are_decided() -> None:
    [(verdict, readings)] = verdicts(r"\overline{z+w}=\overline{z}+\overline{w}")
    assert (verdict, readings) == ("supported", ())
