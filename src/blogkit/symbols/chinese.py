r"""Chinese words that say what a formula stands for: 其中 ◊ 是学习率, 学习率 ◊, 记误差为 ◊.

    for phrase in phrases_beside(words, Group(start, end)): ...

Tables of words, and the places beside a formula where they are looked for. Formulas are single
characters (`lines.MENTION`). Imports `phrases.py`, and `text.nouns` for what is a noun.
"""

import re
from collections.abc import Iterator
from typing import Final

from blogkit.meaning.statements.cues import chinese
from blogkit.symbols.lines import DISPLAY, MENTION
from blogkit.symbols.phrases import Group, How, Phrase
from blogkit.text.nouns import noun_before, noun_behind

_FORMULA: Final = f"[{MENTION}{DISPLAY}]"
_ADVERBS: Final = (
    "(?:则|就|便|都|均|皆|也|又|亦|还|一般|通常|常常?|可以|可|一?分别|各自|各|这里|此时|同样|仅|只|其实|即|被|来"
    "|用来|用于|用以|主要)*"
)
_COPULA: Final = re.compile(
    rf"^\s*,?\s*{_ADVERBS}(?P<verb>对应(?:的(?:则|就)?是|着|于)|指的(?:则|就)?是|指代|是指|指"
    r"|表示(?:的(?:则|就)?是)?(?![为成的])|代表(?:的是|了|着)?|意味着|度量了?|衡量了?"
    r"|(?:被)?称[为作之]+|叫[做作]"
    r"|(?:可以|可)?(?:理解|看|视|当)[做作成]?为?(?<!看)(?<!视)(?<!当)|是|为)"
    r"(?:用来|用于)?(?:表示|代表)?(?P<each>分别)?(?:是|为)?\s*"
)
_CLAUSE: Final = re.compile(rf"[^,。;!?\n|{DISPLAY}]*")
_SENTENCE: Final = re.compile(rf"[^。;!?\n|{DISPLAY}]*")
_CONDITION: Final = re.compile(
    rf"(?:{chinese('if', 'when')}|除非|无论|不论|是否|判断|要求|直到|证明)[^,。;:]{{0,12}}$"
)
_NO_DEFINITION: Final = re.compile(r"(?:[以把将则]|那么|所以|因此|于是|可知|得到|证明)\s*$")
"""Behind these, 为 goes with another word (以 ◊ 为), or what is said of a formula is a claim."""
_LEADING: Final = re.compile(
    r"(?:即|也即|作为|一个|一种|一组|某个|某种|某一|该|我们的|我们|所谓的?|相应的|对应的|给定的|是|为|了|:|the\s|an?\s|\s)+"
)
_NO_NOUN: Final = re.compile(
    r"^(?:例|主|止|什么|此|准|不|没|否|如何|多少|怎|零|正$|负$|[0-9.]+|一样|相同|相等|很|较|更|这(?![个些种])|那(?![个些种])|其|因为"
    rf"|如此|如下|[上下][面列述]?的?式|\s*{_FORMULA}\s*$|基础|单位$|目标$|依据|[一二三四两]?者)"
)
_WHOLE_BRACKET: Final = re.compile(r"\([^()]*\)(?=\s*[\u4e00-\u9fff])")
"""A remark that the phrase goes on behind."""
_UNFINISHED: Final = re.compile(
    r"(?:[的了过着]|时|时候|之间|之一|起来|以后|以前|之后|之前|为主|而言)$"
)
_JOINED: Final = re.compile(r"、|,|以及|和|与|及|或")
_JOINED_AT_END: Final = re.compile(r"(?:、|,|以及|和|与|及)\s*$")
_ADDED_AT_END: Final = re.compile(r"(?:、|以及|和|与|及)\s*$")
_COMMA: Final = re.compile("、|,")
_NAMING: Final = re.compile(
    r"(?:都|均|可以|可|被|就|通常|常|一般|简|统一|也|则)*"
    r"(?P<verb>标?记[作为成]?|表示[为成]|定义[为成]|写[作成为]|(?<!假)设[为成定]?|称[为作之]+|叫[做作]|取[作为]|即|也就是"
    r"|(?P<each>分别)?(?:是|为|记[作为]))\s*:?\s*$"
)
_SHOWN_BY: Final = re.compile(r"(?:都|均|可以|可|被|就|通常|常|一般|也|则|我们)*(?:用|以|由)\s*$")
_SHOWS: Final = re.compile(r"^\s*(?:来)?(?:表示|代表|指代|描述|刻画|标记)\s*(?=[,。;!?:)]|$)")
_VAGUE_TEXT: Final = """
结果 答案 形式 公式 表达式 等式 方程 条件 问题 式子 不等式 图 表 式 节 章 例子 例 定理 引理 性质
算法 方法 情况 时候 区间 如下 其 原因 更新公式 目标 可能 范围 取值范围 关系 比例 结论 值域 计算公式
记号 符号 核心 关键 重点 要点 优点 缺点 好处 目的 意思 特例
"""
_VAGUE: Final = frozenset(_VAGUE_TEXT.split())
"""Nouns that stand before a formula and are no name for what is in it."""
_INTRODUCES: Final = re.compile(
    r"(?:可以|可|能|被|就|通常|常|一般|也|则|可以被)*(?:(?:定义|表示|写|记|计算|表达)(?:为|成|作)|为|是|如)"
    r"(?:下式|下)?(?:所示)?\s*[:,]?\s*$"
)
_BY_MEANS: Final = re.compile(r"(?:通过|借助|利用|[用由以])[^,。;]{1,12}$")
_OF_WHAT: Final = re.compile(r"(.{2,}?)的?(?:计算|更新)?(?:公式|表达式|定义式?)")
_A_FORMULA: Final = re.compile(
    r"(?:公式|规则|方程|式子?|形式|算法|过程|方法|结果|定义|方式|步骤|更新)$"
)
_GLOSS: Final = re.compile(r"\((?:[\w ,.;'\"/-]+)\)\s*$", re.ASCII)
_IN_BRACKETS: Final = re.compile(rf"^\s*\(([^()。;:|{MENTION}{DISPLAY}]{{1,30}})\)")
_EXPLAINS: Final = re.compile(r"[\u4e00-\u9fff]")
_ASIDE: Final = re.compile(
    r"^(?:标?记|简称|取|见|如|参[见考]|图|式|例|公式|或|其中|这里|因为|注意|可|对|在|当|若|不|设|[0-9])"
)
_SINGULAR: Final = re.compile(r"(?:这个|那个|该|此|一个|某个)\s*$")
_NUMBERED: Final = re.compile(r"第\s*$")
_COUNTER: Final = re.compile(
    r"\s*(?P<unit>[个条维层类次步种阶行列项张位轮份节对组台块帧字篇段枚只名件批])"
    r"(?!(?<=[维次层])[数度级]|(?<=步)[长骤数幅]|(?<=类)[别型似]|(?<=阶)[段数]|(?<=行)为|(?<=列)表"
    r"|(?<=组)[合成]|(?<=位)置|(?<=项)目|(?<=个)数|(?<=种)类|(?<=条)件|(?<=节)点|(?<=对)[于应称]"
    r"|(?<=张)量|(?<=段)落|(?<=份)额)\s*"
)
_KIND_BEHIND: Final = re.compile(
    r"\s*(轴?坐标值?|函数|分布|矩阵|向量|标签|变量|参数|算子|集合|模型|网络|事件|数据集|轴)"
    r"(?=\s*(?:[,。;:!?)、的和与及在中来]|$))"
)
"""Nouns that say right behind a formula what it is: ◊ 函数, (◊,◊) 坐标."""
_UNITS_THAT_NAME: Final = frozenset("维层类次步阶行列轮")
_LIST_MARK: Final = re.compile(
    r"(?:^|\n)\s*(?:[-*+•·]|\(?[0-9]{1,2}[.)、])?\s*$|[。;,(]\s*$|其中\s*$"
)


