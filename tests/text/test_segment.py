"""The word table gives jieba's words, and so does rjieba."""

import re
from pathlib import Path

import pytest

from blogkit.text.segment import DictionarySegmenter, TableSegmenter
from blogkit.text.words import WordTable, build_word_table, import_jieba

SENTENCES = [
    "为什么梯度裁剪能加速训练过程",
    "无监督分词和句法分析原来还可以这样用",
    "函数光滑化杂谈不可导函数的可导逼近",
    "硕塞是如何被提升为亲王的",
    "南京市长江大桥",
    "结头龙属生存于什么时期",
    "他来到了网易杭研大厦",
    "一",
    "的的的的",
]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory):
    path = str(tmp_path_factory.mktemp("words") / "words.db")
    build_word_table(path)
    with WordTable(path) as opened:
        yield TableSegmenter(opened)


@pytest.fixture(scope="module")
def jieba():
    module = import_jieba()
    module.setLogLevel("ERROR")
    return module


@pytest.mark.parametrize("sentence", SENTENCES)
def test_three_ways_one_cut(sentence: str, table: TableSegmenter, jieba) -> None:
    expected = jieba.lcut_for_search(sentence)
    assert table.cut(sentence) == expected
    assert DictionarySegmenter().cut(sentence) == expected


@pytest.mark.parametrize("word", ["注意力", "词向量", "的", "梯度裁剪", "南京市长江大桥"])
def test_both_know_the_same_words(word: str, table: TableSegmenter) -> None:
    assert table.knows(word) == DictionarySegmenter().knows(word)


def test_every_question_of_cmrc2018_is_cut_as_jieba_cuts_it(
    data: Path, table: TableSegmenter, jieba
) -> None:
    lines = (data / "cmrc2018" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    runs = [run for line in lines for run in re.findall("[一-鿕]+", line.split("\t")[1])]
    assert len(lines) == 4221
    different = [run for run in runs if table.cut(run) != jieba.lcut_for_search(run)]
    assert different == []
