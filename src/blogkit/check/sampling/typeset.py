r"""LaTeX of operator trees that were made or changed by a program.

It exists for conditions and counterexamples, which have no source to be cut from. It prints plain
LaTeX that reads back to the same tree for numbers, names and the usual operators.
Imports the operator tree only.
"""

from typing import Final

from blogkit.formula import (
    Annotated,
    Apply,
    Big,
    Call,
    Collection,
    Constant,
    Ellipsis,
    Index,
    Interval,
    Number,
    Relation,
    Symbol,
    Tree,
)

_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩϵϕϑ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "varphi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "epsilon",
            "phi",
            "vartheta",
        ],
        strict=True,
    )
)
_CONSTANTS: Final = {
    "π": r"\pi",
    "∞": r"\infty",
    "∅": r"\emptyset",
    **{name: rf"\mathbb{{{name}}}" for name in "NZQRC"},
}
_SIGNS: Final = {
    "≠": r"\neq",
    "≤": r"\leq",
    "≥": r"\geq",
    "∈": r"\in",
    "∉": r"\notin",
    "⊂": r"\subset",
    "⊆": r"\subseteq",
    "≡": r"\equiv",
    "|": r"\mid",
    "∣": r"\mid",
    "∤": r"\nmid",
    "→": r"\to",
}
_FONTS: Final = {
    "bold": "mathbf",
    "blackboard": "mathbb",
    "calligraphic": "mathcal",
    "fraktur": "mathfrak",
    "sans": "mathsf",
    "mono": "mathtt",
    "upright": "mathrm",
}
_ACCENTS: Final = {"hat": "hat", "bar": "bar", "tilde": "tilde", "vector": "vec", "dot": "dot"}
_NAMED: Final = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "arcsin",
        "arccos",
        "arctan",
        "exp",
        "log",
        "ln",
        "lg",
        "gcd",
        "max",
        "min",
        "sup",
        "inf",
    ]
)
_BIG: Final = {"sum": r"\sum", "product": r"\prod", "integral": r"\int", "limit": r"\lim"}
_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4


def to_latex(tree: Tree) -> str:
    r"""LaTeX of a tree.

    >>> x = Symbol("x")
    >>> to_latex(Apply("plus", (x, Apply("minus", (Apply("divide", (Number("1"), x)),)))))
    'x - \\frac{1}{x}'
    """
    return _print(tree, 0)


def _print(tree: Tree, level: int) -> str:
    text, own = _with_level(tree)
    return rf"\left({text}\right)" if own < level else text


def _with_level(tree: Tree) -> tuple[str, int]:
    match tree:
        case Number(text):
            return text, _ATOM
        case Constant(name):
            return _CONSTANTS.get(name, name), _ATOM
        case Symbol():
            return _symbol(tree), _ATOM
        case Index(base, indices, upper):
            inner = ",".join(to_latex(index) for index in indices)
            script = f"^{{({inner})}}" if upper else f"_{{{inner}}}"
            return _print(base, _ATOM) + script, _ATOM
        case Apply():
            return _apply(tree)
        case Call(function, args):
            return f"{to_latex(function)}({', '.join(map(to_latex, args))})", _ATOM
        case Relation(operands, operators):
            text = to_latex(operands[0])
            for sign, operand in zip(operators, operands[1:], strict=True):
                text += f" {_SIGNS.get(sign, sign)} {to_latex(operand)}"
            return text, 0
    return _rest(tree)


def _rest(tree: Tree) -> tuple[str, int]:
    match tree:
        case Big():
            return _big(tree), _SUM
        case Collection(kind, items):
            opening, closing = {"set": (r"\{", r"\}"), "list": ("[", "]"), "tuple": ("(", ")")}.get(
                kind, ("", "")
            )
            return opening + ", ".join(map(to_latex, items)) + closing, _ATOM
        case Interval(lower, upper, has_lower, has_upper):
            ends = f"{to_latex(lower)}, {to_latex(upper)}"
            return ("[" if has_lower else "(") + ends + ("]" if has_upper else ")"), _ATOM
        case Ellipsis():
            return r"\dots", _ATOM
        case Annotated(body):
            return _with_level(body)
    return r"\cdots", _ATOM


