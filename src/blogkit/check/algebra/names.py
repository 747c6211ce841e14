r"""LaTeX of what a proof takes as one thing: symbols, members of families, norms, unknown calls.

It exists because a printed condition or step must name what the reader wrote, and an operator tree
carries no LaTeX. Only the parts of a tree that can be such an atom are spelled out in full; the
rest are written as their S-expression. Imports the operator tree only.
"""

import unicodedata

from blogkit.formula import (
    Apply,
    Call,
    Constant,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
    to_sexpr,
)

_FONTS = {
    "bold": r"\boldsymbol",
    "blackboard": r"\mathbb",
    "calligraphic": r"\mathcal",
    "fraktur": r"\mathfrak",
    "sans": r"\mathsf",
    "mono": r"\mathtt",
    "upright": r"\mathrm",
}
_CONSTANTS = {"π": r"\pi", "∞": r"\infty", "∅": r"\emptyset"}


def latex_of(tree: Tree) -> str:
    r"""LaTeX of a name, or of the short things that can stand as one.

    >>> latex_of(Index(Symbol("θ", accents=("hat",)), (Symbol("i"),)))
    '\\hat{\\theta}_{i}'
    """
    match tree:
        case Symbol():
            return _latex_of_symbol(tree)
        case Number(text=text):
            return text
        case Constant(name=name):
            return _CONSTANTS.get(name, name)
        case Index(base=base, indices=indices, upper=upper):
            inner = ",".join(map(latex_of, indices))
            return f"{latex_of(base)}^{{({inner})}}" if upper else f"{latex_of(base)}_{{{inner}}}"
        case Call():
            return _latex_of_call(tree)
        case Apply():
            return _latex_of_operator(tree)
        case Relation(operands=operands, operators=operators):
            words = [latex_of(operands[0])]
            for sign, operand in zip(operators, operands[1:], strict=True):
                words += [sign, latex_of(operand)]
            return " ".join(words)
    return rf"\text{{{to_sexpr(tree)}}}"


def _latex_of_symbol(symbol: Symbol) -> str:
    word = "".join(_latex_of_letter(letter) for letter in symbol.name)
    if symbol.font:
        word = f"{_FONTS[symbol.font]}{{{word}}}" if symbol.font in _FONTS else word
    elif len(symbol.name) > 1:
        word = rf"\mathrm{{{symbol.name}}}"
    for accent in symbol.accents:
        word = f"{word}^{{*}}" if accent == "star" else rf"\{accent}{{{word}}}"
    word += "'" * symbol.primes
    if symbol.subscript is not None:
        word += f"_{{{latex_of(symbol.subscript)}}}"
    if symbol.superscript is not None:
        word += f"^{{{latex_of(symbol.superscript)}}}"
    return word


def _latex_of_letter(letter: str) -> str:
    words = unicodedata.name(letter, "").split()
    if words[:1] != ["GREEK"] or len(words) != 4 or words[2] != "LETTER":
        return letter
    name = {"LAMDA": "lambda"}.get(words[3], words[3].lower())
    return f"\\{name}" if words[1] == "SMALL" else f"\\{name.capitalize()}"


def _latex_of_call(call: Call) -> str:
    inner = ", ".join(map(latex_of, call.args))
    if call.conditions:
        inner += r" \mid " + ", ".join(map(latex_of, call.conditions))
    if call.parameters:
        inner += "; " + ", ".join(map(latex_of, call.parameters))
    return f"{latex_of(call.function)}({inner})"


def _latex_of_operator(tree: Apply) -> str:
    args = tuple(map(latex_of, tree.args))
    match tree.operator, args:
        case "norm", (inner,):
            return rf"\left\Vert {inner}\right\Vert"
        case "norm", (inner, index):
            return rf"\left\Vert {inner}\right\Vert_{{{index}}}"
        case "gradient", (inner,):
            return rf"\nabla {inner}"
        case "gradient", (inner, by):
            return rf"\nabla_{{{by}}} {inner}"
        case "plus", _:
            return "+".join(args).replace("+-", "-")
        case "minus", (inner,):
            return f"-{inner}"
        case "times", _:
            return " ".join(args)
        case "divide", (above, below):
            return rf"\frac{{{above}}}{{{below}}}"
        case "power", (base, exponent):
            return f"{base}^{{{exponent}}}"
        case "transpose", (inner,):
            return rf"{inner}^{{\top}}"
        case "determinant", (inner,):
            return rf"\det {inner}"
        case "trace", (inner,):
            return rf"\operatorname{{tr}} {inner}"
        case "inner", (left, right):
            return rf"\langle {left}, {right}\rangle"
    return rf"\operatorname{{{tree.operator}}}({', '.join(args)})"
