"""`blogkit mcp` as a process."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "error"}


def command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "blogkit", "--library", str(folder), "mcp", *options]


@contextmanager
def http_server(folder: Path) -> Iterator[str]:
    """A server on a free port; its address."""
    process = subprocess.Popen(
        command(folder, "--http", "0"), stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    try:
        line = process.stderr.readline().decode()
        yield re.fullmatch(r"blogkit: answering on (http://127\.0\.0\.1:\d+/mcp)\n", line)[1]
    finally:
        process.terminate()
        process.communicate()
