"""Commands of packages mean what the packages say, unless the author defines them."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.latex import parse, to_latex

MEANT = [
    (r"\dv{f}{x}", r"{\frac{\mathrm{d}f}{\mathrm{d}{x}}}"),
    (r"\abs{x}", r"{\left|x\right|}"),
    (r"\bra{a}", r"{\left\langle a\right|}"),
    (r"\SI{3}{\kilo\metre}", r"{3\,\mathrm{km}}"),
    (r"\ce{Fe^{3+}}", r"{\mathrm{Fe}^{3+}}"),
]


@pytest.mark.parametrize(("written", "meant"), MEANT)
def test_a_call_is_what_it_means_and_told_as_unknown(written: str, meant: str) -> None:
    parsed = parse(written)
    assert meant == to_latex(parsed.tree)
    assert [(p.code, p.severity) for p in parsed.problems] == [("unknown-command", "warning")]


@pytest.mark.parametrize(("written", "meant"), read_cases(Path(__file__).parent / "packages.txt"))
def test_packages(written: str, meant: str) -> None:
    tree = parse(written).tree
    assert meant == to_latex(tree)
    assert to_latex(parse(meant).tree) == meant


def test_a_macro_of_the_author_goes_before() -> None:
    parsed = parse(r"\newcommand{\abs}[1]{\lvert #1\rvert}\abs{x}")
    assert (to_latex(parsed.tree), parsed.problems) == (r"\lvert x\rvert", ())


def test_a_call_that_is_not_understood_keeps_its_braces() -> None:
    assert to_latex(parse(r"\ce{\foo}\SI{x}{m}").tree) == r"\ce{\foo}\SI{x}{m}"
