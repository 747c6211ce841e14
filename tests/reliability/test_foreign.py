"""A library from somebody else: what acts in it is refused, what is foreign told and removed."""

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from blogkit import Library
from blogkit.errors import LibraryError, PostNotFoundError


@pytest.fixture
def stranger(tmp_path: Path, seeded_folder: Path) -> Path:
    """A copy of a library, to be tampered with."""
    return Path(shutil.copytree(seeded_folder, tmp_path / "stranger"))


def tamper(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / "library.db")
    connection.executescript(sql)
    connection.close()


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON posts BEGIN DELETE FROM posts; END", "trigger 't'"),
        ("CREATE VIEW v AS SELECT * FROM posts", "view 'v'"),
        (
            "ALTER TABLE folders RENAME TO hidden; CREATE VIEW folders AS SELECT '/etc' AS path",
            "view 'folders'",
        ),
    ],
    ids=["trigger", "view", "a view in the place of a table"],
)
def test_what_acts_is_refused_and_repair_leaves_it_out(
    stranger: Path, sql: str, named: str
) -> None:
    tamper(stranger, sql)
    with pytest.raises(LibraryError, match=f"has the {named}, which no library of blogkit has"):
        Library.open(stranger)
    Library.repair(stranger)
    with Library.open(stranger) as library:
        assert {finding.state for finding in library.doctor().findings} == {"well"}
        assert library.search("梯度裁剪").total > 0


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("CREATE TABLE payload (x)", "the table 'payload' is none of blogkit's"),
        ("CREATE INDEX odd ON posts (title, id)", "the index 'odd' is none of blogkit's"),
        ("DROP INDEX posts_title", "the index 'posts_title' is missing, or another"),
        ("ALTER TABLE posts ADD COLUMN more", "the table 'posts' is none of blogkit's"),
    ],
)
def test_what_is_foreign_or_missing_is_told_and_mended(
    stranger: Path, sql: str, message: str
) -> None:
    tamper(stranger, sql)
    with Library.open(stranger) as library:
        (finding, *_) = library.doctor().findings
    assert finding.state == "broken"
    assert message in finding.message
    Library.repair(stranger)
    with Library.open(stranger) as library:
        assert {found.state for found in library.doctor().findings} == {"well"}


def test_doctor_says_which_folders_sync_would_read_for_the_first_time(stranger: Path) -> None:
    tamper(stranger, "INSERT INTO folders VALUES ('/somewhere/else')")
    with Library.open(stranger) as library:
        (database, folder, _) = library.doctor().findings
    assert database.message == "36 posts"
    assert (folder.name, folder.message) == (
        "folder",
        "sync walks /somewhere/else, of which nothing was read; 'blogkit remove' forgets it",
    )


def test_an_upload_that_breaks_off_leaves_no_trace(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "blogkit", "--library", str(tmp_path), "serve", "--writable"]
    command.append("--json")
    with subprocess.Popen(
        [*command, "--port", "0"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["address"]
        host, port = urlsplit(address).hostname or "", urlsplit(address).port
        with socket.create_connection((host, port)) as connection:
            begun = (
                f"POST /add HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: http://{host}:{port}\r\n"
                "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n"
                '--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\n\r\n# 半'
            )
            connection.sendall(begun.encode())
        with socket.create_connection((host, port)) as connection:
            connection.sendall(f"GET / HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n".encode())
            assert b"200 OK" in connection.recv(100)
        server.terminate()
        _, said = server.communicate()
    assert "Traceback" not in said
    assert not (tmp_path / "added").exists()


@pytest.mark.parametrize("name", ["a" * 60_000, "%" * 60_000, "_", "%", "\x00"])
def test_a_long_or_odd_name_of_a_post_is_one_that_is_not_there(seeded: Library, name: str) -> None:
    with pytest.raises(PostNotFoundError, match="no post has the id or title") as caught:
        seeded.post(name)
    assert len(str(caught.value)) < 250
