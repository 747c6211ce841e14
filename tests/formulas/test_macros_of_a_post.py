"""A macro that one formula of a post defines holds in those after it, in every view."""

from pathlib import Path

import pytest

from blogkit import Corpus, Library, Post
from blogkit.cli.app import main
from blogkit.definitions import definitions_before
from blogkit.formulas import Formula

TEXT = r"""设 $\newcommand{tr}{\operatorname{tr}}$ 与 $\def\R#1{\mathbb{R}^{#1}}$，则

$$\tr(A)=1,\quad x\in\R{n}$$
"""
DRAWN = "x ∈ ℝⁿ"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(f"# 迹\n\n{TEXT}", encoding="utf-8")
    folder = tmp_path / "library"
    with Library.open(str(folder)) as library:
        library.add(str(tmp_path / "a.md"))
    return folder


def test_definitions_are_carried_from_formula_to_formula() -> None:
    found = list(definitions_before([r"\let\x\alpha", r"\newcommand\y[2][k]{#1#2}", "x", r"\x"]))
    assert found[2] == found[3] == r"\let\x\alpha\newcommand{\y}[2][k]{#1#2}"
    assert found[:2] == ["", r"\let\x\alpha"]


def test_the_last_definition_of_a_name_counts() -> None:
    assert list(definitions_before([r"\def\a{x}", r"\def\a{y}", r"\a"]))[2] == r"\def\a{y}"


def test_a_macro_defined_again_as_it_was_is_no_problem() -> None:
    assert Formula(r"\newcommand{\R}{\mathbb{R}}\newcommand{\R}{\mathbb{R}}\R").problems == ()


def test_a_stored_formula_is_drawn_with_the_macros_of_its_post(library: Path) -> None:
    with Library.open(str(library)) as opened:
        number = next(iter(opened.posts())).id
        (one,) = [f for f in opened.formulas() if f.display]
        alone = opened.formula(f"{number}#3")
        in_post = opened.post(number).formulas[2]
    assert one.latex == r"\tr(A)=1,\quad x\in\R{n}"
    for formula in (one, alone, in_post):
        assert Formula(formula.whole).to_inline_text() == f"tr(A) = 1,   {DRAWN}"


def test_formulas_are_found_by_what_their_macros_mean(library: Path) -> None:
    pattern = r"x\in\mathbb{R}^n"
    with Library.open(str(library)) as opened:
        assert opened.find_formula(pattern).hits[0].matched_span.start == 15
    hits = Corpus([Post(title="迹", text=TEXT)]).find_formula(pattern).hits
    assert hits[0].match == "part"


@pytest.mark.parametrize(
    "command", ["show {id}", "formula list", "formula show {id}#3", "formula render {id}#3"]
)
def test_every_command_draws_with_the_macros_of_the_post(
    library: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library.open(str(library)) as opened:
        post_id = next(iter(opened.posts())).id
    main(["--library", str(library), *command.format(id=post_id).split()])
    assert DRAWN in capsys.readouterr().out
