"""Copies: precision and recall on neardup-d2l, and the cost of comparing 100,000 short posts.

    python benchmarks/near_duplicates.py [--posts N] [--peers]

With ``--peers``, rensa's MinHash and LSH (of the ``dev`` extra) groups the same posts; it finds
resemblance, not containment, and keeps nothing on disk.
"""

import argparse
import csv
import json
import random
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from measure import peak_mib, require_data

from blogkit import Library, Post

RESEMBLANCE_OF_DUPLICATES = 0.6
RESEMBLANCE_OF_OTHERS = 0.2


def quality() -> None:
    """Put all editions of the chapters into one library and see which became one post."""
    folder = require_data("neardup-d2l")
    rows = [json.loads(line) for line in (folder / "corpus.jsonl").open(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.add_posts(Post(title=row["id"], text=row["text"], id=row["id"]) for row in rows)
        home = {row["id"]: library.post(row["id"]).id for row in rows}
        groups = library.duplicates()
        print(f"{len(rows)} chapters, {library.posts().total} posts, {len(groups)} groups")
    wanted = found = false = 0
    for row in csv.DictReader((folder / "pairs.tsv").open(encoding="utf-8"), delimiter="\t"):
        together = home[row["id1"]] == home[row["id2"]]
        resemblance = float(row["jaccard_8char"])
        wanted += resemblance >= RESEMBLANCE_OF_DUPLICATES
        found += together and resemblance >= RESEMBLANCE_OF_DUPLICATES
        false += together and resemblance < RESEMBLANCE_OF_OTHERS
    print(f"recall {found}/{wanted} = {found / wanted:.3f}", end="   ")
    print(f"precision {found}/{found + false} = {found / (found + false):.3f}")


def excerpts() -> None:
    """How many starts of chapters, cut at a fifth, find the chapter that they are cut from."""
    rows = sorted(require_data("d2l-zh").glob("*.md"))
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        texts = {path.stem: path.read_text(encoding="utf-8") for path in rows}
        library.add_posts(Post(title=n, text=t, id=n) for n, t in texts.items())
        whole = library.posts().total
        cuts = {name: text[: len(text) // 5] for name, text in texts.items() if len(text) > 2000}
        library.add_posts(Post(title=n, text=t, id=f"{n} cut") for n, t in cuts.items())
        joined = sum(library.post(name).id == library.post(f"{name} cut").id for name in cuts)
        extra = library.posts().total - whole
    print(f"excerpts of a fifth: {joined}/{len(cuts)} joined their post, {extra} stayed alone")


def short_posts(count: int) -> list[Post]:
    """Posts of about 300 characters from sentences of d2l-zh, one in ten an edited copy."""
    source = "".join(
        path.read_text(encoding="utf-8") for path in sorted(require_data("d2l-zh").glob("*.md"))
    )
    sentences = [part for part in source.split("。") if 10 < len(part) < 120]
    rng = random.Random(7)
    posts: list[Post] = []
    while len(posts) < count:
        chosen = rng.sample(sentences, 6)
        if posts and rng.random() < 0.1:
            chosen = [*posts[rng.randrange(len(posts))].text.split("。")[:-1], "又补一句"]
        posts.append(Post(title=f"第{len(posts)}篇", text="。".join(chosen) + "。"))
    return posts


def cost(count: int) -> None:
    """Time and memory of comparing so many posts, shingling and storing included."""
    from blogkit.library.adding import add_posts
    from blogkit.store.database import Database

    posts = short_posts(count)
    before = peak_mib()
    with tempfile.TemporaryDirectory() as place:
        database = Database(str(Path(place) / "library.db"))
        started = time.perf_counter()
        report = add_posts(database, posts)
        seconds = time.perf_counter() - started
        size = (Path(place) / "library.db").stat().st_size / 2**20
        database.close()
    print(f"{count} short posts: {seconds:.0f} s, {report.merged} copies, {size:.0f} MiB on disk,")
    print(f"  peak {peak_mib():.0f} MiB ({before:.0f} MiB before, the posts themselves included)")


def peers(count: int) -> None:
    """The same posts grouped by rensa."""
    from rensa import RMinHash, RMinHashLSH

    posts = short_posts(count)
    started = time.perf_counter()
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    merged = 0
    for number, post in enumerate(posts):
        sketch = RMinHash(num_perm=128, seed=7)
        sketch.update(["".join(pair) for pair in pairwise(_quads(post.text))])
        merged += bool(index.query(sketch))
        index.insert(number, sketch)
    print(
        f"rensa: {time.perf_counter() - started:.0f} s, {merged} with a candidate, in memory only"
    )


def _quads(text: str) -> list[str]:
    return [text[start : start + 4] for start in range(len(text) - 3)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    quality()
    excerpts()
    cost(options.posts)
    if options.peers:
        peers(options.posts)


if __name__ == "__main__":
    main()
