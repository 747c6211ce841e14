"""Terms that a post defines: its title, its tags, what it puts in ``《》``, and glossed words.

A gloss is a name in the other language in brackets, ``积分梯度（Integrated Gradients）``. It says
where the word ends; where it begins is told by punctuation, by words that belong to no term, and by
how many words the English name has.
"""

from __future__ import annotations

import re

from blogkit.text.lexicon import SHORTEST_CHARS
from blogkit.text.normalize import fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Cut = Callable[[str], Sequence[str]]

LONGEST_TERM_CHARS = 8
_HAN = "\u4e00-\u9fd5"
_TERM = re.compile(rf"[{_HAN}]{{{SHORTEST_CHARS},{LONGEST_TERM_CHARS}}}")
_QUOTED = re.compile(r"《([^《》]+)》")
_ENGLISH = r"[A-Za-z][A-Za-z0-9]*(?:[ \-'/.,&]{1,2}[A-Za-z0-9]+){0,7}"
_GLOSS = re.compile(rf"\( ?({_ENGLISH}) ?\)")
_GLOSSED = re.compile(rf"([{_HAN}]{{{SHORTEST_CHARS},24}})[”\"’』」*]* ?\Z")
_TRANSLATION = re.compile(rf"\( ?([{_HAN}]{{2,8}}) ?\)")
_TRANSLATED = re.compile(rf"(?<![A-Za-z0-9\-.] )(?<![A-Za-z0-9\-.])({_ENGLISH}) ?\Z")
_BEFORE_CHARS = 200
"""So much before a bracket may be what it glosses or translates."""
_LATIN = re.compile(r"[A-Za-z0-9\-$]")
_LONGEST_ENGLISH_WORDS = 5
_ACRONYM_LETTERS = 6

_NOT_IN_TERMS_TEXT = """
的 地 得 了 着 是 在 和 与 及 或 而 但 对 把 被 将 从 由 以 于 为 用 让 使 给 按 比 也 都 就 又
还 只 没 这 那 其 该 此 每 各 某 几 一 个 种 些 之 所 等 里 一个 一种 一些 一类 一套 这个 这种
这些 那个 那种 某种 各种 多种 几种 两种 两个 三种 另一种 同一 同一个 同一种 前者 后者 我们 他们
它们 本文 作者 笔者 读者 自己 大家 使用 采用 改用 利用 应用 运用 进行 来自 提供 参见 参考 详见
通过 根据 基于 关于 对于 由于 包括 包含 例如 比如 譬如 诸如 就是 也是 即是 即 便是 可以 可能
能够 需要 所谓 称为 称作 称之为 叫做 叫作 名为 简称 全称 又称 也叫 也称 俗称 统称 成为 作为 视为
得到 得出 提出 引入 介绍 给出 定义 定义为 实现 研究 考虑 使得 其中 以及 并且 而且 或者 还是 如果
因为 所以 因此 然后 首先 其次 最后 主要 常见 常用 著名 经典 传统 现代 更 很 非常 比较 相当 如
如何 什么 怎么 哪些 当 当时 时 以后 之后 之前 里面 上面 下面
"""
_NOT_IN_TERMS = frozenset(_NOT_IN_TERMS_TEXT.split())
"""Words before which a term begins: they belong to the sentence."""
_EITHER = frozenset("无不有上下中内外前后到向最")
"""Characters that end a phrase (``在空间中``) or begin a term (``上采样``)."""
_PREFIXES = frozenset("过欠重自超非反半伪软硬强弱高低互元子次准微逆正负稀全长短深浅")
"""Characters that make a term of a word, without a word of their own in English."""


class Definition:
    """A term that a post defines.

    Args:
        word: the term, in simplified characters.
        origin: ``title``, ``tag``, ``quoted`` or ``gloss``.
        english: its name in English, in small letters; empty where the post gives none.
    """

    __slots__ = ("english", "origin", "word")

    def __init__(self, word: str, origin: str, english: str = "") -> None:
        self.word = word
        self.origin = origin
        self.english = english


