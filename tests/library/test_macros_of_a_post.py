"""A macro that one formula of a post defines holds in those after it, in every view."""

import time
from pathlib import Path

import pytest

from blogkit import Corpus, Library, Post
from blogkit.cli.app import main
from blogkit.library.formulas import Formula
from blogkit.macros import definitions_before, text_alone, used
from blogkit.mcp.tools import TOOLS
from blogkit.sources.read import with_formulas
from blogkit.study import Study
from blogkit.study.anki import cloze_html, to_html

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


EVERYWHERE = r"""# 迹

设 $\newcommand{tr}{\operatorname{tr}}$ 与 $\def\R#1{\mathbb{R}^{#1}}$。

## 等式

迹恒等式（trace identity）是指 $A,B\in\R{n}$ 时的等式。两个矩阵的迹的公式为

$$\tr(AB)=\sum_i\lambda_i(BA)+\tr(C)$$

其中 $C\in\R{m}$。
"""
PASSAGE = r"$A,B\in\mathbb{R}^{n}$"
EQUATION = r"\operatorname{tr}(AB)"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A library of one post, whose formulas use macros of its first sentence."""
    (tmp_path / "a.md").write_text(EVERYWHERE, encoding="utf-8")
    folder = tmp_path / "shelf"
    with Library.open(str(folder)) as library:
        library.add(str(tmp_path / "a.md"))
    return folder


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("show 迹", "A, B ∈ ℝⁿ"),
        ("search 恒等式", PASSAGE),
        ("search 恒等式 --json", r"$A,B\\in\\mathbb{R}^{n}$"),
        ("formula list", "A, B ∈ ℝⁿ"),
        ("formula find 恒等式", "A, B ∈ ℝⁿ"),
        (r"formula find \operatorname{tr}(?x)=? --json", r'"definitions": "\\def\\tr{'),
        ("formula show ID#4", "tr(AB)"),
        ("formula show ID#4", r"\def\tr{\operatorname{tr}} \tr(AB)"),
        ("formula render ID#4", "tr(AB)"),
        ("formula check ID#4 --json", r'"definitions": "\\def\\tr{'),
        ("study new 迹", "A, B ∈ ℝⁿ"),
        ("study new 迹", "tr(AB)"),
        ("study new 迹 --json", r"\\operatorname{tr}(AB)"),
        ("show 迹 --json", r'"definitions": "\\def\\R#1{'),
    ],
)
def test_a_formula_can_be_read_wherever_it_is_shown_alone(
    shelf: Path, command: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library.open(str(shelf)) as opened:
        post_id = next(iter(opened.posts())).id
    main(["--library", str(shelf), *command.replace("ID", post_id).split()])
    assert shown in capsys.readouterr().out


def test_assistants_get_formulas_that_can_be_read_alone(shelf: Path) -> None:
    tools = {tool.name: tool for tool in TOOLS}
    with Library.open(str(shelf)) as opened:
        found = tools["search"].answer(opened, {"query": "恒等式"})
        post = tools["get_post"].answer(opened, {"post": "迹", "start_line": 9})
    assert PASSAGE in str(found["hits"]).replace("\\\\", "\\")
    assert post.facts["definitions"].startswith("\\def\\tr{")


def test_cards_for_anki_have_no_macros_of_their_post(shelf: Path) -> None:
    with Library.open(str(shelf)) as opened:
        fields = "\n".join(
            f"{to_html(card.question)}\n{cloze_html(card)}" for card in Study(opened).offered("迹")
        )
    assert EQUATION in fields
    assert r"\tr" not in fields
    assert r"\R" not in fields


def test_a_page_that_is_exported_draws_with_the_macros(shelf: Path, tmp_path: Path) -> None:
    main(["--library", str(shelf), "export", "--to", "site", "-o", str(tmp_path / "site")])
    page = "".join(path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert "<mi>ℝ</mi>" in page
    assert 'class="latex-source"' not in page


def test_posts_in_memory_are_found_with_passages_that_can_be_read_alone() -> None:
    (hit,) = Corpus([Post(title="迹", text=EVERYWHERE)]).search("恒等式")
    assert PASSAGE in hit.snippet.text
    assert next(mark.of(hit.snippet.text) for mark in hit.snippet.spans) == "恒等式"


def test_the_check_knows_of_each_formula_what_was_defined_before_it(tmp_path: Path) -> None:
    text = r"$\def\a{1}$ $$\a=1$$ $\def\a{2}$ $$\a=1$$"
    with Library.open(tmp_path / "library") as opened:
        opened.add_posts([Post(title="换", text=text, id="p")])
        verdicts = [s.verdict for s in opened.check("p").statements if s.kind != "other"]
    assert verdicts == ["proved", "refuted"]


def test_a_definition_says_which_formulas_need_it() -> None:
    definitions = r"\def\a{x}\def\b{\a}\def\c{y}"
    assert [used(definitions, latex) for latex in (r"\b", r"\bc", r"\alpha\c")] == [
        r"\def\a{x}\def\b{\a}",
        "",
        r"\def\c{y}",
    ]


def test_a_text_that_defines_its_own_macros_has_them_replaced_behind_it() -> None:
    assert text_alone(r"$\def\R{r}$，$\R$", "") == r"$\def\R{r}$，$r$"


def test_a_definition_that_ends_in_a_name_does_not_join_the_formula() -> None:
    (_, second) = with_formulas(Post(title="", text=r"$\let\x\alpha$ $b\x$"))[0].formulas
    assert Formula(second.whole).to_inline_text() == "bα"


def test_a_thousand_formulas_that_define_something_are_read_soon() -> None:
    names = [
        f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}x" for n in range(1500)
    ]
    started = time.process_time()
    found = list(definitions_before(rf"\def\{name}{{b}}" for name in names))
    assert found[-1].count(r"\def") > 1000
    assert time.process_time() - started < 5
