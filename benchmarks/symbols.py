"""Definitions of symbols, measured: what blogkit finds against what people read.

    python benchmarks/symbols.py ../shared/data
    python benchmarks/symbols.py ../shared/data --half tune --wrong

Two hundred symbols of d2l-zh and dl500, drawn at random before any output for them was seen, bear
the words by which their post defines them and whether a formula does (`meanings/labels.tsv`; `-`
where the post does not say). Rules were made by `tune`; the fifty of `report` were drawn and
labelled last. Found words are right if they hold one of the words of the label; precision is over
all that is found, recall over all labels.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from blogkit.posts import Post
from blogkit.sources.read import read_posts
from blogkit.symbols import PostSymbols, read_symbols

LABELS = Path(__file__).parent / "meanings" / "labels.tsv"
NOT_SAID = "-"


@dataclass(frozen=True)
class Label:
    """What one symbol means in its post, as a person read it."""

    collection: str
    half: str
    file: str
    latex: str
    words: tuple[str, ...]
    """Words of which a right meaning holds one; none where the post does not say."""
    has_formula: bool
    """Whether a formula of the post defines it."""


@dataclass(frozen=True)
class Answer:
    """A kind of definition of one symbol: what is there and what was found."""

    label: Label
    kind: str
    is_there: bool
    found: str | None
    is_right: bool


def main() -> None:
    """Print precision and recall of each half and kind."""
    options = arguments()
    answers = [answer for label in labels() for answer in asked(options.data, label)]
    for half in ("tune", "report"):
        if options.half not in (None, half):
            continue
        own = [answer for answer in answers if answer.label.half == half]
        for name in ("d2l-zh", "dl500"):
            _print(half, name, [a for a in own if a.label.collection == name])
        for kind in ("words", "formula"):
            _print(half, kind, [a for a in own if a.kind == kind])
        _print(half, "all", own)
        if options.wrong:
            _print_wrong(own)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with d2l-zh and dl500")
    parser.add_argument("--half", choices=("tune", "report"), help="this half only")
    parser.add_argument("--wrong", action="store_true", help="print what is wrong or missing")
    return parser.parse_args()


def labels() -> Iterator[Label]:
    """The labels, in the order of the file."""
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        collection, half, file, latex, words, formula = line.split("\t")
        said = () if words == NOT_SAID else tuple(words.split("/"))
        yield Label(collection, half, file, latex, said, formula != NOT_SAID)


def asked(data: Path, label: Label) -> Iterator[Answer]:
    """What is found of a label's symbol: words, and a formula."""
    symbols = read(data / label.collection / label.file)
    symbol = next((one for one in symbols if one.latex == label.latex), None)
    meaning = symbol.meaning if symbol else None
    squeezed = "".join((meaning or "").split())
    is_right = any("".join(word.split()) in squeezed for word in label.words)
    yield Answer(label, "words", bool(label.words), meaning, is_right)
    formula = symbol.defined_by.latex if symbol and symbol.defined_by else None
    yield Answer(label, "formula", label.has_formula, formula, label.has_formula)


@cache
def read(path: Path) -> PostSymbols:
    """The symbols of the post in a file."""
    post: Post = read_posts(path.read_bytes(), path.name).posts[0]
    return read_symbols(post)


def _print(half: str, name: str, answers: list[Answer]) -> None:
    found = [answer for answer in answers if answer.found is not None]
    right = sum(answer.is_right for answer in found)
    there = sum(answer.is_there for answer in answers)
    print(
        f"{half:7}{name:9} precision {right / max(1, len(found)):.2f} ({right} of {len(found)})"
        f"   recall {right / max(1, there):.2f} ({right} of {there})"
    )


def _print_wrong(answers: list[Answer]) -> None:
    for answer in answers:
        if (answer.found is not None) != answer.is_there or (answer.found and not answer.is_right):
            label = answer.label
            print(
                f"  {label.file[:40]}  {label.latex}  {answer.kind}: {answer.found!r},"
                f" read {label.words}"
            )


if __name__ == "__main__":
    main()
