"""The pages in a real Chromium: what a reader does, by mouse, by keys, and without scripts."""

import concurrent.futures
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import CLIPPING, PAGES, expect, patient_context, served

from blogkit import Library

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_words_and_a_formula_are_searched_as_they_are_typed(page, site: str) -> None:
    page.goto(site)
    page.locator("#q").press_sequentially(r"裁剪 $\frac{a}{a+b}$")
    first = page.locator(".hit").first
    first.locator("mark.formula math").wait_for()
    expect(first.locator("h2")).to_contain_text("为什么梯度裁剪能加速训练过程")
    expect(page).to_have_url(re.compile("q=%E8%A3%81"))
    page.reload()
    expect(first.locator("mark.formula math")).to_have_count(1)


def test_a_hit_leads_to_its_section(page, site: str) -> None:
    page.goto(f"{site}/?q=梯度裁剪")
    page.locator(".hit a").first.click()
    page.wait_for_url(re.compile(r"/posts/a4b675f702#L77$"))
    expect(page.locator("#L77")).to_have_text("梯度裁剪")


def test_a_post_is_found_and_opened_by_the_arrows_alone(page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".home li a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.type("梯度裁剪")
    page.wait_for_url(re.compile("q="))
    page.locator(".hit").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hit a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/posts/a4b675f702"))


def test_filters_narrow_the_hits_and_stand_in_the_address(page, site: str) -> None:
    page.goto(f"{site}/?q=梯度")
    everything = page.locator(".hit").count()
    page.get_by_label("Tag").fill("优化")
    page.wait_for_url(re.compile("tag="))
    page.locator(".hit").nth(everything - 1).wait_for(state="detached")
    page.get_by_label("has formula").check()
    page.wait_for_url(re.compile("formula=1"))
    expect(page.locator(".hit").first).to_be_visible()


def test_a_pattern_is_drawn_while_it_is_typed(page, site: str) -> None:
    page.goto(f"{site}/formulas")
    page.locator("#q").press_sequentially(r"\frac{")
    page.get_by_role("button", name="?a", exact=True).click()
    page.keyboard.type("}{")
    page.get_by_role("button", name="?b", exact=True).click()
    page.keyboard.type("}")
    expect(page.locator("#drawing mfrac mtext")).to_have_text(["?a", "?b"])
    expect(page.locator(".bindings math").filter(has_text=r"γ\gamma").first).to_be_visible()


def test_a_post_is_read_with_its_formulas_numbered(page, site: str) -> None:
    page.goto(site + CLIPPING)
    expect(page.locator("#f-8 .number")).to_have_text("(4)")
    expect(page.locator("#f-8 mfrac")).to_have_count(4)
    box = page.locator("#f-8 math").bounding_box()
    assert box["height"] > 30


def test_latex_is_copied(page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site + CLIPPING)
    page.locator("#f-3 .number").click()
    page.locator("#about-3").get_by_role("button", name="Copy LaTeX").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == r"\theta \leftarrow \theta-\eta \nabla_{\theta} f(\theta)"


def test_verdicts_come_by_themselves_and_explain_on_a_click(page, site: str) -> None:
    page.goto(site + CLIPPING)
    mark = page.locator("#f-8 .mark")
    mark.wait_for()
    mark.click()
    about = page.locator("#about-8")
    expect(about.locator(".verdict").first).to_contain_text("Assumed: ")
    expect(about).to_be_visible()
    page.keyboard.press("Escape")
    expect(about).to_be_hidden()


def test_everything_is_reached_by_keys_alone(page, site: str) -> None:
    page.goto(f"{site}/posts")
    page.keyboard.press("/")
    page.wait_for_url(f"{site}/")
    page.keyboard.type("梯度裁剪")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    page.locator(".hit").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/posts/a4b675f702"))
    page.locator("#f-3 .number").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#about-3")).to_be_visible()


@pytest.fixture
def studied(tmp_path: Path, seeds: Path) -> Iterator[str]:
    """A library of its own, whose cards may be taken."""
    with Library.open(tmp_path / "library") as library:
        library.add(seeds / "002_8c2afe7e835e0a0b.txt")
    with served(tmp_path / "library") as address:
        yield address


def test_cards_are_taken_asked_graded_and_taken_back_by_keys(page, studied: str) -> None:
    pytest.importorskip("fsrs", reason="fsrs is not installed")
    page.goto(studied + CLIPPING)
    page.get_by_role("link", name="Cards of this post").click()
    page.locator(".card").first.wait_for()
    offered, rest = page.locator(".card").count(), 2
    page.get_by_role("button", name="Take all new ones").click()
    page.get_by_role("link", name="Study", exact=True).first.click()
    page.wait_for_url(f"{studied}/study")
    count = page.locator(".count")
    due = offered - rest
    expect(count).to_contain_text(f"{due} due ({due} new) of {offered} cards")
    page.keyboard.press(" ")
    page.get_by_role("button", name="good").wait_for()
    page.keyboard.press("4")
    page.get_by_text("1 answered today").wait_for()
    expect(count).to_contain_text(f"{due - 1} due")
    page.keyboard.press("u")
    page.get_by_text("Taken back: easy").wait_for()
    expect(count).to_contain_text(f"{due} due")


def test_a_file_that_is_dropped_is_found(page, tmp_path: Path) -> None:
    with served(tmp_path / "library", "--writable") as address:
        page.goto(f"{address}/add")
        file = {
            "name": "梯度.md",
            "mimeType": "text/markdown",
            "buffer": "# 梯度裁剪\n\n$x>0$".encode(),
        }
        page.get_by_label("Drop files here").set_input_files(file)
        page.get_by_role("button", name="Add").click()
        page.get_by_text("1 new post").wait_for()
        page.goto(f"{address}/?q=梯度")
        expect(page.locator(".hit h2")).to_have_text("梯度裁剪")


def test_every_formula_is_checked_when_that_is_asked_for(page, studied: str) -> None:
    page.goto(f"{studied}/checks")
    page.get_by_role("button", name="Check every formula").click()
    page.get_by_text(re.compile(r"(\d+) of \1 posts checked")).wait_for()
    row = page.locator("tbody tr").filter(has=page.locator("a", has_text="#8"))
    expect(row.locator(".word").first).to_have_text(re.compile("^(proved|supported)$"))


def test_pages_are_whole_without_scripts(browser, site: str) -> None:
    context = patient_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.locator("#q").fill(r"裁剪 $\frac{a}{a+b}$")
    page.keyboard.press("Enter")
    page.locator(".hit a").first.click()
    page.get_by_role("link", name="Check them").click()
    page.locator("#f-8 .mark").wait_for()
    page.locator("#f-8 .mark").click()
    expect(page.locator("#about-8 .verdict").first).to_be_visible()
    page.goto(f"{site}/formulas")
    page.locator("#q").fill(r"\frac{?a}{?b}")
    page.keyboard.press("Enter")
    page.locator("#drawing mfrac").wait_for()
    expect(page.locator(".bindings").first).to_be_visible()
    context.close()


def test_dark_is_dark(browser, site: str) -> None:
    context = patient_context(browser, color_scheme="dark")
    page = context.new_page()
    page.goto(site + CLIPPING)
    style = "getComputedStyle(document.body)"
    colours = page.evaluate(f"[{style}.backgroundColor, {style}.color]")
    paper, ink = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)
    assert paper < 100
    assert ink > 500
    context.close()


