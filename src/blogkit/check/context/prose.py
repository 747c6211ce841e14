r"""Facts in the words around formulas: `设 $A$ 为对称矩阵`, `$n$ is a positive integer`.

It exists because posts say in words what formulas rest on. It errs on the side of silence: a fact
that is not there costs a proof, a wrong one makes a wrong verdict. Tables of words, and the few
places where they are looked for. Imports `assume.py` for the words, and the operator tree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from blogkit.check.facts.assume import PROPERTIES
from blogkit.check.question import Fact
from blogkit.check.statements.clauses import bare_names, conjuncts, is_condition
from blogkit.check.trees.printing import to_latex
from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.spans import Span

Reach = Literal["post", "section", "sentence"]
"""How far a fact holds: a declaration to the end of the post, a bound to the end of its section,
what stands behind `if` in its sentence."""

_MORE: Final[dict[str, str]] = {
    **dict.fromkeys(["向量", "列向量", "vector", "column vector"], "a vector"),
    **dict.fromkeys(["矩阵", "matrix"], "a matrix"),
    **dict.fromkeys(["随机变量", "random variable"], "random"),
    **dict.fromkeys(["任意函数", "任意的函数", "arbitrary function", "any function"], "a function"),
}
"""Words for things that are no numbers, and what they say."""

_CHINESE: Final = sorted(
    (word for word in [*PROPERTIES, *_MORE] if "一" <= word[0] <= "鿿"), key=len, reverse=True
)
_ENGLISH: Final = sorted(
    (word for word in [*PROPERTIES, *_MORE] if word[0].isascii()), key=len, reverse=True
)
_NOUNS: Final = [
    *[
        "正整数",
        "非负整数",
        "自然数",
        "整数",
        "实数",
        "正实数",
        "正数",
        "非负实数",
        "复数",
        "有理数",
    ],
    *["偶数", "奇数"],
    *["对称矩阵", "正交矩阵", "可逆矩阵", "方阵", "随机变量", "任意函数"],
]
_AFTER_CHINESE: Final = re.compile(
    r"^\s*(?:都|均|皆)?(?:是|为)\s*(?:一个|某个|任意一个|任意的|任意|给定的|固定的)?\s*("
    + "|".join(map(re.escape, _CHINESE))
    + r")(?=\s*(?:$|[，。；、,.;:)）(（]|时|且|则|\n))"
)
_AFTER_ENGLISH: Final = re.compile(
    r"^\s+(?:is|are|be|denotes?)\s+(?:(?:an?|the|any|some|arbitrary|fixed|given)\s+)*("
    + "|".join(map(re.escape, _ENGLISH))
    + r")s?(?:\s+numbers?)?(?=\s*(?:$|[,.;:)(]|\n|and\s|with\s|such\s|which\s|that\s))"
)
_BEFORE_CHINESE: Final = re.compile(
    "(?:" + "|".join(sorted(_NOUNS, key=len, reverse=True)) + r")\s*$"
)
_BEFORE_ENGLISH: Final = re.compile(
    r"\b(positive integer|nonnegative integer|non-negative integer|natural number|integer"
    r"|positive real number|real number|complex number|symmetric matrix|orthogonal matrix"
    r"|invertible matrix|random variable)s?\s+$"
)
_NEGATED: Final = re.compile(r"(?:不是|并非|不为|非|not an?|no)\s*[一-鿿A-Za-z ]{0,12}$")
_JOINED: Final = re.compile(r"^\s*(?:、|,|，|和|与|及|以及|and)\s*$")
_AND: Final = re.compile(r"^\s*(?:、|和|与|及|以及|,?\s*and)\s*$")
_IF: Final = re.compile(
    r"(?:前提是|若|如果|当|假如|只要|除非|要是|倘若|\bif|\bwhen|\bwhenever|\bunless|\bonce)"
    r"\s*[^，。；,.;]{0,12}$",
    re.IGNORECASE,
)
_DECLARES: Final = re.compile(
    r"(?:其中|这里|设|假设|假定|令|记|给定|已知|满足|要求|需要|约束|对任意|对于任意|任意|任给|对所有"
    r"|对于所有"
    r"|\bwhere|\bwith|\blet|\bsuppose|\bassume|\bassuming|\bgiven"
    r"|\bfor (?:all|any|every|some)|\bfor)"
    r"(?: that| the| an?|的|：|:|,|，|常数|参数|超参数|实数|阈值)*\s*$",
    re.IGNORECASE,
)
_EXISTS: Final = re.compile(
    r"(?:存在|exists?|there (?:is|are))\s*(?:an?|一个|some)?\s*$", re.IGNORECASE
)
_FOR_ALL: Final = re.compile(
    r"(?:对任意|对于任意|任意|任给|对所有|对于所有|对于任何|任何|for (?:all|any|every|each))"
    r"\s*(?:的)?$",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"^(?:\s*(?:都|均|皆)?(?:是|为)[^，,。；;$]{1,10}|\s+(?:is|are|be)\s[^,.;$]{1,25})?"
    r"\s*(?:[,，、]\s*(?:且|并且|以及|and|with)?|且|并且|和|与|及|以及|and|with)\s*$"
)
"""What stands between a fact and the next of the same list: `$n$ 是正整数，$x \\geq -1$`."""
_CONSTANT_BEHIND: Final = re.compile(
    r"^\s*(?:是|为|is|are)\s*(?:一个|某个|给定的|an?|the)?\s*(?:正的|小的|固定的|fixed|small)?\s*"
    r"(?:常数|超参数|参数|常量|constants?|hyperparameters?|parameters?|阈值|threshold|标量|scalars?)"
)
_EN_KEYS: Final = {word.removeprefix("a ").removeprefix("an "): word for word in _ENGLISH}


@dataclass(frozen=True, slots=True)
class Inline:
    """A formula in running text."""

    span: Span
    """The formula with its delimiters, in the text."""
    tree: Tree
    """Its operator tree."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that the text states."""

    fact: Fact
    """The fact."""
    span: Span
    """Where it is said."""
    reach: Reach
    """How far it holds."""


