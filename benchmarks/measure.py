"""What the benchmarks share: where the data is, times, and memory of a process of its own."""

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

DATA = Path(__file__).parent.parent.parent / "shared" / "data"


def require_data(name: str) -> Path:
    """A folder of the data; ends the program with a plain word where it is missing."""
    path = DATA / name
    if not path.exists():
        sys.exit(f"skipped: no {name} in {DATA}")
    return path


def peak_mib() -> float:
    """Peak memory of this process so far, in MiB (Linux counts KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def wall_seconds(command: Sequence[str]) -> float:
    """Time of one whole process; its output is thrown away."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def ratio_in_turn(
    command: Sequence[str], base: Sequence[str], *, runs: int
) -> tuple[float, float, float]:
    """Median seconds of a command and of a base, and the median of their ratios pair by pair.

    The two run in turn, so that a machine whose speed drifts changes both alike.
    """
    pairs = [(wall_seconds(command), wall_seconds(base)) for _ in range(runs + 2)][2:]
    ours, theirs = zip(*pairs, strict=True)
    return median(ours), median(theirs), median(a / b for a, b in pairs)
