"""A library of the seeds of one's own, and what studies it."""

import shutil
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
from study_clock import StillClock

from blogkit import Library, Study

CLIPPING = "为什么梯度裁剪能加速训练过程?一个简明的分析"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def seeds_library(tmp_path: Path, seeded_folder: Path) -> Iterator[Library]:
    shutil.copytree(seeded_folder, tmp_path / "library")
    with Library.open(tmp_path / "library") as library:
        yield library


@pytest.fixture
def study(seeds_library: Library, clock: StillClock) -> Study:
    return Study(seeds_library, now=clock, zone=UTC)


@pytest.fixture
def clipping() -> str:
    return CLIPPING
