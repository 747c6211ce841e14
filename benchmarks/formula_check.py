r"""The checker, measured: verdicts against what is known to be true or false.

    python benchmarks/formula_check.py
    python benchmarks/formula_check.py --only fungrim --sample 100 --dump wrong.txt
    python benchmarks/formula_check.py --only d2l --seconds 2

fungrim  entries of usual notation from their LaTeX with their assumptions, all true, and of each a
         version with one change of its expression tree that mpmath shows to be false
mamut    named identities and their false versions
pairs    answers that are equal or not, as an equation each
d2l      every formula of d2l-zh in its chapter; nothing is known of their truth
posts    the displays of d2l-zh and dl500, each in its post: how many claims are decided, and why
         the others are not; nothing is known of their truth

A verdict is wrong where a true formula is refuted, or a false one proved or supported.
"""

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from measure import require_data
from truth.latex import USUAL
from truth.sets import Case, answer_pairs, fungrim, mamut

from blogkit import Library, check_formula
from blogkit.check.reports import VERDICTS, CheckedFormula, CheckReport

ROWS = ("fungrim", "mamut", "pairs", "d2l", "posts")


@dataclass(frozen=True)
class Outcome:
    """What was said of one case."""

    case: Case
    report: CheckReport
    seconds: float

    @property
    def verdict(self) -> str:
        """The verdict on the formula as a whole: refuted in one part is refuted."""
        counts = self.report.counts
        for verdict in ("refuted", "undecided", "supported", "proved"):
            if counts[verdict]:
                return verdict
        return "not_a_statement"

    @property
    def is_wrong(self) -> bool:
        """Whether the verdict contradicts what is known."""
        bad = ("refuted",) if self.case.truth else ("proved", "supported")
        return self.verdict in bad


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=ROWS, action="append", help="these rows only")
    parser.add_argument("--sample", type=int, metavar="N", help="every so many of each set")
    parser.add_argument("--seconds", type=float, default=5.0, help="limit of a statement (5)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="checked side by side")
    parser.add_argument("--dump", type=Path, metavar="FILE", help="write all cases with verdicts")
    parser.add_argument("--notation", action="store_true", help="print what counts as usual")
    return parser.parse_args()


def main() -> None:
    """Run the rows that were asked for."""
    options = arguments()
    if options.notation:
        print(" ".join(sorted(USUAL)))
        return
    rows = options.only or ROWS
    outcomes: list[Outcome] = []
    if "fungrim" in rows:
        true, wrong = fungrim(require_data("fungrim"))
        outcomes += measured("fungrim, true", true, options)
        outcomes += measured("fungrim, wrong", wrong, options)
    if "mamut" in rows:
        cases = mamut(require_data("mamut-named-identities"))
        outcomes += measured("mamut, true", [c for c in cases if c.truth], options)
        outcomes += measured("mamut, false", [c for c in cases if not c.truth], options)
    if "pairs" in rows:
        cases = answer_pairs(require_data("math-verify-pairs"))
        outcomes += measured("pairs, equal", [c for c in cases if c.truth], options)
        outcomes += measured("pairs, different", [c for c in cases if not c.truth], options)
    if options.dump:
        options.dump.write_text("".join(map(described, outcomes)), encoding="utf-8")
    if "d2l" in rows:
        measure_library(require_data("d2l-zh"), options)
    if "posts" in rows:
        for name in ("d2l-zh", "dl500"):
            measure_displays(name, require_data(name), options)
    if any(outcome.is_wrong for outcome in outcomes):
        sys.exit(1)


def measured(name: str, cases: list[Case], options: argparse.Namespace) -> list[Outcome]:
    """Check the cases of one set and print its line, and every wrong verdict."""
    if options.sample:
        cases = cases[:: max(1, len(cases) // options.sample)]
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(pool.map(lambda case: checked(case, options.seconds), cases))
    counts = Counter(outcome.verdict for outcome in outcomes)
    shares = "  ".join(f"{v} {counts[v]} ({counts[v] / len(cases):.0%})" for v in VERDICTS)
    wrong = [outcome for outcome in outcomes if outcome.is_wrong]
    print(f"{name:<18} {len(cases):>5}  {shares}  WRONG {len(wrong)}")
    print(f"{'':<18} {spent([outcome.seconds for outcome in outcomes])}", flush=True)
    for outcome in wrong:
        print(described(outcome))
    return outcomes


def checked(case: Case, seconds: float) -> Outcome:
    """Check one case."""
    started = time.perf_counter()
    report = check_formula(case.latex, assume=case.assume, seconds=seconds)
    return Outcome(case, report, time.perf_counter() - started)


def spent(seconds: list[float]) -> str:
    """Median and 95th percentile of times, in milliseconds."""
    return (
        f"median {median(seconds) * 1000:.0f} ms, p95 {quantiles(seconds, n=20)[-1] * 1000:.0f} ms"
    )


def described(outcome: Outcome) -> str:
    """A case and all that was said of it."""
    case = outcome.case
    lines = [f"{outcome.verdict}{' WRONG' if outcome.is_wrong else ''}  {case.name}  {case.latex}"]
    lines += [f"    assuming {text}" for text in case.assume]
    for statement in outcome.report.statements:
        at = f" at {statement.counterexample}" if statement.counterexample else ""
        said = statement.reason or statement.kind
        lines.append(f"    {statement.verdict} [{statement.method}] {statement.latex}{at}: {said}")
    return "\n".join(lines) + "\n"


def measure_library(folder: Path, options: argparse.Namespace) -> None:
    """Check all formulas of the chapters, and print counts, times and every refuted statement."""
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.add(folder)
        report = library.check(seconds=options.seconds)
    statements = list(report.statements)
    counts = "  ".join(f"{verdict} {count}" for verdict, count in report.counts.items())
    print(f"{'d2l-zh':<18} {len(report):>5} formulas, {len(statements)} parts  {counts}")
    print(f"{'':<18} {report.seconds / 60:.1f} minutes on {os.cpu_count()} processors")
    for result in report:
        for statement in result.statements:
            if statement.verdict == "refuted":
                print(f"refuted  {result.path}:{result.line}  {statement.latex}")
                print(f"    at {statement.counterexample}, assuming {statement.assumptions}")


def measure_displays(name: str, folder: Path, options: argparse.Namespace) -> None:
    """Check the displays of posts; print what share of the claims is decided, and the reasons."""
    with tempfile.TemporaryDirectory() as place, Library.open(place) as library:
        library.add(folder)
        displays = [formula.id for formula in library.formulas() if formula.display]
        report = library.check(*displays, seconds=options.seconds)
    counts = Counter(statement.verdict for statement in report.statements)
    claims = counts.total() - counts["not_a_statement"]
    decided = claims - counts["undecided"]
    shares = "  ".join(f"{verdict} {counts[verdict]}" for verdict in VERDICTS)
    print(f"{name + ', displays':<18} {len(report):>5}  {shares}")
    print(f"{'':<18} decided {decided} of {claims} claims ({decided / max(1, claims):.0%})", end="")
    print(f" in {report.seconds / 60:.1f} minutes on {os.cpu_count()} processors", flush=True)
    for reason, count in reasons(report).most_common(20):
        print(f"{count:>23}  {reason}")
    if options.dump:
        with options.dump.open("a", encoding="utf-8") as dump:
            dump.writelines(displayed(result) for result in report)


def reasons(report: CheckReport) -> Counter[str]:
    """Why statements stayed undecided; formulas within a reason are left out."""
    undecided = (s.reason for s in report.statements if s.verdict == "undecided")
    return Counter(re.sub(r"\$[^$]*\$|'[^']*'|\d+", "…", reason)[:90] for reason in undecided)


def displayed(result: CheckedFormula) -> str:
    """A formula of a post and what was said of each of its statements."""
    lines = [f"{result.path}:{result.line}  {' '.join(result.latex.split())}"]
    for statement in result.statements:
        at = f" at {statement.counterexample}" if statement.counterexample else ""
        said = statement.reason or statement.kind
        lines.append(f"    {statement.verdict} [{statement.method}] {statement.latex}{at}: {said}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
