"""Whether a sentence can be read without the post around it, and how it is then written.

A card shows one sentence, long after its post was read. A sentence that points (``该层``,
``如上图``, ``:eqref:`eq_a```), that leans on the one before (``这产生了``, ``相反``) or that is a
piece of one gives no card; a word that only ties it to the one before (``因此``) goes. Imports text
and spans only.
"""

from __future__ import annotations

import re

from blogkit.study import english
from blogkit.text.marks import covered, plain_words
from blogkit.text.mathspans import find_math

_LINK = re.compile(
    r"(?:也就是说|换(?:句话|言之)说?|因此|因而|所以|于是|从而|那么|首先|最后|此外|另外|同时|当然|显然|事实上|实际上"
    r"|注意到?|具体地?说?|具体来[说讲]|总的来[说讲]|一般[来地][说讲]?|简单[来地][说讲]|通俗[来地][说讲]|众所周知|我们知道|综上(?:所述)?"
    r"|更?(?:精确|准确|正式|严格|一般|具体)[地来][说讲]?|进一步地?|相应地|特别地|类似地|回想一下|回忆一下|值得一提的是|请注意|幸运的是|遗憾的是|事实证明)[,，:：、]\s*"
    r"|(?:因此|因而|所以|于是|从而|那么|综上|换言之)(?![,，])|则\s*(?=[\u4e00-\u9fd5A-Za-z$])|而(?![且言是非后今不])"
)
"""What only ties a sentence to the one before; it is whole without."""
_LEANS_BACK = re.compile(
    r"(?:(?:证明|解|例\s?\d*|注|note\d*|脚注)\s*\d*[:：]|会有|第[一二三四五]个|(?:根据|由|按照?|利用|应用)[^,，]*[,，]它|[的地]|得(?![到出分])|这|它|其(?![中他它实余次])|该|此(?![外前])|上述|前者|后者|另一|相反|反之|否则|不如|同样|类似|(?:完全)?同理|对应的"
    r"|相比之下|与此|与之|如此|或者|也(?!许|即)|还(?!原)|并(?![行集查联发置])|且|以及|称|被|使得|然后|接着|接下来|其次|再次|再者|例如|比如|譬如"
    r"|我们的|我们只需|这些|那(?:个|些|种|时)|而[且是非后今不]|但是?|不过|然而|可是|又|就(?![业地])|才(?![能华])|都(?!柏)|现在|让我们|我们先|我们将继续|他|她|虽然[它这]|尽管[它这]|对此|为此|据此|由此|至此|随后"
    r"|[()（）\]】”’》」』.])"
)
"""How a sentence begins that goes on with the one before, or that is the end of one."""
_POINTS = re.compile(
    r"(?<![一二三四五六七八九])(?:该|上述|前述|(?<![因彼如从由在至为])此(?![外时后前刻处类])"
    r"|这(?:一?[个些种类]|样的|[两二三几]个?|一(?!点|般))|那[个些种])(?P<noun>[\u4e00-\u9fd5]{1,2}|[A-Za-z]+|)"
)
"""A word that points to a thing; the thing must be named before it."""
_ELSEWHERE = re.compile(
    r"本(?:文|节|章|书|系列|小节)|[下上]面的?(?:例子|代码|函数)|[上下如]图|[上下如]表(?:所示|中)|[图表式](?:[(（]?\d)"
    r"|第[ ]?\d+[ ]?[节章]|[上前]一?[节章篇]|(?<!上)[上下前后]文|刚才|前面"
    r"|[后上]面(?:谈|提|说|讲|讨论|介绍)|之前(?:提|说|讲|讨论|介绍)|下一?[节章篇]|上一[步层个]|上面(?:的|所|[一两三几]|公?式)|以上(?:两|几|公式|的)"
    r"|读者|公众号|今天|上式|下式(?!(?:给出|计算|表示|定义|求得)?[:：]?$)|两式|见(?:附录|参考)|作者所说|我们现在|我们刚|稍后|如前|前述|同上|后面|在这(?![两二三几一个些种类])|这方面|前[两二三几](?:行|个|条|项|式|种)|在此(?:条件|情[形况]|基础|过程|假设)|左图|右图|(?:^|[,，。])[从在如]?[图表]中|步骤[一二三四五\d]|他们的?|作者|大家|自行|以下是|像这样|下面[一两三几]|让我们|我们先"
)
"""Words for another place of the post, or for the day it was written."""
_SHOWN = re.compile(
    r"[,，]?(?:正)?如?(?:见|在|参见)?[ ]?:(?:numref|eqref|ref):`[^`]*`[ ]?(?:中|里)?"
    r"(?:所示|中?讨论的那样|所述)"
    r"|[(（](?:参?见|如)?[ ]?:(?:numref|eqref|ref):`[^`]*`(?:所示)?[)）]"
)
"""A remark that only says where more is; the sentence is whole without it."""
_CITED = re.compile(
    r"[ ]?(?::cite[a-z:]*:`[^`]*`|\{cite[a-z:]*\}`[^`]*`|\\cite[a-z]*\*?\{[^{}]*\}"
    r"|(?<=[\u4e00-\u9fd5。，,.）) ])\[\d+\](?!\()|\[[A-Z][^\[\]]*\b(?:19|20)\d\d[a-z]?\])"
)
_REFERS = re.compile(
    r":(?:num|eq|sec|fig)?ref:`|\{(?:num|eq)?ref\}`|\\(?:eq|c|page)?ref\s*\{|:label:`|\[@"
)
_NAMELESS = re.compile("(?:得到?|获得|算|求|写)[其它]")
_WORD = re.compile(r"[\u4e00-\u9fd5]|[A-Za-z]{2}")
_LEAST_WORDS = 3
_LEFT_MARK = re.compile(r"[\[(（]\*\*|\*\*[\])）]|\*\*|^\[(?=[^\]]*$)|(?<=[^\s$])\*(?=[^\s$])")
_SPACE = re.compile(
    r"(?<=[\u4e00-\u9fd5])\s+(?=[\u4e00-\u9fd5，。、：；])|(?<=[，。、：；])\s+"
    r"|(?<=[(（])[ ]|[ ](?=[)）])"
)
_LEADS_ON = re.compile(
    r"(?:如下|以下|下面)[:：。．]?\s*$|[到为以是有与和]\s*$|[,，]\s*$|\b(?:follows|following|below)[:.]?\s*$"
)
_UNSEEN = re.compile("[\u200b\u200c\u200d\ufeff]")
"""Characters that nothing shows."""
_BREAK = re.compile(r"\s*\n\s*")
_PAIRS = ("()", "[]", "“”", "《》", "「」")
_SOFT = re.compile(r"(?<=[^\s$])[ \t]*\n(?=[ \t]*(?:\*{0,2}[\u4e00-\u9fd5A-Za-z(（“]|\$(?!\$)))")
_GOES_ON = re.compile(r"[,，、]$")
_ENDS = re.compile(r"[。．!?！？:：;；.…>|]$")
_LEAST_LINE = 12


