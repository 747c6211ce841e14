"""Cases written as text, for people who don't write Python: title, a dot, input, a dot, expected.

the title of the case
.
the input, over as many lines as it takes
.
what is expected
.

Lines that begin with `//` are remarks.
"""

from collections.abc import Collection
from pathlib import Path

import pytest


def read_parts(path: Path, size: int = 3) -> list[tuple[str, ...]]:
    """The cases of a file, each its title and the parts after it, `size` in all."""
    parts, part = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line == ".":
            parts.append("\n".join(part))
            part = []
        elif not line.startswith("//"):
            part.append(line)
    assert parts, f"{path}: no cases"
    assert not len(parts) % size, f"{path}: a case does not end with a dot"
    cases = [parts[at : at + size] for at in range(0, len(parts), size)]
    return [(title.strip(), *rest) for title, *rest in cases]


def read_cases(
    path: Path, size: int = 3, marks: Collection[pytest.MarkDecorator] = ()
) -> list[pytest.param]:
    """The cases of a file as parameters (input, expected), named by their titles."""
    return [pytest.param(*parts, id=title, marks=marks) for title, *parts in read_parts(path, size)]
