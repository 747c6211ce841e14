"""Libraries of other versions: older ones are brought on with a backup, newer ones refused."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from blogkit import Library, Post
from blogkit.dedup.likeness import FINGERPRINTS_VERSION, ComparedText
from blogkit.errors import LibraryDamagedError, LibraryError, SchemaVersionError
from blogkit.sources.read import digest_of
from blogkit.store import checksums, migration
from blogkit.store.copies import copy_ids, read_copy
from blogkit.store.database import Database
from blogkit.store.schema import SCHEMA_VERSION

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"), key=lambda path: int(path.stem))


def library_of(dump: Path, folder: Path) -> Path:
    """A library's folder with the database that a dump describes."""
    folder.mkdir()
    with contextlib.closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    return folder


def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Each table with its columns."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'index') ORDER BY name"
        ).fetchall()
        return {
            name: connection.execute(f"SELECT * FROM pragma_table_info('{name}')").fetchall()
            for (name,) in names
        }


def test_there_is_a_dump_of_every_older_version() -> None:
    assert [path.stem for path in SCHEMAS] == [str(n) for n in range(1, SCHEMA_VERSION)]


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda path: path.stem)
def test_an_older_library_keeps_its_posts_and_answers(dump: Path, tmp_path: Path) -> None:
    folder = library_of(dump, tmp_path / "old")
    with Library.open(folder) as library:
        assert [post.title for post in library.posts()] == ["梯度裁剪", "日食记"]
        assert library.post("clip").tags == ("优化",)
        assert [hit.title for hit in library.search("裁剪")] == ["梯度裁剪"]
        assert [f.state for f in library.doctor().findings] == ["well", "well"]
    Database(str(tmp_path / "new.db")).close()
    assert tables(folder / "library.db") == tables(tmp_path / "new.db")


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda path: path.stem)
def test_what_it_was_is_kept_beside_it(dump: Path, tmp_path: Path) -> None:
    folder = library_of(dump, tmp_path / "old")
    before = tables(folder / "library.db")
    Library.open(folder).close()
    kept = folder / f"library.db.schema-{dump.stem}"
    assert tables(kept) == before
    shutil.copy(kept, folder / "library.db")
    with Library.open(folder) as again:
        assert again.posts().total == 2


def test_a_row_that_was_damaged_before_is_not_made_sound(tmp_path: Path) -> None:
    folder = library_of(SCHEMAS[-1], tmp_path / "old")
    with contextlib.closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("UPDATE copies SET text = replace(text, '步长', '步幅')")
        connection.commit()
    with Library.open(folder) as library, pytest.raises(LibraryDamagedError):
        library.post("clip")


def test_an_older_library_that_is_damaged_is_read_anew(tmp_path: Path) -> None:
    folder = library_of(SCHEMAS[-1], tmp_path / "old")
    with contextlib.closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.execute("UPDATE copies SET text = '步幅' WHERE id = 2")
        connection.commit()
    report = Library.repair(folder)
    assert report.is_well
    with Library.open(folder) as library:
        assert [post.title for post in library.posts()] == ["梯度裁剪"]


def test_an_older_library_gets_addresses_from_its_files_by_the_next_sync(tmp_path: Path) -> None:
    folder = library_of(SCHEMAS[3], tmp_path / "old")  # the last without addresses
    page = tmp_path / "page.html"
    page.write_text(
        '<link rel="canonical" href="https://kexue.fm/archives/1"><article>九点初亏。</article>',
        encoding="utf-8",
    )
    with contextlib.closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        checksums.define(connection)
        connection.execute(
            "INSERT INTO sources (key, path, digest, format, encoding) VALUES (?, ?, ?, ?, ?)",
            (str(page), str(page), digest_of(page.read_bytes()), "html", "utf-8"),
        )
        connection.execute(f"UPDATE sources SET checksum = {checksums.checksum('sources')}")
    with Library.open(folder) as library:
        library.sync()
        assert [post.address for post in library.posts()][-1] == "https://kexue.fm/archives/1"


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda path: path.stem)
def test_a_post_of_an_older_library_takes_the_id_it_was_given(dump: Path, tmp_path: Path) -> None:
    with Library.open(library_of(dump, tmp_path / "old")) as library:
        (before,) = library.database.connection.execute("SELECT id FROM aliases").fetchone()
        assert next(post.id for post in library.posts()) == library.post(before).id == "clip"
        assert before != "clip"


