"""What a displayed formula is called, by the words that lead up to it.

``那么梯度下降的更新公式就是`` names the formula behind it; ``或者`` does not. A formula without a
name is not asked for. Imports text only.
"""

from __future__ import annotations

import re

from blogkit.study.terms import defined_term
from blogkit.text.mathspans import find_math
from blogkit.text.normalize import fold_script

_END = r"(?:如下|下面|以下|这样|形式|的形式|公式|的|分别|:|,)*$"
_SAYS = (
    r"(?:就|则|便|也|都|将|会|可|可以|能|实际上|其实|正好|恰好|应该|应当|被)*"
    r"(?:是|为|即|变为|变成|变成了|成为|定义为|定义成|写成|写为|写作|记为|记作|表示为|化为|化简为|等于|满足|"
    r"近似为|简化为|转化为|改为|计算为|由下式给出)"
)
_LINKS = (
    r"(?:那么|那|则|于是|从而|因此|所以|此时|这时|这样|而|其中|对应|相应|最终|最后|显然|也就是说"
    r"|我们的?|其)*"
)
_SUBJECT = re.compile(rf"^{_LINKS}(?P<name>[^:;]{{2,40}}?){_SAYS}{_END}")
_AFTER = re.compile(r"(?:如下|下面|下述|以下)的?(?:形式的)?(?P<name>[^,:;]{2,20}?)[:,]?$")
_OBJECT = re.compile(
    r"(?:有|得到|得出|给出|构建|构造|定义|引入|建立|建模|提出|推导出|导出|证明|使用|采用|写出|记)了?(?:一个|如下)?"
    r"(?P<name>[^,:;]{2,20}?)[:,]?$"
)
_AT_END = re.compile(r"(?:就是|是|为)(?!否|使|一)(?P<name>[^,:;的]{2,24}?):$")
_OF_IT = re.compile("^(?:它们?的|其)")
_GLOSS_BEHIND = re.compile(r"[ ]?[(（][^()（）]*[)）]$")
_POINTS_BACK = re.compile("这|该|上述|上面|上式|前面|刚才|此")
_CLAUSE = re.compile(r"[,:;](?=[^)]*(?:\(|$))")
_BARE = re.compile(rf"^{_LINKS}(?:可以|就|便|很容易|不难)*(?:有|得到|得出|写出|可得|推得)[:,]?$")
_NAMELESS = re.compile(
    "^(?:我们|它们?|他们?|这|那|此|该|其|上式|下式|前者|后者|结果|式子|公式|形式|不等式|等式|关系|问题|目标|下面|如下"
    "|两者|推导|变换|例子|性质|近似|定义|条件|方程|可得|以下|上述|所得|也就是|一个|一种|或者|如果|假设|因为|由于|当|若|对|对于|设|令|即|有)"
    "(?:的?(?:公式|形式|结果|式子|关系|不等式|等式|目标|定义|问题|到|可以|是|为|么))*$"
)
_NO_NAME = re.compile(
    "可以|可将|如下|所示|将|把|找到|使得|来|转换|展开|记作|根据|通过|得到|获得|方式|建模$"
    "|等价|是|一种|产生$|重$|(?<!目)标$|[`（(]"
)
_LEANS_BACK = re.compile("^(?:它们?|这|此|该|其实?|上式|后者|前者|我们|或者?|且|并且|以及|即)")
_LEAST_CHARS_BEFORE_BARE = 12
_WORDLIKE = re.compile(r"[\u4e00-\u9fd5]{2}|[A-Za-z]{3}|\$")


def formula_name(lead: str, *, heading: str | None = None) -> str | None:
    """The name that a sentence gives to the formula behind it; None if it gives none.

    Args:
        lead: the sentence up to the formula.
        heading: what the section is called; the name where a long sentence ends in a bare
            ``我们有``.

    >>> formula_name("那么梯度下降的更新公式就是")
    '梯度下降的更新公式'
    >>> formula_name("总的来说,就是在建模如下概率分解")
    '概率分解'
    >>> formula_name("于是得到变分下界（ELBO）："), formula_name("对于分布 $p$，它的信息熵定义为")
    ('变分下界', '信息熵')
    >>> formula_name("或者") is None
    True
    """
    formulas = [formula.span for formula in find_math(lead)[0]]
    defined = defined_term(lead, formulas)
    if defined:
        return defined.term
    masked = fold_script(lead)
    for span in formulas:
        masked = f"{masked[: span.start]}{'_' * len(span)}{masked[span.end :]}"
    start = max((match.end() for match in _CLAUSE.finditer(masked.rstrip(",: "))), default=0)
    clause = masked[start:].rstrip()
    for pattern in (_AFTER, _SUBJECT, _OBJECT, _AT_END):
        match = pattern.search(clause)
        if match:
            name = lead[start + match.start("name") : start + match.end("name")]
            name = _trimmed(name, is_first=not start)
            return name if _is_name(name) else None
    is_bare = _BARE.match(clause) and start >= _LEAST_CHARS_BEFORE_BARE
    return heading if is_bare and not _POINTS_BACK.search(lead) else None


def _trimmed(name: str, *, is_first: bool) -> str:
    """A name without its English one and without an `它的` that means the clause before."""
    name = name.replace("*", "").strip(" ,:，：[]").lstrip("的了")
    name = _GLOSS_BEHIND.sub("", name)
    return name if is_first else _OF_IT.sub("", name)


def _is_name(name: str) -> bool:
    """Whether words can be what a formula is called: no pronoun, no verb, no mere "formula"."""
    is_wrong = _NAMELESS.match(name) or _LEANS_BACK.match(name) or _NO_NAME.search(name)
    return bool(_WORDLIKE.search(name)) and not is_wrong
