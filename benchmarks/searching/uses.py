"""What people do with a large library, each by its time: the rows of ``search_speed.py --uses``.

The library is built once of ``varied`` posts and kept, with Tantivy alone beside it. Times are of
the processor, so that other work beside changes them little.
"""

import json
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.parse import quote

from starlette.testclient import TestClient

from blogkit import Library, Post
from blogkit.web.app import make_app
from searching.timed import TIMED, TantivyAlone
from searching.varied import Varied

QUERIES = 200
ROUNDS = 5
LOOK_UPS = 100
LIMIT = 20
UNKNOWN = {
    "Latin": ("attnetion zqxj", "recieve zqxk", "gradeint zqxv", "trasnformer zqxw"),
    "Chinese": ("梯渡裁减", "神精网络", "动太规划", "语研模型"),
    "of nothing": ("乂龘靐", "zqxjkv", "龘乂麤", "vkjxqz"),
}
CONDITIONS = (
    "has:heading",
    "has:caption",
    "has:code",
    "has:formula",
    "网络 has:heading",
    "模型 -网络",
)
INDEXES = ("text", "text-posts", "text-words", "formulas")
_FIGURES = "figures.json"


class Row(NamedTuple):
    """One line of the table."""

    name: str
    milliseconds: float
    worst: float


