"""Study cards, drawn to be judged by a reader; and what readers said of those drawn before.

    python benchmarks/cards.py ../shared/data --seed 1 --half tune
    python benchmarks/cards.py ../shared/data --seed 1 --half oi-wiki
    python benchmarks/cards.py ../shared/data --judged
    python benchmarks/cards.py ../shared/data --counts

A card is judged without its post: *keep* if question and answer make sense alone, have one answer
and are worth knowing; *edit* if some words must be changed for that; *drop* otherwise. Half of the
posts of d2l-zh and of the five seeds, by a digest of their ids, are for tuning the rules; a draw
from the others tells how good the rules are. Every fifth page of oi-wiki is a third part, of
another field, that no rule was made by. `studying/cards.tsv` holds the judgements: the half,
the post, the kind, a digest of question and answer, the verdict and its reason. `--judged` says
how many of the judged cards are still offered, word for word.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from blogkit.posts import Post
from blogkit.sources.read import read_posts
from blogkit.study.cards import Card
from blogkit.study.making import made_cards, symbol_cards

JUDGEMENTS = Path(__file__).parent / "studying" / "cards.tsv"
SEEDS = Path(__file__).parents[1] / "seeds"
HALVES = ("tune", "report")
PARTS = (*HALVES, "oi-wiki")
VERDICTS = ("keep", "edit", "drop")


@dataclass(frozen=True)
class Offered:
    """A card, and the post that offers it."""

    post: str
    half: str
    card: Card

    @property
    def digest(self) -> str:
        """What a judgement is about: question and answer, as they are."""
        return digest(f"{self.card.question}\x1f{self.card.answer}")


def main() -> None:
    """Print drawn cards, or figures."""
    options = arguments()
    found = list(offered(options.data))
    if options.counts:
        print_counts(found)
    elif options.judged:
        print_judged(found)
    else:
        print_drawn([one for one in found if one.half == options.half], options)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder with d2l-zh and oi-wiki")
    parser.add_argument("--seed", type=int, default=1, help="which cards are drawn")
    parser.add_argument("--half", choices=PARTS, default="tune", help="from which posts")
    parser.add_argument("--count", type=int, default=60, help="how many are drawn")
    parser.add_argument("--judged", action="store_true", help="count the judgements")
    parser.add_argument("--counts", action="store_true", help="count what is offered")
    return parser.parse_args()


def offered(data: Path) -> Iterator[Offered]:
    """The cards that the posts offer, those of symbols too; the same words once."""
    seen: set[str] = set()
    for name, part, post in (*halves(data), *pages(data)):
        for one in (Offered(name, part, card) for card in cards(post)):
            if one.digest not in seen:
                yield one
            seen.add(one.digest)


def halves(data: Path) -> Iterator[tuple[str, str, Post]]:
    """The posts of the seeds and of d2l-zh, each with its name and half."""
    for path in (*sorted(SEEDS.glob("*.txt")), *sorted((data / "d2l-zh").glob("chapter_*.md"))):
        for number, post in enumerate(read_posts(path.read_bytes(), path.name).posts):
            name = f"{path.stem}/{number}" if path.parent == SEEDS else path.stem
            yield name, HALVES[int(digest(name), 16) % 2], post


def pages(data: Path) -> Iterator[tuple[str, str, Post]]:
    """Every fifth page of oi-wiki."""
    lines = (data / "oi-wiki" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[4::5]:
        page = json.loads(line)
        source = f"# {page['title']}\n\n{page['text']}".encode()
        for post in read_posts(source, "page.md").posts:
            yield page["id"], "oi-wiki", post


def cards(post: Post) -> list[Card]:
    """All that a post offers."""
    return [*made_cards(post), *symbol_cards(post)]


def digest(text: str) -> str:
    """A short number for a text, the same everywhere."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def print_drawn(found: list[Offered], options: argparse.Namespace) -> None:
    """Print cards to be judged, each with the line that a judgement begins with."""
    found.sort(key=lambda one: digest(f"{options.seed} {one.digest}"))
    for number, one in enumerate(found[: options.count], 1):
        fields = (one.half, one.post, one.card.kind, one.digest)
        print(f"[{number}] {one.card.context}\nQ {one.card.question}\nA {one.card.answer}")
        print("\t".join(fields), end="\n\n")


def print_counts(found: list[Offered]) -> None:
    """Print how many cards of each kind the posts offer, and how many posts offer any."""
    for half in PARTS:
        own = [one for one in found if one.half == half]
        kinds = Counter(one.card.kind for one in own)
        named = "  ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        print(f"{half:8}{len(own)} cards of {len({one.post for one in own})} posts: {named}")


def print_judged(found: list[Offered]) -> None:
    """Print the verdicts of each half, of all judged cards and of those that are still offered."""
    still = {one.digest for one in found}
    rows = [line.split("\t") for line in JUDGEMENTS.read_text(encoding="utf-8").splitlines()]
    for half in PARTS:
        own = [row for row in rows if row[0] == half]
        now = [row for row in own if row[3] in still]
        print(f"{half:8}judged {shares(own)}   still offered {shares(now)}")


def shares(rows: list[list[str]]) -> str:
    """How many were judged how, and the share that a reader keeps."""
    counts = Counter(row[4] for row in rows)
    named = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)
    return f"{named} (keep {counts['keep'] / max(1, len(rows)):.2f} of {len(rows)})"


if __name__ == "__main__":
    main()
