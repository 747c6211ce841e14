"""MHTML: a page and all that it shows in one file, as browsers save it (``.mht``, ``.mhtml``).

The file is a mail whose parts are the page, its pictures, its styles. Only the heads of the parts
are parsed, and only the first page among them is decoded, and of pictures those that are asked for;
a page within a page (a frame) is another part, and left out.

Source: RFC 2557 (MHTML), RFC 2045 (base64, quoted-printable).
"""

import base64
import binascii
import quopri
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.message import Message as Headers
from email.parser import BytesHeaderParser

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.posts import Post
from blogkit.sources.decode import decode
from blogkit.sources.html.page import read_page
from blogkit.sources.images.inlined import data_in, decoded
from blogkit.sources.source_file import Found, SourceFile, bad_bytes
from blogkit.text.addresses import is_web_address, joined_address

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a file."""

    head: Headers
    """What is said of it."""
    data: bytes
    """The whole file."""
    start: int
    """Where its body begins in the file, in bytes."""
    end: int
    """Where it ends."""

    @property
    def body(self) -> bytes:
        """What it holds, encoded for the mail."""
        return self.data[self.start : self.end]

    @property
    def line(self) -> int:
        """Line of the file where the body begins, from 1."""
        return self.data.count(b"\n", 0, self.start) + 1


def read_mhtml(file: SourceFile) -> Found:
    """The posts of the page that the file holds; places are lines of the file.

    Raises:
        SourceError: ``mhtml`` if it holds no page, and what the reader of pages raises.
    """
    whole = BytesHeaderParser().parsebytes(_head(file.data))
    part = _page_part(file.data, whole, file.path)
    decoded = decode(_decoded(part, file.path), file.path, told=file.told_encoding)
    said = (part.head.get("Content-Location"), whole.get("Snapshot-Content-Location"))
    addresses = (str(address).strip() for address in said if address)
    base = next(filter(is_web_address, addresses), None)
    posts, problems = read_page(decoded.text, file.path, base=base)
    problems = [*bad_bytes(decoded, file.path), *problems]
    lines = _Lines(part)
    moved = [replace(problem, line=problem.line and lines[problem.line]) for problem in problems]
    return Found([_moved(post, lines) for post in posts], moved, encoding=decoded.encoding)


def mhtml_pictures(file: SourceFile) -> Callable[[str], bytes | None]:
    """What finds the pictures that the file holds, by their addresses or the ids of their parts."""
    whole = BytesHeaderParser().parsebytes(_head(file.data))
    page = _page_part(file.data, whole, file.path)
    held = data_in(decode(_decoded(page, file.path), file.path, told=file.told_encoding).text)
    base = str(page.head.get("Content-Location") or "").strip()
    parts = {name: part for part in _parts(file.data, whole) for name in _names(part)}

    def find(address: str) -> bytes | None:
        if address in held:
            return decoded(held[address])
        part = parts.get(address) or parts.get(joined_address(base, address))
        return _decoded(part, file.path) if part else None

    return find


def _names(part: _Part) -> Iterator[str]:
    """What a page may call a part of its file."""
    yield str(part.head.get("Content-Location") or "").strip()
    yield f"cid:{str(part.head.get('Content-ID') or '').strip().strip('<>')}"


def _head(data: bytes) -> bytes:
    end = _END_OF_HEAD.search(data)
    return data[: end.start()] if end else data


def _page_part(data: bytes, whole: Headers, path: str) -> _Part:
    """The first part that is a page; a mail without parts may be one itself."""
    for part in _parts(data, whole):
        if part.head.get_content_type() in _PAGE_TYPES:
            return part
    message = Message("expected a mail with a page in it, found none")
    raise SourceError("mhtml", path, message)


def _parts(data: bytes, whole: Headers) -> Iterator[_Part]:
    """The parts in order."""
    for start, end in _extents(data, whole):
        gap = _END_OF_HEAD.search(data, start, end)
        # A part without a head begins with an empty line, which ends it.
        if gap:
            head = BytesHeaderParser().parsebytes(data[start : gap.start()])
            yield _Part(head, data, gap.end(), end)


def _extents(data: bytes, whole: Headers) -> Iterator[tuple[int, int]]:
    """Where the parts begin and end."""
    boundary = whole.get_boundary()
    if not boundary:
        yield 0, len(data)
        return
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    places = [match.span() for match in re.finditer(rb"(?m)^--%s(?:--)?[ \t]*\r?$" % mark, data)]
    starts = [data.find(b"\n", end) + 1 or len(data) for _, end in places]
    yield from zip(starts, [*(start for start, _ in places[1:]), len(data)], strict=False)


def _decoded(part: _Part, path: str) -> bytes:
    encoding = _transfer_encoding(part)
    if encoding == "quoted-printable":
        return quopri.decodestring(part.body)
    if encoding == "base64":
        try:
            return base64.b64decode(part.body)
        except binascii.Error as error:
            raise SourceError(
                "mhtml", path, Message("expected base64, found: {error}", error=error)
            ) from error
    return part.body


def _transfer_encoding(part: _Part) -> str:
    return str(part.head.get("Content-Transfer-Encoding") or "").strip().lower()


class _Lines:
    """Lines of the file by lines of the page; in base64 all stand where the page begins."""

    def __init__(self, part: _Part) -> None:
        self._first = part.line
        encoding = _transfer_encoding(part)
        self._ends: list[int] | None = None
        if encoding in ("quoted-printable", "base64"):
            self._ends = list(_line_ends(part.body)) if encoding != "base64" else []

    def __getitem__(self, line: int) -> int:
        """The line of the file for a line of the page, both from 1."""
        if self._ends is None:
            return self._first + line - 1
        before = min(line - 1, len(self._ends))
        return self._first + (self._ends[before - 1] if before else 0)


def _line_ends(body: bytes) -> Iterator[int]:
    """For each line that a quoted-printable body says but the last, how many of its own end it."""
    for number, line in enumerate(body.split(b"\n"), 1):
        is_broken = line.rstrip(b"\r \t").endswith(b"=")
        yield from [number] * (line.count(b"=0A") + (not is_broken))


def _moved(post: Post, lines: _Lines) -> Post:
    place = post.occurrences[0]
    return replace(
        post,
        blocks=tuple(replace(block, line=lines[block.line]) for block in post.blocks),
        occurrences=(replace(place, line=lines[place.line], end_line=lines[place.end_line]),),
    )
