"""Texts packed into columns of the database, and read back."""

import re
import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit.store.checksums import ColumnError
from blogkit.store.packing import _PLACED_ANEW, packed, unpacked

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, st.integers(1, 300))
def test_any_text_is_read_back(text: str, times: int) -> None:
    assert unpacked(packed(text * times)) == text * times


@given(TEXTS)
def test_a_column_may_be_read_as_bytes(text: str) -> None:
    assert unpacked(f"{text}。".encode()) == f"{text}。"


def test_chinese_is_packed_into_half_the_bytes() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))
    assert len(packed(text)) < 0.7 * len(text.encode())


def test_a_short_text_stays_readable() -> None:
    assert packed("梯度裁剪" * 40) == "梯度裁剪" * 40


def test_the_encoding_is_what_it_was_when_libraries_were_written() -> None:
    """Where this fails, a Python has another GB 18030: more characters are to be excepted."""
    text = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    data = re.sub(_PLACED_ANEW, "", text).encode("gb18030")
    assert (
        sha256(data).hexdigest()
        == "8f964b5d0042af7586281decf1a5e3d9226564a2abc5473fdef54327a1caadbd"
    )


@pytest.mark.parametrize(
    "column",
    [b"", b"\xff", b"\xfd" + zlib.compress(b"a"), b"\xfe" + zlib.compress(b"\xff"), b"\xfftorn"],
)
def test_what_is_no_packed_text_is_told(column: bytes) -> None:
    with pytest.raises(ColumnError, match="expected a text, found"):
        unpacked(column)


def test_a_text_that_would_fill_the_memory_is_not_read() -> None:
    with pytest.raises(ColumnError):
        unpacked(b"\xfe" + zlib.compress(bytes((1 << 28) + 1)))
