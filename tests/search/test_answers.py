"""Results that people can judge: other names, explanations, suggestions, sounds, related posts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit import Corpus, Library, Post
from blogkit.search.aliases import SHIPPED, Aliases
from blogkit.search.explanation import Explanation
from blogkit.search.spelling import edit_distance
from blogkit.text.normalize import fold, fold_script

CLIPPING = "为什么梯度裁剪能加速训练过程?一个简明的分析"


@pytest.fixture(params=["library", "corpus"])
def engine(request: pytest.FixtureRequest, seeded: Library) -> Library | Corpus:
    return seeded if request.param == "library" else Corpus(seeded.posts())


def titles(engine: Library | Corpus, query: str, **options) -> list[str]:
    return [hit.title for hit in engine.search(query, limit=100, **options)]


def nodes(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for detail in explanation.details:
        yield from nodes(detail)


QUERIES = [
    "梯度裁剪",
    "注意力",
    "word embedding",
    r"裁剪 $\frac{a}{b}$",
    "in:title 梯度",
    '"梯度" 模型',
    "title:日食 OR 采样",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("by", ["post", "section"])
def test_the_numbers_of_an_explanation_add_up(engine, query: str, by) -> None:
    hits = engine.search(query, limit=50, by=by, explain=True).hits
    assert hits
    for hit in hits:
        assert hit.explanation.value == pytest.approx(hit.score, rel=1e-4, abs=1e-6)
        for node in nodes(hit.explanation):
            if "sum" in node.description:
                parts = sum(detail.value for detail in node.details)
                assert node.value == pytest.approx(parts, abs=1e-9)
            elif node.description.startswith("in "):
                product = 1.0
                for detail in node.details:
                    product *= detail.value
                assert node.value == pytest.approx(product, rel=1e-9)


def test_an_explanation_says_where_the_words_of_the_post_are_not_counted(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blogkit.index.text_index._POSTS", 1)
    monkeypatch.setattr("blogkit.search.searcher._SECTIONS", 1)
    monkeypatch.setattr("blogkit.search.searcher._SECTIONS_A_POST", 1)
    (tmp_path / "long.md").write_text("# 甲\n\n采样采样。\n\n## 乙\n\n" + "天气很好。" * 500)
    (tmp_path / "short.md").write_text("# 丙\n\n采样，还有许多与它无关的话也在此。\n")
    library.add(tmp_path / "long.md", tmp_path / "short.md")
    words = "words of the whole post: not counted, since it is not among the posts that answer best"
    for limit, is_told in ((1, True), (2, False)):
        hits = library.search("采样", limit=limit, explain=True).hits
        hit = next(hit for hit in hits if hit.title == "甲")
        said = [node.description for node in nodes(hit.explanation)]
        assert hit.explanation.value == pytest.approx(hit.score, rel=1e-4)
        assert (words in said) is is_told
        assert ("in post_words: weight × asked × idf × tf" in said) is not is_told


def test_a_search_without_explain_has_none(engine: Library | Corpus) -> None:
    hit = engine.search("梯度裁剪", limit=1).hits[0]
    assert hit.explanation is None
    assert "explanation" not in hit.to_dict()


def test_other_names_widen_a_query_and_are_named(library: Library) -> None:
    posts = [
        Post(title="甲", text="本文讨论 word embedding 的训练。"),
        Post(title="乙", text="本文讨论词向量的训练。"),
        Post(title="丙", text="one word only，谈训练。"),
    ]
    library.add_posts(posts)
    for engine in (library, Corpus(posts)):
        hits = engine.search("词向量", explain=True).hits
        assert [hit.title for hit in hits] == ["乙", "甲"]
        said = [node.description for node in nodes(hits[1].explanation)]
        assert "'词向量' is also 'word embedding' (blogkit's list of names): sum" in said
        assert titles(engine, "word embedding")[0] == "甲"
        assert "乙" in titles(engine, "word embedding")
        assert titles(engine, '"词向量"') == ["乙"]


def test_what_a_post_glosses_is_another_name(library: Library) -> None:
    library.add_posts(
        [
            Post(title="甲", text="介绍鲲泵变换（Kunbeng Transform）。"),
            Post(title="乙", text="We use the kunbeng transform here."),
        ]
    )
    hits = library.search("鲲泵变换", explain=True).hits
    assert [hit.title for hit in hits] == ["甲", "乙"]
    said = [node.description for node in nodes(hits[1].explanation)]
    assert "'鲲泵变换' is also 'kunbeng transform' (a post that glosses it): sum" in said


def test_of_many_glosses_those_that_most_posts_say_count() -> None:
    said = {"alpha": 1, "beta": 3, "gamma": 2, "delta": 1, "epsilon": 2}
    glosses = [("鲲泵", english, count) for english, count in said.items()]
    found = Aliases(None, lambda runs, names: glosses).of("鲲泵的变换")
    assert [alias.other for alias in found] == ["beta", "epsilon", "gamma"]


def test_names_of_several_words_count_in_long_queries(library: Library) -> None:
    long = "词向量的训练需要怎样的语料以及多少轮迭代才能收敛"
    posts = [
        Post(title="甲", text="谈训练需要的语料。the word, its embedding"),
        Post(title="乙", text="谈训练需要的语料。the sword, its bedding"),
    ]
    library.add_posts(posts)
    for engine in (library, Corpus(posts)):
        hits = engine.search(long).hits
        assert [hit.title for hit in hits] == ["甲", "乙"]
        assert hits[0].score > hits[1].score
        assert engine.search(long).total == 2


def test_a_user_s_names_and_those_taken_back(library: Library) -> None:
    library.add_posts(
        [Post(title="甲", text="我养了一只乌龟。"), Post(title="乙", text="An attention mask.")]
    )
    path = Path(library.folder) / "aliases.txt"
    path.write_text("# 我的\n水龟 = 乌龟  # 同物\n! 注意力 = attention\n", encoding="utf-8")
    with Library.open(library.folder) as reopened:
        assert titles(reopened, "水龟") == ["甲"]
        assert titles(reopened, "注意力") == []
        groups = reopened.aliases()
        assert groups.file == str(path)
        assert ("水龟", "乌龟") in [group.names for group in groups.groups]
        assert not [group.names for group in groups.groups if group.names[0][0] in "#!"]


def test_the_shipped_names_are_as_they_are_read() -> None:
    text = Path(SHIPPED).read_text(encoding="utf-8")
    groups = [line.split(" = ") for line in text.splitlines() if line and line[0] != "#"]
    assert 150 <= len(groups) <= 320
    for names in groups:
        assert len(names) > 1
        assert names == [fold(fold_script(name)).strip() for name in names]
        assert all(len(name) > 1 or name >= "一" for name in names)


def test_a_longer_name_hides_what_is_in_it() -> None:
    found = Aliases(None, lambda runs, names: []).of("自注意力与 Word Embeddings、word embedding")
    assert [(alias.name, alias.other) for alias in found] == [
        ("自注意力", "self-attention"),
        ("word embedding", "词向量"),
        ("word embedding", "词嵌入"),
        ("word embedding", "word vector"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("attnetion", "attention"),
        ("optimzier 梯度", "optimizer 梯度"),
        ("梯渡裁剪", "梯度裁剪"),
        ("tidu", "梯度"),
        ("梯度裁剪", None),
        ("绝无此词", None),
        ("xyzzy", None),
        ("date:20x0 attnetion", "date:2020 attention"),
        ("今天天气很好我们去公园划船然后吃饭睡觉打豆豆 attnetion", None),
    ],
)
def test_did_you_mean(engine: Library | Corpus, query: str, expected: str | None) -> None:
    assert engine.search(query).did_you_mean == expected


def test_what_is_suggested_finds_something(engine: Library | Corpus) -> None:
    for query in ("attnetion", "梯渡裁剪", "tidu", "seq2sqe"):
        suggestion = engine.search(query).did_you_mean
        assert suggestion
        assert engine.search(suggestion).total


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [("kitten", "sitting", 3), ("ab", "ba", 1), ("", "abc", 3), ("same", "same", 0)],
)
def test_edit_distance(first: str, second: str, distance: int) -> None:
    assert edit_distance(first, second, 5) == distance
    assert edit_distance(second, first, 5) == distance
    assert edit_distance(first, second, 0) == min(distance, 1)


def test_sounds_are_read_on_request_only(engine: Library | Corpus) -> None:
    assert titles(engine, "py:tidu -裁剪") != []
    assert CLIPPING in titles(engine, "py:tiducaijian")
    for query in ("tidu caijian", "ti du cai jian", "TíDù", "tidu 裁剪"):
        assert CLIPPING in titles(engine, query, pinyin=True), query
    assert titles(engine, "tidu") == []
    ignored = engine.search("xyzzy 梯度", pinyin=True).ignored
    assert [part.message for part in ignored] == [
        "query:1: expected the pinyin of a word in the library, found 'xyzzy'; read as plain words"
    ]


def test_words_whose_sounds_are_damaged_are_read_anew(seeds, tmp_path) -> None:
    with Library.open(tmp_path) as library:
        library.add(seeds)
        expected = titles(library, "py:tidu")
        assert expected
    for file in (tmp_path / "index" / "text-words").glob("*.term"):
        file.write_bytes(b"nothing")
    with Library.open(tmp_path) as library:
        assert titles(library, "py:tidu") == expected


def test_a_word_that_left_the_library_is_not_suggested(library: Library) -> None:
    library.add_posts([Post(title="甲", text="An attention mask.", id="a")])
    assert library.search("attnetion").did_you_mean == "attention"
    library.add_posts([Post(title="甲", text="Nothing of it.", id="a")])
    assert library.search("attnetion").did_you_mean is None


def test_related_posts_say_what_they_share(seeded: Library) -> None:
    hits = list(seeded.related("【搜出来的文本】⋅(二)从MCMC到模拟退火"))
    assert hits[0].title == "【搜出来的文本】⋅(一)从文本生成到搜索采样"
    assert {"采样", "mcmc"} <= set(hits[0].terms)
    assert hits[0].to_dict()["terms"] == list(hits[0].terms)


def test_markup_addresses_and_names_of_files_relate_nothing(library: Library) -> None:
    markup = (
        "\\begin{tabular}{|c|c|} \\hline \\textbf{甲烷} & 乙烷 \\\\ \\hline \\end{tabular}\n\n"
        "![](/usr/uploads/2020/06/methane.jpg) 见 https://kexue.fm/archives/7387 的 photo.png "
        '与 <span class="note">x.grad</span>'
    )
    posts = [Post(title=f"第{n}篇", text=f"{markup}\n\n第{n}件事。") for n in range(2)]
    posts += [Post(title="无关", text=f"别的话{n}，与它们都没有关系。") for n in range(4)]
    library.add_posts(posts)
    terms = {term for hit in library.related("第0篇") for term in hit.terms}
    assert terms <= {"甲烷", "乙烷", "x.grad", "grad"}
    assert "甲烷" in terms


def test_a_post_with_few_words_of_its_own_has_no_neighbours(seeded: Library) -> None:
    assert seeded.related("日食记").total == 0


def test_references_are_told_both_ways(library: Library) -> None:
    library.add_posts(
        [
            Post(title="“让Keras更酷一些!”:层中层", text="内容是层中层。", id="named"),
            Post(
                title="乙", text="参考《“让 Keras 更酷一些！”：层中层》与《没有的》。", id="names"
            ),
        ]
    )
    names, named = library.post("names"), library.post("named")
    assert [(r.title, r.post_id) for r in names.references] == [
        ("“让 Keras 更酷一些！”：层中层", named.id),
        ("没有的", None),
    ]
    assert named.to_dict()["referenced_by"] == [{"title": "乙", "post_id": names.id}]
    assert names.referenced_by == ()
