"""What is told of formulas that are badly written, and what is not."""

import ast
from pathlib import Path

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

import blogkit
from blogkit.latex import Problem
from blogkit.lint import PostProblem, find_post_problems, find_problems
from blogkit.lint.codes import CODES, RULES, Code, page
from blogkit.posts import Post
from blogkit.sources.read import with_formulas

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PACKAGE = Path(blogkit.__file__).parent


def written(latex: str) -> str:
    """The problems of a formula as the cases have them."""
    return "\n".join(_line(problem, latex) for problem in find_problems(latex))


def _line(problem: Problem, latex: str) -> str:
    span = problem.span
    line = f"{problem.code} {span.start}-{span.end} {span.of(latex)!r}"
    return line if problem.repair is None else f"{line} -> {problem.repair!r}"


def in_post(text: str, *, info: bool = False, ignore: tuple[str, ...] = ()) -> list[PostProblem]:
    post, _ = with_formulas(Post(title="例", text=text))
    return list(find_post_problems(post, info=info, ignore=ignore))


def codes(code: Code, latex: str) -> list[tuple[str, str]]:
    found = [p.problem for p in in_post(latex, info=True)] if code.in_post else find_problems(latex)
    return [(problem.code, problem.severity) for problem in found]


@pytest.mark.parametrize(("latex", "expected"), read_cases(HERE / "problems_cases.txt"))
def test_case(latex: str, expected: str) -> None:
    assert written(latex) == expected


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_example_has_its_fault_and_the_repaired_one_none(code: Code) -> None:
    assert (code.name, code.severity) in codes(code, code.example)
    assert codes(code, code.repaired) == []


def test_page_is_printed_from_the_codes() -> None:
    assert (ROOT / "docs" / "errors.md").read_text(encoding="utf-8") == page()
    assert (ROOT / "docs" / "errors.zh.md").read_text(encoding="utf-8") == page("zh")


def test_every_code_of_the_parser_is_documented() -> None:
    reported = {code for path in (PACKAGE / "latex").glob("*.py") for code in _reported(path)}
    assert reported - set(CODES) == set()
    assert "missing-brace" in reported


