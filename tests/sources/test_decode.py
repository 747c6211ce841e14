"""Encodings: what is read, and what is refused with its place."""

import pytest

from blogkit.errors import SourceError
from blogkit.sources.decode import decode


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        pytest.param("梯度".encode(), "梯度", "utf-8", id="utf-8"),
        pytest.param("梯度".encode("utf-8-sig"), "梯度", "utf-8", id="utf-8 with a mark"),
        pytest.param("梯度裁剪".encode("gb18030"), "梯度裁剪", "gb18030", id="gb18030"),
        pytest.param(b"a\r\nb\rc", "a\nb\nc", "utf-8", id="line ends of other systems"),
        pytest.param(b"", "", "utf-8", id="empty"),
    ],
)
def test_decoded(data: bytes, text: str, encoding: str) -> None:
    assert decode(data, "a.txt")[:2] == (text, encoding)


def test_gb18030_is_told_from_whole_characters_only() -> None:
    """Regression: a prefix of 8192 bytes ends in the middle of a character."""
    text = "a" + "梯度裁剪" * 3000
    assert decode(text.encode("gb18030"), "a.txt")[:2] == (text, "gb18030")


def test_other_bytes_are_refused_with_their_offset() -> None:
    with pytest.raises(SourceError) as caught:
        decode("第一行\n".encode() + b"\xff\xfe\xfa", "a.txt")
    assert str(caught.value) == (
        "a.txt:2: expected UTF-8, UTF-16, GB18030 or Big5, found byte 0xff at offset 10; "
        "name the encoding with --encoding"
    )


def test_latin_1_is_not_taken_for_chinese() -> None:
    with pytest.raises(SourceError, match="found byte 0xe9 at offset 3"):
        decode("café crème brûlée déjà vu".encode("latin-1"), "a.txt")


def test_nul_bytes_are_no_text() -> None:
    with pytest.raises(SourceError) as caught:
        decode(b"PNG\0\0", "a.png")
    assert str(caught.value) == "a.png: expected text, found NUL bytes: not a text file"
