"""Pictures of pages of the web: fetched only where that is asked for, as politely as pages."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from blog_site import Site, endless, redirect, serving
from pictures import GIF, JPEG, png

from blogkit import Library, Post
from blogkit.fetching.fetcher import Fetcher

LEAD = "本文介绍梯度裁剪为什么能够加速训练过程，" + "并且比较几种常见的裁剪方式。" * 8
REST = "这里是全文才有的一段：" + "裁剪后的步长是自适应的。" * 8


def page(*pictures: str) -> bytes:
    shown = "".join(f"<p><img src='{address}' alt='图'></p>" for address in pictures)
    return (
        "<html><head><meta charset='utf-8'><title>梯度裁剪</title></head><body><article>"
        f"<h1>梯度裁剪</h1><p>{LEAD}</p><p>{REST}</p>{shown}</article></body></html>"
    ).encode()


@pytest.fixture
def site() -> Iterator[Site]:
    pages = {"/a/": page("i.gif", "/img/j.png"), "/a/i.gif": GIF, "/img/j.png": png()}
    with serving(Site(pages)) as served:
        yield served


def kept(library: Library) -> list[tuple[str, str]]:
    return [(picture.address, picture.type) for picture in library[0].pictures]


def test_without_being_asked_for_none_is_fetched(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    library.add(f"{site.address}/a/", fetcher=fetcher)
    assert (site.paths, kept(library)) == (["/a/"], [])


def test_they_are_fetched_with_their_page_and_then_known(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    report = library.add(f"{site.address}/a/", pictures=True, fetcher=fetcher)
    assert (report.pictures, report.problems) == (2, ())
    assert kept(library) == [("i.gif", "gif"), ("/img/j.png", "png")]
    site.asked.clear()
    library.add(f"{site.address}/a/", pictures=True, fetcher=fetcher)
    assert (site.paths, len(kept(library))) == (["/a/"], 2)


def test_a_page_that_is_in_the_library_without_them_gets_them(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    library.add(f"{site.address}/a/", fetcher=fetcher)
    library.add(f"{site.address}/a/", pictures=True, fetcher=fetcher)
    assert (len(library), len(kept(library))) == (1, 2)


def test_they_stay_when_the_page_is_read_again_without_them(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    library.add(f"{site.address}/a/", pictures=True, fetcher=fetcher)
    site.pages["/a/"] = page("i.gif", "k.png")
    library.sync(pages=True, fetcher=fetcher)
    assert kept(library) == [("i.gif", "gif")]


def test_what_cannot_be_had_is_told_and_the_page_is_read(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    site.pages["/a/"] = page("no.png", "endless.png", "page.png", "private.png", "i.gif")
    site.pages["/a/endless.png"] = endless
    site.pages["/a/page.png"] = page()
    site.robots = "User-agent: *\nDisallow: /a/private.png\n"
    report = library.add(f"{site.address}/a/", pictures=True, fetcher=fetcher)
    assert kept(library) == [("i.gif", "gif")]
    assert (report.posts, report.unreadable) == (1, 0)
    codes = [(problem.code, problem.message.partition(": ")[0]) for problem in report.problems]
    assert codes == [
        ("gone", f"{site.address}/a/no.png"),
        ("size", f"{site.address}/a/endless.png"),
        ("robots", f"{site.address}/a/private.png"),
        ("picture", f"{site.address}/a/:1"),
    ]
    assert "/a/private.png" not in site.paths


def test_a_host_is_asked_for_pictures_no_faster_than_for_pages(
    library: Library, site: Site
) -> None:
    fetcher = Fetcher(seconds_between=0.2)
    library.add(f"{site.address}/a/", pictures=True, fetcher=fetcher)
    fetcher.close()
    times = [time for _, _, time in site.asked]
    assert all(later - time > 0.19 for time, later in pairwise(times))


def test_a_picture_may_lie_elsewhere(library: Library, site: Site, fetcher: Fetcher) -> None:
    site.pages["/a/i.gif"] = redirect("/moved.jpg")
    site.pages["/moved.jpg"] = JPEG
    library.add(f"{site.address}/a/", pictures=True, fetcher=fetcher)
    assert kept(library) == [("i.gif", "jpeg"), ("/img/j.png", "png")]


def test_an_excerpt_is_completed_with_them(library: Library, site: Site, fetcher: Fetcher) -> None:
    excerpt = Post(title="梯度裁剪", text=LEAD, truncated=True, address=f"{site.address}/a/")
    site.pages["/a/"] = page("i.gif", "no.png")
    library.add_posts([excerpt])
    # The page is of this machine, as the excerpt would have to be to name it.
    library.add(f"{site.address}/a/", fetcher=fetcher)
    report = library.complete("梯度裁剪", pictures=True, fetcher=fetcher)
    assert [(one.outcome, one.message) for one in report] == [("completed", None)]
    assert [problem.code for problem in report.problems] == ["gone"]
    assert kept(library) == [("i.gif", "gif")]
