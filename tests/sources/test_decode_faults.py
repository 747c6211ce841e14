"""Bytes that are no characters: each costs one character, and is told with its place."""

import pytest

from blogkit.errors import SourceError
from blogkit.sources.decode import BadBytes, decode
from blogkit.sources.read import Told, read_posts

TEXT = "第一行讲梯度裁剪的由来。\n第二行讲它为什么有效,以及何时无效。\n"
ENGLISH = "The first line is about clipping of gradients.\nThe second line says why it works.\n"


def broken(text: str, encoding: str, byte: bytes, before: str) -> tuple[bytes, int]:
    """A text with bytes put in before some words, and their offset."""
    head, tail = text.split(before, 1)
    start = head.encode(encoding)
    return start + byte + (before + tail).encode(encoding), len(start)


@pytest.mark.parametrize(
    ("encoding", "byte", "text", "before", "column"),
    [
        ("utf-8", b"\xff", TEXT, "为什么", 6),
        ("utf-8", b"\xe6\xa2", TEXT, "为什么", 6),
        ("utf-8", b"\0", TEXT, "为什么", 6),
        ("utf-8", b"\xe9", ENGLISH, "line says", 12),
        ("gb18030", b"\xff", TEXT, "为什么", 6),
        ("utf-16-le", b"\x00\xd8", TEXT, "为什么", 6),
        ("utf-16-be", b"\xdc\x00", TEXT, "为什么", 6),
    ],
)
def test_a_bad_byte_costs_one_character(
    encoding: str, byte: bytes, text: str, before: str, column: int
) -> None:
    data, offset = broken(text, encoding, byte, before)
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    told = "gb18030" if encoding == "gb18030" else None
    decoded = decode(mark + data, "a.html", told=told)
    head, tail = text.split(before, 1)
    assert decoded.text == f"{head}\ufffd{before}{tail}"
    assert decoded.bad == (BadBytes(2, column, len(mark) + offset, byte[0]),)


def test_a_bad_byte_is_a_problem_of_its_page() -> None:
    data, offset = broken(f"<article><h1>题</h1><p>{TEXT}</p></article>", "utf-8", b"\xff", "它")
    reading = read_posts(data, "a.html")
    assert "\ufffd它为什么" in reading.posts[0].text
    assert [problem.message for problem in reading.problems] == [
        f"a.html:2:5: expected utf-8, found byte 0xff at offset {offset}: U+FFFD stands for it"
    ]


def test_a_bad_byte_in_a_feed_costs_no_entry() -> None:
    item = "<item><title>{0}</title><description>第{0}篇的正文。</description></item>"
    feed = f"<rss><channel>{item.format('一')}{item.format('二')}</channel></rss>"
    data, _ = broken(feed, "utf-8", b"\xc3", "篇")
    reading = read_posts(data, "a.xml")
    assert [post.text for post in reading.posts] == ["第一\ufffd篇的正文。", "第二篇的正文。"]
    assert [problem.code for problem in reading.problems] == ["bad-bytes"]


def test_the_error_names_the_byte_that_is_wrong_in_the_encoding_that_was_told() -> None:
    data = TEXT.encode("gb18030") + b"\n\xff" * 40
    with pytest.raises(
        SourceError, match=f"found byte 0xff at offset {len(TEXT.encode('gb18030')) + 1}"
    ):
        read_posts(data, "a.txt", Told(encoding="gbk"))


def test_text_that_breaks_off_in_a_character_is_read() -> None:
    decoded = decode(TEXT.encode()[:-2], "a.txt")
    assert decoded.text == TEXT[:-2] + "\ufffd"
