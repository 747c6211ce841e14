r"""SVG made harmless: what draws stays, what runs, loads or leads elsewhere goes.

A browser runs nothing of an SVG that a page shows as a picture; opened by itself, it is a page of
its own. So only elements and attributes that are known to draw are kept (SVG 2, W3C), and of
addresses only those of its own parts and of pictures that stand in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.sources.decode import decode
from blogkit.sources.elements import name_set

if TYPE_CHECKING:
    from lxml.etree import _Element

_SVG = "http://www.w3.org/2000/svg"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_DRAWS = name_set(
    """
    svg g defs symbol use switch title desc style path rect circle ellipse line polyline polygon
    text tspan textPath clipPath mask pattern linearGradient radialGradient stop marker image
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
    feSpotLight feTile feTurbulence
    """
)
_MOST_DRAWN = 400_000
"""Elements that are drawn, those that are used again counted each time."""
_DEEPEST = 200
_LEADS = re.compile(r"url\(\s*['\"]?\s*(?!#)[^)]*\)?|@import[^;]*;?|@font-face\s*\{[^}]*\}?|"
                    r"(?:javascript|vbscript)\s*:|expression\s*\(", re.IGNORECASE)  # fmt: skip
_INSIDE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4,
          "em": 16.0, "ex": 8.0}  # fmt: skip
_LENGTH = re.compile(r"\s*\+?(\d{0,9}\.?\d{1,9}(?:[eE][+-]?\d{1,2})?)\s*([a-z]{0,2})\s*")
_ROOT = re.compile(
    r"\s*+(?:(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE\s[^\[>]*(?:\[[^\]]*\]\s*)?>)\s*+)*+"
    r"<(?:\w{1,20}:)?svg[\s>/]",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class HarmlessSvg:
    """What is left of an SVG."""

    data: bytes
    """Its bytes."""
    width: int
    """In CSS pixels."""
    height: int
    """In CSS pixels."""


def harmless_svg(data: bytes, place: str) -> HarmlessSvg | None:
    """An SVG without what runs, loads or leads elsewhere; None where the bytes are none.

    Raises:
        SourceError: ``picture`` if it declares entities, or draws its parts too often.
    """
    from lxml.etree import XMLParser, XMLSyntaxError, fromstring, tostring

    try:
        text = decode(data, place).text
    except SourceError:
        return None
    if not _ROOT.match(text):
        return None
    if "<!ENTITY" in text:
        raise _refused(place, Message("entities of its own"))
    parser = XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).encode(), parser)
    except XMLSyntaxError:
        return None
    if root.tag not in ("svg", f"{{{_SVG}}}svg"):
        return None
    _clean(root)
    if _drawn(root, _by_id(root), {}, 0) > _MOST_DRAWN:
        raise _refused(place, Message("parts that are drawn too often"))
    width, height = _size(root)
    return HarmlessSvg(tostring(root, encoding="utf-8"), width, height)


def _refused(place: str, found: str) -> SourceError:
    message = Message(
        "expected an SVG that only draws, found {found}; it is left out",
        found=found,
    )
    return SourceError("picture", place, message)


def _clean(root: _Element) -> None:
    for element in list(root.iter()):
        name = _own_name(element)
        parent = element.getparent()
        if name == "a" and parent is not None:
            element.tag = f"{{{_SVG}}}g" if "}" in element.tag else "g"
        elif name not in _DRAWS and parent is not None:
            _drop(element, parent)
            continue
        for attribute in map(str, list(element.attrib)):
            if not _is_harmless(name, attribute, element.get(attribute) or ""):
                del element.attrib[attribute]
        if name == "style":
            style = "".join(map(str, element.itertext()))
            element.text = None if "\\" in style else _LEADS.sub(_instead, style) or None
            del element[:]


def _instead(match: re.Match[str]) -> str:
    """What stands in a style sheet for what would load something."""
    return "none" if match[0][:3].lower() == "url" else ""


def _own_name(element: _Element) -> str:
    """The name of an element of SVG; empty for others."""
    tag = element.tag if isinstance(element.tag, str) else ""
    space, _, name = tag.rpartition("}")
    return name if space in ("", f"{{{_SVG}") else ""


def _drop(element: _Element, parent: _Element) -> None:
    """Take an element out, and leave what stands behind it."""
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _is_harmless(name: str, attribute: str, value: str) -> bool:
    if attribute in _HREFS:
        is_own = value.strip().startswith("#")
        return is_own or (name == "image" and _INSIDE.fullmatch(value) is not None)
    if attribute.startswith("{"):
        return attribute == "{http://www.w3.org/XML/1998/namespace}space"
    return not (attribute.lower().startswith("on") or _LEADS.search(value) or "\\" in value)


def _by_id(root: _Element) -> dict[str, _Element]:
    return {element.get("id", ""): element for element in root.iter()}


def _drawn(
    element: _Element, parts: dict[str, _Element], known: dict[_Element, int], depth: int
) -> int:
    """How many elements are drawn for one, those that it uses counted each time."""
    if element in known:
        return known[element]
    if depth > _DEEPEST:
        return _MOST_DRAWN + 1
    known[element] = 1  # what uses itself is drawn once
    count = 1 + sum(_drawn(inner, parts, known, depth + 1) for inner in element)
    if _own_name(element) == "use":
        address = next(filter(None, map(element.get, _HREFS)), "")
        used = parts.get(address.strip().removeprefix("#"))
        count += _drawn(used, parts, known, depth + 1) if used is not None else 0
    known[element] = min(count, _MOST_DRAWN + 1)
    return known[element]


def _size(root: _Element) -> tuple[int, int]:
    """Width and height: as it says, else those of its view box, else those that browsers take."""
    box = re.findall(r"[-+.\deE]+", root.get("viewBox") or "")
    sides = [_pixels(root.get(name) or "") for name in ("width", "height")]
    view = [_pixels(side) for side in box[2:4]] if len(box) == 4 else [None, None]
    (width, height), (wide, high) = sides, view
    if wide and high:
        width = width or (height * wide / high if height else wide)
        height = height or width * high / wide
    return max(1, round(width or 300)), max(1, round(height or 150))


def _pixels(length: str) -> float | None:
    """A length in CSS pixels; None for what is none, or a share of something else."""
    match = _LENGTH.fullmatch(length)
    unit = _UNITS.get(match[2]) if match else None
    return float(match[1]) * unit or None if match and unit else None
