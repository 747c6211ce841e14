"""Where adding spends its processor time: samples of the stack, by the function that stands in it.

A profiler that counts calls makes short functions look expensive; a sample every few milliseconds
does not.
"""

import signal
import tempfile
import time
from collections import Counter
from types import FrameType

from blogkit import Library
from searching.varied import Varied

SAMPLE_SECONDS = 0.002
STAGES = {
    "with_formulas": "formulas of a text found",
    "_candidates": "compared with other posts",
    "insert_copy": "copy written",
    "put_fingerprints": "fingerprints written",
    "write_post": "post, sections, formulas, terms, citations written",
    "_refresh": "copies merged",
    "read_post": "post read back for the index",
    "documents": "words and pairs of an index",
    "_new_entries": "words by their keys",
    "update": "rest of the text index, Tantivy with it",
    "prepare": "formula index",
}
"""By the name of a function, what it does; the innermost in a stack counts."""


def table(sections: int) -> None:
    """Print milliseconds a post by stage, of a library of varied posts."""
    posts = list(Varied().posts(sections))
    found: Counter[str] = Counter()

    def sample(_number: int, frame: FrameType | None) -> None:
        while frame and frame.f_code.co_name not in STAGES:
            frame = frame.f_back
        found[STAGES[frame.f_code.co_name] if frame else "rest"] += 1

    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.add_posts(Varied(seed=1).posts(10))
        library.remove("post:v0", "post:v1")
        signal.signal(signal.SIGPROF, sample)
        signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)
        started = time.process_time()
        library.add_posts(posts)
        seconds = time.process_time() - started
        signal.setitimer(signal.ITIMER_PROF, 0)
    each = seconds * 1e3 / len(posts)
    print(f"{sections:,} sections in {len(posts):,} posts: {each:.2f} ms a post")
    for stage, count in found.most_common():
        print(f"{each * count / found.total():8.2f}  {stage}")
