r"""Names of Python for the symbols of a formula: `theta`, `x_1`, `f_prime`, `grad_f`.

It exists so that every output calls one symbol by one name, whatever it is called in LaTeX.
Imports the operator tree.
"""

import keyword
import re
import unicodedata
from typing import Final

from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Tree

RESERVED: Final = frozenset(
    [
        *["abs", "any", "all", "float", "int", "len", "list", "map", "max", "min", "pow", "range"],
        *["round", "set", "sum", "tuple", "zip", "math", "np", "torch", "jax", "jnp", "sympy"],
        *["sigmoid", "softplus", "softmax", "logsumexp", "integral", "terms"],
    ]
)
"""Names that the code around uses itself."""
_WORDS: Final = {
    "ϵ": "epsilon",
    "ϕ": "phi",
    "ϑ": "theta",
    "ℓ": "ell",
    "λ": "lambda",
    "Λ": "Lambda",
    "∂": "partial",
    "∇": "grad",
}
"""Letters whose names in Unicode are not those that people use."""


class Names:
    """One name for each symbol, no two alike.

    >>> names = Names()
    >>> names.of(t.Symbol("θ")), names.of(t.Symbol("lambda")), names.of(t.Symbol("θ", "bold"))
    ('theta', 'lambda_', 'theta_bold')
    """

    def __init__(self) -> None:
        self._names: dict[Tree, str] = {}
        self._taken = set(RESERVED)

    def of(self, tree: Tree) -> str:
        """The name of a symbol, always the same."""
        if tree not in self._names:
            self.give(tree, identifier(tree))
        return self._names[tree]

    def give(self, tree: Tree, wanted: str) -> str:
        """Call a symbol by a name, or by one like it where it is taken."""
        self._names[tree] = self.fresh(wanted, getattr(tree, "font", ""))
        return self._names[tree]

    def fresh(self, wanted: str, font: str = "") -> str:
        """A name that nothing else has."""
        name = _spelled(wanted)
        if name in self._taken and font:
            name = f"{name}_{font}"
        number, stem = 2, name
        while name in self._taken:
            name, number = f"{stem}_{number}", number + 1
        self._taken.add(name)
        return name


def identifier(tree: Tree) -> str:
    r"""What a symbol is called in Python, by its LaTeX.

    >>> from blogkit.formula import build
    >>> from blogkit.latex import parse
    >>> [identifier(build(parse(s).tree).tree) for s in (r"\hat{v}_{t-1}", "f'", r"\nabla f(x)")]
    ['v_hat_t_minus_1', 'f_prime', 'grad_f']
    """
    return _spelled(_name(tree))


def _spelled(name: str) -> str:
    name = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", name)).strip("_") or "value"
    if not name.isidentifier():
        name = f"x_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in RESERVED else name


def _name(tree: Tree) -> str:
    match tree:
        case t.Symbol():
            return _symbol(tree)
        case t.Constant(name=name) | t.Number(text=name) | t.Text(text=name):
            return _letters(name)
        case t.Index(base=base, indices=indices):
            return "_".join(map(_name, (base, *indices)))
        case t.Call(function=function, args=args, conditions=given):
            return "_".join(map(_name, (function, *args, *given)))
        case t.Apply(operator="gradient" | "hessian" as operator, args=(inner, *_)):
            return f"{'grad' if operator == 'gradient' else 'hessian'}_{_function(inner)}"
        case t.Apply(operator="partial" | "derivative", args=(inner, *by)):
            return "_".join([f"d{_function(inner)}", *(f"d{_name(one)}" for one in by)])
        case t.Apply(operator="norm", args=(t.Apply(operator="gradient"), *_)):
            return "grad_norm"
        case t.Apply(operator="increment" | "differential", args=(inner,)):
            return f"delta_{_name(inner)}"
        case t.Apply(operator="power", args=(base, t.Number(text="2"))):
            return f"{_name(base)}_squared"
        case t.Apply(operator="plus", args=args):
            return "_".join(map(_name, args))
        case t.Apply(operator=operator, args=(inner,)):
            before = operator in ("minus", "norm", "abs")
            return f"{operator}_{_name(inner)}" if before else f"{_name(inner)}_{operator}"
        case t.Collection(items=items):
            return "_".join(map(_name, items))
    return _letters(re.sub(r"\\(?:mathrm|mathbf|text|operatorname)", "", to_latex(tree)))


def _symbol(symbol: t.Symbol) -> str:
    parts = [_letters(symbol.name)]
    parts += [re.sub(r"\W+", "", accent) for accent in symbol.accents]
    parts += ["prime"] * symbol.primes
    parts += [_name(part) for part in symbol.children]
    return "_".join(filter(None, parts))


def _function(tree: Tree) -> str:
    """The function that is derived: `f` of `f(x)`."""
    return _name(tree.function if isinstance(tree, t.Call) else tree)


def _letters(text: str) -> str:
    return "".join(map(_letter, text))


def _letter(char: str) -> str:
    if char.isascii():
        return char
    if char in _WORDS:
        return _WORDS[char]
    name = unicodedata.name(char, "")
    if name.startswith("GREEK") and " LETTER " in name:
        word = name.split(" LETTER ")[1].split()[0].lower()
        return word.capitalize() if "CAPITAL" in name else word
    return char
