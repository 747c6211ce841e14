r"""Which methods of the checker decide what no other decides.

    python benchmarks/formula_methods.py
    python benchmarks/formula_methods.py --only posts --only claims --off monotony

Every statement of the sets is decided once with all methods, and for each method once more without
it where it had been asked. Printed is, for each, how many statements it was asked about, how many
of the decided ones are decided no longer (or only supported where they were proved), and in which
set they stand. A method whose line ends with 0 earns nothing.

claims   the statements of tests/check/claims_*.txt
fungrim  entries of usual notation, true and wrong; --sample takes every so many
pairs    answers that are equal or not
posts    all formulas of d2l-zh, dl500 and the seeds, each in its post
"""

import argparse
import contextlib
import importlib
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from measure import require_data
from truth.sets import answer_pairs, fungrim

from blogkit import Library, check_formula
from blogkit.check import decide
from blogkit.check.answers import Answer, Fault, Measured, Open, Proved, Refuted, Supported
from blogkit.check.prove import methods
from blogkit.check.question import Question
from blogkit.language import Message
from blogkit.library import checking

ROOT = Path(__file__).resolve().parents[1]
SETS = ("claims", "fungrim", "pairs", "posts")
LONGEST_SECONDS = 20
RANK: dict[type[Answer], int] = {
    Open: 0, Fault: 0, Measured: 1, Supported: 1, Proved: 2, Refuted: 2
}  # fmt: skip
OFF = Open(Message("no method applies"))

INNER: dict[str, tuple[str, str, object]] = {
    "angles": ("prove.evaluation", "is_sum_of_angles", False),
    "certificates": ("prove.inequalities", "certificate", None),
    "expectations": ("probability.expectations", "prove_expectations", OFF),
    "expectations, tried": ("probability.moments", "try_expectations", OFF),
    "information": ("probability.information", "decide_information", OFF),
    "limits refuted": ("prove.limit_refutation", "refute_limit", OFF),
    "matrix entries": ("prove.terms", "prove_entries", OFF),
    "matrix theorems": ("prove.terms", "theorem_of", None),
    "matrices, tried": ("prove.terms", "try_matrices", OFF),
    "probabilities": ("probability.proof", "prove_probability", OFF),
    "probabilities, tried": ("probability.distributions", "try_distributions", OFF),
    "rational series": ("prove.known_sums", "sum_of_rational_series", None),
    "sums refuted": ("prove.known_sums", "refute_by_known_sums", OFF),
    "terms": ("prove.terms", "prove_as_terms", OFF),
    "tropical": ("prove.limits", "squeeze", None),
    "difference quotients": ("prove.difference_quotients", "prove_difference_quotient", OFF),
}
"""By name, a function of a module of `check/` and what stands for it when it is switched off."""


@dataclass
class Asked:
    """A question, what is answered with all methods, and which of them were asked."""

    place: str
    question: Question
    answer: Answer = OFF
    methods: set[str] = field(default_factory=set)


class TooLongError(BaseException):
    """A question took longer than the benchmark waits; no method may take it for a fault."""


