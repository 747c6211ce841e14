"""One engine in a process of its own: build, answer, report; so that memory and time are its own.

Run as `python worker.py REQUEST RESPONSE`, two JSON files. Standard library only, and no
import of the package: Approach0's interpreter must be able to run it.
"""

import contextlib
import json
import random
import resource
import sys
import time
from pathlib import Path
from typing import Any

from engines import ENGINES, Engine, EngineMissingError  # type: ignore[import-not-found]


def peak_memory_bytes() -> int:
    """Highest resident size of this process so far."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would count the parent's memory too, across fork and exec
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024


def forget_peak() -> int:
    """Resident size now; on Linux the peak counts from here on."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return peak_memory_bytes()


def run(request: dict[str, Any]) -> dict[str, Any]:
    """The answers to a request, or `{"missing": reason}`."""
    try:
        engine: Engine = ENGINES[request["engine"]]()
    except EngineMissingError as error:
        return {"missing": str(error)}
    items = [(item_id, latex) for item_id, latex in request["items"]]
    before = forget_peak()
    start = time.perf_counter()
    engine.build(items)
    build_seconds = time.perf_counter() - start
    built_bytes = peak_memory_bytes() - before
    answers = {q: engine.find(q, request["limit"]) for q in request["queries"]}
    report = {
        "build_seconds": build_seconds,
        "build_bytes": built_bytes,
        "answers": answers,
        "milliseconds": _timings(engine, request["timed_queries"]),
        "all_bytes": peak_memory_bytes() - before,
    }
    if hasattr(engine, "close"):
        engine.close()
    return report


def _timings(engine: Engine, queries: list[str]) -> list[float]:
    """Milliseconds of each query for its ten best, in a fixed shuffled order, once warm."""
    order = list(queries)
    random.Random(1).shuffle(order)
    times = []
    for query in order:
        start = time.perf_counter()
        engine.find(query, 10)
        times.append((time.perf_counter() - start) * 1000)
    return times


def main() -> None:
    """Read the request, write the response; engines may print what they like."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with contextlib.redirect_stdout(sys.stderr):
        response = run(request)
    Path(sys.argv[2]).write_text(json.dumps(response), encoding="utf-8")


if __name__ == "__main__":
    main()
