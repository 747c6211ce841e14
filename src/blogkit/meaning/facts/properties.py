r"""Words that say what a symbol is, and the facts that they mean: `integer`, `正定`, `independent`.

It exists so that whatever is typed as an assumption, said by a post or printed by a check means the
same. Tables only; imports the operator tree.
"""

import itertools
from collections.abc import Callable
from typing import Final

from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t

Property = Callable[[Tree], tuple[Tree, ...]]
"""From a symbol to what is said of it."""

_ZERO: Final = t.Number("0")
_ONE: Final = t.Number("1")


def kind(words: str) -> Property:
    """That it is a thing of a kind, or has a property that no formula says: `f` is convex."""
    return lambda x: (t.Where(x, "where", t.Text(words)),)


def _member(name: str) -> Property:
    return lambda x: (t.Relation((x, t.Constant(name)), ("∈",)),)


def _compared(sign: str, bound: Tree, *, within: str = "") -> Property:
    def made(x: Tree) -> tuple[Tree, ...]:
        member = (t.Relation((x, t.Constant(within)), ("∈",)),) if within else ()
        return (*member, t.Relation((x, bound), (sign,)))

    return made


_matrix: Final = kind("a matrix")


def _equal(left: Callable[[Tree], Tree], right: Callable[[Tree], Tree]) -> Property:
    return lambda x: (*_matrix(x), t.Relation((left(x), right(x)), ("=",)))


def _transposed(x: Tree) -> Tree:
    return t.Apply("transpose", (x,))


def _gram(x: Tree) -> Tree:
    return t.Apply("times", (_transposed(x), x))


def _square(x: Tree) -> Tree:
    return t.Apply("power", (x, t.Number("2")))


def _itself(x: Tree) -> Tree:
    return x


def _identity(_: Tree) -> Tree:
    return Symbol("I")


def _ordered(sign: str) -> Property:
    """Definite matrices, which are symmetric as everywhere in the field."""
    symmetric = _equal(_transposed, _itself)
    return lambda x: (*symmetric(x), t.Relation((x, _ZERO), (sign,)))


def _shaped(words: str) -> Property:
    """A property of matrices that no method uses: it only withholds refutations."""
    return lambda x: (*_matrix(x), *kind(words)(x))


def _determinant(sign: str) -> Property:
    return lambda x: (*_matrix(x), t.Relation((t.Apply("determinant", (x,)), _ZERO), (sign,)))


def _modulo_two(rest: Tree) -> Property:
    def made(x: Tree) -> tuple[Tree, ...]:
        remainder = t.Apply("mod", (x, t.Number("2")))
        return t.Relation((x, t.Constant("Z")), ("∈",)), t.Relation((remainder, rest), ("=",))

    return made


def _unit(x: Tree) -> tuple[Tree, ...]:
    return (*kind("a vector")(x), t.Relation((t.Apply("norm", (x,)), _ONE), ("=",)))


def _centred(x: Tree) -> tuple[Tree, ...]:
    mean = t.Expectation("expectation", None, (x,), ())
    return (*kind("random")(x), t.Relation((mean, _ZERO), ("=",)))


def _prime(x: Tree) -> tuple[Tree, ...]:
    return (t.Relation((x, Symbol("P", "blackboard")), ("∈",)),)


def _named(words: str, meaning: Property) -> dict[str, Property]:
    """Words, separated by bars, with what they mean."""
    return dict.fromkeys(words.split("|"), meaning)


def _matrices(words: str, meaning: Property) -> dict[str, Property]:
    """Adjectives for matrices, each also with the noun."""
    found: dict[str, Property] = {}
    for word in words.split("|"):
        noun = f"{word} matrix" if word.isascii() else f"{word}矩阵"
        found |= {word: meaning, noun: meaning}
    return found


NUMBERS: Final[dict[str, Property]] = {
    **_named("real|real number|实数|实值", _member("R")),
    **_named("complex|complex number|复数", _member("C")),
    **_named("rational|rational number|有理数", _member("Q")),
    **_named("integer|whole number|整数", _member("Z")),
    **_named("natural|natural number|自然数", _member("N")),
    **_named("even|even number|even integer|偶数", _modulo_two(_ZERO)),
    **_named("odd|odd number|odd integer|奇数", _modulo_two(_ONE)),
    **_named("prime|prime number|质数|素数", _prime),
    **_named("positive|positive number|正数|正的|大于零", _compared(">", _ZERO)),
    **_named("negative|negative number|负数|负的|小于零", _compared("<", _ZERO)),
    **_named("nonnegative|non-negative|非负|非负数", _compared("≥", _ZERO)),
    **_named("nonpositive|non-positive|非正", _compared("≤", _ZERO)),
    **_named("nonzero|non-zero|not zero|非零|不为零|非零数", _compared("≠", _ZERO)),
    **_named("positive real|positive real number|正实数", _compared(">", _ZERO, within="R")),
    **_named("nonnegative real|非负实数", _compared("≥", _ZERO, within="R")),
    **_named("nonzero real|非零实数", _compared("≠", _ZERO, within="R")),
    **_named("positive integer|正整数", _compared("≥", _ONE, within="Z")),
    **_named(
        "nonnegative integer|non-negative integer|非负整数", _compared("≥", _ZERO, within="Z")
    ),
}
"""Words for numbers."""

