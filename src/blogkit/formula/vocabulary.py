r"""The closed vocabulary of the operator tree, and the habits of writing that lead to it.

It exists so that a reader, the index and the checker can see in one place which words a tree may
contain. Tables only; this module imports nothing.
"""

from typing import Final

_FUNCTIONS = [
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
    "sech",
    "csch",
    "arcsin",
    "arccos",
    "arctan",
    "arccot",
    "arcsinh",
    "arccosh",
    "arctanh",
    "erf",
    "erfc",
]

OPERATORS: Final[dict[str, str]] = {
    # arithmetic
    "plus": "sum of two or more; a difference is a sum with a `minus` in it",
    "minus": "x: its negative",
    "plus-minus": "x: plus or minus x, a term of a sum",
    "minus-plus": "x: minus or plus x, a term of a sum",
    "times": "product of two or more, order kept",
    "divide": "a, b: a over b",
    "power": "x, n",
    "root": "x, n: n-th root, n left out for the square root",
    "mod": "a, n: remainder, or with a relation for a: that relation modulo n",
    "factorial": "n",
    "pochhammer": "x, n: rising factorial",
    "falling-factorial": "x, n",
    "from-above": "x: the limit from the right, `0^+`",
    "from-below": "x: the limit from the left",
    "double-factorial": "n",
    "binomial": "n, k",
    "percent": "x",
    "degree": "x: an angle or a temperature",
    "abs": "x",
    "norm": "x, p: p left out where the norm has no index",
    "floor": "x",
    "ceil": "x",
    "round": "x",
    "cardinality": "a set",
    # vectors and matrices
    "transpose": "A",
    "conjugate-transpose": "A",
    "inverse": "A or f",
    "pseudo-inverse": "A",
    "determinant": "A",
    "trace": "A",
    "rank": "A",
    "dimension": "A",
    "kernel": "A",
    "diagonal": "A",
    "hadamard": "product entry by entry, of two or more",
    "circled-plus": "two or more",
    "tensor": "product of two or more",
    "inner": "x, y: inner product",
    "by": "sizes of an array: the exponent of `R^{m \\times n}`",
    "cartesian": "product of two or more sets",
    "star": "two or more, joined by a star that may be a convolution",
    "compose": "functions, the last one applied first",
    "slice": "first, last: `1:n`; a `Blank` where an end is left out",
    "prime": "x: something that is no name, with a prime",
    "conjugate": "z: a line drawn over something that is no name",
    "hat": "x: a hat over something that is no name",
    "tilde": "x: a tilde over something that is no name",
    "vector": "x: an arrow over something that is no name",
    "marked": "x, a sign: another accent over something that is no name, and which one",
    "starred": "x: a star as superscript of something that is no name",
    # analysis
    "gradient": "f, x: x left out where none is written",
    "hessian": "f, x: the gradient sign squared",
    "divergence": "F",
    "curl": "F",
    "derivative": "f, x, …: total derivative, a variable for each time",
    "partial": "f, x, …: partial derivative, a variable for each time",
    "variation": "F, g, …: functional derivative, as `partial`",
    "order": "x, n: a variable that is derived by n times",
    "differential": "x",
    "increment": "x: the letter delta before a name",
    # functions
    "exp": "x",
    "log": "x, b: b left out where the logarithm has no base",
    "lg": "x: base 10",
    "ln": "x",
    **dict.fromkeys([*_FUNCTIONS, "sign", "real-part", "imaginary-part", "argument"], "x"),
    "gcd": "two or more",
    "lcm": "two or more",
    "max": "of the arguments listed, or of one set",
    "min": "likewise",
    "sup": "likewise",
    "inf": "likewise",
    # sets and logic
    "union": "two or more",
    "intersection": "two or more",
    "difference": "A, B: A without B",
    "symmetric-difference": "two or more",
    "and": "two or more",
    "or": "two or more",
    "xor": "two or more",
    "not": "x",
    "iverson": "a statement: 1 where it holds, else 0",
    "implies": "a, b",
    "iff": "a, b",
}
"""Operators of `Apply`, each with its arguments."""

DERIVATIVES: Final[frozenset[str]] = frozenset(["derivative", "partial", "gradient"])
"""Operators whose first argument is derived by the others, which name it."""

ALL_DERIVATIVES: Final[frozenset[str]] = DERIVATIVES | {"hessian"}
"""Those and the matrix of second derivatives."""

