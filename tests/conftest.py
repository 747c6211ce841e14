"""What many tests need: the seeds, libraries made of them, and data where it is at hand."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from places import DATA, SEEDS

from blogkit import Library
from blogkit.library import indexing

# The same examples in each run, others with --hypothesis-profile=random; no clock decides.
_NO_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _NO_CLOCK, derandomize=True)
settings.register_profile("random", _NO_CLOCK, derandomize=False)
settings.load_profile("same")

# Tests are written in English; those of another language ask for it.
for name in ("LANGUAGE", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long",
        action="store_true",
        help="the long form of the tests that have one: more inputs, and larger ones",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked with `long` is part of the long form only."""
    if not config.getoption("--long"):
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def pytest_collection_finish() -> None:
    """The tests stay to the end: what collects garbage need not go through them each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def is_long(pytestconfig: pytest.Config) -> bool:
    """Whether the long form was asked for."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(scope="session", autouse=True)
def _one_word_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The table of words is the same for every library: it is made once, and then copied."""
    made = tmp_path_factory.mktemp("words") / "words.db"

    def copy(path: str) -> None:
        if not made.exists():
            build(str(made))
        part = f"{path}.{os.getpid()}.part"
        shutil.copyfile(made, part)
        os.replace(part, path)

    build = indexing.build_word_table
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "build_word_table", copy)
        yield


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS


@pytest.fixture(scope="session")
def seeded_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the seeds on disk, to be read only."""
    folder = tmp_path_factory.mktemp("seeded")
    with Library.open(folder) as library:
        library.add(SEEDS)
    return folder


@pytest.fixture
def words_at_hand(tmp_path: Path, seeded_folder: Path) -> None:
    """The table of words, where a process that makes `tmp_path / "library"` finds it made."""
    (tmp_path / "library" / "index").mkdir(parents=True)
    for name in ("words.db", "blogkit.json"):
        shutil.copy2(seeded_folder / "index" / name, tmp_path / "library" / "index")


@pytest.fixture
def seeded(seeded_folder: Path):
    with Library.open(seeded_folder) as library:
        yield library


@pytest.fixture
def library(tmp_path: Path):
    """An empty library of one's own."""
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the data folder is not here")
    return DATA
