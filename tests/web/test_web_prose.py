"""Text and formulas as HTML: nothing of a post is read as HTML, and little is lost."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from blogkit import parse_formula
from blogkit.spans import Span
from blogkit.web.asking import Asking, read_asking
from blogkit.web.comparing import compared
from blogkit.web.drawing import draw, draw_pattern
from blogkit.web.prose import set_heading, set_passage, set_snippet

OWN_TAGS = {
    "a", "br", "code", "del", "em", "mark", "strong", "sub", "sup", "table", "thead",
    "tbody", "tr", "th", "td", "span",
    "math", "semantics", "annotation", "mrow", "mi", "mo", "mn", "mtext", "mspace", "msub", "msup",
    "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mtable", "mtr", "mtd",
    "mpadded", "mphantom", "mmultiscripts", "mprescripts", "menclose", "merror", "mstyle",
}  # fmt: skip
OWN_ATTRIBUTES = re.compile(
    r'(?:class|href|rel|title|xmlns|display|encoding|mathcolor|width|stretchy|[a-z]+)="[^"<>]*"'
)
TAG = re.compile(r"<(/?)([a-zA-Z]+)([^<>]*)>")
TEXTS = st.text(
    st.one_of(st.sampled_from("<>&\"'$\\{}[]()*`|_^\n 中a\U000f0000\u202e\x00"), st.characters())
)


def wrong_tags(shown: str) -> list[str]:
    """Tags that are none of ours, and anything that opens one without ending it."""
    wrong = [m[0] for m in TAG.finditer(shown) if m[2] not in OWN_TAGS or _has_more(m[3])]
    return wrong + re.findall("[<>]", TAG.sub("", shown))


def _has_more(attributes: str) -> bool:
    rest = OWN_ATTRIBUTES.sub("", attributes)
    return bool(rest.strip(" /")) or re.search(r'(?:^| )(?:on\w*|style)="', attributes) is not None


@given(TEXTS)
def test_no_text_makes_a_tag_of_its_own(text: str) -> None:
    assert wrong_tags(set_snippet(text, ())) == []
    assert wrong_tags(set_passage(text)) == []


@given(TEXTS)
def test_plain_text_keeps_its_letters(text: str) -> None:
    letters = re.sub(r"[^0-9A-Za-z一-龥]", "", text)
    shown = set_heading(text)
    back = re.sub(r"[^0-9A-Za-z一-龥]", "", html.unescape(re.sub("<[^>]*>", "", shown)))
    assert len(back) >= len(letters)


@given(st.text("\\{}^_&abc01$<>\"' frtxleibg"))
def test_no_latex_makes_a_tag_of_its_own(latex: str) -> None:
    assert wrong_tags(draw(latex)) == []
    assert wrong_tags(draw_pattern(latex)) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**粗** `a*b*`", "<strong>粗</strong> <code>a*b*</code>"),
        ("2*3*4", "2*3*4"),
        ("视为*函数f*的", '视为<em><span class="han">函数</span>f</em>的'),
        ("一行\n二行", "一行二行"),
        ("one\ntwo", "one two"),
        ("[a](https://b.c/?d=e&f)", '<a href="https://b.c/?d=e&amp;f" rel="noreferrer">a</a>'),
        ("[a](javascript:b)", "[a](javascript:b)"),
        ('[a](http://b"on="c)', '<a href="http://b&quot;on=&quot;c" rel="noreferrer">a</a>'),
        ("<b>", "&lt;b&gt;"),
        ("a\x1b[1m\u202eb", "a␛[1m&lt;U+202E&gt;b"),
    ],
)  # fmt: skip
def test_markdown_is_shown(text: str, shown: str) -> None:
    assert set_snippet(text, ()) == shown


def test_lines_of_cards_are_kept() -> None:
    assert set_passage("a\nb") == "a<br/>b"


def test_a_mark_goes_on_through_emphasis() -> None:
    shown = set_snippet("梯度**裁剪**法", [Span(1, 9)])
    assert shown == "梯<mark>度</mark><strong><mark>裁剪</mark></strong><mark>法</mark>"


def test_words_and_formulas_of_a_snippet_are_marked() -> None:
    shown = set_snippet("设 $x$ 为梯度", [Span(7, 9)], {"x"})
    assert "<mark>梯度</mark>" in shown
    assert '<mark class="formula"><math' in shown


@pytest.mark.parametrize(
    "latex",
    [r"\begin{aligned}a&=b\\c&=d\end{aligned}", r"\begin{array}{l|c}a&b\\\hline c&d\end{array}",
     r"\textcolor{red}{x}", r"a\!b", r"\begin{cases}a&b\end{cases}", r"\hspace{3em}x"],
)  # fmt: skip
def test_formulas_have_no_style_of_their_own(latex: str) -> None:
    assert "style=" in parse_formula(latex).to_html() or "width=" in draw(latex)
    assert ' style="' not in draw(latex, display=True)


def test_colours_stay() -> None:
    assert 'mathcolor="#FF0000"' in draw(r"\textcolor{red}{x}")


def test_wildcards_are_boxes_with_their_names() -> None:
    shown = draw_pattern(r"\frac?a?b + \qvar{c} + ?")
    assert re.findall("<mtext>([^<]*)</mtext>", shown) == ["?a", "?b", "?c", "?"]


def test_differences_are_marked_on_their_side() -> None:
    assert compared("a<b", "a<<c") == ("a&lt;<del>b</del>", "a&lt;<ins>&lt;c</ins>")
    long = "x" * 4000
    assert compared(long, "<") == (long, escape("<"))


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({"q": "梯度"}, "梯度"),
        ({"q": "a", "tag": "优化", "year": "2020"}, 'a tag:"优化" date:2020'),
        ({"source": 'a"b', "formula": "1"}, 'path:「a"b」 has:formula'),
        ({"tag": '"「『'}, 'tag:"「『"'),
    ],
)
def test_filters_become_conditions(values: dict[str, str], query: str) -> None:
    assert read_asking(values).query == query


def test_an_address_is_read_as_it_was_made() -> None:
    asked = Asking("a b", tag="t", year="2020", source="s", has_formula=True, by="section",
                   explain=True, offset=20)  # fmt: skip
    address = asked.address()
    pairs = [pair.split("=") for pair in address.removeprefix("/?").split("&")]
    assert read_asking({name: value.replace("+", " ") for name, value in pairs}) == asked


def test_a_title_has_its_formulas_drawn_and_no_links() -> None:
    html = set_heading("[a](https://x.org) 的$O(n)$ <b>")
    assert "[a](https://x.org)" in html
    assert "<math" in html
    assert html.endswith("&lt;b&gt;")


@pytest.mark.parametrize("text", ["甲[乙]丙", "[深度[学习]]某文", "a [b](c) d"])
def test_the_text_of_a_link_may_have_brackets(text: str) -> None:
    shown = set_snippet(f"见 [{text}](https://a.org/x) 完", ())
    assert f'<a href="https://a.org/x" rel="noreferrer">{text}</a> 完' in shown