def _reported(path: Path) -> set[str]:
    """Codes that a module of the parser hands to `problem`, `missing` or `raw`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    methods = {"problem", "missing", "raw", "Problem"}
    named = [c for c in calls if getattr(c.func, "attr", getattr(c.func, "id", "")) in methods]
    first = [call.args[0] for call in named]
    return {a.value for a in first if isinstance(a, ast.Constant) and isinstance(a.value, str)}


def test_every_code_of_a_rule_is_documented() -> None:
    constants = {
        node.value.value
        for path in (PACKAGE / "lint").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and node.value.value.replace("-", "").islower()
        and "-" in node.value.value
        and len(node.value.value) < 30
    }
    told_by_the_finder = {"unclosed-math", "unclosed-environment"}
    assert constants | told_by_the_finder == {code.name for code in RULES}


def test_message_of_a_lost_backslash() -> None:
    assert find_problems("frac{a}{b}")[0].message == (
        r"expected '\frac', found 'frac', which TeX sets as 4 variables; write '\frac'"
    )


_ONLY_WITH_PHYSICS = r"MathJax only after \require{physics}; use another, or define it"


@pytest.mark.parametrize(
    ("latex", "rest"),
    [
        (r"\mbox{a}", r"found \mbox: KaTeX doesn't know it; write \text"),
        (r"\bm a", r"found \bm: MathJax doesn't know it; write \boldsymbol"),
        (
            r"a \coloneqq b",
            r"found \coloneqq: MathJax knows it only after \require{mathtools}; write :=",
        ),
        (r"\dv{f}{x}", rf"found \dv: KaTeX doesn't know it, {_ONLY_WITH_PHYSICS}"),
        (
            r"\SI{3}{m}",
            r"found \SI: neither KaTeX nor MathJax knows it; use another, or define it",
        ),
        (
            r"\foo a",
            r"found \foo: neither KaTeX nor MathJax knows it; use another, or define it",
        ),
    ],
)
def test_message_of_a_command_names_the_one_that_lacks_it(latex: str, rest: str) -> None:
    expected = f"expected a command that KaTeX and MathJax know, {rest}"
    assert find_problems(latex)[0].message == expected


def test_message_of_a_mismatch() -> None:
    assert find_problems(r"\left( a \right]")[0].message == (
        r"expected \right) to close \left(, found \right]; make the two a pair"
    )


@pytest.mark.parametrize("code", [c for c in CODES.values() if not c.in_post], ids=lambda c: c.name)
def test_code_can_be_turned_off(code: Code) -> None:
    left = find_problems(code.example, ignore=[code.name])
    assert code.name not in {problem.code for problem in left}


def test_codes_of_a_post_can_be_turned_off() -> None:
    text = r"见 \eqref{eq:b}"
    assert in_post(text, ignore=("unknown-label",)) == []
    assert len(in_post(text)) == 1


def test_piece_in_running_text_may_end_with_a_relation() -> None:
    assert find_problems("x =", display=False) == ()


def test_macro_of_an_earlier_formula_is_known() -> None:
    assert in_post(r"令 $\newcommand{\RR}{\mathbb{R}} x$，则 $y \in \RR$") == []


def test_label_of_two_formulas_is_told_at_the_second() -> None:
    (found,) = in_post("$$a \\label{eq:a}$$\n\n$$b \\label{eq:a}$$")
    assert (found.problem.code, found.formula and found.formula.number) == ("duplicate-label", 2)
    assert found.line == 3


def test_reference_is_placed_in_the_text() -> None:
    text = "首先\n\n见 \\eqref{eq:b} 与 $x$"
    (found,) = in_post(text)
    assert (found.formula, found.latex, found.line) == (None, r"\eqref{eq:b}", 3)
    assert text[found.start :].startswith(found.latex)


def test_reference_within_a_formula_is_placed_in_it() -> None:
    (found,) = in_post(r"由 $\eqref{eq:b}$ 得")
    assert found.formula is not None
    assert found.problem.span.of(found.latex) == r"\eqref{eq:b}"


def test_reference_of_a_truncated_post_may_name_what_is_missing() -> None:
    post, _ = with_formulas(Post(title="例", text=r"见 \eqref{eq:b}", truncated=True))
    assert find_post_problems(post) == ()


def test_formula_that_prose_cuts_into_pieces_is_balanced() -> None:
    assert in_post("记 $P(y=$“猫”$)=0.5$，而 $0.5<Q(z=$“狗”$)<1$，$R(u=$“鸟”$)$") == []


def test_bracket_that_nothing_closes_is_told_in_running_text() -> None:
    assert [found.problem.code for found in in_post("记 $P(y=1$ 为概率")] == ["unbalanced-bracket"]


def test_code_is_no_formula() -> None:
    assert in_post("`$frac{a}{b}$` 与 `\\eqref{a}` 无关") == []


def test_information_is_told_only_when_asked_for() -> None:
    text = "取 $\\beta$ 为常数，则 $x = 1$"
    assert in_post(text) == []
    assert [found.problem.severity for found in in_post(text, info=True)] == ["info"]


@pytest.mark.parametrize(
    ("latex", "upright"),
    [
        (r"\mathop{argmax}_x f", [r"\operatorname*{argmax}"]),
        (r"\mathop {softmax}\limits_x", [r"\operatorname*{softmax}"]),
        (r"\mathop{arg\,max}_x", [r"\operatorname*{arg\,max}"]),
        (r"\mathop{arg min}_x", [r"\operatorname*{arg\,min}"]),
        (r"\mathop{{log-softmax}}(x)", [r"\operatorname*{log-softmax}"]),
        (r"\mathop{max}f", [r"\max "]),
        (r"\mathop{\rm argmax}_x \mathop{\mathrm{argmin}}_y \mathop{\arg\max}_z", []),
        (r"\mathop{x+y} \mathop{a} \mathop{\boldsymbol{W}x}", []),
        (r"\newcommand{\am}{\mathop{argmax}}\am_x", []),
    ],
)
def test_an_italic_name_of_an_operator_is_a_note_on_style(latex: str, upright: list[str]) -> None:
    found = find_problems(latex, style=True)
    assert [(p.severity, p.repair) for p in found] == [("style", repair) for repair in upright]
    assert find_problems(latex) == ()


def test_a_note_on_style_is_told_by_a_check_and_is_no_fault() -> None:
    report = blogkit.check_formula(r"\mathop{argmax}_x f(x)")
    [message] = [problem.message for result in report for problem in result.problems]
    assert message == (
        r"expected an upright name, found '\mathop{argmax}', whose letters are set as variables; "
        r"write '\operatorname*{argmax}'"
    )
    assert not report.has_problems


def test_empty_formula_has_no_problem() -> None:
    assert find_problems("") == ()


PIECES = r"""
frac sum_ log x { } ( ) [ ] \left \right \bigl ^ _ 10 - = , < > <= 中 文 （ ） ， \bm \foo \text{
\frac{ \begin{aligned} \end{aligned} & \\ \label{a} $ ' \sum \mid
"""


@given(st.lists(st.sampled_from([*PIECES.split(), " ", "　"]), max_size=14).map("".join))
def test_any_text_is_read_and_every_place_lies_in_it(latex: str) -> None:
    for problem in find_problems(latex):
        assert 0 <= problem.span.start <= problem.span.end <= len(latex)
        assert problem.code in CODES


@pytest.mark.parametrize(
    "latex", [param.values[0] for param in read_cases(HERE / "problems_cases.txt")]
)
def test_repair_removes_its_problem(latex: str) -> None:
    for problem in find_problems(latex):
        if problem.repair is None:
            continue
        start, end = problem.span.start, problem.span.end
        mended = latex[:start] + problem.repair + latex[end:]
        after = [p.span.start for p in find_problems(mended) if p.code == problem.code]
        assert start not in after


def test_seeds_have_no_problem() -> None:
    from blogkit.sources.read import read_posts

    found = [
        problem.problem.message
        for path in sorted((ROOT / "seeds").glob("*.txt"))
        for post in read_posts(path.read_bytes(), path.name).posts
        for problem in find_post_problems(post)
    ]
    assert found == []
