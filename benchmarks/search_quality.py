"""Search quality: blogkit beside rank-bm25, bm25s and Tantivy on jieba's words, in one run.

    python benchmarks/search_quality.py [--short] [--half tune|report|both] [--only NAME]
        [--engines NAME ...]

Each set is asked through ``Library.add_posts`` and ``Library.search``; weights are chosen on the
half ``tune`` and figures reported on the half ``report`` (by a digest of each query's id).
``--short`` asks 200 queries a set. Needs the extra ``dev``.
"""

import argparse
import random
import time
from collections.abc import Iterable, Iterator

import ir_measures
from ir_measures import RR, R, nDCG
from measure import require_data
from searching.collections import (
    Collection,
    Query,
    citations,
    headings,
    paragraphs,
    pooled,
    rewritten,
)
from searching.engines import ENGINES, Engine

MEASURES = (RR @ 10, nDCG @ 10, R @ 10, R @ 100)
DEPTH = 100
SHORT_QUERIES = 200
COMPARED = ["rank-bm25", "bm25s", "tantivy", "blogkit"]
"""The engines asked without ``--engines``; ``blogkit Corpus`` takes ten times as long."""
LONG_CHARS = 25
"""From so many characters a query counts as long."""


def collections() -> Iterator[Collection]:
    """All sets, one at a time."""
    import opencc

    cmrc, drcd = (paragraphs(require_data(name)) for name in ("cmrc2018", "drcd"))
    yield cmrc
    yield drcd
    yield rewritten(drcd, "drcd, asked simplified", opencc.OpenCC("t2s").convert)
    yield pooled("cmrc2018 and drcd", cmrc, drcd)
    chapters = require_data("d2l-zh")
    yield citations(chapters, named=True)
    yield citations(chapters, named=False)
    yield headings(chapters)


def chosen(queries: Iterable[Query], half: str, most: int | None) -> list[Query]:
    """The queries of a half; at most so many, drawn with a fixed seed."""
    found = [query for query in queries if half in (query.half, "both")]
    return random.Random(1).sample(found, most) if most and most < len(found) else found


def ranking(engine: Engine, query: Query) -> list[ir_measures.ScoredDoc]:
    """What an engine gives for a query, without what must be left out."""
    found = [unit for unit in engine.rank(query.text, DEPTH + 1) if unit != query.left_out]
    return [ir_measures.ScoredDoc(query.id, unit, -n) for n, unit in enumerate(found[:DEPTH])]


def measured(run: dict[str, list[ir_measures.ScoredDoc]], queries: list[Query]) -> list[float]:
    """The measures of a run over some of its queries."""
    wanted = [ir_measures.Qrel(q.id, answer, 1) for q in queries for answer in q.answers]
    found = [scored for query in queries for scored in run[query.id]]
    values = ir_measures.calc_aggregate(MEASURES, wanted, found)
    return [values[measure] for measure in MEASURES]


def report(collection: Collection, queries: list[Query], engine: str) -> None:
    """Two lines: all queries, and the long ones."""
    started = time.perf_counter()
    built = ENGINES[engine](collection)
    run = {query.id: ranking(built, query) for query in queries}
    seconds = time.perf_counter() - started
    long = [query for query in queries if len(query.text) >= LONG_CHARS]
    for label, asked in ((collection.name, queries), ("  its long queries", long)):
        figures = "".join(f"{value:9.4f}" for value in measured(run, asked))
        print(f"{label:26}{engine:16}{len(asked):8}{figures}{seconds:7.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--half", choices=("tune", "report", "both"), default="report")
    parser.add_argument("--only", help="sets whose name holds this")
    parser.add_argument("--engines", nargs="*", default=COMPARED, choices=list(ENGINES))
    options = parser.parse_args()
    print(f"{'':26}{'':16}{'queries':>8}" + "".join(f"{m!s:>9}" for m in MEASURES) + f"{'s':>7}")
    for collection in collections():
        if options.only and options.only not in collection.name:
            continue
        queries = chosen(collection.queries, options.half, SHORT_QUERIES if options.short else None)
        for engine in options.engines:
            report(collection, queries, engine)


if __name__ == "__main__":
    main()
