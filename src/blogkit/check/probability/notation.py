r"""Names as LaTeX, for what is printed of a counterexample or a condition.

Imports the operator tree and `affine.py`.
"""

from typing import Final

from blogkit.check.trees.affine import affine
from blogkit.formula import Apply, Call, Constant, Ellipsis, Index, Number, Relation, Symbol, Tree
from blogkit.formula import to_sexpr as _to_sexpr

_FONTS: Final = {
    "bold": "mathbf",
    "blackboard": "mathbb",
    "calligraphic": "mathcal",
    "fraktur": "mathfrak",
    "sans": "mathsf",
    "mono": "mathtt",
    "upright": "mathrm",
}
_ACCENTS: Final = {"bar": "bar", "hat": "hat", "tilde": "tilde", "vec": "vec", "dot": "dot"}
_GREEK: Final = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
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
            "phi",
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
        ],
        strict=True,
    )
)


def name_latex(tree: Tree) -> str:
    r"""LaTeX of a name, an index or a simple argument.

    >>> name_latex(Index(Symbol("y", font="bold"), (Number("1"),)))
    '\\mathbf{y}_{1}'
    """
    match tree:
        case Symbol():
            return _symbol(tree)
        case Number(text=text):
            return text
        case Constant(name="∅"):
            return r"\emptyset"
        case Ellipsis():
            return r"\dots"
        case Index():
            inside = ",".join(map(name_latex, tree.indices))
            base = name_latex(tree.base)
            return f"{base}^{{({inside})}}" if tree.upper else f"{base}_{{{inside}}}"
        case Relation(operands=operands, operators=(sign,)) if sign in {"=", "<"}:
            return sign.join(map(name_latex, operands)).strip()
        case Apply(operator="slice", args=(lower, upper)):
            return f"{name_latex(lower)}:{name_latex(upper)}"
        case Apply(operator="intersection" | "union" as word, args=args):
            return _joined(word, args)
        case Call():
            return _call(tree)
        case _:
            value = affine(tree)
            return _to_sexpr(tree) if value is None else value.latex.replace(" ", "")


def _joined(word: str, args: tuple[Tree, ...]) -> str:
    sign = r" \cap " if word == "intersection" else r" \cup "
    return sign.join(map(name_latex, args))


def _call(tree: Call) -> str:
    inside = ", ".join(map(name_latex, tree.args))
    if tree.conditions:
        inside += r" \mid " + ", ".join(map(name_latex, tree.conditions))
    if tree.parameters:
        inside += "; " + ", ".join(map(name_latex, tree.parameters))
    return f"{name_latex(tree.function)}({inside})"


def _symbol(tree: Symbol) -> str:
    text = _letter(tree)
    for accent in tree.accents:
        if accent in _ACCENTS:
            text = rf"\{_ACCENTS[accent]}{{{text}}}"
        else:
            text += {"star": "^{*}", "dagger": r"^{\dagger}"}.get(accent, "")
    text += "'" * tree.primes
    if tree.subscript is not None:
        text += f"_{{{name_latex(tree.subscript)}}}"
    if tree.superscript is not None:
        text += f"^{{{name_latex(tree.superscript)}}}"
    return text


def _letter(tree: Symbol) -> str:
    if tree.name == "Pr":
        return r"\Pr"
    letter = "\\" + _GREEK[tree.name] if tree.name in _GREEK else tree.name
    if tree.font == "bold" and tree.name in _GREEK:
        return rf"\boldsymbol{{{letter}}}"
    if tree.font in _FONTS:
        return rf"\{_FONTS[tree.font]}{{{letter}}}"
    return letter if len(tree.name) == 1 else rf"\mathrm{{{letter}}}"
