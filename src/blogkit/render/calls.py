r"""Commands that nobody knows, with what stands in braces behind them, as they were written.

Whether `{a}{b}` after `\foo` are its arguments only its author knows; drawn, they would run
together to `ab`. So the call is one sign, its LaTeX. Imports `latex` only.
"""

from blogkit.latex import nodes, to_latex
from blogkit.latex.nodes import Node, Row
from blogkit.results.records import changed


def with_calls_whole(node: Node) -> Node:
    r"""A tree in which what is behind an unknown command in braces is part of its sign.

    >>> from blogkit.latex import parse
    >>> tree = with_calls_whole(parse(r"\foo{a}{b}^2+c").tree)
    >>> tree.items[0].base.latex, tree.items[1].text
    ('\\foo{a}{b}', '+')
    """
    if not any(isinstance(part, nodes.Unknown) for part in nodes.walk(node)):
        return node
    return _joined(node)


def _joined(node: Node) -> Node:
    parts: dict[str, object] = {}
    for name in type(node).__match_args__:
        value = getattr(node, name)
        if isinstance(value, Node):
            parts[name] = _joined(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            joined = _calls(value) if isinstance(node, Row) else value
            parts[name] = tuple(_joined(part) for part in joined)
    return changed(node, **parts) if parts else node


def _calls(items: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    for item in items:
        last = found[-1] if found else None
        base = item.base if isinstance(item, nodes.Scripts) else item
        if not (isinstance(last, nodes.Unknown) and isinstance(base, Row) and base.braced):
            found.append(item)
            continue
        whole = changed(last, latex=last.latex + to_latex(base))
        found[-1] = changed(item, base=whole) if isinstance(item, nodes.Scripts) else whole
    return found
