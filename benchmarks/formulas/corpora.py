"""What is searched: the public formula sets of `../shared/data`, read into plain records.

Must not import blogkit: the peers are measured without it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"

Item = tuple[str, str]
"""A formula as engines get it: id, LaTeX."""


@dataclass(frozen=True)
class Topic:
    """One ARQMath query."""

    id: str
    latex: str
    grades: dict[str, int]
    """Judged formulas: item id to 0 (not relevant) ... 3 (high)."""


@dataclass(frozen=True)
class FungrimFormula:
    """One true formula, with the expression tree beside its LaTeX."""

    id: str
    latex: str
    tree: str
    free_variables: tuple[str, ...]


@dataclass(frozen=True)
class NamedIdentity:
    """One version, true or false, of an identity such as the quadratic formula."""

    id: str
    name: str
    is_true: bool
    latex: str


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def arqmath_items() -> list[Item]:
    """The 40,583 formulas, in the file's order; ids are prefixed `arq:`."""
    return [(f"arq:{row[0]}", row[2]) for row in _rows(DATA / "arqmath-2020" / "corpus.tsv")]


def arqmath_topics() -> list[Topic]:
    """The 45 topics with their judgements."""
    folder = DATA / "arqmath-2020"
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        topic, _, formula, grade = line.split()
        grades.setdefault(topic, {})[f"arq:{formula}"] = int(grade)
    rows = _rows(folder / "queries.tsv")
    return [Topic(row[0], row[5], grades.get(row[0], {})) for row in rows]


def fungrim_formulas() -> list[FungrimFormula]:
    """The 2,764 formulas; ids are prefixed `fun:`."""
    path = DATA / "fungrim" / "formulas.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        FungrimFormula(f"fun:{r['id']}", r["latex"], r["grim"], tuple(r["variables"]))
        for r in records
    ]


def named_identities() -> list[NamedIdentity]:
    """The 320 distinct versions of 71 identities; ids are prefixed `nmf:`."""
    rows = _rows(DATA / "mamut-named-identities" / "corpus.tsv")
    return [NamedIdentity(f"nmf:{row[0]}", row[1], row[2] == "1", row[3]) for row in rows]
