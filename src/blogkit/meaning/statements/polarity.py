r"""Whether the words around a formula say what it says, or deny it.

It exists because every cue has a contrary: `假设 $x>0$` and `没有假设 $x>0$`, `if` and `unless`.
All tables of cues ask here, so that none forgets. A clause is the reach: what is denied in one says
nothing of the next. Tables of words, and the few rules of how they join; imports spans only.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from blogkit.meaning.statements.cues import cue, either
from blogkit.spans import Span

Polarity = Literal["asserted", "denied", "contrary", "unclear"]
"""`asserted`: it is said. `denied`: it is left open (`不要求`, `need not`). `contrary`: where it
does not hold (`除非`, `unless`, `如果 … 不成立`). `unclear`: denied twice, or by words that may
deny something else."""

FORMULA: Final = "\ue000"
"""What stands for each character of an inline formula in a text that is read for its words."""

_CLAUSE_CHARS: Final = 90


_BOUNDARY: Final = re.compile(
    r"[。！？!?；;，,：:（）()\n]|\$\$|\\\[|\\begin|\.(?=\s|$)|"
    + either(
        r"但是? 然而 而是 (?<![不从])而(?!且|非) 因此 所以 于是 从而 此时 这时"
        r" (?<!不)只(?=要求|需|要|假设|有) 否则 反之",
        "but|however|although|though|while|whereas|hence|then|thus|therefore|otherwise|else"
        "|because|since|only",
    ),
    re.IGNORECASE,
)
_PARENTHESIS: Final = re.compile(
    r",\s*(?:however|therefore|of course|in general|in particular|here|yet|in fact|moreover)\s*,",
    re.IGNORECASE,
)
_IDIOM: Final = re.compile(
    either(
        "不妨 不失 不[仅但只光单难等同变断如久足] 不[得能可]不 不动点 不确定 不超过"
        " 不[大小多少高低]于 不[为是]?零 不可[逆约微导分数见] 不连续 不相[关交等容] 不对称"
        " 不平衡 不稳定 不定积分"
        " 未知 未来 无[穷限偏向关量约界] 没收 无监督 无符号",
        "not (?:only|just|merely|hard|surprising)|without (?:loss|restricting)|if and only if",
    ),
    re.IGNORECASE,
)
"""Words with a `不` or `not` in them that deny nothing of what follows."""

_UNLESS: Final = re.compile(
    either("除非 若非", "unless|except (?:when|if|where|for|that)"), re.IGNORECASE
)
_IF: Final = re.compile(cue("if", "when"), re.IGNORECASE)
_OTHERWISE: Final = re.compile(cue("otherwise"), re.IGNORECASE)
_REQUIRING: Final = either(
    "假设 假定 要求 需 必 须 限[制定于] 约束 规定 默认 依赖 用到 使用 强调 强加 施加",
    r"assum\w+|suppos\w+|requir\w+|need\w*|necessar\w+|demand\w*|impos\w+|restrict\w*|insist\w*"
    r"|constrain\w*|hypothes\w+|depend\w*|rely|use|presuppos\w+",
)
_GIVING_UP: Final = either(
    "不论 不管 无论 [去丢]掉 放弃 取消 舍弃 放宽 移除 去除 摆脱 脱离 抛[开弃] 撇开",
    r"without|regardless|irrespective|whether|drop(?:s|ped|ping)?|remov(?:e|es|ed|ing)"
    r"|relax(?:es|ed|ing)?|lift(?:s|ed|ing)?|abandon(?:s|ed|ing)?|giv(?:e|es|ing) up|gave up"
    r"|weaken(?:s|ed|ing)?|dispens(?:e|es|ed|ing)",
)
"""Words that by themselves take back what follows."""

_NOT: Final = (
    "(?:" + either("不 没有 没(?!有) 未 无(?=需|须|法|从|任何) 并非 绝非 而非 (?<=若)非",
                    "not|never|no|nor|neither|cannot|nothing|nowhere") + r"|n['’]t\b)"
)  # fmt: skip
_DENIAL: Final = re.compile(
    f"{_NOT}|{_GIVING_UP}|"
    + either(
        "违[反背] 缺[少乏] 拒绝 避免 否[认定] 反对",
        "instead of|rather than|fail(?:s|ed|ing)?|violat(?:e|es|ed|ing)|avoid(?:s|ed|ing)?"
        "|none|hardly|lacks?",
    ),
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    _GIVING_UP
    + rf"|{_NOT}(?:[^\ue000时后A-Za-z]{{0,3}}?|(?:\s*\w+){{0,3}}?\s+)(?:{_REQUIRING}|"
    + either(
        "一定 总是 保证 满足 认为 条件 前提 成立 意味 再 [设令是为有]",
        r"longer|let|set|guarantee\w*|know\w*|conditions?|restrictions?|be|hold\w*|that",
    )
    + r")|没有\s*$",
    re.IGNORECASE,
)
"""Denials that say what is denied: that something is assumed."""

_ELSEWHERE: Final = re.compile(
    either(
        "有些?人 [别他前]人 有文献 (?:有的|一些|很多|不少|其他)(?:人|文献|论文|工作|作者)"
        " 以为 与其 后面 后文 稍后 反证 若不然 假如不然 本可",
        "who|others|(?:some|many|most|other|previous|prior|earlier) (?:authors?|papers?|works?)"
        r"|one (?:may|might) (?:think|believe|hope)|misconception|naive\w*|later|contradiction"
        r"|(?:had|were) (?:we|it|there)|would",
    ),
    re.IGNORECASE,
)
"""Words by which a clause speaks of what others assume, of another place, or of what is not so."""

_ABSURD: Final = re.compile(
    either("矛盾 荒谬 不可能 谬误", r"contradict\w*|absurd\w*|impossib\w+"), re.IGNORECASE
)
"""Words that end what was only supposed, behind it in its paragraph."""

_EXISTING: Final = re.compile(
    either(
        "存在(?!的|着|性|于|问题) 找[到出] (?<![要需请追寻])求(?!和|导|积|逆|平均|期望|梯度)"
        " 有(?:唯一的?)?解 无解 解(?=方程|得|出) 某[个些一] 选[取择]适当 适当的 合适的",
        "there (?:is|are|exists?)|exists?|for (?:some|an? suitable)|can (?:find|choose)"
        "|find(?:ing)?|solv(?:e|es|ing)|suitable|has (?:[a-z]+ ){0,3}(?:solutions?|roots?)",
    ),
    re.IGNORECASE,
)
"""Words by which what stands beside them is said of some values, and not of all."""


def is_existential(words: str) -> bool:
    """Whether words say that something holds for some values: `存在`, `for some`, `has a solution`.

    >>> [is_existential(w) for w in ("存在常数", "there is an", "对任意", "存在的问题是")]
    [True, True, False, False]
    """
    return _EXISTING.search(words) is not None


_FALSE: Final = re.compile(
    either(
        "不成立 不(?:一定|总是?|再|恒|会|能)成立 未必成立 不正确 不对(?!称) 不是真的 错误 误区 谬误"
        " 误[以认写] 错写 写错 不等于 不能(?:推出|得[出到]|写[成作]|认为|直接|由此) 推不出 反例"
        " 不(?:要|应|可|能)(?:写[成作]|以为|认为|用) 别(?:写[成作]|以为|认为) 不[满足具]足? 混淆"
        r" 有(?:问题|误|错) 矛盾 荒谬 是否 能否 可否 真的 否定 (?:学生|同学|新手)\S{0,4}写"
        r" (?:并不|并非|没有|未必有|不是)(?:是|总有)?\s*$",
        r"(?:not|never|nor|rarely) (?:be |in general |always )?"
        r"(?:true|holds?|the case|correct|valid|imply|follow|equal)"
        r"|(?:not|cannot|never) (?:conclude|infer|write|expect)"
        r"|n['’]t (?:true|hold|imply|follow|conclude)|false|wrong(?:ly)?|incorrect(?:ly)?|mistak\w+"
        r"|confus\w+|absurd\w*|contradict\w*|would|(?:do(?:es)?|did) not|is it|whether|unlike"
        r"|fallac\w+|misconception|erroneous(?:ly)?|fails?|invalid|counter-?examples?",
    ),
    re.IGNORECASE,
)
"""Words by which the statement beside them is said not to hold."""

_FALSE_BEHIND: Final = re.compile(
    r"\s*[，,]?\s*(?:(?:这|该|此|上)(?:个|一)?(?:式子?|等式|结论|公式|关系|写法)?"
    r"|it|this|which|in general|一般|通常|并|显然|其实|实际上|是|都|也|\s|,|，)*"
    r"(?:未必成立|不(?:一定|总是?|恒)?成立|不正确|不对|错误?的"
    r"|(?:does|is|need|do)(?: not|n['’]t) (?:in general |always )?(?:hold|true|correct)"
    r"|(?:is )?(?:false|wrong|incorrect|invalid|absurd)|fails\b|当成|[?？])(?!分)",
    re.IGNORECASE,
)
_CLAIM_CUT: Final = re.compile(
    r"[。！？!?；;，,]|\$\$|\\\]|\n\s*\n|\.(?=\s|$)|"
    + either("但是? 然而 因此 所以 于是 正确的", "but|however|hence|thus|therefore|correct")
)


def is_claim_denied(front: str, behind: str) -> bool:
    """Whether words say of the formula between them that it does not hold.

    >>> [is_claim_denied(a, b) for a, b in (("下式并不成立：", ""), ("", " does not hold."))]
    [True, True]
    >>> is_claim_denied("若 A 不成立，则", "")
    False
    """
    before = _CLAIM_CUT.split(_IDIOM.sub(_blank, front).rstrip(" ：:，,\n"))[-1]
    is_before = _FALSE.search(before) is not None and not _IF.search(before)
    return is_before or _FALSE_BEHIND.match(behind) is not None


_AT_ONCE: Final = re.compile(
    r"\s*(?:再|能|被)?(?:满足|成立|有|是|it is (?:true|the case) that|that)?\s*"
    r"(?:[^\W\ue000]{1,4}的?)?\s*",
    re.IGNORECASE,
)
"""What may stand between `不` or `not` and the condition that it turns around."""

_DENIED_BEHIND: Final = re.compile(
    r"^\s*(?:(?:的|这一?个?|该|this|the|that|which)\s*)?"
    r"(?:(?:条件|假设|假定|要求|约束|前提|conditions?|assumptions?|requirements?)\s*)?"
    r"(?:并|也|总|就|都|已|将|则|往往|通常|一般|可能|或许|在此)*\s*(?:"
    r"不(?:成立|满足|一定|必|再|总|被|要求|需|真|恒|能保证|能满足|会成立|[作做](?:要求|假设))"
    r"|不是(?:必|前提|假设|要求|所?需)|未必|未被?(?:假设|要求|满足)|无需|无须|并非|失效"
    r"|没有?(?:被|要求|假设|成立|满足)|[被遭](?:违反|破坏|去掉|放宽|取消)|可以?(?:去掉|省略|放宽|取消)"
    r"|(?:(?:may|might|does|do|did|is|are|was|were|can|could|need|must|will|should|would|has"
    r"|have|been)\s*)*(?:(?:not|n['’]t)\s*(?:be\s+|been\s+|to be\s+)?(?:assumed|required|needed"
    r"|necessar\w+|satisfied|true|met|fulfilled|imposed|guaranteed|always|holds?|apply|an? |the "
    r"|here\b|known|the case)|no longer\b|fails?\b|cannot be\b|need not\b"
    r"|(?:be )?(?:dropped|removed|relaxed|lifted|violated)\b))",
    re.IGNORECASE,
)


def masked(text: str, formulas: Sequence[Span]) -> str:
    """A text with `FORMULA` for each character of its inline formulas; places stay the same.

    >>> masked("设 $x, y$ 为", [Span(2, 8)]) == "设 " + FORMULA * 6 + " 为"
    True
    """
    parts: list[str] = []
    end = 0
    for span in formulas:
        parts += [text[end : span.start], FORMULA * (span.end - span.start)]
        end = span.end
    return _PARENTHESIS.sub(_blank, "".join([*parts, text[end:]]))


def polarity(words: str, start: int, end: int | None = None) -> Polarity:
    """How the clause around a place takes what stands there.

    Args:
        words: A text whose formulas are masked.
        start: Where what is said begins: a formula, or a list of them.
        end: Where it ends; None if what stands behind says nothing of it.

    >>> [polarity(w, len(w)) for w in ("没有假设 ", "We need not assume ", "除非 ", "不妨设 ")]
    ['denied', 'denied', 'contrary', 'asserted']
    """
    front = _IDIOM.sub(_blank, _front_clause(words, start))
    if _ELSEWHERE.search(front) or _is_absurd(words, end):
        return "unclear"
    behind = _IDIOM.sub(_blank, words[end : end + _CLAUSE_CHARS]) if end is not None else ""
    unless = _UNLESS.search(front)
    rest = _UNLESS.sub(_blank, front)
    denials = _apart(_DENIAL.finditer(rest))
    is_behind = _DENIED_BEHIND.match(behind) is not None
    count = len(denials) + (unless is not None) + is_behind
    if count != 1:
        return "unclear" if count else "asserted"
    if unless:
        return "contrary"
    condition = _IF.search(rest)
    if condition and (is_behind or denials[0].start() >= condition.start()):
        after = rest[denials[0].end() :] if denials else ""
        return _in_condition(after, behind if is_behind else "")
    return "denied" if is_behind or _OPEN.search(rest) else "unclear"


def _front_clause(words: str, start: int) -> str:
    front = words[max(0, start - _CLAUSE_CHARS) : start]
    boundaries = [match.end() for match in _BOUNDARY.finditer(front)]
    return front[boundaries[-1] :] if boundaries else front


def _is_absurd(words: str, end: int | None) -> bool:
    """Whether what stands before a place is found to be impossible behind it."""
    behind = words[end : end + _CLAUSE_CHARS] if end is not None else ""
    return _ABSURD.search(re.split(r"\n\s*\n", behind)[0]) is not None


def _in_condition(after_denial: str, behind: str) -> Polarity:
    """What a denial behind `if` makes of the condition: `如果不满足`, `if we do not require`."""
    told = _DENIED_BEHIND.match(behind)
    if re.search(_REQUIRING, told.group() if told else after_denial, re.IGNORECASE):
        return "denied"
    return "contrary" if told or _AT_ONCE.fullmatch(after_denial) else "unclear"


def affirmed(cue: re.Pattern[str], words: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The places of a cue in a stretch of a text, without those that their clause denies."""
    for match in cue.finditer(words, start, end):
        if polarity(words, match.start(), match.end()) == "asserted":
            yield match


def is_turned(between: str) -> bool:
    """Whether words between a condition and a statement say that the other case is meant."""
    return _OTHERWISE.search(between) is not None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _apart(denials: Iterator[re.Match[str]]) -> list[re.Match[str]]:
    """Denials without those that only go on with one: `not … nor`, `并没有`."""
    kept: list[re.Match[str]] = []
    for match in denials:
        goes_on = match.group().lower() in ("nor", "whether") or match.start() - _end(kept) <= 1
        if not (kept and goes_on):
            kept.append(match)
    return kept


def _end(matches: list[re.Match[str]]) -> int:
    return matches[-1].end() if matches else -2
