"""A flipped byte, a torn file: told or mended, never a wrong answer."""

import random
import shutil
from pathlib import Path

import pytest
from flips import ANSWERS, Outcome, answers_after, flip, hits_of, make_library

from blogkit import Library
from blogkit.errors import LibraryDamagedError

SEED = 20261


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize("part", ["library.db", "index/text", "index/words.db", "index/formulas"])
def test_a_flipped_byte_never_gives_a_wrong_answer(sound: Path, tmp_path: Path, part: str) -> None:
    chosen = random.Random(SEED)
    for number in range(2 if part == "index/words.db" else 12):  # these take a second each
        folder = tmp_path / str(number)
        shutil.copytree(sound, folder)
        place = flip(folder / part, chosen)
        assert answers_after(folder, sound) is not Outcome.WRONG, place


def test_a_changed_text_is_told_with_what_to_do(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(sound, folder)
    path = folder / "library.db"
    path.write_bytes(path.read_bytes().replace("模长".encode(), "模短".encode()))
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
    damaged = path.read_bytes().replace("模长".encode(), "模短".encode())
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
