r"""What cards ask of symbols: a display, and the sentence beside it with the meaning hidden.

Only what a sentence states of one symbol is asked (`其中 $\eta$ 是学习率`), only where that
sentence leads to a display that the symbol stands in, or stands right behind it. Imports
`blogkit.symbols`, and knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from blogkit.formula import Symbol
from blogkit.formula.printing import to_latex
from blogkit.posts import FormulaSource, Post
from blogkit.spans import Span
from blogkit.study.blanks import size
from blogkit.study.cards import WORD_BLANK
from blogkit.study.introduced import unsaid_in
from blogkit.study.standing import read_alone, whole_lines
from blogkit.symbols.meanings import is_bare_kind, sayings_of_post
from blogkit.symbols.wording import Saying
from blogkit.text.marks import covered
from blogkit.text.mathspans import find_math
from blogkit.text.sentences import sentences

_MOST_SYMBOLS = 60
"""Size of the largest display that is shown with a question."""
_MOST_CHARS = 160
_MOST_CHARS_OF_MEANING = 24
_NO_ANSWER = re.compile(
    r"`|\d|我们|^(?:该|此|这|并|其|各|每)|(?:索引|下标|序号)$|^(?:任意|一个|超参数$|现在|此时|这时)|或其他"
    r"|\b(?:this|these|that|our|we|it|its)\b"
)
"""Words that are cut off, and those that say only that a letter counts."""
_COMMON = re.compile(
    r"(?:可学习|可训练|空间中?|两个|三个|不同|所有|一些|相应|对应|给定|原始|实际|真实|真实值|模型|网络|函数|样本|时间步?|词元?|概率|分布|事件|高度?"
    r"|宽度?|长度?|深度|大小|权[重值]|参数|偏置|项|输[入出]|变量|常[数量]|系数|集合?|元素|标签|特征|维[度数]?|数量?|总数?|个数?|点|值|序列|文本"
    r"|图像|数据|矩阵|向量|标量|张量|结果|类别?|目标|训练|测试|未知数|[自因]变量|[有无]限|连续|单[调增减]|递[增减]|可[导微]|光滑|凸|凹|独立|同分布|任取|非零|[奇偶质素]数?|对称|正交|[半]?正定|方阵|多项式|整系数|等价|关系|映射|算子|群|环|域|空间|子集|子空间|半径|直径|面积|体积|质量|速度|边长?|周长|坐标|中心|[顶节结]点|图|树|串|字符|[子前后]串?|缀|最[大小]|[一二三高多]次|实值|自然|有理|复|某个|一般|整|实|正|负|非|的|和|与|及|或|第|批量|小批量|隐藏|层|单元|路程|随机|观测|样例"
    r"|\$[^$]*\$|\d+|[a-z]|[\s,，、()（）])+"
    r"|(?:(?:the|an?|of|for|in|number|total|size|length|width|height|set|input|output|data|label|feature"
    r"|weight|bias|parameter|time|step|index|sample|example|vector|matrix|scalar|function|variable"
    r"|value|constant|coefficient|probability|distribution|model|dimension|point|element|term|any|some"
    r"|real|integer|positive|given|random|event|sequence|two|first|second|fixed|training|hidden|layer"
    r"|unit|target|random|arbitrary|node|edge|position|state|family)s?\W*)+",
    re.IGNORECASE,
)
"""Meanings that are guessed by the letter and worth no card: of many letters of many posts."""
_BEGINS = re.compile(
    r"[,，]?(?:其中|这里|此处|式中|设|记|令|定义|假设|给定|我们[用记将把以设]|[用以将把]|\$|\\\(|[A-Za-z\u0370-\u03ff](?![A-Za-z]))"
    r"|(?:where|here|in which|with|let|denote|suppose|assume|given|if|for"
    r"|we (?:denote|write|let|call))\b",
    re.IGNORECASE,
)
"""How a sentence begins that says what letters are."""
_CUT_OFF = re.compile("(?:该|其|此|每个|各个|我们|是|个|为了)$")
"""What stands before words that are a part of a name."""
_CUE = re.compile(
    r"(?:^|[设令记用以将把义为即是有定个\s,，。．;；:：*]|\b(?:the|an?|let|call|denote))\s?$"
)
"""What stands before words that are all of a name."""
_JOINED = re.compile("[和与及、]$")
_IS_SET = re.compile("[的处时上]|个")
"""Behind a symbol that only sets a thing apart: `索引为 $i$ 的词`."""
_RELATES = re.compile(r"[=<>]|\\(?:sim|leq?|geq?|neq?|approx|equiv|propto|to|mapsto)(?![A-Za-z])")
"""In a mention that is no symbol, but a statement: `拐点为 $x=a$`."""
_GOES_ON = re.compile(r"[,，][ ]?(?:其中|式中|这里|where\b)[^,，]*$")
_BETWEEN = " \t\n,，.。;；:：$"
_ENDS = re.compile(r"[。．!?！？；;.][”’》)）]?$")
_GLOSS = re.compile(r"^\*{0,2}[ ]?[(（][A-Za-z][^()（）]*[)）]")
"""A name in another language, which would tell what is hidden."""
_COMMA = re.compile("[,，]")


@dataclass(frozen=True, slots=True)
class SymbolQuestion:
    """What a sentence says of a symbol, with the words hidden."""

    latex: str
    """The symbol."""
    formula: FormulaSource
    """The display that it is asked of: the nearest."""
    sentence: str
    """The sentence, with a blank for the words."""
    meaning: str
    """The words."""
    place: Span
    """Where they stand in the post's text."""
    is_lead: bool = False
    """Whether the sentence leads to the display; else it stands right behind."""


