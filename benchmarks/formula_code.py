r"""Code of formulas, measured: how many displays that can be computed become right code.

    python benchmarks/formula_code.py
    python benchmarks/formula_code.py --only seeds --to torch --to jax --dump wrong.txt

A display of the seeds, of d2l-zh and of dl500 counts if its value can be told at random points
without the code: by the checker's ball evaluator, for vectors and matrices by a walk over the tree
in NumPy (`computing.arrays`). Code is right if it gives that value, to seven digits, at all points.
latex2code is given the same displays in the same run (`computing.peers` says how), if it is
installed. What blogkit writes and no reference can judge is counted apart.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from computing.judge import Trial, agrees, trials
from computing.peers import is_right, latex2code
from measure import require_data

from blogkit.compute.code import to_code
from blogkit.compute.plan import Plan, read_plan
from blogkit.compute.reports import Argument, Code
from blogkit.errors import FormulaError
from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.text.mathspans import find_math

SEEDS = Path(__file__).parent.parent / "seeds"
SETS = ("seeds", "d2l-zh", "dl500")
TARGETS = ("numpy", "python", "sympy", "torch", "jax")


def displays(name: str) -> Iterator[str]:
    """The displays of a set, as they are written."""
    folder, end = (SEEDS, "*.txt") if name == "seeds" else (require_data(name), "*.md")
    seen: set[str] = set()
    for path in sorted(folder.rglob(end)):
        text = path.read_text(encoding="utf-8")
        for formula in find_math(text)[0]:
            latex = " ".join(formula.body.of(text).split())
            if formula.display and not (name == "seeds" and latex in seen):
                seen.add(latex)
                yield latex


def without_code(plan: Plan) -> Code:
    """The arguments that a formula has where no code was written: its names as numbers."""
    names: dict[t.Tree, None] = {}
    for part in plan.parts:
        for node in t.walk(part.body):
            if isinstance(node, t.Index) and not any(node in t.walk(one) for one in names):
                names[node] = None
        names |= dict.fromkeys(variables(part.body).free)
    arguments = tuple(Argument(f"a{k}", "", "real", None, one) for k, one in enumerate(names))
    return Code(plan.latex, "numpy", "none", arguments, "")


def judged(latex: str, to: str) -> tuple[str, Plan | None, Code | None, list[Trial]]:
    """What became of a display, with what the peer is to be asked."""
    try:
        plan = read_plan(latex)
    except FormulaError:
        return "not computable", None, None, []
    try:
        code = to_code(latex, to)  # type: ignore[arg-type]
    except FormulaError:
        code = without_code(plan)
        points = _trials(plan, code)
        return ("failed" if points else "not computable"), plan, code, points
    points = _trials(plan, code)
    if not points:
        return "not judged", plan, code, []
    return ("right" if _is_right(code, points) else "wrong"), plan, code, points


def _trials(plan: Plan, code: Code) -> list[Trial]:
    try:
        return trials(plan, code)
    except FormulaError:
        return []


def _is_right(code: Code, points: list[Trial]) -> bool:
    try:
        function = _called(code)
        return all(agrees(function, code, point) for point in points)
    except Exception as error:  # noqa: BLE001 - whatever it raises, it is wrong
        print(f"  {error!r} in {code.latex}", file=sys.stderr)
        return False


def _called(code: Code) -> Callable[..., Any]:
    """The function, over arrays of its own library."""
    function = code.function()
    if code.to == "jax":
        import jax

        jax.config.update("jax_enable_x64", True)
    if code.to == "torch":
        import torch

        def given(value: Any) -> Any:
            is_count = isinstance(value, int)
            return value if is_count else torch.tensor(np.asarray(value), dtype=torch.float64)

        return lambda **values: function(**{name: given(v) for name, v in values.items()})
    return function


def main() -> None:
    """Print a table, a row for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=SETS)
    parser.add_argument("--to", action="append", choices=TARGETS)
    parser.add_argument("--dump", type=Path, help="where displays go that are not right")
    arguments = parser.parse_args()
    peer = latex2code()
    print("latex2code is not installed" if peer is None else "beside latex2code")
    heads = f"{'set':8} {'to':7} {'displays':>8} {'computable':>10} {'right':>11} {'peer':>11}"
    print(f"{heads}  not judged")
    dumped = []
    for to in arguments.to or ["numpy"]:
        for name in arguments.only or SETS:
            found: Counter[str] = Counter()
            for latex in displays(name):
                verdict, plan, code, points = judged(latex, to)
                found[verdict] += 1
                if verdict in ("failed", "wrong", "not judged"):
                    dumped.append(f"{name} {to} {verdict}: {latex}")
                if peer is not None and points and plan is not None and code is not None:
                    found["peer"] += is_right(peer, plan, code, points)
            _print(name, to, found)
    if arguments.dump:
        arguments.dump.write_text("\n".join(dumped) + "\n", encoding="utf-8")


def _print(name: str, to: str, found: Counter[str]) -> None:
    computable = found["right"] + found["wrong"] + found["failed"]
    every = computable + found["not judged"] + found["not computable"]
    shares = [f"{found[key]} ({found[key] / max(computable, 1):.2f})" for key in ("right", "peer")]
    print(
        f"{name:8} {to:7} {every:8} {computable:10} {shares[0]:>11} {shares[1]:>11}"
        f"  {found['not judged']}"
    )


if __name__ == "__main__":
    main()
