"""Adding the chapters of d2l-zh: seconds, sections a second, peak memory.

    python benchmarks/adding.py
    python benchmarks/adding.py --stages 5000

With ``--stages``, what each stage of adding so many varied sections costs.
"""

import argparse
import tempfile
import time

from measure import peak_mib, require_data
from searching import stages

from blogkit import Library


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stages", type=int, metavar="SECTIONS")
    options = parser.parse_args()
    if options.stages:
        stages.table(options.stages)
    else:
        add_chapters()


def add_chapters() -> None:
    """Add them, and add them again."""
    chapters = require_data("d2l-zh")
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        started = time.perf_counter()
        report = library.add(chapters)
        seconds = time.perf_counter() - started
        sections = sum(len(library.post(p.id or "").to_dict()["sections"]) for p in library.posts())
        print(f"{report.files} files, {report.entries} entries, {library.posts().total} posts")
        print(f"{report.formulas} formulas, {sections} sections, {len(report.problems)} problems")
        print(f"{seconds:.2f} s, {sections / seconds:.0f} sections/s, peak {peak_mib():.0f} MiB")
        print("(with the word table and the dictionary, made and loaded once)")
        started = time.perf_counter()
        library.add(chapters)
        print(f"adding again: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