def whole_lines(text: str) -> str:
    """A paragraph whose sentences don't end where its lines break; no place in it moves.

    >>> whole_lines("多项式的自然扩展称为单项式，\\n也可以说是变量幂的乘积。")
    '多项式的自然扩展称为单项式， 也可以说是变量幂的乘积。'
    """
    if "\n" not in text:
        return text
    inside = covered(text, (formula.span for formula in find_math(text)[0]))
    joined = list(text)
    for match in _SOFT.finditer(text):
        line = inside[inside.rfind("\n", 0, match.start()) + 1 : match.start()].rstrip()
        at_end = text[: match.start()].rstrip()
        is_long = len(line) >= _LEAST_LINE and not _ENDS.search(at_end)
        if (_GOES_ON.search(at_end) or is_long) and not at_end.endswith("$$"):
            joined[match.end() - 1] = " "
    return "".join(joined)


def read_alone(sentence: str, *, explains: bool = False) -> str | None:
    """A sentence as it is read without its post; None where it can't be.

    Args:
        sentence: as the post has it, with its marks.
        explains: whether it stands behind the formula whose symbols it explains.

    >>> read_alone("交并比是面积之比，如 :numref:`fig_iou`所示。")
    '交并比是面积之比。'
    >>> read_alone("对于该层的输入，输出由下式给出") is None
    True
    """
    plain = _SHOWN.sub("", _CITED.sub("", _UNSEEN.sub("", sentence)))
    if _REFERS.search(plain):
        return None
    plain = _without_links(_without_marks(plain_words(plain)).strip(" ,，\t"))
    words = covered(plain, (formula.span for formula in find_math(plain)[0]))
    is_piece = len(_WORD.findall(words)) < _LEAST_WORDS - explains or not _is_whole(words)
    if is_piece or _is_led(words, explains=explains):
        return None
    points = (*_POINTS.finditer(words), *english.POINTS.finditer(words))
    return None if any(map(_is_unknown, points)) else plain


def leads_on(sentence: str) -> bool:
    """Whether what a sentence speaks of is still to come: `实现如下：`."""
    return bool(_LEADS_ON.search(sentence))


def _without_links(sentence: str) -> str:
    """A sentence without the words at its beginning that only tie it to the one before."""
    while match := _LINK.match(sentence) or english.LINK.match(sentence):
        rest = sentence[match.end() :].lstrip(" ,，")
        if not rest:
            break
        is_english = english.LINK.match(sentence) and rest[0].isascii()
        sentence = rest[0].upper() + rest[1:] if is_english else rest
    return sentence


def _is_led(words: str, *, explains: bool) -> bool:
    """Whether a sentence goes on with the one before, or speaks of another place."""
    if not explains and words.startswith("其中"):
        return True
    is_explaining = explains and english.EXPLAINS.match(words)
    leans = not is_explaining and (_LEANS_BACK.match(words) or english.LEANS.match(words))
    elsewhere = _ELSEWHERE.search(words) or english.ELSEWHERE.search(words)
    return bool(leans or elsewhere or _NAMELESS.search(words))


def _is_unknown(pointer: re.Match[str]) -> bool:
    """Whether what a word points to is not named before it."""
    noun = pointer["noun"]
    is_named = noun and noun.lower() in pointer.string[: pointer.start()].lower()
    return not is_named or bool(english.THAT_IS_NO_NOUN.match(noun))


def _is_whole(words: str) -> bool:
    """Whether no bracket is opened or closed outside of a sentence."""
    folded = words.replace("（", "(").replace("）", ")")
    return all(folded.count(pair[0]) == folded.count(pair[1]) for pair in _PAIRS)


def _without_marks(text: str) -> str:
    """A text without marks whose other half is elsewhere; its formulas stay."""
    pieces: list[str] = []
    position = 0
    for formula in find_math(text)[0]:
        pieces += (_tidy(text[position : formula.span.start]), formula.span.of(text))
        position = formula.span.end
    return "".join([*pieces, _tidy(text[position:])])


def _tidy(words: str) -> str:
    return _SPACE.sub("", _BREAK.sub(" ", _LEFT_MARK.sub("", words)))
