"""Searching: what is found, in which order, and what is shown of it."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogkit import Corpus, Library, Post
from blogkit.errors import QueryError
from blogkit.search.snippets import SNIPPET_CHARS, best_snippet
from blogkit.text.mathspans import find_math

CLIPPING = "为什么梯度裁剪能加速训练过程?一个简明的分析"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("梯度裁剪", CLIPPING),
        ("ICLR2020", CLIPPING),
        ("gradient clipping", CLIPPING),
        ("bert4keras三元组", "用bert4keras做三元组抽取"),
        ("BERT4KERAS 三元组", "用bert4keras做三元组抽取"),
        ("on lstm", "ON-LSTM:用有序神经元表达层次结构"),
        ("recompute_grad", "节省显存的重计算技巧也有了Keras版了"),
        ("生态缸 俯视图", "【龟鱼记】全陶粒的同程底滤生态缸"),
        ("ＧＥＬＵ", "GELU的两个初等函数近似是怎么来的"),
        ("熵", "让我们不厌其烦地回顾一下:最小熵原理是一个无监督学习的原理,“熵”就是学习成本,…"),
        ("果蝇", "可能有些读者最近会留意到ICLR 2021的论文《Can a Fruit Fly…"),
        ("argmax", "函数光滑化杂谈:不可导函数的可导逼近"),
        ("梯度裁剪 绝无此词xyzzy", CLIPPING),
        ("引入了比常用的L约束更宽松的约束条件,从新的条件出发论证了梯度裁剪的必要性", CLIPPING),
    ],
)
def test_the_post_that_is_meant_comes_first(seeded: Library, query: str, title: str) -> None:
    assert next(iter(seeded.search(query))).title == title


def test_identifiers_are_found_glued_to_chinese(library: Library) -> None:
    library.add_posts([Post(title="甲", text="设置GO的env变量。"), Post(title="乙", text="别的。")])
    assert [hit.title for hit in library.search("env 变量")] == ["甲"]
    assert [hit.title for hit in library.search("go")] == ["甲"]


def test_pages_are_parts_of_one_list(seeded: Library) -> None:
    whole = [hit.post_id for hit in seeded.search("模型", limit=100)]
    pages = [
        hit.post_id
        for offset in range(0, 40, 7)
        for hit in seeded.search("模型", limit=7, offset=offset)
    ]
    assert pages == whole
    assert seeded.search("模型", limit=3).total == len(whole)
    assert seeded.search("模型", limit=3).truncated
    assert not seeded.search("模型", limit=100).truncated


def test_sections_are_ranked_by_themselves(seeded: Library) -> None:
    hits = seeded.search("梯度裁剪", by="section", limit=100).hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert sum(hit.title == CLIPPING for hit in hits) == 2
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_page_must_be_one(seeded: Library) -> None:
    with pytest.raises(QueryError, match="expected 0 or more, found -1 and 0"):
        seeded.search("梯度", limit=-1)


def test_related_posts_leave_out_the_post_itself(seeded: Library) -> None:
    title = "【搜出来的文本】⋅(二)从MCMC到模拟退火"
    hits = list(seeded.related(title))
    assert hits[0].title == "【搜出来的文本】⋅(一)从文本生成到搜索采样"
    assert title not in [hit.title for hit in hits]


def test_hits_say_the_line_of_their_passage(seeded: Library) -> None:
    for hit in seeded.search("梯度 模型 神经网络", by="section", limit=100):
        lines = Path(hit.path or "").read_text(encoding="utf-8").splitlines()
        start = hit.snippet.text.removeprefix("…").split("\n")[0][:10]
        assert start in lines[hit.line - 1]


def test_words_are_marked(seeded: Library) -> None:
    for hit in seeded.search("梯度裁剪"):
        marked = {span.of(hit.snippet.text) for span in hit.snippet.spans}
        assert marked <= {"梯度", "裁剪"}


PIECES = ["梯度裁剪", "模型的参数", "。", "!", "\n\n", ",", "word ", "$a_1+b。c$", "bert4keras",
          "很长的一段没有任何标点的文字" * 8, "$x" + "+x" * 120 + "$"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_snippet_is_a_passage_and_never_cuts_a_formula(text: str) -> None:
    snippet, offset = best_snippet(text, {"梯度": 2.0, "裁剪": 3.0, "keras": 1.0})
    shown = snippet.text.removeprefix("…").removesuffix("…")
    assert text.startswith(shown, offset)
    end = offset + len(shown)
    formulas = [formula.span for formula in find_math(text)[0]]
    assert not any(f.start < edge < f.end for f in formulas for edge in (offset, end))
    longest = max((len(formula) for formula in formulas), default=0)
    assert len(shown) <= SNIPPET_CHARS + 2 * longest + 2 * len("bert4keras")
    marked = [span.of(snippet.text).lower() for span in snippet.spans]
    assert all(re.fullmatch("梯度|裁剪|[a-z0-9]*keras[a-z0-9]*", mark) for mark in marked)


def near_equal_order(first: list[str], second: list[str]) -> float:
    """Share of the first ten that two lists have in common, at any place."""
    return len(set(first[:10]) & set(second[:10])) / max(1, len(first[:10]))


def test_both_engines_rank_the_seeds_alike(seeded: Library) -> None:
    corpus = Corpus(seeded.posts())
    for query in ("梯度裁剪", "attention", "无监督", "bert 预训练", "采样 分布", "Keras 优化器"):
        ours = [hit.post_id for hit in seeded.search(query)]
        reference = [hit.post_id for hit in corpus.search(query)]
        assert ours[0] == reference[0]
        assert near_equal_order(reference, ours) >= 0.8


def test_both_engines_rank_paragraphs_of_cmrc2018_alike(library: Library, data: Path) -> None:
    folder = data / "cmrc2018"
    rows = map(json.loads, (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines())
    posts = [Post(title=row["title"], text=row["text"], id=row["id"]) for row in rows][:200]
    names = {post.id for post in posts}
    library.add_posts(posts)
    corpus = Corpus(posts)
    by_id = {library.post(post.id or "").id: post.id for post in posts}
    lines = (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
    queries = [line.split("\t") for line in lines]
    asked = [text for name, text, *_ in queries if name.split("_QUERY")[0] in names][:100]
    shares, firsts = [], []
    for query in asked:
        ours = [by_id[hit.post_id] for hit in library.search(query)]
        reference = [hit.post_id for hit in corpus.search(query)]
        shares.append(near_equal_order(reference, ours))
        firsts.append(reference[:1] == ours[:1])
    assert len(asked) == 100
    assert sum(shares) / len(shares) >= 0.97
    assert sum(firsts) / len(firsts) >= 0.97


def test_the_reference_is_bm25_as_it_is_written() -> None:
    """One field, one term: against the formula, by hand."""
    from math import log

    from blogkit.index.documents import IndexDocument
    from blogkit.index.matches import FIELDS, TermQuery
    from blogkit.index.memory_index import MemoryIndex

    bodies = [["a", "a", "b"], ["a"], ["c", "c", "c", "c"]]
    index = MemoryIndex(
        [
            IndexDocument(n, 0, {**{key: [] for key in FIELDS}, "body": body})
            for n, body in enumerate(bodies)
        ]
    )
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    average = 8 / 3

    def bm25(count: int, length: int) -> float:
        return idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length / average))

    scores = {match.post: match.score for match in index.search(TermQuery({"a": 1.0}), limit=3)}
    assert scores == pytest.approx({0: bm25(2, 3), 1: bm25(1, 1)})
