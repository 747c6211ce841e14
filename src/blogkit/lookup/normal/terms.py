"""Terms: what a formula says, without how it is set; the trees that search works on.

A term is a label and its parts. Leaves are labelled by kind and name: `v:x` a variable, `f:f` a
letter that is applied, `n:12` a number, `c:π` a constant, `F:sin` a named function, `?:a` a
wildcard; the label of a tree with parts is its operation. Terms know two keys from birth:
equal `key` means the same up to the order of sums, products and the sides of symmetric relations;
equal `shape` the same when the names of variables are blotted out. Imports only `normal_symbols`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from blogkit.lookup.normal.symbols import COMMUTATIVE, SAME_LABELS

SAYS_LITTLE: Final = 3
"""A formula of fewer nodes, such as the symbol `x` or the name `max`, says little by itself."""


@cache
def label_key(label: str) -> int:
    """A number of 60 bits for a label, the same in every process."""
    return (
        int.from_bytes(
            hashlib.blake2b(
                SAME_LABELS.get(label, label).encode("utf-8", "surrogatepass"), digest_size=8
            ).digest(),
            "big",
        )
        >> 4
    )


_ANY_VARIABLE = label_key("v:")
_ANY_FUNCTION = label_key("f:")


class Term:
    """An operation with its parts, or a leaf."""

    __slots__ = ("depth", "end", "key", "kids", "label", "shape", "size", "start")

    def __init__(self, label: str, kids: Sequence["Term"], start: int, end: int) -> None:
        self.label = label
        """The operation, or kind and name of a leaf."""
        self.kids = tuple(kids)
        """The parts; in no particular order where the label is commutative."""
        self.start = start
        """First code point in the source."""
        self.end = end
        """One past the last."""
        own = label_key(label)
        if not self.kids:
            self.size = self.depth = 1
            self.key = own
            kind = label[:2]
            self.shape = _ANY_VARIABLE if kind == "v:" else _ANY_FUNCTION if kind == "f:" else own
            return
        keys = [kid.key for kid in self.kids]
        shapes = [kid.shape for kid in self.kids]
        if label in COMMUTATIVE:
            keys.sort()
            shapes.sort()
        self.size = 1 + sum(kid.size for kid in self.kids)
        self.depth = 1 + max(kid.depth for kid in self.kids)
        self.key = hash((own, *keys))
        self.shape = hash((own, 1, *shapes))

    def __repr__(self) -> str:
        """`(label part part)`, for tests and for reading."""
        if not self.kids:
            return self.label
        return f"({' '.join([self.label, *map(repr, self.kids)])})"

    def walk(self) -> Iterator["Term"]:
        """The term and all its parts, each before its own parts."""
        waiting = [self]
        while waiting:
            term = waiting.pop()
            yield term
            waiting.extend(reversed(term.kids))
