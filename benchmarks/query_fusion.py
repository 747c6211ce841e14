"""Words and a formula in one query, against each by itself.

    python benchmarks/query_fusion.py [--queries N]

A query is made of a sentence of d2l-zh that has one formula: that formula, and up to six characters
of one run of its Chinese. What is meant is the section that the sentence stands in. The words are
few and the formula is whole, as when a reader remembers a formula and what it was about.
"""

import argparse
import random
import re
import tempfile
from collections.abc import Callable, Iterator

from measure import require_data

from blogkit import Library
from blogkit.posts import Post, sections
from blogkit.text.mathspans import find_math
from blogkit.text.sentences import sentences

_LEAST_FORMULA_CHARS = 6
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_WORD_CHARS = 6


def known_items(post: Post, chance: random.Random) -> Iterator[tuple[str, str | None, str, str]]:
    """Post, heading, words and formula of each sentence that has one formula."""
    for section in sections(post.text, post.blocks):
        for span in sentences(section.text):
            sentence = span.of(section.text)
            formulas = find_math(sentence)[0]
            if len(formulas) != 1 or len(formulas[0].body) < _LEAST_FORMULA_CHARS:
                continue
            place = formulas[0].span
            runs = _HAN_RUN.findall(sentence[: place.start] + " " + sentence[place.end :])
            if runs and "\\label" not in sentence:
                words = chance.choice(runs)[:_WORD_CHARS]
                yield post.id or "", section.heading, words, formulas[0].body.of(sentence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=150)
    wanted = parser.parse_args().queries
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.add(require_data("d2l-zh"))
        items = [item for post in library.posts() for item in known_items(post, chance)]
        items = chance.sample(items, min(wanted, len(items)))

        def reciprocal_rank(make: Callable[[str, str], str]) -> float:
            total = 0.0
            for post_id, heading, words, latex in items:
                hits = library.search(make(words, latex), by="section")
                ranks = [h.rank for h in hits if (h.post_id, h.heading) == (post_id, heading)]
                total += 1 / ranks[0] if ranks else 0.0
            return total / len(items)

        print(f"{len(items)} queries, MRR@10 of the section")
        print(f"words    {reciprocal_rank(lambda words, latex: words):.3f}")
        print(f"formula  {reciprocal_rank(lambda words, latex: f'${latex}$'):.3f}")
        print(f"both     {reciprocal_rank(lambda words, latex: f'{words} ${latex}$'):.3f}")


if __name__ == "__main__":
    main()
