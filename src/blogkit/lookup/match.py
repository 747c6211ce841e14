"""Matching a pattern with a term: unification under one renaming, sums and products in any order.

One search with an explicit stack of choices, so that neither deep nor wide terms overflow, and
with a budget of steps, so that no pattern takes long. A variable of the pattern stands for one
variable of the term and no two for the same; a letter that the pattern applies may be renamed only
where it is one of the usual letters of any function (`FREE_FUNCTIONS`).
Imports `normal_terms` and `normal_symbols`.
"""

from collections.abc import Iterator

from blogkit.lookup.normal.symbols import COMMUTATIVE, EXPECTATIONS, FREE_FUNCTIONS, REACHING
from blogkit.lookup.normal.terms import Term, label_key
from blogkit.results.records import record

STEPS = 3_000
"""Of one search; a formula that needs more counts as not matching."""
WIDEST = 200
"""Parts of a commutative term that are tried against one another."""


@record
class Match:
    """How a pattern fits a term."""

    whole: bool
    """Whether all of the term was matched."""
    renamed: bool
    """Whether some variable goes by another name."""
    renamed_functions: int
    """How many letters that are applied or bear an index go by another name."""
    in_order: bool
    """Whether what was matched stands in the pattern's order."""
    start: int
    """First code point that was matched."""
    end: int
    """One past the last."""
    bindings: dict[str, tuple[Term, ...]]
    """Label of a wildcard -> what it stands for; several where they are parts of a sum."""
    operators: dict[str, str]
    """Label of an operator's wildcard -> label of what it stands for."""


@record
class _Pair:
    """To be shown: pattern and term say the same."""

    pattern: Term
    term: Term


@record
class _Bag:
    """To be shown: the patterns stand for the terms, in some order."""

    patterns: tuple[Term, ...]
    terms: tuple[Term, ...]
    partial: bool
    """Whether terms may be left over."""


_Goals = tuple["_Pair | _Bag", "_Goals"] | None


def find_match(pattern: Term, term: Term, *, rename: bool, parts: bool = True) -> Match | None:
    """The first fit of a pattern: all of the term, else the first part of it.

    Args:
        pattern: leaves that begin with `?` are wildcards.
        term: what is looked at.
        rename: whether variables may go by other names.
        parts: whether to look further in than the term itself.
    """
    search = Search(pattern, rename=rename)
    found = search.fit(term)
    if found is not None or not parts:
        return found
    if pattern.label[:1] == "?" and not pattern.kids:
        return None
    for part in term.walk():
        found = search.fit_part(part, part is term)
        if found is not None or search.steps > STEPS:
            return found
    return None


