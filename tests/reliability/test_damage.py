"""A flipped byte, a torn file: told or mended, never a wrong answer."""

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from flips import ANSWERS, Outcome, answers_after, flip, hits_of, make_library

from blogkit import Library
from blogkit.errors import LibraryDamagedError
from blogkit.store import checksums
from blogkit.store.packing import unpacked
from blogkit.study.facade import Study

SEED = 20261


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize(
    "part", ["library.db", "index/text", "index/text-posts", "index/words.db", "index/formulas"]
)
def test_a_flipped_byte_never_gives_a_wrong_answer(
    sound: Path, tmp_path: Path, part: str, is_long: bool
) -> None:
    chosen = random.Random(SEED)
    for number in range(60 if is_long else 6):
        folder = tmp_path / str(number)
        shutil.copytree(sound, folder)
        place = flip(folder / part, chosen)
        assert answers_after(folder, sound) is not Outcome.WRONG, place


def with_changed_texts(path: Path) -> bytes:
    """The bytes of a database, with one changed in each text that speaks of 模长."""
    data = path.read_bytes()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        texts = [text for (text,) in connection.execute("SELECT text FROM copies")]
    for piece in {text[20:40] for text in texts if "模长" in unpacked(text)}:
        assert piece in data
        data = data.replace(piece, bytes([piece[0] ^ 1]) + piece[1:])
    return data


def test_a_changed_text_is_told_with_what_to_do(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(sound, folder)
    path = folder / "library.db"
    path.write_bytes(with_changed_texts(path))
    with Library.open(folder) as library, pytest.raises(LibraryDamagedError) as told:
        library.search(ANSWERS[0])
    assert str(told.value) == (
        f"{path}: damaged: post a4b675f702 is not as it was written; 'blogkit doctor --repair' "
        "reads the library anew from what is whole"
    )


def test_repair_reads_the_library_anew_and_keeps_what_it_was(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(sound, folder)
    path = folder / "library.db"
    damaged = with_changed_texts(path)
    path.write_bytes(damaged)
    report = Library.repair(folder)
    assert [(f.name, f.state) for f in report.findings] == [
        ("damage", "repaired"), ("lost rows", "repaired"), ("database", "well"),
        ("index", "well"),
    ]  # fmt: skip
    assert (folder / "library.db.damaged").read_bytes() == damaged
    with Library.open(folder) as library, Library.open(sound) as expected:
        assert hits_of(library.search(ANSWERS[0])) == hits_of(expected.search(ANSWERS[0]))
        # A post that was read again stands behind those that were taken over, with its own id.
        assert {p.id: p.to_dict() for p in library.posts()} == {
            p.id: p.to_dict() for p in expected.posts()
        }
        assert library.words(learned=False).to_dict() == expected.words(learned=False).to_dict()


def test_repair_changes_nothing_of_a_sound_library(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(sound, folder)
    before = (folder / "library.db").read_bytes()
    assert [f.state for f in Library.repair(folder).findings] == ["well", "well"]
    assert (folder / "library.db").read_bytes() == before


@pytest.mark.parametrize("page", range(3))
def test_repair_saves_all_posts_of_which_the_file_is_there(
    sound: Path, tmp_path: Path, page: int
) -> None:
    folder = tmp_path / "library"
    shutil.copytree(sound, folder)
    path = folder / "library.db"
    data = bytearray(path.read_bytes())
    place = random.Random(page).randrange(0, len(data) // 4096) * 4096 if page else 0
    data[place : place + 4096] = bytes(4096)
    path.write_bytes(data)
    Library.repair(folder)
    with Library.open(folder) as library, Library.open(sound) as expected:
        wanted = {post.title: post.chars for post in expected.posts()}
        assert {post.title: post.chars for post in library.posts()} == wanted
        assert library.doctor().is_well


@pytest.mark.parametrize(
    ("damage", "ask"),
    [
        ("UPDATE cards SET answer = '假的'", lambda study: study.cards()),
        ("UPDATE cards SET due = due - 86400", lambda study: study.due()),
        ("UPDATE cards SET due = due - 86400", lambda study: study.forecast()),
        ("UPDATE reviews SET grade = grade % 4 + 1", lambda study: study.history()),
        ("UPDATE reviews SET stability = 99", lambda study: study.undo()),
        ("UPDATE reading SET state = 'unread'", lambda study: study.reading_list()),
    ],
    ids=["answer", "due", "forecast", "history", "undo", "reading list"],
)
def test_what_was_studied_is_told_when_it_is_damaged(
    seeded_folder: Path, tmp_path: Path, damage: str, ask: Callable[[Study], object]
) -> None:
    folder = Path(shutil.copytree(seeded_folder, tmp_path / "library"))
    with Library.open(folder) as library:
        study = Study(library)
        card = next(iter(study.accept_all("a4b675f702").cards))
        study.grade(card.id, "good")
        study.mark("a4b675f702", "read")
    path = folder / "library.db"
    sound = path.read_bytes()
    change(path, damage)
    with Library.open(folder) as library:
        assert library.doctor().findings[0].state == "broken"
        with pytest.raises(LibraryDamagedError, match="is not as it was written"):
            ask(Study(library))
    path.write_bytes(sound)
    with Library.open(folder) as library:
        ask(Study(library))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("copies", "tags", "{"),
        ("copies", "blocks", '[["paragraph", 0]]'),
        ("copies", "blocks", '[["paragraph", 0, 10, "one", 0]]'),
        ("posts", "tags", '{"a": 1}'),
        ("posts", "links", "[1, 2]"),
        ("posts", "other_titles", "null"),
    ],
)
def test_lists_that_are_none_are_told_although_the_checksum_agrees(
    sound: Path, tmp_path: Path, table: str, column: str, value: str
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "library"))
    path = folder / "library.db"
    change(path, f"UPDATE {table} SET {column} = '{value}'", sign=table)
    with Library.open(folder) as library:
        with pytest.raises(LibraryDamagedError, match="damaged: expected a list"):
            (library.posts(), library.duplicates())
        message = library.doctor().findings[0].message
    assert f"rows of {table} have no list in {column}" in message
    assert Library.repair(folder).is_well
    with Library.open(folder) as library:
        assert len(library.posts()) == 36


def change(path: Path, sql: str, *, sign: str = "") -> None:
    """Change rows behind blogkit's back, with a checksum that agrees if that is asked for."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        checksums.define(connection)
        connection.execute(sql)
        if sign:
            connection.execute(f"UPDATE {sign} SET checksum = {checksums.checksum(sign)}")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
