"""Terms and the sentences that define them.

Writers mark a definition by a few turns of phrase: ``所谓X，就是…``, ``X（English）是…``,
``…称为X``, ``X是一种…``, ``… is called X``. A sentence counts only if one of them is there, what it
names can be a term, and it says which one it is; that loses definitions, but what is found is worth
asking. Imports text and spans only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from blogkit.spans import Span
from blogkit.study import english
from blogkit.text.normalize import fold_script

_QUOTES = '“”"「」『』‘’'
_OPENING = "“「『‘"
_NAME = rf"[^\s,。:;!?()《》$\\{_QUOTES}][^,。:;!?()《》$\\{_QUOTES}]{{0,30}}?"
_QUOTED = r"(?:[“\"][^“”\"]+[”\"])?"
_TERM = rf"[“\"「『]?(?P<term>{_NAME})[”\"」』]?(?![A-Za-z])"
_GLOSS = r"[ ]?\((?P<gloss>(?!(?i:table|fig|eq|sec)[a-z]*\.?[ ]?\d)[A-Za-z][^()]{1,60})\)"
_FULL_NAME = r"[,]?(?:的)?全称(?:为|是|叫)[ ]?[“\"]?(?P<gloss>[A-Za-z][^,。“”\"]{2,60})[”\"]?"
_START = r"(?:^|(?<=[,。:;]))(?:而|其中|那么|因此|所以|事实上|一般来说[,]?|简单来说[,]?)?"
_CALLED = r"(?:称之?为|称作|叫做|叫作)"
_SURELY = r"(?:实际上|其实|本质上|可以说|简单来说|往往|永远|通常|一般|实际|就|也算|也|便|则|总|都)*"

_KIND_OF = rf"^{_TERM}{_SURELY}是(?:一种|一个|一类|一套|一组)"
_NAMED = rf"{_START}{_TERM}{_GLOSS}[, ]?{_SURELY}(?:是|指)"
_VERBS = "(?:主要|通常|一般)?(?:用[于来以]|研究|描述|强调|通过|衡量|度量|表示)|,(?:将|把)|:"
_DOES = rf"^{_TERM}{_GLOSS}(?:[, ]?{_VERBS})"
_CHINESE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:这就是|也就是|即)所谓的?(?P<term>{_QUOTED}[^,。:;!?()$\\]{{0,12}})(?=[,。;]|$)",
        rf"(?<!就是)(?<!是)所谓的?[ ]?{_TERM}(?:{_GLOSS})?[,]?[^,。:;$A-Za-z]{{0,8}}?(?:是|指)",
        rf"{_START}{_TERM}{_GLOSS}[, ]?{_SURELY}(?:是指|指的是)",
        _NAMED,
        rf"{_START}{_TERM}{_FULL_NAME},{_SURELY}是",
        rf"{_START}{_TERM}{_SURELY}(?:是指|指的就?是)",
        rf"{_START}{_TERM}的意思{_SURELY}是",
        _KIND_OF,
        rf"{_CALLED}[“\"「](?P<term>{_NAME})[”\"」](?:{_GLOSS})?(?!了)",
        rf"{_CALLED}(?P<term>{_NAME})(?:{_GLOSS})(?!了)",
        rf"{_CALLED}(?P<term>{_NAME})(?=[,。;]|\.?$)",
        rf"(?:一种|一个|一类)[^,。:;$]{{2,24}}:{_TERM}{_GLOSS}(?=[,。])",
        _DOES,
    )
)
_PATTERNS = (*_CHINESE, *english.NAMED_AFTER, *english.NAMED_FIRST, english.KIND_OF)
"""Tried in this order; the first one that fits a sentence names its term."""
_SAYS_KIND = frozenset({_KIND_OF, _NAMED, _DOES, english.KIND_OF.pattern})
_NAMES_IT = ("称", "叫")
"""How a match begins where what a thing is stands before its name."""

_NOT_IN_TERMS = re.compile(
    r"[的了们么吗呢吧我你他她它是在有/、#`\[\]_\t]|[A-Za-z]\.[A-Za-z]|(?<!^)(?<![饱总求中柔温])[和与](?!$)|一般|可以|应该|如果|因为|所以|由于|之后|通常|这|那些"
    r"|(?<![行作])为|对比|得到|\w[:=]"
)
_IS_CALL = re.compile(r"[\x00-\x7f]+[ ](?:[a-z]|\S*[*/_=])")
"""A name with what it is called with: `erase(pos)` is no term with its English name."""
_NOT_FIRST = re.compile(
    "[其该此本某每各第另两几上下一都不将把与和当使很最更]|根据|前者|后者|目前|最近|然后|属于|方法|问题|结果|文章|论文|并[且]?|而且|以及|另外"
    "|通过|利用|使用|采用|同样|同时|关于|对于|从|由|称|具有|如|或|又称|简称|亦称|以下|以上|也|即|往往|永远|实际"
)
_NO_TERM_TEXT = """
输出 输入 同样 结果 函数 模型 算法 网络 数据 样本 参数 矩阵 向量 方法 例子 问题 目标 公式 过程 变量
常数 集合 图像 文本 序列 输出层 输入层 训练 测试 名字 作者 其实 实际 主要 目的 原因 好处 优点 缺点
区别 本质 关键 核心 思想 前提 特点
"""
_NO_TERM = frozenset(_NO_TERM_TEXT.split())
"""What is said of many things."""
_WORDLIKE = re.compile(r"[\u4e00-\u9fd5]|[A-Za-z]{2}")
_LETTERS = re.compile(r"[\u4e00-\u9fd5A-Za-z0-9]")
_LEANS_BACK = re.compile("^(?:它|这|其|该|此|上述|前者|后者|另一|另外)")
_NAMES_BACK = re.compile(r"(?:将|把)?[其它]$")
_WORD = re.compile(r"[\u4e00-\u9fd5]|[A-Za-z]+")
_LEAST_ENGLISH_WORDS = 11
_HAN = re.compile(r"[\u4e00-\u9fd5]")
_PRAISED = re.compile(
    "之一|欢迎|开源|困难|重要|好的例子|有趣|两个|合理|自然的?(?=假设|选择|想法)|[很非][\u4e00-\u9fd5]*的|常[见用]|经典|流行|有力|强力|强大|高效|有用|不错"
    "|开山|提出|理想|标准工具|创造性|灵活|父类|子类|接口|文件|命令|变量名|版本|的一[个种类](?:分支|主题|领域|方面|部分|成员|例子|特例)[。．.]?$|"
    r"\b(?:one of the|important|popular|useful|simple|good|great|common|powerful|natural|famous|key"
    r"|special case|subclass|class method|wrapper|file|keyword|python)\b"
)
"""What tells nothing apart: praise, history, and what programs are made of."""
_PURPOSE = re.compile(
    "[为不大以把可能要会有因当否怎如多属比]|目前|一样|(?:[由从在最很非与和对]|通过|用[来于以])(?![^,，。]*的[^的,，。]{2,10}(?:[,，。]|$))"
    r"|(?:for|to|not|very|also|used|often|that|when|why|because|in|on)\b"
)
"""How it goes on behind `X（English）是` where nothing is said of what X is."""
_COMES = re.compile(
    r"(?:[如以]下|下列)(?:几|[一两三四]|条件|性质|要求|方[法式]|形式|特[点征])[^:：]*[。．；;]$|如下[。．]?$"
)
"""Says that what tells a thing apart comes behind the sentence."""
_ATTRIBUTE = re.compile('[”"」』]?(?:[ ]?[(（][^()（）]*[)）])?的')
_LEAST_BEHIND = 8
"""Words behind `叫做X的Y`: fewer don't say what X is."""
_ADVERBS = re.compile(
    r"不妨|姑且|可以|虽然|尽管|因为|如果|请?注意|[我们其他它也又被通常一般有时往将把可以所会就便都简最还亦并则而,，:：、\s]|的|"
    r"\b(?:also|often|usually|commonly|sometimes|we|it|they|is|are|this|that|the|an?)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,，:：]")