MATRICES: Final[dict[str, Property]] = {
    **_matrices("symmetric|对称", _equal(_transposed, _itself)),
    **_matrices(
        "skew-symmetric|antisymmetric|反对称",
        _equal(_transposed, lambda x: t.Apply("minus", (x,))),
    ),
    **_matrices("orthogonal|正交", _equal(_gram, _identity)),
    **_matrices("idempotent|幂等", _equal(_square, _itself)),
    **_matrices("involutory|对合", _equal(_square, _identity)),
    **_matrices("invertible|nonsingular|non-singular|可逆|非奇异", _determinant("≠")),
    **_matrices("singular|奇异", _determinant("=")),
    **_matrices("positive definite|positive-definite|正定", _ordered("≻")),
    **_matrices("symmetric positive definite|对称正定", _ordered("≻")),
    **_matrices(
        "positive semidefinite|positive semi-definite|positive-semidefinite|半正定", _ordered("⪰")
    ),
    **_matrices("negative definite|negative-definite|负定", _ordered("≺")),
    **_matrices("negative semidefinite|negative semi-definite|半负定", _ordered("⪯")),
    **_matrices("diagonal|对角", _shaped("diagonal")),
    **_matrices("triangular|三角", _shaped("triangular")),
    **_matrices("unitary|酉", _shaped("unitary")),
    **_matrices("Hermitian|hermitian|厄米|埃尔米特", _shaped("Hermitian")),
    **_named("square|square matrix|方阵", _matrix),
    **_named("the size of the matrix", kind("the size of the matrix")),
}
"""Words for matrices."""

THINGS: Final[dict[str, Property]] = {
    **_named("vector|column vector|向量|列向量", kind("a vector")),
    **_named("matrix|矩阵", _matrix),
    **_named("random|random variable|随机变量|随机", kind("random")),
    **_named(
        "function|arbitrary function|any function|函数|任意函数|任意的函数", kind("a function")
    ),
    **_named("set|event|集合|事件", kind("a set")),
    **_named("unit vector|单位向量", _unit),
    **_named("row|row vector|行向量", kind("a row")),
    **_named("among the indices that are summed over", kind("among the indices")),
    **_named("held fixed", kind("held fixed")),
    **_named("zero mean|zero-mean|零均值|均值为零", _centred),
}
"""Words for things that are no numbers."""

FUNCTIONS: Final[dict[str, Property]] = {
    **_named("convex|convex function|凸|凸函数|凸的", kind("convex")),
    **_named("concave|concave function|凹|凹函数|凹的", kind("concave")),
    **_named("strictly convex|严格凸", kind("strictly convex")),
    **_named("increasing|monotone|递增|单调递增|单调", kind("increasing")),
    **_named("decreasing|递减|单调递减", kind("decreasing")),
    **_named("continuous|连续|连续函数|连续的", kind("continuous")),
    **_named("differentiable|smooth|可导|可微|光滑", kind("differentiable")),
    **_named("bounded|有界", kind("bounded")),
    **_named("linear|线性", kind("linear")),
    **_named("Lipschitz|Lipschitz continuous|利普希茨连续", kind("Lipschitz continuous")),
}
"""Words for functions, which no method uses: they only withhold refutations."""

PROPERTIES: Final[dict[str, Property]] = {**NUMBERS, **MATRICES, **THINGS, **FUNCTIONS}
"""All words that say what one symbol is."""


def _independent(names: tuple[Tree, ...]) -> tuple[Tree, ...]:
    return tuple(t.Relation(pair, ("⟂",)) for pair in itertools.combinations(names, 2))


def _commuting(names: tuple[Tree, ...]) -> tuple[Tree, ...]:
    return tuple(
        t.Relation((t.Apply("times", (a, b)), t.Apply("times", (b, a))), ("=",))
        for a, b in itertools.combinations(names, 2)
    )


def _are(words: str) -> Callable[[tuple[Tree, ...]], tuple[Tree, ...]]:
    return lambda names: (t.Where(t.Collection("sequence", names), "where", t.Text(words)),)


_BY_CHAIN: Final = "depend on one another by this chain only"

JOINTLY: Final[dict[str, Callable[[tuple[Tree, ...]], tuple[Tree, ...]]]] = {
    **dict.fromkeys(
        ["independent", "mutually independent", "iid", "i.i.d.", "独立", "相互独立", "独立同分布"],
        _independent,
    ),
    "disjoint and one of them happens": _are("disjoint and one of them happens"),
    _BY_CHAIN: _are(_BY_CHAIN),
    **dict.fromkeys(["commute", "commuting", "可交换", "交换"], _commuting),
}
"""Words for several symbols together."""

STANDING: Final[frozenset[str]] = frozenset(
    [
        "all expectations exist",
        "all integrals exist",
        "all integrands are continuous",
        "sums without a range run over the same values",
        "all inverses exist",
        "circled crosses are Kronecker products",
        "both sides are defined",
        "functions of matrices are of the whole matrix",
        "logarithms are of positive numbers",
        "all denominators are not zero",
        "the divergence is defined",
        "the variables are discrete",
        "a row is added to each row of a matrix",
        "powers, roots, quotients and functions of vectors are entry by entry",
        "Jacobians have a column for each number that is derived",
        "derivatives have a row for each number that is derived",
        "a derivative of what names its variable holds all else in its definition fixed",
        r"e = \exp(1)",
        "i^{2} = -1",
    ]
)
"""Conditions that name no symbol: that what a statement speaks of exists, and what constants are.
They are taken for true of every statement, so assuming one adds nothing."""

DEFINED: Final = (
    "not at a pole",
    "in one of its cases",
    "over a set that is not empty",
    ", counted in the table",
)
"""Where an expression is defined, or an equation is from, behind it."""
