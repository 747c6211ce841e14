r"""Formula search, measured: blogkit beside simple peers and Approach0, in one run.

    python benchmarks/formula_search.py
    python benchmarks/formula_search.py --pya0-python /path/to/venv/bin/python
    python benchmarks/formula_search.py --engines blogkit --only fungrim --half dev --dump bad.txt

Each engine is built in a process of its own, once over ARQMath's formulas (rows arqmath and
cost) and once over everything (rows fungrim and identities): ARQMath, Fungrim, the named
identities, and four altered copies of each known item. A known item competes with Fungrim,
ARQMath and its own copies; hits on other items' copies and on identities are passed over.
The order of the formulas is shuffled with the seed, so that ties favour nobody.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from formulas import corpora
from formulas.engines import ENGINES
from formulas.known_items import KnownItem, known_items
from formulas.rows import (
    GRADE,
    Collection,
    Figures,
    Miss,
    arqmath_figures,
    cost_figures,
    identity_figures,
    identity_queries,
    in_half,
    known_item_figures,
    printed,
)

ROWS = ("arqmath", "fungrim", "identities", "cost")
ARQMATH_LIMIT = 1000
EVERYTHING_LIMIT = 200
TIMED_KNOWN_ITEMS = 100
WORKER = Path(__file__).parent / "formulas" / "worker.py"


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engines", default=",".join(ENGINES), help="comma-separated names")
    parser.add_argument("--only", choices=ROWS, action="append", help="these rows only")
    parser.add_argument("--half", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--items", type=int, default=200, metavar="N", help="known items a kind")
    parser.add_argument("--seed", type=int, default=20, help="of known items and of order")
    parser.add_argument("--pya0-python", metavar="PATH", help="interpreter that has pya0")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures")
    parser.add_argument("--dump", type=Path, metavar="FILE", help="write the queries done badly")
    options = parser.parse_args()
    options.engines = options.engines.split(",")
    unknown = [name for name in options.engines if name not in ENGINES]
    if unknown:
        parser.error(f"no engine {unknown[0]!r}; there are {', '.join(ENGINES)}")
    options.only = options.only or list(ROWS)
    return options


class Benchmark:
    """What is asked: the same for every engine."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Read the formulas and make the queries of the chosen half."""
        self.rows: list[str] = options.only
        self.arqmath = corpora.arqmath_items()
        self.fungrim = corpora.fungrim_formulas()
        self.versions = corpora.named_identities()
        self.all_known = known_items(self.fungrim, options.items, options.seed)
        self.topics = [t for t in corpora.arqmath_topics() if in_half(t.id, options.half)]
        self.known = [i for i in self.all_known if in_half(i.id, options.half)]
        asked = identity_queries(self.versions)
        self.identities = [v for v in asked if in_half(v.id, options.half)]
        self.seed: int = options.seed
        self.latex = dict(self._everything())

    def _everything(self) -> list[corpora.Item]:
        items = [*self.arqmath, *((f.id, f.latex) for f in self.fungrim)]
        items += [(v.id, v.latex) for v in self.versions]
        return items + [copy for item in self.all_known for copy in item.copies]

    def arqmath_collection(self) -> Collection:
        """The 40,583 formulas, the topics, and the queries whose time is taken."""
        topics = [t.latex for t in self.topics]
        timed = topics + [item.query for item in self._sample()] if "cost" in self.rows else []
        return Collection(
            self.arqmath, topics if "arqmath" in self.rows else [], ARQMATH_LIMIT, timed
        )

    def _sample(self) -> list[KnownItem]:
        return random.Random(1).sample(self.known, min(TIMED_KNOWN_ITEMS, len(self.known)))

    def whole_collection(self) -> Collection:
        """Everything, the known items and the identities."""
        items = self._everything()
        random.Random(self.seed).shuffle(items)
        queries = [i.query for i in self.known] if "fungrim" in self.rows else []
        if "identities" in self.rows:
            queries += [v.latex for v in self.identities]
        return Collection(items, queries, EVERYTHING_LIMIT)


