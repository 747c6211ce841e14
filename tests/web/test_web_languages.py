"""The pages in Chinese: as the browser asks, as the reader chose; in a real Chromium too."""

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from web_server import expect, patient_context, served

ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
ADDRESSES = [
    "/", "/?q=zzqq&tag=x", "/posts", "/formulas", "/study", "/cards", "/checks", "/posts/nothing",
]  # fmt: skip


@pytest.fixture
def chinese_page(browser):
    """A page of a reader whose browser asks for Chinese."""
    context = patient_context(browser, locale="zh-CN")
    yield context.new_page()
    context.close()


def fetch(address: str, **headers: str) -> tuple[str, dict[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=named)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode(), {k.lower(): v for k, v in answer.headers.items()}
    except urllib.error.HTTPError as error:
        return error.read().decode(), {k.lower(): v for k, v in error.headers.items()}


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "en"),
        ({"Accept_Language": "zh-CN,zh;q=0.9,en;q=0.8"}, "zh"),
        ({"Accept_Language": "en-GB,zh;q=0.5"}, "en"),
        ({"Accept_Language": "zh;q=0, fr"}, "en"),
        ({"Accept_Language": "en", "Cookie": "language=zh"}, "zh"),
        ({"Accept_Language": "zh", "Cookie": "language=en"}, "en"),
        ({"Accept_Language": "zh", "Cookie": "language=xx; ="}, "zh"),
    ],
)
def test_a_page_is_in_the_language_asked_for(
    site: str, headers: dict[str, str], expected: str
) -> None:
    html, answered = fetch(f"{site}/posts", **headers)
    assert f'<html lang="{expected}">' in html
    assert answered["content-language"] == expected
    assert "Accept-Language, Cookie" in answered["vary"]


def test_a_kept_search_is_not_shown_in_another_language(site: str) -> None:
    chinese = fetch(f"{site}/?q=gradient", Accept_Language="zh")[0]
    english = fetch(f"{site}/?q=gradient", Accept_Language="en")[0]
    assert ('<html lang="zh">' in chinese, '<html lang="en">' in english) == (True, True)


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_have_no_english_sentence(chinese_page, site: str, address: str) -> None:
    chinese_page.goto(site + address)
    shown = chinese_page.evaluate(
        "[...document.querySelectorAll('body *:not(script):not([lang=zh] *):not([lang=zh])')]"
        ".flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)"
        ".concat(e.getAttribute('aria-label') || '', e.title || '')).join('\\n')"
    )
    assert ENGLISH.search(shown) is None


def test_the_switch_is_remembered_and_leads_back(chinese_page, site: str) -> None:
    chinese_page.goto(f"{site}/posts?offset=10")
    expect(chinese_page.locator("h1")).to_have_text("文章")
    chinese_page.get_by_role("link", name="English").click()
    chinese_page.wait_for_url(f"{site}/posts?offset=10")
    expect(chinese_page.locator("h1")).to_have_text("Posts")
    chinese_page.goto(f"{site}/study")
    expect(chinese_page.locator("h1")).to_have_text("Study")


def test_verdicts_are_said_in_chinese(chinese_page, site: str) -> None:
    chinese_page.goto(f"{site}/posts/a4b675f702")
    chinese_page.locator(".mark-proved").first.wait_for()
    expect(chinese_page.locator("#checking")).to_have_text("已检查")
    chinese_page.locator(".mark-proved").first.click()
    told = chinese_page.locator(".about:popover-open .verdicts")
    expect(told).to_have_text(re.compile("^已证明 不等式，方法："), use_inner_text=True)


def test_a_language_that_is_not_spoken_is_refused(site: str) -> None:
    html, _ = fetch(f"{site}/language?to=de", Accept_Language="zh")
    assert "to：应为 en, zh 之一，却是“de”" in html


def test_the_switch_leads_to_no_other_site(site: str) -> None:
    elsewhere = "http://evil.example//evil.example/"
    html, _ = fetch(f"{site}/language?to=zh", Referer=elsewhere, Accept_Language="zh")
    assert "您还记得什么？" in html


def test_the_language_of_the_server_is_that_of_its_command_line(seeded_folder: Path) -> None:
    with served(seeded_folder, "--lang", "zh") as address:
        assert '<html lang="zh">' in fetch(f"{address}/posts")[0]
        assert '<html lang="en">' in fetch(f"{address}/posts", Accept_Language="en")[0]