def processor_seconds() -> float:
    """Of this process and of those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def build(folder: Path, sections: int) -> None:
    """Fill a library, and Tantivy alone, with the same posts; what it cost is kept beside them."""
    figures: dict[str, float] = {"sections": sections, "text_bytes": 0}

    def posts() -> Iterator[Post]:
        for post in Varied().posts(sections):
            figures["text_bytes"] += len(post.text.encode())
            yield post

    with Library.open(folder / "library") as library:
        library.add_posts(Varied(seed=1).posts(10))  # the word table is made once
        library.remove("post:v0", "post:v1")
        processor, clock = timed(lambda: library.add_posts(posts()))
        figures["adding_seconds"], figures["adding_clock"] = processor, clock
        wal = folder / "library" / "library.db-wal"
        figures["wal_bytes"] = wal.stat().st_size if wal.exists() else 0
        figures["posts"] = library.posts(limit=0).total
    figures["writing_seconds"], _ = timed(lambda: [None for _ in Varied().posts(sections)])
    (folder / "tantivy").mkdir()
    alone = TantivyAlone(folder / "tantivy")
    figures["tantivy_seconds"], _ = timed(lambda: alone.add(Varied().posts(sections)))
    with Library.open(folder / "library") as library:
        first, _ = timed(lambda: library.find_formula(r"\frac{?a}{?b}+x", limit=10))
    figures["first_look_up_seconds"] = first
    (folder / _FIGURES).write_text(json.dumps(figures), encoding="utf-8")


def timed(do: Callable[[], object]) -> tuple[float, float]:
    """Processor time and clock of something that is done once, in seconds."""
    clock, processor = time.perf_counter(), processor_seconds()
    do()
    return processor_seconds() - processor, time.perf_counter() - clock


def table(folder: Path) -> None:
    """Print what building cost, and then each use."""
    figures = json.loads((folder / _FIGURES).read_text(encoding="utf-8"))
    for line in _building(folder, figures):
        print(line, flush=True)
    print(f"\n{'milliseconds of processor time':44}{'p50':>10}{'p95':>10}")
    for row in rows(folder):
        print(f"{row.name:44}{row.milliseconds:10.2f}{row.worst:10.2f}", flush=True)


def _building(folder: Path, figures: dict[str, float]) -> Iterator[str]:
    sections, text, written = (
        figures[name] for name in ("sections", "text_bytes", "writing_seconds")
    )
    ours, theirs = figures["adding_seconds"] - written, figures["tantivy_seconds"] - written
    yield f"{sections:,.0f} sections, {figures['posts']:,.0f} posts, {text / 1e6:.0f} MB of text"
    yield f"adding: {sections / ours:.0f} sections/s; Tantivy alone {ours / theirs:.1f} times"
    clock = figures["adding_clock"] - written
    yield f"the same by the clock: {sections / clock:.0f} sections/s"
    for name in ("library.db", *(f"index/{part}" for part in INDEXES)):
        path = folder / "library" / name
        size = sum(f.stat().st_size for f in (path, *path.rglob("*")) if f.is_file())
        yield f"{name}: {size / 2**20:.0f} MiB, {size / text:.2f} times the text"
    yield f"WAL after adding: {figures['wal_bytes'] / 2**20:.0f} MiB"
    yield f"first look-up of a formula after adding: {figures['first_look_up_seconds']:.1f} s"


def rows(folder: Path) -> Iterator[Row]:
    """Each use of the library; then the peers on the same queries."""
    writer = Varied(seed=7)
    words = [writer.few_words() for _ in range(QUERIES)]
    sentences = [writer.sentence() for _ in range(QUERIES)]
    formulas = [writer.formula() for _ in range(LOOK_UPS)]
    with Library.open(folder / "library") as library:
        yield _row("search, few words", library.search, words)
        yield _row("search, a sentence", library.search, sentences)
    yield from _ask_tantivy(folder, words, sentences)
    for kind, queries in UNKNOWN.items():
        with Library.open(folder / "library") as library:
            yield _row(f"an unknown word, {kind}, first", library.search, queries[:1], warm=False)
            yield _row(f"an unknown word, {kind}", library.search, queries[1:])
    with Library.open(folder / "library") as library:
        yield from _lists(library)
        for query in CONDITIONS:
            yield _row(query, library.search, [query] * 3, warm=False)
        yield _row("formula find", library.find_formula, formulas)
        yield _row("related", library.related, [f"v{n}" for n in range(0, 4000, 200)])
        yield _row("doctor", lambda _: library.doctor(), [""], warm=False)
        yield _row("duplicates", lambda _: library.duplicates(), [""], warm=False)
    yield from _pages(folder / "library", [writer.few_words() for _ in range(51)], formulas)


def _pages(folder: Path, words: Sequence[str], formulas: Sequence[str]) -> Iterator[Row]:
    """Pages of the server, each asked for the first time."""
    posts = [f"/posts/v{number}" for number in range(0, 4000, 200)]
    with TestClient(make_app(str(folder)), base_url="http://127.0.0.1:8000") as client:
        client.get(f"/?q={quote(words[0])}")
        client.get("/posts/v1")
        yield _row("a search page", client.get, [f"/?q={quote(q)}" for q in words[:50]])
        yield _row("a post's page", client.get, posts, warm=False)
        yield _row(
            "a page of formulas", client.get, [f"/found?p={quote(f)}" for f in formulas[:20]]
        )


def _lists(library: Library) -> Iterator[Row]:
    total = library.posts(limit=0).total
    chosen = random.Random(3)
    numbers = [chosen.randrange(total) for _ in range(LIMIT)]
    ids = [post.id or "" for n in numbers for post in library.list_posts(limit=1, offset=n)]
    yield _row(f"posts --limit {LIMIT}", lambda _: library.list_posts(limit=LIMIT), [""] * ROUNDS)
    yield _row(f"posts(limit={LIMIT})", lambda _: library.posts(limit=LIMIT), [""] * ROUNDS)
    yield _row("show", library.post, ids)
    yield _row(f"words --limit {LIMIT}", lambda _: library.words(limit=LIMIT), [""] * ROUNDS)
    listed = lambda _: library.formulas(limit=LIMIT)  # noqa: E731
    yield _row(f"formula list --limit {LIMIT}", listed, [""] * 2)
    yield _row(f"duplicates --limit {LIMIT}", lambda _: library.duplicates(limit=LIMIT), [""] * 2)


def _ask_tantivy(folder: Path, words: Sequence[str], sentences: Sequence[str]) -> Iterator[Row]:
    alone = TIMED["tantivy"](folder / "tantivy")
    alone.open()
    yield _row("Tantivy alone, few words", alone.ask, words)
    yield _row("Tantivy alone, a sentence", alone.ask, sentences)


def _row(
    name: str, do: Callable[[str], object], queries: Sequence[str], *, warm: bool = True
) -> Row:
    """Median and 95th percentile of what a query costs."""
    if warm:
        do(queries[0])
    times = [timed(lambda: do(query))[0] * 1e3 for query in queries]  # noqa: B023
    worst = quantiles(times, n=20)[-1] if len(times) > 20 else max(times)
    return Row(name, median(times), worst)
