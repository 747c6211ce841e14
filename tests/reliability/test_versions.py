"""Libraries of other versions: older ones are brought on with a backup, newer ones refused."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from blogkit import Library
from blogkit.errors import LibraryError, SchemaVersionError
from blogkit.store import migration
from blogkit.store.database import Database
from blogkit.store.schema import SCHEMA_VERSION

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))


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
