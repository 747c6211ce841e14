r"""What a picture says: the letters, digits and operators of an SVG, and those of a layout tree.

An oracle for the drawing engines: the picture must say what the tree says. Faces of letters count
as plain letters (Unicode's NFKC), pieces of brackets and of accents do not count.
"""

import re
import unicodedata
from collections import Counter
from html import unescape

from blogkit.latex import nodes

_DRAWN = re.compile(r'<use data-c="([0-9A-F]+)"|<text\b[^>]*>([^<]*)</text>')
_SAME = str.maketrans(
    {
        "∣": "|",
        "−": "-",
        "∗": "*",
        "⋯": "...",  # dots are low or centred by what follows, as amsmath sets them
        "“": "‘‘",  # two quotes that TeX joins
        "”": "’’",
        "∼": "~",
        "˜": "~",
        "ˆ": "^",
        "′": "'",
        "⟂": "⊥",
        "⋅": "·",
        "∖": "\\",
    }
    | {
        "∖": "\\",
        "ϵ": "ε",
        "ϕ": "φ",
        "ϑ": "θ",
        "ϱ": "ρ",
        "ϖ": "π",
        "ς": "σ",
        "‖": "∥",
        "∙": "•",
        "⋆": "*",
    }
)
_PARTS = frozenset(
    "⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭⏐⎮⌠⌡⎷√¯ˉ‾―_^~→←↔⏞⏟¨˙ˇ´`˘˚⃗|∥()[]{}⟨⟩⌊⌋⌈⌉/\u2061\u2062\u2063\u2064\xa0 "
)


def characters_of(svg: str) -> str:
    """The characters of a picture, in its order; faces of letters as plain letters."""
    found = "".join(
        chr(int(code, 16)) if code else unescape(text) for code, text in _DRAWN.findall(svg)
    )
    return unicodedata.normalize("NFKC", found).replace("\u2061", "").replace("∣", "|")


def counted(text: str) -> Counter[str]:
    """Characters with their number, without what may be drawn as parts or as rules."""
    text = text.translate(_SAME).replace("‘", "`").replace("’", "'")
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(_SAME))
    return Counter(char for char in plain if char not in _PARTS and not unicodedata.combining(char))


def characters_of_tree(tree: nodes.Node) -> str:
    """The characters that a tree says, in its order."""
    found: list[str] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Phantom) and not node.visible:
            continue
        if isinstance(node, (nodes.Atom, nodes.Chars, nodes.Operator, nodes.Verbatim)):
            found.append(node.text)
        elif isinstance(node, nodes.Negation):
            found.append(node.text)
            continue
        elif isinstance(node, nodes.Arrow):
            found.append(node.text)
        elif isinstance(node, nodes.Modulo) and node.command != "\\pod":
            found.append("mod")
        elif isinstance(node, nodes.Scripts):
            found.append("'" * node.primes)
        elif isinstance(node, (nodes.Unknown, nodes.Raw)):
            found.append(node.latex)
        elif isinstance(node, nodes.Choice):
            waiting.append(node.display)
            continue
        waiting.extend(reversed(node.children))
    return "".join(found)


def difference(svg: str, tree: nodes.Node) -> Counter[str]:
    """What only one of picture and tree says."""
    drawn, said = counted(characters_of(svg)), counted(characters_of_tree(tree))
    return (drawn - said) + (said - drawn)
