"""Pages keep the place: what is typed, where a reader was, what was said of a post; in Chromium."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import CLIPPING, expect, served

from blogkit import Library, Post, PostDate, Study
from blogkit.errors import SourceError
from blogkit.web.uploads import put_file

TITLE = "为什么梯度裁剪能加速训练过程?一个简明的分析"
POSTS = [
    Post(title="乙篇", text="短文，$x$。", tags=("最优",), date=PostDate(2021, 3, 1)),
    Post(title="甲篇", text="较长的一篇文章，讲采样。" * 9, tags=("采样",), date=PostDate(2020)),
    Post(title="丙篇", text="中等长度，$a+b$ 与 $c$。" * 3, categories=("最优",)),
]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[str]:
    """A library of its own, of which things may be said."""
    folder = tmp_path_factory.mktemp("kept")
    with Library.open(folder) as library:
        library.add(seeds)
        library.add_posts(POSTS)
    with served(folder) as address:
        yield address


def test_escape_leaves_the_box_and_keeps_the_query(page, kept: str) -> None:
    page.goto(f"{kept}/?q=梯度")
    page.locator("#q").press("Escape")
    expect(page.locator("#q")).to_have_value("梯度")
    expect(page.locator("#q")).not_to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_back_leads_to_the_link_that_was_followed(page, kept: str) -> None:
    page.set_viewport_size({"width": 800, "height": 400})
    page.goto(kept)
    page.locator("#q").press_sequentially("模型")
    hit = page.locator(".hit").nth(4).locator("a").first
    hit.scroll_into_view_if_needed()
    expect(page).to_have_url(re.compile("q="))
    height = page.evaluate("scrollY")
    hit.click()
    page.wait_for_url(re.compile("/posts/"))
    page.go_back()
    expect(hit).to_be_focused()
    expect(page.locator("#q")).to_have_value("模型")
    page.wait_for_function("height => Math.abs(scrollY - height) < 5", arg=height)
    page.keyboard.press("j")
    expect(page.locator(".hit").nth(5).locator("a").first).to_be_focused()


def test_what_is_said_of_a_post_stays_and_is_listed(page, kept: str) -> None:
    page.goto(kept + CLIPPING)
    state = page.locator(".states")
    expect(state.get_by_role("button", name="unread")).to_have_attribute("aria-pressed", "true")
    page.evaluate("scrollTo(0, 200)")
    state.get_by_role("button", name="read", exact=True).click()
    read = state.get_by_role("button", name="read", exact=True)
    expect(read).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("scrollY") == 200
    page.reload()
    expect(read).to_have_attribute("aria-pressed", "true")
    page.goto(f"{kept}/posts?state=read")
    expect(page.locator("tbody a")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("read")
    page.goto(kept + CLIPPING)
    state.get_by_role("button", name="unread").click()
    expect(state.get_by_role("button", name="unread")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("tag=最优", ["乙篇", "丙篇"]),
        ("tag=最优&order=chars", ["丙篇", "乙篇"]),
        ("year=2020", ["甲篇"]),
        ("source=002_8c2afe7e835e0a0b.txt&tag=梯度", [TITLE]),
        ("tag=采样&state=unread", ["甲篇"]),
        ("tag=没有", []),
    ],
)  # fmt: skip
def test_posts_are_filtered(page, kept: str, asked: str, titles: list[str]) -> None:
    page.goto(f"{kept}/posts?{asked}")
    assert page.locator("tbody a").all_text_contents() == titles
    expect(page.locator(".count")).to_contain_text(f"{len(titles)} of ")


def test_posts_are_sorted_by_their_columns(page, kept: str) -> None:
    page.goto(f"{kept}/posts")
    page.get_by_role("link", name="Date").click()
    expect(page.locator("tbody a").first).to_have_text("乙篇")
    page.get_by_label("Sorted by").select_option("length")
    page.get_by_role("button", name="Show").click()
    chars = [int(text) for text in page.locator("[data-name=Characters]").all_text_contents()]
    assert chars == sorted(chars, reverse=True)


def test_a_formula_shows_its_verdict(page, kept: str) -> None:
    page.goto(f"{kept}/formula?id=a4b675f702%238")
    expect(page.locator(".verdicts .word").first).to_have_text("proved")
    page.goto(f"{kept}/formula?id=a4b675f702%231")
    expect(page.locator(".verdicts")).to_contain_text(re.compile("nothing|no claim"))


def test_without_scripts_a_verdict_is_asked_for(browser, kept: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{kept}/formula?id=a4b675f702%238&checked=1")
    expect(page.locator(".verdicts .word").first).to_have_text("proved")
    context.close()


def test_the_forecast_agrees_with_what_is_due(tmp_path: Path, seeds: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(seeds / "002_8c2afe7e835e0a0b.txt")
        study = Study(library)
        study.accept_all("a4b675f702")
        due, forecast = study.due(), study.forecast(days=2)
    assert due.resting > 0
    assert forecast.days[0].reviews + forecast.days[0].new == due.total
    assert forecast.days[1].reviews + forecast.days[1].new == due.resting


NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# 笔记本\n", "设 $x>0$。"]}
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
).encode()


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("a.md", "# 压缩包里的文章\n\n正文在此。")
    return held.getvalue()


def test_every_format_that_add_reads_may_be_dropped(page, tmp_path: Path) -> None:
    html = "<html><title>网页</title><article><p>保存下来的网页。</p></article></html>".encode()
    tex = "\\documentclass{article}\\begin{document}\\section{论文}正文。\\end{document}".encode()
    files = {"a.ipynb": NOTEBOOK, "b.html": html, "c.tex": tex, "d.zip": archive()}
    with served(tmp_path / "library", "--writable") as address:
        page.goto(f"{address}/add")
        page.get_by_label("Drop files here").set_input_files(
            [
                {"name": name, "mimeType": "application/octet-stream", "buffer": content}
                for name, content in {**files, "e.png": b"\x89PNG\r\n\x1a\n\0\0"}.items()
            ]
        )
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_role("status")).to_contain_text("4 new posts")
        expect(page.get_by_role("alert")).to_contain_text("e.png")


@pytest.mark.parametrize("name", ["a.exe", "b.png", "c"])
def test_what_is_no_text_and_no_archive_is_not_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"found none of a format that is read$"):
        put_file(str(tmp_path), name, b"\x00\x01\x02\xff" * 40)
    assert list(tmp_path.iterdir()) == []


def test_a_suffix_brings_no_path_along(tmp_path: Path) -> None:
    path = Path(put_file(str(tmp_path), "x.tar/../../y.md", b"# a\n\nb"))
    assert path.parent == tmp_path / "added"
    assert path.suffix == ".md"
