"""Bytes to text: what the user said, a byte order mark, UTF-8, what the file says, or Chinese.

UTF-8 proves itself: bytes that happen to form it are hardly ever something else, so it comes before
what a page declares, which is often wrong after a browser or an editor saved it anew. GB18030 and
Big5 decode nearly any bytes; they are taken only where what comes out reads as common Chinese. The
whole file is decoded at once: a prefix can end in the middle of a character.
"""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from blogkit.errors import SourceError
from blogkit.language import Message

BAD_TOLD = 20
"""Places of bad bytes that are told of a file."""
_SNIFFED_BYTES = 8192
_CHARS_TO_A_BAD_ONE = 5
"""How many good characters beyond ASCII there are at least for each bad one."""
_BYTES_TO_A_BAD_ONE = 50
"""The same of all bytes, where nearly all is ASCII."""
_CONTROLS = bytes({*range(32)} - {*b"\t\n\f\r\x1b"})
_PLAUSIBLE_SHARE = 0.7
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32's before UTF-16's, which they begin with."""
_DECLARED = re.compile(
    rb"""<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})"""
    rb"""|<\?xml[^<>?]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
"""Encodings whose name is used where a wider one is meant."""
_DECLARABLE = re.compile(r"ascii|iso8859|cp12|koi8|euc_|shift_jis|cp9|mac_|johab|gb|big5|utf-8")
"""Encodings that a page may declare; Python's further codecs, such as punycode, are no web's."""
_SHOWN = {"big5hkscs": "big5", "utf-8-sig": "utf-8"}
_COMMON_LEADS = {"gb18030": range(0xB0, 0xD8), "big5hkscs": range(0xA4, 0xC7)}
"""Lead bytes of the common characters: GB 2312 level 1, Big5 level 1."""


class BadBytes(NamedTuple):
    """Bytes that are no character, for which U+FFFD stands in the text."""

    line: int
    """Line of the text, from 1."""
    column: int
    """Column in it, in characters from 1."""
    offset: int
    """Offset of the first of them in the file."""
    byte: int
    """The first of them."""


class Decoded(NamedTuple):
    """A file's text."""

    text: str
    """The text, with ``\\n`` line ends."""
    encoding: str
    """Name of its encoding."""
    bad: tuple[BadBytes, ...] = ()
    """What in it is no character, at most BAD_TOLD places."""


def is_text(data: bytes) -> bool:
    """Whether data may be text at all: pictures, archives and such have NUL bytes early on.

    A single one in a page is a fault of the page.
    """
    head = data[:_SNIFFED_BYTES]
    if b"\0" not in head or _marked(data) is not None or _is_bare_utf16(data):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * _BYTES_TO_A_BAD_ONE <= len(head)


def decode(data: bytes, path: str, *, told: str | None = None) -> Decoded:
    """Text with ``\\n`` line ends, and the name of its encoding.

    A few bytes that are no characters cost a character each; the rest is read.

    Args:
        data: the whole file.
        path: its name, for errors.
        told: the encoding, where a user named it; nothing is guessed then.

    Raises:
        SourceError: ``not-text`` or ``encoding``, with the offset of the first byte that is wrong,
            where too many are; ``unknown-encoding`` if told is the name of none.

    >>> decode("梯度".encode("gb18030"), "a.txt")[:2]
    ('梯度', 'gb18030')
    """
    if told is not None:
        return _decode_as_told(data, path, told)
    if not is_text(data):
        raise SourceError(
            "not-text", path, Message("expected text, found NUL bytes: not a text file")
        )
    certain = _marked(data) or ("utf-16" if _is_bare_utf16(data) else None)
    if certain:
        return _decode_as(data, path, certain)
    tried = _Pieces(data, "utf-8")
    if not tried.faults or tried.is_mostly_right:
        return tried.decoded("utf-8")
    declared = _declared(data)
    best = _most_plausible(data, declared)
    if best is None and declared not in (None, "utf-8", "gb18030", "big5hkscs"):
        best = declared
    if best is not None:
        return _decode_as(data, path, best)
    if tried.is_mostly_ascii:
        return tried.decoded("utf-8")
    raise _wrong_byte(data, path, tried.faults[0], Message("UTF-8, UTF-16, GB18030 or Big5"))


class _Pieces:
    """Data decoded piece by piece, what is no character, and NUL, left out between them."""

    def __init__(self, data: bytes, name: str) -> None:
        self.faults: list[int] = []
        self._data = data
        self._pieces: list[str] = []
        self._most = len(data) // _CHARS_TO_A_BAD_ONE + 1
        for start, end in _stretches(data, name):
            self.faults += [start - 1] if start else []
            self._read(name, start, end)
            if self._has_too_many:
                break

    @property
    def _has_too_many(self) -> bool:
        return len(self.faults) > self._most

    def _read(self, name: str, start: int, end: int) -> None:
        whole = memoryview(self._data)
        while not self._has_too_many:
            try:
                self._pieces.append(str(whole[start:end], name))
                return
            except UnicodeDecodeError as error:
                self._pieces.append(str(whole[start : start + error.start], name))
                self.faults.append(start + error.start)
                start += error.end

    @property
    def has_text(self) -> bool:
        """Whether anything was read but a byte order mark."""
        return any(piece.strip("\ufeff") for piece in self._pieces)

    @property
    def is_mostly_right(self) -> bool:
        """Whether a few of many characters beyond ASCII are wrong."""
        beyond = sum(not char.isascii() for piece in self._pieces for char in piece)
        return not self._has_too_many and len(self.faults) * _CHARS_TO_A_BAD_ONE <= beyond

    @property
    def is_mostly_ascii(self) -> bool:
        """Whether a few bytes of many are wrong."""
        return not self._has_too_many and (
            len(self.faults) * _BYTES_TO_A_BAD_ONE <= len(self._data)
        )

    def decoded(self, shown: str) -> Decoded:
        """The text, U+FFFD for each fault, and the places of these."""
        bad: list[BadBytes] = []
        line, column = 1, 0
        for piece, offset in zip(self._pieces, self.faults[:BAD_TOLD], strict=False):
            before = _lines(piece)
            line += before.count("\n")
            column = (
                len(before) - before.rfind("\n") if "\n" in before else column + len(before) + 1
            )
            bad.append(BadBytes(line, column, offset, self._data[offset]))
        return Decoded(_lines("\ufffd".join(self._pieces)), shown, tuple(bad))


