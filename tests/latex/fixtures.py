"""Reads fixture files: `title`, `.`, the input, `.`, what is expected, `.`; blank lines between."""

from pathlib import Path


def read_fixtures(name: str) -> list[tuple[str, str, str]]:
    """Title, input and expectation of each case in a file beside this one."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").split("\n")
    cases: list[tuple[str, str, str]] = []
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("//"):
            continue
        if line != ".":
            parts[-1].append(line)
            continue
        parts.append([])
        if len(parts) == 4:
            title, given, expected = ("\n".join(part).strip("\n") for part in parts[:3])
            cases.append((title, given, expected))
            parts = [[]]
    return cases
