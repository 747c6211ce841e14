"""Search speed: blogkit beside Tantivy alone, SQLite FTS5, bm25s and rank-bm25, in one run.

    python benchmarks/search_speed.py [--short] [--million] [--engines NAME ...]
    python benchmarks/search_speed.py --uses FOLDER [--sections N]

Sections are written by chance from the words of cmrc2018. Each engine fills, opens and answers in
a process of its own. Times are of a query, in milliseconds. ``--short`` stops at 5,000 sections;
``--million`` is 1,000,000 sections in blogkit and Tantivy alone, and nothing else, which takes a
quarter of an hour. ``--uses`` is what people do besides: unknown words, conditions, lists, posts,
formulas, over a library of real texts varied, which is made in the folder by the first run and kept
there. Needs the extra ``dev``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from measure import peak_mib, ratio_in_turn
from searching import uses
from searching.timed import TIMED
from searching.written import Writer

SEEDS = Path(__file__).parent.parent / "seeds"
QUERIES = 200
WARMING_QUERIES = 5
ASKING_SECONDS = 30.0
LEAST_QUERIES = 20
SHORT_SIZES = [100, 5_000]
SIZES = [100, 5_000, 100_000]
"""Sections; the 36 posts of the seeds have about a hundred."""
MILLION = 1_000_000
LARGE_ENGINES = ("blogkit", "tantivy")
COLUMNS = (
    ("sections/s", "per_second", 11, ".0f"),
    ("MiB", "size_mib", 8, ".1f"),
    ("open ms", "open_ms", 9, ".1f"),
    ("words p50", "words_p50", 11, ".2f"),
    ("p95", "words_p95", 8, ".2f"),
    ("sentence p50", "sentence_p50", 14, ".2f"),
    ("p95", "sentence_p95", 8, ".2f"),
    ("peak MiB", "peak_mib", 10, ".0f"),
)


def timed(engine: str, sections: int, folder: Path) -> dict[str, float]:
    """Fill, open and ask one engine."""
    writer = Writer()
    writer.few_words()
    made = TIMED[engine](folder)
    made.add(Writer(seed=1).posts(10))  # dictionaries are loaded and tables made once
    made = TIMED[engine](folder)
    started = time.perf_counter()
    made.add(writer.posts(sections))
    adding = time.perf_counter() - started
    started = time.perf_counter()
    for _ in writer.posts(min(sections, 10_000)):
        pass
    writing = (time.perf_counter() - started) * sections / min(sections, 10_000)
    started = time.perf_counter()
    made.open()
    opening = time.perf_counter() - started
    words = [writer.few_words() for _ in range(QUERIES)]
    sentences = [writer.sentence() for _ in range(QUERIES)]
    words_p50, words_p95 = answer_ms(made, words)
    sentence_p50, sentence_p95 = answer_ms(made, sentences)
    figures = {
        "per_second": sections / (adding - writing),
        "open_ms": opening * 1e3,
        "words_p50": words_p50,
        "words_p95": words_p95,
        "sentence_p50": sentence_p50,
        "sentence_p95": sentence_p95,
        "peak_mib": peak_mib(),
    }
    if engine == "blogkit":
        started = time.perf_counter()
        made.add([writer.post("one more")])
        figures["one_more_ms"] = (time.perf_counter() - started) * 1e3
    return figures


def answer_ms(engine, queries: Sequence[str]) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Median and 95th percentile of the time of a query, in milliseconds.

    Of queries so slow that all would take longer than ASKING_SECONDS, the first ones.
    """
    for query in queries[:WARMING_QUERIES]:
        engine.ask(query)
    times: list[float] = []
    for query in queries:
        started = time.perf_counter()
        engine.ask(query)
        times.append((time.perf_counter() - started) * 1e3)
        if sum(times) > ASKING_SECONDS * 1e3 and len(times) >= LEAST_QUERIES:
            break
    return median(times), quantiles(times, n=20)[-1]


def in_process(engine: str, sections: int, folder: Path) -> dict[str, float]:
    """timed, in a process of its own."""
    command = [sys.executable, __file__, "--child", engine, str(sections), str(folder)]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def table(sections: int, engines: Sequence[str], place: Path) -> None:
    """One line an engine."""
    print(f"\n{sections:,} sections".ljust(20) + "".join(f"{c[0]:>{c[2]}}" for c in COLUMNS))
    for engine in engines:
        folder = place / f"{engine} {sections}"
        folder.mkdir()
        figures = in_process(engine, sections, folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        figures["size_mib"] = size / 2**20
        cells = "".join(f"{figures[key]:{width}{form}}" for _, key, width, form in COLUMNS)
        more = figures.get("one_more_ms")
        print(
            f"{engine:19}{cells}" + (f"   one post more {more:.0f} ms" if more else ""), flush=True
        )


def whole_process(place: Path, sections: int) -> None:
    """``blogkit search`` as a process, over the seeds and over the written sections."""
    from blogkit import Library

    with Library.open(place / "seeds") as library:
        library.add(SEEDS)
    folders = place / f"blogkit {sections}", place / "seeds"
    large, small = (
        [sys.executable, "-m", "blogkit", "--library", str(folder), "search", "影响 研究", "--json"]
        for folder in folders
    )
    ours, base, ratio = ratio_in_turn(large, small, runs=20)
    print(
        f"\nblogkit search as a process: {ours * 1e3:.1f} ms over {sections:,} sections, "
        f"{base * 1e3:.1f} ms over the seeds: {ratio:.2f} times"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--engines", nargs="*", default=list(TIMED), choices=list(TIMED))
    parser.add_argument("--uses", type=Path, metavar="FOLDER")
    parser.add_argument("--sections", type=int, default=SIZES[-1])
    parser.add_argument("--child", nargs=3, metavar=("ENGINE", "SECTIONS", "FOLDER"))
    options = parser.parse_args()
    if options.child:
        engine, sections, folder = options.child
        print(json.dumps(timed(engine, int(sections), Path(folder))))
        return
    if options.uses:
        if not options.uses.exists():
            options.uses.mkdir(parents=True)
            uses.build(options.uses, options.sections)
        uses.table(options.uses)
        return
    sizes = [MILLION] if options.million else SHORT_SIZES if options.short else SIZES
    engines = [e for e in options.engines if e in LARGE_ENGINES or not options.million]
    with tempfile.TemporaryDirectory() as place:
        for sections in sizes:
            table(sections, engines, Path(place))
        if "blogkit" in engines:
            whole_process(Path(place), sizes[-1])


if __name__ == "__main__":
    main()
