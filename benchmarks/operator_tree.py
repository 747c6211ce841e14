r"""How much of real formulas the operator tree reads, why not the rest, and how fast.

    python benchmarks/operator_tree.py             # shares, causes and times
    python benchmarks/operator_tree.py --sample 50 # LaTeX and readings, to be judged by eye
    python benchmarks/operator_tree.py --show-opaque 30

Corpora: d2l (`../shared/data/formulas-d2l.jsonl`), Fungrim (`../shared/data/fungrim`), and the
displays of the seeds. For Fungrim the reading is also compared with the true expression tree
beside it.
"""

import argparse
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from blogkit.formula import Apply, Big, Opaque, Reading, Tree, build, to_sexpr, walk
from blogkit.latex import parse

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
DISPLAY = re.compile(r"\\begin\{equation\}.*?\\end\{equation\}", re.S)


@dataclass(frozen=True)
class Formula:
    """One formula of a corpus."""

    latex: str
    display: bool
    truth: str = ""


def read_d2l() -> list[Formula]:
    lines = (DATA / "formulas-d2l.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [Formula(row["latex"], row["display"]) for row in rows]


def read_fungrim() -> list[Formula]:
    lines = (DATA / "fungrim" / "formulas.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return [Formula(row["latex"], True, row["grim"]) for row in rows]


def read_seeds() -> list[Formula]:
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    found = dict.fromkeys(match for text in texts for match in DISPLAY.findall(text))
    return [Formula(latex, True) for latex in found]


CORPORA = {"d2l": read_d2l, "fungrim": read_fungrim, "seeds": read_seeds}


def measure(name: str, formulas: list[Formula]) -> None:
    """Print shares, causes and the median time of a corpus."""
    readings: list[Reading] = []
    seconds: list[float] = []
    for formula in formulas:
        layout = parse(formula.latex).tree
        start = time.perf_counter()
        readings.append(build(layout, constants=constants_of(name)))
        seconds.append(time.perf_counter() - start)
    displays = [r for r, f in zip(readings, formulas, strict=True) if f.display]
    print(f"{name}: {len(formulas)} formulas, {len(displays)} displays")
    print(f"  without an opaque node: all {share(readings)}, displays {share(displays)}")
    print(f"  median {1000 * statistics.median(seconds):.3f} ms", end=", ")
    print(f"95th percentile {1000 * sorted(seconds)[int(0.95 * len(seconds))]:.3f} ms")
    causes = Counter(cause for reading in readings for cause in causes_of(reading.tree))
    for cause, count in causes.most_common(8):
        print(f"  {count:5} {cause}")
    if name == "fungrim":
        compare(formulas, readings)


def constants_of(name: str) -> tuple[str, ...]:
    """Fungrim's `i` is always the imaginary unit where it is no index."""
    return ("i",) if name == "fungrim" else ()


def share(readings: list[Reading]) -> str:
    clear = sum(reading.opaque_count == 0 for reading in readings)
    return f"{clear}/{len(readings)} ({100 * clear / max(1, len(readings)):.1f} %)"


def causes_of(tree: Tree) -> Iterable[str]:
    for node in walk(tree):
        if isinstance(node, Opaque):
            yield f"{node.reason} {node.latex[:30]}"


# --- Fungrim's own trees

OPERATORS = {
    "divide": "Div",
    "power": "Pow",
    "root": "Sqrt",
    "sin": "Sin",
    "cos": "Cos",
    "tan": "Tan",
    "exp": "Exp",
    "log": "Log",
    "factorial": "Factorial",
    "binomial": "Binomial",
    "abs": "Abs",
    "floor": "Floor",
    "real-part": "Re",
    "imaginary-part": "Im",
    "sum": "Sum",
    "product": "Product",
    "integral": "Integral",
    "gcd": "GCD",
}
WORDS = re.compile(r"[A-Za-z_]\w*|\d+")


def compare(formulas: list[Formula], readings: list[Reading]) -> None:
    """Print how often the operators of a reading are those of Fungrim's tree, counted."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    same = total = 0
    for formula, reading in zip(formulas, readings, strict=True):
        if reading.opaque_count:
            continue
        words = Counter(WORDS.findall(formula.truth))
        counts = operator_counts(reading.tree)
        total += 1
        agrees = True
        for operator, true_name in OPERATORS.items():
            expected, found = words[true_name], counts[operator]
            if operator == "power":
                expected, found = expected + words["Exp"], found + counts["exp"]
            if operator == "exp":
                continue
            if expected or found:
                seen[operator] += 1
                right[operator] += expected == found
                agrees = agrees and expected == found
        same += agrees
    print(f"  same counts of {len(OPERATORS)} operators as Fungrim's tree: {same}/{total}", end=" ")
    print(f"({100 * same / max(1, total):.1f} %)")
    for operator, count in seen.most_common():
        print(f"    {operator:14} {right[operator]}/{count}")


def operator_counts(tree: Tree) -> Counter[str]:
    counts: Counter[str] = Counter()
    for node in walk(tree):
        if isinstance(node, (Apply, Big)):
            counts[node.operator] += 1
        if isinstance(node, Apply) and node.operator == "root" and len(node.args) > 1:
            counts["root"] -= 1
    return counts


def show_sample(formulas: list[Formula], size: int, seed: int) -> None:
    """Print LaTeX and reading of random displays."""
    displays = [formula for formula in formulas if formula.display]
    for formula in random.Random(seed).sample(displays, min(size, len(displays))):
        print(formula.latex)
        print("   ", to_sexpr(build(parse(formula.latex).tree).tree), "\n")


def show_opaque(name: str, formulas: list[Formula], size: int) -> None:
    """Print LaTeX and reading of the first formulas that were not read wholly."""
    readings = ((f, build(parse(f.latex).tree, constants=constants_of(name))) for f in formulas)
    unclear = [(formula, reading) for formula, reading in readings if reading.opaque_count]
    for formula, reading in unclear[:size]:
        print(formula.latex)
        print("   ", to_sexpr(reading.tree), "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", choices=list(CORPORA), action="append")
    parser.add_argument("--sample", type=int, default=0, help="print so many displays")
    parser.add_argument("--seed", type=int, default=7, help="of the sample")
    parser.add_argument("--show-opaque", type=int, default=0, help="print so many unread ones")
    options = parser.parse_args()
    for name in options.corpus or (["d2l"] if options.sample else list(CORPORA)):
        try:
            formulas = CORPORA[name]()
        except FileNotFoundError as missing:
            print(f"{name}: skipped, {missing.filename} is missing")
            continue
        if options.sample:
            show_sample(formulas, options.sample, options.seed)
        elif options.show_opaque:
            show_opaque(name, formulas, options.show_opaque)
        else:
            measure(name, formulas)


if __name__ == "__main__":
    main()
