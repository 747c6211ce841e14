"""How the pages lie on screens of any width: nothing is cut off, nothing covers another thing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import PAGES, expect, patient_context, served

from blogkit import Library, Post

EVERY_PAGE = [*PAGES, "/formulas?all=1", "/cards", "/add", "/nothing"]
WIDTHS = [320, 390, 800, 1280]

COVERED = """() => {
  const shown = (element) => {
    if (!element.checkVisibility() || element.closest("svg")) return [];
    let boxes = [...element.getClientRects()].map(({ left, top, right, bottom }) =>
      ({ left, top, right, bottom }));
    for (let above = element.parentElement; above; above = above.parentElement) {
      if (getComputedStyle(above).overflowX === "visible") continue;
      const edge = above.getBoundingClientRect();
      boxes = boxes.map((box) => ({
        left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right),
        top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom) }));
    }
    return boxes.filter((box) => box.right > box.left && box.bottom > box.top);
  };
  const things = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .map((element) => ({ element, boxes: shown(element) })).filter(({ boxes }) => boxes.length);
  const most = 4;  // Letters of neighbouring lines reach a little into each other.
  const meet = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > most &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > most;
  const found = [];
  for (const [at, one] of things.entries())
    for (const other of things.slice(at + 1))
      if (!one.element.contains(other.element) && !other.element.contains(one.element) &&
          one.boxes.some((box) => other.boxes.some((second) => meet(box, second))))
        found.push([one.element.outerHTML.slice(0, 80), other.element.outerHTML.slice(0, 80)]);
  return found;
}"""
"""Pairs of things to click of which one covers the other; the dots of a drawing are no such."""


@pytest.fixture(scope="module")
def writable(seeded_folder: Path) -> Iterator[str]:
    """The seeds, with the page to add files."""
    with served(seeded_folder, "--writable") as address:
        yield address


@pytest.fixture(scope="module", params=["en", "zh"])
def reader(browser, request: pytest.FixtureRequest):
    """A page of a reader of either language."""
    context = patient_context(browser, locale=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_nothing_is_cut_off_or_covered(reader, writable: str, address: str) -> None:
    reader.goto(writable + address)
    if address == "/map":
        reader.locator("svg.map").wait_for()
    for width in WIDTHS:
        reader.set_viewport_size({"width": width, "height": 800})
        wide = reader.evaluate("document.documentElement.scrollWidth")
        assert (width, wide, reader.evaluate(COVERED)) == (width, min(wide, width), [])


@pytest.mark.parametrize("width", WIDTHS)
def test_every_section_is_in_sight_before_anything_is_scrolled(
    reader, writable: str, width: int
) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    reader.goto(f"{writable}/posts")
    links = reader.locator(".bar a")
    assert links.count() == 10
    for link in links.all():
        box = link.bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert reader.evaluate(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.href ?? ''",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
        ).endswith(link.get_attribute("href"))


@pytest.fixture(scope="module")
def long_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A library of names without a place to break them."""
    folder = tmp_path_factory.mktemp("long")
    posts = [
        Post(
            title=f"{letter}{'x' * 150}",
            text=f"$${letter}={'+'.join('abcdefgh' * 12)}$$",
            tags=("t" * 90, letter),
            id=letter,
        )
        for letter in "pq"
    ]
    with Library.open(folder) as library:
        library.add_posts(posts)
    with served(folder, "--writable") as address:
        yield address


@pytest.mark.parametrize(
    "address",
    ["/", "/?q=p", "/posts", "/posts/p", "/formulas", "/formula?id=p%231", "/study", "/cards",
     "/checks", "/duplicates", "/map", "/add", "/posts/" + "z" * 200],
)  # fmt: skip
def test_long_names_are_broken(reader, long_names: str, address: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(long_names + address)
    if address == "/map":
        reader.locator("svg.map").wait_for()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    assert reader.evaluate(COVERED) == []


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_has_one_heading_of_its_own(reader, writable: str, address: str) -> None:
    reader.goto(writable + address)
    assert reader.locator("h1").count() == 1
    assert reader.title().endswith("blogkit")
    assert reader.locator("[tabindex]:not([tabindex='0'])").count() == 0


def test_labels_of_the_map_cover_nothing(reader, writable: str) -> None:
    reader.set_viewport_size({"width": 1280, "height": 900})
    reader.goto(f"{writable}/map")
    reader.locator("svg.map").wait_for()
    labels, dots = (
        reader.locator(f"svg.map {name}").evaluate_all(
            "found => found.map(e => e.getBoundingClientRect())"
            ".map(box => [box.x, box.y, box.right, box.bottom])"
        )
        for name in ("text[aria-hidden]", "circle")
    )
    assert len(labels) > 20
    met = [
        (one, other)
        for index, one in enumerate(labels)
        for other in labels[index + 1 :] + dots
        if min(one[2], other[2]) - max(one[0], other[0]) > 1
        and min(one[3], other[3]) - max(one[1], other[1]) > 4
    ]
    assert met == []


def test_the_map_is_a_list_too(reader, writable: str) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    reader.goto(f"{writable}/map")
    reader.locator("svg.map").wait_for()
    expect(reader.locator(".joined > li")).to_have_count(36)
    expect(reader.locator(".joined > li > a").first).to_be_visible()
    size = reader.locator("svg.map text.name").first.evaluate(
        "text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a"
    )
    assert size >= 10
