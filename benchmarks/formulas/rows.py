"""The rows of the table: which queries are asked of which collection, and their figures."""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .corpora import Item, NamedIdentity, Topic
from .known_items import KINDS, KnownItem
from .scores import is_deceived, mean, percentile, recall, reciprocal_rank

GRADE = 2
"""What counts as relevant in ARQMath: 2 (medium) and 3 (high)."""

Answers = dict[str, list[str]]
"""LaTeX of a query to the ids found, best first."""


@dataclass(frozen=True)
class Collection:
    """One index to be built, and what is asked of it."""

    items: list[Item]
    queries: list[str]
    limit: int
    timed_queries: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Miss:
    """A query that did badly, for `--dump`."""

    row: str
    query: str
    expected: list[str]
    found: list[str]


@dataclass(frozen=True)
class Figures:
    """What one engine reached: row title to value, and the queries it did badly."""

    values: dict[str, float]
    misses: list[Miss]


def in_half(query_id: str, half: str) -> bool:
    """Whether the query belongs to the half (dev, test, or all), by a hash of its id."""
    digest = hashlib.sha256(query_id.encode()).digest()
    return half == "all" or ("dev", "test")[digest[0] % 2] == half


def arqmath_figures(topics: list[Topic], answers: Answers) -> Figures:
    """MRR and recall; unjudged formulas count as not relevant and keep their places."""
    relevant = {t.id: {i for i, grade in t.grades.items() if grade >= GRADE} for t in topics}
    asked = [(t, relevant[t.id], answers[t.latex]) for t in topics if relevant[t.id]]
    values = {
        "arqmath MRR": mean(reciprocal_rank(found, right) for _, right, found in asked),
        "arqmath recall@10": mean(recall(found, right, 10) for _, right, found in asked),
        "arqmath recall@100": mean(recall(found, right, 100) for _, right, found in asked),
    }
    misses = [
        Miss("arqmath", topic.latex, sorted(right), found[:10])
        for topic, right, found in asked
        if reciprocal_rank(found, right) < 1
    ]
    return Figures(values, misses)


def known_item_figures(items: list[KnownItem], answers: Answers) -> Figures:
    """MRR of the origin among Fungrim, ARQMath and the item's own four copies."""
    ranks: dict[str, list[float]] = {kind: [] for kind in KINDS}
    misses: list[Miss] = []
    for item in items:
        own = {copy_id for copy_id, _ in item.copies}
        found = [i for i in answers[item.query] if _competes(i, own)]
        ranks[item.kind].append(reciprocal_rank(found, {item.origin.id}))
        if ranks[item.kind][-1] < 1:
            misses.append(Miss(f"fungrim {item.kind}", item.query, [item.origin.id], found[:5]))
    return Figures({f"fungrim {kind} MRR": mean(ranks[kind]) for kind in KINDS}, misses)


def _competes(item_id: str, own_copies: set[str]) -> bool:
    return item_id.startswith(("fun:", "arq:")) or item_id in own_copies


def identity_figures(
    asked: list[NamedIdentity], versions: list[NamedIdentity], answers: Answers
) -> Figures:
    """Share of queries deceived: a false version of the identity stands before all true ones.

    A query is a true version that has another true and a false one; itself is not an answer.
    """
    deceived: list[float] = []
    misses: list[Miss] = []
    for query in asked:
        others = [v for v in versions if v.name == query.name and v.id != query.id]
        true_ids = {v.id for v in others if v.is_true}
        false_ids = {v.id for v in others if not v.is_true}
        found = [i for i in answers[query.latex] if i != query.id]
        deceived.append(float(is_deceived(found, true_ids, false_ids)))
        if deceived[-1]:
            shown = [i for i in found if i in true_ids | false_ids]
            misses.append(Miss("identities", query.latex, sorted(true_ids), shown[:5]))
    return Figures({"identities deceived %": 100 * mean(deceived)}, misses)


def identity_queries(versions: list[NamedIdentity]) -> list[NamedIdentity]:
    """The true versions that have another true version and a false one."""
    kinds: dict[str, list[bool]] = {}
    for version in versions:
        kinds.setdefault(version.name, []).append(version.is_true)
    usable = {n for n, truths in kinds.items() if sum(truths) >= 2 and not all(truths)}
    return [v for v in versions if v.is_true and v.name in usable]


def cost_figures(report: dict[str, Any]) -> Figures:
    """Times and memory of the index of ARQMath's formulas."""
    times = report["milliseconds"]
    values = {
        "query p50 ms": percentile(times, 0.50),
        "query p95 ms": percentile(times, 0.95),
        "build s": report["build_seconds"],
        "build peak MiB": report["build_bytes"] / 2**20,
        "peak with queries MiB": report["all_bytes"] / 2**20,
    }
    return Figures(values, [])


_FORMATS: list[tuple[str, Callable[[float], str]]] = [
    ("MRR", lambda value: f"{value:.3f}"),
    ("recall", lambda value: f"{value:.3f}"),
    ("ms", lambda value: f"{value:.1f}"),
    ("", lambda value: f"{value:.0f}"),
]


def printed(title: str, value: float | None) -> str:
    """A figure as the table shows it; `-` where there is none."""
    if value is None or math.isnan(value):
        return "-"
    return next(show for word, show in _FORMATS if word in title)(value)
