"""Words, pairs of characters and names: what each adds to a ranking."""

import pytest

from blogkit import Corpus, Library, Post
from blogkit.index.documents import documents
from blogkit.index.matches import FIELDS, SectionMatch, TermQuery
from blogkit.posts import Block
from blogkit.search.asked import asked_words
from blogkit.search.series import in_order_of_parts
from blogkit.spans import Span
from blogkit.text.analyzer import Analyzer, query_pairs
from blogkit.text.segment import DictionarySegmenter


def titles(posts: list[Post], query: str, library: Library) -> list[str]:
    """What both engines give, which must be the same."""
    library.add_posts(posts)
    found = [hit.title for hit in library.search(query)]
    assert found == [hit.title for hit in Corpus(posts).search(query)]
    return found


def test_words_side_by_side_count_more_than_words_apart(library: Library) -> None:
    posts = [
        Post(title="一", text="先算梯度，再做别的事，最后裁剪图片。"),
        Post(title="二", text="先做梯度裁剪，再做别的事，最后看图片。"),
    ]
    assert titles(posts, "梯度裁剪", library) == ["二", "一"]


def test_what_is_cut_otherwise_in_the_post_is_found(library: Library) -> None:
    """jieba takes 结头龙属 for one word, and 结头龙 for another."""
    segmenter = DictionarySegmenter()
    assert set(segmenter.cut("结头龙属")).isdisjoint(segmenter.cut("结头龙"))
    posts = [Post(title="一", text="结头龙属生存于白垩纪。"), Post(title="二", text="别的文章。")]
    assert titles(posts, "结头龙", library) == ["一"]


def test_a_post_that_is_named_comes_before_the_one_that_names_it(library: Library) -> None:
    posts = [
        Post(title="从采样看优化", text="相关的内容，可以参考《函数光滑化杂谈》一文。"),
        Post(title="函数光滑化杂谈", text="不可导函数的可导逼近。"),
        Post(title="龟鱼记", text="全陶粒的同程底滤生态缸，以及它的俯视图。"),
        Post(title="重计算", text="节省显存的技巧也有了。"),
    ]
    assert titles(posts, "可以参考《函数光滑化杂谈》", library)[0] == "函数光滑化杂谈"


def test_a_single_character_is_found_inside_words(library: Library) -> None:
    posts = [Post(title="一", text="果蝇的嗅觉回路。"), Post(title="二", text="别的文章。")]
    assert titles(posts, "蝇", library) == ["一"]


def test_a_tag_finds_its_posts(library: Library) -> None:
    posts = [Post(title="一", text="正文。", tags=("矩阵",)), Post(title="二", text="别的。")]
    assert titles(posts, "矩阵", library) == ["一"]


def test_a_document_has_all_words_in_the_body_and_the_names_by_themselves() -> None:
    text = "梯度\n\n裁剪GPT\n\n图解"
    blocks = (
        Block("heading", Span(0, 2), 1, 2),
        Block("paragraph", Span(4, 9), 3),
        Block("caption", Span(11, 13), 5),
    )
    post = Post(title="优化器", text=text, tags=("训练",), blocks=blocks)
    (document,) = documents(7, post, Analyzer(DictionarySegmenter()))
    assert (document.post, document.section) == (7, 0)
    names = ["优化", "化器", "优", "化", "器", "训练", "训", "练", "梯度", "梯", "度"]
    assert document.fields == {
        "body": ["优化", "器", "训练", "梯度", "裁剪", "gpt", "图解"],
        "pairs": [*names, "裁剪", "裁", "剪", "gpt", "图解", "图", "解"],
        "names": names,
        "title": ["优化", "器"],
        "headings": ["梯度"],
        "captions": ["图解"],
        "tags": ["训练"],
    }
    assert tuple(sorted(document.fields)) == tuple(sorted(FIELDS))


def in_sections(title: str, *texts: str) -> Post:
    """A post of sections without headings worth a word."""
    text, blocks = "", []
    for piece in [piece for n, text in enumerate(texts) for piece in (f"其{n}", text)]:
        kind = "heading" if piece.startswith("其") else "paragraph"
        span = Span(len(text), len(text) + len(piece))
        blocks.append(Block(kind, span, text.count("\n") + 1, int(kind == "heading")))
        text += f"{piece}\n\n"
    return Post(title=title, text=text, blocks=tuple(blocks))