class Search:
    """One pattern being looked for."""

    def __init__(self, pattern: Term, *, rename: bool) -> None:
        self.pattern = pattern
        self.rename = rename
        self.steps = 0
        self.indexed = {part.kids[0].label for part in pattern.walk() if part.label == "_"}
        self.open: set[int] = set()
        for part in reversed(list(pattern.walk())):
            says_all = part.label[:1] != "?" and not leaves_bounds_open(part)
            if not says_all or any(id(kid) in self.open for kid in part.kids):
                self.open.add(id(part))
        self._forget()

    def _forget(self) -> None:
        self.names: dict[str, str] = {}
        self.taken: dict[str, str] = {}
        self.bound: dict[str, tuple[Term, ...]] = {}
        self.operators: dict[str, str] = {}
        self.left_over: dict[int, tuple[Term, ...]] = {}
        self.passed_over: dict[str, str] = {}
        self.trail: list[tuple[dict[str, object], str]] = []

    def fit(self, term: Term) -> Match | None:
        """All of a term."""
        self._forget()
        if self._solve((_Pair(self.pattern, term), None)):
            return self._match(term, term.start, term.end, whole=not self.passed_over)
        return None

    def fit_part(self, part: Term, is_whole: bool) -> Match | None:
        """A term within, or some parts of a sum, a product, a list or a chain of relations."""
        pattern = self.pattern
        if not is_whole and self._may_be(part):
            self._forget()
            if self._solve((_Pair(pattern, part), None)):
                return self._match(part, part.start, part.end, whole=False)
        wider = part.label == pattern.label and len(part.kids) > len(pattern.kids) > 0
        if wider and pattern.label in COMMUTATIVE and len(part.kids) <= WIDEST:
            self._forget()
            if self._solve((_Bag(self._ordered(pattern.kids), part.kids, True), None)):
                taken = self._taken(part)
                start, end = min(t.start for t in taken), max(t.end for t in taken)
                return self._match(part, start, end, whole=False)
        if part.label in ("chain", "list"):
            return self._fit_window(part)
        return None

    def _may_be(self, part: Term) -> bool:
        if id(self.pattern) in self.open:
            return True
        return part.shape == self.pattern.shape

    def _fit_window(self, part: Term) -> Match | None:
        """Neighbours in a chain or list."""
        pattern = self.pattern
        wanted = pattern.kids
        step = 1
        if part.label == "chain":
            step = 2
            if pattern.label != "chain":
                if len(wanted) != 2:
                    return None
                sign = Term(f"r:{pattern.label}", (), 0, 0)
                wanted = (wanted[0], sign, wanted[1])
        elif pattern.label != "list":
            return None
        orders = [wanted]
        if part.label == "chain" and len(wanted) == 3 and pattern.label in COMMUTATIVE:
            orders.append(wanted[::-1])
        for begin in range(0, len(part.kids) - len(wanted) + 1, step):
            window = part.kids[begin : begin + len(wanted)]
            for order in orders:
                self._forget()
                goals: _Goals = None
                for one, other in zip(order, window, strict=True):
                    goals = (_Pair(one, other), goals)
                if self._solve(goals):
                    start, end = min(t.start for t in window), max(t.end for t in window)
                    return self._match(part, start, end, whole=False)
        return None

    def _taken(self, part: Term) -> list[Term]:
        left = {id(term) for term in self.left_over.get(0, ())}
        return [kid for kid in part.kids if id(kid) not in left] or list(part.kids)

    def _match(self, term: Term, start: int, end: int, *, whole: bool) -> Match:
        changed = [one for one, other in self.names.items() if one != other]
        functions = sum(name[:2] == "f:" or name in self.indexed for name in changed)
        operators = dict(self.operators)
        in_order = _in_order(self.pattern, term, self.names)
        return Match(
            whole, bool(changed), functions, in_order, start, end, dict(self.bound), operators
        )

    # ---- the search

    def _solve(self, goals: _Goals) -> bool:
        """Whether all goals can be shown at once."""
        choices: list[tuple[Iterator[_Goals], int]] = []
        while goals is not None:
            self.steps += 1
            if self.steps > STEPS:
                return False
            goal, rest = goals
            if isinstance(goal, _Pair):
                shown, goals = self._pair(goal, rest)
            else:
                alternatives = self._bag(goal, rest)
                choices.append((alternatives, len(self.trail)))
                shown = False
            while not shown:
                if not choices:
                    return False
                alternatives, length = choices[-1]
                self._undo(length)
                following = next(alternatives, _NO_MORE)
                if following is _NO_MORE:
                    choices.pop()
                else:
                    shown, goals = True, following  # type: ignore[assignment]
        return True

    def _pair(self, goal: _Pair, rest: _Goals) -> tuple[bool, _Goals]:
        """Whether the goal may hold, and what is left to be shown."""
        pattern, term = goal.pattern, goal.term
        label = pattern.label
        if label[:1] == "?":
            return self._wildcard(pattern, term, rest)
        if id(pattern) not in self.open:
            if not self.rename:
                return pattern.key == term.key, rest
            if pattern.shape != term.shape:
                return False, rest
        if not pattern.kids:
            return self._leaf(label, term), rest
        if not _can_be(label, term):
            return False, rest
        if label in COMMUTATIVE:
            if len(pattern.kids) > len(term.kids) or len(term.kids) > WIDEST:
                return pattern.key == term.key, rest
            return True, (_Bag(self._ordered(pattern.kids), term.kids, False), rest)
        kids = term.kids
        if leaves_bounds_open(pattern) and (fitted := _with_bounds_of(pattern, term)) != kids:
            kids = fitted
            self._set(self.passed_over, "bounds", "")
        if len(pattern.kids) != len(kids):
            return False, rest
        for one, other in zip(reversed(pattern.kids), reversed(kids), strict=True):
            rest = (_Pair(one, other), rest)
        return True, rest

    def _leaf(self, label: str, term: Term) -> bool:
        """A symbol: the same, or a variable that can go by that name."""
        other = term.label
        kind = label[:2]
        if not self.rename or kind not in ("v:", "f:"):
            return label_key(label) == term.key
        if kind != other[:2]:
            return label_key(label) == term.key
        if label != other and kind == "f:" and label[2:] not in FREE_FUNCTIONS:
            return False
        if label in self.names or other in self.taken:
            return self.names.get(label) == other and self.taken.get(other) == label
        self._set(self.names, label, other)
        self._set(self.taken, other, label)
        return True

    def _wildcard(self, pattern: Term, term: Term, rest: _Goals) -> tuple[bool, _Goals]:
        label = pattern.label
        if label[:3] == "?op":
            return self._operator(pattern, term, rest)
        if not _is_kind(label, term):
            return False, rest
        if label.endswith(":"):
            return True, rest
        if label in self.bound:
            return _key(self.bound[label]) == term.key, rest
        self._set(self.bound, label, (term,))
        return True, rest

    def _operator(self, pattern: Term, term: Term, rest: _Goals) -> tuple[bool, _Goals]:
        """`a ?op b` with any operation on two, `?op(x)` with any function."""
        label, found = pattern.label, term.label
        if not pattern.kids:
            if term.kids or found[:2] not in ("F:", "f:", "c:"):
                return False, rest
        elif len(term.kids) != len(pattern.kids):
            return False, rest
        if not label.endswith(":"):
            if self.operators.get(label, found) != found:
                return False, rest
            self._set(self.operators, label, found)
        if not pattern.kids:
            return True, rest
        kids = term.kids
        if found == "+" and kids[-1].label == "neg" and pattern.kids[-1].label != "neg":
            kids = (*kids[:-1], kids[-1].kids[0])
        elif found in COMMUTATIVE:
            return True, (_Bag(self._ordered(pattern.kids), kids, False), rest)
        for one, other in zip(pattern.kids, kids, strict=True):
            rest = (_Pair(one, other), rest)
        return True, rest

    def _ordered(self, kids: tuple[Term, ...]) -> tuple[Term, ...]:
        """Parts of a pattern, those that say most first, bare wildcards last."""
        return tuple(sorted(kids, key=lambda kid: (kid.label[:1] == "?", -kid.size)))

    def _bag(self, goal: _Bag, rest: _Goals) -> Iterator[_Goals]:
        """What could be shown instead: each way for the first pattern."""
        if not goal.patterns:
            if not goal.terms or goal.partial:
                self.left_over[0] = goal.terms if goal.partial else self.left_over.get(0, ())
                yield rest
            return
        first, others = goal.patterns[0], goal.patterns[1:]
        if len(goal.terms) < len(goal.patterns):
            return
        if first.label[:2] == "?:" and not others and not goal.partial and len(goal.terms) > 1:
            if self._bind_rest(first.label, goal.terms):
                yield rest
            return
        tried: set[int] = set()
        is_open = id(first) in self.open
        for at, term in enumerate(goal.terms):
            if term.key in tried:
                continue
            tried.add(term.key)
            if not is_open and (
                term.shape != first.shape if self.rename else term.key != first.key
            ):
                continue
            if is_open and first.label[:1] != "?" and not _can_be(first.label, term):
                continue
            left = (*goal.terms[:at], *goal.terms[at + 1 :])
            yield (_Pair(first, term), (_Bag(others, left, goal.partial), rest))

    def _bind_rest(self, label: str, terms: tuple[Term, ...]) -> bool:
        """The last wildcard of a sum or product takes all that is left."""
        if label == "?:":
            return True
        if label in self.bound:
            bound = self.bound[label]
            flat = bound[0].kids if len(bound) == 1 else bound
            return sorted(t.key for t in flat) == sorted(t.key for t in terms)
        self._set(self.bound, label, terms)
        return True

    def _set(
        self,
        table: dict[str, object] | dict[str, str] | dict[str, tuple[Term, ...]],
        name: str,
        value: object,
    ) -> None:
        if name not in table:
            table[name] = value  # type: ignore[assignment]
            self.trail.append((table, name))  # type: ignore[arg-type]

    def _undo(self, length: int) -> None:
        while len(self.trail) > length:
            table, name = self.trail.pop()
            del table[name]


