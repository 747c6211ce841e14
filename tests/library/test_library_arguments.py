"""What is asked wrongly is told so: by errors of blogkit or plain TypeErrors, whatever engine."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import blogkit
from blogkit import Corpus, FormulaIndex, Library, Post
from blogkit.errors import QueryError

POST = Post(title="熵", text="信息熵 $H=-\\sum_i p_i\\log p_i$ 是不确定性的度量。")
HUGE = 10**30


@pytest.fixture(params=["library", "corpus"])
def posts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    if request.param == "corpus":
        yield Corpus([POST])
        return
    with Library.open(tmp_path / "library") as library:
        library.add_posts([POST])
        yield library


@pytest.mark.parametrize("wrong", [None, 5, b"x", ["x"]])
def test_what_is_no_text_is_a_type_error(posts: Any, wrong: Any) -> None:
    for ask in (posts.search, posts.find_formula, FormulaIndex.build([]).find):
        with pytest.raises(TypeError) as caught:
            ask(wrong)
        assert str(caught.value) == f"expected text, found {type(wrong).__name__}"


@pytest.mark.parametrize("wrong", [None, "5", 2.5])
def test_a_limit_that_is_no_number_is_a_type_error(posts: Any, wrong: Any) -> None:
    for ask in (posts.search, posts.find_formula, FormulaIndex.build([]).find):
        with pytest.raises(TypeError) as caught:
            ask("熵", limit=wrong)
        assert str(caught.value) == (
            f"limit: expected a whole number, found {type(wrong).__name__}"
        )


def test_negative_limits_and_offsets_are_refused(posts: Any) -> None:
    for ask in (posts.search, posts.find_formula, FormulaIndex.build([]).find):
        with pytest.raises(QueryError) as caught:
            ask("熵", offset=-3)
        assert str(caught.value) == "limit and offset: expected 0 or more, found 10 and -3"


@pytest.mark.parametrize("query", ["熵", "信息熵 -退火", '"信息熵"'])
def test_a_limit_beyond_all_posts_gives_all_of_them(posts: Any, query: str) -> None:
    assert len(list(posts.search(query, limit=HUGE))) == 1
    assert list(posts.search(query, offset=HUGE)) == []


def test_a_formula_that_is_no_text_is_a_type_error() -> None:
    asked: list[Callable[..., object]] = [blogkit.parse_formula, blogkit.check_formula]
    for ask in asked:
        with pytest.raises(TypeError) as caught:
            ask(None)
        assert str(caught.value) == "expected LaTeX as text, found NoneType"


def test_a_word_of_twenty_thousand_letters_is_answered(posts: Any) -> None:
    started = time.process_time()
    assert posts.search("a" * 20_000).total == 0
    assert time.process_time() - started < 10
