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
from blogkit.store.words import StoredLexicon
from blogkit.text.definitions import defined_terms
from blogkit.text.lexicon import LexiconSegmenter, WordSet
from blogkit.text.segment import DictionarySegmenter, cut_words


def contents(library: Library) -> dict[str, dict[str, int]]:
    """Every term of every field of the index, with in how many sections it stands.

    Tantivy's own counts keep sections that were replaced, until it merges its segments.
    """
    index = library._indexing.current()
    searcher, schema = index._index.searcher(), index._schema
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


def test_a_word_that_is_added_reads_again_only_the_posts_that_hold_it(seeds, library) -> None:
    library.add(seeds)
    before = contents(library)
    done = library.add_words("随机噪声")
    assert (done.changed, done.unchanged, done.posts) == (("随机噪声",), (), 1)
    after = contents(library)
    assert after["body"]["随机噪声"] == 1
    assert after == rebuilt(library)
    assert library.remove_words("随机噪声").posts == 1
    assert contents(library) == before == rebuilt(library)


def test_many_words_at_once(seeds, library) -> None:
    library.add(seeds)
    text = "".join(post.text for post in library.posts())
    han = [piece for piece in text.split("的") if piece.isalpha() and not piece.isascii()]
    words = sorted({piece[:4] for piece in han if len(piece) >= 4 and min(piece[:4]) >= "一"})[:60]
    done = library.add_words(*words)
    assert len(done.changed) > 32
    assert contents(library) == rebuilt(library)


def test_words_that_posts_define_come_and_go_with_them(library: Library) -> None:
    library.add_posts([Post(title="甲", text="这里用鲲泵机做实验。", id="plain")])
    assert library.words().total == 0
    library.add_posts([Post(title="鲲泵机", text="介绍它的由来。", id="defines")])
    assert [(word.word, word.origins) for word in library.words()] == [("鲲泵机", ("title",))]
    assert contents(library)["body"]["鲲泵机"] == 2
    assert contents(library) == rebuilt(library)
    library.add_posts([Post(title="它", text="介绍另一种东西。", id="defines")])
    assert library.words().total == 0
    assert "鲲泵机" not in contents(library)["body"]
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
def test_a_word_is_a_term_wherever_its_characters_stand(run: str, words: list[str]) -> None:
    lexicon = WordSet(dict.fromkeys(words))
    cut = LexiconSegmenter(DictionarySegmenter(), lexicon).cut(run)
    for word in words:
        times = sum(run.startswith(word, start) for start in range(len(run)))
        assert cut.count(word) == max(times, DictionarySegmenter().cut(run).count(word)) == times


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
        terms = {score.term for score in _terms(seeded, query)}
        assert query in terms
        assert terms == {score.term for score in _terms(corpus, query)}


def _terms(engine: Library | Corpus, query: str):
    searcher = engine._searcher() if isinstance(engine, Library) else engine._searcher
    from blogkit.search.asked import asked_words

    asked = asked_words(query, searcher.analyzer, searcher.aliases)
    match = searcher.rank(asked, 1, "post")[0][0]
    return searcher.index.explain(asked.terms, match, pairs=asked.pairs)


def test_an_older_library_learns_its_words(tmp_path: Path) -> None:
    """The first version of the database had no words."""
    dump = Path(__file__).parent.parent / "reliability" / "schemas" / "1.sql"
    with contextlib.closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    with Library.open(tmp_path) as older, Library.open(tmp_path / "new") as new:
        new.add_posts(older.posts())
        assert contents(older) == contents(new)
        assert older.words().to_dict() == new.words().to_dict()