_NO_MORE = object()


BOUNDS = ("under", "over")
"""What stands below and above a sum, an integral, a limit."""


def leaves_bounds_open(term: Term) -> bool:
    r"""Whether it is a sum or the like that stands for one with more bounds.

    It has none, or no more than its index below. An expectation without what is drawn from what
    stands for one that says it.

    >>> from blogkit.lookup.normal.form import normal_form
    >>> sums = [r"\sum x", r"\sum_i x_i", r"\sum_{i=1} x_i", r"\sum^n x"]
    >>> [leaves_bounds_open(normal_form(latex)) for latex in sums]
    [True, True, False, False]
    """
    if _is_expectation(term):
        return term.kids[0].label != "_"
    bounds = [kid for kid in term.kids if kid.label in BOUNDS]
    only_index = len(bounds) == 1 and bounds[0].label == "under" and not bounds[0].kids[0].kids
    return term.label in REACHING and (not bounds or only_index)


def _is_expectation(term: Term) -> bool:
    """Whether it is an expectation, a variance or a probability of something."""
    if term.label != "app":
        return False
    head = term.kids[0]
    return (head.kids[0] if head.label == "_" else head).label in EXPECTATIONS


def _with_bounds_of(pattern: Term, term: Term) -> tuple[Term, ...]:
    """The parts of a sum, its bounds said no further than in the pattern."""
    if _is_expectation(term):
        head = term.kids[0]
        return (head.kids[0] if head.label == "_" else head, *term.kids[1:])
    said = {kid.label for kid in pattern.kids}
    kids = [kid for kid in term.kids if kid.label not in BOUNDS or kid.label in said]
    return tuple(_index_alone(kid) if kid.label == "under" else kid for kid in kids)


