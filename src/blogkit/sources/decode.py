"""Bytes to text: UTF-8, with or without a byte order mark, or GB18030; nothing is guessed further.

The whole file is decoded at once: a prefix can end in the middle of a character.
"""

import unicodedata

from blogkit.errors import SourceError

_SNIFFED_BYTES = 8192
_PLAUSIBLE_SHARE = 0.7


def is_text(data: bytes) -> bool:
    """Whether data may be text at all: pictures, archives and such have NUL bytes early on."""
    return b"\0" not in data[:_SNIFFED_BYTES]


def decode(data: bytes, path: str) -> tuple[str, str]:
    """Text with ``\\n`` line ends, and the name of its encoding.

    Raises:
        SourceError: ``not-text`` or ``encoding``, with the offset of the first byte that is wrong.

    >>> decode("梯度".encode("gb18030"), "a.txt")
    ('梯度', 'gb18030')
    """
    if not is_text(data):
        raise SourceError("not-text", path, "expected text, found NUL bytes: not a text file")
    try:
        return _lines(data.decode("utf-8-sig")), "utf-8"
    except UnicodeDecodeError as error:
        as_utf8 = error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _wrong_byte(data, path, max(as_utf8.start, error.start)) from error
    if not _reads_as_chinese(text):
        raise _wrong_byte(data, path, as_utf8.start)
    return _lines(text), "gb18030"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wrong_byte(data: bytes, path: str, offset: int) -> SourceError:
    return SourceError(
        "encoding",
        path,
        f"expected UTF-8 or GB18030, found byte 0x{data[offset]:02x} at offset {offset}; "
        "convert the file to UTF-8",
        line=data.count(b"\n", 0, offset) + 1,
    )


def _reads_as_chinese(text: str) -> bool:
    """Whether most of what is not ASCII is common Chinese: GB18030 decodes nearly any bytes."""
    foreign = [char for char in text if not char.isascii()]
    common = sum(map(_is_common, foreign))
    return common >= _PLAUSIBLE_SHARE * len(foreign)


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return unicodedata.category(char)[0] in "PZ"
    return True
