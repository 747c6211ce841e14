"""LaTeX of SymPy expressions, with names as they were written in the formula.

SymPy prints what it made itself; names are printed as the trees that they stand for.
"""

from collections.abc import Mapping

from sympy import Expr, Symbol, latex
from sympy.core.function import AppliedUndef

from blogkit.formula import Tree
from blogkit.formula.printing import to_latex


def latex_of_expression(part: Expr, trees: Mapping[str, Tree]) -> str:
    r"""LaTeX of an expression.

    Args:
        part: Any expression.
        trees: What the names of its symbols and functions stand for.

    >>> from sympy import Symbol
    >>> from blogkit.formula import Symbol as Name
    >>> latex_of_expression(Symbol("x") ** 2, {"x": Name("x", accents=("hat",))})
    '\\hat{x}^{2}'
    """
    calls = sorted(part.atoms(AppliedUndef), key=lambda call: -len(str(call)))
    stand_ins = {call: Symbol(f"#{number}") for number, call in enumerate(calls)}
    shown = {name: to_latex(trees[name.name]) for name in part.atoms(Symbol) if name.name in trees}
    shown |= {stand_in: _latex_of_call(call, trees) for call, stand_in in stand_ins.items()}
    return str(latex(part.xreplace(stand_ins), symbol_names=shown, order="none"))


def _latex_of_call(call: Expr, trees: Mapping[str, Tree]) -> str:
    name = str(call.func)
    inner = [latex_of_expression(arg, trees) for arg in call.args]
    if name in ("greatest", "least"):
        body, letter, lower, upper = inner
        word = r"\max" if name == "greatest" else r"\min"
        return rf"{word}_{{{lower} \leq {letter} \leq {upper}}} {body}"
    shown = to_latex(trees[name]) if name in trees else name
    if name.endswith("_"):
        return f"{shown}_{{{','.join(inner)}}}"
    return f"{shown}^{{({','.join(inner)})}}" if name.endswith("^") else _applied(shown, inner)


def _applied(function: str, args: list[str]) -> str:
    return f"{function}({', '.join(args)})"
