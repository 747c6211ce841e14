r"""Symbols, operators and delimiters in the dialect of an engine: by name, or as characters."""

from dataclasses import replace

from blogkit.latex import nodes
from blogkit.latex.nodes import AtomClass, Node
from blogkit.render.dialects import Dialect
from blogkit.render.wording import braced, group, words

CLASSES: dict[AtomClass, str] = {
    "op": "\\mathop",
    "bin": "\\mathbin",
    "rel": "\\mathrel",
    "open": "\\mathopen",
    "close": "\\mathclose",
    "punct": "\\mathpunct",
    "inner": "\\mathinner",
}


def atom(node: Node, dialect: Dialect) -> Node:
    """A sign whose name is not known, as the character that it is, with its class."""
    assert isinstance(node, nodes.Atom)
    by_number = node.latex.startswith(("\\unicode", "\\char"))
    if node.latex == "*" and dialect.is_small:  # which would be a star of the command before it
        return replace(node, latex="\\ast")
    if node.text in dialect.refused:
        return words(node, node.text, dialect)
    if node.latex not in dialect.lacks and not by_number:
        return node
    dots = {"…": "\\ldots", "⋯": "\\cdots"}.get(node.text)
    if dots:
        return replace(node, latex=dots)
    if len(node.text) > 1 or node.text in dialect.escapes:
        return words(node, node.text, dialect)
    shown = replace(node, latex=node.text)
    command = CLASSES.get(node.kind)
    return nodes.Classed(node.span, command, node.kind, group(node, shown)) if command else shown


_UPRIGHT = {"inj lim": "inj\\,lim", "proj lim": "proj\\,lim", "arg min": "arg\\,min"} | {
    "arg max": "arg\\,max"
}


def operator(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Operator)
    if node.latex not in dialect.lacks:
        return node
    if node.latex in ("\\varlimsup", "\\varliminf"):
        return replace(node, latex=f"\\lim{node.latex[-3:]}")
    if not node.named:
        shown = nodes.Atom(node.span, node.text, node.text, "ord")
        return nodes.Classed(node.span, "\\mathop", "op", group(node, shown))
    name = _UPRIGHT.get(node.text, node.text.replace(" ", "\\,"))
    body = group(node, nodes.Chars(node.span, name))
    command = "\\operatorname*" if node.limits else "\\operatorname"
    return nodes.OperatorName(node.span, command, body, node.limits)


def operator_name(node: Node, dialect: Dialect) -> Node:
    r"""A name; one with scripts or signs in it is upright math to math-core."""
    assert isinstance(node, nodes.OperatorName)
    if dialect.is_small and not all(map(_spells, node.body.items)):
        name = nodes.Font(node.span, "\\mathrm", braced(node.body), False)
        if not node.limits:
            return name
        return nodes.Classed(node.span, "\\mathop", "op", group(node, name))
    return replace(node, command="\\operatorname*") if node.limits else node


def _spells(node: Node) -> bool:
    letter = isinstance(node, nodes.Atom) and node.text.isalnum()
    return letter or isinstance(node, (nodes.Space, nodes.Chars))


def negation(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Negation)
    return replace(node, body=replace(node.body, latex=_char_of(node.body, dialect)))


def _char_of(atom: nodes.Atom, dialect: Dialect) -> str:
    return atom.text if atom.latex in dialect.lacks and len(atom.text) == 1 else atom.latex


def scripts(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Scripts)
    takes_limits = isinstance(node.base, (nodes.Operator, nodes.OperatorName))
    keeps = node.placement != "\\displaylimits" and (takes_limits or not dialect.is_small)
    base = node.base
    if isinstance(base, nodes.Scripts):  # a sign that was written as one with scripts
        base = group(base, base)
    shown = replace(node, base=base, placement=node.placement if keeps else "")
    return _small_scripts(shown, node.placement, dialect) if dialect.is_small else shown


