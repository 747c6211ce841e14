"""A post, and an excerpt of it, are one post whatever formats they come in."""

from pathlib import Path

import pytest

from blogkit import Library
from blogkit.dedup.bare import bare

PARAGRAPHS = """\
本文介绍一篇满分论文《Why gradient clipping accelerates training》,顾名思义,\
它分析为什么梯度裁剪能加速训练。原文很长,公式很多,不过大概能捕捉到它的核心思想。
假设需要最小化的函数为 $f(\\theta)$,$\\theta$ 就是优化参数,那么梯度下降的更新公式就是
$$\\theta \\leftarrow \\theta-\\eta \\nabla_{\\theta} f(\\theta)$$
其中 $\\eta$ 就是学习率。而所谓**梯度裁剪**(gradient clipping),就是根据梯度的模长来做缩放,\
详见[论文](https://arxiv.org/abs/1905.11881)。
所以,梯度裁剪并不是什么新鲜的东西;但是,它为什么有效?这就是本文要回答的问题!
先看基本假设:函数光滑,意思是梯度的变化受自变量的变化控制,这是优化理论里最常见的条件之一。
""".splitlines()
FULL_WIDTH = str.maketrans(",:;!?()", "，：；！？（）")
HALF_WIDTH = str.maketrans("，：；！？（）。", ",:;!?().")


def as_markdown(paragraphs: list[str]) -> str:
    return "---\ntitle: 梯度裁剪\n---\n\n" + "\n\n".join(paragraphs) + "\n"


def as_page(paragraphs: list[str]) -> str:
    body = "\n".join(f"<p>{markup(paragraph)}</p>" for paragraph in paragraphs)
    date = '<meta property="article:published_time" content="2020-06-05">'
    return f"<html><head><title>梯度裁剪</title>{date}</head><body><article>{body}</article></body>"


def as_feed(paragraphs: list[str]) -> str:
    body = "".join(f"<p>{markup(paragraph).translate(HALF_WIDTH)}</p>" for paragraph in paragraphs)
    return (
        '<rss version="2.0"><channel><item><title>梯度裁剪</title><category>优化</category>'
        f"<description><![CDATA[{body}...]]></description></item></channel></rss>"
    )


def markup(paragraph: str) -> str:
    """Markdown of the paragraphs above as HTML: full-width marks, brackets around formulas."""
    if paragraph.startswith("$$"):
        return f"\\[{paragraph.strip('$')}\\]"
    text = paragraph.replace("**梯度裁剪**", "<strong>梯度裁剪</strong>")
    text = text.replace("[论文](https://arxiv.org/abs/1905.11881)", '<a href="x">论文</a>')
    pieces = text.split("$")
    for index in range(0, len(pieces), 2):
        pieces[index] = pieces[index].translate(FULL_WIDTH)
    return "$".join(pieces)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_page_markdown_and_feed_are_one_post(tmp_path: Path, order: tuple[int, ...]) -> None:
    sources = {
        "post.md": as_markdown(PARAGRAPHS),
        "page.html": as_page(PARAGRAPHS),
        "feed.xml": as_feed(PARAGRAPHS[:2]),
    }
    for name, text in sources.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        for index in order:
            library.add(tmp_path / list(sources)[index])
        (post,) = library.posts()
    assert (post.title, str(post.date), post.tags) == ("梯度裁剪", "2020-06-05", ("优化",))
    assert not post.truncated
    assert {(Path(str(o.path)).name, o.truncated) for o in post.occurrences} == {
        ("post.md", False),
        ("page.html", False),
        ("feed.xml", True),
    }


def test_an_excerpt_gives_what_the_full_post_lacks(tmp_path: Path) -> None:
    """The dump's entry has no title; the feed has the title and the year, but half of the text."""
    dump = "5 Jun\n\n" + "\n\n".join(PARAGRAPHS) + "\n"
    (tmp_path / "dump.txt").write_text(dump, encoding="utf-8")
    feed = as_feed(PARAGRAPHS[:3]).replace(
        "<item>", "<item><pubDate>Fri, 05 Jun 2020 16:40:00 +0800</pubDate>"
    )
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "dump.txt", tmp_path / "feed.xml")
        (post,) = library.posts()
    assert (post.title, post.title_from) == ("梯度裁剪", "duplicate")
    assert str(post.date) == "2020-06-05"


def test_posts_with_the_same_formulas_stay_two(tmp_path: Path) -> None:
    formulas = "$$\\theta \\leftarrow \\theta-\\eta \\nabla_{\\theta} f(\\theta)$$"
    first = ["这篇讲优化器,从随机梯度下降讲到自适应学习率,以及它们各自的收敛性质。", formulas]
    second = ["另一篇讲生成模型,其中的朗之万方程形式上与前者相像,含义却完全不同。", formulas]
    (tmp_path / "a.md").write_text(as_markdown(first), encoding="utf-8")
    (tmp_path / "b.html").write_text(as_page(second), encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.add(tmp_path / "a.md", tmp_path / "b.html")
        assert len(library.posts()) == 2


def test_what_formats_change_is_not_compared() -> None:
    assert bare("设 $x_{1}$，见**此**。") == bare("设\\(x_1\\),见此.")
    assert bare("a<b") != bare("a>b=")