def facts_in(text: str, formulas: Sequence[Inline]) -> Iterator[Said]:
    """The facts that a text states about the formulas in it, in order.

    Args:
        text: A post's text.
        formulas: Its inline formulas, in order.
    """
    last: Said | None = None
    for number, formula in enumerate(formulas):
        before = text[max(0, formula.span.start - 40) : formula.span.start]
        previous_end = formulas[number - 1].span.end if number else 0
        before = before[max(0, len(before) - (formula.span.start - previous_end)) :]
        next_start = formulas[number + 1].span.start if number + 1 < len(formulas) else len(text)
        after = text[formula.span.end : min(next_start, formula.span.end + 40)]
        found: tuple[Said, ...] = ()
        if names_of(formula.tree):
            found = tuple(_worded(text, formulas, number, before, after))
        elif any(map(is_condition, _parts(formula.tree))):
            goes_on = last is not None and _GOES_ON.match(text[last.span.end : formula.span.start])
            found = tuple(_written(formula, before, after, last.reach if last and goes_on else ""))
        yield from found
        last = found[-1] if found else last


def names_of(tree: Tree) -> tuple[Tree, ...]:
    """The symbols of a formula that lists symbols and says nothing else."""
    if bare_names(tree) is None or isinstance(tree, t.Apply):
        return ()
    items = tree.items if isinstance(tree, t.Collection) else (tree,)
    return tuple(item for item in items if isinstance(item, (Symbol, t.Index)))


def _parts(tree: Tree) -> tuple[Tree, ...]:
    return tuple(conjuncts(tree))


# --- conditions that are written as formulas


