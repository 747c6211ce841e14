"""The characters of words within math, without what sets them."""

from __future__ import annotations

import unicodedata

from blogkit.latex import nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.latex.nodes import Node

_CIRCLED = {str(number): chr(0x2460 + number - 1) for number in range(1, 21)} | {"0": "⓪"}


def plain_text(node: Node) -> str:
    r"""The characters of words.

    >>> from blogkit.latex import parse
    >>> plain_text(parse(r"\text{a\_b \'e {\bf c}}").tree)
    'a_b é c'
    """
    if isinstance(node, nodes.Accent) and not node.wide:
        return with_mark(plain_text(node.body), node.text)
    if isinstance(node, (nodes.Atom, nodes.Chars, nodes.Verbatim, nodes.Operator)):
        return node.text
    if isinstance(node, (nodes.Raw, nodes.Unknown)):
        return node.latex
    if isinstance(node, nodes.Space):
        return " " if node.width_em > 0 else ""
    return "".join(map(plain_text, node.children))


def with_mark(text: str, mark: str) -> str:
    """Characters with a combining mark on the first; numbers in a circle have signs of their own.

    >>> with_mark("e", "\u0301"), with_mark("12", "\u20dd")
    ('é', '⑫')
    """
    if mark == "\u20dd" and text.strip() in _CIRCLED:
        return _CIRCLED[text.strip()]
    return unicodedata.normalize("NFC", text[:1] + mark + text[1:])
