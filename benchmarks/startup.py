"""How long commands take as whole processes, against Python that does nothing.

    python benchmarks/startup.py [--runs N]

Install blogkit first (``pip install .``): an editable install or a source path starts slower.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measure import ratio_in_turn

from blogkit import Library

SEEDS = Path(__file__).parent.parent / "seeds"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = parser.parse_args().runs
    blogkit = shutil.which("blogkit") or sys.exit("install blogkit first: pip install .")
    nothing = [sys.executable, "-c", "pass"]
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(folder) as library:
            library.add(SEEDS)
            post = next(iter(library.posts(limit=1))).id or ""
        given = [blogkit, "--library", folder]
        commands = {
            "its libraries alone": [
                sys.executable,
                "-c",
                "import argparse, json, sqlite3, tantivy",
            ],
            "import blogkit": [sys.executable, "-c", "import blogkit"],
            "blogkit --help": [*given, "--help"],
            "search --json": [*given, "search", "梯度裁剪", "--json"],
        }
        for words in ("search 梯度裁剪", "posts", f"show {post}", f"related {post}", "duplicates"):
            commands[words] = [*given, *words.split()]
            commands[f"{words}, coloured"] = [*given, *words.split(), "--color", "always"]
        for words in (
            r"formula find \frac{a}{b}",
            r"formula render \frac{a}{b}",
            "formula check x=x",
        ):
            commands[words] = [*given, *words.split()]
        for name, command in commands.items():
            ours, base, ratio = ratio_in_turn(command, nothing, runs=runs)
            print(
                f"{name:32} {ours * 1000:6.1f} ms   python -c pass {base * 1000:5.1f} ms"
                f"   ratio {ratio:.2f}   more {1000 * (ours - base):.1f} ms"
            )


if __name__ == "__main__":
    main()
