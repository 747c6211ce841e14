r"""From a command and its arguments to a node: one short function for each kind of node.

They know nothing of tokens; `reader` has read the arguments by the table in `commands`.
"""

from collections.abc import Callable

from blogkit.latex import nodes
from blogkit.latex.commands import Command
from blogkit.latex.nodes import AtomClass, Node, Row
from blogkit.spans import Span


class Arguments:
    """What was read after a command: nothing at first.

    ``star`` is `*` where the command had one, ``rows`` are the arguments that are lists, ``option``
    is the list in brackets, and ``raws`` are arguments kept as written, with their brackets.
    """

    __slots__ = ("option", "raws", "rows", "star")

    def __init__(self) -> None:
        self.star = ""
        self.rows: list[Row] = []
        self.option: Row | None = None
        self.raws: list[str] = []

    @property
    def raw(self) -> str:
        """All arguments that are kept as written."""
        return "".join(self.raws)


Builder = Callable[[Command, Span, Arguments], Node]


def _inside(raw: str) -> str:
    return raw[1:-1] if raw[:1] in "{[" and raw else raw.strip()


def _class(name: str) -> AtomClass:
    for kind in _CLASSES:
        if kind == name:
            return kind
    return "ord"


_CLASSES: tuple[AtomClass, ...] = ("ord", "op", "bin", "rel", "open", "close", "punct", "inner")


def fraction(command: Command, span: Span, given: Arguments) -> Node:
    """`\\frac` and its kin; `\\genfrac` says all by its arguments."""
    numerator, denominator = given.rows
    left, right, rule = _fraction_signs(command, given.raws)
    infix = command.node == "Infix"
    return nodes.Fraction(
        span, command.name, given.raw, numerator, denominator, rule, left, right, infix
    )


def _fraction_signs(command: Command, raws: list[str]) -> tuple[str, str, bool]:
    """Delimiters on both sides, and whether there is a line."""
    if command.name == "\\genfrac":
        thickness = _inside(raws[2]).strip()
        return _inside(raws[0]).strip(), _inside(raws[1]).strip(), not _is_zero(thickness)
    rule = command.detail == "rule"
    if command.arguments.startswith("dd"):
        left, right = (raw.strip() for raw in raws[:2])
        return left.replace(".", ""), right.replace(".", ""), rule
    if command.detail in ("()", "[]", "\\{\\}"):
        half = len(command.detail) // 2
        return command.detail[:half], command.detail[half:], rule
    return "", "", rule and not (raws and _is_zero(_inside(raws[-1])))


def _is_zero(length: str) -> bool:
    number = length.strip().rstrip("abcdefghijklmnopqrstuvwxyz ")
    return bool(number) and not number.strip("0.+-")


def _root(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Root(span, command.name, given.rows[0], given.option)


def _accent(command: Command, span: Span, given: Arguments) -> Node:
    under = command.detail.endswith("under")
    wide = under or command.detail.endswith("wide")
    return nodes.Accent(span, command.name, command.detail[:1], given.rows[0], under, wide)


def _arrow(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Arrow(span, command.name, command.detail, given.rows[0], given.option)


def _stack(command: Command, span: Span, given: Arguments) -> Node:
    parts = dict(zip(command.detail, given.rows, strict=True))
    return nodes.Stack(span, command.name, parts["b"], parts.get("o"), parts.get("u"))


def _sideset(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Sideset(span, *given.rows)


def _choice(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Choice(span, *given.rows)


def _text(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Text(span, command.name, given.rows[0])


def _tag(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Tag(span, command.name + given.star, given.rows[0] if given.rows else None)


def _font(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Font(span, command.name, given.rows[0], False)


def _color(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Color(span, command.name, given.raw, given.rows[0], False)


def _classed(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Classed(span, command.name, _class(command.detail), given.rows[0])


def _operator_name(command: Command, span: Span, given: Arguments) -> Node:
    name = command.name + given.star
    return nodes.OperatorName(span, name, given.rows[0], name != "\\operatorname")


_UNITS_EM = {
    "em": 1.0,
    "mu": 1 / 18,
    "ex": 0.43,
    "pt": 0.1,
    "px": 0.075,
    "bp": 0.1004,
    "mm": 0.2845,
    "cm": 2.845,
    "in": 7.227,
    "pc": 1.2,
    "dd": 0.107,
    "cc": 1.284,
    "sp": 0.1 / 65536,
}


def length_em(length: str) -> float:
    """A length in em of the text size, 10 pt; 0 where it is none.

    >>> length_em("18mu"), length_em("-.5em")
    (1.0, -0.5)
    """
    text = "".join(length.split())
    for unit, size in _UNITS_EM.items():
        number, found, _ = text.partition(unit)
        if found and number.strip("+-").replace(".", "", 1).isdecimal():
            return (
                round(float(number.replace("--", "")) * size, 4) if number.count("-") < 2 else 0.0
            )
    return 0.0


def _space(command: Command, span: Span, given: Arguments) -> Node:
    latex = command.name + given.star + given.raw
    width = float(command.detail) if command.detail else length_em(_inside(given.raw))
    return nodes.Space(span, latex, 0.0 if command.name == "\\vspace" else width)


def _phantom(command: Command, span: Span, given: Arguments) -> Node:
    visible = not command.name.endswith("phantom")
    return nodes.Phantom(span, command.name, given.raw, given.rows[0], visible)


def _box(command: Command, span: Span, given: Arguments) -> Node:
    if len(given.rows) == 2:
        target, body = given.rows
        return nodes.Stack(span, command.name, body, target, None)
    return nodes.Box(span, command.name, given.raw, given.rows[0])


def _shift(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Shift(span, command.name, given.raw, given.rows[0])


def _link(command: Command, span: Span, given: Arguments) -> Node:
    url = _inside(given.raw)
    return nodes.Link(span, command.name, url, given.rows[0] if given.rows else None)


def _rule(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Rule(span, command.name + given.raw)


def _reference(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Reference(span, command.name, _inside(given.raw))


def _modulo(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Modulo(span, command.name, given.rows[0])


def _directive(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.Directive(span, command.name, given.raw)


def _plain_new_line(command: Command, span: Span, given: Arguments) -> Node:
    return nodes.NewLine(span, command.name)


BUILDERS: dict[str, Builder] = {
    "Accent": _accent,
    "Arrow": _arrow,
    "Box": _box,
    "Choice": _choice,
    "Classed": _classed,
    "Color": _color,
    "Directive": _directive,
    "Font": _font,
    "Fraction": fraction,
    "Link": _link,
    "Modulo": _modulo,
    "OperatorName": _operator_name,
    "Phantom": _phantom,
    "PlainNewLine": _plain_new_line,
    "Reference": _reference,
    "Root": _root,
    "Rule": _rule,
    "Shift": _shift,
    "Sideset": _sideset,
    "Space": _space,
    "Stack": _stack,
    "Tag": _tag,
    "Text": _text,
}
"""Name of a node in the table of commands -> what builds it from arguments alone."""