def main() -> None:
    """Print a line for each method."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", choices=SETS, action="append", help="these sets only")
    parser.add_argument("--off", action="append", help="these methods only", metavar="METHOD")
    parser.add_argument(
        "--sample", type=int, default=1, help="every so many of Fungrim", metavar="N"
    )
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _end)
    asked = [
        Asked(place, question)
        for place in options.only or SETS
        for question in _questions(place, options.sample)
    ]
    switches = {**_provers(), **{name: _inner(*where) for name, where in INNER.items()}}
    with contextlib.ExitStack() as watched:
        called: set[str] = set()
        for name, switch in switches.items():
            watched.enter_context(switch(_watching(name, called)))
        for one in asked:
            called.clear()
            one.answer = _answer(one.question)
            one.methods = set(called)
    print(
        f"{len(asked)} questions:", Counter(type(one.answer).__name__ for one in asked), flush=True
    )
    for name in options.off or switches:
        concerned = [one for one in asked if name in one.methods and RANK[type(one.answer)]]
        with switches[name](partial(_switched_off, name)):
            lost = [one for one in concerned if _is_less(_answer(one.question), one.answer)]
        counts = " ".join(f"{place} {n}" for place, n in Counter(o.place for o in lost).items())
        print(f"{name:<22} asked {len(concerned):>5}  lost {len(lost):>4}  {counts}", flush=True)
        for one in lost[:8]:
            print(f"{'':<24}{one.question.latex[:110]}")


def _switched_off(name: str, _: object) -> Callable[..., object]:
    return lambda *_, **__: INNER[name][2] if name in INNER else OFF


def _watching(name: str, called: set[str]) -> Callable[[Any], Any]:
    def watching(function: Any) -> Any:
        def watched(*arguments: Any, **named: Any) -> Any:
            called.add(name)
            return function(*arguments, **named)

        return watched

    return watching


def _provers() -> dict[str, Any]:
    """A switch for each method of `check.prove.methods.METHODS`."""

    def switch_of(at: int) -> Any:
        @contextlib.contextmanager
        def switch(wrap: Callable[[Any], Any]) -> Iterator[None]:
            before = methods.METHODS
            methods.METHODS = (*before[:at], wrap(before[at]), *before[at + 1 :])  # type: ignore[misc]
            yield
            methods.METHODS = before  # type: ignore[misc]

        return switch

    return {method.__name__: switch_of(at) for at, method in enumerate(methods.METHODS)}


def _inner(module: str, name: str, _: object) -> Any:
    @contextlib.contextmanager
    def switch(wrap: Callable[[Any], Any]) -> Iterator[None]:
        home = importlib.import_module(f"blogkit.check.{module}")
        before = getattr(home, name)
        setattr(home, name, wrap(before))
        yield
        setattr(home, name, before)

    return switch


def _answer(question: Question) -> Answer:
    answer: Answer = OFF
    signal.alarm(LONGEST_SECONDS)
    try:
        for better, _ in decide.answers(question):
            answer = better
    except (TooLongError, RecursionError):
        pass
    finally:
        signal.alarm(0)
    return answer


def _end(*_: object) -> None:
    raise TooLongError


def _is_less(answer: Answer, before: Answer) -> bool:
    return RANK[type(answer)] < RANK[type(before)] or (
        RANK[type(before)] == 2 and type(answer) is not type(before)
    )


def _questions(place: str, sample: int) -> list[Question]:
    """The questions that the formulas of a set make."""
    found: list[Question] = []

    def collect(groups: Sequence[Sequence[Question]], **_: object) -> list[list[Answer]]:
        found.extend(question for group in groups for question in group)
        return [[OFF for _ in group] for group in groups]

    before, checking.decide_groups = checking.decide_groups, collect  # type: ignore[assignment]
    try:
        {"claims": _claims, "posts": _posts}.get(place, lambda: _cases(place, sample))()
    finally:
        checking.decide_groups = before
    return found


def _claims() -> None:
    for path in sorted((ROOT / "tests" / "check").glob("claims_*.txt")):
        if path.stem == "claims_in_posts":
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            latex, _, assumed = line.partition(" % ")
            if "=" in latex or "\\" in latex or "<" in latex:
                check_formula(latex, assume=assumed.split("; ") if assumed else ())


def _cases(place: str, sample: int) -> None:
    if place == "fungrim":
        cases = [case for each in fungrim(require_data("fungrim")) for case in each][::sample]
    else:
        cases = list(answer_pairs(require_data("math-verify-pairs")))
    for case in cases:
        check_formula(case.latex, assume=case.assume)


def _posts() -> None:
    with tempfile.TemporaryDirectory() as folder, Library.open(folder) as library:
        library.add(require_data("d2l-zh"), require_data("dl500"), ROOT / "seeds")
        library.check()


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    main()