def _small_scripts(node: nodes.Scripts, placement: str, dialect: Dialect) -> Node:
    """Scripts for math-core: what browsers set well, and the limits that it does not set."""
    base = node.base
    if isinstance(base, nodes.Delimiter):  # as a base by itself it would not stretch
        node = replace(node, base=group(base, base, group(base)))
    if isinstance(base, nodes.Classed) and base.kind == "op" and placement != "\\nolimits":
        name = _spelled(base)
        if name:
            return replace(node, base=name)
        if (placement == "\\limits" or dialect.is_display) and not node.primes:
            return _limits(node, base)
    if not isinstance(base, (nodes.Operator, nodes.OperatorName)):
        return _with_primes_beside(node)
    return node


def _spelled(node: nodes.Classed) -> Node | None:
    r"""The name that operators side by side are: `\arg\min` is one of two words."""
    signs = [item for item in node.body.items if not isinstance(item, nodes.Space)]
    names = [sign for sign in signs if isinstance(sign, nodes.Operator) and sign.named]
    if not names or len(names) < len(signs):
        return None
    name = "\\,".join(name.text.replace(" ", "\\,") for name in names)
    body = group(node, nodes.Chars(node.span, name))
    return nodes.OperatorName(node.span, "\\operatorname*", body, True)


def _limits(node: nodes.Scripts, base: Node) -> Node:
    """Scripts as limits below and above."""
    below, above = node.sub, node.sup
    if below is not None:
        base = nodes.Stack(node.span, "\\underset", group(node, base), None, braced(below))
    if above is not None:
        base = nodes.Stack(node.span, "\\overset", group(node, base), braced(above), None)
    return base


def _with_primes_beside(node: nodes.Scripts) -> Node:
    """Primes as signs behind base and subscript: raised, browsers draw them small and too high."""
    sup = node.sup.items if node.sup else ()
    are_primes = bool(sup) and all(isinstance(n, nodes.Atom) and n.latex == "\\prime" for n in sup)
    count = node.primes + (len(sup) if are_primes else 0)
    if not count or node.base is None:
        return node
    signs = [nodes.Atom(node.span, "\\prime", "′", "ord") for _ in range(count)]
    base = replace(node, primes=0, sup=None) if node.sub else node.base
    primed = group(node, base, *signs)
    has_power = node.sup is not None and not are_primes
    return replace(node, base=primed, sub=None, primes=0) if has_power else primed


DELIMITERS = {
    "⟨": "\\langle", "⟩": "\\rangle", "〈": "\\langle", "〉": "\\rangle", "⌈": "\\lceil",
    "⌉": "\\rceil", "⌊": "\\lfloor", "⌋": "\\rfloor", "⟮": "\\lgroup", "⟯": "\\rgroup",
    "⎰": "\\lmoustache", "⎱": "\\rmoustache", "∣": "|", "∥": "\\Vert", "‖": "\\Vert",
    "↑": "\\uparrow", "↓": "\\downarrow", "↕": "\\updownarrow", "⇑": "\\Uparrow",
    "⇓": "\\Downarrow", "⇕": "\\Updownarrow", "⌜": "\\ulcorner", "⌝": "\\urcorner",
    "⌞": "\\llcorner", "⌟": "\\lrcorner", "┌": "\\ulcorner", "┐": "\\urcorner",
    "└": "\\llcorner", "┘": "\\lrcorner", "{": "\\{", "}": "\\}", "\\": "\\backslash", "": ".",
}  # fmt: skip
"""Delimiters as both engines know them."""
GROWING = ("\\left", "\\right", "\\middle")
_ONLY_SMALL = frozenset("⟦⟧⦃⦄⟪⟫⦇⦈")
"""Delimiters that MathJax draws in one size only."""


def delimiter(node: Node, dialect: Dialect) -> Node:
    assert isinstance(node, nodes.Delimiter)
    if node.text in _ONLY_SMALL and not dialect.is_small:
        shown = nodes.Atom(node.span, node.text, node.text, node.kind)
        command = CLASSES.get(node.kind, "\\mathord")
        return nodes.Classed(node.span, command, node.kind, group(node, shown))
    return replace(node, latex=DELIMITERS.get(node.text, node.latex if node.text else "."))