def test_of_equal_sections_that_of_the_post_about_it_comes_first(library: Library) -> None:
    once = in_sections("甲", "先谈采样的方法。", "再谈图片的格式。", "后谈文件的命名。")
    often = in_sections("乙", "先谈采样的方法。", "再谈采样的误差。", "后谈采样的速度。")
    posts = [once, often, Post(title="丙", text="别的文章。")]
    assert titles(posts, "采样方法", library) == ["乙", "甲"]


def test_the_words_of_a_post_stand_with_its_first_section() -> None:
    post = in_sections("题", "采样。", "裁剪。")
    first, second = documents(0, post, Analyzer(DictionarySegmenter()))
    assert first.post_words == ["题", "题", "题", "其", "0", "采样", "其", "1", "裁剪"]
    assert second.post_words == ()


def test_what_is_asked_twice_counts_less_than_double() -> None:
    assert query_pairs("熵，熵，熵，熵，采样") == {"熵": 2.0, "采样": 1.0}


def test_pairs_do_not_cross_punctuation_or_latin_words() -> None:
    assert query_pairs("熵，GPT模型的ICLR2020") == {
        "熵": 1.0, "gpt": 1.0, "模型": 1.0, "型的": 1.0, "iclr2020": 1.0, "iclr": 0.5, "2020": 0.5,
    }  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "梯度裁剪",
        "熵",
        "的",
        "注意力 BERT",
        "GPT2 的 k-means",
        "word embedding",
        "没有的鲲泵",
        "从文本生成到搜索采样",
    ],
)
def test_what_is_counted_is_what_would_be_found(seeded: Library, query: str) -> None:
    searcher = seeded._searcher()
    index = searcher.index
    asked = asked_words(query, searcher.analyzer, searcher.aliases)
    found = index.search(asked.query, limit=10_000)
    assert index.count_sections(asked.query) == len(found)
    assert index.count_posts(asked.query) == len({match.post for match in found})
    by_section = seeded.search(query, by="section", limit=1)
    assert (by_section.total, len(by_section)) == (len(found), min(1, len(found)))


def test_of_some_posts_the_same_is_found_with_the_same_scores(seeded: Library) -> None:
    index = seeded._indexing.current()
    query = TermQuery({"梯度": 1.0, "的": 1.0}, {"梯度": 1.0})
    every = index.search(query, limit=1000)
    posts = {match.post for match in every[::3]}
    some = index.search(query, limit=1000, posts=posts)
    expected = {(m.post, m.section): m.score for m in every if m.post in posts}
    assert {(m.post, m.section): m.score for m in some} == pytest.approx(expected)
    assert index.search(query, limit=9, posts=[]) == []


def test_a_title_by_itself_finds_its_post_first(seeded: Library) -> None:
    for title in ("日食记", "函数光滑化杂谈", "积分梯度", "漫谈重参数"):
        assert seeded.search(f"《{title}》").hits[0].title.startswith(title)


SERIES = [
    "升级之路：2、旋转",
    "升级之路:10、多模",
    "升级之路：1、正弦",
    "升级之路（三）",
    "升级之路2020年总结",
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("升级之路", [2, 0, 3, 1]),
        ("升级之路 3", [3, 2, 0, 1]),
        ("升級之路：十", [1, 2, 0, 3]),
    ],
)
def test_parts_of_a_series_come_in_order(query: str, expected: list[int], library: Library) -> None:
    posts = [Post(title=title, text=f"内容{n}。") for n, title in enumerate(SERIES)]
    found = titles(posts, query, library)
    assert [title for title in found if title != SERIES[4]] == [SERIES[n] for n in expected]


def test_what_is_no_series_keeps_its_order() -> None:
    matches = [SectionMatch(post, 0, 1.0) for post in range(3)]
    names = {0: "优化的 3 个方法", 1: "优化 2020年", 2: "别的优化"}
    assert in_order_of_parts(matches, "优化", names) == matches
