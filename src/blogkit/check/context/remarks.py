r"""What a post says of its symbols in words that `prose.py` does not read.

It exists because a fact that was not read makes a wrong verdict: where `设 $X$ 的均值为零` stands,
a distribution of another mean refutes nothing. Words that only say what a thing is called
(`$n$ 是样本数`) restrict nothing and are no remarks. Imports `prose.py` and the operator tree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from blogkit.check.context.nouns import word_behind
from blogkit.check.context.prose import Inline, Said, first_of_list, names_of
from blogkit.formula import Symbol, variables, walk
from blogkit.formula import tree as t
from blogkit.meaning.statements.cues import cue
from blogkit.meaning.statements.polarity import affirmed, masked
from blogkit.spans import Span

_FRONT_CHARS: Final = 60
_BEHIND_CHARS: Final = 60
_CUE: Final = re.compile(
    cue("if", "when", "suppose", "call", "where", "given", "all", also="对于/for|with"),
    re.IGNORECASE,
)
_RESULT: Final = re.compile(
    r"则|那么|于是|所以|因此|从而|便有|就有|都有|我们有|[，,]\s*有|可得|得到"
    r"|\b(?:then|so|hence|thus|we have|we get)\b",
    re.IGNORECASE,
)
_CLAUSE_END: Final = re.compile(r"[。！？；;，,、：:\n]|\.(?=\s|$)|[)）]")
_SENTENCE_END: Final = re.compile(r"[。！？；;]|\.(?=\s)|\n\s*\n")
_PLAIN_NOUN: Final = (
    r"(?:(?:可学习|可训练)的?)?(?:一?[个组些])?"
    r"(?:同阶的?)?(?:样本|类别|词|数据|特征|批量|训练|模型|网络|隐藏层|输入|输出)?的?"
    r"(?:常数|参数|超参数|变量|标量|向量|矩阵|函数|数|数量|总数|数目|个数|维度|维数|大小|长度"
    r"|步数|步长|学习率|系数|权重|偏置|输入|输出|索引|下标|序号|标签|随机变量|实数|任意常数|方阵)"
)
_PLAIN_BEHIND: Final = re.compile(
    r"^\s*(?:(?:都|均|也)?(?:是|为|表示|代表|指)(?:一个|某个|任意一个|任意的?|给定的|固定的|(?:任意)?两个)?"
    + _PLAIN_NOUN
    + r"(?=\s*(?:$|[，。；、,.;:：)）\n]))"
    r"|(?:is|are|be|denotes?)\s+(?:(?:an?|the|any|some|arbitrary|given)\s+)*"
    r"(?:real\s+)?(?:constants?|parameters?|hyperparameters?|scalars?|variables?|numbers?"
    r"|vectors?|matri(?:x|ces)|functions?|number of [a-z ]+|dimensions?|learning rate|index|indices"
    r"|inputs?|outputs?|weights?|labels?)(?=\s*(?:$|[,.;:)]|\n|and\s)))",
    re.IGNORECASE,
)
_SPEAKS_BEHIND: Final = re.compile(
    r"^\s*(?:(?:都|均|皆|也|必须|应|要)?(?:是|为(?!了)|满足|服从|独立|相互|互|具有|关于|取)"
    r"|(?:的|之)(?:均值|期望|方差|范数|模|长度|行列式|迹|秩|和|积|特征值|取值|值)"
    r"|(?:is|are|be|has|have|satisf\w+|follows?|obeys?|independent|commutes?)\b)",
    re.IGNORECASE,
)
_FILLER: Final = re.compile(
    r"任意的?|所有的?|每一?个|一个|某个|各个|实数|标量|变量|向量|矩阵|函数|参数|常数|随机变量"
    r"|给定的?|两个|以及|[和与及为对于的]"
    r"|\b(?:that|all|any|every|each|an?|the|some|arbitrary|real|numbers?|variables?|vectors?"
    r"|matri(?:x|ces)|functions?|constants?|random|and|both|two)\b|\s",
    re.IGNORECASE,
)
_EMPTY_TAIL: Final = re.compile(
    r"^(?:时候|[\s时则都均有])*$|^\s*(?:那么|我们|下面|成立|恒成立|we\b|then\b|it\b|the\b|holds\b)"
)
_SWEEPING: Final = re.compile(
    r"正[数值的]|负[数值的]|非负|非零|整数|偶数|奇数|素数|质数|近似|约等于|逼近|渐[近进]|一阶|二阶|泰勒展开"
    r"|忽略|略去|意义下|同余|区间|范围内|定义域|足够|充分[大小]|很[大小]时|趋[于近]|条件下|前提下|情[形况]下"
    r"|归一化|单位向量|可交换|零均值|相互独立|概率|不超过|不大于|不小于|不低于|不少于"
    r"|\b(?:positive|negative|non-?negative|non-?zero|integers?|even|odd|primes?|approximat\w+"
    r"|asymptotic\w*|negligible|neglect\w*|modulo|interval|sufficiently|small|large|assum\w+"
    r"|independent|first[- ]order|normali[sz]ed|in the limit"
    r"|probabilit(?:y|ies)|at most|at least)\b",
    re.IGNORECASE,
)
_SWEEPING_CHARS: Final = 120


def sweeping_words(words: str, place: int, said: Sequence[Said]) -> str:
    """A word in front of a place that may restrict all symbols; empty where there is none.

    Formulas are masked in the words, and what a clause denies restricts nothing.
    `以下变量均为正数`, `在一阶近似下`: no symbol is named. What stands beside a fact is that fact.
    """
    start = max(0, place - _SWEEPING_CHARS)
    for found in affirmed(_SWEEPING, words, start, place):
        near = (f.span for f in said if f.span.start - 24 <= found.start() <= f.span.end + 24)
        if next(near, None) is None:
            return found.group()
    return ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Words or a condition on symbols that were not understood."""

    symbols: frozenset[Symbol]
    """What is spoken of."""
    words: str
    """What is said, as it stands in the text, shortened."""
    span: Span
    """Where: the formula that names the symbols."""
    is_lasting: bool
    """Whether it holds to the end of the post; else to the end of its section."""


