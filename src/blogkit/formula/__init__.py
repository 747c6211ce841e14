r"""What formulas mean: the operator tree.

    from blogkit.formula import build, to_sexpr
    from blogkit.latex import parse

    reading = build(parse(r"\sum_{i=1}^n x_i = 1").tree)
    to_sexpr(reading.tree)   # (= (sum :for i :from 1 :to n :of (index x i)) 1)

This package imports `blogkit.latex`, `blogkit.spans` and the standard library; no algebra.
"""

from blogkit.formula.build import Reading, build
from blogkit.formula.context import Assumption
from blogkit.formula.sexpr import to_sexpr
from blogkit.formula.tree import (
    NOWHERE,
    Annotated,
    Apply,
    Big,
    Blank,
    Call,
    Cases,
    Collection,
    Comprehension,
    Constant,
    Ellipsis,
    Expectation,
    Index,
    Interval,
    Matrix,
    Number,
    Opaque,
    Relation,
    Sign,
    Symbol,
    System,
    Text,
    Tree,
    Where,
    children,
    walk,
)
from blogkit.formula.variables import Variables, variables

__all__ = [
    "NOWHERE",
    "Annotated",
    "Apply",
    "Assumption",
    "Big",
    "Blank",
    "Call",
    "Cases",
    "Collection",
    "Comprehension",
    "Constant",
    "Ellipsis",
    "Expectation",
    "Index",
    "Interval",
    "Matrix",
    "Number",
    "Opaque",
    "Reading",
    "Relation",
    "Sign",
    "Symbol",
    "System",
    "Text",
    "Tree",
    "Variables",
    "Where",
    "build",
    "children",
    "to_sexpr",
    "variables",
    "walk",
]
