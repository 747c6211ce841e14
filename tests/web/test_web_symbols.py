"""What symbols mean, on the page of a post: the list, and the letters of drawn formulas."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_server import CLIPPING, expect

from blogkit import Library, Post
from blogkit.symbols.meanings import read_with_letters
from blogkit.web.app import make_app
from blogkit.web.drawing import draw
from blogkit.web.symbols import MOST_FORMULAS, mark_letters

TEXT = r"""输出为 $\mathbf{o} = \mathbf{W}_{xh} x + \hat{x}$，
其中 $\mathbf{W}_{xh}$ 是权重，$x$ 是输入。

第二段。"""


def marked(latex: str) -> list[tuple[str, str]]:
    """The marked letters of a formula: the number of the symbol, and what is drawn."""
    post = Post(title="", text=f"${latex}$")
    reading = read_with_letters(post)
    numbers = {one.symbol: number for number, one in enumerate(reading.symbols, start=1)}
    html = mark_letters(draw(latex), reading.letters[1], numbers)
    return re.findall(r'data-symbol="(\d+)"[^>]*>([^<]*)<', html)


def test_letters_in_the_subscript_of_a_name_are_no_symbols() -> None:
    assert marked(r"\mathbf{W}_{xh} x") == [("1", "𝐖"), ("2", "x")]


def test_fonts_and_accents_tell_letters_apart() -> None:
    assert marked(r"x \mathbf{x} \hat{x} x_i") == [
        ("1", "x"),
        ("2", "𝐱"),
        ("3", "x"),
        ("1", "x"),
        ("4", "i"),
    ]


def test_where_equal_letters_can_t_be_told_apart_none_is_marked() -> None:
    assert marked(r"\int d \, \mathrm{d}x") == [("2", "x")]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Library.open(tmp_path / "library") as library:
        library.add_posts(
            [
                Post(title="层", text=TEXT, id="p"),
                Post(title="长", text="$x$ 是输入。\n\n" * (MOST_FORMULAS + 1), id="long"),
            ]
        )
    with TestClient(make_app(str(tmp_path / "library")), base_url="http://127.0.0.1:8765") as found:
        yield found


def test_symbols_are_listed_without_scripts_and_lead_to_what_says_it(client: TestClient) -> None:
    assert 'href="/posts/p?symbols=1"' in client.get("/posts/p").text
    shown = client.get("/posts/p?symbols=1").text
    assert client.get("/posts/p").text == shown
    entries = re.findall(r'<li id="s-\d+".*?</li>', shown, re.DOTALL)
    words = [re.sub(r"<annotation.*?</annotation>|<[^>]*>|\s", "", entry) for entry in entries]
    assert [word[:5] for word in words] == ["𝐨输出av", "𝐖xh权重", "x输入2p", "xˆnot"]
    assert 'href="#f-2"' in entries[1]
    assert "itsdefinition" in words[0]


def test_of_an_unsaid_symbol_other_posts_meanings_are_offered_as_theirs(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.add_posts(
            [
                Post(title="下降", text=r"更新为 $x - \eta g$。", id="one"),
                Post(title="动量", text=r"步长 $\eta$ 很小。", id="two"),
            ]
        )
    with TestClient(make_app(str(tmp_path / "library")), base_url="http://127.0.0.1:8765") as found:
        shown = found.get("/posts/one?symbols=1").text
    (entry,) = re.findall(r'<li id="s-2".*?</li>', shown, re.DOTALL)
    assert re.search(r'elsewhere</span> 步长 <a href="/posts/two">动量</a>', entry)


def test_a_very_long_post_is_read_for_its_symbols_only_when_asked(client: TestClient) -> None:
    assert "data-symbol=" not in client.get("/posts/long").text
    assert "data-symbol=" in client.get("/posts/long?symbols=1").text


def test_pointing_at_a_symbol_says_what_it_is_and_marks_its_places(page, site: str) -> None:
    page.goto(site + CLIPPING)
    note = page.locator("#symbol-note")
    expect(note).to_be_hidden()
    page.locator("#f-8 [data-symbol]").first.hover()
    expect(note).to_contain_text("常数")
    expect(note).to_contain_text("是一个常数。")
    expect(page.locator("article .same")).to_have_text(["γ"] * 8)
    page.mouse.move(2, 2)
    expect(note).to_be_hidden()


def test_symbols_are_stepped_through_by_keys(page, site: str) -> None:
    page.goto(site + CLIPPING)
    page.locator("[data-symbol]").first.wait_for()
    page.keyboard.press("s")
    expect(page.locator("#symbol-note")).to_contain_text("函数")
    page.keyboard.press("s")
    expect(page.locator("#symbol-note")).to_contain_text("优化参数")
    page.keyboard.press("Shift+S")
    expect(page.locator("#symbol-note")).to_contain_text("函数")
    page.keyboard.press("Escape")
    expect(page.locator("#symbol-note")).to_be_hidden()
    page.locator("#s-3 a").first.focus()
    expect(page.locator("article .same")).to_have_text(["η"] * 4)
