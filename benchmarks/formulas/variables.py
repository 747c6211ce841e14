"""Which tokens of a Fungrim formula are variables: said by its expression tree, not guessed.

A letter of the LaTeX counts as a variable only where every one of its occurrences is one in
the tree too; a formula where the counts differ (an index `i` beside the imaginary unit) is
not used.
"""

import re
from collections import Counter

from .corpora import FungrimFormula
from .pieces import MIRRORED, Token, texts

_WORD = re.compile(r"[A-Za-z_]\w*")
_BOUND = re.compile(r"\bFor\((\w+)")


def _latex_name(name: str) -> str:
    return name if len(name) == 1 else "\\" + name


def variable_tokens(formula: FungrimFormula, tokens: list[Token]) -> set[str] | None:
    """The LaTeX tokens that are variables, or None where LaTeX and tree disagree."""
    if "Where(" in formula.tree:  # its definitions bind names that are listed nowhere
        return None
    names = set(formula.free_variables) | set(_BOUND.findall(formula.tree))
    in_tree = Counter(_WORD.findall(formula.tree))
    in_latex = Counter(token.text for token in tokens)
    if any(in_tree[name] != in_latex[_latex_name(name)] for name in names):
        return None
    return {_latex_name(name) for name in names}


def signature(tokens: list[Token], variables: set[str]) -> tuple[object, ...]:
    """Equal for formulas that are the same up to renaming, commuting and swapping sides."""
    counts = Counter(texts(tokens))
    occurrences = sorted(counts[name] for name in variables if counts[name])
    mirrored = {">": "<", r"\ge": r"\le"}
    rest: Counter[str] = Counter()
    for text, count in counts.items():
        if text not in variables:
            rest[mirrored.get(text, text) if text in MIRRORED else text] += count
    return (tuple(occurrences), tuple(sorted(rest.items())))


def renamed_form(tokens: list[Token], variables: set[str]) -> str:
    """The formula with its variables numbered by first occurrence."""
    numbers: dict[str, str] = {}
    return " ".join(
        numbers.setdefault(text, f"?{len(numbers)}") if text in variables else text
        for text in texts(tokens)
    )
