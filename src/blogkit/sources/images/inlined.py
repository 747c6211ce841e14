"""Pictures that stand in a text themselves, as ``data:`` addresses (RFC 2397).

They are taken out before the text is read, so that a page which holds its pictures is not copied
with them, and no word of a post is made of base64. What is put in their place is a short address by
which they are found again.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from binascii import Error
from urllib.parse import unquote_to_bytes

_DATA = re.compile(r"data:[\w/+.;=-]{0,100};base64,([A-Za-z0-9+/=]{64,})")
_SHORT = re.compile(r"data:(?P<head>[^,]{0,200}),(?P<body>.*)", re.DOTALL)
_PUT = "data:,"


def without_data(text: str) -> str:
    """A text with a short address in place of each picture or font that stands in it.

    >>> without_data("![a](data:image/png;base64," + "A" * 64 + ")")
    '![a](data:,d53eda7a637c99cc)'
    """
    return _DATA.sub(lambda data: _put(data[1]), text) if ";base64," in text else text


def data_in(text: str) -> dict[str, str]:
    """The base64 of what was taken out of a text, by the address that was put for it."""
    return {_put(data[1]): data[1] for data in _DATA.finditer(text)}


def is_put(address: str) -> bool:
    """Whether an address stands for a picture that was taken out."""
    return re.fullmatch(r"data:,[0-9a-f]{16}", address) is not None


def decoded(base64: str) -> bytes | None:
    """Bytes of base64; None where it is none."""
    try:
        return b64decode(base64)
    except (Error, ValueError):
        return None


def data_of(address: str) -> bytes | None:
    """The bytes that a ``data:`` address says; None where it is none.

    >>> data_of("data:image/svg+xml;utf8,%3Csvg/>"), data_of("a.png")
    (b'<svg/>', None)
    """
    match = _SHORT.fullmatch(address)
    if not match:
        return None
    if match["head"].replace(" ", "").lower().endswith(";base64"):
        return decoded("".join(unquote_to_bytes(match["body"]).decode("ascii", "replace").split()))
    return unquote_to_bytes(match["body"])


def _put(base64: str) -> str:
    return _PUT + hashlib.sha256(base64.encode()).hexdigest()[:16]
