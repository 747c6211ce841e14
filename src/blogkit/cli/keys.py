"""Keys as a person presses them: one at a time on a terminal, a line each from anything else."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Collection, Iterator

from blogkit.store import interruption

_INTERRUPT, _END = "\x03", "\x04"


def press(prompt: str, keys: Collection[str], *, default: str = "") -> str | None:
    """The key that was pressed, out of some; None where the input has ended or was interrupted.

    Args:
        prompt: what is shown before; it may be empty.
        keys: single characters that count; others are passed over.
        default: what Enter and space stand for; nothing if empty.
    """
    if prompt:
        print(prompt, end="", flush=True)
    while True:
        key = _key()
        if key is None:
            return None
        if key in ("", "\r", "\n", " ") and default:
            key = default
        if key and key in keys:
            print()
            return key


def _key() -> str | None:
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip()[:1].lower() if line else None
    try:
        with _single_keys():
            key = os.read(sys.stdin.fileno(), 8).decode("utf-8", "ignore")
    except KeyboardInterrupt:
        interruption.note(False)
        return None
    return None if key in ("", _INTERRUPT, _END) else key[:1].lower()


@contextlib.contextmanager
def _single_keys() -> Iterator[None]:
    """Let the terminal hand over each key at once; where it can't, a line is read as ever."""
    try:
        import termios
        import tty
    except ImportError:
        yield
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
