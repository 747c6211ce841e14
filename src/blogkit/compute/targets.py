r"""What code is written for, and how each operator is written there: one table.

A row has the form of an operator for plain Python, and others where they differ; `{m}` is the
library's name there and `{0}`, `{1}` are the arguments. Tables only; imports nothing of blogkit.
"""

from dataclasses import dataclass
from typing import Final, Literal

To = Literal["python", "numpy", "torch", "jax", "sympy"]
"""What a formula can become."""

SUM, PRODUCT, UNARY, POWER, ATOM = 2, 3, 4, 5, 6
"""How tightly a piece of Python holds together, loosest first; below are relations and `if`."""


@dataclass(frozen=True, slots=True)
class Target:
    """A language that code is written in: Python with a library."""

    to: To
    """Its name."""
    module: str
    """What the library is called in code."""
    imports: tuple[str, ...]
    """Lines that import it."""
    has_arrays: bool
    """Whether functions are applied to whole arrays at once."""
    needs_arrays: bool = False
    """Whether its functions refuse plain numbers."""


TARGETS: Final[dict[To, Target]] = {
    "python": Target("python", "math", ("import math",), False),
    "numpy": Target("numpy", "np", ("import numpy as np",), True),
    "torch": Target("torch", "torch", ("import torch",), True, needs_arrays=True),
    "jax": Target("jax", "jnp", ("import jax.numpy as jnp",), True),
    "sympy": Target("sympy", "sympy", ("import sympy",), False),
}
"""All targets by name."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one operator is written."""

    python: str
    """For plain Python, and for all targets of which nothing else is said."""
    numpy: str = ""
    """For NumPy, and for JAX where nothing else is said."""
    torch: str = ""
    """For PyTorch."""
    jax: str = ""
    """For JAX."""
    sympy: str = ""
    """For SymPy."""
    level: int = ATOM
    """How tightly what is written holds together."""
    is_entrywise: bool = True
    """Whether it is taken of each entry of an array."""

    def of(self, to: To) -> str:
        """The form for a target.

        >>> OPERATORS["arcsin"].of("jax"), OPERATORS["exp"].of("torch")
        ('{m}.arcsin({0})', '{m}.exp({0})')
        """
        own: str = getattr(self, to)
        return own or (self.numpy if to == "jax" else "") or self.python


def _same(*names: str) -> dict[str, Form]:
    return {name: Form(f"{{m}}.{name}({{0}})") for name in names}


def _arcs() -> dict[str, Form]:
    functions = ["sin", "cos", "tan", "sinh", "cosh", "tanh"]
    return {f"arc{f}": Form(f"{{m}}.a{f}({{0}})", f"{{m}}.arc{f}({{0}})") for f in functions}


def _inverted(**names: str) -> dict[str, Form]:
    return {name: Form(f"1 / {{m}}.{of}({{0}})", level=PRODUCT) for name, of in names.items()}


_EACH: Final = "np.vectorize(math.{}, otypes=[float])"

