r"""What a user assumes, as facts: `--assume 'x > 0'`, `n integer`, `A 对称`.

It exists to be kind to what is typed at a command line: LaTeX or plain ASCII, several conditions in
one string, words for kinds. What can't be read is an error that says so. Imports `facts.py`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from blogkit.check.facts.gathering import facts_from
from blogkit.check.question import Fact
from blogkit.check.trees.printing import to_latex
from blogkit.check.trees.reading import read
from blogkit.errors import FormulaError
from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.language import Message

_ZERO: Final = t.Number("0")
_ONE: Final = t.Number("1")


def _member(name: str) -> Callable[[Tree], tuple[Tree, ...]]:
    return lambda x: (t.Relation((x, t.Constant(name)), ("∈",)),)


def _compared(sign: str, bound: Tree, *, within: str = "") -> Callable[[Tree], tuple[Tree, ...]]:
    def made(x: Tree) -> tuple[Tree, ...]:
        member = (t.Relation((x, t.Constant(within)), ("∈",)),) if within else ()
        return (*member, t.Relation((x, bound), (sign,)))

    return made


def _matrix(x: Tree) -> Tree:
    """That it is a matrix; of which size is left open."""
    return t.Where(x, "where", t.Text("a matrix"))


def _equal(
    left: Callable[[Tree], Tree], right: Callable[[Tree], Tree]
) -> Callable[[Tree], tuple[Tree, ...]]:
    return lambda x: (_matrix(x), t.Relation((left(x), right(x)), ("=",)))


def _transposed(x: Tree) -> Tree:
    return t.Apply("transpose", (x,))


def _squared(x: Tree) -> Tree:
    return t.Apply("times", (_transposed(x), x))


def _modulo_two(x: Tree, rest: Tree) -> tuple[Tree, ...]:
    remainder = t.Apply("mod", (x, t.Number("2")))
    return t.Relation((x, t.Constant("Z")), ("∈",)), t.Relation((remainder, rest), ("=",))


PROPERTIES: Final[dict[str, Callable[[Tree], tuple[Tree, ...]]]] = {
    **dict.fromkeys(["real", "a real number", "实数", "实值"], _member("R")),
    **dict.fromkeys(["complex", "a complex number", "复数"], _member("C")),
    **dict.fromkeys(["rational", "a rational number", "有理数"], _member("Q")),
    **dict.fromkeys(["integer", "an integer", "整数"], _member("Z")),
    **dict.fromkeys(["natural", "a natural number", "自然数"], _member("N")),
    **dict.fromkeys(["even", "an even number", "偶数"], lambda x: _modulo_two(x, _ZERO)),
    **dict.fromkeys(["odd", "an odd number", "奇数"], lambda x: _modulo_two(x, _ONE)),
    **dict.fromkeys(["positive", "a positive number", "正数", "正的"], _compared(">", _ZERO)),
    **dict.fromkeys(["negative", "a negative number", "负数", "负的"], _compared("<", _ZERO)),
    **dict.fromkeys(["nonnegative", "non-negative", "非负", "非负数"], _compared("≥", _ZERO)),
    **dict.fromkeys(["nonzero", "non-zero", "非零", "不为零"], _compared("≠", _ZERO)),
    **dict.fromkeys(
        ["positive real", "a positive real number", "正实数"],
        _compared(">", _ZERO, within="R"),
    ),
    **dict.fromkeys(["nonnegative real", "非负实数"], _compared("≥", _ZERO, within="R")),
    **dict.fromkeys(
        ["positive integer", "a positive integer", "正整数"],
        _compared("≥", _ONE, within="Z"),
    ),
    **dict.fromkeys(
        ["nonnegative integer", "a non-negative integer", "非负整数"],
        _compared("≥", _ZERO, within="Z"),
    ),
    **dict.fromkeys(
        ["symmetric", "a symmetric matrix", "对称", "对称矩阵"],
        _equal(_transposed, lambda x: x),
    ),
    **dict.fromkeys(
        ["orthogonal", "an orthogonal matrix", "正交", "正交矩阵"],
        _equal(_squared, lambda x: Symbol("I")),
    ),
    **dict.fromkeys(
        ["invertible", "an invertible matrix", "可逆", "可逆矩阵"],
        lambda x: (_matrix(x), t.Relation((t.Apply("determinant", (x,)), _ZERO), ("≠",))),
    ),
    **dict.fromkeys(["a square matrix", "square", "方阵"], lambda x: (_matrix(x),)),
}
"""Words that say what a symbol is, and the facts that they mean."""

_JOINERS: Final = re.compile(r"\s+and\s+|\\land\b|\s*(?<!\\)[;；，]\s*|\s*且\s*|\s+&&\s+")
_WORDED: Final = re.compile(
    r"^(?P<names>.+?)\s*(?:\b(?:is|are)\b|是|为|都是|均为|\s)\s*(?P<words>[a-zA-Z -]+|[一-鿿]+)$"
)
_AND: Final = re.compile(r"\s+and\s+|\s*[、，和与]\s*")
_RESERVED: Final = re.compile(
    r"(?<![\\A-Za-z{])(?:and|or|is|are|not|even|odd|prime|real|complex|rational|integer|natural"
    r"|positive|negative|symmetric|orthogonal|invertible|square)(?![A-Za-z])"
)
_GREEK: Final = re.compile(
    r"(?<![\\A-Za-z])(alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu"
    r"|nu|xi|pi|rho|sigma|tau|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Sigma|Phi|Psi|Omega"
    r"|sqrt|sin|cos|tan|log|ln|exp|infty)(?![A-Za-z])"
)
_SIGNS: Final = [
    (re.compile(r"<=|=<|≤"), r" \\le "),
    (re.compile(r">=|=>|≥"), r" \\ge "),
    (re.compile(r"!=|<>|≠"), r" \\ne "),
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"(?<![*^_{])\*(?![*}])"), r" \\cdot "),
    (re.compile(r"(?<![\\A-Za-z])in(?![A-Za-z])|∈"), r" \\in "),
    (re.compile(r"(?<![\\A-Za-z{])(NN|ZZ|QQ|RR|CC)(?![A-Za-z])"), None),
    (re.compile(r"(\\in\s+)([NZQRC])(?![A-Za-z])"), r"\1\\mathbb{\2}"),
]


def read_assumptions(assume: Iterable[str]) -> tuple[Fact, ...]:
    r"""The facts that assumptions state, in order, each by itself.

    Args:
        assume: Strings such as `x > 0`, `n \in \mathbb{N}`, `a, b > 0`, `x integer`, `A 对称`.

    Raises:
        FormulaError: if one of them can't be read, with its place and what was expected.

    >>> [fact.latex for fact in read_assumptions(["x > 0, gamma >= 1", "n integer"])]
    ['x > 0', '\\gamma \\geq 1', 'n \\in \\mathbb{Z}']
    """
    found: list[Fact] = []
    for number, text in enumerate(assume, start=1):
        if not text.strip():
            raise FormulaError(_message(number, text, "nothing"))
        for fact in _read_one(text, number):
            if all(fact.tree != other.tree for other in found):
                found.append(fact)
    return tuple(found)


def _read_one(text: str, number: int) -> Iterator[Fact]:
    """One string: as a whole if it reads as one, else its parts."""
    whole = _read_latex(text)
    if whole is not None:
        yield from whole
        return
    if (worded := _read_words(text.strip())) is not None:
        yield from facts_from(worded, "given")
        return
    for part in filter(None, (piece.strip() for piece in _JOINERS.split(text))):
        yield from _read_part(part, text, number)


def _read_latex(part: str) -> tuple[Fact, ...] | None:
    """The facts of a condition in LaTeX or ASCII; None if it is none."""
    if _RESERVED.search(part):
        return None
    reading = read(_as_latex(part))
    facts = facts_from((reading.tree,), "given")
    if not (reading.is_complete and reading.is_valid and facts):
        return None
    return facts if all(_is_assumption(fact.tree) for fact in facts) else None


def _read_part(part: str, text: str, number: int) -> tuple[Fact, ...]:
    worded = _read_words(part)
    if worded is not None:
        return tuple(Fact(tree, to_latex(tree), "given") for tree in worded)
    pieces = [piece.strip() for piece in part.split(",")] if "," in part else []
    for facts in (_read_latex(part), *_each(pieces)):
        if facts is not None:
            return facts
    raise FormulaError(_message(number, text, f"'{part}'"))


def _each(pieces: list[str]) -> Iterator[tuple[Fact, ...]]:
    """The facts of all pieces together, if each can be read: `x integer, y > 0`."""
    found: list[Fact] = []
    for piece in pieces:
        worded = _read_words(piece)
        facts = facts_from(worded, "given") if worded else _read_latex(piece)
        if facts is None:
            return
        found.extend(facts)
    if found:
        yield tuple(found)


def _read_words(part: str) -> tuple[Tree, ...] | None:
    worded = _WORDED.match(part)
    words = worded["words"].strip().lower() if worded else ""
    if worded is None or words not in PROPERTIES:
        return None
    tree = read(_as_latex(_AND.sub(", ", worded["names"]))).tree
    names = tree.items if isinstance(tree, t.Collection) else (tree,)
    names = tuple(name for name in names if not isinstance(name, t.Ellipsis))
    if not all(isinstance(name, (Symbol, t.Index)) for name in names):
        return None
    return tuple(fact for name in names for fact in PROPERTIES[words](name))


def _as_latex(part: str) -> str:
    latex = _GREEK.sub(r"\\\1", part)
    for sign, command in _SIGNS:
        if command is None:
            latex = sign.sub(lambda match: rf"\mathbb{{{match[1][0]}}}", latex)
        else:
            latex = sign.sub(command, latex)
    return latex


def _is_assumption(tree: Tree) -> bool:
    """Whether a tree is a statement on at least one symbol, with no part missing."""
    if any(isinstance(node, (t.Blank, t.Opaque)) for node in _without_ranges(tree)):
        return False
    if not (variables(tree).free or variables(tree).functions):
        return False
    match tree:
        case t.Relation():
            return True
        case t.Apply(operator="or" | "not" | "implies" | "iff" | "and" | "mod", args=args):
            return _is_assumption(args[0])
    return False


def _without_ranges(tree: Tree) -> Iterable[Tree]:
    r"""The nodes of a tree, but for the blanks of `\mathbb{Z}_{\ge 0}` and `y_{<t}`."""
    blanks = {
        id(index.operands[0])
        for node in walk(tree)
        if isinstance(node, t.Index)
        for index in node.indices
        if isinstance(index, t.Relation)
    }
    return (node for node in walk(tree) if id(node) not in blanks)


def _message(number: int, text: str, found: str) -> str:
    return Message(
        "assumption {number}, '{text}': expected a condition such as 'x > 0', 'n "
        r"\in \mathbb{{N}}' or 'x integer', found {found}; write it in LaTeX, "
        "several joined by commas",
        number=number,
        text=text,
        found=found,
    )