DARK = [CLIPPING, "/study", "/checks", "/map", "/?q=%E6%A2%AF%E5%BA%A6&explain=1"]
"""Pages that are looked at in the dark too, which have all the colours; others in the long form."""


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        *((address, "light") for address in PAGES),
        *((address, "dark") for address in DARK),
        *(
            pytest.param(address, "dark", marks=pytest.mark.long)
            for address in PAGES
            if address not in DARK
        ),
    ],
)
def test_axe_finds_nothing(browser, site: str, axe: str, address: str, scheme: str) -> None:
    context = patient_context(browser, color_scheme=scheme)
    page = context.new_page()
    page.goto(site + address)
    if address == "/map":
        page.locator("svg.map").wait_for()  # it loads itself anew until it is drawn
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    shown = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]]
    assert shown == []
    context.close()


@pytest.fixture(scope="module")
def hostile(hostile_folder: Path) -> Iterator[str]:
    with served(hostile_folder) as address:
        yield address


def test_nothing_of_a_hostile_post_runs(browser, hostile: str) -> None:
    context = patient_context(browser)
    asked: list[str] = []
    told: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: told.append(message.text))
    context.on("weberror", lambda error: told.append(str(error.error)))
    page = context.new_page()
    page.goto(f"{hostile}/posts")
    posts = page.locator("tbody a").evaluate_all("links => links.map(link => link.href)")
    assert len(posts) >= 1
    for address in [
        *posts, *(f"{post}?checked=1" for post in posts), f"{hostile}/?q=hostile&explain=1",
        f"{hostile}/formulas", f"{hostile}/formulas?p=a%3Db", f"{hostile}/map",
        f"{hostile}/duplicates", f"{hostile}/checks",
        f"{hostile}/?q=%3Cscript%3Ewindow.hostile%3D1%3C%2Fscript%3E",
        f"{hostile}/formulas?p=%5Ctext%7B%3Cimg%20src%3Dx%20onerror%3Dhostile%3D1%3E%7D",
    ]:  # fmt: skip
        page.goto(address)
        page.wait_for_timeout(200)
        assert page.evaluate("window.hostile === undefined"), address
        assert page.locator("script:not([src]), iframe, img, [onerror], [style]").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert not re.search(r"(?<![\d.])49(?!\d)", page.locator("main").inner_text())
    assert [url for url in asked if not url.startswith(f"{hostile}/")] == []
    assert told == []
    context.close()


def test_a_hostile_label_and_id_still_lead_to_their_pages(page, hostile: str) -> None:
    page.goto(f"{hostile}/formulas")
    for address in page.get_by_role("link", name="where else").evaluate_all(
        "links => links.map(a => a.href)"
    ):
        assert page.goto(address).status == 200


def test_fifty_requests_at_once_are_answered_alike(site: str) -> None:
    addresses = [site + address for address in PAGES if address != "/checks"] * 5

    def answer(address: str) -> tuple[str, int, str]:
        with urllib.request.urlopen(address) as found:
            return address, found.status, re.sub(r"[\w-]{32}", "", found.read().decode())

    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(answer, addresses[:50]))
    assert {status for _, status, _ in answers} == {200}
    assert len({(address, html) for address, _, html in answers}) == len(set(addresses[:50]))
