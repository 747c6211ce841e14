"""One renaming of a formula's variables that makes it most like a pattern.

What is common to two formulas is what aligns under one renaming, not what each pair of parts could
be made to share by a renaming of its own (Zhong and Zanibbi, ECIR 2019). The renaming is chosen by
where the variables stand: two that stand under the same operations are likely the same variable.
Greedy: the pair that shares most goes first. Imports `normal_terms` and `normal_symbols`.
"""

from collections import Counter

from blogkit.lookup.normal.symbols import COMMUTATIVE
from blogkit.lookup.normal.terms import Term, label_key

Contexts = dict[str, Counter[int]]
"""Label of a variable -> where it stands, and how often there."""

SAME_NAME = 0.5
"""What it counts for a pair that the two go by one name already."""

MOST_PAIRS = 1_000
"""Of variables that are compared; formulas with more are not renamed."""


def variable_contexts(term: Term) -> Contexts:
    """Where each variable stands: under which operations, three deep and less."""
    found: Contexts = {}
    _walk(term, 0, 0, 0, found)
    return found


def _walk(term: Term, first: int, second: int, third: int, found: Contexts) -> None:
    label = term.label
    if not term.kids:
        if label[:2] in ("v:", "f:"):
            places = found.setdefault(label, Counter())
            for place in ((first,), (first, second), (first, second, third)):
                places[hash(place)] += 1
        return
    own = label_key(label)
    ordered = label not in COMMUTATIVE
    for role, kid in enumerate(term.kids):
        _walk(kid, own + role if ordered and role < 3 else own, first, second, found)


def best_renaming(pattern: Contexts, formula: Contexts) -> dict[str, str]:
    """Labels of the formula -> labels of the pattern; only those that change.

    A variable of the formula that gets no partner, and whose name another one takes, is marked.
    """
    if len(pattern) * len(formula) > MOST_PAIRS:
        return {}
    pairs: list[tuple[float, str, str]] = []
    for label, places in formula.items():
        for wanted, others in pattern.items():
            if label[:2] == wanted[:2]:
                shared = float((places & others).total())
                if shared:
                    pairs.append((shared + SAME_NAME * (label == wanted), label, wanted))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for _, label, wanted in pairs:
        if label not in chosen and wanted not in taken:
            chosen[label] = wanted
            taken.add(wanted)
    if all(label == wanted for label, wanted in chosen.items()):
        return {}
    stranded = {label: f"{label}'" for label in formula if label not in chosen and label in taken}
    return {label: other for label, other in chosen.items() if label != other} | stranded
