"""The features of a term that an index stores: what a similar formula shares.

Each feature is a 60-bit number whose lowest three bits say its family:

- `LABEL`: a symbol or operation, wherever it stands;
- `EDGE`: an operation with the label of one of its parts (symbol pairs, as in Tangent: Zanibbi and
  others, SIGIR 2016);
- `PATH`: the operations above a leaf, its own name blotted out (leaf-root paths, as in Approach0:
  Zhong and Zanibbi, ECIR 2019), so that a renamed formula shares them;
- `NEIGHBOURS`: two leaves side by side in the source;
- `TREE` and `SHAPE`: a whole part, with and without the names of its variables;
- `ROOT`: the whole formula, with and without.

Wildcards, and what holds one, have no features: they could be anything. Imports only
`normal_terms` and `normal_symbols`.
"""

from itertools import pairwise
from typing import Final

from blogkit.lookup.normal.symbols import COMMUTATIVE
from blogkit.lookup.normal.terms import Term, label_key

LABEL, EDGE, PATH, NEIGHBOURS, TREE, SHAPE, ROOT = range(7)
FAMILIES: Final = 7
FAMILY: Final = 7
"""The bits of a feature that say its family."""
LONGEST_PATH: Final = 4
"""Operations in a path."""
_MASK = (1 << 60) - 8
_VARIABLE = label_key("v:")
MOST_FEATURES: Final = 20_000
"""Of one formula; what is beyond is found by what comes first."""


def features(term: Term) -> list[int]:
    """The features of a formula, repeated as often as they occur.

    Cost: linear in the size of the term; about 4 µs a node.
    """
    found = [] if has_wildcard(term) else [root_key(term), root_shape(term)]
    leaves: list[int] = []
    _walk(term, (), found, leaves)
    for one, other in pairwise(leaves):
        found.append(hash((one, other)) & _MASK | NEIGHBOURS)
    return found[:MOST_FEATURES]


def stored_features(term: Term) -> list[int]:
    r"""The features under which a formula is stored; `?f(?x)` finds `\exp(x)`, a power, as well."""
    found = features(term)
    exponentials = sum(part.label == "c:exp" for part in term.walk())
    return found + [label_feature("app")] * exponentials


def root_key(term: Term) -> int:
    """The feature of formulas that are this term."""
    return hash((term.key, 2)) & _MASK | ROOT


def root_shape(term: Term) -> int:
    """The feature of formulas that are this term but for the names of variables."""
    return hash((term.shape, 3)) & _MASK | ROOT


def tree_key(term: Term) -> int:
    """The feature of formulas that hold this term, which has parts."""
    return term.key & _MASK | TREE


def shape_key(term: Term) -> int:
    """The feature of formulas that hold this term but for the names of variables."""
    return term.shape & _MASK | SHAPE


def label_feature(label: str) -> int:
    """The feature of formulas that hold this symbol."""
    return label_key(label) & _MASK | LABEL


def has_wildcard(term: Term) -> bool:
    """Whether some part is a wildcard."""
    return any(part.label[:1] == "?" for part in term.walk())


def _walk(term: Term, above: tuple[int, ...], found: list[int], leaves: list[int]) -> bool:
    """Append the features of a term; whether it holds a wildcard."""
    label = term.label
    kind = label[:2]
    if label[:1] == "?":
        for kid in term.kids:
            _walk(kid, (), found, leaves)
        return True
    if not label:
        return False
    own = label_key(label[2:] if kind == "r:" else label)
    found.append(own & _MASK | LABEL)
    if above:
        found.append(hash((above[-1], own)) & _MASK | EDGE)
    if not term.kids:
        leaves.append(own)
        nameless = _VARIABLE if kind in ("v:", "f:") else own
        for length in range(1, len(above) + 1):
            found.append(hash((nameless, *above[-length:])) & _MASK | PATH)
        return False
    ordered = label not in COMMUTATIVE
    open_part = False
    for role, kid in enumerate(term.kids):
        step = own + role if ordered and role < 3 else own
        open_part |= _walk(kid, (*above[1 - LONGEST_PATH :], step), found, leaves)
    if not open_part:
        found.append(term.key & _MASK | TREE)
        found.append(term.shape & _MASK | SHAPE)
    return open_part