def _symbol(symbol: Symbol) -> str:
    text = "\\" + _GREEK[symbol.name] if symbol.name in _GREEK else symbol.name
    if len(symbol.name) > 1:
        text = rf"\operatorname{{{symbol.name}}}"
    elif symbol.font in _FONTS:
        text = rf"\{_FONTS[symbol.font]}{{{text}}}"
    for accent in symbol.accents:
        text = rf"\{_ACCENTS[accent]}{{{text}}}" if accent in _ACCENTS else rf"{text}^{{*}}"
    text += "'" * symbol.primes
    if symbol.subscript is not None:
        text += f"_{{{to_latex(symbol.subscript)}}}"
    if symbol.superscript is not None:
        text += f"^{{{to_latex(symbol.superscript)}}}"
    return text


def _apply(tree: Apply) -> tuple[str, int]:
    args = tree.args
    match tree.operator:
        case "plus":
            return _terms(args), _SUM
        case "minus":
            return "-" + _print(args[0], _PRODUCT), _SUM
        case "times":
            return _factors(args), _PRODUCT
        case "divide":
            return rf"\frac{{{to_latex(args[0])}}}{{{to_latex(args[1])}}}", _PRODUCT
        case "power":
            return f"{_print(args[0], _ATOM)}^{{{to_latex(args[1])}}}", _POWER
        case "root":
            degree = f"[{to_latex(args[1])}]" if len(args) > 1 else ""
            return rf"\sqrt{degree}{{{to_latex(args[0])}}}", _ATOM
        case "abs":
            return rf"\left|{to_latex(args[0])}\right|", _ATOM
        case "norm":
            return rf"\left\|{to_latex(args[0])}\right\|", _ATOM
        case "floor" | "ceil" as side:
            return rf"\l{side} {to_latex(args[0])} \r{side}", _ATOM
        case "binomial":
            return rf"\binom{{{to_latex(args[0])}}}{{{to_latex(args[1])}}}", _ATOM
        case "factorial" | "double-factorial" as operator:
            return _print(args[0], _ATOM) + ("!" if operator == "factorial" else "!!"), _POWER
        case "log" if len(args) == 2:
            return rf"\log_{{{to_latex(args[1])}}}\left({to_latex(args[0])}\right)", _PRODUCT
    name = rf"\{tree.operator}" if tree.operator in _NAMED else _operator_name(tree.operator)
    return rf"{name}\left({', '.join(map(to_latex, args))}\right)", _PRODUCT


def _operator_name(operator: str) -> str:
    return rf"\operatorname{{{operator}}}"


def _terms(args: tuple[Tree, ...]) -> str:
    text = _print(args[0], _SUM)
    for arg in args[1:]:
        if isinstance(arg, Apply) and arg.operator == "minus":
            text += " - " + _print(arg.args[0], _PRODUCT)
        else:
            text += " + " + _print(arg, _PRODUCT)
    return text


def _factors(args: tuple[Tree, ...]) -> str:
    text = _print(args[0], _PRODUCT)
    for arg in args[1:]:
        part = _print(arg, _POWER if isinstance(arg, Apply) and arg.operator != "divide" else 2)
        text += (r" \cdot " if part[0].isdigit() else " ") + part
    return text


def _big(tree: Big) -> str:
    name = _BIG.get(tree.operator, rf"\{tree.operator}")
    bound = ", ".join(map(to_latex, tree.bound))
    if tree.operator == "integral":
        ends = f"_{{{to_latex(tree.lower)}}}" if tree.lower is not None else ""
        ends += f"^{{{to_latex(tree.upper)}}}" if tree.upper is not None else ""
        return rf"{name}{ends} {_print(tree.body, _PRODUCT)} \, d{bound}"
    below = to_latex(tree.condition) if tree.condition is not None else bound
    if tree.lower is not None:
        below = f"{bound} = {to_latex(tree.lower)}"
    above = f"^{{{to_latex(tree.upper)}}}" if tree.upper is not None else ""
    return f"{name}_{{{below}}}{above} {_print(tree.body, _PRODUCT)}"
