"""The statements that the benchmark checks, each with what is known of its truth."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import grim
from .latex import USUAL, latex
from .mutations import mutated

_HEADS = frozenset(
    ["Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual", "Element", "NotElement", "Divides", "CongruentMod", "And"]
)


@dataclass(frozen=True)
class Case:
    """One formula."""

    name: str
    """Its name in its set."""
    latex: str
    """What is checked."""
    assume: tuple[str, ...]
    """What is assumed, as LaTeX."""
    truth: bool
    """Whether it is true."""


def fungrim(folder: Path) -> tuple[list[Case], list[Case]]:
    """The entries of usual notation from their LaTeX, and a wrong version of each."""
    true, wrong = [], []
    for row in _rows(folder / "formulas.jsonl"):
        claim = _usual(row["grim"])
        if claim is None:
            continue
        assume = tuple(row["assumptions_latex"][:1])
        true.append(Case(row["id"], row["latex"], assume, True))
        altered = _altered(claim, row)
        if altered is not None:
            wrong.append(Case(row["id"] + "-wrong", latex(altered), assume, False))
    return true, wrong


def _usual(text: str) -> grim.Expr | None:
    """The expression, if all of it is usual notation and finite."""
    try:
        claim = grim.read(text)
        latex(claim)
    except (KeyError, ValueError):
        return None
    heads = {part.head for part in claim.walk() if part.args}
    is_usual = claim.head in _HEADS and heads <= USUAL
    return claim if is_usual and "Infinity" not in text else None


def _altered(claim: grim.Expr, row: dict[str, Any]) -> grim.Expr | None:
    try:
        assumptions = [grim.read(text) for text in row["assumptions"][:1]]
    except ValueError:
        return None
    return mutated(claim, assumptions, row["variables"], random.Random(row["id"]))


def mamut(folder: Path) -> list[Case]:
    """The named identities that are formulas, in true and false versions."""
    lines = (folder / "corpus.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [Case(row[0], row[3], (), row[2] == "1") for row in rows if not _PROSE.search(row[3])]


def answer_pairs(folder: Path) -> list[Case]:
    """Pairs of answers as an equation, where both are formulas and nothing else."""
    found = []
    for number, row in enumerate(_rows(folder / "pairs.jsonl")):
        gold, pred = _answer(row["gold"]), _answer(row["pred"])
        if gold and pred:
            found.append(Case(f"pair-{number}", f"{gold} = {pred}", (), bool(row["expected"])))
    return found


def _answer(text: str) -> str | None:
    """A bare formula, without its delimiters; None for prose."""
    body = text.strip()
    for opener, closer in (("$$", "$$"), ("$", "$"), (r"\[", r"\]"), (r"\(", r"\)")):
        if body.startswith(opener) and body.endswith(closer) and len(body) > 2 * len(opener):
            body = body[len(opener) : -len(closer)].strip()
            break
    boxed = re.fullmatch(r"\\boxed\{(.*)\}", body)
    body = boxed[1] if boxed else body
    is_formula = not re.search(
        r"\$|\\boxed|\\text|=|[A-Za-z]{4,}", re.sub(r"\\[A-Za-z]+", "", body)
    )
    return body if is_formula and body else None


_PROSE = re.compile(r"\b(the|and|of|is|for all)\b")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
