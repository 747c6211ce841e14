r"""Functions that a field calls by a word, and what they are: `\operatorname{sigmoid}`, `ReLU`.

One table for all who need to know: what a name is spelled like, what it takes, its value, and what
SymPy calls it. Values are LaTeX in `x`; `value_of` gives one as a tree, from which derivatives
follow by rule. Imports the operator tree.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from blogkit import latex
from blogkit.formula.build import build
from blogkit.formula.tree import Symbol, Tree


@dataclass(frozen=True, slots=True)
class NamedFunction:
    """A function with a name of its own."""

    name: str
    """The name, as it is printed."""
    spellings: tuple[str, ...]
    """How it is written, in small letters."""
    value: str
    """Its value at `x`, in LaTeX; for vectors, entry `i` of it."""
    takes: Literal["number", "vector"] = "number"
    """What its one argument is."""
    gives: Literal["number", "vector"] = "number"
    """What its value is."""
    letters: tuple[str, ...] = ()
    """Letters that stand for it by habit, which is an assumption."""
    sympy: str = ""
    """An expression in `x` that SymPy reads."""
    source: str = ""
    """Where it is defined."""


_HENDRYCKS: Final = "Hendrycks, Gimpel (2016), Gaussian error linear units"

NAMED_FUNCTIONS: Final = (
    NamedFunction(
        "sigmoid",
        ("sigmoid", "logistic", "sigm", "expit"),
        r"\frac{1}{1+e^{-x}}",
        letters=("σ",),
        sympy="1/(1 + exp(-x))",
        source="DLMF 4.1; Verhulst's logistic function",
    ),
    NamedFunction("ReLU", ("relu",), r"\max(x, 0)", sympy="Max(x, 0)", source="Nair, Hinton 2010"),
    NamedFunction(
        "softplus",
        ("softplus",),
        r"\log(1+e^{x})",
        sympy="log(1 + exp(x))",
        source="Dugas et al. 2000",
    ),
    NamedFunction(
        "SiLU",
        ("silu", "swish"),
        r"\frac{x}{1+e^{-x}}",
        sympy="x/(1 + exp(-x))",
        source=_HENDRYCKS,
    ),
    NamedFunction(
        "GELU",
        ("gelu",),
        r"\frac{x}{2}\left(1+\operatorname{erf}\left(\frac{x}{\sqrt{2}}\right)\right)",
        sympy="x*(1 + erf(x/sqrt(2)))/2",
        source=_HENDRYCKS,
    ),
    NamedFunction(
        "softsign",
        ("softsign",),
        r"\frac{x}{1+\left|x\right|}",
        sympy="x/(1 + Abs(x))",
        source="Bergstra et al. 2009",
    ),
    NamedFunction(
        "Mish",
        ("mish",),
        r"x\tanh\left(\log(1+e^{x})\right)",
        sympy="x*tanh(log(1 + exp(x)))",
        source="Misra 2019",
    ),
    NamedFunction(
        "logit",
        ("logit",),
        r"\log\left(\frac{x}{1-x}\right)",
        sympy="log(x/(1 - x))",
        source="Berkson 1944",
    ),
    NamedFunction(
        "softmax",
        ("softmax",),
        r"\frac{e^{x_i}}{\sum_{j=1}^n e^{x_j}}",
        takes="vector",
        gives="vector",
        source="Bridle 1990",
    ),
    NamedFunction(
        "LSE",
        ("lse", "logsumexp"),
        r"\log\sum_{j=1}^n e^{x_j}",
        takes="vector",
        source="Boyd, Vandenberghe, Convex Optimization, 3.1.5",
    ),
)
"""All functions that are known by a word; those of the vocabulary (`\\tanh`) are operators."""

_BY_SPELLING: Final = {s: one for one in NAMED_FUNCTIONS for s in one.spellings}
_BY_LETTER: Final = {letter: one for one in NAMED_FUNCTIONS for letter in one.letters}


def named_function(symbol: Symbol) -> NamedFunction | None:
    """The function that a symbol names by its word; None for a letter or another word.

    >>> named_function(Symbol("Swish")).name
    'SiLU'
    """
    if symbol != Symbol(symbol.name, symbol.font):
        return None
    return _BY_SPELLING.get(symbol.name.lower())


def by_letter(symbol: Symbol) -> NamedFunction | None:
    r"""The function that a lone letter stands for by habit: `\sigma`."""
    return _BY_LETTER.get(symbol.name) if symbol == Symbol(symbol.name) else None


@lru_cache(maxsize=64)
def value_of(function: NamedFunction) -> Tree:
    """The value of a function at `x`, as a tree."""
    return build(latex.parse(function.value).tree, constants=["e"]).tree
