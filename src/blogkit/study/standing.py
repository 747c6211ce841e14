"""Whether a sentence can be read without the post around it, and how it is then written.

A card shows one sentence, long after its post was read. A sentence that points (``该层``,
``如上图``, ``:eqref:`eq_a```), that leans on the one before (``这产生了``, ``相反``) or that is a
piece of one gives no card. Imports text and spans only.
"""

from __future__ import annotations

import re

from blogkit.text.marks import covered, plain_words
from blogkit.text.mathspans import find_math

_LINKS = (
    r"(?:而|但是?|也就是说|因此|因而|所以|于是|那么|从而|首先|最后|此外|另外|当然|显然|事实上|实际上"
    r"|注意|具体地?说?|具体来说|总的来说|一般来说|简单来说|通常|[,，、:：\s])*+"
)
_LEANS_BACK = re.compile(
    rf"^(?:[的地得]|{_LINKS}(?:这|它|其(?![中他它实余次])|该|此(?![外前])|上述|前者|后者|另一|相反|反之|否则|不如|同样|类似"
    r"|相比之下|与此|如此|或者|也(?!许|即)|还|并|且|以及|称|被|使得|然后|接着|接下来|其次|例如|比如|我们的|我们只需|这些|那(?:个|些|种|时)"
    r"|[()（）\]】”’》」』.]))"
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
    r"|[后上]面(?:谈|提|说|讲|讨论|介绍)|之前(?:提|说|讲|讨论|介绍)"
    r"|读者|公众号|今天|上式|下式|见(?:附录|参考)"
)
"""Words for another place of the post, or for the day it was written."""
_SHOWN = re.compile(
    r"[,，]?(?:正)?如?(?:见|在|参见)?[ ]?:(?:numref|eqref|ref):`[^`]*`[ ]?(?:中|里)?"
    r"(?:所示|中?讨论的那样|所述)"
    r"|[(（](?:参?见|如)?[ ]?:(?:numref|eqref|ref):`[^`]*`(?:所示)?[)）]"
)
"""A remark that only says where more is; the sentence is whole without it."""
_CITED = re.compile(
    r"[ ]?(?::cite[a-z:]*:`[^`]*`|\{cite[a-z:]*\}`[^`]*`|\\cite[a-z]*\*?\{[^{}]*\})"
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
_BREAK = re.compile(r"\s*\n\s*")
_PAIRS = ("()", "[]", "“”", "《》")
_SOFT = re.compile(r"(?<=[^\s$])[ \t]*\n(?=[ \t]*(?:[\u4e00-\u9fd5A-Za-z(（“]|\$(?!\$)))")
_GOES_ON = re.compile(r"[,，、]$")
_ENDS = re.compile(r"[。!?！？:：;；.…>|]$")
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
    plain = _SHOWN.sub("", _CITED.sub("", sentence))
    if _REFERS.search(plain):
        return None
    plain = _without_marks(plain_words(plain)).strip(" ,，")
    words = covered(plain, (formula.span for formula in find_math(plain)[0]))
    is_piece = len(_WORD.findall(words)) < _LEAST_WORDS - explains or not _is_whole(words)
    leans = _LEANS_BACK.match(words) or (not explains and words.startswith("其中"))
    is_led = leans or _ELSEWHERE.search(words) or _NAMELESS.search(words)
    return None if is_piece or is_led or any(map(_is_unknown, _POINTS.finditer(words))) else plain


def _is_unknown(pointer: re.Match[str]) -> bool:
    """Whether what a word points to is not named before it."""
    noun = pointer["noun"]
    return not noun or noun not in pointer.string[: pointer.start()]


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
