"""Which notes are one post; and whatever becomes one, all that its copies say is found."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit import Library, Post
from blogkit.dedup.contrast import contrast
from blogkit.dedup.likeness import ComparedText, compare
from blogkit.dedup.titles import title_relation
from blogkit.sources.read import read_posts

ARTICLE = "".join(f"第{n}句讲的是第{n * n}件事情，它与别的都不相同。" for n in range(30))
COPY = ARTICLE.replace("第3句讲", "第3句麒麟说")


def compared(note: str) -> ComparedText:
    (post,) = read_posts(note.encode(), "note.md").posts
    return ComparedText(post)


@pytest.mark.parametrize(("notes", "expected"), read_cases(Path(__file__).parent / "notes.txt"))
def test_notes_are_one_post_or_two(notes: str, expected: str) -> None:
    first, second = map(compared, notes.split("\n====\n"))
    for likeness in (compare(first, second), compare(second, first)):
        assert ("one" if likeness else "two") == expected


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("读书笔记（一）", "读书笔记（二）", "series"),
        ("2024.01.02", "2024.01.03", "series"),
        ("变分推断上篇", "变分推断下篇", "series"),
        ("Part I", "Part II", "series"),
        ("Lecture 03", "Lecture 3", "alike"),
        ("v0.6:fcn.md", "v1.0.0:fcn.md", "alike"),
        ("Dropout", "暂退法（Dropout）", "alike"),
        ("ＷＯＲＤ2vec", "word 2vec", "alike"),
        ("C", "C#", "series"),
        ("C#", "C++", "series"),
        ("F#", "F", "series"),
        ("Python 2.7", "Python 3.6", "series"),
        ("Q'", "Q", "series"),
        ("一", "二", "series"),
        ("C 与 C++ 的区别", "C++ 与 C 的区别", "alike"),
        ("C#", "C# (C Sharp)", "unlike"),
        ("1.2 链表", "3.4 链表", "alike"),
        ("第3份", "第4份", "alike"),
        ("链表，第二版", "链表，第3版", "alike"),
        ("链表 副本2", "链表 副本3", "alike"),
        ("作业1-张三", "作业1-李四", "unlike"),
        ("", "黑洞", "unlike"),
    ],
)
def test_how_titles_go_together(first: str, second: str, relation: str) -> None:
    assert title_relation(first, second) == title_relation(second, first) == relation


@pytest.fixture
def merged(library: Library) -> Library:
    library.add_posts(
        [
            Post(title="梯度裁剪的故事", text=ARTICLE + "结尾。", id="7387"),
            Post(title="裁剪梯度的另一个故事", text=COPY, id="b"),
            Post(title="引文", text="见《裁剪梯度的另一个故事》。", id="c"),
        ]
    )
    assert library.posts().total == 2
    return library


@pytest.mark.parametrize(
    "query", ["麒麟", '"麒麟说的是"', "另一个故事", "title:另一个故事", '"另一个故事" 麒麟']
)
def test_what_only_a_copy_says_finds_its_post(merged: Library, query: str) -> None:
    assert merged.search(query).to_dict()["hits"][0]["post_id"] == "7387"


@pytest.mark.parametrize("name", ["7387", "b", "梯度裁剪的故事", "裁剪梯度的另一个故事"])
def test_each_id_and_title_of_its_copies_names_a_post(merged: Library, name: str) -> None:
    post = merged.post(name)
    assert (post.id, post.other_titles) == ("7387", ("裁剪梯度的另一个故事",))
    assert [citing.post_id for citing in post.referenced_by] == ["c"]
    assert [r.post_id for r in merged.post("c").references] == ["7387"]


def test_a_passage_of_a_copy_is_shown_and_counted(merged: Library) -> None:
    (hit,) = merged.search("麒麟")
    assert hit.snippet.text == "第3句麒麟说的是第9件事情，它与别的都不相同。"
    assert [finding.state for finding in merged.doctor().findings] == ["well", "well"]


def test_what_a_removed_copy_said_is_found_no_more(merged: Library) -> None:
    merged.remove("post:b")
    assert merged.search('"麒麟说的是"').total == 0
    assert merged.post("7387").other_titles == ()


@pytest.mark.parametrize(
    ("first", "second", "only"),
    [
        ("设\u200b函数", "设函数", "invisible characters (U+200B)"),
        ("梯\ufe0f度", "梯度", "invisible characters (U+FE0F)"),
        ("ICLR 2020", "ICLR2020", "white space"),
        ("甲\u3000乙", "甲乙", "white space"),
        ("甲，乙", "甲,乙", "width of characters"),
        ("e\u0301", "é", "composition of characters"),
        ("Аlpha", "Alpha", "letters of another alphabet"),
        ("GELU", "gelu", "case"),
        ("訓練", "训练", "traditional and simplified characters"),
        ("“甲”", '"甲"', "punctuation and marks"),
        ("甲 ，乙", "甲,乙", "white space, width of characters"),
        ("甲", "乙", None),
        ("", "乙", None),
    ],
)
def test_what_alone_sets_two_passages_apart(first: str, second: str, only: str | None) -> None:
    assert contrast(first, second) == contrast(second, first) == only


def test_no_difference_looks_like_none(library: Library) -> None:
    hidden = ARTICLE.replace("第7句", "第7\u200b句").replace("第9句讲的是", "第9句讲的是　")
    library.add_posts([Post(title="甲", text=ARTICLE), Post(title="甲", text=hidden + "完。")])
    (group,) = library.duplicates()
    assert [d.only for d in group.differences] == [
        "invisible characters (U+200B)", "white space", None,
    ]  # fmt: skip


def test_equal_notes_about_c_and_c_sharp_are_two_posts(library: Library) -> None:
    titles = ("C", "C#", "C++", "C#")
    library.add_posts(Post(title=title, text=ARTICLE, id=f"p{n}") for n, title in enumerate(titles))
    assert sorted(post.title for post in library.posts()) == ["C", "C#", "C++"]
    assert len(library.post("C#").occurrences) == 2
    library.add_posts([Post(title="引文", text="见《C#》与《C++》，不说别的。", id="q")])
    assert [r.post_id for r in library.post("q").references] == ["p1", "p2"]


def test_equal_texts_of_a_series_are_a_post_each_and_soon_added(library: Library) -> None:
    library.add_posts(Post(title=f"第{n}天", text=ARTICLE) for n in range(300))
    library.add_posts([Post(title="第299天", text=ARTICLE)])
    assert library.posts().total == 300
