"""The reader in a terminal: driven by Textual's pilot, key by key, and once in a real terminal."""

import asyncio
import html
import re
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from time import monotonic

import pexpect
import pytest

from blogkit import Library, Post, Study
from blogkit.cli.app import main
from blogkit.errors import PostNotFoundError
from blogkit.notes import Notes
from blogkit.tui.app import Reader
from blogkit.views.speech import speak, speak_as_before

CLIPPING = "a4b675f702"
LONGEST_WAIT_SECONDS = 30


class Seen:
    """The reader with its pilot, and what stands on the screen."""

    def __init__(self, app: Reader, pilot: object) -> None:
        self.app = app
        self.pilot = pilot

    def lines(self) -> list[str]:
        """The lines of the screen, as its picture has them."""
        rows: dict[float, str] = {}
        picture = self.app.export_screenshot()
        for place, words in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([^<]*)</text>', picture):
            rows[float(place)] = rows.get(float(place), "") + html.unescape(words)
        return [rows[place].replace("\xa0", " ") for place in sorted(rows)]

    def has(self, words: str) -> bool:
        return any(words in line for line in self.lines())

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def until(self, words: str, *, gone: bool = False) -> None:
        """Wait until words stand on the screen, or no longer do."""
        end = monotonic() + LONGEST_WAIT_SECONDS
        while self.has(words) == gone:
            if monotonic() > end:
                expected = "to leave" if gone else "to stand on"
                screen = "\n".join(self.lines())
                pytest.fail(f"waited {LONGEST_WAIT_SECONDS} s for {words!r} {expected}:\n{screen}")
            await self.pilot.pause(0.02)

    async def type(self, text: str) -> None:
        await self.press(*text)


Story = Callable[[Seen], Awaitable[None]]


def read(library: Library, story: Story, *, post: str | None = None, rows: int = 24) -> None:
    """Let a story happen in a reader of 80 columns."""

    async def run() -> None:
        app = Reader(library, post)
        async with app.run_test(size=(80, rows), notifications=True) as pilot:
            await story(Seen(app, pilot))

    asyncio.run(run())


@pytest.fixture
def shelf(library: Library) -> Library:
    library.add_posts(
        [
            Post(title="向量", text="最先要读的一篇，讲向量 $x$。", id="base"),
            Post(
                title="矩阵",
                text="参考《向量》，设 $A$ 是矩阵。\n\n其中\n\n$$y=Ax\\label{eq}$$\n\n$y$ 是像。",
                id="matrix",
            ),
        ]
    )
    return library


def test_the_home_is_what_one_comes_back_to(shelf: Library) -> None:
    Study(shelf).mark("matrix", "reading")

    async def story(seen: Seen) -> None:
        await seen.until("Half read")
        assert seen.has("cited by 1")
        await seen.press("enter")
        await seen.until("矩阵 · reading")
        await seen.press("q")
        await seen.until("Half read")

    read(shelf, story, rows=40)


