"""A library's own words: queries and posts agree, and the index is what a rebuild would make."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from blogkit import Corpus, Library, Post
from blogkit.errors import WordError
from blogkit.index.matches import FIELDS
from blogkit.search.asked import Asked, asked_words
from blogkit.store.words import StoredLexicon
from blogkit.text.analyzer import Analyzer
from blogkit.text.definitions import defined_terms
from blogkit.text.lexicon import WordSet
from blogkit.text.segment import DictionarySegmenter, cut_words


def contents(library: Library) -> dict[str, dict[str, int]]:
    """Every term of every field of the index, with in how many sections it stands.

    Tantivy's own counts keep sections that were replaced, until it merges its segments.
    """
    index = library._indexing.current()
    searcher, schema = index._sections.searcher(), index._sections.schema
    found: dict[str, dict[str, int]] = {}
    for field in FIELDS:
        counts = {
            term: len(searcher.search(tantivy.Query.term_query(schema, field, term), 10_000).hits)
            for term, _ in searcher.terms_with_prefix(field, "")
        }
        found[field] = {term: count for term, count in counts.items() if count}
    return found


def rebuilt(library: Library) -> dict[str, dict[str, int]]:
    library._indexing.rebuild()
    return contents(library)


def read_for(library: Library, change) -> int:
    """How many posts are read for the index, for a change."""
    before = library._indexing.posts_read
    change()
    return library._indexing.posts_read - before


def test_a_word_that_is_added_reads_no_post_again(seeds, library) -> None:
    library.add(seeds)
    before = contents(library)
    assert read_for(library, lambda: library.add_words("随机噪声")) == 0
    assert contents(library) == before == rebuilt(library)
    assert library.remove_words("随机噪声").posts == 1


def test_batches_read_only_what_they_add(library: Library) -> None:
    """Regression: posts of before that held a word learned since were read again."""
    batches = [
        [
            Post(title=f"鲲泵{char}机", text=f"用鲲泵{other}机做第{n}次实验。", id=f"{char}{n}")
            for n, other in enumerate("甲乙丙丁戊")
        ]
        for char in "甲乙丙丁戊"
    ]
    assert [read_for(library, lambda b=b: library.add_posts(b)) for b in batches] == [5] * 5
    assert library.words().total == 5
    assert contents(library) == rebuilt(library)


def test_the_first_add_finds_the_terms_of_a_post_once(tmp_path: Path) -> None:
    asked: list[str] = []
    with Library.open(tmp_path) as library:
        library.database.connection.set_trace_callback(asked.append)
        library.add_posts([Post(title="日食记", text="所谓梯度裁剪（gradient clipping）。")])
        library.database.connection.set_trace_callback(None)
    looked = [statement for statement in asked if "FROM definitions WHERE post" in statement]
    assert sum(statement.startswith("SELECT") for statement in looked) == 1


def test_a_word_that_is_learned_later_finds_what_was_added_before(library: Library) -> None:
    library.add_posts(
        [
            Post(title="甲", text="一只鲲泵，鲲泵不动，机器也不动，鲲泵旁边有机。", id="parts"),
            Post(
                title="乙", text="这里用鲲泵机做实验，机器很大，放在水边，没有人看守。", id="whole"
            ),
        ]
    )
    library.add_posts([Post(title="鲲泵机", text="介绍它的由来。", id="defines")])
    assert [word.word for word in library.words()] == ["鲲泵机"]
    hits = list(library.search("鲲泵机", explain=True))
    assert [hit.post_id for hit in hits][:2] == ["defines", "whole"]
    told = [d.description for d in hits[1].explanation.details]
    assert told[-1] == "'鲲泵机' is a word of the library: sum over its pairs"
    assert hits[1].explanation.value == pytest.approx(hits[1].score, rel=1e-4)
    library.add_posts([Post(title="它", text="介绍另一种东西。", id="defines")])
    assert library.words().total == 0
    assert contents(library) == rebuilt(library)


def test_a_word_stays_while_a_user_or_a_post_wants_it(library: Library) -> None:
    library.add_posts([Post(title="鲲泵机", text="介绍它的由来。", id="defines")])
    assert library.add_words("鲲泵机").posts == 0
    library.remove_words("鲲泵机")
    assert [word.word for word in library.words()] == ["鲲泵机"]
    assert library.words(learned=False).total == 0


def test_what_is_added_twice_or_was_not_added_is_told(library: Library) -> None:
    library.add_words("词向量")
    assert library.add_words("詞向量", "梯度裁剪").to_dict() == {
        "schema": 1, "changed": ["梯度裁剪"], "unchanged": ["词向量"], "posts": 0,
    }  # fmt: skip
    assert library.remove_words("注意力").unchanged == ("注意力",)


@pytest.mark.parametrize("word", ["多", "k-means", "梯度 裁剪", "", "字" * 17])
def test_what_is_no_word_is_refused(library: Library, word: str) -> None:
    with pytest.raises(WordError) as raised:
        library.add_words("梯度裁剪", word)
    assert str(raised.value) == (
        f"expected a word of 2 to 16 Chinese characters, found '{word}'; Latin words, names and "
        "numbers are found whole without being added"
    )
    assert library.words().total == 0


HAN = st.text(alphabet="梯度裁剪法词向量的", max_size=12)


@given(HAN.filter(bool), st.lists(HAN.filter(lambda word: len(word) > 1), max_size=5))
def test_a_word_is_known_wherever_its_characters_stand(run: str, words: list[str]) -> None:
    analyzer = Analyzer(DictionarySegmenter(), WordSet(words))
    knows = DictionarySegmenter().knows
    assert set(analyzer.own_words(run)) == {w for w in words if w in run and not knows(w)}


def test_queries_and_posts_know_the_same_words(seeded: Library) -> None:
    stored = StoredLexicon(seeded._database)
    words = WordSet(word.word for word in seeded.words())
    for run in ("所谓梯度裁剪与积分梯度", "日食记", "吉布斯采样和拒绝采样", "没有"):
        assert sorted(stored.words_in(run)) == sorted(words.words_in(run))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("积分梯度（Integrated Gradients）", [("积分梯度", "integrated gradients")]),
        ("所谓梯度裁剪(gradient clipping)，", [("梯度裁剪", "gradient clipping")]),
        ("重参数(Reparameterization)", [("重参数", "reparameterization")]),
        ("使用卷积神经网络（CNN）", [("卷积神经网络", "cnn")]),
        (
            "自然语言处理（Natural Language Processing, NLP）",
            [("自然语言处理", "natural language processing"), ("自然语言处理", "nlp")],
        ),
        ("Word Embedding（词向量）", [("词向量", "word embedding")]),
        ("詞向量（word embedding）", [("词向量", "word embedding")]),
        ("中使用(fine tune)", []),
        ("Metropolis-Hastings采样(Metropolis-Hastings Sampling)", []),
        ("见《词向量》和《一个非常非常长的题目》", [("词向量", "")]),
        ("某年（2020）", []),
        ("拉格朗日乘数（Lagrange multipliers）", []),
        ("无监督学习（unsupervised learning）", []),
        ("上采样（upsampling）", []),
        ("序列到序列（sequence to sequence）", []),
        ("字节对编码（byte pair encoding）", []),
        ("含并行连结的网络（GoogLeNet）", []),
        ("同一个多层感知机（MLP）", [("多层感知机", "mlp")]),
        ("GUI（改用内置显卡）", []),
        ("TensorFlow（灵感来自前者）", []),
    ],
)
def test_terms_that_a_text_defines(text: str, expected: list[tuple[str, str]]) -> None:
    found = defined_terms("题目是一句很长的话不算", [], text, cut_words)
    assert [(term.word, term.english) for term in found] == expected


def test_a_corpus_learns_the_same_words(seeded: Library) -> None:
    corpus = Corpus(seeded.posts())
    for query in ("梯度裁剪", "积分梯度"):
        asked = _asked(seeded, query)
        assert list(asked.wholes) == [query]
        assert _asked(corpus, query).wholes == asked.wholes
        found = [
            [hit.title for hit in engine.search(query, limit=3)] for engine in (corpus, seeded)
        ]
        assert found[0] == found[1]


def _asked(engine: Library | Corpus, query: str) -> Asked:
    searcher = engine._searcher() if isinstance(engine, Library) else engine._searcher
    return asked_words(query, searcher.analyzer, searcher.aliases)


def test_an_older_library_learns_its_words(tmp_path: Path) -> None:
    """The first version of the database had no words."""
    dump = Path(__file__).parent.parent / "reliability" / "schemas" / "1.sql"
    with contextlib.closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    with Library.open(tmp_path) as older, Library.open(tmp_path / "new") as new:
        new.add_posts(older.posts())
        assert contents(older) == contents(new)
        assert older.words().to_dict() == new.words().to_dict()
