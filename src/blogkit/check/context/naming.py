r"""Letters of which a post says what they are: `记 $e$ 为误差`, `策略 $\pi$`, `let $e$ denote …`.

It exists because some letters mean something by habit (Euler's number, the imaginary unit, the
circle number, an expectation, a probability, the gamma function, the identity matrix), and a post
that names one means what it says. Tables of words; imports `reading.py` and the operator tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from blogkit.formula import Symbol, Tree
from blogkit.formula import tree as t
from blogkit.meaning.statements.cues import chinese, cue, english
from blogkit.meaning.statements.polarity import FORMULA
from blogkit.spans import Span

_BEHIND: Final = re.compile(
    rf"^\s*(?:就|则|都|均|也|分别|各)*(?:{chinese('is')}|指|记作|称为|作为)"
    rf"|^\s*,?\s*(?:which\s+)?(?:{english('is')}|represents?|stands? for|refers? to|means?)\b"
    r"|^\s+(?:as|for)\s+(?:an?|the)\b",
    re.IGNORECASE,
)
_NOUNS: Final = (
    "误差 残差 误差项 策略 编号 序号 下标 索引 指标 样本 类别 位置 时刻 时间步 距离 维度 维数"
    " 能量 嵌入 边 噪声 扰动 概率 分布 先验 参数 系数 变量 向量 矩阵 集合 函数 事件 数据 深度"
    " 直径 输入 输出 状态 动作 图像 电流 温度 价格 轨迹 学习率 步长 权重 偏差 偏置 排列 置换"
)
_IN_FRONT: Final = re.compile(
    r"(?:" + "|".join(_NOUNS.split()) + r"|记[作为]|称[作为]|表示为|叫[做作])\s*$"
    r"|\b(?:errors?|residuals?|polic(?:y|ies)|index|indices|edges?|embeddings?|distances?"
    r"|dimensions?|energ(?:y|ies)|noise|priors?|distributions?|parameters?|variables?|vectors?"
    r"|matri(?:x|ces)|functions?|sets?|events?|weights?|states?|actions?|images?|currents?|prices?"
    r"|permutations?|projections?|denoted?(?: it| them)?(?: by| as)?|by|called|write)\s+$",
    re.IGNORECASE,
)
"""What a letter is, in front of it."""

_HABIT: Final = re.compile(
    r"自然常数|自然对数|欧拉|圆周率|虚数|虚单位|常数|的?底|无理数|超越数|Euler|imaginary|natural"
    r"|circle|constant|\bbase\b|irrational|transcendental|3\.14|2\.718",
    re.IGNORECASE,
)
"""Words that give a letter the meaning that it has as a constant."""

_ITS_OWN: Final = {
    "E": re.compile(r"期望|均值|平均|expect|mean|average", re.IGNORECASE),
    "D": re.compile(r"方差|散度|距离|varian|diverg", re.IGNORECASE),
    "H": re.compile(r"熵|entropy", re.IGNORECASE),
    "Γ": re.compile(r"伽马|伽玛|[Γ\ue000]\s*函数|gamma function", re.IGNORECASE),
    "ζ": re.compile(r"黎曼|[ζ\ue000]\s*函数|zeta|Riemann", re.IGNORECASE),
    "σ": re.compile(r"sigmoid|logistic|逻辑|S\s*[型形]", re.IGNORECASE),
    "I": re.compile(r"单位[矩方]?阵|互信息|identity|mutual", re.IGNORECASE),
    "O": re.compile(r"零矩阵|复杂度|zero matrix|order|complexity", re.IGNORECASE),
    **dict.fromkeys(
        ["P", "p", "Pr", "q", "Q", "π"],
        re.compile(
            r"概率|分布|密度|似然|策略|先验|后验|P[MD]F|probab|distrib|densit|polic|likelihood|prior"
        ),
    ),
}
"""What a letter means by habit as a function or matrix, where the post says just that."""

_LIST: Final = re.compile(rf"^(?:\s*(?:[、,，]|{cue('and')})\s*{FORMULA}+)+")
_BACK: Final = re.compile(cue("where", also="此处 上式 式中/here|with|in which"), re.IGNORECASE)
_ABBREVIATING: Final = re.compile(
    r"(?:[用以]|记[作为]?)[^，。]*$|\b(?:denoted|written)\b", re.IGNORECASE
)
_ABBREVIATED: Final = re.compile(r"^\s*(?:来)?(?:表示|代表|标记|记)?\s*(?:$|[，,。；;）)])")
"""Nothing behind a letter but that it stands for what was spoken of: `用 $P$ 表示。`"""
_CLAUSE_CHARS: Final = 72
_SENTENCE_CHARS: Final = 120
_BACK_CHARS: Final = 60
_AROUND_CHARS: Final = 24


@dataclass(frozen=True, slots=True)
class Named:
    """A letter and where a post says what it is."""

    name: str
    """The letter: `e`, `π`."""
    span: Span
    """The formula that consists of it."""
    is_own: bool
    """Whether what is said is what the letter means by habit as a function: a probability `p`."""
    looks_back: bool
    """Whether it explains what stands in front: `其中`, `where`."""


def named_in(words: str, span: Span, tree: Tree) -> Iterator[Named]:
    """The letters of an inline formula of which the words beside it say what they are.

    Args:
        words: The text, its formulas masked.
        span: The formula.
        tree: It, read by habit.
    """
    front = words[max(0, span.start - _AROUND_CHARS) : span.start]
    rest = _LIST.sub("", words[span.end : span.end + 3 * _AROUND_CHARS])[:_AROUND_CHARS]
    behind = re.split(r"[。；;\n]|\.\s", rest)[0]
    if not (_BEHIND.match(behind) or _IN_FRONT.search(front)):
        return
    near = _clause(words[: span.start], front, behind) + re.split(r"[，,]", behind)[0]
    if _HABIT.search(near):
        return
    looks_back = _BACK.search(words, span.start - _BACK_CHARS, span.start) is not None
    near += re.split(r"[，,。；;\n]", words[span.end : span.end + _CLAUSE_CHARS])[0]
    for name in _letters(tree):
        own = _ITS_OWN.get(name)
        yield Named(name, span, own is not None and own.search(near) is not None, looks_back)


def _clause(before: str, front: str, behind: str) -> str:
    """The words in front that say what a letter is.

    Where it only abbreviates (`描述随机变量的概率分布，通常用 $P$ 表示`) they are its sentence.
    """
    clause = re.split(r"[，。；;\n]", front)[-1]
    if not (_ABBREVIATING.search(clause) and _ABBREVIATED.match(behind)):
        return clause
    return re.split(r"[。；;\n]", before[-_SENTENCE_CHARS:])[-1]


def _letters(tree: Tree) -> Iterator[str]:
    match tree:
        case t.Collection(items=items):
            for item in items:
                yield from _letters(item)
        case t.Index(base=base):
            yield from _letters(base)
        case t.Constant(name=name, assumed=True):
            yield name
        case t.Apply(operator="transpose" | "inverse", args=(inner,)):
            yield from _letters(inner)
        case Symbol(name=name, font="", accents=(), primes=0, subscript=None, superscript=None):
            yield name
