"""Fuzzes the readers of web pages and archive pages with Atheris, for a number of seconds.

    pip install atheris                     # a development tool, not a dependency of blogkit
    python tests/fuzz/page_atheris.py 1800  # seconds; a corpus folder may follow

Inputs are pieces of pages: tags and attributes that the readers look for, in any order, closed or
not, and any characters between them. An input is at fault if reading it raises anything but a
SourceError, or if a block or a formula lies elsewhere than it says. The fault is printed and the
run stops. lxml itself is not instrumented: what is fuzzed is what is made of its trees.
"""

import re
import sys

try:
    import atheris
except ImportError:
    raise SystemExit("page_atheris needs atheris: pip install atheris") from None

with atheris.instrument_imports(include=["blogkit"]):
    from blogkit.errors import SourceError
    from blogkit.posts import Post
    from blogkit.sources import archive, feed
    from blogkit.sources.html import page
    from blogkit.sources.html.article import ARTICLE_MARKS
    from blogkit.sources.mathml import convert
    from blogkit.sources.read import Told, read_posts

_READERS = (page, archive, feed, convert)
_FORMATS = ("html", "html", "html", "archive", "feed")
_MARKED = [
    f'<div id="{mark[1:]}">' if mark[0] == "#" else f'<div class="{mark[1:]}">'
    for mark in ARTICLE_MARKS
    if mark[0] in "#."
]
_TOKENS = [
    *_MARKED,
    *(f"<{tag}>" for tag in (
        "p", "div", "article", "main", "h1", "h2", "pre", "code", "em", "i", "a", "b", "br", "li",
        "ul", "table", "tr", "td", "figure", "figcaption", "blockquote", "math", "mi", "mo", "mn",
        "mrow", "mfrac", "msup", "msub", "msubsup", "munderover", "mtable", "mtr", "mtd", "msqrt",
        "mroot", "mtext", "mfenced", "mstyle", "mlabeledtr", "semantics", "title", "head", "body",
        "time", "nav", "footer", "rss", "item", "description", "entry", "content",
    )),
    *(f"</{tag}>" for tag in (
        "p", "div", "article", "h1", "pre", "code", "em", "i", "a", "li", "td", "tr", "table",
        "figure", "math", "mi", "mo", "mrow", "mfrac", "msup", "mtable", "mtr", "mtd", "semantics",
        "span", "script", "title", "head", "time", "item", "description", "entry", "content",
    )),
    '<script type="math/tex">', '<script type="math/tex; mode=display">',
    '<script type="math/mml">', '<script type="application/ld+json">', '"datePublished": "2020-06',
    '<span class="katex">', '<span class="katex-display">', '<span class="katex-mathml">',
    '<span class="MathJax">', '<span class="MathJax_Preview">', "<mjx-container>",
    '<mjx-container display="true">', '<span class="ztext-math" data-tex="', '<i data-tex="x^2">',
    '<img alt="$x$">', '<img src="/equation?tex=', '<img class="latex" alt="', "eeimg=1", '">', '"',
    '<annotation encoding="application/x-tex">', "</annotation>", '<math alttext="',
    '<meta property="og:title" content="', '<meta name="keywords" content="甲,乙">',
    '<meta property="article:published_time" content="2020-06-05">', '<link rel="canonical" href="',
    "https://kexue.fm/archives/1", "http://[", '<a rel="tag" href="/tag/', "saved from url=(0",
    '<a href="', "<!--", "-->", "<![CDATA[", "]]>", "<?xml", "?>", "<!DOCTYPE html>", "<pubDate>",
    "5 Jun", "31 Feb", "\n", "\n\n", " ", "点击阅读全文...", "阅读全文", "Continue reading",
    "2020年6月5日", "June 5, 2020", "梯度", "x", "。", "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\",
    "\\begin{equation}", "\\end{equation}", "\\begin{align*}", "\\label{a}", "{", "}", "_", "^",
    "&", "&lt;", "&amp;", "&#xD800;", "&#0;", "&nbsp;", "\0", "\ud800", "\u202e", "\ue0f0",
    "<math><mfrac><mi>x</mi>", "<mo>∑</mo>", "<mo>(</mo>", 'style="display:none"', "hidden>",
    'columnalign="left right"', "<mspace linebreak='newline'/>", "<m:mi>", "</m:mi>",
]  # fmt: skip


def _input(data: bytes) -> tuple[str, str]:
    provider = atheris.FuzzedDataProvider(data)
    format = _FORMATS[provider.ConsumeIntInRange(0, len(_FORMATS) - 1)]
    pieces = []
    for _ in range(provider.ConsumeIntInRange(1, 60)):
        if provider.ConsumeIntInRange(0, 9) == 0:
            pieces.append(provider.ConsumeUnicode(12))
        else:
            pieces.append(_TOKENS[provider.ConsumeIntInRange(0, len(_TOKENS) - 1)])
    return format, "".join(pieces)


def _check_places(post: Post, lines: int) -> None:
    end = 0
    for block in post.blocks:
        assert end <= block.span.start <= block.span.end <= len(post.text), block
        assert 1 <= block.line <= lines, block
        end = block.span.end
    for formula in post.formulas:
        assert formula.latex in formula.span.of(post.text), formula
        assert 1 <= formula.line <= lines, formula
    assert post.title == " ".join(post.title.split())


def check(data: bytes) -> None:
    """Raises where the input shows a fault."""
    format, text = _input(data)
    try:
        reading = read_posts(text.encode("utf-8", "replace"), "case", Told(format, "utf-8"))
        for post in reading.posts:
            # A <br> inside of a formula is a line of the formula, whether the file has it or not.
            _check_places(post, len(re.split("\r\n|\r|\n|<br>", text)))
    except SourceError:
        return
    except BaseException:
        sys.stderr.write(f"input: {format} {text!r}\n")
        raise


if __name__ == "__main__":
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=600", *sys.argv[2:]], check)
    atheris.Fuzz()
