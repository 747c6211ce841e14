"""What a post says that was not read as a fact, so that it withholds a refutation."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.check.context.post_notes import read_post
from blogkit.posts import Post
from blogkit.spans import Span


@pytest.mark.parametrize(("text", "expected"), read_cases(Path(__file__).parent / "remarks.txt"))
def test_remarks_of_a_text(text: str, expected: str) -> None:
    remarks = read_post(Post(title="", text=text)).remarks
    assert expected == "\n".join(remark.words for remark in remarks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以下变量均为正数。\n\n$$q$$", "正数"),
        ("在一阶近似下，\n\n$$q$$", "一阶"),
        ("All variables are positive. Then\n\n$$q$$", "positive"),
        ("其中正数 $x$ 是给定的。\n\n$$q$$", ""),
        ("我们有\n\n$$q$$", ""),
    ],
)
def test_words_that_may_restrict_all_symbols(text: str, expected: str) -> None:
    start = text.index("$$q$$")
    around = read_post(Post(title="", text=text)).around(Span(start, start + 5))
    assert expected == around.sweeping


def test_a_short_line_before_a_display_starts_no_section() -> None:
    text = "设 $x > 0$。\n\n它满足\n\n$$q$$"
    from blogkit.posts import Block

    blocks = (
        Block("paragraph", Span(0, 10), 1),
        Block("heading", Span(text.index("它"), text.index("它") + 3), 3, 2),
        Block("paragraph", Span(text.index("$$q"), len(text)), 5),
    )
    start = text.index("$$q$$")
    around = read_post(Post(title="", text=text, blocks=blocks)).around(Span(start, start + 5))
    assert [fact.latex for fact in around.facts] == ["x > 0"]
