"""Cases written as text, for people who don't write Python: title, a dot, input, a dot, expected.

the title of the case
.
the input, over as many lines as it takes
.
what is expected
.
"""

from collections.abc import Collection
from pathlib import Path

import pytest


def read_cases(path: Path, marks: Collection[pytest.MarkDecorator] = ()) -> list[pytest.param]:
    """The cases of a file as parameters (input, expected), named by their titles."""
    cases, parts, part = [], [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line != ".":
            part.append(line)
            continue
        parts.append("\n".join(part))
        part = []
        if len(parts) == 3:
            title, given, expected = parts
            cases.append(pytest.param(given, expected, id=title.strip(), marks=marks))
            parts = []
    assert not parts, f"{path}: a case does not end with a dot"
    assert cases, f"{path}: no cases"
    return cases
