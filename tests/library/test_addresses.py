"""Where posts say that they stand on the web: stored, shown, exported, and told one by it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit import Library, Post
from blogkit.export.markdown import to_markdown
from blogkit.export.page import post_page
from blogkit.sources.read import read_posts
from blogkit.text.addresses import address_key, is_web_address

HERE = "https://kexue.fm/archives/7469"
TEXT = (
    "假设需要最小化的函数为 $f(\\theta)$,$\\theta$ 就是优化参数,那么梯度下降的更新公式中有学习率。"
    "而所谓梯度裁剪,就是根据梯度的模长来做缩放,它并不是什么新鲜的东西;但是,它为什么有效?"
)
REWRITTEN = (
    "假设需要最小化的函数为 $f(\\theta)$,$\\theta$ 就是优化参数,那么梯度下降的更新公式中有学习率。"
    "多年以后重写这一段:先看平滑条件,再看它和步长的关系,最后得到自适应的步长,从而说明加速的来由。"
    "这就是结论,下面给出完整的证明,证明分为三步,每一步都只用到最简单的不等式而已。"
)
OTHER = (
    "日食是月球运行到太阳和地球中间时发生的天象,今天早上我用自制的小孔观看了一次,记录如下:"
    "九点初亏,十点半食甚,十二点复圆,全程天气晴朗,有薄云,同学们都很高兴。"
)


def page(text: str, address: str = HERE, title: str = "梯度裁剪") -> str:
    return (
        f'<html><head><title>{title}</title><link rel="canonical" href="{address}"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://kexue.fm/archives/7469",
        "http://kexue.fm/archives/7469/",
        "HTTPS://WWW.KEXUE.FM:443/archives/7469?utm_source=feed&utm_medium=rss#Blog",
        "https://spaces.ac.cn/archives/7469",
        "https://spaces.ac.cn/index.php/archives/7469/comment-page-2#comments",
        "https://kexue.fm//archives/%37469/index.html",
    ],
)
def test_one_page_has_one_key_however_it_is_reached(address: str) -> None:
    assert address_key(address) == "kexue.fm/archives/7469"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://example.org/?p=12&utm_campaign=x", "example.org?p=12"),
        ("https://example.org/?b=2&a=1", "example.org?a=1&b=2"),
        ("http://localhost:4000/a", "localhost:4000/a"),
        ("https://example.org/", None),
        ("https://example.org/index.php", None),
        ("http://[::1", None),
        ("http://example.org:port/", None),
        ("梯度", None),
    ],
)
def test_what_names_a_page_stays_in_its_key(address: str, key: str | None) -> None:
    assert address_key(address) == key


@given(st.text())
def test_any_text_is_an_address_or_not(text: str) -> None:
    assert address_key(text) is None or is_web_address(text) or "//" in text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "https://a\u202eb.cn/", "https://a b"]
)
def test_an_address_that_may_not_be_followed_is_not_kept(library: Library, address: str) -> None:
    library.add_posts([Post(title="甲", text=TEXT, id="a", address=address, links=(address,))])
    assert (library.post("a").address, library.post("a").links) == (None, ())


def test_an_address_is_stored_and_shown(library: Library, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(TEXT), encoding="utf-8")
    library.add(tmp_path / "page.html")
    (post,) = library.posts()
    assert post.address == HERE
    assert json.loads(json.dumps(library.post("梯度裁剪").to_dict()))["address"] == HERE


def test_a_copy_without_an_address_takes_it_from_another(library: Library) -> None:
    library.add_posts([Post(title="甲", text=TEXT + "再长一点。", id="a")])
    library.add_posts([Post(title="甲", text=TEXT, id="b", address=HERE)])
    assert library.posts().total == 1
    assert library.post("a").address == HERE


def test_one_address_makes_a_rewritten_post_the_same(library: Library) -> None:
    library.add_posts([Post(title="甲", text=TEXT, id="a", address=HERE)])
    moved = "http://spaces.ac.cn/archives/7469/?utm_source=rss"
    library.add_posts([Post(title="乙", text=REWRITTEN, id="b", address=moved)])
    assert library.posts().total == 1


def test_without_the_address_the_rewritten_post_is_another(library: Library) -> None:
    library.add_posts(
        [Post(title="甲", text=TEXT, id="a"), Post(title="乙", text=REWRITTEN, id="b")]
    )
    assert library.posts().total == 2


def test_one_address_alone_joins_nothing(library: Library) -> None:
    library.add_posts([Post(title="甲", text=TEXT, id="a", address=HERE)])
    library.add_posts([Post(title="乙", text=OTHER, id="b", address=HERE)])
    assert library.posts().total == 2


def test_an_address_that_all_entries_of_a_feed_bear_is_nobodys() -> None:
    items = "".join(
        f"<item><title>{title}</title><link>{HERE}</link><description>{text}</description></item>"
        for title, text in (("甲", TEXT), ("乙", OTHER))
    )
    reading = read_posts(f"<rss><channel>{items}</channel></rss>".encode(), "feed.xml")
    assert [post.address for post in reading.posts] == [None, None]


def test_entries_of_a_listing_stand_where_their_titles_lead() -> None:
    entries = "".join(
        f'<article class="post"><h2><a href="/archives/{number}">{title}</a></h2>'
        f'<div class="entry-content"><p>{text}</p></div></article>'
        for number, title, text in ((7469, "梯度裁剪", TEXT), (1, "日食", OTHER))
    )
    listing = f'<head><link rel="canonical" href="https://kexue.fm/page/2"></head>{entries}'
    reading = read_posts(listing.encode(), "page.html")
    assert [post.address for post in reading.posts] == [HERE, "https://kexue.fm/archives/1"]


@pytest.mark.parametrize(
    "link", [HERE, "http://spaces.ac.cn/archives/7469/#原理", "https://kexue.fm/archives/7469。"]
)
def test_a_link_to_a_post_is_a_reference_to_it(library: Library, link: str) -> None:
    library.add_posts(
        [
            Post(title="梯度裁剪", text=TEXT, id="a", address=HERE),
            Post(title="日食", text=f"{OTHER}参见[这里]({link})。", id="b"),
        ]
    )
    assert [(r.title, r.post_id) for r in library.post("b").references] == [
        ("梯度裁剪", library.post("a").id)
    ]
    assert [citing.title for citing in library.post("a").referenced_by] == ["日食"]
    both = {post.title: post for post in library.full_posts()}
    assert both["日食"].references == library.post("b").references
    assert both["梯度裁剪"].referenced_by == library.post("a").referenced_by


def test_links_of_a_page_are_references_though_its_text_does_not_say_them(
    library: Library, tmp_path: Path
) -> None:
    linking = page(
        f'{OTHER}参见<a href="/archives/7469">这里</a>。', "https://kexue.fm/archives/1", "日食"
    )
    (tmp_path / "a.html").write_text(page(TEXT), encoding="utf-8")
    (tmp_path / "b.html").write_text(linking, encoding="utf-8")
    library.add(tmp_path / "a.html", tmp_path / "b.html")
    assert [reference.title for reference in library.post("日食").references] == ["梯度裁剪"]
    assert "http" not in library.post("日食").text


def test_a_title_that_is_also_a_link_is_one_reference(library: Library) -> None:
    library.add_posts(
        [
            Post(title="梯度裁剪", text=TEXT, id="a", address=HERE),
            Post(title="日食", text=f"{OTHER}参见[《梯度裁剪》]({HERE})。", id="b"),
        ]
    )
    assert [reference.title for reference in library.post("b").references] == ["梯度裁剪"]


def test_an_exported_post_brings_its_address_back(library: Library) -> None:
    library.add_posts([Post(title="梯度裁剪", text=TEXT, id="a", address=HERE)])
    post = library.post("a")
    again = read_posts(to_markdown(post).encode(), "a.md").posts[0]
    assert again.address == HERE
    assert f'<a href="{HERE}" rel="noreferrer">{HERE}</a>' in post_page(post, {}, home="i.html")


def test_references_follow_what_changes(library: Library) -> None:
    def citing() -> list[str]:
        return [found.post_id for found in library.post("named").referenced_by]

    named = Post(title="层中层", text="内容是这些。", id="named")
    library.add_posts([named, Post(title="乙", text="参考《层中层》。", id="b")])
    library.add_posts([Post(title="丙", text="再看《层 中 层》与别的。", id="c")])
    assert citing() == ["b", "c"]
    library.add_posts([Post(title="乙", text="什么也不参考。", id="b")])
    assert citing() == ["c"]
    library.remove("post:c")
    assert citing() == []