def ask(engine: str, python: str, collection: Collection) -> dict[str, Any]:
    """The worker's report on one engine and one collection."""
    with tempfile.TemporaryDirectory(prefix="formula-search-") as folder:
        request, response = Path(folder, "request.json"), Path(folder, "response.json")
        request.write_text(json.dumps({"engine": engine, **asdict(collection)}), encoding="utf-8")
        command = [python, str(WORKER), str(request), str(response)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or not response.exists():
            last = done.stderr.strip().splitlines()[-1:] or [f"exit status {done.returncode}"]
            return {"missing": f"stopped: {last[0]}"}
        report: dict[str, Any] = json.loads(response.read_text(encoding="utf-8"))
        return report


def ids_only(report: dict[str, Any]) -> dict[str, list[str]]:
    """Query to ids, best first."""
    return {query: [hit[0] for hit in hits] for query, hits in report["answers"].items()}


def measure(engine: str, python: str, benchmark: Benchmark) -> Figures | str:
    """One column, or why there is none."""
    values: dict[str, float] = {}
    misses: list[Miss] = []
    parts: list[Figures] = []
    if {"arqmath", "cost"} & set(benchmark.rows):
        report = ask(engine, python, benchmark.arqmath_collection())
        if "missing" in report:
            return str(report["missing"])
        if "arqmath" in benchmark.rows:
            parts.append(arqmath_figures(benchmark.topics, ids_only(report)))
        if "cost" in benchmark.rows:
            parts.append(cost_figures(report))
    if {"fungrim", "identities"} & set(benchmark.rows):
        report = ask(engine, python, benchmark.whole_collection())
        if "missing" in report:
            return str(report["missing"])
        found = ids_only(report)
        if "fungrim" in benchmark.rows:
            parts.append(known_item_figures(benchmark.known, found))
        if "identities" in benchmark.rows:
            parts.append(identity_figures(benchmark.identities, benchmark.versions, found))
    for part in parts:
        values |= part.values
        misses += part.misses
    return Figures(values, misses)


def print_sizes(benchmark: Benchmark) -> None:
    """How many queries each row's figure is a mean of."""
    judged = sum(any(g >= GRADE for g in t.grades.values()) for t in benchmark.topics)
    kinds = Counter(item.kind for item in benchmark.known)
    print(f"arqmath: {judged} topics with grade {GRADE} or more, {len(benchmark.arqmath)} formulas")
    print("fungrim: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items()))
    print(f"identities: {len(benchmark.identities)} queries\n")


def print_table(columns: dict[str, Figures], engines: list[str]) -> None:
    """Rows by engines; `-` where an engine gave nothing."""
    titles = list(dict.fromkeys(t for figures in columns.values() for t in figures.values))
    print(" " * 26 + "".join(f"{name:>12}" for name in engines))
    for title in titles:
        cells = [columns[n].values.get(title) if n in columns else None for n in engines]
        print(f"{title:26}" + "".join(f"{printed(title, cell):>12}" for cell in cells))


def dump(path: Path, columns: dict[str, Figures], latex: dict[str, str]) -> None:
    """Queries done badly, with what was expected and what was found instead."""
    lines: list[str] = []
    for engine, figures in columns.items():
        for miss in figures.misses:
            lines += [f"[{engine}] {miss.row}", f"  query     {miss.query}"]
            lines += [f"  expected  {latex[i]}  ({i})" for i in miss.expected[:3]]
            lines += [f"  {n:<9} {latex[i]}  ({i})" for n, i in enumerate(miss.found, 1)]
            lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    """Measure and print; 0 also where data is missing (it says `skipped`)."""
    options = arguments()
    if not corpora.DATA.exists():
        print("formula_search: skipped (no ../shared/data beside the repository)")
        return 0
    benchmark = Benchmark(options)
    print_sizes(benchmark)
    columns: dict[str, Figures] = {}
    notes: list[str] = []
    for engine in options.engines:
        if engine == "pya0" and not options.pya0_python:
            notes.append("pya0: skipped (give --pya0-python)")
            continue
        python = options.pya0_python if engine == "pya0" else sys.executable
        figures = measure(engine, python, benchmark)
        if isinstance(figures, str):
            notes.append(f"{engine}: skipped ({figures})")
        else:
            columns[engine] = figures
    print_table(columns, options.engines)
    print(*notes, sep="\n")
    if options.json:
        raw = {name: figures.values for name, figures in columns.items()}
        options.json.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    if options.dump:
        dump(options.dump, columns, benchmark.latex)
    return 0


if __name__ == "__main__":
    sys.exit(main())
