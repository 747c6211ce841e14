"""A library of its own for each test, and a fetcher that does not wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from blogkit import Library
from blogkit.fetching.fetcher import Fetcher


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(seconds_between=0.0, page_seconds=0.5, silent_seconds=0.5)
    yield made
    made.close()