_DENIED = re.compile(
    r"(?:不[能会应可宜]|不太|无法|难以|没有)[^,，]{0,10}$|\b(?:not|never|cannot)\b[^,]{0,20}$"
)
_IN_ASIDE = re.compile(r"[(（][^()（）]*$")
_CLAIMS = re.compile(r"同样$|(?<![也又还])(?<!通常)可以?$|[时后][,，](?:就|则|便|常|一般)?(?:被)?$")
"""`深度学习可以称为…`, `当它为零时，称为…`: said once, or of nothing that is named."""
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_ONE_OF_MANY = re.compile(
    r"的[一另][个种类][^,，]*$|[一另][个种类][^,，的]{0,6}[,，]?$|(?:定义|有|存在|提出|给出|引入)了?[一另][个种类][^,，]*[,，]?[^,，]*$"
)
"""`语义分割的一个数据集叫做`: there are others."""
_SUBJECT = re.compile(r"[\u4e00-\u9fd5]{2}|[A-Za-z]{3}")
_LEAST_WORDS_OF_KIND, _LEAST_WORDS_OF_USE, _LEAST_WORDS_OF_NAMED = 18, 16, 12
_LEAST_WORDS_OF_CLAUSE = 11
_ITS_OWN = re.compile(r"[^,，]*[,，](?:其|每|各|满足|且|它的)")
_COLON = re.compile(r"\s*[:：]")
_IS_SAID = re.compile(
    r"(?!例如|比如|为|此时|这|该)[^,，。]*(?:的[^的,，。；;]{1,8}(?=[,，。；;.．]|$)|指|是|可以|若|如果|当)"
)
"""How it goes on behind `X（English）：` where it is said what X is, and no example is given."""
"""Of a sentence that says of what kind something is; fewer fit many things."""
_BEHIND = r"(?:[ ]?[(（][A-Za-z][^()（）]*[)）])?"
"""A name in another language, hidden with the term."""
_MOST_HAN = 12
_LEAST_CHARS_LEFT = 12
_MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term with the place of its name in the sentence that defines it."""

    term: str
    """The term, as it is written."""
    span: Span
    """The term in the sentence, with its name in the other language where that follows."""
    is_sure: bool = True
    """Whether the sentence marks it as a term: by quotes, by another name, by `所谓` or `称为`."""


def defined_term(sentence: str, formulas: Sequence[Span]) -> DefinedTerm | None:
    """The term that a sentence defines; None if it defines none.

    Args:
        sentence: one sentence.
        formulas: its formulas, which hold no terms.

    >>> found = defined_term("而所谓梯度裁剪（gradient clipping），就是根据模长来做一个缩放。", [])
    >>> found.term, found.span
    ('梯度裁剪', Span(start=3, end=26))
    """
    folded = fold_script(sentence)
    if len(sentence) > _MOST_CHARS or _COMES.search(sentence):
        return None
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            found = _checked(sentence, match)
            if found and not any(_overlap(found.span, formula) for formula in formulas):
                is_kind = pattern.pattern in _SAYS_KIND
                if not (_tells_apart if is_kind else _is_told)(sentence, found, match, formulas):
                    return None
                return replace(found, is_sure=not is_kind or pattern.pattern in (_NAMED, _DOES))
    return None


def _tells_apart(
    sentence: str, found: DefinedTerm, match: re.Match[str], formulas: Sequence[Span]
) -> bool:
    """Whether a sentence says more of a thing than of what kind it is."""
    before = sentence[: found.span.start]
    rest = before + sentence[found.span.end :]
    if before.rstrip().endswith((":", "：")):
        return False
    if match.re.pattern == _KIND_OF and not _says_enough(sentence[match.end() :]):
        return False
    is_named = bool(match["gloss"]) if "gloss" in match.re.groupindex else False
    if match.re.pattern == _NAMED and _PURPOSE.match(sentence[match.end() :].lstrip()):
        return False
    if match.re.pattern == _DOES and (found.term in rest or not _says_what(sentence, match)):
        return False
    least = _LEAST_WORDS_OF_NAMED if is_named else _LEAST_WORDS_OF_KIND
    if not _HAN.search(rest):
        least = _LEAST_ENGLISH_WORDS
    return len(_WORD.findall(rest)) >= least and not _PRAISED.search(rest)


def _says_enough(behind: str) -> bool:
    """Whether `X是一种…` goes on with long words for the kind, or with what is its own."""
    first = _CLAUSE.split(behind)[0]
    return len(_WORD.findall(first)) >= _LEAST_WORDS_OF_CLAUSE or bool(_ITS_OWN.match(behind))


def _says_what(sentence: str, match: re.Match[str]) -> bool:
    """Whether what stands behind `X（English）` is long, or behind a colon and no example."""
    behind = sentence[match.end("gloss") + 1 :]
    if colon := _COLON.match(behind):
        return bool(_IS_SAID.match(behind[colon.end() :].lstrip()))
    return len(_WORD.findall(behind)) >= _LEAST_WORDS_OF_USE


def _is_told(
    sentence: str, found: DefinedTerm, match: re.Match[str], formulas: Sequence[Span]
) -> bool:
    """Whether a sentence that names a thing says which: not only that a letter is called so."""
    if not match.group().startswith(_NAMES_IT) and match.re not in english.NAMED_AFTER:
        return True
    behind = sentence[found.span.end :]
    if attribute := _ATTRIBUTE.match(behind):
        return len(_WORD.findall(behind[attribute.end() :])) >= _LEAST_BEHIND
    words = sentence
    for span in formulas:
        words = f"{words[: span.start]}{'◊' * len(span)}{words[span.end :]}"
    before = _ASIDE.sub("", words[: match.start()])
    if _IN_ASIDE.search(before) or _CLAIMS.search(before):
        return False
    clauses = [_ADVERBS.sub(" ", clause) for clause in _CLAUSE.split(before)]
    own = clauses[-1] if clauses[-1].strip() else " ".join(clauses)
    if _DENIED.search(before):
        return False
    return bool(_SUBJECT.search(own)) and not _ONE_OF_MANY.search(words[: match.start()])


def _checked(sentence: str, match: re.Match[str]) -> DefinedTerm | None:
    term = match["term"].strip(" *")
    groups = match.re.groupindex
    start, end = match.start("term"), match.end("term")
    before = sentence[:start].rstrip('“"「『称之为作叫做')
    if not _can_be_term(term) or _NAMES_BACK.search(before):
        return None
    if not match.group().startswith(("所谓", term)) and _LEANS_BACK.match(sentence):
        return None
    if "gloss" in groups and match["gloss"]:
        if _IS_CALL.match(f"{term} {match['gloss']}"):
            return None
        end = match.end("gloss") + (sentence[match.end("gloss")] in ")）")
        start -= start > 0 and sentence[start - 1] in _OPENING and sentence[start - 1] != '"'
    name = sentence[match.start("term") : match.end("term")].replace("*", "")
    return DefinedTerm(
        name if "”" in name and "“" in name else name.strip(_QUOTES), Span(start, end)
    )


def _can_be_term(term: str) -> bool:
    han = len(re.findall(r"[\u4e00-\u9fd5]", term))
    return (
        bool(_WORDLIKE.search(term))
        and len(term) >= 2
        and han <= _MOST_HAN
        and not _NOT_IN_TERMS.search(term)
        and not _NOT_FIRST.match(term)
        and term not in _NO_TERM
        and not english.NO_TERM.fullmatch(term)
    )


def blanked(sentence: str, found: DefinedTerm, formulas: Sequence[Span], blank: str) -> str | None:
    """The sentence with the term hidden wherever it stands; None if too little is left of it.

    A label before the sentence (`误差：…称为误差`) goes; a term that the sentence speaks of before
    it says what it is tells nothing.

    >>> found = defined_term("UniLM是一个融合阅读和写作两种能力的Transformer模型。", [])
    >>> blanked("UniLM是一个融合阅读和写作两种能力的Transformer模型。", found, [], "＿＿")
    '＿＿是一个融合阅读和写作两种能力的Transformer模型。'
    """
    label = re.match(rf"[^,，。:：]{{0,4}}{_mentions(found.term).pattern}[:：]\s*", sentence)
    start = label.end() if label and label.end() <= found.span.start else 0
    hidden = [found.span]
    for match in _mentions(found.term).finditer(sentence, start):
        here = Span(*match.span())
        if not any(_overlap(here, span) for span in (*hidden, *formulas)):
            hidden.append(here)
    hidden.sort(key=lambda span: span.start)
    if hidden[0] != found.span:
        return None
    text, position = "", start
    for span in hidden:
        text += sentence[position : span.start] + blank
        position = span.end
    text += sentence[position:]
    left = len(_LETTERS.findall(text.replace(blank, "")))
    return text if left >= _LEAST_CHARS_LEFT else None


def _mentions(term: str) -> re.Pattern[str]:
    """Where a term stands: a Latin one as a word, also in the plural."""
    first = r"(?<![A-Za-z])" if term[0].isascii() else ""
    last = r"(?:e?s)?(?![A-Za-z])" if term[-1].isascii() else ""
    return re.compile(f"{first}{re.escape(term)}{last}{_BEHIND}", re.IGNORECASE)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
