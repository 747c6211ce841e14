"""A layout tree as text: `(Fraction \\frac [a] [b])`, rows in brackets, braced rows in braces."""

from blogkit.latex import Array, ArrayRow, Atom, Chars, Node, Row, Scripts


def dump(node: Node | None) -> str:
    """One line for a tree."""
    if node is None:
        return "-"
    if isinstance(node, Row):
        inside = " ".join(dump(item) for item in node.items)
        return f"{{{inside}}}" if node.braced else f"[{inside}]"
    if isinstance(node, Atom):
        return f"{node.latex}:{node.kind}"
    if isinstance(node, Chars):
        return repr(node.text)
    if isinstance(node, Scripts):
        return _scripts(node)
    if isinstance(node, ArrayRow):
        words = [*node.lines, *(dump(cell) for cell in node.cells), node.end]
        return f"(row {' '.join(word for word in words if word)})"
    words = [type(node).__name__, *_own_fields(node), *(dump(child) for child in node.children)]
    if isinstance(node, Array):
        words.extend(node.lines_below)
    return f"({' '.join(words)})"


def _scripts(node: Scripts) -> str:
    words = ["Scripts", dump(node.base), node.placement]
    words.append("" if node.sub is None else f"_{dump(node.sub)}")
    words.append("'" * node.primes)
    words.append("" if node.sup is None else f"^{dump(node.sup)}")
    return f"({' '.join(word for word in words if word)})"


_SHOWN = (
    "environment",
    "name",
    "command",
    "argument",
    "color",
    "key",
    "url",
    "columns",
    "latex",
    "text",
)


def _own_fields(node: Node) -> list[str]:
    values = [getattr(node, field, "") for field in _SHOWN]
    return [value for value in values if isinstance(value, str) and value]
