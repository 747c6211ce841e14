"""Where a terminal's lines end, and formulas in snippets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from blogkit.search.hits import Snippet
from blogkit.spans import Span, display_width
from blogkit.views.clean import one_line_snippet
from blogkit.views.drawn import drawn_snippet
from blogkit.views.line_breaking import NO_BREAK, line_ends
from blogkit.views.wrapping import Prose


def lines(text: str, columns: int) -> list[str]:
    ends = list(line_ends(text, columns))
    return [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [
        ("梯度裁剪，就是缩放。", 8, ["梯度裁", "剪，就是", "缩放。"]),
        ("论文《梯度裁剪》", 6, ["论文", "《梯度", "裁剪》"]),
        ("用 Adam optimizer 训练", 8, ["用 Adam ", "optimize", "r 训练"]),
        (f"其中γ{NO_BREAK}>{NO_BREAK}0是常数", 8, ["其中", f"γ{NO_BREAK}>{NO_BREAK}0是", "常数"]),
        ("一个很长的supercalifragilistic", 10, ["一个很长的", "supercalif", "ragilistic"]),
        ("", 10, [""]),
    ],
)
def test_lines_end_where_chinese_and_latin_text_may(
    text: str, columns: int, expected: list[str]
) -> None:
    assert lines(text, columns) == expected


@given(st.text("梯度裁剪，。《》（）(). abcXY\u00a0\U00020000", max_size=60), st.integers(2, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, columns: int) -> None:
    broken = lines(text, columns)
    assert "".join(broken) == text
    assert all(display_width(line.rstrip()) <= columns for line in broken)


@pytest.mark.parametrize("piece", ["（", "( ", "梯", "a", "。", "\u00a0", " ", "《a"])
def test_a_long_paragraph_costs_no_more_than_its_length(piece: str) -> None:
    started = time.process_time()
    lines(piece * 30_000, 80)
    assert time.process_time() - started < 2


def test_prose_keeps_its_styles_and_hangs() -> None:
    text = Text("一二三四五六七八九十\n甲乙").append("丙丁", style="bold")
    console = Console(width=12, record=True, color_system="standard", force_terminal=True)
    with console.capture() as shown:
        console.print(Prose(text, hanging=4))
    assert shown.get() == "一二三四\n    五六七八\n    九十\n    甲乙\x1b[1m丙丁\x1b[0m\n"


def test_a_snippet_is_told_without_the_lines_that_rule_a_table() -> None:
    text = "|  |  |\n| --- | :-: |\n| 甲 | 1 |\n| 乙 |  |"
    snippet = one_line_snippet(Snippet(text, (Span(24, 25),)))
    assert snippet.text == "| 甲 | 1 | | 乙 | |"
    assert [span.of(snippet.text) for span in snippet.spans] == ["甲"]


def test_formulas_in_a_snippet_are_drawn_and_marks_move_along() -> None:
    text = r"设$\alpha>0$是常数,而$\beta$不是"
    words = Span(text.index("常数"), text.index("常数") + 2)
    formula = Span(text.index("beta"), text.index("beta") + 4)
    drawn = drawn_snippet(Snippet(text, (words, formula)))
    assert drawn.text == "设α > 0是常数,而β不是"
    assert [span.of(drawn.text) for span in drawn.spans] == ["常数", "β"]
