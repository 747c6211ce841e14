"""How well the LaTeX reader agrees with KaTeX, and how fast it is.

    npm install katex --prefix /tmp/katex
    python benchmarks/latex_katex.py /tmp/katex/node_modules
    python benchmarks/latex_katex.py /tmp/katex/node_modules --corpus arqmath --sample 4000

For every formula that KaTeX accepts, KaTeX draws the source and what `to_latex` printed of its
tree; the MathML, and more strictly the HTML with its spaces, must be the same. Formulas made
invalid (fixed seed) that KaTeX rejects must have a problem. KaTeX is a development tool; blogkit
doesn't need it.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from blogkit.latex import Parsed, parse, to_latex

_HERE = Path(__file__).resolve().parent
_DATA = _HERE.parent.parent / "shared" / "data"
_COLUMNS = {
    "arqmath": ("arqmath-2020/corpus.tsv", 2),
    "fungrim": ("fungrim/corpus.tsv", 2),
    "mamut": ("mamut-named-identities/corpus.tsv", 3),
}
_SEED = 20


def load(corpus: str, sample: int) -> list[str]:
    """The formulas of a corpus, or a sample of them."""
    if corpus == "d2l":
        lines = (_DATA / "formulas-d2l.jsonl").read_text(encoding="utf-8").splitlines()
        formulas = [json.loads(line)["latex"] for line in lines]
    else:
        path, column = _COLUMNS[corpus]
        lines = (_DATA / path).read_text(encoding="utf-8").splitlines()[1:]
        formulas = [line.split("\t")[column] for line in lines]
    if sample and sample < len(formulas):
        return random.Random(_SEED).sample(formulas, sample)
    return formulas


def ask_katex(modules: str, formulas: list[str]) -> list[dict[str, str]]:
    """KaTeX's drawings or errors, in order."""
    lines = "".join(
        json.dumps({"id": index, "latex": latex}) + "\n" for index, latex in enumerate(formulas)
    )
    done = subprocess.run(
        ["node", str(_HERE / "latex_katex.mjs"), modules],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


# ---- formulas made invalid


def _delete(latex: str, part: str, rng: random.Random) -> str | None:
    places = [i for i in range(len(latex)) if latex.startswith(part, i)]
    if not places:
        return None
    place = rng.choice(places)
    return latex[:place] + latex[place + len(part) :]


def _insert(latex: str, part: str, rng: random.Random) -> str:
    place = rng.choice([0, len(latex), *(i for i, char in enumerate(latex) if char == " ")])
    return latex[:place] + part + latex[place:]


def _delete_end(latex: str, rng: random.Random) -> str | None:
    place = latex.find("\\end{")
    return None if place < 0 else latex[:place] + latex[latex.find("}", place) + 1 :]


def _rename_end(latex: str, rng: random.Random) -> str | None:
    place = latex.find("\\end{")
    return None if place < 0 else latex[: place + 5] + "x" + latex[place + 5 :]


def _double_script(latex: str, rng: random.Random) -> str | None:
    places = [i for i in range(1, len(latex) - 1) if latex[i] in "^_" and latex[i + 1].isalnum()]
    if not places:
        return None
    place = rng.choice(places)
    return latex[: place + 2] + latex[place] + "a" + latex[place + 2 :]


def _delete_argument(latex: str, rng: random.Random) -> str | None:
    place = max(latex.rfind("\\frac{"), latex.rfind("\\sqrt{"), latex.rfind("\\hat{"))
    return None if place < 0 else latex[: latex.find("{", place)]


def _misspell(latex: str, rng: random.Random) -> str | None:
    place = latex.find("\\")
    if place < 0 or not latex[place + 1 : place + 2].isalpha():
        return None
    return latex[: place + 1] + "qq" + latex[place + 1 :]


_MUTATIONS: dict[str, Callable[[str, random.Random], str | None]] = {
    "delete {": lambda s, r: _delete(s, "{", r),
    "delete }": lambda s, r: _delete(s, "}", r),
    "insert {": lambda s, r: _insert(s, "{", r),
    "insert }": lambda s, r: _insert(s, "}", r),
    "delete \\left": lambda s, r: _delete(s, "\\left", r),
    "delete \\right": lambda s, r: _delete(s, "\\right", r),
    "delete \\end": _delete_end,
    "rename \\end": _rename_end,
    "insert &": lambda s, r: _insert(s, " & ", r),
    "insert $": lambda s, r: _insert(s, "$", r),
    "insert #": lambda s, r: _insert(s, " # ", r),
    "end in ^": lambda s, r: s + "^",
    "end in _": lambda s, r: s + "_",
    "double a script": _double_script,
    "double ^": lambda s, r: s + "^a^b",
    "delete an argument": _delete_argument,
    "misspell a command": _misspell,
    "insert \\limits": lambda s, r: s + " x\\limits^2",
    "insert \\right)": lambda s, r: _insert(s, " \\right) ", r),
    "insert \\over twice": lambda s, r: s + "\\over a \\over b",
    "bad delimiter": lambda s, r: s.replace("\\left(", "\\left x", 1) if "\\left(" in s else None,
}


def break_formulas(formulas: list[str], count: int) -> list[tuple[str, str]]:
    """So many formulas made invalid by each mutation, with its name."""
    rng = random.Random(_SEED)
    broken: list[tuple[str, str]] = []
    for name, mutate in _MUTATIONS.items():
        found = 0
        for latex in rng.sample(formulas, len(formulas)):
            changed = mutate(latex, rng) if len(latex) > 6 else None
            if changed is not None and changed != latex:
                broken.append((name, changed))
                found += 1
            if found == count:
                break
    return broken


# ---- measures


def _errors(parsed: Parsed) -> list[str]:
    return [problem.message for problem in parsed.problems if problem.severity == "error"]


def measure_agreement(modules: str, formulas: list[str], show: bool) -> None:
    """Prints how many printed trees KaTeX draws as it draws their source."""
    trees = [parse(latex) for latex in formulas]
    printed = [to_latex(parsed.tree) for parsed in trees]
    counts: Counter[str] = Counter()
    answers = zip(
        formulas,
        trees,
        printed,
        ask_katex(modules, formulas),
        ask_katex(modules, printed),
        strict=True,
    )
    for latex, parsed, text, before, after in answers:
        if "error" in before:
            counts["rejected"] += 1
            counts["rejected without a problem"] += not parsed.problems
            continue
        counts["accepted"] += 1
        counts["same MathML"] += before["mathml"] == after.get("mathml")
        counts["same HTML"] += before["html"] == after.get("html")
        counts["accepted with an error"] += bool(_errors(parsed))
        counts["accepted with a warning"] += any(p.severity == "warning" for p in parsed.problems)
        if show and (before["mathml"] != after.get("mathml") or _errors(parsed)):
            print(f"  {latex!r}\n  {text!r}\n  {_errors(parsed)} {after.get('error', '')}")
    print(f"{'formulas':32}{len(formulas):8}")
    print(f"{'accepted by KaTeX':32}{counts['accepted']:8}")
    for name in ("same MathML", "same HTML", "accepted with an error", "accepted with a warning"):
        print(f"{name:32}{counts[name]:8}{counts[name] / max(1, counts['accepted']):9.2%}")
    for name in ("rejected", "rejected without a problem"):
        print(f"{name:32}{counts[name]:8}")


def measure_faults(modules: str, formulas: list[str], count: int, show: bool) -> None:
    """Prints how many formulas that were made invalid have a problem."""
    broken = break_formulas(formulas, count)
    answers = ask_katex(modules, [latex for _, latex in broken])
    rejected: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    false_errors = 0
    for (name, latex), answer in zip(broken, answers, strict=True):
        problems = parse(latex).problems
        if "error" not in answer:
            false_errors += any(problem.severity == "error" for problem in problems)
            if show and any(problem.severity == "error" for problem in problems):
                print(f"  accepted: {latex!r} {problems[0].message}")
            continue
        rejected[name] += 1
        reported[name] += bool(problems)
        if show and not problems:
            print(f"  not reported: {latex!r} {answer['error']}")
    total, found = rejected.total(), reported.total()
    print(f"{'made invalid':32}{len(broken):8}")
    print(f"{'rejected by KaTeX':32}{total:8}")
    print(f"{'of those, problem reported':32}{found:8}{found / max(1, total):9.2%}")
    print(f"{'accepted by KaTeX, our error':32}{false_errors:8}")
    for name in rejected:
        if reported[name] < rejected[name]:
            print(f"  {name:30}{reported[name]:8} of {rejected[name]}")


def measure_speed(formulas: list[str]) -> None:
    """Prints the time of one parse, median and 95th percentile, each the best of three."""
    times = []
    for latex in formulas:
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            parse(latex)
            runs.append(time.perf_counter() - start)
        times.append(min(runs) * 1000)
    print(f"{'parse, median':32}{statistics.median(times):8.3f} ms")
    print(f"{'parse, 95th percentile':32}{statistics.quantiles(times, n=20)[18]:8.3f} ms")


def main() -> int:
    """Reads the options, prints the figures."""
    parser = argparse.ArgumentParser(description="agreement with KaTeX, faults found, speed")
    parser.add_argument("modules", nargs="?", default=os.environ.get("NODE_PATH", "node_modules"))
    parser.add_argument("--corpus", choices=["d2l", *_COLUMNS], default="d2l")
    parser.add_argument("--sample", type=int, default=0, help="so many formulas; 0: all")
    parser.add_argument("--faults", type=int, default=40, help="formulas per kind of fault")
    parser.add_argument("--show", action="store_true", help="print what differs")
    options = parser.parse_args()
    if not (Path(options.modules) / "katex").is_dir():
        print(f"no katex in {options.modules}: npm install katex, then name its node_modules")
        return 2
    if not _DATA.is_dir():
        print("no ../shared/data beside the repository; nothing to measure")
        return 0
    formulas = load(options.corpus, options.sample)
    measure_agreement(options.modules, formulas, options.show)
    measure_faults(options.modules, formulas, options.faults, options.show)
    measure_speed(formulas)
    return 0


if __name__ == "__main__":
    sys.exit(main())
