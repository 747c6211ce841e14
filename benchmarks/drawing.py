r"""How well and how fast formulas are drawn as text.

    python benchmarks/drawing.py [FILE.jsonl]

Prints the share drawn without loss (tests/support/lossless.py says what that means), the median
time, and what was lost. The file has one JSON object a line, with `latex`; by default d2l-zh's.
"""

import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from corpora import d2l_formulas, seed_displays, seed_inlines
from lossless import missing

from blogkit.latex import parse
from blogkit.render import to_inline_text, to_text


def measure(name: str, formulas: list[str]) -> None:
    """Draws all formulas and prints what came of it."""
    if not formulas:
        print(f"{name}: no data")
        return
    draws: list[float] = []
    lines: list[float] = []
    lost: list[tuple[str, dict[str, int]]] = []
    lost_in_line = 0
    for latex in formulas:
        tree = parse(latex).tree
        start = time.perf_counter()
        picture = to_text(tree)
        middle = time.perf_counter()
        line = to_inline_text(tree)
        lines.append(time.perf_counter() - middle)
        draws.append(middle - start)
        if gone := missing(latex, picture):
            lost.append((latex, dict(gone)))
        lost_in_line += bool(_without_marks(missing(latex, line.replace("ᵀ", "ᵀ⊤"))))
    whole = 1 - len(lost) / len(formulas)
    print(f"{name}: {len(formulas)} formulas, {whole:.2%} without loss")
    print(
        f"  drawing  median {1e3 * statistics.median(draws):.3f} ms, max {1e3 * max(draws):.1f} ms"
    )
    print(f"  in line  median {1e3 * statistics.median(lines):.3f} ms, lost in {lost_in_line}")
    for latex, gone in lost[:20]:
        print(f"  lost {gone} of {' '.join(latex.split())[:100]}")


def _without_marks(gone: dict[str, int]) -> dict[str, int]:
    """What is lost in line; accents over several letters are words there."""
    return {char: count for char, count in gone.items() if char not in "^~_→←┬√{}"}


def main() -> None:
    """Measures the seeds and one file."""
    if len(sys.argv) > 1:
        lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
        measure(sys.argv[1], [json.loads(line)["latex"] for line in lines])
        return
    measure("seeds, displays", seed_displays())
    measure("seeds, in line", seed_inlines())
    measure("d2l-zh", d2l_formulas())


if __name__ == "__main__":
    main()
