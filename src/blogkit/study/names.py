"""What a displayed formula is called, by the words that lead up to it.

``那么梯度下降的更新公式就是`` names the formula behind it; ``或者`` does not. A formula without a
name is not asked for, and one with a name that many have (``损失函数为``) only if the words around
it say all that is in it. Imports text only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from blogkit.study import english
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
_SUBJECT = re.compile(rf"^{_LINKS}(?P<name>[^:;]{{2,90}}?){_SAYS}{_END}")
_AFTER = re.compile(r"(?:如下|下面|下述|以下)的?(?:形式的)?(?P<name>[^,:;]{2,20}?)[:,]?$")
_OBJECT = re.compile(
    r"(?:有|得到|得出|给出|构建|构造|定义|引入|建立|建模|提出|推导出|导出|证明|使用|采用|写出|记)了?(?:一个|如下)?"
    r"(?P<name>[^,:;]{2,20}?)[:,]?$"
)
_AT_END = re.compile(r"(?:就是|是|为)(?!否|使|一)(?P<name>[^,:;的]{2,24}?):$")
_OF_IT = re.compile("^(?:它们?的|其)")
_GLOSS_BEHIND = re.compile(r"[ ]?[(（][^()（）]*[)）]$")
_CLAUSE = re.compile(r"[,:;](?=[^)]*(?:\(|$))")
_IS_COMMON = re.compile("损失|目标|代价|似然|梯度|误差|概率|分布|期望|更新|元素|输出|loss")
"""In a common name: what a post may have once, and says all of."""
_BY_LAW = re.compile(
    r"(?:^|[,，])(?:则|那么)?(?P<by>根据|按照?|由|利用|应用|使用|依据|通过|)(?P<name>[^,:;为是]{2,20}?"
    r"(?:公式|定理|法则|不等式|恒等式|定律|引理))"
    r"(?:给出|告诉我们|表明|说明|可得到?|可知|可以?得到?|得到?|知|有|指出|我们有|[,，]?[我们可以便就]*[得有到]*)[:：,，]?$"
)
_IS_ONE = re.compile(
    rf"^{_LINKS}(?P<name>[^:;,]{{2,90}}?)(?:(?:是|为)一[个种组条]|被?定义[为成]|指的?是)[^,:;]{{2,40}}:?$"
)
_NAMELESS = re.compile(
    "^(?:我们|它们?|他们?|这|那|此|该|其|上式|下式|前者|后者|结果|式子|公式|形式|不等式|等式|关系|问题|目标|下面|如下"
    "|两者|推导|变换|例子|性质|近似|定义|条件|方程|可得|以下|上述|所得|也就是|一个|一种|或者|如果|假设|因为|由于|当|若|对|对于|设|令|即|有)"
    "(?:的?(?:公式|形式|结果|式子|关系|不等式|等式|目标|定义|问题|到|可以|是|为|么))*$"
)
_NO_NAME = re.compile(
    "更(?!新)|模式$|可以|可将|如下|所示|将|把|找到|使得|来|转换|展开|记作|根据|通过|得到|获得|方式|建模$"
    "|等价|是|一种|产生$|重$|(?<!目)标$|[`（(]"
)
_GENERIC = re.compile(
    r"(?:全局|样本|单个|整个|整体|最终|此时|对应|相应|模型|网络|算法|我们|所用|一般|一个|标准|离散|连续|优化|损失|代价|目标|假设|激活|似然"
    r"|对数|更新|迭代|递推|计算|训练|预测|输出|输入|映射|结果|梯度|偏?导数|误差|约束|条件|权重|参数|期望|方差|均值|先验|后验"
    r"|概率|密度|质量|分布|近似|公式|函数|问题|等?式子?|不等式|方程组?|表达|规则|运算量|计算量|复杂度|特征|分解|通式|形式|性质|主要"
    r"|推导|距离|系数|状态|比[率例值]|关系|总和|分别|其中|同时|部分|项|解|总|新|原|量|值|第|前|后|时刻?|步|层|元素|以下|如下|下面|真实"
    r"|最[优大小]化?|变换|矩阵|向量|定义|一|二|三|两|的|则|故|有|为|对|关于|求|个|和|与|在|当前|已知|给定|非?线性|恒|转移|动态|其|它们?|[通特]解|答案|要求|多项式|级数|随机变量|变量|[序数]列|集合|数组|辅助|新的|以?[满所]足|等价|_|[A-Za-z](?![A-Za-z])|[\s,:()\d.'’+-])+"
)
"""Names that many formulas of many posts have."""
_WRITES = re.compile("[,，](?:并|且|而|一般|通常|常)*(?:可以?)?(?:记|用|写)[^,，]*$")
"""How a sentence ends that goes on from what a thing is to how it is written."""
_ONE_CASE = re.compile("(?:比如|例如|譬如|如)[,，:：]?$")
_DEFINES = re.compile("定义|所谓|标准形式|全称")
"""Leads that say that what comes is what the name means."""
_HAS_FORMULA = re.compile(
    "(?:公式|定理|法则|不等式|恒等式|定律|损失|散度|熵|方差|相关系数|期望|范数|模长|[导函]数|梯度|[密精]度|概率|分布|似然|散布矩阵|距离"
    "|相似度|相似性|增益|误差|风险|正则[化项]?|惩罚项?|目标|更新[公等]?[式则]?|更新规则|更新格式|分解|[上下]界|模型|注意力|得分|卷积|变换"
    r"|算子|期望值|[指系级对组范]数|准则|判据|[准确召回精覆学命]率|残差|核|[通特]解|[并然噪]比|多项式|展开式?|行列式|[A-Za-z]\s?数|组合数)"
    r"(?:\s*[(（][^()（）]*[)）])?$"
)
"""Names of what has a formula of its own, given a word that says which."""
_LEANS_BACK = re.compile("^(?:它们?|这|此|该|其实?|上式|后者|前者|我们|或者?|且|并且|以及|即)")
_WORDLIKE = re.compile(r"[\u4e00-\u9fd5]{2}|[A-Za-z]{3}|\$")


@dataclass(frozen=True, slots=True)
class FormulaName:
    """What a formula is called."""

    text: str
    """The name."""
    is_own: bool
    """Whether it tells the formula from others: not only `损失函数`, `the gradient`."""


def formula_name(lead: str) -> FormulaName | None:
    """The name that a sentence gives to the formula behind it; None if it gives none.

    Args:
        lead: the sentence up to the formula.

    >>> formula_name("那么梯度下降的更新公式就是")
    FormulaName(text='梯度下降的更新公式', is_own=True)
    >>> formula_name("于是得到变分下界（ELBO）："), formula_name("则全局样本损失函数为")
    (FormulaName(text='变分下界', is_own=True), FormulaName(text='全局样本损失函数', is_own=False))
    >>> formula_name("The density of the normal distribution is given by").text
    'density of the normal distribution'
    >>> formula_name("或者") is None
    True
    """
    formulas = [formula.span for formula in find_math(lead)[0]]
    defined = defined_term(lead, formulas)
    if defined and not _WRITES.search(lead):
        return FormulaName(defined.term, is_own=True)
    if _ONE_CASE.search(lead):
        return None
    masked = _masked(lead)
    return _chinese(lead, masked) or _english(lead, masked)


def _masked(text: str) -> str:
    """A text folded, of the same length, with its formulas covered."""
    masked = fold_script(text)
    for formula in find_math(text)[0]:
        span = formula.span
        masked = f"{masked[: span.start]}{'_' * len(span)}{masked[span.end :]}"
    return masked


def _last_clause(masked: str) -> int:
    """Where the last clause of a sentence begins."""
    return max((match.end() for match in _CLAUSE.finditer(masked.rstrip(",: "))), default=0)


def _chinese(lead: str, masked: str) -> FormulaName | None:
    """The name that the last clause gives in Chinese."""
    start = _last_clause(masked)
    clause = masked[start:].rstrip()
    for pattern in (_BY_LAW, _AFTER, _SUBJECT, _OBJECT, _IS_ONE, _AT_END):
        match = pattern.search(clause)
        if match:
            name = lead[start + match.start("name") : start + match.end("name")]
            name = _trimmed(name, is_first=not start)
            is_said = _DEFINES.search(clause) or _HAS_FORMULA.search(name)
            is_own = bool(is_said) and not _GENERIC.fullmatch(match["name"])
            is_own = is_own and not (pattern is _BY_LAW and match["by"])
            if _is_name(name) and (is_own or pattern is _BY_LAW or _IS_COMMON.search(name)):
                return FormulaName(name, is_own)
    return None


def _english(lead: str, masked: str) -> FormulaName | None:
    """The name that a sentence gives in English."""
    for pattern in (english.SUBJECT, english.OBJECT):
        match = pattern.search(masked)
        if match:
            name = lead[match.start("name") : match.end("name")]
            if english.NO_NAME.search(name):
                return None
            is_own = not english.GENERIC.fullmatch(match["name"].strip("_ "))
            return FormulaName(name, is_own)
    return None


def _trimmed(name: str, *, is_first: bool) -> str:
    """A name without its English one and without an `它的` that means the clause before."""
    name = name.replace("*", "").strip(" ,:，：[]").lstrip("的了")
    name = _GLOSS_BEHIND.sub("", name)
    return name if is_first else _OF_IT.sub("", name)


def _is_name(name: str) -> bool:
    """Whether words can be what a formula is called: no pronoun, no verb, no mere "formula"."""
    words = _masked(name)
    is_wrong = _NAMELESS.match(words) or _LEANS_BACK.match(words) or _NO_NAME.search(words)
    return bool(_WORDLIKE.search(name)) and not is_wrong
