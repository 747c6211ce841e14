"""XML from strangers: read without entities, without a DTD, without the network.

Entities are refused rather than expanded (CVE-2003-1564, "billion laughs"); HTML's named
characters, which feeds use without declaring them, are put in by name first.
"""

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.elements import raw_text
from blogkit.sources.reading import SourceProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element, _LogEntry

_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!#?[A-Za-z0-9]{1,32};)")
_BARE_BRACKET = re.compile(r"<(?![A-Za-z_/!?])")
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));?")
_DECLARES_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A document, and how it is broken."""

    root: "_Element"
    """Its tree, as far as it goes."""
    problems: tuple[SourceProblem, ...]
    """Where it first ceases to be well-formed; empty where it is."""


def parse_xml(text: str, path: str, first_line: int = 1) -> XmlDocument:
    """The tree of an XML document; small faults in it are mended.

    Args:
        text: the document, or an element of it.
        path: its file, by which faults are told.
        first_line: line of the file where it begins.

    Raises:
        SourceError: ``xml-entities`` if it declares entities, ``xml`` if it is no XML at all.
    """
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring

    if _DECLARES_ENTITY.search(text):
        message = Message(
            "expected XML without entities of its own, found <!ENTITY: it is not read"
        )
        raise SourceError("xml-entities", path, message)
    parser = XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    shown = "".join(map(_mended, _CDATA.split(text)))
    legal = _CONTROL.sub("\ufffd", shown)
    start = len(legal) - len(legal.lstrip())
    try:
        root = fromstring(legal[start:].encode("utf-8", "replace"), parser)
    except XMLSyntaxError as error:
        raise SourceError(
            "xml", path, Message("expected XML, found: {msg}", msg=error.msg)
        ) from error
    if root is None:
        raise SourceError("xml", path, Message("expected XML, found nothing that is"))
    line = first_line + legal.count("\n", 0, start)
    faults = [entry for entry in parser.error_log if entry.domain_name == "PARSER"]
    return XmlDocument(root, tuple(_fault(entry, path, line) for entry in faults[:1]))


def _fault(entry: "_LogEntry", path: str, first_line: int) -> SourceProblem:
    line = entry.line + first_line - 1
    message = Message(
        "{path}:{line}:{column}: expected XML, found: {msg}; the rest is read as far as it goes",
        path=path,
        line=line,
        column=entry.column,
        msg=entry.message,
    )
    return SourceProblem(path, line, "xml", message)


def _mended(piece: str) -> str:
    """A piece of XML whose references and brackets mean something; CDATA stays as it is."""
    if piece.startswith("<![CDATA["):
        return piece
    named = _NAMED.sub(lambda name: _character(name.group()), piece)
    bare = _BARE_BRACKET.sub("&lt;", _BARE.sub("&amp;", named))
    return _REFERENCE.sub(_possible, bare)


def _character(reference: str) -> str:
    """The character that HTML knows by a name; a name that it does not know is text."""
    known = unescape(reference)
    return escape(known if known != reference else reference)


def _possible(reference: re.Match[str]) -> str:
    """A reference by number, unless to what is no character: U+FFFD stands for that.

    >>> _REFERENCE.sub(_possible, "&#x68AF;&#xD800;&#0;&#x110000;")
    '&#x68AF;\ufffd\ufffd\ufffd'
    """
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    is_none = 0xD800 <= number <= 0xDFFF or number > 0x10FFFF
    is_control = number < 0x20 and number not in (9, 10, 13)
    return "\ufffd" if is_none or is_control else reference[0]


def local_name(element: "_Element") -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def children(element: "_Element", *names: str) -> "Iterator[_Element]":
    """The children of an element that bear one of these names, in order."""
    return (child for child in element if local_name(child) in names)


def text_of(element: "_Element") -> str:
    """All text in an element, without white space around it."""
    return raw_text(element).strip()
