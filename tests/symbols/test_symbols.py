"""The symbols of posts and of a library: places, sorts, what defines them, other posts."""

from pathlib import Path

import pytest

from blogkit import Library, Post
from blogkit.cli.app import main
from blogkit.errors import PostNotFoundError
from blogkit.symbols import PostSymbol, read_symbols
from blogkit.symbols.sorts import SortOf

ATTENTION = r"""给定矩阵 $\mathbf{X} \in \mathbb{R}^{n \times d}$ 和权重 $w_1$，注意力为
$$f(\mathbf{X}) = \sum_{i=1}^{n} w_i \|\mathbf{X}\|$$
其中 $n$ 是样本数，$w_i$ 已知。"""


def symbols_of(text: str) -> dict[str, PostSymbol]:
    return {symbol.latex: symbol for symbol in read_symbols(Post(title="", text=text))}


def test_a_family_is_one_symbol_with_all_its_places() -> None:
    weights = symbols_of(ATTENTION)["w"]
    assert [span.of(ATTENTION) for span in weights.occurrences] == ["w_1", "w_i", "w_i"]
    assert weights.sort.is_family


def test_fonts_accents_and_names_make_other_symbols() -> None:
    found = symbols_of(r"$x$, $\mathbf{x}$, $\hat{x}$, $x'$, $x_\theta$, $x_i$")
    assert list(found) == ["x", r"\mathbf{x}", r"\hat{x}", "x'", r"x_{\theta}", "i"]


def test_sort_and_size_are_told_by_notation_and_membership() -> None:
    found = symbols_of(ATTENTION)
    assert found[r"\mathbf{X}"].sort == SortOf("matrix", r"n \times d")
    assert found["f"].sort.name == "function"
    assert found["n"].sort.name == "natural"


def test_a_sort_that_nothing_tells_is_unknown() -> None:
    assert symbols_of("$x + y$")["x"].sort == SortOf("unknown")


def test_the_formula_that_defines_a_symbol() -> None:
    defined = symbols_of(ATTENTION)["f"].defined_by
    assert defined is not None
    assert defined.latex == r"f(\mathbf{X}) = \sum_{i=1}^{n} w_i \|\mathbf{X}\|"
    assert symbols_of("$n = 5$，$n + 1$")["n"].defined_by is None


def test_a_letter_that_is_a_constant_by_habit_is_a_symbol_where_it_is_named() -> None:
    assert "e" in symbols_of(r"其中 $e$ 是误差，$e + 1$")
    assert "e" not in symbols_of("$e^x$")


def test_in_a_long_post_the_meaning_nearest_to_a_formula_comes_first() -> None:
    text = "其中 $x$ 是图像。" + "\n\n讨论。" * 200 + "\n\n此处 $x$ 是词向量，$$x + 1$$"
    (symbol,) = [one for one in read_symbols(Post(title="", text=text)) if one.latex == "x"]
    assert symbol.meaning == "图像"
    assert symbol.sayings_at(text.index("$$"))[0].words == "词向量"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    with Library.open(tmp_path) as made:
        made.add_posts(
            [
                Post(title="下降", text=r"更新为 $x - \eta g$，其中 $\eta$ 是学习率。", id="one"),
                Post(title="动量", text=r"步长 $\eta$ 与梯度 $g$，函数 $x$。", id="two"),
            ]
        )
        yield made


def test_what_other_posts_say_is_told_as_theirs(library: Library) -> None:
    x, eta, g = library.symbols("one")
    assert (eta.meaning, g.meaning, x.meaning) == ("学习率", None, None)
    assert [(other.post_id, other.meaning) for other in g.elsewhere] == [("two", "梯度")]
    assert [(other.post_id, other.meaning) for other in eta.elsewhere] == [("two", "步长")]
    assert x.elsewhere == ()


def test_symbols_of_one_formula_keep_the_places_of_the_whole_post(library: Library) -> None:
    (eta,) = library.symbols("one#2")
    text = library.post("one").text
    assert [span.of(text) for span in eta.occurrences] == [r"\eta", r"\eta"]
    assert eta.formulas == ("one#1", "one#2")
    assert eta.wordings[0].sentence == r"更新为 $x - \eta g$，其中 $\eta$ 是学习率。"
    assert eta.wordings[0].span.of(text) == "学习率"


def test_symbols_of_latex_have_no_post(library: Library) -> None:
    latex = r"\eta_t = \lambda"
    eta, t, lam = library.symbols(latex)
    assert (eta.latex, eta.meaning, eta.post_id, eta.line) == (r"\eta", None, None, None)
    assert [span.of(latex) for one in (eta, t, lam) for span in one.occurrences] == [
        r"\eta_t",
        "t",
        r"\lambda",
    ]
    assert [other.meaning for other in eta.elsewhere] == ["步长", "学习率"]


def test_a_name_that_nothing_bears_is_one_clear_error(library: Library) -> None:
    with pytest.raises(PostNotFoundError, match="post 'one' has no formula '9'"):
        library.symbols("one#9")


def test_a_report_is_its_json(library: Library) -> None:
    found = library.symbols("two").to_dict()
    assert found["schema"] == 1
    assert [symbol["latex"] for symbol in found["symbols"]] == [r"\eta", "g", "x"]
    assert found["symbols"][0]["span"] == [4, 8]


def test_functions_that_are_spoken_of_are_no_symbols() -> None:
    assert list(symbols_of(r"函数 $\max$ 与 $\log$，损失 $\mathrm{loss}$")) == [
        r"\operatorname{loss}"
    ]


def test_the_command_prints_a_symbol_and_where_it_is_said(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--library", library.folder, "formula", "symbols", "one#2"])
    assert (status, capsys.readouterr().out.splitlines()) == (
        0,
        [
            r"η  \eta  学习率",
            "  said in: 更新为 x − ηg，其中 η 是学习率。",
            "  stands in: 2 places, first (given by a program)",
            "  elsewhere: 步长, in '动量'",
            "1 symbol",
        ],
    )


@pytest.mark.parametrize(
    ("target", "status", "message"),
    [
        ("", 2, "expected a formula, a post or LaTeX, found nothing"),
        ("three", 2, "no post has the id or title 'three'; 'blogkit posts' lists them"),
        ("{1}", 1, ""),
    ],
)
def test_the_command_says_what_is_missing(
    library: Library, capsys: pytest.CaptureFixture[str], target: str, status: int, message: str
) -> None:
    assert main(["--library", library.folder, "formula", "symbols", target]) == status
    assert capsys.readouterr().err == (f"blogkit: {message}\n" if message else "")