def symbol_questions(post: Post) -> Iterator[SymbolQuestion]:
    """What can be asked of the symbols of a post, in the order of its text.

    >>> text = r"更新为 $$x - \\eta g$$ 其中 $\\eta$ 是学习率。"
    >>> from blogkit.macros import formulas_of
    >>> (asked,) = symbol_questions(Post("", text, formulas=formulas_of(Post("", text))))
    >>> asked.sentence, asked.meaning
    ('其中 $\\\\eta$ 是＿＿＿＿。', '学习率')
    """
    sayings, holding = sayings_of_post(post)
    found = [
        question
        for symbol, own in sayings.items()
        if (question := _question(post, symbol, own[0], holding)) is not None
    ]
    yield from sorted(found, key=lambda question: question.place.start)


def _question(
    post: Post, symbol: Symbol, saying: Saying, holding: Mapping[Symbol, list[FormulaSource]]
) -> SymbolQuestion | None:
    text = post.text
    is_asked = saying.how == "stated" and not is_bare_kind(saying.words)
    is_asked = is_asked and not _RELATES.search(saying.mention.of(text))
    if not is_asked or saying.span.of(text) != saying.words or not _is_answer(text, saying):
        return None
    sentence = _sentence(post, saying)
    beside = sentence and _beside(post, sentence, holding.get(symbol, ()))
    if not sentence or not beside or not _says_letters(text[sentence.start : saying.mention.start]):
        return None
    is_lead = sentence.end <= beside.span.start
    blanked = read_alone(_blanked(text, sentence, saying, is_lead=is_lead), explains=not is_lead)
    if blanked is None or WORD_BLANK not in blanked:
        return None
    if unsaid_in(saying.words, blanked, f"${beside.latex}$"):
        return None
    return SymbolQuestion(to_latex(symbol), beside, blanked, saying.words, saying.span, is_lead)


def _says_letters(before: str) -> bool:
    """Whether a sentence, up to a symbol, begins or goes on to say what letters are."""
    return bool(_BEGINS.match(before + "$") or _GOES_ON.search(before))