BINDERS: Final[frozenset[str]] = frozenset(
    [
        "sum",
        "product",
        "coproduct",
        "integral",
        "contour-integral",
        "limit",
        "limit-sup",
        "limit-inf",
        "max",
        "min",
        "sup",
        "inf",
        "argmax",
        "argmin",
        "union",
        "intersection",
        "circled-plus",
        "tensor",
        "hadamard",
        "and",
        "or",
        "forall",
        "exists",
        "exists-one",
    ]
)
"""Operators of `Big`."""

CONSTANTS: Final[frozenset[str]] = frozenset(["π", "e", "i", "∞", "∅", "N", "Z", "Q", "R", "C"])
"""Names of `Constant`."""

REASONS: Final[dict[str, str]] = {
    "unknown-command": "a command that the layout did not know",
    "broken": "LaTeX that could not be parsed",
    "unmatched": "a bracket without its partner",
    "missing": "an operator without an operand",
    "stray": "a script that stands on nothing",
    "picture": "something drawn that has no meaning in a formula",
    "deep": "nesting beyond what is read",
    "array": "rows and columns with no known meaning here",
    "sign": "a sign with no known meaning here",
}
"""Why something is `Opaque`."""

NAMED: Final[dict[str, str]] = {
    **{name: name for name in _FUNCTIONS},
    **{name: name for name in ["exp", "log", "ln", "lg", "floor", "ceil", "abs", "round"]},
    "max": "max",
    "min": "min",
    "sup": "sup",
    "inf": "inf",
    "gcd": "gcd",
    "lcm": "lcm",
    "det": "determinant",
    "Det": "determinant",
    "tr": "trace",
    "Tr": "trace",
    "trace": "trace",
    "rank": "rank",
    "rk": "rank",
    "dim": "dimension",
    "ker": "kernel",
    "diag": "diagonal",
    "sgn": "sign",
    "sign": "sign",
    "Re": "real-part",
    "Im": "imaginary-part",
    "arg": "argument",
    "tg": "tan",
    "ctg": "cot",
    "cosec": "csc",
    "sh": "sinh",
    "ch": "cosh",
    "th": "tanh",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
    "arsinh": "arcsinh",
    "arcosh": "arccosh",
    "artanh": "arctanh",
}
"""Names of functions as written, and their operators."""

INVERSES: Final[dict[str, str]] = {
    **{name: "arc" + name for name in ["sin", "cos", "tan", "cot", "sinh", "cosh", "tanh"]},
}
r"""What `\sin^{-1}` means."""

LARGE: Final[dict[str, str]] = {
    "∑": "sum",
    "∏": "product",
    "∐": "coproduct",
    "∫": "integral",
    "∬": "integral",
    "∭": "integral",
    "⨌": "integral",
    "∮": "contour-integral",
    "∯": "contour-integral",
    "∰": "contour-integral",
    "⋃": "union",
    "⋂": "intersection",
    "⨁": "circled-plus",
    "⨂": "tensor",
    "⨀": "hadamard",
    "⨆": "union",
    "⋀": "and",
    "⋁": "or",
    "lim": "limit",
    "lim sup": "limit-sup",
    "lim inf": "limit-inf",
    "limsup": "limit-sup",
    "liminf": "limit-inf",
    "max": "max",
    "min": "min",
    "sup": "sup",
    "inf": "inf",
    "maximize": "max",
    "minimize": "min",
    "argmax": "argmax",
    "argmin": "argmin",
    "arg max": "argmax",
    "arg min": "argmin",
    "arg sup": "argmax",
    "arg inf": "argmin",
}
"""Operators that bind variables, as the layout writes them, and their names in `Big`."""

EXPECTATIONS: Final[dict[str, str]] = {
    "E": "expectation",
    "Var": "variance",
    "var": "variance",
    "V": "variance",
    "D": "variance",
    "Cov": "covariance",
    "cov": "covariance",
}
"""Names of expectations and their operators."""

TERM_SIGNS: Final[dict[str, str]] = {
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "±": "plus-minus",
    "∓": "minus-plus",
}
"""Signs between terms, which may also stand before the first."""

FACTOR_SIGNS: Final[dict[str, str]] = {
    "⋅": "times",
    "·": "times",
    "∙": "times",
    "×": "times",
    "*": "star",
    "∗": "star",
    "⋆": "star",
    "/": "divide",
    "÷": "divide",
    "⊙": "hadamard",
    "∘": "compose",
    "○": "compose",
    "⊗": "tensor",
    "⊕": "circled-plus",
    "⊞": "circled-plus",
    "mod": "mod",
    "bmod": "mod",
}
"""Signs between factors."""