def test_a_post_is_found_as_it_is_typed_and_read(seeded: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.type("梯度裁剪")
        await seen.until("1. 为什么梯度裁剪能加速训练过程?一个简明的分析 › 梯度裁剪")
        await seen.press("enter")
        await seen.until("‖∇ f(θ)‖ + γ")
        assert seen.has("Space page  s symbols  n note")
        await seen.press("escape")
        await seen.until("1. 为什么梯度裁剪")
        await seen.press("down", "up", "escape")
        await seen.until("Added last")

    read(seeded, story)


def test_enter_opens_what_was_just_typed_once_it_is_found(shelf: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.type("最先要读")
        await seen.press("enter")
        await seen.until("向量 · unread")

    read(shelf, story)


def test_what_is_not_found_is_said(seeded: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.type("zzzqq")
        await seen.until("Nothing was found")

    read(seeded, story)


def test_a_symbol_is_looked_up_and_leads_to_where_it_is_said(seeded: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.until("思想")
        await seen.press("s")
        await seen.until("Elsewhere in the post")
        await seen.type("学习率")
        await seen.until(r"η  \eta  学习率")
        assert not seen.has("优化参数")
        await seen.press("enter")
        await seen.until("其中η就是学习率")

    read(seeded, story, post=CLIPPING)


def test_notes_are_written_on_words_and_on_a_formula(shelf: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.until("y = Ax")
        await seen.press("n")
        await seen.until("Tags, with commas between")
        await seen.type("哪一篇")
        await seen.press("tab")
        await seen.type("重读")
        await seen.press("ctrl+s")
        await seen.until("#重读")
        await seen.press("j", "j", "n", "ctrl+f", "ctrl+t")
        await seen.until("☑ not understood yet")
        await seen.press("ctrl+s")
        await seen.until("? matrix#eq")

    read(shelf, story, post="matrix")
    words, formula = sorted(Notes(shelf).list("matrix"), key=lambda note: note.formula_id or "")
    assert (words.quote, words.text) == ("参考《向量》，设 $A$ 是矩阵。", "哪一篇")
    assert words.tags == ("重读",)
    assert (formula.formula_id, formula.is_question) == ("matrix#eq", True)


def test_notes_are_found_by_the_search(shelf: Library) -> None:
    Notes(shelf).add("matrix", quote="是像", text="值域里的一点")

    async def story(seen: Seen) -> None:
        await seen.type("值域")
        await seen.until("✎ 值域里的一点")
        await seen.press("enter")
        await seen.until("矩阵 · unread")

    read(shelf, story)


def test_nothing_to_note_of_a_formula_is_told_and_can_be_left(shelf: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.until("y = Ax")
        await seen.press("j", "j", "n", "ctrl+s")
        await seen.until("found nothing to note")
        await seen.press("escape")
        await seen.until("found nothing to note", gone=True)

    read(shelf, story, post="matrix")
    assert Notes(shelf).list().total == 0


def test_a_post_is_marked_and_left_for_another(shelf: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.until("矩阵 · unread")
        await seen.press("m")
        await seen.until("矩阵 · reading")
        await seen.press("o")
        await seen.until("Refers to")
        await seen.press("enter")
        await seen.until("向量 · unread")
        await seen.press("slash")
        await seen.until("Half read")
        assert seen.has("矩阵")

    read(shelf, story, post="matrix")
    assert Study(shelf).states() == {"matrix": "reading"}


def test_cards_are_asked_graded_and_taken_back(shelf: Library) -> None:
    pytest.importorskip("fsrs", reason="the extra study is not installed")
    note = Notes(shelf).add("matrix", quote="是像", text="线性映射的值。")
    Notes(shelf).take_card(note.id)

    async def story(seen: Seen) -> None:
        await seen.until("1 due (1 new) of 1 cards")
        await seen.press("ctrl+r")
        await seen.until("1 left")
        await seen.press("3")
        assert not seen.has("线性映射的值")
        await seen.press("space")
        await seen.until("线性映射的值")
        await seen.press("3")
        await seen.until("1 answers today")
        await seen.press("u")
        await seen.until("1 left")
        await seen.press("u")
        await seen.until("no answer to take back")

    read(shelf, story, rows=40)
    assert Study(shelf).due().reviewed_today == 0


def test_a_long_block_is_read_through_before_the_next(library: Library) -> None:
    lines = "".join(f"第{number}行。\n" for number in range(60))
    library.add_posts([Post(title="长", text=f"开头。\n\n```\n{lines}```\n\n结尾。", id="long")])

    async def story(seen: Seen) -> None:
        await seen.until("第1行")
        await seen.press("j")
        for number in (20, 40, 59):
            while not seen.has(f"第{number}行"):
                await seen.press("j")
        await seen.press("g")
        await seen.until("开头")
        await seen.press("G")
        await seen.until("结尾")
        await seen.press("b", "space", "space")
        await seen.until("结尾")

    read(library, story, post="long")


def test_formulas_are_drawn_anew_for_another_width(library: Library) -> None:
    terms = "+".join(f"x_{{{number}}}" for number in range(30))
    library.add_posts([Post(title="宽", text=f"和\n\n$$s={terms}$$\n\n尾。", id="wide")])

    async def story(seen: Seen) -> None:
        await seen.until("尾")
        assert seen.has("(1)")
        assert not seen.has(
            "x₀ + x₁ + x₂ + x₃ + x₄ + x₅ + x₆ + x₇ + x₈ + x₉ + x₁₀ + x₁₁ + x₁₂ + x₁₃"
        )
        await seen.pilot.resize_terminal(200, 40)
        await seen.until("+ x₂₇ + x₂₈ + x₂₉  (1)")

    read(library, story, post="wide")


def test_a_post_that_went_meanwhile_is_told(shelf: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.type("像")
        await seen.until("1. 矩阵")
        with Library.open(shelf.folder) as other:
            other.remove("post:matrix")
        await seen.press("enter")
        await seen.until("no post has the id or title")
        await seen.press("escape")
        await seen.until("Added last")

    read(shelf, story)


@pytest.fixture
def chinese() -> Iterator[None]:
    before = speak("zh")
    yield
    speak_as_before(before)


@pytest.mark.usefixtures("chinese")
def test_it_speaks_chinese(shelf: Library) -> None:
    async def story(seen: Seen) -> None:
        await seen.until("最近添加")
        assert seen.has("词语，或美元符号之间的公式")
        assert seen.has("Ctrl-R 到期的卡片")

    read(shelf, story)


def test_a_post_that_is_not_there_is_refused(shelf: Library) -> None:
    with pytest.raises(PostNotFoundError):
        Reader(shelf, "nowhere")


def test_without_a_terminal_it_is_refused(
    shelf: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--library", shelf.folder, "read"]) == 2
    assert "expected a terminal, found a pipe or a file" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    shelf: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("textual", "blogkit.tui"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "textual", None)
    assert main(["--library", shelf.folder, "read"]) == 2
    assert "pip install 'blogkit[tui]'" in capsys.readouterr().err


def test_in_a_real_terminal_it_begins_and_ends(shelf: Library, tmp_path: Path) -> None:
    arguments = ["-m", "blogkit", "--library", shelf.folder, "read", "matrix"]
    child = pexpect.spawn(sys.executable, arguments, dimensions=(24, 80), encoding="utf-8")
    child.expect("y = Ax")
    child.send("q")
    child.expect("Added last")
    child.send("\x11")
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.signalstatus) == (0, None)