def _index_alone(below: Term) -> Term:
    """The index below a sum without what it runs over: `i` of `i = 1` and of `i \\in S`."""
    index = next((part for part in below.kids[0].kids if part.label[:2] == "v:"), None)
    return below if index is None else Term("under", (index,), index.start, index.end)


def _can_be(label: str, term: Term) -> bool:
    r"""Whether a pattern of that label may stand for a term; `?f(x)` for `\exp(x)` too."""
    is_exponential = term.label == "^" and term.kids[0].label == "c:exp"
    return label == term.label or (label == "app" and is_exponential)


def _key(terms: tuple[Term, ...]) -> int:
    return terms[0].key if len(terms) == 1 else 0


def _in_order(pattern: Term, term: Term, names: dict[str, str]) -> bool:
    """Whether the symbols of the pattern come in the same order in the term's source."""
    wanted = [names.get(leaf.label, leaf.label) for leaf in _leaves(pattern)]
    found = iter([leaf.label for leaf in _leaves(term)])
    return all(label in found for label in wanted if label[:1] != "?")


def _leaves(term: Term) -> list[Term]:
    leaves = [part for part in term.walk() if not part.kids]
    return sorted(leaves, key=lambda leaf: leaf.start)


def _is_kind(label: str, term: Term) -> bool:
    """Whether a typed wildcard may stand for a term."""
    if label[:5] == "?num:":
        number = term.kids[0] if term.label == "neg" else term
        return number.label[:2] == "n:"
    if label[:5] == "?var:":
        return term.label[:2] == "v:"
    return bool(term.label)