SET_SIGNS: Final[dict[str, str]] = {
    "∪": "union",
    "∩": "intersection",
    "∖": "difference",
    "\\": "difference",
    "△": "symmetric-difference",
    "⊔": "union",
    "⊎": "union",
    "⊖": "symmetric-difference",
}
"""Signs between sets; they bind less than signs between terms."""

LOGIC_SIGNS: Final[tuple[dict[str, str], ...]] = (
    {
        "⇔": "iff",
        "⟺": "iff",
        "↔": "iff",
        "⟷": "iff",
        "⇒": "implies",
        "⟹": "implies",
        "⟸": "implies",
        "⇐": "implies",
        "⇎": "iff",
        "⟺\u0338": "iff",
        "↮": "iff",
        "⟷\u0338": "iff",
        "⇏": "implies",
        "⟹\u0338": "implies",
        "⟸\u0338": "implies",
        "⇍": "implies",
    },
    {"∨": "or", "⊻": "xor"},
    {"∧": "and"},
)
"""Signs between statements, loosest first."""

DENYING_SIGNS: Final = frozenset(["⇎", "⟺\u0338", "↮", "⟷\u0338", "⇏", "⟹\u0338", "⟸\u0338", "⇍"])
"""Those of them that say that it is not so: `\\not\\Rightarrow`."""

BACKWARD_SIGNS: Final = frozenset("⟸⇐⇍") | {"⟸\u0338"}
"""Those of them that point from what follows to what it follows from."""

RELATIONS: Final[dict[str, str]] = {
    "⩽": "≤",
    "≦": "≤",
    "⩾": "≥",
    "≧": "≥",
    "∼": "∼",
    "~": "∼",
    "⟶": "→",
    "⟵": "←",
    "⟼": "↦",
    "≔": "≔",
    ":=": "≔",
    "⊂": "⊂",
    "＝": "=",
    "≡": "≡",
    "≜": "≜",
    "≝": "≝",
    "≐": "≐",
    "∝": "∝",
    "∊": "∈",
}
"""Variants of relation signs and the one that stands in the tree; others stand for themselves."""

FUNCTION_LETTERS: Final[frozenset[str]] = frozenset("fghpqlFGHPQLJOφψσϕφΦΨΓζΘ")
"""Letters that usually name functions: before a bracket they are read as applied."""

INDEX_LETTERS: Final[frozenset[str]] = frozenset("ijklmnrstτuv")
"""Letters that usually number: as a subscript they are read as an index."""

INDEX_WORDS: Final[frozenset[str]] = frozenset(["in", "min", "sim", "int", "str", "tr", "is", "it"])
"""Words of letters that usually number; as a subscript they are words all the same."""

SIZE_LETTERS: Final[frozenset[str]] = frozenset("d")
"""Letters that usually are sizes: a letter as their subscript is read as part of the name."""

CONNECTIVES: Final[dict[str, str]] = {
    **dict.fromkeys(["if", "when", "as", "若", "当", "當", "如果", "whenever", "provided"], "if"),
    **dict.fromkeys(["for", "for all", "for any", "for every", "for each", "on", "over"], "for"),
    **dict.fromkeys(["对于", "对", "对所有", "对任意", "任意"], "for"),
    **dict.fromkeys(["where", "with", "and where", "其中", "in which"], "where"),
    **dict.fromkeys(["subject to", "s.t.", "s. t.", "such that", "约束"], "subject-to"),
    **dict.fromkeys(["and", "且", "和", "与", "以及", "及", "并且"], "and"),
    **dict.fromkeys(["or", "或", "或者"], "or"),
    **dict.fromkeys(["then", "则", "那么", "so", "hence", "thus", "therefore", "故"], "then"),
}
"""Words between statements, and what they say."""

PROSE: Final[frozenset[str]] = frozenset(
    [
        *[
            "is",
            "are",
            "does",
            "do",
            "need",
            "may",
            "can",
            "cannot",
            "fails",
            "fail",
            "holds",
            "hold",
        ],
        *["unless", "except", "without", "assuming", "suppose", "not", "if", "otherwise"],
    ]
)
"""Words that open running text: no unit behind a number, as in `x > 0 fails`, and no name."""

OTHERWISE: Final[frozenset[str]] = frozenset(
    ["otherwise", "else", "other", "否则", "其他", "其它", "其余", "其他情况", "其它情况", "其餘"]
)
"""Words for the last branch of cases."""
