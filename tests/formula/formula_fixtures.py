"""Reads fixture files: `title`, `.`, LaTeX, `.`, its tree, `.`; blank lines between."""

from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def read_fixtures(name: str) -> list[tuple[str, str, str]]:
    """Title, LaTeX and expected tree of each case in a file beside this one."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line == ".":
            parts.append([])
        elif not line.startswith("//"):
            parts[-1].append(line)
    fields = ["\n".join(part).strip("\n") for part in parts[:-1]]
    return list(zip(fields[::3], fields[1::3], fields[2::3], strict=True))