def _stretches(data: bytes, name: str) -> Iterator[tuple[int, int]]:
    """Where the stretches of data without NUL begin and end; NUL is a half of UTF-16's own."""
    start = 0
    if not name.startswith(("utf-16", "utf-32")):
        while (end := data.find(b"\0", start)) >= 0:
            yield start, end
            start = end + 1
    yield start, len(data)


def _decode_as_told(data: bytes, path: str, told: str) -> Decoded:
    name = _python_name(told)
    if name is None:
        message = Message(
            "expected the name of an encoding, found '{told}'; try utf-8, gb18030 or big5",
            told=told,
        )
        raise SourceError("unknown-encoding", path, message)
    return _decode_as(data, path, name)


def _python_name(told: str) -> str | None:
    try:
        name = codecs.lookup(told).name
        "".encode(name)  # such codecs as "hex" are no encodings of text
    except (LookupError, UnicodeError, ValueError):
        return None
    return _WIDER.get(name, name)


def encoding_name(told: str) -> str:
    """The name by which ``decode`` gives an encoding that a user named in another way.

    >>> encoding_name("GBK")
    'gb18030'
    """
    name = _python_name(told) or told
    return _SHOWN.get(name, name)


def _decode_as(data: bytes, path: str, name: str) -> Decoded:
    """Text by an encoding that is certain; a few bad bytes in it are told, many are an error."""
    shown = _SHOWN.get(name, name)
    if name in ("utf-16", "utf-32"):
        is_big = data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or data[:1] == b"\0"
        name += "-be" if is_big else "-le"
    tried = _Pieces(data, name)
    is_single = len(tried.faults) <= 1 and (tried.has_text or not tried.faults)
    if is_single or tried.is_mostly_right or tried.is_mostly_ascii:
        decoded = tried.decoded(shown)
        return decoded._replace(text=decoded.text.removeprefix("\ufeff"))
    raise _wrong_byte(data, path, tried.faults[0], shown)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _wrong_byte(data: bytes, path: str, offset: int, expected: str) -> SourceError:
    found = (
        Message("byte 0x{byte:02x} at offset {offset}", byte=data[offset], offset=offset)
        if data
        else Message("nothing")
    )
    return SourceError(
        "encoding",
        path,
        Message(
            "expected {expected}, found {found}; name the encoding with --encoding",
            expected=expected,
            found=found,
        ),
        line=data.count(b"\n", 0, offset) + 1,
    )


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _is_bare_utf16(data: bytes) -> bool:
    """Whether data is UTF-16 without a mark: line ends and spaces tell the order of its bytes."""
    head = data[:_SNIFFED_BYTES]
    if len(data) % 2 or len(head) < 4 or head[:2] == b"\0\0":
        return False
    name = "utf-16-be" if head[0] == 0 else "utf-16-le"
    try:
        text = head.decode(name)
    except UnicodeDecodeError:
        return False
    odd = sum(unicodedata.category(char) in ("Cc", "Cn", "Co") for char in text)
    odd -= sum(text.count(char) for char in "\n\r\t")
    return b"\0" in head and odd == 0


def _declared(data: bytes) -> str | None:
    """The encoding that a page or an XML file says it has, if there is such a one."""
    match = _DECLARED.search(data[:_SNIFFED_BYTES])
    if not match:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return None
    return _WIDER.get(name, name) if _DECLARABLE.match(name) else None


def _most_plausible(data: bytes, declared: str | None) -> str | None:
    """GB18030 or Big5, whichever reads better as Chinese; of equals, what the file declares."""
    names = sorted(_COMMON_LEADS, key=lambda name: name != declared)
    shares = {name: _common_share(data, name) for name in names}
    best = max(names, key=lambda name: shares[name])
    return best if shares[best] >= _PLAUSIBLE_SHARE else None


def _common_share(data: bytes, name: str) -> float:
    """Share of common Chinese and punctuation in what is not ASCII; 0 if it is not this encoding.

    Rare characters of the encoding count half: names and old texts have them.
    """
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0.0
    foreign = {char: n for char, n in Counter(text).items() if not char.isascii()}
    common = sum(_weight(char, name) * n for char, n in foreign.items())
    return common / max(1, sum(foreign.values()))


def _weight(char: str, name: str) -> float:
    if unicodedata.category(char)[0] in "PZ":
        return 1.0
    encoded = char.encode(name)
    if len(encoded) != 2 or not "\u4e00" <= char <= "\u9fff":
        return 0.0
    return 1.0 if encoded[0] in _COMMON_LEADS[name] else 0.5
