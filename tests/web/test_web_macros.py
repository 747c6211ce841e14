"""Each page draws the formulas of a post with the macros that the post defines."""

import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from web_server import served

from blogkit import Library, Post
from blogkit.study import Study

TEXT = r"""设 $\newcommand{tr}{\operatorname{tr}}$ 与 $\def\R#1{\mathbb{R}^{#1}}$。

迹恒等式（trace identity）是指 $A,B\in\R{n}$ 时的等式。两个矩阵的迹的公式为

$$\tr(AB)=\sum_i\lambda_i(BA)+\tr(C)$$

其中 $C\in\R{m}$。
"""
REALS, TRACE = "<mi>ℝ</mi>", "<mi>tr</mi>"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("macros")
    with Library.open(folder) as library:
        library.add_posts([Post(title="迹", text=TEXT, id="p")])
        study = Study(library)
        study.accept_all("p")
    with served(folder) as found:
        yield found


@pytest.mark.parametrize(
    ("page", "drawn"),
    [
        (f"/?q={quote('恒等式')}", REALS),
        (f"/?q={quote('$λ_i(BA)$')}", TRACE),
        ("/posts/p", TRACE),
        ("/formulas", TRACE),
        (f"/formulas?p={quote('恒等式')}", REALS),
        (f"/formula?id={quote('p#4')}", TRACE),
        ("/cards?post=p", TRACE),
        ("/study", REALS),
    ],
)
def test_a_page_draws_with_the_macros_of_the_post(address: str, page: str, drawn: str) -> None:
    with urllib.request.urlopen(address + page, timeout=60) as answer:
        html = answer.read().decode()
    assert drawn in html
    assert 'class="latex-source"' not in html
