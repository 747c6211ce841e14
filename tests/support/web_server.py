"""`blogkit serve` as a process of its own, and the addresses of its pages."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CLIPPING = "/posts/a4b675f702"
PAGES = [
    "/",
    "/?q=%E6%A2%AF%E5%BA%A6&explain=1",
    "/?q=%24%5Cfrac%7Ba%7D%7Bb%7D%24",
    "/?q=zzzqqq",
    "/posts",
    CLIPPING,
    "/formulas",
    "/formulas?p=%5Cfrac%7B%3Fa%7D%7B%3Fb%7D",
    "/formula?id=a4b675f702%238",
    "/study",
    "/cards?post=a4b675f702",
    "/checks",
    "/notes",
    "/notes?target=a4b675f702%238",
    "/duplicates",
    "/map",
]
"""Every page of the seeds."""

PATIENCE_MS = 120_000
"""How long a page may take on a busy machine."""


def patient_context(browser: Any, **options: object) -> Any:
    """A context of a browser that waits long, for a machine may be busy, but not for ever."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    return context


def expect(shown: Any) -> Any:
    """Assertions of Playwright on a page or an element, which wait until they hold."""
    from playwright import sync_api  # no browser, no test that comes here

    sync_api.expect.set_options(timeout=PATIENCE_MS)
    return sync_api.expect(shown)


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """The address of a server that runs meanwhile."""
    command = [sys.executable, "-m", "blogkit", "--library", str(folder)]
    command += ["serve", "--port", "0", "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield json.loads(process.stdout.readline())["address"].rstrip("/")
        finally:
            process.terminate()
