"""LaTeX of SymPy expressions, with names as they were written in the formula.

SymPy is imported inside functions only.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sympy import Expr


def latex_of_expression(part: "Expr", names: Mapping["Expr", str]) -> str:
    r"""LaTeX of an expression.

    Args:
        part: Any expression.
        names: LaTeX of its symbols.

    >>> from sympy import Symbol
    >>> x = Symbol("x")
    >>> latex_of_expression(x**2, {x: r"\hat{x}"})
    '\\hat{x}^{2}'
    """
    from sympy import latex
    from sympy.core.function import AppliedUndef

    calls = sorted(part.atoms(AppliedUndef), key=lambda call: -len(str(call)))
    stand_ins: dict[Expr, Expr] = {}
    shown = dict(names)
    for call in calls:
        stand_in = _stand_in(len(stand_ins))
        stand_ins[call] = stand_in
        shown[stand_in] = _latex_of_call(call, names)
    return str(latex(part.xreplace(stand_ins), symbol_names=shown, order="none"))


def _stand_in(number: int) -> "Expr":
    from sympy import Symbol

    return Symbol(f"#{number}")


def _latex_of_call(call: "Expr", names: Mapping["Expr", str]) -> str:
    from sympy import latex

    name = str(call.func)
    inner = [str(latex(arg, symbol_names=dict(names))) for arg in call.args]
    if name.endswith("_"):
        return f"{name[:-1]}_{{{','.join(inner)}}}"
    if name.endswith("^"):
        return f"{name[:-1]}^{{({','.join(inner)})}}"
    if name in ("greatest", "least"):
        body, letter, lower, upper = inner
        word = r"\max" if name == "greatest" else r"\min"
        return rf"{word}_{{{lower} \leq {letter} \leq {upper}}} {body}"
    return f"{name.split('/')[0]}({', '.join(inner)})"
