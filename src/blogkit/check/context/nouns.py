r"""What kind of thing words beside a name say it is: `$A$ 为对称矩阵`, `the matrices $A$, $B$`.

It exists because posts say kinds in many ways, with quantities and adjectives in between. Only
words that restrict nothing are passed over: a `怪矩阵` is no mere `矩阵`. Tables of words; imports
`properties.py` for the words.
"""

import re
from typing import Final

from blogkit.meaning.facts.properties import MATRICES, NUMBERS, THINGS
from blogkit.meaning.statements.polarity import FORMULA, Polarity

_KINDS: Final = [
    *["vector", "column vector", "matrix", "random variable", "arbitrary function", "any function"],
    *["向量", "列向量", "矩阵", "随机变量", "任意函数", "任意的函数"],
]
_WORDS: Final = {
    word: meaning
    for word, meaning in {**NUMBERS, **MATRICES, **{word: THINGS[word] for word in _KINDS}}.items()
    if not re.search("prime|[质素]数", word)  # no method knows them; a remark withholds refutations
}
"""Words that posts use for what a name is, and for nothing else."""

_CHINESE: Final = sorted(
    (word for word in _WORDS if "一" <= word[0] <= "鿿"), key=len, reverse=True
)
_ENGLISH: Final = sorted((word for word in _WORDS if word[0].isascii()), key=len, reverse=True)


def _plural(word: str) -> str:
    """A pattern for an English word and its plural."""
    stem = re.escape(word)
    return stem.removesuffix("x") + "(?:x|ces)" if word.endswith("matrix") else stem + "s?"


_NAMING: Final = "权重|参数|系数|数据|输入|输出|样本|查询|键|值|隐藏|状态|设计|嵌入|词|偏置|图像"
"""What a matrix or vector is for, which restricts nothing."""

_ENGLISH_NAMING: Final = (
    "weight|data|input|output|parameter|image|embedding|query|key|value|hidden|design|bias|real"
)
_AFTER_CHINESE: Final = re.compile(
    r"^\s*(?:(?:并|也|都)?(?:不必|不一定|未必|不再|无需|无须|不要求|不需要|不要求一定|不)\s*)?"
    r"(?:都|均|皆|分别)?(?:是|为|表示|代表)\s*"
    r"(?:(?:一个|某个|任意一个|任意的?|给定的|固定的|[两二三四几]个|若干个?|一[组些对]|同[阶型维]的?"
    rf"|可学习的?|待学习的|实|[nmdk]\s*阶|{FORMULA}+\s*(?:维|阶)?的?|{_NAMING})\s*)*("
    + "|".join(map(re.escape, _CHINESE))
    + r")(?=\s*(?:$|[，。；、,.;:)）(（$]|时|且|则|\n))"
)
_AFTER_ENGLISH: Final = re.compile(
    r"^\s+(?:is|are|be|denotes?|need not be|may not be|does not have to be|do not have to be)\s+"
    r"(?:(?:not|no longer|necessarily|always|required to be|assumed to be|both|all)\s+)*"
    r"(?:(?:an?|the|any|some|arbitrary|fixed|given|two|three|four|several|of the same size|\w-by-\w"
    rf"|{FORMULA}+(?:-dimensional)?|{_ENGLISH_NAMING})\s+)*("
    + "|".join(map(_plural, _ENGLISH))
    + r")(?:\s+numbers?)?(?=\s*(?:$|[,.;:)($]|\n|and\s|with\s|such\s|which\s|that\s|of\s))"
)
_LEFT_OPEN: Final = re.compile(
    r"^\s*(?:并|也|都)?(?:不[必一再要需]|未必|无需|无须)"
    r"|^\s+(?:need|may|does|do|is no longer|are no longer"
    r"|\w+ not (?:necessarily|always|required|assumed))\b"
)
_NOT: Final = re.compile(r"^\s*(?:并|也|都)?不|^\s+(?:is|are|be) not\b")
_NOUNS: Final = sorted(
    [
        *(word for word in _CHINESE if word.endswith(("数", "矩阵", "方阵")) and word != "矩阵"),
        *["随机变量", "任意函数"],
    ],
    key=len,
    reverse=True,
)
_BEFORE_CHINESE: Final = re.compile(
    "(?P<exact>" + "|".join(_NOUNS) + r")\s*$"
    rf"|(?:^|[^一-鿿]|{_NAMING}|[个和与对于设令中记有将把若是为阶用两些]|给定|任意|如果|其中)"
    r"(?P<thing>矩阵|列?向量)\s*$"
)
_EXACT_ENGLISH: Final = sorted(
    {
        word
        for word in _ENGLISH
        if word.endswith((" matrix", " integer", " number", " variable")) or word == "integer"
    }
    | {f"{word} number" for word in ("natural", "real", "complex", "positive real", "rational")},
    key=len,
    reverse=True,
)
_BEFORE_ENGLISH: Final = re.compile(
    r"\b(?P<exact>" + "|".join(map(_plural, _EXACT_ENGLISH)) + r")\s+$"
    r"|(?:^|[^\w\s]\s*|\b(?:the|an?|any|some|every|each|all|both|given|two|three|fixed|arbitrary|of"
    rf"|and|for|let|by|with|where|suppose|column|{_ENGLISH_NAMING})\s+)"
    r"(?P<thing>matri(?:x|ces)|vectors?)\s+$",
    re.IGNORECASE,
)


def word_behind(after: str) -> str | None:
    """The word for what the names before a text are, where it goes on with one that is known.

    >>> word_behind("是两个矩阵，则"), word_behind(" are square matrices."), word_behind("是正的")
    ('矩阵', 'square matrix', '正的')
    """
    match = _AFTER_CHINESE.match(after)
    if match:
        return match[1]
    match = _AFTER_ENGLISH.match(after)
    return _known(match[1]) if match else None


def word_before(before: str) -> str | None:
    """The word for what the names behind a text are.

    >>> word_before("设权重矩阵 "), word_before("for positive integers "), word_before("怪矩阵 ")
    ('矩阵', 'positive integer', None)
    """
    match = _BEFORE_CHINESE.search(before)
    if match:
        return match["exact"] or match["thing"].removeprefix("列")
    match = _BEFORE_ENGLISH.search(before)
    return _known(match["exact"] or match["thing"]) if match else None


def without_word(before: str) -> str:
    """A text without the word at its end that says what is behind it."""
    for pattern in (_BEFORE_CHINESE, _BEFORE_ENGLISH):
        match = pattern.search(before)
        if match:
            return before[: match.start(match.lastgroup or 0)]
    return before


def taken(after: str) -> Polarity:
    """How the verb behind a name takes the word behind it: `不必是` leaves it open, `不是` denies.

    >>> taken(" is not positive"), taken("不必是正数"), taken("是正数")
    ('contrary', 'denied', 'asserted')
    """
    if _LEFT_OPEN.match(after):
        return "denied"
    return "contrary" if _NOT.match(after) else "asserted"


def _known(word: str) -> str | None:
    """An English word as the tables have it, whatever its number."""
    word = word.lower()
    singular = word.replace("matrices", "matrix")
    singulars = (singular, singular.removesuffix("s"))
    for one in (*singulars, *(s.removesuffix(" number") for s in singulars)):
        if one in _WORDS:
            return one
    return None
