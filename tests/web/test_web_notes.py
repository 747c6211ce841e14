"""Notes on the pages: written beside words and formulas, shown there, changed, forgotten."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import CLIPPING, expect, patient_context, served

from blogkit import Library
from blogkit.notes import Notes

SELECT = """([first, last]) => {
  const text = (words) => {
    const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (node.data.includes(words)) return node;
  };
  const start = text(first), end = text(last);
  getSelection().setBaseAndExtent(start, start.data.indexOf(first),
                                  end, end.data.indexOf(last) + last.length);
}"""


@pytest.fixture
def noted(tmp_path: Path, seeds: Path) -> Iterator[tuple[str, Path]]:
    """A library of its own, beside whose posts may be written."""
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.add(seeds)
    with served(folder) as address:
        yield address, folder


def test_selected_words_are_highlighted_and_written_about(noted, page) -> None:
    site, folder = noted
    page.goto(site + CLIPPING)
    page.evaluate(SELECT, ["是一个常数", "是一个常数"])
    page.get_by_role("button", name="Highlight").click()
    expect(page.locator("article mark")).to_have_text("是一个常数")
    page.evaluate(SELECT, ["假设需要最小化", "就是优化参数"])
    page.locator("#selected").get_by_role("link", name="Note").click()
    page.wait_for_url(re.compile("/notes"))
    writing = page.locator(".writing")
    writing.get_by_label("Note", exact=True).fill("这里的 $f$ 是损失")
    writing.get_by_label("Tags, with commas between").fill("第一遍， 重读")
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url(re.compile(r"/posts/.*#note-"))
    note = page.locator(".around .note").first
    expect(note.locator(".passage math")).to_have_count(1)
    expect(note.locator(".tag")).to_have_text(["第一遍", "重读"])
    expect(page.locator("article mark math")).to_have_count(2)
    with Library.open(folder) as library:
        words = [note.quote for note in Notes(library).list()]
    assert words[0].startswith("假设需要最小化的函数为$f(\\theta)$")
    assert words[1] == "是一个常数"
    page.goto(f"{site}/?tag=重读")
    expect(page.locator(".hit")).to_have_count(1)
    page.goto(f"{site}/posts?tag=第一遍")
    expect(page.locator("tbody a")).to_have_count(1)


def test_a_selection_over_a_display_is_found_in_the_post(noted, page) -> None:
    site, folder = noted
    page.goto(site + CLIPPING)
    page.evaluate(SELECT, ["梯度下降的更新公式就是", "就是学习率"])
    page.get_by_role("button", name="Highlight").click()
    expect(page.locator("article mark").first).to_be_visible()
    with Library.open(folder) as library:
        (note,) = Notes(library).list()
    assert r"\nabla_{\theta} f(\theta)\end{equation}" in note.quote


def test_a_formula_is_asked_about_and_understood_without_scripts(noted, browser) -> None:
    site, _ = noted
    context = patient_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/formula?id=a4b675f702%238")
    page.get_by_role("link", name="Note", exact=True).click()
    page.get_by_label("not understood yet").first.check()
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_url(re.compile(r"/posts/.*#note-"))
    expect(page.locator(".note .word")).to_have_text("not understood yet")
    expect(page.locator("article mark #f-8")).to_be_visible()
    page.goto(f"{site}/notes?questions=1")
    page.get_by_text("Change").click()
    page.locator(".note").get_by_label("not understood yet").uncheck()
    page.locator(".note").get_by_label("Note", exact=True).fill("取较小者")
    page.get_by_role("button", name="Keep").click()
    page.goto(f"{site}/notes?words=较小")
    expect(page.locator(".note .passage")).to_have_text("取较小者")
    expect(page.locator(".note .word")).to_have_count(0)
    page.get_by_text("Change").click()
    page.get_by_role("button", name="Forget it").click()
    page.goto(f"{site}/notes")
    expect(page.get_by_text("There are no notes yet")).to_be_visible()
    context.close()


def test_words_that_the_post_does_not_have_are_told(noted, browser) -> None:
    site, _ = noted
    page = browser.new_page()  # the browser reports the refusal to the console
    page.goto(f"{site}/notes?target=a4b675f702")
    page.get_by_label("Words of the post").fill("天外来客")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("which it does not have")).to_be_visible()
    page.close()
