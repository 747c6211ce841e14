"""Search quality: blogkit beside rank-bm25, bm25s and Tantivy on jieba's words, in one run.

    python benchmarks/search_quality.py [--short] [--half tune|report|both] [--only NAME ...]
        [--engines NAME ...]

The last lines say by how much blogkit is above the best of the others, on each set and on the
worst: no set may fall below them.

Each set is asked through ``Library.add_posts`` and ``Library.search``; weights are chosen on the
half ``tune`` and figures reported on the half ``report`` (by a digest of each query's id).
``--short`` asks 200 queries a set. Needs the extra ``dev``.
"""

import argparse
import random
import time
from collections.abc import Iterable, Iterator
from itertools import chain

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
from searching.development import (
    articles,
    docstrings,
    first_sentences,
    link_words,
    page_citations,
    questions_as_headings,
    summaries,
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


def unseen_kinds() -> Iterator[Collection]:
    """Sets that differ in length and style; what is asked stands nowhere in what is searched."""
    pages, chapters, course = (require_data(name) for name in ("oi-wiki", "d2l-zh", "dl500"))
    yield page_citations(pages)
    yield page_citations(pages, parts=True)
    yield link_words(pages)
    yield summaries(chapters)
    yield first_sentences(chapters, "d2l", by="section")
    yield first_sentences(chapters, "d2l", by="part")
    yield questions_as_headings(course)
    yield first_sentences(course, "dl500", by="section")
    yield first_sentences(course, "dl500", by="part")
    yield articles(require_data("drcd"))
    yield docstrings()


def chosen(queries: Iterable[Query], half: str, most: int | None) -> list[Query]:
    """The queries of a half; at most so many, drawn with a fixed seed."""
    found = [query for query in queries if half in (query.half, "both")]
    return random.Random(1).sample(found, most) if most and most < len(found) else found


def ranking(engine: Engine, query: Query) -> list[ir_measures.ScoredDoc]:
    """What an engine gives for a query, without what must be left out."""
    found = engine.rank(query.text, DEPTH + len(query.left_out))
    found = [unit for unit in found if unit not in query.left_out]
    return [ir_measures.ScoredDoc(query.id, unit, -n) for n, unit in enumerate(found[:DEPTH])]


def measured(run: dict[str, list[ir_measures.ScoredDoc]], queries: list[Query]) -> list[float]:
    """The measures of a run over some of its queries."""
    wanted = [ir_measures.Qrel(q.id, answer, 1) for q in queries for answer in q.answers]
    found = [scored for query in queries for scored in run[query.id]]
    values = ir_measures.calc_aggregate(MEASURES, wanted, found)
    return [values[measure] for measure in MEASURES]


def report(collection: Collection, queries: list[Query], engine: str) -> float:
    """Two lines: all queries, and the long ones; MRR@10 of all."""
    started = time.perf_counter()
    built = ENGINES[engine](collection)
    run = {query.id: ranking(built, query) for query in queries}
    seconds = time.perf_counter() - started
    long = [query for query in queries if len(query.text) >= LONG_CHARS]
    for label, asked in ((collection.name, queries), ("  its long queries", long)):
        figures = "".join(f"{value:9.4f}" for value in measured(run, asked))
        print(f"{label:32}{engine:16}{len(asked):8}{figures}{seconds:7.0f}", flush=True)
    return measured(run, queries)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--half", choices=("tune", "report", "both"), default="report")
    parser.add_argument("--only", nargs="*", help="sets whose name holds one of these")
    parser.add_argument("--engines", nargs="*", default=COMPARED, choices=list(ENGINES))
    options = parser.parse_args()
    print(f"{'':32}{'':16}{'queries':>8}" + "".join(f"{m!s:>9}" for m in MEASURES) + f"{'s':>7}")
    above: dict[str, float] = {}
    for collection in chain(collections(), unseen_kinds()):
        if options.only and not any(name in collection.name for name in options.only):
            continue
        queries = chosen(collection.queries, options.half, SHORT_QUERIES if options.short else None)
        found = {engine: report(collection, queries, engine) for engine in options.engines}
        if "blogkit" in found and len(found) > 1:
            ours = found.pop("blogkit")
            above[collection.name] = ours - max(found.values())
    for name, value in sorted(above.items(), key=lambda pair: pair[1]):
        print(f"{name:32}{value:+.4f}")


if __name__ == "__main__":
    main()
