"""Reads the fixture file: `title`, `.`, pattern, `.`, formula, `.`, what is expected, `.`."""

from pathlib import Path


def read_cases(name: str) -> list[tuple[str, str, str, str]]:
    """Title, pattern, formula and expectation of each case in a file beside this one."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").split("\n")
    cases: list[tuple[str, str, str, str]] = []
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("//"):
            continue
        if line != ".":
            parts[-1].append(line)
            continue
        parts.append([])
        if len(parts) == 5:
            title, pattern, formula, expected = ("\n".join(p).strip("\n") for p in parts[:4])
            cases.append((title, pattern, formula, expected))
            parts = [[]]
    return cases