def phrases_beside(words: str, group: Group) -> Iterator[Phrase]:
    """What Chinese words say of a group of formulas.

    Args:
        words: a line of words; see `lines.Line`.
        group: the formulas.

    >>> line = f"其中{MENTION}就是学习率,动量{MENTION}为常数"
    >>> [line[p.start : p.end] for p in phrases_beside(line, Group(2, 3))]
    ['学习率']
    >>> [line[p.start : p.end] for p in phrases_beside(line, Group(11, 12))]
    ['常数', '动量']
    """
    yield from _behind(words, group)
    yield from _explained(words, group)
    named = list(_named_before(words, group))
    yield from named
    if not named and not _COUNTER.match(words, group.end):
        yield from _noun_before(words, group)
    if group.symbols == 1:
        yield from _counted(words, group)
    kind = _KIND_BEHIND.match(words, group.end)
    if kind and group.formulas == 1:
        yield Phrase(kind.start(1), kind.end(1), "counted")


def ends_with_noun(front: str) -> bool:
    """Whether a noun stands at the end of some words."""
    return bool(noun_before(_without_gloss(front)))


def _behind(words: str, group: Group) -> Iterator[Phrase]:
    """◊ 是 …, ◊ 和 ◊ 分别表示 … 和 …"""
    match = _COPULA.match(words[group.end : group.end + 80])
    front = words[max(0, group.start - 24) : group.start]
    if match is None or _CONDITION.search(front):
        return
    if match["verb"] in ("是", "为") and _NO_DEFINITION.search(front):
        return
    first = group.end + match.end()
    is_each = bool(match["each"]) or "分别" in match[0]
    parts = _parts(words, first, group.symbols, is_each=is_each)
    if parts:
        yield from _shared_out(words, parts)
        return
    if group.symbols > 1 and is_each:
        return
    clause = _CLAUSE.match(words, first)
    found = _cleaned(words, first, clause.end() if clause else first)
    if found and (match["verb"] not in ("是", "为") or _is_noun(words[found[0] : found[1]])):
        yield Phrase(*found, "stated")


