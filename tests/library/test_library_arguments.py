"""What is asked wrongly is told so: by errors of blogkit or plain TypeErrors, whatever engine."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

import blogkit
from blogkit import Corpus, FormulaIndex, Library, Post
from blogkit.errors import LibraryError, QueryError

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


def test_a_bare_assumption_is_one_assumption(tmp_path: Path) -> None:
    expected = ["proved"]
    alone = blogkit.check_formula(r"\sqrt{x^2} = x", assume="x > 0")
    with Library.open(tmp_path) as library:
        asked = library.check(r"\sqrt{x^2} = x", assume="x > 0")
    assert expected == [statement.verdict for statement in alone.statements]
    assert expected == [part.verdict for result in asked.results for part in result.statements]


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_time_that_can_not_pass_is_refused(seconds: float, tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        asked: list[Callable[[], object]] = [
            lambda: library.check(seconds=seconds),
            lambda: blogkit.check_formula("x=x", seconds=seconds),
        ]
        for ask in asked:
            with pytest.raises(QueryError) as caught:
                ask()
            assert str(caught.value) == f"seconds: expected a number above 0, found {seconds}"


def test_time_longer_than_a_clock_can_wait_is_no_error() -> None:
    report = blogkit.check_formula("x+x = 2x", seconds=1e30)
    assert [statement.verdict for statement in report.statements] == ["proved"]


WRONG_TYPES: list[tuple[Callable[[Library], object], str]] = [
    (
        lambda library: library.check(seconds=cast("Any", "5")),
        "seconds: expected a number, found str",
    ),
    (
        lambda library: library.check(assume=cast("Any", [None])),
        "expected LaTeX as text, found NoneType",
    ),
    (lambda library: library.check(cast("Any", None)), "expected text, found NoneType"),
    (lambda _: Corpus(cast("Any", ["x"])), "expected a post, found str"),
    (
        lambda _: FormulaIndex.build(cast("Any", [(1, "x")])),
        "expected an id and LaTeX as text, found int",
    ),
    (
        lambda _: FormulaIndex.build(cast("Any", [("a", None)])),
        "expected an id and LaTeX as text, found NoneType",
    ),
    (lambda _: FormulaIndex.build(cast("Any", ["ab"])), "expected an id and LaTeX, found 'ab'"),
    (
        lambda _: FormulaIndex.build(cast("Any", [("a", "x", "z")])),
        "expected an id and LaTeX, found ('a', 'x', 'z')",
    ),
]


@pytest.mark.parametrize(("ask", "expected"), WRONG_TYPES)
def test_wrong_types_are_told_where_they_enter(
    ask: Callable[[Library], object], expected: str, tmp_path: Path
) -> None:
    with Library.open(tmp_path) as library, pytest.raises(TypeError) as caught:
        ask(library)
    assert expected == str(caught.value)


CLOSED: list[Callable[[Library], object]] = [
    lambda library: library.search("熵"),
    lambda library: library.search("熵 -退火"),
    lambda library: library.find_formula("x"),
    lambda library: list(library.posts()),
    lambda library: library.post("熵"),
    lambda library: library.related("熵"),
    lambda library: library.add_posts([POST]),
    lambda library: library.sync(),
    lambda library: library.check(),
    lambda library: library.duplicates(),
    lambda library: library.words(),
    lambda library: library.summary(),
    lambda library: library.doctor(),
    lambda library: library.generation,
]


@pytest.mark.parametrize("ask", CLOSED)
def test_a_closed_library_says_so(ask: Callable[[Library], object], tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add_posts([POST])
        library.search("熵")
        library.find_formula("H")
    expected = f"{tmp_path / 'library.db'}: is closed; open the library again"
    with pytest.raises(LibraryError) as caught:
        ask(library)
    assert expected == str(caught.value)
    library.close()


@pytest.mark.parametrize("folder", ["", "  "])
def test_an_empty_name_of_a_folder_is_not_the_folder_at_hand(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LibraryError) as caught:
        Library.open(folder)
    assert str(caught.value) == "expected a folder for the library, found an empty name"
    assert list(tmp_path.iterdir()) == []