def _written(
    formula: Inline, before: str, after: str, goes_on: Reach | Literal[""]
) -> Iterator[Said]:
    """`其中 $\\gamma > 0$`, `$x \\in \\mathbb{R}^n$`, `整数 $n \\geq 5$`."""
    parts = [part for part in _parts(formula.tree) if is_condition(part)]
    if len(parts) < len(_parts(formula.tree)):
        return
    word = _word_before(before)
    if word is not None:
        before = _BEFORE_ENGLISH.sub("", _BEFORE_CHINESE.sub("", before))
    hypothetical = _IF.search(before) is not None
    declared = _DECLARES.search(before) or _CONSTANT_BEHIND.search(after)
    if _EXISTS.search(before):
        return
    is_local = hypothetical or _FOR_ALL.search(before) or _lists_values(formula.tree)
    for part in parts:
        is_member = isinstance(part, t.Relation) and set(part.operators) == {"∈"}
        if goes_on:
            reach: Reach = goes_on
        elif is_local:
            reach = "sentence"
        elif is_member:
            reach = "post"
        elif declared:
            reach = "section"
        else:
            continue
        yield Said(Fact(part, to_latex(part), "formula"), formula.span, reach)
        if word is not None and isinstance(part, t.Relation):
            for name in (side for side in part.operands if isinstance(side, (Symbol, t.Index))):
                yield from _facts(name, word, formula.span, reach)


def _lists_values(tree: Tree) -> bool:
    """`k = 1, 4, 16`: values that are tried, and no range."""
    return any(
        isinstance(node, t.Relation)
        and node.operators == ("=",)
        and isinstance(node.operands[1], t.Collection)
        and not any(isinstance(item, t.Ellipsis) for item in node.operands[1].items)
        for node in walk(tree)
    )


# --- words


def _worded(
    text: str, formulas: Sequence[Inline], number: int, before: str, after: str
) -> Iterator[Said]:
    word = word_behind(after)
    if word is not None:
        first = first_of_list(text, formulas, number)
        front = text[max(0, formulas[first].span.start - 30) : formulas[first].span.start]
        if _NEGATED.search(front):
            return
        reach: Reach = "sentence" if _IF.search(front) else "post"
        for other in formulas[first : number + 1]:
            for name in names_of(other.tree):
                yield from _facts(name, word, other.span, reach)
        return
    word = _word_before(before)
    if word is not None and not _NEGATED.search(before[: -len(word)].rstrip()):
        reach = "sentence" if _IF.search(before) else "post"
        for other in formulas[number : _end_of_list(text, formulas, number)]:
            for name in names_of(other.tree):
                yield from _facts(name, word, other.span, reach)


def word_behind(after: str) -> str | None:
    """The word for what the names before a text are, where it goes on with one that is known."""
    match = _AFTER_CHINESE.match(after)
    if match:
        return match[1]
    match = _AFTER_ENGLISH.match(after)
    return (
        _EN_KEYS.get(match[1].removeprefix("a ").removeprefix("an "), match[1]) if match else None
    )


def _word_before(before: str) -> str | None:
    match = _BEFORE_CHINESE.search(before)
    if match:
        return match.group().strip()
    match = _BEFORE_ENGLISH.search(before)
    if match is None:
        return None
    word = match[1]
    known = PROPERTIES.keys() | _MORE.keys()
    candidates = (word, f"a {word}", f"an {word}", word.removesuffix(" number"))
    return next((candidate for candidate in candidates if candidate in known), None)


def first_of_list(text: str, formulas: Sequence[Inline], number: int) -> int:
    """The first formula of a list that ends here: `$a$、$b$ 和 $c$ 都是正数`."""
    while number > 0:
        between = text[formulas[number - 1].span.end : formulas[number].span.start]
        if not _JOINED.match(between) or not names_of(formulas[number - 1].tree):
            break
        number -= 1
    return number


def _end_of_list(text: str, formulas: Sequence[Inline], number: int) -> int:
    """Behind the last formula of a list that begins here: `正数 $a$、$b$ 和 $c$`."""
    end = number + 1
    while end < len(formulas) and names_of(formulas[end].tree):
        between = text[formulas[end - 1].span.end : formulas[end].span.start]
        if not _AND.match(between):
            break
        end += 1
    return end


def _facts(name: Tree, word: str, span: Span, reach: Reach) -> Iterator[Said]:
    if word in _MORE:
        tree = t.Where(name, "where", t.Text(_MORE[word]))
        yield Said(Fact(tree, to_latex(tree), "prose"), span, reach)
        return
    for fact in PROPERTIES[word](name):
        yield Said(Fact(fact, to_latex(fact), "prose"), span, reach)
