"""Pages of the web become posts: by themselves, listed, in feeds, as the rest of an excerpt."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from blog_site import Site, redirect, serving, tagged, trickling

from blogkit import Library, Post
from blogkit.fetching.fetcher import Fetcher

REST = (
    "这里是全文才有的一段："
    + "设 $f$ 的梯度满足 $(L_0,L_1)$ 光滑条件，则裁剪后的步长是自适应的。" * 6
)
LEAD = (
    "本文介绍梯度裁剪为什么能够加速训练过程，" + "并且比较几种常见的裁剪方式与它们的收敛速度。" * 6
)


def typecho(number: int, *, whole: bool) -> str:
    """A post as Typecho's default theme has it, on its page or in a listing."""
    more = f"<p>{REST}</p>" if whole else (
        f'<p class="more"><a href="/archives/{number}/">- 阅读剩余部分 -</a></p>'
    )  # fmt: skip
    return (
        f'<article class="post"><h1 class="post-title"><a href="/archives/{number}/">'
        f"梯度裁剪（{number}）</a></h1><ul class='post-meta'><li>"
        f"<time datetime='2020-06-0{number}'></time></li></ul>"
        f"<div class='post-content'><p>{number} {LEAD}</p>{more}</div></article>"
    )


def page(*articles: str, title: str = "博客") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body><div id='main'>{''.join(articles)}</div></body></html>"
    ).encode()


def wordpress_feed(site: Site, numbers: range) -> bytes:
    """A feed of summaries, as WordPress sends it."""
    items = "".join(
        f"<item><title>注意力（{n}）</title><link>{site.address}/?p={n}</link>"
        f"<pubDate>Fri, 0{n} May 2020 10:00:00 +0000</pubDate>"
        f"<description><![CDATA[<p>{n} {LEAD} […]</p>]]></description></item>"
        for n in numbers
    )
    channel = f"<channel><title>b</title>{items}</channel>"
    return f"<?xml version='1.0'?><rss version='2.0'>{channel}</rss>".encode()


def wordpress_post(number: int) -> bytes:
    return (
        f"<html><head><meta charset='utf-8'><title>注意力（{number}） - 博客</title></head><body>"
        f"<article><h1 class='entry-title'>注意力（{number}）</h1><div class='entry-content'>"
        f"<p>{number} {LEAD}</p><p>{REST}</p></div></article></body></html>"
    ).encode()


@pytest.fixture
def site() -> Iterator[Site]:
    pages = {
        f"/archives/{n}/": page(typecho(n, whole=True), title=f"梯度裁剪（{n}） - 博客")
        for n in (1, 2, 3)
    }
    pages["/"] = page(*(typecho(n, whole=False) for n in (1, 2, 3)))
    with serving(Site(pages)) as served:
        yield served