def _shared_out(words: str, parts: list[tuple[int, int]]) -> Iterator[Phrase]:
    """The parts of an enumeration; what the last is of goes for all: 输入和输出的维度."""
    phrases = [words[start:end] for start, end in parts]
    head = phrases[-1].rpartition("的")[2] if "的" in phrases[-1] else ""
    joined = words[parts[-2][1] : parts[-1][0]].strip()
    is_shared = joined in ("和", "与", "及") and not any("的" in phrase for phrase in phrases[:-1])
    for item, (part, phrase) in enumerate(zip(parts, phrases, strict=True)):
        is_last = item == len(parts) - 1
        made = (
            f"{phrase}的{head}"
            if head and is_shared and not is_last and MENTION not in phrase
            else ""
        )
        yield Phrase(*part, "stated", item, made)


def _parts(words: str, first: int, symbols: int, *, is_each: bool) -> list[tuple[int, int]]:
    """The parts of an enumeration, if it has as many as there are symbols."""
    ways = ((_CLAUSE, _JOINED), (_SENTENCE, _JOINED), (_SENTENCE, _COMMA))
    for reach, joined in () if symbols < 2 else ways if is_each else ways[:1]:
        whole = reach.match(words, first)
        last = whole.end() if whole else first
        at = first
        cut: list[tuple[int, int]] = []
        for match in (*joined.finditer(words, first, last), None):
            part = _cleaned(words, at, match.start() if match else last)
            at = match.end() if match else last
            if part:
                cut.append(part)
        if len(cut) == symbols:
            return cut
    return []


