"""XML from strangers: read without entities, without a DTD, without the network.

Entities are refused rather than expanded (CVE-2003-1564, "billion laughs"); HTML's named
characters, which feeds use without declaring them, are put in by name first.
"""

import re
from html import unescape
from typing import TYPE_CHECKING

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.elements import raw_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,31};")
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));?")
_DECLARES_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)


def parse_xml(text: str, path: str) -> "_Element":
    """The root of an XML document; small faults in it are mended.

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
    named = _NAMED.sub(lambda name: unescape(name.group()), text)
    legal = _CONTROL.sub("\ufffd", _REFERENCE.sub(_possible, named))
    try:
        root = fromstring(legal.lstrip().encode("utf-8", "replace"), parser)
    except XMLSyntaxError as error:
        raise SourceError(
            "xml", path, Message("expected XML, found: {msg}", msg=error.msg)
        ) from error
    if root is None:
        raise SourceError("xml", path, Message("expected XML, found nothing that is"))
    return root


def _possible(reference: re.Match[str]) -> str:
    """A reference by number, unless to half of a character: lxml keeps it, and can't give it back.

    >>> _REFERENCE.sub(_possible, "&#x68AF;&#xD800;")
    '&#x68AF;\ufffd'
    """
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else reference[0]


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