def fingerprints(database: Database) -> list[tuple[int, int]]:
    return database.connection.execute(
        "SELECT copy, hash FROM fingerprints ORDER BY copy, hash"
    ).fetchall()


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda path: path.stem)
def test_fingerprints_of_an_older_version_are_made_anew_by_the_first_add(
    dump: Path, tmp_path: Path
) -> None:
    folder = library_of(dump, tmp_path / "old")
    told: list[tuple[int, int]] = []
    with Library.open(folder) as library:
        # As another version would have made them: of the same texts, and all otherwise.
        library.database.connection.execute("UPDATE fingerprints SET hash = hash - 1")
        source = tmp_path / "new.md"
        source.write_text(f"# 新的一篇\n\n{'这里说的是另外一件事。' * 8}\n", encoding="utf-8")
        library.add(source, progress=lambda done, total, _: told.append((done, total)))
        made = [
            (copy.id, value)
            for copy in (read_copy(library.database, n) for n in copy_ids(library.database))
            for value in ComparedText(copy.post).fingerprints()
        ]
        assert fingerprints(library.database) == sorted(made)
        assert told == [(0, 1), (0, 2), (1, 2), (1, 1)]
        told.clear()
        source.write_text(f"# 新的一篇\n\n{'这里说的是第三件事。' * 8}\n", encoding="utf-8")
        library.add(source, progress=lambda done, total, _: told.append((done, total)))
        assert told == [(0, 1), (1, 1)]


def test_fingerprints_of_64_bits_are_shortened(tmp_path: Path) -> None:
    folder = library_of(SCHEMAS[11], tmp_path / "old")  # the last with long ones
    with contextlib.closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        connection.execute("DELETE FROM fingerprints")
        long = [(5 << 32) + 7, -(5 << 32) - 1, (5 << 32) + (1 << 31), -(1 << 63)]
        connection.executemany("INSERT INTO fingerprints VALUES (?, 1, 4)", [(n,) for n in long])
    with Library.open(folder) as library:
        short = [hash for _, hash in fingerprints(library.database)]
    assert short == sorted([7, -1, -(1 << 31), 0])


def test_a_copy_of_what_an_older_library_holds_is_known_for_one(tmp_path: Path) -> None:
    text = "而所谓梯度裁剪,就是根据梯度的模长来做缩放,它并不是什么新鲜的东西。" * 3
    with Library.open(tmp_path) as library:
        library.add_posts([Post(title="甲", text=text, id="a")])
        execute = library.database.connection.execute
        execute("UPDATE fingerprints SET hash = hash - 1")
        execute("UPDATE library SET fingerprints = 0")
        library.add_posts([Post(title="甲", text=f"{text}再加一句。", id="b")])
        assert library.posts().total == 1


def test_fingerprints_are_those_of_their_version() -> None:
    """Where this fails because they are made another way, FINGERPRINTS_VERSION has to grow."""
    text = (
        "设 $x>0$ 为步长，裁剪梯度；ＩＣＬＲ　２０２０ 的满分论文分析它为什么能加速训练，"
        "见[论文](https://a.cn)。"
    )
    post = Post(title="甲", text=text, address="http://spaces.ac.cn/a/")
    compared = ComparedText(post)
    made = (compared.fingerprints(), compared.digest().hex(), compared.address)
    assert (FINGERPRINTS_VERSION, *made) == (
        2,
        [-741407786, -417394988],
        "43ca32e58598858c4d4827659c3e3b4a",
        "kexue.fm/a",
    )


def test_without_a_backup_nothing_is_changed(tmp_path: Path) -> None:
    folder = library_of(SCHEMAS[0], tmp_path / "old")
    (folder / "library.db.schema-1").mkdir()
    with pytest.raises(LibraryError, match="without this backup the library is not brought to"):
        Library.open(folder)
    with contextlib.closing(sqlite3.connect(folder / "library.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_migration_that_fails_leaves_the_library_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library_of(SCHEMAS[-1], tmp_path / "old")
    scripts = (
        *migration.MIGRATIONS[:-1],
        "CREATE TABLE more (x);\nINSERT INTO nowhere VALUES (1);",
    )
    monkeypatch.setattr(migration, "MIGRATIONS", scripts)
    before = tables(folder / "library.db")
    with pytest.raises(SchemaVersionError) as told:
        Library.open(folder)
    assert str(told.value) == (
        f"{folder}/library.db: can't be brought from schema {SCHEMA_VERSION - 1} to "
        f"{SCHEMA_VERSION}: no such table: nowhere; it is as it was"
    )
    assert tables(folder / "library.db") == before


def test_a_newer_library_is_refused_and_kept(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    with contextlib.closing(sqlite3.connect(tmp_path / "library.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(SchemaVersionError) as told:
        Library.open(tmp_path)
    assert str(told.value) == (
        f"{tmp_path}/library.db: expected schema {SCHEMA_VERSION} or older, found 99; open it with "
        "the version of blogkit that wrote it, or a newer one"
    )
    assert (tmp_path / "library.db").read_bytes() == before
