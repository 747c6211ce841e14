"""Results show themselves: as a line, in a notebook, as rows of a data frame, as a container."""

import re
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from IPython.core.formatters import DisplayFormatter
from pictures import png

import blogkit
from blogkit.errors import AmbiguousPostError, MissingExtraError, PostNotFoundError
from blogkit.posts import FormulaSource

CLIPPING = blogkit.Post(
    id="clip",
    title="梯度裁剪|简析",
    text=(
        "设 $\\newcommand{\\g}{\\gamma}\\g > 0$ 为常数, 裁剪时\n\n"
        "\\begin{align}\\theta &= \\min\\left\\{1, |\\g|\\right\\}\\label{eq:min}\\end{align}\n\n"
        "其中 $a < b$ <b>不是</b>标签。"
    ),
    date=blogkit.PostDate(2020, 6, 5),
)
OTHERS = [
    blogkit.Post(id=f"p{number}", title=f"第{number}篇", text=f"这是第 {number} 篇 $x_{number}$。")
    for number in range(12)
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[blogkit.Library]:
    with blogkit.Library.open(tmp_path_factory.mktemp("shown")) as opened:
        opened.add_posts([CLIPPING, *OTHERS])
        yield opened


def drawn(result: object) -> dict[str, str]:
    """What a notebook gets."""
    return DisplayFormatter().format(result)[0]


def test_a_hit_prints_as_a_line(library: blogkit.Library) -> None:
    hits = library.search("裁剪")
    assert repr(hits[0]) == (
        r"<Hit rank 1 · 梯度裁剪|简析 · 2020-06-05 · 设 $\newcommand{\g}{\gamma}\g > 0$ 为常数, "
        r"裁剪时 \begi…>"
    )
    assert repr(hits).splitlines() == ["<Hits 裁剪 · total 1>", f"  {hits[0]!r}"]


def test_a_list_prints_its_first_ten_rows(library: blogkit.Library) -> None:
    lines = repr(library.posts()).splitlines()
    assert lines[:2] == [
        "<Posts total 13>", "  <Post 梯度裁剪|简析 · clip · 2020-06-05 · chars 143 · formulas 3>",
    ]  # fmt: skip
    assert (len(lines), lines[-1]) == (12, "  … 3 more")


def test_a_formula_is_its_latex_as_text(library: blogkit.Library) -> None:
    assert str(blogkit.parse_formula(r"$\frac{1}{2}$")) == r"\frac{1}{2}"
    assert repr(blogkit.parse_formula(r"\frac{1}{2")) == r"<Formula \frac{1}{2 · problems 1>"
    assert str(library.find_formula(r"a < b")[0]) == str(library.formula("clip#3")) == "a < b"
    assert [str(formula) for formula in library["clip"].formulas][-1] == "a < b"


def test_a_notebook_sets_a_formula_without_its_post(library: blogkit.Library) -> None:
    shown = drawn(library.formula("clip#eq:min"))
    latex = r"\begin{aligned}\theta&=\min\left\{1,|\gamma|\right\}\end{aligned}"
    assert shown["text/latex"] == rf"$\displaystyle {latex}$"
    assert shown["text/markdown"] == f"$$\n{latex}\n$$"
    assert "<math" in shown["text/html"]
    assert "γ" in shown["text/html"]
    with_macro = blogkit.parse_formula(
        r"\g^2", macros=blogkit.parse_formula(r"\def\g{y}")._parsed.macros
    )
    assert drawn(with_macro)["text/latex"] == r"$\displaystyle y^2$"


def test_a_notebook_draws_a_post_as_its_page(library: blogkit.Library) -> None:
    for post in (library["clip"], library[0], CLIPPING):
        shown = drawn(post)
        assert "<h1>梯度裁剪|简析</h1>" in shown["text/html"]
        assert "&lt;b&gt;不是&lt;/b&gt;" in shown["text/html"]
        assert shown["text/html"].count("<math") == 3
        assert shown["text/markdown"].startswith("# 梯度裁剪|简析\n\n设 $")


def test_a_notebook_draws_hits_as_a_table_with_marks(library: blogkit.Library) -> None:
    shown = drawn(library.search("裁剪 标签"))
    assert "<mark>标签</mark>" in shown["text/html"]
    assert "&lt;b&gt;" in shown["text/html"]
    assert "<math" in shown["text/html"]
    formulas = drawn(library.formulas("clip"))["text/html"]
    assert formulas.count("<math") == 3
    assert formulas.count("<mi>γ</mi>") == 2


def test_no_bar_of_a_cell_ends_it(library: blogkit.Library) -> None:
    (row,) = [
        line
        for line in drawn(library.find_formula(r"\theta"))["text/markdown"].splitlines()
        if "eq:min" in line
    ]
    assert row.replace(r"\|", "").count("|") == 5
    assert r"\vert \gamma\vert " in row
    assert r"梯度裁剪\|简析" in drawn(library.posts()[:1])["text/markdown"].splitlines()[-1]


def test_every_report_is_drawn(library: blogkit.Library) -> None:
    results = [
        library.doctor(), library.duplicates(), library.symbols("clip"), library.formulas(),
        library.words(), library.aliases(), library.summary(), library.concordance("clip#3"),
        library.check("1 + 1 = 2"), library.add_posts([]), blogkit.Study(library).cards(),
        blogkit.parse_formula("x^2").value("x = 2"), blogkit.parse_formula("y = x^2").code(),
        library.list_posts()[0], library.check("1=1")[0].statements[0],
    ]  # fmt: skip
    for result in results:
        assert repr(result).startswith(f"<{type(result).__name__}")
        assert max(map(len, repr(result).splitlines())) <= 103
        assert {"text/plain", "text/html", "text/markdown"} <= drawn(result).keys()


def test_rows_become_a_data_frame(library: blogkit.Library) -> None:
    frame = library.search("裁剪").to_pandas()
    assert list(frame.columns)[:6] == ["rank", "score", "post_id", "title", "date", "section"]
    assert frame.loc[0, ["rank", "post_id", "date"]].to_list() == [1, "clip", "2020-06-05"]
    assert frame.loc[0, "snippet"].startswith("设 $")
    checked = library.check("1 + 1 = 2", "1 + 1 = 3").to_pandas()
    assert checked["verdict"].to_list() == ["proved", "refuted"]
    assert library.search("绝无此词").to_pandas().empty


def test_without_pandas_the_error_says_what_to_install(
    library: blogkit.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError) as caught:
        library.posts().to_pandas()
    assert str(caught.value) == (
        "a table of rows needs pandas, which is not installed: pip install 'blogkit[notebook]'"
    )


def test_a_library_is_a_container(library: blogkit.Library) -> None:
    assert len(library) == 13
    assert [post.id for post in library] == ["clip", *(post.id for post in OTHERS)]
    assert ("clip" in library, "梯度裁剪|简析" in library, "p" in library) == (True, True, True)
    assert ("zz" in library, 3 in library) == (False, False)
    assert library["cli"].title == library["梯度裁剪|简析"].title == library[0].title
    assert library[-1].id == "p11"


@pytest.mark.parametrize(
    "cut",
    [
        slice(3),
        slice(-3, None),
        slice(2, 11, 4),
        slice(None, None, -5),
        slice(9, 2, -2),
        slice(5, 5),
    ],
)
def test_a_slice_of_a_library_is_that_of_its_list(library: blogkit.Library, cut: slice) -> None:
    ids = [post.id for post in library]
    assert [post.id for post in library[cut]] == ids[cut]
    assert [post.id for post in library.posts()[cut]] == ids[cut]


def test_what_is_not_there_says_so(library: blogkit.Library) -> None:
    with pytest.raises(PostNotFoundError):
        library["zz"]
    with pytest.raises(AmbiguousPostError):
        library["p1"[:1]]
    with pytest.raises(IndexError):
        library[13]


def test_a_new_library_is_there_though_it_is_empty(tmp_path: Path) -> None:
    with blogkit.Library.open(tmp_path / "new") as library:
        assert (bool(library), len(library), list(library)) == (True, 0, [])
        assert repr(library.posts()) == "<Posts>"
        assert "<table>" in library.posts()._repr_html_()


def test_formulas_of_a_post_are_shown_without_its_id() -> None:
    formula = FormulaSource(
        1, None, "1", False, "x", 1, blogkit.Corpus([CLIPPING]).posts[0].formulas[0].span
    )
    assert repr(formula) == "<FormulaSource number 1 · x>"


def test_a_post_shows_its_pictures_and_loads_none_from_elsewhere(tmp_path: Path) -> None:
    text = (
        "# 题\n\n![曲线](i.png)\n\n![远](https://pic.example.org/b.png)\n\n"
        "见 ![小](i.png) 与 ![别](//x.org/c.png)。"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "i.png").write_bytes(png())
    held = f"data:image/png;base64,{b64encode(png()).decode()}"
    with blogkit.Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "a.md")
        post = library["题"]
    shown = drawn(post)
    assert re.findall(r'src="([^"]*)"', shown["text/html"]) == [held, held]
    assert "远" in shown["text/html"]
    assert shown["text/markdown"] == f"# 题\n\n![曲线]({held})\n\n远\n\n见 ![小]({held}) 与 别。"


def test_a_picture_that_is_too_large_for_a_notebook_or_gone_is_its_caption(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 题\n\n![曲线](i.png)", encoding="utf-8")
    (tmp_path / "i.png").write_bytes(png())
    with blogkit.Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "a.md")
        post = library["题"]
    (kept,) = post.pictures
    for other in (
        replace(post, pictures=(replace(kept, bytes=2**20 + 1),)),
        replace(post, library=str(tmp_path / "moved")),
    ):
        shown = drawn(other)
        assert "<img" not in shown["text/html"]
        assert "曲线" in shown["text/html"]
        assert shown["text/markdown"] == "# 题\n\n曲线"
    assert not (tmp_path / "moved").exists()