OPERATORS: Final[dict[str, Form]] = {
    **_same("sin", "cos", "tan", "sinh", "cosh", "tanh", "exp"),
    **_arcs(),
    **_inverted(cot="tan", sec="cos", csc="sin", coth="tanh", sech="cosh", csch="sinh"),
    "arccot": Form("{m}.atan(1 / {0})", "{m}.arctan(1 / {0})"),
    "log": Form("{m}.log({0})"),
    "ln": Form("{m}.log({0})"),
    "lg": Form("math.log10({0})", "{m}.log10({0})", "torch.log10({0})", sympy="sympy.log({0}, 10)"),
    "log2": Form("math.log2({0})", "{m}.log2({0})", "torch.log2({0})", sympy="sympy.log({0}, 2)"),
    "log-to": Form(
        "{m}.log({0}, {1})",
        "{m}.log({0}) / {m}.log({1})",
        "torch.log({0}) / math.log({1})",
        level=ATOM,
    ),
    "log1p": Form("{m}.log1p({0})", sympy="sympy.log(1 + {0})"),
    "expm1": Form("{m}.expm1({0})", sympy="sympy.exp({0}) - 1"),
    "sqrt": Form("{m}.sqrt({0})"),
    "abs": Form("abs({0})", "{m}.abs({0})", "torch.abs({0})", sympy="sympy.Abs({0})"),
    "floor": Form("{m}.floor({0})"),
    "ceil": Form("{m}.ceil({0})", sympy="sympy.ceiling({0})"),
    "round": Form("round({0})", "{m}.round({0})", "torch.round({0})"),
    "sign": Form(
        "(({0} > 0) - ({0} < 0))", "{m}.sign({0})", "torch.sign({0})", sympy="sympy.sign({0})"
    ),
    "mod": Form("{0} % {1}", level=PRODUCT),
    "percent": Form("{0} / 100", level=PRODUCT),
    "erf": Form(
        "math.erf({0})",
        _EACH.format("erf") + "({0})",
        "torch.erf({0})",
        "jax.scipy.special.erf({0})",
        "sympy.erf({0})",
    ),
    "erfc": Form(
        "math.erfc({0})",
        _EACH.format("erfc") + "({0})",
        "torch.erfc({0})",
        "jax.scipy.special.erfc({0})",
        "sympy.erfc({0})",
    ),
    "gamma": Form(
        "math.gamma({0})",
        _EACH.format("gamma") + "({0})",
        "torch.exp(torch.lgamma({0}))",
        "jax.scipy.special.gamma({0})",
        "sympy.gamma({0})",
    ),
    "factorial": Form(
        "math.gamma({0} + 1)",
        _EACH.format("gamma") + "({0} + 1)",
        "torch.exp(torch.lgamma({0} + 1))",
        "jax.scipy.special.factorial({0})",
        "sympy.factorial({0})",
    ),
    "factorial-of-whole": Form("math.factorial({0})", sympy="sympy.factorial({0})"),
    "binomial": Form(
        "math.comb({0}, {1})",
        "np.vectorize(math.comb, otypes=[float])({0}, {1})",
        "math.comb({0}, {1})",
        "jnp.exp(jax.scipy.special.gammaln({0} + 1) - jax.scipy.special.gammaln({1} + 1)"
        " - jax.scipy.special.gammaln({0} - {1} + 1))",
        "sympy.binomial({0}, {1})",
    ),
    "smaller": Form(
        "min({0}, {1})",
        "{m}.minimum({0}, {1})",
        "torch.minimum({0}, {1})",
        sympy="sympy.Min({0}, {1})",
    ),
    "larger": Form(
        "max({0}, {1})",
        "{m}.maximum({0}, {1})",
        "torch.maximum({0}, {1})",
        sympy="sympy.Max({0}, {1})",
    ),
    "where": Form(
        "({1} if {0} else {2})",
        "{m}.where({0}, {1}, {2})",
        "torch.where({0}, {1}, {2})",
        sympy="sympy.Piecewise(({1}, {0}), ({2}, True))",
    ),
    "and": Form("({0} and {1})", "({0} & {1})", "({0} & {1})", sympy="sympy.And({0}, {1})"),
    "or": Form("({0} or {1})", "({0} | {1})", "({0} | {1})", sympy="sympy.Or({0}, {1})"),
    "not": Form("(not {0})", "~{0}", "~{0}", sympy="sympy.Not({0})"),
    "real-part": Form("({0}).real", "{m}.real({0})", "torch.real({0})", sympy="sympy.re({0})"),
    "imaginary-part": Form("({0}).imag", "{m}.imag({0})", "torch.imag({0})", sympy="sympy.im({0})"),
    # functions with a name of their own, in forms that do not overflow
    "sigmoid": Form(
        "sigmoid({0})",
        "np.exp(-np.logaddexp(0, -{0}))",
        "torch.sigmoid({0})",
        "jax.nn.sigmoid({0})",
        "1 / (1 + sympy.exp(-{0}))",
    ),
    "softplus": Form(
        "softplus({0})",
        "{m}.logaddexp(0, {0})",
        "torch.nn.functional.softplus({0})",
        sympy="sympy.log(1 + sympy.exp({0}))",
    ),
}
"""Operators taken of numbers, or of each entry of an array."""

WHOLE: Final[dict[str, Form]] = {
    "max": Form("max({0})", "{m}.max({0})", "torch.max({0})", sympy="sympy.Max(*{0})"),
    "min": Form("min({0})", "{m}.min({0})", "torch.min({0})", sympy="sympy.Min(*{0})"),
    "sum": Form("sum({0})", "{m}.sum({0})", "torch.sum({0})"),
    "product": Form("math.prod({0})", "{m}.prod({0})", "torch.prod({0})", sympy="sympy.prod({0})"),
    "norm": Form(
        "math.hypot(*{0})",
        "{m}.linalg.norm({0})",
        "torch.linalg.norm({0})",
        sympy="sympy.Matrix({0}).norm()",
    ),
    "norm-of-order": Form(
        "sum(abs(entry) ** {1} for entry in {0}) ** (1 / {1})",
        "{m}.linalg.norm({0}, ord={1})",
        "torch.linalg.norm({0}, ord={1})",
        level=POWER,
    ),
    "largest-size": Form(
        "max(map(abs, {0}))",
        "{m}.max({m}.abs({0}))",
        "torch.max(torch.abs({0}))",
        sympy="sympy.Max(*map(sympy.Abs, {0}))",
    ),
    "softmax": Form("softmax({0})", torch="torch.softmax({0}, dim=-1)", jax="jax.nn.softmax({0})"),
    "logsumexp": Form(
        "logsumexp({0})", torch="torch.logsumexp({0}, dim=-1)", jax="jax.nn.logsumexp({0})"
    ),
    "outer": Form("", "{m}.outer({0}, {1})", "torch.outer({0}, {1})"),
    "trace": Form("", "{m}.trace({0})", "torch.trace({0})"),
    "determinant": Form("", "{m}.linalg.det({0})", "torch.linalg.det({0})"),
    "inverse": Form("", "{m}.linalg.inv({0})", "torch.linalg.inv({0})"),
    "pseudo-inverse": Form("", "{m}.linalg.pinv({0})", "torch.linalg.pinv({0})"),
    "rank": Form("", "{m}.linalg.matrix_rank({0})", "torch.linalg.matrix_rank({0})"),
    "diagonal": Form("", "{m}.diag({0})", "torch.diag({0})"),
    "matrix-power": Form(
        "", "{m}.linalg.matrix_power({0}, {1})", "torch.linalg.matrix_power({0}, {1})"
    ),
    "stack": Form("[{0}]", "{m}.array([{0}])", "torch.stack([{0}])"),
}
"""Operators taken of a whole array or list."""

