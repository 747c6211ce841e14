r"""LaTeX math: source to layout tree, and back.

    from blogkit.latex import parse, to_latex, walk

    parsed = parse(r"\frac{1}{2}\min\{1, x\}")
    parsed.tree        # nodes with their classes and places
    parsed.problems    # what is wrong with it
    to_latex(parsed.tree)

This package knows no posts, no index and no algebra: it imports `blogkit.spans` and the standard
library.
"""

from blogkit.latex.classes import atom_classes, class_of, flat_items
from blogkit.latex.invisible import invisible, visible
from blogkit.latex.macros import Macro
from blogkit.latex.nodes import (
    MAX_DEPTH,
    Accent,
    Array,
    ArrayRow,
    Arrow,
    Atom,
    AtomClass,
    Box,
    Chars,
    Choice,
    Classed,
    Color,
    Definition,
    Delimiter,
    Directive,
    Environment,
    Fenced,
    Font,
    Fraction,
    Link,
    Math,
    Modulo,
    Negation,
    NewLine,
    Node,
    Operator,
    OperatorName,
    Phantom,
    Raw,
    Reference,
    Root,
    Row,
    Rule,
    Scripts,
    Shift,
    Sideset,
    Space,
    Stack,
    Style,
    Tag,
    Text,
    Unknown,
    Verbatim,
    children,
    walk,
)
from blogkit.latex.parser import Parsed, parse
from blogkit.latex.printer import to_latex
from blogkit.latex.problems import Problem

__all__ = [
    "MAX_DEPTH",
    "Accent",
    "Array",
    "ArrayRow",
    "Arrow",
    "Atom",
    "AtomClass",
    "Box",
    "Chars",
    "Choice",
    "Classed",
    "Color",
    "Definition",
    "Delimiter",
    "Directive",
    "Environment",
    "Fenced",
    "Font",
    "Fraction",
    "Link",
    "Macro",
    "Math",
    "Modulo",
    "Negation",
    "NewLine",
    "Node",
    "Operator",
    "OperatorName",
    "Parsed",
    "Phantom",
    "Problem",
    "Raw",
    "Reference",
    "Root",
    "Row",
    "Rule",
    "Scripts",
    "Shift",
    "Sideset",
    "Space",
    "Stack",
    "Style",
    "Tag",
    "Text",
    "Unknown",
    "Verbatim",
    "atom_classes",
    "children",
    "class_of",
    "flat_items",
    "invisible",
    "parse",
    "to_latex",
    "visible",
    "walk",
]
