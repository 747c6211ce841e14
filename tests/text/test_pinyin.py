"""Pinyin of words: as pypinyin has it, whichever way it is found."""

import pytest
from pypinyin import lazy_pinyin

from blogkit.text.pinyin import pinyin_of

WORDS = """
梯度 重庆 重庆火锅 银行长 率领 策略 女儿 绿色 律师 行长 音乐 快乐 长度 长大 还款 还是 朝阳 朝阳区
参数 参差 参差不齐 人参 单于 调和 调查表 数一数二 哪儿 那个 呣 嗯 龘 乂龘靐 〇 的确 的 了解 为了
会计学 都市 大都会 校对 学校 弹性 子弹 降落伞 投降 传记 传播 给予 供给 系数 关系 模样 模型
"""


@pytest.mark.parametrize("word", WORDS.split())
def test_pinyin_is_that_of_pypinyin(word: str) -> None:
    assert pinyin_of(word) == "".join(lazy_pinyin(word))
