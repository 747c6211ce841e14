"""Queries cut without a dictionary: the share cut as jieba cuts them, and what it costs.

python benchmarks/segmentation.py
"""

import json
import tempfile
import time
from pathlib import Path

from measure import require_data

from blogkit import Library, Post
from blogkit.text.analyzer import Analyzer
from blogkit.text.segment import DictionarySegmenter, TableSegmenter
from blogkit.text.words import WordTable, build_word_table, import_jieba


class _Jieba:
    def __init__(self) -> None:
        self._jieba = import_jieba()
        self._jieba.setLogLevel("ERROR")

    def cut(self, han: str) -> list[str]:
        return list(self._jieba.lcut_for_search(han))


def main() -> None:
    folder = require_data("cmrc2018")
    lines = (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
    asked = [line.split("\t")[:2] for line in lines]
    with tempfile.TemporaryDirectory() as place:
        path = str(Path(place) / "words.db")
        started = time.perf_counter()
        build_word_table(path)
        size = Path(path).stat().st_size / 2**20
        print(f"word table: {time.perf_counter() - started:.1f} s once, {size:.1f} MiB")
        with WordTable(path) as table:
            compare(asked, TableSegmenter(table))
    retrieval(folder, asked)


def compare(asked: list[list[str]], segmenter: TableSegmenter) -> None:
    ours, reference = Analyzer(segmenter), Analyzer(_Jieba())
    expected = [reference.terms(text) for _, text in asked]
    started = time.perf_counter()
    terms = [ours.terms(text) for _, text in asked]
    each = (time.perf_counter() - started) / len(asked)
    same = sum(a == b for a, b in zip(terms, expected, strict=True))
    print(
        f"cut as jieba cuts: {same}/{len(asked)} = {same / len(asked):.4f}, "
        f"{each * 1e3:.2f} ms each"
    )


def retrieval(folder: Path, asked: list[list[str]]) -> None:
    """MRR@10 with the word table and with rjieba's dictionary."""
    rows = map(json.loads, (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines())
    posts = [Post(title=row["title"], text=row["text"], id=row["id"]) for row in rows]
    qrels = [line.split() for line in (folder / "qrels.txt").open(encoding="utf-8")]
    wanted = {row[0]: row[2] for row in qrels}
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.add_posts(posts)
        home = {post.id: library.post(post.id or "").id for post in posts}
        for name in ("word table", "dictionary"):
            if name == "dictionary":
                library._indexing._segmenter = DictionarySegmenter  # type: ignore[method-assign]
            total = 0.0
            started = time.perf_counter()
            for query, text in asked:
                ids = [hit.post_id for hit in library.search(text)]
                target = home[wanted[query]]
                total += 1 / (ids.index(target) + 1) if target in ids else 0
            each = (time.perf_counter() - started) / len(asked)
            print(
                f"{name:11} MRR@10 {total / len(asked):.4f}   "
                f"{each * 1e3:.1f} ms a search with snippets"
            )


if __name__ == "__main__":
    main()
