"""Which copies are proposed for comparison, by the fingerprints that they share."""

from pathlib import Path

import pytest

from blogkit import Library, Post
from blogkit.posts import Occurrence
from blogkit.store import copies as stored
from blogkit.store.database import Database
from blogkit.store.sources import put_source

COMMON = stored.COMMON_FINGERPRINT_COPIES


@pytest.fixture
def database(tmp_path: Path):
    opened = Database(str(tmp_path / "library.db"))
    opened.connection.execute("PRAGMA foreign_keys = OFF")
    yield opened
    opened.close()


def put(database: Database, hashes: list[int]) -> int:
    post = Post(title="甲", text="", occurrences=(Occurrence(None, 1, 1),))
    copy = stored.insert_copy(
        database, post, post_number=1, source=1, given_id=None, digest=b"%d" % hashes[0]
    )
    stored.insert_fingerprints(database, copy, hashes)
    return copy


def proposed(database: Database, hashes: list[int], limit: int = 20) -> list[int]:
    source = put_source(database, "k", path=None, digest="", format="program", encoding="utf-8")
    assert source == 1
    return [copy.id for copy in stored.candidates(database, b"none", hashes, limit=limit)]


def test_copies_come_by_how_many_fingerprints_they_share(database: Database) -> None:
    first = put(database, [1, 2, 3, 4])
    second = put(database, [1, 2, 3, 4, 5, 6])
    put(database, [7, 8, 9])
    assert proposed(database, [3, 4, 5, 6]) == [second, first]
    assert proposed(database, [3, 4, 5, 6], limit=1) == [second]


def test_a_share_below_the_least_proposes_nothing(database: Database) -> None:
    put(database, list(range(10, 20)))
    assert proposed(database, [10, 11, *range(30, 38)]) == []
    assert len(proposed(database, [10, 11, 12, *range(30, 37)])) == 1


@pytest.mark.parametrize(("copies", "found"), [(COMMON, COMMON), (COMMON + 1, 0)])
def test_boilerplate_proposes_nothing(database: Database, copies: int, found: int) -> None:
    for _ in range(copies):
        put(database, [1])
    assert len(proposed(database, [1], limit=1000)) == found


def test_negative_and_large_fingerprints_are_found(database: Database) -> None:
    hashes = [-(2**63), -1, 2**63 - 1]
    copy = put(database, hashes)
    assert proposed(database, hashes) == [copy]


def test_a_text_that_no_file_can_hold_is_stored_with_question_marks(library: Library) -> None:
    library.add_posts([Post(title="甲", text="设 $x\ud800$ 为实数。")])
    (formula,) = library.formulas()
    assert formula.latex == "x?"


def test_a_new_post_is_stored_as_it_is_when_made_anew(library: Library) -> None:
    text = "梯度裁剪。\n\n设 $x$ 为实数，\\begin{equation}y=x\\label{eq:a}\\end{equation}"
    library.add_posts([Post(title="甲", text=text, id="a", tags=("优化",))])
    at_once = library.post("a").to_dict()
    library.add_posts([Post(title="甲", text=text + "又一句。", id="b")])  # joins it
    library.add_posts([Post(title="乙", text="完全不同的另一篇文章，讲的是别的事情。" * 9, id="b")])
    assert library.post("a").to_dict() == at_once
