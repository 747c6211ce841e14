"""Terms and the sentences that define them.

Chinese writing marks a definition by a few turns of phrase: ``所谓X，就是…``, ``X（English）是…``,
``…称为X``, ``X是一种…``. A sentence counts only if one of them is there and what it names can be a
term; that loses definitions, but what is found is worth asking. Imports text and spans only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from blogkit.spans import Span
from blogkit.text.normalize import fold_script

_QUOTES = '“”"「」『』‘’'
_NAME = rf"[^\s,。:;!?()《》$\\{_QUOTES}][^,。:;!?()《》$\\{_QUOTES}]{{0,30}}?"
_QUOTED = r"(?:[“\"][^“”\"]+[”\"])?"
_TERM = rf"[“\"「『]?(?P<term>{_NAME})[”\"」』]?"
_GLOSS = r"[ ]?\((?P<gloss>[A-Za-z][^()]{1,60})\)"
_FULL_NAME = r"[,]?(?:的)?全称(?:为|是|叫)[ ]?[“\"]?(?P<gloss>[A-Za-z][^,。“”\"]{2,60})[”\"]?"
_START = r"(?:^|(?<=[,。:;]))(?:而|其中|那么|因此|所以|事实上|一般来说[,]?|简单来说[,]?)?"
_SURELY = r"(?:实际上|其实|本质上|可以说|简单来说|就|也|便|算)*"

_KIND_OF = rf"{_START}{_TERM}{_SURELY}是(?:一种|一个|一类|一套|一组)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:这就是|也就是|即)所谓的?(?P<term>{_QUOTED}[^,。:;!?()$\\]{{0,12}})(?=[,。;]|$)",
        rf"(?<!就是)(?<!是)所谓的?[ ]?{_TERM}(?:{_GLOSS})?[,]?[^,。:;$]{{0,8}}?(?:是|指)",
        rf"{_START}{_TERM}{_GLOSS}[,]?{_SURELY}(?:是指|指的是|是|指)",
        rf"{_START}{_TERM}{_FULL_NAME},{_SURELY}是",
        rf"{_START}{_TERM}{_SURELY}(?:是指|指的就?是)",
        rf"{_START}{_TERM}的意思{_SURELY}是",
        _KIND_OF,
        rf"(?:称之?为|称作|叫做|叫作)[“\"「](?P<term>{_NAME})[”\"」](?:{_GLOSS})?(?!了)",
        rf"(?:称之?为|称作|叫做|叫作)(?P<term>{_NAME})(?:{_GLOSS})(?!了)",
        rf"(?:一种|一个|一类)[^,。:;$]{{2,24}}:{_TERM}{_GLOSS}(?=[,。])",
    )
)
"""Tried in this order; the first one that fits a sentence names its term."""

_NOT_IN_TERMS = re.compile(
    r"[的了们么吗呢吧我你他她它是在有/、#`\[\]_]|[A-Za-z]\.[A-Za-z]|(?<!^)(?<![饱总求中柔温])[和与](?!$)|一般|可以|应该|如果|因为|所以|由于|之后|通常|这|那些"
)
_NOT_FIRST = re.compile(
    "[其该此本某每各第另两几上下一都不将把与和当使]|根据|前者|后者|目前|最近|然后|属于|方法|问题|结果|文章|论文|并[且]?|而且|以及|另外"
)
_WORDLIKE = re.compile(r"[\u4e00-\u9fd5]|[A-Za-z]{2}")
_LETTERS = re.compile(r"[\u4e00-\u9fd5A-Za-z0-9]")
_LEANS_BACK = re.compile("^(?:它|这|其|该|此|上述|前者|后者|另一|另外)")
_NAMES_BACK = re.compile(r"(?:将|把)?[其它]$")
_WORD = re.compile(r"[\u4e00-\u9fd5]|[A-Za-z]+")
_PRAISED = re.compile("之一|欢迎|开源|困难|重要|好的例子|有趣|两个")
"""What is said of many things."""
_LEAST_WORDS_OF_KIND = 14
"""Of a sentence that says of what kind something is; fewer fit many things."""
_MOST_HAN = 12
_LEAST_CHARS_LEFT = 12
_MOST_CHARS = 240


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
    if len(sentence) > _MOST_CHARS:
        return None
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            found = _checked(sentence, match)
            if found and not any(_overlap(found.span, formula) for formula in formulas):
                is_kind = pattern.pattern == _KIND_OF
                if is_kind and not _tells_apart(sentence, found):
                    return None
                return replace(found, is_sure=not is_kind)
    return None


def _tells_apart(sentence: str, found: DefinedTerm) -> bool:
    """Whether a sentence says more of a thing than of what kind it is."""
    before = sentence[: found.span.start]
    rest = before + sentence[found.span.end :]
    if before.rstrip().endswith((":", "：")):
        return False
    return len(_WORD.findall(rest)) >= _LEAST_WORDS_OF_KIND and not _PRAISED.search(rest)


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
        end = match.end("gloss") + (sentence[match.end("gloss")] in ")）")
    name = sentence[start : match.end("term")].replace("*", "")
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
    )


def blanked(sentence: str, found: DefinedTerm, formulas: Sequence[Span], blank: str) -> str | None:
    """The sentence with the term hidden wherever it stands; None if too little is left of it.

    >>> found = defined_term("UniLM是一个融合两种能力的Transformer模型。", [])
    >>> blanked("UniLM是一个融合两种能力的Transformer模型。", found, [], "＿＿")
    '＿＿是一个融合两种能力的Transformer模型。'
    """
    hidden = [found.span]
    for match in re.finditer(re.escape(found.term), sentence, re.IGNORECASE):
        here = Span(*match.span())
        if not any(_overlap(here, span) for span in (*hidden, *formulas)):
            hidden.append(here)
    text, position = "", 0
    for span in sorted(hidden, key=lambda span: span.start):
        text += sentence[position : span.start] + blank
        position = span.end
    text += sentence[position:]
    left = len(_LETTERS.findall(text.replace(blank, "")))
    return text if left >= _LEAST_CHARS_LEFT else None


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
