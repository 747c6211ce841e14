"""What a query spends where: each stage of a search, in the library of ``search_speed.py --uses``.

    python benchmarks/search_stages.py FOLDER

Means of a query, in milliseconds of processor time; the stages of ``show`` stand indented below it.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from searching.uses import QUERIES
from searching.varied import Varied

from blogkit import Library
from blogkit.index.text_index import TextIndex
from blogkit.library.indexing import Indexing
from blogkit.search import searcher
from blogkit.search.searcher import Searcher

STAGES: tuple[tuple[str, Any, str], ...] = (
    ("is the index level", Indexing, "current"),
    ("words, pairs, other names", searcher, "asked_words"),
    ("sections and posts ranked", TextIndex, "search"),
    ("posts counted", TextIndex, "count_posts"),
    ("parts of a series in order", Searcher, "_parts_in_order"),
    ("what was meant", Searcher, "_suggestion"),
    ("hits", Searcher, "show"),
    ("  read", Library, "_read_sections"),
    ("  passages", searcher, "best_snippet"),
)
"""Each stage, and the function that it is."""


def main() -> None:
    spent: dict[str, float] = defaultdict(float)
    for name, owner, function in STAGES:
        setattr(owner, function, timed(getattr(owner, function), spent, name))
    writer = Varied(seed=7)
    kinds = {
        "few words": [writer.few_words() for _ in range(QUERIES)],
        "a sentence": [writer.sentence() for _ in range(QUERIES)],
    }
    with Library.open(Path(sys.argv[1]) / "library") as library:
        for kind, queries in kinds.items():
            library.search(queries[0])
            spent.clear()
            started = time.thread_time()
            for query in queries:
                library.search(query)
            whole = time.thread_time() - started
            print(f"{kind:30}{whole / QUERIES * 1e3:8.2f}")
            for name, _, _ in STAGES:
                print(f"  {name:28}{spent[name] / QUERIES * 1e3:8.2f}")


def timed(function: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    """The function, which adds what it takes to what was spent under a name."""

    def timing(*args: object, **options: object) -> Any:
        started = time.thread_time()
        try:
            return function(*args, **options)
        finally:
            spent[name] += time.thread_time() - started

    return timing


if __name__ == "__main__":
    main()