def _cleaned(words: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch of words without what introduces it and what is in brackets behind it."""
    leading = _LEADING.match(words, start, end)
    start = leading.end() if leading else start
    end = _before_bracket(words, start + 1, end)
    while end > start and (words[end - 1].isspace() or words[end - 1] in ".:`\"”'"):
        end -= 1
    phrase = words[start:end]
    if not phrase or len(phrase) > 60 or not re.search(r"[\u4e00-\u9fffA-Za-z]", phrase):
        return None
    if _NO_NOUN.search(phrase) or _UNFINISHED.search(phrase):
        return None
    return start, end


def _before_bracket(words: str, start: int, end: int) -> int:
    """Where a stretch of words ends before a remark in brackets, or a bracket of the sentence."""
    while bracket := re.compile("[()]").search(words, start, end):
        whole = _WHOLE_BRACKET.match(words, bracket.start(), end)
        if whole is None:
            return bracket.start()
        start = whole.end()
    return end


def _is_noun(phrase: str) -> bool:
    """Whether a phrase ends with a noun, or with a formula that a noun or 的 stands before."""
    bare = phrase.rstrip(f" {MENTION}")
    return bool(noun_before(bare)) or bool(
        re.search(r"[项之总加]和$|[A-Za-z]{2,}[)\s`]*$|数$", bare)
    )


def _explained(words: str, group: Group) -> Iterator[Phrase]:
    """◊(学习率), and ◊:学习率 in a list."""
    match = _IN_BRACKETS.match(words[group.end : group.end + 40])
    if match and not _ASIDE.search(match[1]) and _EXPLAINS.search(match[1]):
        found = _cleaned(words, group.end + match.start(1), group.end + match.end(1))
        if found and _is_noun(words[found[0] : found[1]]):
            yield Phrase(*found, "stated")
    colon = re.compile(r"\s*:\s*|\s+[–—-]\s+").match(words, group.end)
    if colon and _LIST_MARK.search(words[: group.start]):
        clause = _CLAUSE.match(words, colon.end())
        found = _cleaned(words, colon.end(), clause.end() if clause else group.end)
        if found:
            yield Phrase(*found, "stated")


def _named_before(words: str, group: Group) -> Iterator[Phrase]:
    """误差记为 ◊, 长度为 ◊ 的序列, 步长用 ◊ 表示; else what brackets or a colon say."""
    front = words[max(0, group.start - 60) : group.start]
    is_counted = _COUNTER.match(words, group.end) is not None
    match = None if is_counted else _NAMING.search(front)
    if match is not None:
        yield from _called(words, group, front, match)
        return
    shown = _SHOWN_BY.search(front) if _SHOWS.match(words[group.end : group.end + 8]) else None
    before = front[: shown.start()] if shown else _before_sign(words, group, front)
    for at, noun in _nouns_before(before, 1) if before else ():
        start = group.start - len(front) + at
        yield Phrase(start, start + len(noun), "stated")


def _called(words: str, group: Group, front: str, naming: re.Match[str]) -> Iterator[Phrase]:
    """What a verb of naming in front of a group says: the nouns before it, shared out by 分别."""
    is_copula = naming["verb"] in ("是", "为", "即", "也就是")
    is_each = "分别" in naming[0]
    if naming["verb"] == "是" and re.match(r"\s*的", words[group.end :]):
        return
    before = front[: naming.start()].rstrip() if is_copula else front[: naming.start()].rstrip(", ")
    nouns = _nouns_before(before, group.symbols if is_each else 1)
    if is_each and not _fit(nouns, before, group.symbols):
        return
    owner = _owner(words, group.end) if is_copula else ""
    how: How = "beside" if is_copula and not is_each and group.formulas > 1 else "stated"
    for item, (at, noun) in enumerate(nouns):
        which = item if len(nouns) > 1 else None
        start = group.start - len(front) + at
        yield Phrase(start, start + len(noun), how, which, f"{owner}的{noun}" if owner else "")


def _before_sign(words: str, group: Group, front: str) -> str:
    """What stands in front of the bracket or colon of 学习率(◊), 样本数:◊; empty for none."""
    sign = re.search(r"[(:]\s*$", front)
    behind = r"\s*[),]" if sign and sign[0][0] == "(" else r"\s*(?:[),。;]|$)"
    return front[: sign.start()] if sign and re.match(behind, words[group.end :]) else ""


def phrases_around_display(words: str, start: int) -> Iterator[Phrase]:
    """What words say that the name on the left side of a display is: 损失定义为: ◊, 用 ◊ 表示风险.

    Args:
        words: a line of words.
        start: where the display stands in it.
    """
    if re.search(r"[用以令记]\s*$", words[max(0, start - 4) : start]):
        yield from _behind(words, Group(start, start + 1))
    front = words[max(0, start - 60) : start]
    match = _INTRODUCES.search(front)
    if match and _BY_MEANS.search(front[: match.start()]):
        return
    for at, noun in _nouns_before(front[: match.start()], 1) if match else ():
        if not _A_FORMULA.search(noun):
            yield Phrase(start - len(front) + at, start - len(front) + at + len(noun), "beside")


def _fit(nouns: list[tuple[int, str]], before: str, symbols: int) -> bool:
    """Whether nouns are what is shared out: one for each symbol, or one for all."""
    is_one = len(nouns) == 1 and not _ADDED_AT_END.search(before[: nouns[0][0]])
    return is_one or len(nouns) == symbols


def _owner(words: str, end: int) -> str:
    """What has the quantity: of 长度为 ◊ 的序列 the 序列."""
    match = re.compile(r"\s*的\s*").match(words, end)
    return noun_behind(words[match.end() : match.end() + 16]) if match else ""


def _nouns_before(front: str, wanted: int) -> list[tuple[int, str]]:
    """The last so many nouns of a text, joined by 和, with their places; fewer if it has fewer."""
    found: list[tuple[int, str]] = []
    while len(found) < wanted:
        front = _without_gloss(front)
        noun = noun_before(front)
        at = len(front.rstrip()) - len(noun)
        noun = _without_formula(noun)
        if not noun or noun in _VAGUE:
            break
        found.insert(0, (at, noun))
        joined = _JOINED_AT_END.search(front[:at])
        if joined is None:
            break
        front = front[: joined.start()]
    return found


def _without_formula(noun: str) -> str:
    """Of 标准差公式 what the formula is of; a noun that is no formula as it is."""
    match = _OF_WHAT.fullmatch(noun)
    return match[1] if match and noun_before(match[1]) == match[1] else noun


def _without_gloss(front: str) -> str:
    """A text without the English name in brackets at its end."""
    match = _GLOSS.search(front)
    return front[: match.start()] if match else front


def _noun_before(words: str, group: Group) -> Iterator[Phrase]:
    """学习率 ◊"""
    front = words[max(0, group.start - 60) : group.start]
    if re.search(r"[\ue000\ue001]\s*$", front):
        return
    for at, noun in _nouns_before(front, 1):
        base = group.start - len(front)
        is_one = _SINGULAR.search(front[:at]) is not None
        item = 0 if is_one and group.symbols > 1 else None
        yield Phrase(base + at, base + at + len(noun), "beside", item)


def _counted(words: str, group: Group) -> Iterator[Phrase]:
    """◊ 个样本, 第 ◊ 层, ◊ 维向量."""
    match = _COUNTER.match(words[group.end : group.end + 8])
    if match is None:
        return
    is_index = _NUMBERED.search(words[max(0, group.start - 3) : group.start]) is not None
    first = group.end + match.end()
    first += not is_index and words.startswith("的", first)
    noun = noun_behind(words[first : first + 16])
    unit = match["unit"]
    if not noun and unit not in _UNITS_THAT_NAME:
        return
    last = first + len(noun) if noun else group.end + match.end("unit")
    if is_index:
        made = f"{noun or unit}的序号"
    elif unit in _UNITS_THAT_NAME:
        made = f"{noun}的{unit}数" if noun else f"{unit}数"
    else:
        made = f"{noun}的数量"
    yield Phrase(group.end + match.start("unit"), last, "counted", None, made)
