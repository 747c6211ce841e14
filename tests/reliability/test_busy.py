"""Much at once: formulas checked while pages are read, files that change, calls that are odd."""

import contextlib
import json
import re
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from mcp_server import http_server
from web_server import served

from blogkit import Library, Post
from blogkit.store import database


def test_checks_that_are_started_while_fifty_read_keep_nobody_waiting(seeded_folder: Path) -> None:
    with served(seeded_folder) as address, httpx.Client(base_url=address, timeout=None) as client:
        token = re.search(r'name="token" value="([^"]+)"', client.get("/checks").text)
        assert token
        with ThreadPoolExecutor(50) as readers:
            reading = [
                readers.submit(httpx.get, f"{address}/?q=梯度{n}", timeout=None) for n in range(100)
            ]
            started = client.post("/checks", data={"token": token[1]}, headers={"Origin": address})
            statuses = {answer.result().status_code for answer in reading}
        assert (started.status_code, statuses) == (303, {200})


def test_a_file_that_changes_while_it_is_read_is_whole_after_the_next_sync(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    states = [f"# 状态{n}\n\n" + f"这是第{n}个状态的内容。\n\n" * 4000 for n in range(6)]
    file.write_text(states[0], encoding="utf-8")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            file.write_text(states[number % 6], encoding="utf-8")

    with Library.open(tmp_path / "library") as library:
        library.add(file)
        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(8):
                library.sync()
        finally:
            stop.set()
            writer.join()
        file.write_text(states[5], encoding="utf-8")
        library.sync()
        (post,) = library.posts()
        assert (post.title, post.text.count("第5个")) == ("状态5", 4000)
        assert {finding.state for finding in library.doctor().findings} == {"well"}


ODD = [
    ("a megabyte", {"name": "search", "arguments": {"query": "x" * 1_000_000}}),
    ("a list", {"name": "search", "arguments": {"query": ["a"] * 1000}}),
    ("10^400", {"name": "search", "arguments": {"query": "x", "limit": 10**400}}),
    ("a word", {"name": "search", "arguments": {"query": "x", "limit": "ten"}}),
    ("null", {"name": "search", "arguments": {"query": None}}),
    ("half a character", {"name": "search", "arguments": {"query": "\ud800"}}),
    ("nothing", {"name": "search", "arguments": {}}),
    ("arguments that are a list", {"name": "search", "arguments": [1, 2]}),
    ("braces", {"name": "check_formula", "arguments": {"latex": "{" * 50_000}}),
    ("wildcards", {"name": "find_formula", "arguments": {"pattern": "?" * 50_000}}),
    ("a long name", {"name": "get_post", "arguments": {"post": "a" * 60_000}}),
    ("a tool with a long name", {"name": "x" * 100_000, "arguments": {}}),
    ("a tool that is a number", {"name": 7, "arguments": {"query": "x"}}),
    ("no tool", {"arguments": {"query": "x"}}),
]


def test_odd_calls_are_refused_one_by_one_and_the_server_goes_on(seeded_folder: Path) -> None:
    headers = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}

    def call(params: object) -> dict[str, object]:
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        answer = httpx.post(address, content=json.dumps(message), headers=headers, timeout=None)
        return {"status": answer.status_code, **answer.json()}

    with http_server(seeded_folder) as address:
        for name, params in ODD:
            answered = call(params)
            result = answered.get("result") or {}
            assert "error" in answered or result.get("isError") is True, name
            assert len(json.dumps(answered)) < 10_000, name
        result = call({"name": "search", "arguments": {"query": "梯度裁剪"}})["result"]
    assert result["structuredContent"]["total"] > 0


def test_the_log_of_a_large_add_is_cut_off_unless_somebody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LARGE_LOG_BYTES", 4096)
    log = tmp_path / "library.db-wal"
    with Library.open(tmp_path) as library:
        library.add_posts([Post(title="甲", text="一篇正文。" * 2000)])
        assert log.stat().st_size == 0
        reader = sqlite3.connect(tmp_path / "library.db", isolation_level=None)
        with contextlib.closing(reader):
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM posts").fetchall()
            library.add_posts([Post(title="乙", text="另一篇正文。" * 2000)])
            assert len(reader.execute("SELECT * FROM posts").fetchall()) == 1
            assert log.stat().st_size > 0
        library.add_posts([Post(title="丙", text="第三篇正文。" * 2000)])
        assert log.stat().st_size == 0
        assert len(library.posts()) == 3
