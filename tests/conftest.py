"""What many tests need: the seeds, libraries made of them, and data where it is at hand."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from blogkit import Library

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
DATA = ROOT.parent / "shared" / "data"

# The same examples in each run; others with --hypothesis-profile=random.
settings.register_profile("same", derandomize=True)
settings.register_profile("random", derandomize=False)
settings.load_profile("same")

sys.path.insert(0, str(Path(__file__).parent))

# Tests are written in English; those of another language ask for it.
for name in ("LANGUAGE", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"


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