def _beside(post: Post, sentence: Span, holding: Iterable[FormulaSource]) -> FormulaSource | None:
    """The display right before a sentence, or the one that it leads to."""
    for formula in holding:
        if not formula.display or size(formula.latex) > _MOST_SYMBOLS:
            continue
        behind = post.text[formula.span.end : sentence.start]
        before = post.text[sentence.end : formula.span.start]
        is_behind = formula.span.end <= sentence.start and not behind.strip(_BETWEEN)
        if is_behind or (sentence.end <= formula.span.start and not before.strip(_BETWEEN)):
            return formula
    return None


def _is_answer(text: str, saying: Saying) -> bool:
    """Whether what is said is a name by itself, and all of it."""
    before, behind = text[: saying.span.start], text[saying.mention.end :]
    is_first = saying.span.start < saying.mention.start
    is_joined = _JOINED.search(before) and "分别" not in before[-_MOST_CHARS_OF_MEANING:]
    is_cut = (is_first and before.endswith("的")) or (
        _CUT_OFF.search(before) and (is_first or not before.endswith(("是", "个")))
    )
    is_set_apart = is_first and (
        _IS_SET.match(behind) or text[: saying.mention.start].endswith(("(", "（"))
    )
    is_cut = is_cut or (is_first and not _CUE.search(before))
    is_cut = is_cut or ("$" in saying.words and "分别" in before[-_MOST_CHARS:])
    is_short = len(saying.words) <= _MOST_CHARS_OF_MEANING
    is_name = is_short and not (_NO_ANSWER.search(saying.words) or _COMMON.fullmatch(saying.words))
    return is_name and not (is_joined or is_cut or is_set_apart)


def _between(one: Span, other: Span) -> int:
    """How many characters stand between two places."""
    return max(0, one.start - other.end, other.start - one.end)


def _blanked(text: str, sentence: Span, saying: Saying, *, is_lead: bool) -> str:
    """A sentence with the meaning hidden, with its end where it leads to nothing that is shown.

    Nothing where the words stand before what they say of the symbol: they would tell nothing.
    """
    start, end = saying.span.start - sentence.start, saying.span.end - sentence.start
    whole = sentence.of(text)
    masked = covered(whole, (formula.span for formula in find_math(whole)[0]))
    if saying.words in whole[:start]:
        return ""
    if not is_lead and not _ENDS.search(whole):
        said = max(end, saying.mention.end - sentence.start)
        commas = [match.start() for match in _COMMA.finditer(masked) if match.start() >= said]
        whole = whole[: commas[-1]] if commas else whole.rstrip(":：")
        whole += "。"
    behind = _GLOSS.sub("", whole[end:], count=1)
    return f"{whole[:start]}{WORD_BLANK}{behind}".replace(saying.words, WORD_BLANK)


def _sentence(post: Post, saying: Saying) -> Span | None:
    """The sentence that holds both the symbol and its meaning, without displays in it."""
    block = next((b.span for b in post.blocks if saying.mention.start in _range(b.span)), None)
    block = block or Span(0, len(post.text))
    formulas = [
        Span(f.span.start - block.start, f.span.end - block.start)
        for f in post.formulas
        if f.span.start in _range(block)
    ]
    displays = [f.span for f in post.formulas if f.display and f.span.start in _range(block)]
    for found in sentences(whole_lines(block.of(post.text)), formulas):
        whole = Span(found.start + block.start, found.end + block.start)
        if saying.mention.start not in _range(whole):
            continue
        before = [d.end for d in displays if whole.start < d.end <= saying.mention.start]
        start = max(before, default=whole.start)
        rest = post.text[start : whole.end]
        start += len(rest) - len(rest.lstrip(" \n,，.。"))
        is_whole = saying.span.start >= start and saying.span.end <= whole.end
        is_short = whole.end - start <= _MOST_CHARS
        goes_on = any(start < display.start < whole.end for display in displays)
        return Span(start, whole.end) if is_whole and is_short and not goes_on else None
    return None


def _range(span: Span) -> range:
    return range(span.start, span.end)
