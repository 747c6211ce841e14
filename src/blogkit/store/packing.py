"""Long columns in fewer bytes: a text as SQLite's text if it is short, else compressed.

Chinese takes two bytes a character in GB 18030 and three in UTF-8, compressed about a sixth less. A
packed column says how it is encoded by its first byte, with which no text begins in UTF-8. Imports
nothing of blogkit but its errors.
"""

from __future__ import annotations

import re
import zlib

from blogkit.language import Message
from blogkit.store.checksums import ColumnError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

_SHORT_CHARS = 200
"""A shorter text stays as it is."""
_LONGEST_BYTES = 1 << 28
"""No column of blogkit's is longer; a stranger's could say to be any length."""
_ENCODINGS = {0xFF: "gb18030", 0xFE: "utf-8"}
_PLACED_ANEW = "[\u1e3f\u9fb4-\u9fbb\ue000-\uf8ff\ufe10-\ufe19\U00020000-\U0002ffff]"
"""Characters that one edition of GB 18030 has in another place than the next, and their like."""


def packed(text: str) -> str | bytes:
    """A text as a column holds it; it has no lone surrogates.

    >>> packed("梯度"), len(packed("梯度裁剪" * 100)) < 40
    ('梯度', True)
    """
    if len(text) < _SHORT_CHARS:
        return text
    sign = 0xFE if re.search(_PLACED_ANEW, text) else 0xFF
    return bytes([sign]) + zlib.compress(text.encode(_ENCODINGS[sign]))


def unpacked(column: str | bytes) -> str:
    """The text that a column holds, which may be given as its bytes if it is no packed one.

    Raises:
        ColumnError: if it is none that ``packed`` made.

    >>> unpacked(packed("梯度裁剪" * 100)) == "梯度裁剪" * 100
    True
    """
    if isinstance(column, str):
        return column
    try:
        if column[0] not in _ENCODINGS:
            return column.decode()
        reader = zlib.decompressobj()
        data = reader.decompress(column[1:], _LONGEST_BYTES)
        if reader.eof:
            return data.decode(_ENCODINGS[column[0]])
    except (zlib.error, LookupError, UnicodeDecodeError):
        pass
    found = column[:20]
    raise ColumnError(
        Message("expected {expected}, found {found}", expected=Message("a text"), found=found)
    )


def define(connection: sqlite3.Connection) -> None:
    """Let a connection know ``unpacked``; of what is no packed text it is empty."""
    connection.create_function("unpacked", 1, _unpacked_or_empty, deterministic=True)


def _unpacked_or_empty(column: str | bytes | None) -> str:
    try:
        return unpacked(column or "")
    except ColumnError:
        return ""