def defined_terms(title: str, tags: Sequence[str], text: str, cut: Cut) -> list[Definition]:
    """What a post defines, in order, each word with each English name once.

    Args:
        title: the post's title; a short one is a term, or what stands before its colon.
        tags: its tags and categories.
        text: its text.
        cut: gives the words of a run of Chinese characters, one after another.

    >>> from blogkit.text.segment import cut_words
    >>> text = "所谓梯度裁剪（gradient clipping），见《词向量》。"
    >>> found = defined_terms("日食记", [], text, cut_words)
    >>> [(term.word, term.origin, term.english) for term in found]
    [('日食记', 'title', ''), ('词向量', 'quoted', ''), ('梯度裁剪', 'gloss', 'gradient clipping')]
    """
    folded = fold_script(text)
    names = [("title", fold_script(title)), *(("tag", fold_script(tag)) for tag in tags)]
    names += [("quoted", name) for name in _QUOTED.findall(folded)]
    found = [Definition(word, origin) for origin, name in names for word in _short_name(name)]
    found += _glosses(folded, cut)
    return list({(term.word, term.english): term for term in reversed(found)}.values())[::-1]


def _short_name(name: str) -> list[str]:
    """The name, or what stands before its colon, if that is a term by its length."""
    head = name.strip().partition(":")[0].strip()
    return [head] if _TERM.fullmatch(head) else []


def _glosses(text: str, cut: Cut) -> Iterator[Definition]:
    for before, english in _in_brackets(text, _GLOSSED, _GLOSS):
        if _LATIN.match(text, max(before.start() - 1, 0), before.start()):
            continue  # as in ``Metropolis-Hastings采样``: only a part of the term is Chinese
        word = _term_before(before[1], english, cut)
        if word:
            yield from (Definition(word, "gloss", name) for name in _english_names(english))
    for before, word in _in_brackets(text, _TRANSLATED, _TRANSLATION):
        words = cut(word)
        if _NOT_IN_TERMS.isdisjoint(words) and _may_be_named(word, len(words), before[1]):
            yield from (Definition(word, "gloss", name) for name in _english_names(before[1])[:1])


def _in_brackets(
    text: str, before: re.Pattern[str], inside: re.Pattern[str]
) -> Iterator[tuple[re.Match[str], str]]:
    """What stands in brackets, and the match of what stands before each; none overlaps another.

    Brackets are few, so that it is there that a term is looked for.
    """
    position = 0
    at = text.find("(")
    while at >= 0:
        found = inside.match(text, at)
        if found and (match := before.search(text, max(position, at - _BEFORE_CHARS), at)):
            yield match, found[1]
            position = found.end()
        at = text.find("(", at + 1)


def _english_names(gloss: str) -> list[str]:
    """``Natural Language Processing, NLP`` is two names."""
    names = [name.strip(" .-/&'").lower() for name in re.split(r"[,/]", gloss)]
    return [name for name in names if len(name) > 1 and len(name.split()) <= _LONGEST_ENGLISH_WORDS]


def _term_before(han: str, english: str, cut: Cut) -> str | None:
    """The end of a run of Chinese characters that is what the English name says."""
    first_name = re.split(r"[,/]", english)[0]
    wanted = _count_words(first_name)
    words = list(cut(han))
    taken: list[str] = []
    while words and words[-1] not in _NOT_IN_TERMS and words[-1] not in _EITHER:
        is_prefix = words[-1] in _PREFIXES
        if len(taken) >= wanted and not is_prefix:
            break
        taken.insert(0, words.pop())
    term = "".join(taken)
    is_whole = not words or words[-1] in _NOT_IN_TERMS
    if not _TERM.fullmatch(term) or not _may_be_named(term, len(taken), first_name):
        return None
    return term if is_whole or _is_sure(words[-1], taken, wanted) else None


def _is_sure(before: str, taken: Sequence[str], wanted: int) -> bool:
    """Whether a term begins after a word that may be a part of it.

    As many words as the English has are enough, where no single character at the seam says that a
    word was torn there (``拉格朗|日乘数``).
    """
    return len(taken) >= max(2, wanted) and len(taken[0]) > 1 and len(before) > 1


def _may_be_named(term: str, words: int, english: str) -> bool:
    """Whether an English name says no more and no less than a term, as far as lengths can tell.

    A character says at most one English word, or one letter of an acronym; a word of its own is
    rarely what a product's name (``GoogLeNet``) says, more often its kind.
    """
    wanted = _count_words(english)
    is_product = words == 1 and re.search(r"[a-z][A-Z]", english)
    return wanted <= len(term) and words <= wanted + 2 and "&" not in english and not is_product


def _count_words(name: str) -> int:
    """How many words an English name has; an acronym has one a letter."""
    if name.isupper() and name.isalpha() and len(name) <= _ACRONYM_LETTERS:
        return len(name)
    return len(re.findall(r"[A-Za-z0-9]+", name))