_ENDED_SERIES: Final = '''\
def series(term, first, terms):
    """The sum of so many terms, ended before where they no longer count or overflow."""
    total, idle = term(first), 0
    for k in range(first + 1, first + terms):
        try:
            new = term(k)
        except OverflowError:
            break
        total = total + new
        idle = idle + 1 if SMALL else 0
        if idle == 3:
            break
    return total
'''
_SERIES: Final = '''\
def series(term, first, terms):
    """The sum of so many terms."""
    return sum(term(k) for k in range(first, first + terms))
'''

HELPERS: Final[dict[tuple[str, str], str]] = {
    ("softmax", "numpy"): '''\
def softmax(x):
    """exp(x) over its sum along the last axis, shifted so that nothing overflows."""
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)
''',
    ("logsumexp", "numpy"): '''\
def logsumexp(x):
    """log(sum(exp(x))) along the last axis, shifted so that nothing overflows."""
    top = np.max(x, axis=-1, keepdims=True)
    return np.log(np.sum(np.exp(x - top), axis=-1)) + np.squeeze(top, axis=-1)
''',
    ("sigmoid", "python"): '''\
def sigmoid(x):
    """1 / (1 + exp(-x)), without a power that overflows."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))
''',
    ("softplus", "python"): '''\
def softplus(x):
    """log(1 + exp(x)), without a power that overflows."""
    return max(x, 0) + math.log1p(math.exp(-abs(x)))
''',
    ("softmax", "python"): '''\
def softmax(x):
    """exp(x) over its sum, shifted so that nothing overflows."""
    top = max(x)
    powers = [math.exp(entry - top) for entry in x]
    return [power / sum(powers) for power in powers]
''',
    ("logsumexp", "python"): '''\
def logsumexp(terms):
    """log(sum(exp(terms))), shifted so that nothing overflows."""
    terms = list(terms)
    top = max(terms)
    return top + math.log(sum(math.exp(term - top) for term in terms))
''',
    ("softmax", "sympy"): '''\
def softmax(x):
    """exp(x) over its sum."""
    return [sympy.exp(entry) / sum(map(sympy.exp, x)) for entry in x]
''',
    ("logsumexp", "sympy"): '''\
def logsumexp(terms):
    """log(sum(exp(terms)))."""
    return sympy.log(sum(map(sympy.exp, terms)))
''',
    ("integral", "python"): '''\
def integral(f, a, b):
    """Integral of f by the double exponential rule (Takahasi, Mori 1974)."""
    if a > b:
        return -integral(f, b, a)
    if math.isinf(a) and math.isinf(b):
        place, weight = math.sinh, math.cosh
    elif math.isinf(b):
        place, weight = (lambda u: a + math.exp(u)), math.exp
    elif math.isinf(a):
        place, weight = (lambda u: b - math.exp(-u)), (lambda u: math.exp(-u))
    else:
        half = (b - a) / 2
        place = lambda u: a + half * (1 + math.tanh(u))
        weight = lambda u: half / math.cosh(u) ** 2
    total, step = 0.0, 1 / 64
    for k in range(-320, 321):
        u = math.pi / 2 * math.sinh(k * step)
        at = place(u)
        try:
            height = f(at) * weight(u) if a < at < b else 0.0
        except ArithmeticError:
            continue
        total += height * math.pi / 2 * math.cosh(k * step) * step
    return total
''',
    ("series", "python"): _ENDED_SERIES.replace("SMALL", "abs(new) <= 1e-18 * abs(total)"),
    ("series", "numpy"): _ENDED_SERIES.replace(
        "SMALL", "np.all(np.abs(new) <= 1e-18 * np.abs(total))"
    ),
    **dict.fromkeys([("series", "torch"), ("series", "jax")], _SERIES),
}
"""Functions that come along where a target has none of its own."""