def remarks_in(text: str, formulas: Sequence[Inline], said: Sequence[Said]) -> Iterator[Remark]:
    """What a text says about the formulas in it that is not among the facts that were read.

    Args:
        text: A post's text.
        formulas: Its inline formulas, in order.
        said: The facts that were read in it.
    """
    words = masked(text, [formula.span for formula in formulas])
    understood = {fact.span for fact in said}
    for number, formula in enumerate(formulas):
        is_read = formula.span in understood
        if names_of(formula.tree):
            behind = words[formula.span.end : formula.span.end + _BEHIND_CHARS]
            is_kind = is_read and word_behind(behind) is not None
            told = "" if is_kind else _words_about(text, formulas, number, is_read=is_read)
            if told:
                first = first_of_list(text, formulas, number)
                listed = formulas[first : number + 1]
                named = frozenset(s for one in listed for s in _symbols(one))
                yield Remark(named, told, formula.span, is_lasting=True)
        elif not is_read and _restricts(formula):
            yield Remark(_symbols(formula), formula.span.of(text), formula.span, is_lasting=False)


def _symbols(formula: Inline) -> frozenset[Symbol]:
    found = variables(formula.tree)
    return frozenset((*found.free, *found.functions))


def _restricts(formula: Inline) -> bool:
    """Whether a formula is a condition other than an equation, which is noted elsewhere."""
    signs = frozenset("<≤>≥≠≪≫∈∉⊂⊆⊥⟂|∣≡")
    return any(
        isinstance(node, t.Relation) and signs & set("".join(node.operators))
        for node in walk(formula.tree)
    )


def _words_about(text: str, formulas: Sequence[Inline], number: int, *, is_read: bool) -> str:
    """The words that say something of the names in a formula; empty where none do.

    Of names of which a fact was read (`随机变量 $X$ 的均值为零`), more may be said behind them.
    """
    span = formulas[number].span
    next_start = formulas[number + 1].span.start if number + 1 < len(formulas) else len(text)
    after = text[span.end : min(next_start, span.end + 40)]
    clause_end = _CLAUSE_END.search(after)
    tail = after[: clause_end.start()] if clause_end else after
    if _PLAIN_BEHIND.match(after):
        return ""
    if _SPEAKS_BEHIND.match(tail):
        return _around(text, span, tail)
    head = None if is_read else _hypothesis(text, formulas, number)
    if head is None:
        return ""
    if _FILLER.sub("", head) or (_FILLER.sub("", tail) and not _EMPTY_TAIL.match(tail)):
        return _around(text, span, tail, head)
    return ""


def _hypothesis(text: str, formulas: Sequence[Inline], number: int) -> str | None:
    """What stands between a word such as `设` and a formula; None where no such word governs it."""
    start = formulas[number].span.start
    front = text[max(0, start - _FRONT_CHARS) : start]
    sentence = _SENTENCE_END.split(front)[-1]
    cues = list(_CUE.finditer(sentence))
    if not cues or _RESULT.search(sentence, cues[-1].end()):
        return None
    previous_end = formulas[number - 1].span.end if number else 0
    head = sentence[cues[-1].end() :]
    head = head[max(0, len(head) - (start - previous_end)) :]
    return _CLAUSE_END.split(head)[-1]


def _around(text: str, span: Span, tail: str, head: str = "") -> str:
    return f"{head}{span.of(text)}{tail}".strip()
