"""Formulas to draw: the seeds' and, where the data is there, those of d2l-zh."""

import json
import re
from pathlib import Path

from cases import read_parts

ROOT = Path(__file__).resolve().parents[2]
D2L = ROOT.parent / "shared" / "data" / "formulas-d2l.jsonl"
_DISPLAY = re.compile(r"\\begin\{equation\}.*?\\end\{equation\}", re.DOTALL)
_INLINE = re.compile(r"\$([^$\n]+(?:\n[^$\n]+)?)\$")


def seed_displays() -> list[str]:
    """The seeds' displays, each once, in order."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return list(dict.fromkeys(found for text in texts for found in _DISPLAY.findall(text)))


def seed_inlines() -> list[str]:
    """The formulas within the seeds' lines, each once."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return list(dict.fromkeys(found for text in texts for found in _INLINE.findall(text)))


def d2l_formulas() -> list[str]:
    """The formulas of d2l-zh; none where the data is missing."""
    if not D2L.exists():
        return []
    lines = D2L.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["latex"] for line in lines]


def fungrim_formulas() -> list[str]:
    """The formulas of Fungrim; none where the data is missing."""
    path = D2L.parent / "fungrim" / "corpus.tsv"
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t")[2] for line in lines]


def drawings() -> list[tuple[str, ...]]:
    """Title, LaTeX and picture of each case in `drawings.txt`."""
    return read_parts(ROOT / "tests" / "render" / "drawings.txt")
