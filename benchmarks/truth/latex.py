"""Fungrim's expressions as LaTeX, in the way that mathematicians write them.

Only for the usual notation; others raise KeyError and the formula is left out. Brackets are set
wherever a reader could doubt.
"""

from collections.abc import Callable

from .grim import Expr

_NAMES = {
    "Pi": r"\pi",
    "ConstE": "e",
    "ConstI": "i",
    "ConstGamma": r"\gamma",
    "Infinity": r"\infty",
    "ZZ": r"\mathbb{Z}",
    "RR": r"\mathbb{R}",
    "CC": r"\mathbb{C}",
    "QQ": r"\mathbb{Q}",
}
_GREEK = frozenset(
    ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma", "Phi", "Psi", "Omega"]
)
_CALLS = {
    "Log": r"\log",
    "Sin": r"\sin",
    "Cos": r"\cos",
    "Tan": r"\tan",
    "Cot": r"\cot",
    "Sec": r"\sec",
    "Csc": r"\csc",
    "Sinh": r"\sinh",
    "Cosh": r"\cosh",
    "Tanh": r"\tanh",
    "Coth": r"\coth",
    "Sech": r"\operatorname{sech}",
    "Csch": r"\operatorname{csch}",
    "Asin": r"\operatorname{asin}",
    "Acos": r"\operatorname{acos}",
    "Atan": r"\operatorname{atan}",
    "Acot": r"\operatorname{acot}",
    "Asinh": r"\operatorname{asinh}",
    "Acosh": r"\operatorname{acosh}",
    "Atanh": r"\operatorname{atanh}",
    "Atan2": r"\operatorname{atan2}",
    "Sinc": r"\operatorname{sinc}",
    "Sign": r"\operatorname{sgn}",
    "Re": r"\operatorname{Re}",
    "Im": r"\operatorname{Im}",
    "Arg": r"\arg",
    "Gamma": r"\Gamma",
    "Erf": r"\operatorname{erf}",
    "Erfc": r"\operatorname{erfc}",
    "GCD": r"\gcd",
    "LCM": r"\operatorname{lcm}",
    "Max": r"\max",
    "Min": r"\min",
}
_RELATIONS = {
    "Equal": "=",
    "NotEqual": r"\ne",
    "Less": "<",
    "LessEqual": r"\le",
    "Greater": ">",
    "GreaterEqual": r"\ge",
    "Divides": r"\mid",
    "Element": r"\in",
    "NotElement": r"\notin",
}
_ATOMIC = {"Abs", "Sqrt", "Floor", "Ceil", "Binomial", "Conjugate", "Parentheses", "Brackets"}


def latex(expr: Expr) -> str:
    """The expression in LaTeX; KeyError for a head that has no usual notation here."""
    if not expr.args:
        return _name(expr.head)
    if expr.head in _RELATIONS:
        return f" {_RELATIONS[expr.head]} ".join(map(latex, expr.args))
    if expr.head in _CALLS:
        inside = ", ".join(map(latex, expr.args))
        return rf"{_CALLS[expr.head]}\left({inside}\right)"
    return _WRITERS[expr.head](*expr.args)


def _name(head: str) -> str:
    if head in _NAMES:
        return _NAMES[head]
    if head.lstrip("-").isdecimal() or len(head) == 1:
        return head
    if head in _GREEK:
        return "\\" + head
    raise KeyError(head)


def _factor(expr: Expr) -> str:
    """A factor of a product: sums, signs and large operators in brackets."""
    text = latex(expr)
    open_ended = expr.head in ("Add", "Sub", "Neg", "Sum", "Product", "Pos", "Mod", "Cases")
    return _bracketed(text) if open_ended or text.startswith("-") else text


def _base(expr: Expr) -> str:
    """The base of a power or factorial."""
    text = latex(expr)
    is_atom = not expr.args and not text.startswith("-")
    return text if is_atom or expr.head in _ATOMIC else _bracketed(text)


def _term(expr: Expr) -> str:
    text = latex(expr)
    return _bracketed(text) if text.startswith("-") or expr.head in ("Add", "Sub") else text


def _bracketed(text: str) -> str:
    return rf"\left({text}\right)"


def _add(*args: Expr) -> str:
    return " + ".join([latex(args[0]), *map(_term, args[1:])])


def _big(sign: str) -> Callable[..., str]:
    def write(body: Expr, binder: Expr) -> str:
        if binder.head != "For" or len(binder.args) != 3:
            raise KeyError(binder.head)
        name, low, high = map(latex, binder.args)
        inside = latex(body)
        if body.head in ("Add", "Sub"):
            inside = _bracketed(inside)
        return rf"{sign}_{{{name}={low}}}^{{{high}}} {inside}"

    return write


def _cases(*branches: Expr) -> str:
    lines = []
    for branch in branches:
        chosen, condition = branch.args
        said = r"\text{otherwise}" if condition.head == "Otherwise" else latex(condition)
        lines.append(f"{latex(chosen)}, & {said}")
    return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"


_WRITERS: dict[str, Callable[..., str]] = {
    "Add": _add,
    "Sub": lambda a, b: f"{latex(a)} - {_term(b)}",
    "Mul": lambda *args: r" \cdot ".join(map(_factor, args)),
    "Div": lambda a, b: rf"\frac{{{latex(a)}}}{{{latex(b)}}}",
    "Neg": lambda a: f"-{_factor(a)}",
    "Pow": lambda a, b: f"{{{_base(a)}}}^{{{latex(b)}}}",
    "Sqrt": lambda a: rf"\sqrt{{{latex(a)}}}",
    "Exp": lambda a: f"{{e}}^{{{latex(a)}}}",
    "Abs": lambda a: rf"\left|{latex(a)}\right|",
    "Floor": lambda a: rf"\left\lfloor {latex(a)} \right\rfloor",
    "Ceil": lambda a: rf"\left\lceil {latex(a)} \right\rceil",
    "Conjugate": lambda a: rf"\overline{{{latex(a)}}}",
    "Factorial": lambda a: f"{_base(a)} !",
    "DoubleFactorial": lambda a: f"{_base(a)} !!",
    "Binomial": lambda n, k: rf"\binom{{{latex(n)}}}{{{latex(k)}}}",
    "RisingFactorial": lambda x, n: rf"\left({latex(x)}\right)_{{{latex(n)}}}",
    "Mod": lambda a, n: rf"{_factor(a)} \bmod {_factor(n)}",
    "CongruentMod": lambda a, b, n: rf"{latex(a)} \equiv {latex(b)} \pmod{{{latex(n)}}}",
    "Parentheses": lambda a: _bracketed(latex(a)),
    "Brackets": lambda a: _bracketed(latex(a)),
    "Sum": _big(r"\sum"),
    "Product": _big(r"\prod"),
    "Cases": _cases,
    "And": lambda *args: r" \;\mathbin{\operatorname{and}}\; ".join(map(latex, args)),
}

USUAL = frozenset(
    [*_NAMES, *_CALLS, *_RELATIONS, *_WRITERS, "Exp", "For", "Tuple", "Otherwise", "Sum"]
)
"""Heads of usual notation: formulas of these alone are checked."""
