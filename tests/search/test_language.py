"""What queries find: the same from a library and in memory, held to the posts themselves."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogkit import Corpus, Library, Post, PostDate

CLIPPING = "为什么梯度裁剪能加速训练过程?一个简明的分析"
SEARCHED_TEXT = "【搜出来的文本】⋅(一)从文本生成到搜索采样"
ECLIPSE, TANK = "日食记", "【龟鱼记】全陶粒的同程底滤生态缸"


@pytest.fixture(params=["library", "corpus"])
def engine(request: pytest.FixtureRequest, seeded: Library) -> Library | Corpus:
    return seeded if request.param == "library" else Corpus(seeded.posts())


def titles(engine: Library | Corpus, query: str, **options) -> list[str]:
    return [hit.title for hit in engine.search(query, limit=100, **options)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"梯度裁剪"', [CLIPPING]),
        ("“度裁”", [CLIPPING]),
        ('"裁剪梯度"', []),
        ("title:日食", [ECLIPSE]),
        ("title：《日食记》", [ECLIPSE]),
        ("tag:优化", [CLIPPING]),
        ("tag:优", []),
        ("category:数学研究", [CLIPPING]),
        ("俯视图 in:caption", [TANK]),
        ("in:title 日食", [ECLIPSE]),
        ("date:06-05", [CLIPPING]),
        ("date:2020", []),
        ("label:eq:clip-1", [CLIPPING]),
        ("label:eq:clip-*", [CLIPPING]),
        ("has:caption title:日食记", [ECLIPSE]),
        ("日食记 OR 生态缸", [ECLIPSE, TANK]),
        ("path:002_8c date:06-21", [ECLIPSE]),
        ("-梯度 title:裁剪", []),
        ("采样 -退火 title:采样", [SEARCHED_TEXT]),
        ("py:rishiji", [ECLIPSE]),
    ],
)
def test_a_query_finds(engine: Library | Corpus, query: str, expected: list[str]) -> None:
    assert titles(engine, query) == expected


def test_what_is_excluded_is_nowhere_in_the_post(engine: Library | Corpus) -> None:
    all_posts = titles(engine, "has:date")
    with_word = titles(engine, '"梯度"')
    assert 0 < len(with_word) < len(all_posts)
    assert titles(engine, "-梯度 has:date") == [t for t in all_posts if t not in with_word]


def test_by_section_conditions_hold_of_the_section(engine: Library | Corpus) -> None:
    for hit in engine.search('"梯度裁剪" 训练', by="section", limit=100):
        assert hit.title == CLIPPING
    sections = engine.search("label:eq:clip-1", by="section")
    assert [(hit.title, hit.heading) for hit in sections] == [(CLIPPING, "梯度裁剪")]


def test_words_and_a_formula_rank_together(engine: Library | Corpus) -> None:
    hits = engine.search(r"裁剪 $\frac{a}{a+b}$", limit=3)
    first = hits.hits[0]
    assert first.title == CLIPPING
    assert first.formulas[0].endswith("#eq:clip-2")
    assert r"\frac{\gamma}{\Vert" in first.snippet.text
    by_formula = engine.search(r"$\min\left\{1, \frac{?a}{?b}\right\}$").hits
    assert by_formula[0].title == CLIPPING


def test_latex_without_dollars_is_a_formula(engine: Library | Corpus) -> None:
    latex = r"\min\left\{1, \frac{?a}{?b}\right\}"
    bare, between = (engine.search(query).hits for query in (latex, f"${latex}$"))
    assert [hit.formulas for hit in bare] == [hit.formulas for hit in between]
    assert bare[0].title == CLIPPING


def test_a_hit_says_how_its_formula_answers(engine: Library | Corpus) -> None:
    for query, match in (
        (r"$\min\left\{1, \frac{?a}{?b}\right\}$", "part"),
        (r"$\frac{a}{a+b}$", "similar"),
    ):
        assert engine.search(query).hits[0].to_dict()["match"] == match
    assert "match" not in engine.search("裁剪").hits[0].to_dict()


def test_a_symbol_beside_words_leaves_their_order(engine: Library | Corpus) -> None:
    for words in ("梯度裁剪能加速训练", "从文本生成到搜索采样", "重参数的技巧"):
        assert titles(engine, words)[0] == titles(engine, f"{words} $x$")[0]


def test_a_rare_formula_counts_as_a_word_does(library: Library) -> None:
    texts = ["谈谈训练的事，用 $a+b$。", "谈谈训练，再谈训练。", *["别的文章，用 $a$。"] * 3]
    posts = [Post(title=f"第{n}篇", text=text) for n, text in enumerate(texts)]
    library.add_posts(posts)
    for engine in (library, Corpus(posts)):
        assert titles(engine, "训练")[0] == "第1篇"
        assert titles(engine, "训练 $a+b$")[0] == "第0篇"


def test_a_formula_may_be_filtered(engine: Library | Corpus) -> None:
    assert set(titles(engine, r"title:裁剪 $\theta$")) == {CLIPPING}


def test_a_broken_query_is_read_as_words_and_told(engine: Library | Corpus) -> None:
    hits = engine.search("date:20x0 梯度裁剪")
    assert hits.hits[0].title == CLIPPING
    message = (
        "query:1: expected a date such as 2020, 2020-06, 06-05 or 2020-06..2021, found '20x0'; "
        "read as plain words"
    )
    assert [part.message for part in hits.ignored] == [message]
    assert hits.to_dict()["ignored"] == [{"text": "date:20x0", "span": [0, 9], "message": message}]


def test_a_pasted_sentence_finds_its_post(engine: Library | Corpus) -> None:
    for hit in engine.search("has:formula", limit=100):
        text = hit.snippet.text.strip("…")
        assert titles(engine, text)[0] == hit.title, text


def test_pages_of_a_filtered_list_are_parts_of_it(engine: Library | Corpus) -> None:
    whole = titles(engine, "模型 -日食")
    pages = [
        hit.title
        for offset in range(0, len(whole) + 5, 5)
        for hit in engine.search("模型 -日食", limit=5, offset=offset)
    ]
    assert pages == whole
    assert engine.search("模型 -日食", limit=2).total == len(whole)


def test_both_engines_filter_alike(seeded: Library) -> None:
    corpus = Corpus(seeded.posts())
    for query in ('"模型"', "-模型", "has:formula -梯度", "title:bert OR title:keras", "date:06"):
        assert sorted(titles(seeded, query)) == sorted(titles(corpus, query)), query


WORDS = ["梯度", "裁剪", "词向量", "bert4keras", "k-means", "C++", "1e-4", "熵", "。", " ", "，"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map("".join)


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.sampled_from(["梯度裁剪", "度", "熵", "剪词"]))
def test_a_phrase_is_found_wherever_it_stands(texts: list[str], phrase: str) -> None:
    corpus = Corpus([Post(title=f"第{n}篇", text=text) for n, text in enumerate(texts)])
    expected = {f"第{n}篇" for n, text in enumerate(texts) if phrase in text}
    assert set(titles(corpus, f'"{phrase}"')) == expected
    assert set(titles(corpus, f"-{phrase}")) == {f"第{n}篇" for n in range(len(texts))} - expected


SHORT = {
    "熵": "熵增原理。",
    "核": "取核即可。",
    "C++": "用C++写成，比C#快。",
    "C#": "用C#写成。",
    "k-means": "先做k-means聚类。",
    "1e-4": "学习率取1e-4。",
    "3.5GB": "显存占3.5GB。",
    "10ms": "耗时10ms左右。",
    "tf.recompute_grad": "见tf.recompute_grad的文档。",
    "GPT-2": "用GPT-2生成。",
    "F1": "看F1值。",
    "v0.2.3": "版本v0.2.3。",
    "ON-LSTM": "即ON-LSTM。",
    "L2": "加L2正则。",
    "Z": "记作集合Z。",
}


def test_short_words_and_names_with_marks_are_found(library: Library) -> None:
    posts = [
        Post(title=f"其{number}", text=text, id=f"short-{number}")
        for number, text in enumerate(SHORT.values())
    ]
    library.add_posts(posts)
    for engine in (library, Corpus(posts)):
        for number, word in enumerate(SHORT):
            for query in (word, f'"{word}"', word.lower()):
                assert titles(engine, query)[:1] == [f"其{number}"], query


def test_partly_known_dates_and_ranges(library: Library) -> None:
    dates = {"a": PostDate(2020, 6, 5), "b": PostDate(2021, 1, 2), "c": PostDate(None, 6, 5)}
    library.add_posts(
        Post(title=name, text=f"第{name}篇讲{name}。", date=date) for name, date in dates.items()
    )
    assert titles(library, "date:2020-06..2021") == ["a", "b"]
    assert titles(library, "date:06-05") == ["a", "c"]
    assert titles(library, "date:06-05 has:year") == ["a"]


def test_snippets_leave_formulas_whole(engine: Library | Corpus) -> None:
    for query in ("梯度", r"$\theta$", "分布 $p(x)$", '"的"'):
        for hit in engine.search(query, by="section", limit=100):
            text = hit.snippet.text
            assert text.replace("\\$", "").count("$") % 2 == 0
            begins = re.findall(r"\\begin\{(\w+)\}", text)
            assert sorted(begins) == sorted(re.findall(r"\\end\{(\w+)\}", text))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("7B", ["Qwen2.5-7B 试用"]),
        ("qwen2.5", ["Qwen2.5-7B 试用"]),
        ("nodejs", ["用 node.js 写服务"]),
        ("node.js", ["用 node.js 写服务"]),
        (".NET", [".NET 入门", "ResNet-50 复现"]),
        ("resnet", ["ResNet-50 复现"]),
        ("resnet50", ["ResNet-50 复现"]),
        ("kmeans", ["k-means 聚类"]),
        ("K-Means", ["k-means 聚类"]),
        ("c++", ["C++ 笔记"]),
        ("c#", ["C# 笔记"]),
        ("c", ["C 语言随记"]),
        ("gpt4", ["GPT-4 报告"]),
        ("GPT-4", ["GPT-4 报告"]),
        ("word2vec", ["word2vec 原理"]),
        ("x86-64", ["x86-64 汇编"]),
        ("L2", ["L2-norm 正则"]),
        ("topk", ["top-k 采样"]),
        ("alphago", ["AlphaGo-Zero 解读"]),
    ],
)
def test_names_are_found_as_others_write_them(
    names: Library, query: str, titles: list[str]
) -> None:
    assert [hit.title for hit in names.search(query)] == titles


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory):
    written = (
        "Qwen2.5-7B 试用", "用 node.js 写服务", ".NET 入门", "ResNet-50 复现", "k-means 聚类",
        "C++ 笔记", "C# 笔记", "C 语言随记", "GPT-4 报告", "word2vec 原理", "x86-64 汇编",
        "L2-norm 正则", "top-k 采样", "AlphaGo-Zero 解读",
    )  # fmt: skip
    with Library.open(tmp_path_factory.mktemp("names")) as library:
        library.add_posts(Post(title=title, text=f"这里说的是{title}。") for title in written)
        yield library


def test_whole_words_are_marked(names: Library) -> None:
    def marked(query: str) -> list[str]:
        snippet = next(iter(names.search(query))).snippet
        return [span.of(snippet.text) for span in snippet.spans]

    assert marked("net") == ["NET"]
    assert [marked(query) for query in ("resnet", "7b", "nodejs", "go")] == [
        ["ResNet"], ["7B"], ["node.js"], ["AlphaGo"],
    ]  # fmt: skip


@pytest.mark.parametrize("query", [
    "has:heading", "-has:heading", "has:caption OR has:code", "梯度 has:formula", "梯度 -模型",
    "-梯度 -has:code", "has:heading -模型", "采样 has:heading has:formula",
    '"梯度" OR -has:formula',
])  # fmt: skip
def test_what_the_index_decides_is_what_the_posts_say(engine, query: str) -> None:
    def found(query: str) -> list[tuple[str, str | None, float]]:
        return [(h.post_id, h.heading, h.score) for h in engine.search(query, limit=100)]

    asked_of_posts = f"{query} -tag:绝无此签"  # which the index can't decide
    assert found(query) == found(asked_of_posts) != []
    assert engine.search(query).total == engine.search(asked_of_posts).total


def test_a_post_that_only_the_index_still_has_is_passed_over(library: Library) -> None:
    library.add_posts([Post(title=name, text=f"设 ${name}^2$。", id=name) for name in "ab"])
    assert titles(library, "has:formula") == ["a", "b"]
    execute = library.database.connection.execute
    execute("PRAGMA foreign_keys = OFF")
    execute("DELETE FROM posts WHERE id = 'a'")  # as another process does that is still writing
    assert titles(library, "has:formula") == ["b"]
