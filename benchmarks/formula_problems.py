r"""The alarms of the rules for well-written formulas, to be read by eye.

    python benchmarks/formula_problems.py
    python benchmarks/formula_problems.py --corpus arqmath --sample 200
    python benchmarks/formula_problems.py --corpus d2l-zh --ignore full-width-character

Prints how often each code alarms, and a sample of the alarms with a fixed seed (all of them where
they are fewer). Whoever reads it says which are right; the program can't.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from blogkit.latex import Problem
from blogkit.lint import find_post_problems, find_problems
from blogkit.sources.read import read_posts

_ROOT = Path(__file__).resolve().parent.parent
_DATA = _ROOT.parent / "shared" / "data"

Alarm = tuple[str, str, Problem]
"""Place, LaTeX, and what is wrong with it."""


def of_posts(paths: list[Path], ignore: list[str]) -> Iterator[list[Alarm]]:
    """The alarms of files of posts, a list for each formula and for the text of each post."""
    for path in paths:
        for post in read_posts(path.read_bytes(), path.name).posts:
            alarms: dict[int, list[Alarm]] = {f.number: [] for f in post.formulas}
            for found in find_post_problems(post, ignore=ignore):
                number = found.formula.number if found.formula else 0
                place = f"{path.name}:{found.line}"
                alarms.setdefault(number, []).append((place, found.latex, found.problem))
            yield from alarms.values()


def of_formulas(formulas: list[str], ignore: list[str]) -> Iterator[list[Alarm]]:
    """The alarms of bare formulas, of which it is not known whether they are displays."""
    for number, latex in enumerate(dict.fromkeys(formulas), 1):
        problems = find_problems(latex, display=False, ignore=ignore)
        yield [(str(number), latex, problem) for problem in problems]


def alarms_of(corpus: str, ignore: list[str]) -> Iterator[list[Alarm]]:
    """The alarms of a corpus, a list for each of its formulas."""
    if corpus == "seeds":
        return of_posts(sorted((_ROOT / "seeds").glob("*.txt")), ignore)
    if corpus == "d2l-zh":
        return of_posts(sorted((_DATA / "d2l-zh").glob("*.md")), ignore)
    if corpus == "arqmath":
        lines = (_DATA / "arqmath-2020" / "corpus.tsv").read_text(encoding="utf-8").splitlines()
        return of_formulas([line.split("\t")[-1] for line in lines], ignore)
    name = {"d2l": "formulas-d2l.jsonl", "fungrim": "fungrim/formulas.jsonl"}[corpus]
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return of_formulas([json.loads(line)["latex"] for line in lines], ignore)


def shown(alarm: Alarm) -> str:
    """One alarm on a line, its place in the formula between marks."""
    place, latex, problem = alarm
    start, end = problem.span.start, problem.span.end
    before, after = latex[max(0, start - 40) : start], latex[end : end + 40]
    excerpt = f"{before}⟦{latex[start:end]}⟧{after}".replace("\n", " ")
    repair = "" if problem.repair is None else f"  → {problem.repair}"
    return f"{place}  {problem.code}  {excerpt}{repair}"


def main() -> None:
    """Counts and a sample."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", default="d2l-zh")
    parser.add_argument("--sample", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE")
    options = parser.parse_args()
    begun = time.perf_counter()
    by_formula = list(alarms_of(options.corpus, options.ignore))
    seconds = time.perf_counter() - begun
    alarms = [alarm for of_one in by_formula for alarm in of_one]
    with_alarm = sum(bool(of_one) for of_one in by_formula)
    rate = 1000 * seconds / max(1, len(by_formula))
    print(f"{options.corpus}: {len(by_formula)} formulas, {with_alarm} with an alarm, ", end="")
    print(f"{len(alarms)} alarms, {rate:.2f} ms a formula")
    for code, count in Counter(alarm[2].code for alarm in alarms).most_common():
        print(f"{count:6} {code}")
    if len(alarms) > options.sample:
        alarms = random.Random(options.seed).sample(alarms, options.sample)
    print(*map(shown, alarms), sep="\n")


if __name__ == "__main__":
    main()