def test_a_page_becomes_a_post_with_its_address(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    site.pages["/old"] = redirect("/archives/1/", 301)
    report = library.add(f"{site.address}/old", fetcher=fetcher)
    assert (report.files, report.posts, report.problems) == (1, 1, ())
    (post,) = library
    assert (post.title, post.address) == ("梯度裁剪（1）", f"{site.address}/archives/1/")
    assert (post.path, post.truncated) == (f"{site.address}/old", False)


def test_an_encoding_that_the_header_gets_wrong_is_read_by_its_bytes(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    text = page(typecho(1, whole=True)).decode().replace("utf-8", "gbk").encode("gbk")
    site.pages["/gbk"] = lambda handler: handler.send(text, kind="text/html; charset=iso-8859-1")
    library.add(f"{site.address}/gbk", fetcher=fetcher)
    assert library[0].title == "梯度裁剪（1）"


def test_a_listing_adds_its_entries_whole(library: Library, site: Site, fetcher: Fetcher) -> None:
    report = library.add(f"{site.address}/", fetcher=fetcher)
    assert (report.posts, report.merged) == (3, 3)
    assert [(post.title, post.truncated) for post in library] == [
        (f"梯度裁剪（{n}）", False) for n in (1, 2, 3)
    ]
    assert site.paths == ["/", "/archives/1/", "/archives/2/", "/archives/3/"]


def test_at_most_so_many_entries_are_fetched(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    library.add(f"{site.address}/", entries=1, fetcher=fetcher)
    assert site.paths == ["/", "/archives/1/"]
    assert [post.truncated for post in library] == [False, True, True]


def test_what_a_feed_no_longer_has_stays(library: Library, site: Site, fetcher: Fetcher) -> None:
    site.pages["/feed"] = wordpress_feed(site, range(1, 3))
    for number in (1, 2, 3):
        site.pages[f"/?p={number}"] = wordpress_post(number)
    library.add(f"{site.address}/feed", entries=0, fetcher=fetcher)
    site.pages["/feed"] = wordpress_feed(site, range(2, 4))
    library.add(f"{site.address}/feed", entries=0, fetcher=fetcher)
    assert [post.title for post in library] == [f"注意力（{n}）" for n in (1, 2, 3)]
    assert all(post.truncated for post in library)


def test_excerpts_are_completed_from_their_pages(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    site.pages["/feed"] = wordpress_feed(site, range(1, 4))
    site.pages["/?p=1"] = wordpress_post(1)
    site.pages["/?p=2"] = page(
        "<article><p>" + "此域名出售，价格面议，请联系我们。" * 9 + "</p></article>"
    )
    library.add(f"{site.address}/feed", entries=0, fetcher=fetcher)
    library.add_posts([Post(title="无址", text="没有地址的摘要。", truncated=True)])
    before = [post.id for post in library]
    plan = library.complete(is_dry=True)
    assert [post.outcome for post in plan] == ["planned"] * 3 + ["no-address"]
    assert site.paths == ["/feed"]
    report = library.complete(fetcher=fetcher)
    assert [post.outcome for post in report] == [
        "completed", "other-text", "failed", "no-address",
    ]  # fmt: skip
    assert report[2].message == (f"{site.address}/?p=3: the server has no such page (status 404)")
    assert [post.id for post in library] == before
    assert [post.truncated for post in library] == [False, True, True, True]
    assert REST[:20] in library[0].text
    again = library.complete(before[0], fetcher=fetcher)
    assert [post.outcome for post in again] == ["unchanged"]


def test_an_excerpt_of_a_file_leads_to_no_host_nearby(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    library.add_posts(
        [Post(title="摘要", text=LEAD, truncated=True, address=f"{site.address}/archives/1/")]
    )
    (row,) = library.complete(fetcher=fetcher)
    assert row.outcome == "failed"
    assert "which is no host of the internet" in row.message
    assert site.asked == []


def test_sync_asks_again_only_where_told(library: Library, site: Site, fetcher: Fetcher) -> None:
    site.pages["/archives/1/"] = tagged(page(typecho(1, whole=True)), '"one"')
    library.add(f"{site.address}/archives/1/", fetcher=fetcher)
    site.asked.clear()
    library.sync(fetcher=fetcher)
    assert site.asked == []
    report = library.sync(pages=True, fetcher=fetcher)
    assert (report.files, report.unchanged, report.entries) == (1, 1, 0)
    site.pages["/archives/1/"] = tagged(page(typecho(1, whole=True) + f"<p>{REST}</p>"), '"two"')
    assert library.sync(pages=True, fetcher=fetcher).entries == 1
    del site.pages["/archives/1/"]
    report = library.sync(pages=True, fetcher=fetcher)
    assert report.gone == (f"{site.address}/archives/1/",)
    assert len(library) == 1


def test_a_page_whose_copy_is_lost_is_read_anew_though_it_has_not_changed(
    site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    address = f"{site.address}/archives/1/"
    site.pages["/archives/1/"] = tagged(page(typecho(1, whole=True)), '"one"')
    with Library.open(tmp_path) as library:
        library.add(address, fetcher=fetcher)
        (before,) = library
    with contextlib.closing(sqlite3.connect(tmp_path / "library.db")) as connection, connection:
        connection.execute("UPDATE copies SET text = replace(text, '梯度', '坡度')")
    assert Library.repair(tmp_path).is_well
    with Library.open(tmp_path) as library:
        assert len(library) == 0
        library.sync(pages=True, fetcher=fetcher)
        assert [post.text for post in library] == [before.text]
        assert library.sync(pages=True, fetcher=fetcher).unchanged == 1


def test_a_page_is_read_again_when_another_format_is_told(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    address = f"{site.address}/note.txt"
    site.pages["/note.txt"] = tagged(f"# 步长\n\n{REST}".encode(), '"one"')
    library.add(address, fetcher=fetcher, format="plain")
    assert library.add(address, fetcher=fetcher).unchanged == 1
    library.add(address, fetcher=fetcher, format="markdown")
    assert [post.title for post in library] == ["步长"]
    assert library[0].text == REST


def test_what_fails_is_told_and_the_rest_is_added(
    library: Library, site: Site, fetcher: Fetcher, tmp_path: Path
) -> None:
    site.pages["/slow"] = trickling
    (tmp_path / "note.md").write_text("# 一\n\n本地的笔记。", encoding="utf-8")
    report = library.add(
        f"{site.address}/slow", str(tmp_path / "note.md"), f"{site.address}/archives/2/",
        fetcher=fetcher,
    )  # fmt: skip
    assert [problem.message for problem in report.problems] == [
        f"{site.address}/slow: the server is too slow; try later"
    ]
    assert sorted(post.title for post in library) == ["一", "梯度裁剪（2）"]


def test_pages_are_removed_one_by_one_or_by_site(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    library.add(f"{site.address}/", fetcher=fetcher)
    library.remove(f"{site.address}/archives/1/")
    assert [post.truncated for post in library] == [True, False, False]
    assert library.remove(site.address).posts == 3
    assert len(library) == 0


def test_the_command_line_says_what_it_would_fetch_and_fetches_it(
    site: Site, tmp_path: Path
) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "blogkit", "--library", str(tmp_path / "new"), *words]
        return subprocess.run(command, capture_output=True, check=False)

    dry = run("add", "--dry-run", f"{site.address}/archives/1/")
    assert dry.stdout.decode().splitlines()[0] == f"would be fetched: {site.address}/archives/1/"
    assert site.asked == []
    added = json.loads(run("add", "--json", f"{site.address}/archives/1/").stdout)
    assert (added["files"], added["posts"]) == (1, 1)
    shown = run("search", "光滑条件").stdout.decode().splitlines()
    assert shown[1].strip() == f"{site.address}/archives/1/"
    done = run("complete")
    assert (done.returncode, done.stdout.decode()) == (1, "no excerpts: every post is whole\n")
    with Library.open(tmp_path / "new") as library:
        library.add_posts([Post(title="无址", text="没有地址的摘要。", truncated=True)])
    assert run("complete").stdout.decode() == (
        "1 excerpts whose address is not known; add the pages or the feed that they stand in\n"
    )
    assert run("--lang", "zh", "complete").stdout.decode().startswith("1 篇摘要")
    fields = json.loads(run("complete", "--json").stdout)
    assert fields.keys() == {"schema", "posts", "counts", "problems", "seconds"}


def test_a_page_that_is_no_copy_of_the_excerpt_stays_the_post_it_was(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    address = f"{site.address}/archives/1/"
    library.add(address, fetcher=fetcher)
    (whole,) = library
    summary = "手写的提要：作者谈了谈训练时的一件小事，以及他为什么改变主意。"
    library.add_posts([Post(title="提要", text=summary, truncated=True, address=address, id="own")])
    assert [row.outcome for row in library.complete("own", fetcher=fetcher)] != ["completed"]
    assert any(post.chars == whole.chars for post in library)


@pytest.mark.parametrize(
    "instead",
    [
        pytest.param(b"<html><body><script>run()</script></body></html>", id="scripts alone"),
        pytest.param(
            page(
                "<article><h1>环境异常</h1><p>当前环境异常，完成验证后即可继续访问。</p></article>"
            ),
            id="a notice of the host",
        ),
    ],
)
def test_what_a_page_no_longer_says_is_kept(
    library: Library, site: Site, fetcher: Fetcher, instead: bytes
) -> None:
    library.add(f"{site.address}/archives/1/", fetcher=fetcher)
    (before,) = library
    site.pages["/archives/1/"] = instead
    report = library.sync(pages=True, fetcher=fetcher)
    assert [problem.code for problem in report.problems] == ["other-text"]
    (after,) = library
    assert (after.id, after.text) == (before.id, before.text)


def test_a_page_that_becomes_a_listing_leaves_its_post_its_id(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    site.pages["/"] = page(typecho(1, whole=True))
    library.add(f"{site.address}/", fetcher=fetcher)
    (before,) = library
    site.pages["/"] = page(typecho(2, whole=True), typecho(1, whole=True))
    library.sync(pages=True, fetcher=fetcher)
    assert before.id in {post.id for post in library}
    assert len(library) == 2


def test_entries_of_one_name_are_kept_apart(library: Library, site: Site, fetcher: Fetcher) -> None:
    items = "".join(
        f"<item><title>状态</title><description>第{n}天，{text}。</description></item>"
        for n, text in ((1, "读完了一篇关于优化器的论文"), (2, "整理书架，又买了三本旧书"))
    )
    feed = (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>b</title>{items}</channel></rss>"
    )
    site.pages["/feed"] = feed.encode()
    library.add(f"{site.address}/feed", entries=0, fetcher=fetcher)
    assert len(library) == 2


def test_a_page_that_was_misread_is_read_anew_as_it_is_told(
    library: Library, site: Site, fetcher: Fetcher
) -> None:
    text = page(typecho(1, whole=True)).decode().replace(" charset='utf-8'", "")
    site.pages["/gbk"] = lambda handler: handler.send(text.encode("gbk"), kind="text/html")
    library.add(f"{site.address}/gbk", encoding="big5", fetcher=fetcher)
    assert REST[:20] not in library[0].text
    report = library.add(f"{site.address}/gbk", encoding="gbk", fetcher=fetcher)
    assert report.problems == ()
    assert REST[:20] in library[0].text
