r"""Claims on vectors that softmax makes, as claims on their entries.

It exists because `\operatorname{softmax}(x+c) = \operatorname{softmax}(x)` is about every entry,
where the methods for numbers prove it; `\nabla \log\sum_j e^{x_j}` is that vector too. What was
read as a vector, and the range of an index, is stated. Imports `derivatives` and the operator
tree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.named_functions import named_function
from blogkit.formula.printing import to_latex
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.outcomes import NotApplicable
from blogkit.meaning.trees.derivatives import derivative_of
from blogkit.meaning.trees.rewriting import map_nodes

_NUMBERS = frozenset("abcdknαβγδεηλμτtT")
_ONE = t.Number("1")


def by_entries(claim: Tree) -> tuple[Tree, tuple[Fact, ...], tuple[Fact, ...]]:
    r"""A claim on entries; what was taken for a vector; the ranges of indices that it rests on.

    >>> from blogkit.meaning.trees.reading import read
    >>> put, vectors, _ = by_entries(read(r"\operatorname{softmax}(x)_1 > 0").tree)
    >>> to_latex(put), [fact.latex for fact in vectors]
    ('\\frac{e^{x_{1}}}{\\sum_{j = 1}^{n} e^{x_{j}}} > 0', ['x \\text{ is a vector}'])
    """
    if not any(map(_is_wanted, walk(claim))):
        return claim, (), ()
    try:
        reader = _Entries(claim, _vectors(claim))
        changed = reader.claim(claim)
    except NotApplicable:
        return claim, (), ()
    if any(map(_is_wanted, walk(changed))):
        return claim, (), ()
    vectors = (t.Where(name, "where", t.Text("a vector")) for name in reader.vectors)
    return changed, _facts(sorted(vectors, key=to_latex)), _facts(dict.fromkeys(reader.ranges))


def _facts(trees: Iterable[Tree]) -> tuple[Fact, ...]:
    return tuple(Fact(tree, to_latex(tree), "notation") for tree in trees)


def _is_wanted(node: Tree) -> bool:
    """Whether a node takes a vector or is a derivative by a member of one."""
    match node:
        case t.Call(function=Symbol() as name):
            known = named_function(name)
            return known is not None and known.takes == "vector"
        case t.Apply(args=(_, t.Index(base=Symbol(font="bold")))) if node.operator in DERIVATIVES:
            return False
        case t.Apply(operator="partial" | "derivative", args=(_, t.Index())):
            return True
        case t.Apply(operator="gradient", args=(inner, *_)):
            return any(isinstance(part, t.Big) or _is_wanted(part) for part in walk(inner))
    return False


def _vectors(claim: Tree) -> frozenset[Symbol]:
    """Names with an index, bold ones, what is derived by, and else letters that are no numbers."""
    found: set[Symbol] = set()
    for node in walk(claim):
        match node:
            case t.Index(base=Symbol() as base):
                found.add(base)
            case t.Apply(operator="gradient", args=(_, Symbol() as by)):
                found.add(by)
            case t.Call(args=args) if _is_wanted(node):
                names = frozenset(name for arg in args for name in variables(arg).free)
                bold = {name for name in names if name.font == "bold" and name.name != "1"}
                plain = {name for name in names if name.name not in _NUMBERS}
                found |= bold or (plain & found) or plain or names
    return frozenset(found)


@dataclass(slots=True)
class _Entries:
    """Reads vectors by an index."""

    whole: Tree
    vectors: frozenset[Symbol]
    ranges: list[Tree] = field(default_factory=list)

    def _fresh(self, names: str) -> Symbol:
        used = {node.name for node in walk(self.whole) if isinstance(node, Symbol)}
        return Symbol(next(name for name in names if name not in used))

    def claim(self, claim: Tree) -> Tree:
        if isinstance(claim, t.Relation) and any(map(self._is_vector, claim.operands)):
            index = self._fresh("iklmp")
            sides = tuple(self._entry(side, index) for side in claim.operands)
            return replace(claim, operands=sides)
        return self._scalar(claim)

    def _is_vector(self, tree: Tree) -> bool:
        match tree:
            case t.Call(function=Symbol() as name):
                known = named_function(name)
                return known is not None and known.gives == "vector"
            case t.Apply(operator="gradient"):
                return True
            case t.Apply(operator="plus" | "minus" | "times" | "divide", args=args):
                return any(map(self._is_vector, args))
        return tree in self.vectors

    def _entry(self, tree: Tree, index: Tree) -> Tree:
        """Entry `index` of a vector; a number is the same in all entries."""
        match tree:
            case Symbol(name="1", font="bold"):
                return _ONE
            case Symbol() if tree in self.vectors:
                return t.Index(self._plain(tree), (index,))
            case t.Apply(operator="plus" | "minus" | "times" | "divide" as operator, args=args):
                if operator == "times" and sum(map(self._is_vector, args)) > 1:
                    raise NotApplicable
                return replace(tree, args=tuple(self._entry(arg, index) for arg in args))
            case t.Apply(operator="gradient", args=(inner, *by)):
                return self._slope(
                    self._scalar(inner), t.Index(self._plain(self._by(by)), (index,))
                )
            case t.Call(args=(vector,)) if self._is_vector(tree):
                return t.Apply("divide", (_exp(self._entry(vector, index)), self._total(vector)))
        if self._holds_whole(tree):
            raise NotApplicable
        return self._scalar(tree)

    def _holds_whole(self, tree: Tree) -> bool:
        """Whether a vector stands in an expression as a whole, not by its entries."""
        if isinstance(tree, t.Index) or any(map(_is_wanted, walk(tree))):
            return False
        return tree in self.vectors or any(map(self._holds_whole, tree.children))

    def _plain(self, vector: Symbol) -> Symbol:
        r"""The name of the entries of a vector: `z_i` of a bold `\mathbf{z}`."""
        plain = replace(vector, font="")
        if vector.name.isupper():
            raise NotApplicable
        if plain != vector and plain in walk(self.whole):
            raise NotApplicable
        return plain

    def _slope(self, of: Tree, by: t.Index) -> Tree:
        """A derivative by an entry, whose index is in the one range that the sums run through."""
        sums = [n for n in walk(of) if isinstance(n, t.Big) and by.base in walk(n.body)]
        ends = {(big.lower, big.upper) for big in sums}
        is_held = any(isinstance(node, t.Index) and node.base == by.base for node in walk(of))
        if not is_held and variables(of).free:
            raise NotApplicable  # how it depends on the family is not known
        if len(ends) > 1 or len(by.indices) != 1 or not isinstance(by.indices[0], Symbol):
            raise NotApplicable
        for lower, upper in ends:
            if lower is None or upper is None:
                raise NotApplicable
            self.ranges.append(t.Relation((lower, by.indices[0], upper), ("≤", "≤")))
        return derivative_of(of, by)

    def _by(self, by: list[Tree]) -> Symbol:
        names = [*(name for name in by if isinstance(name, Symbol)), *self.vectors]
        if not names or (not by and len(self.vectors) != 1):
            raise NotApplicable
        return names[0]

    def _total(self, vector: Tree) -> Tree:
        """The sum of the exponentials of all entries."""
        name = self._fresh("jklmq")
        entry = self._entry(vector, name)
        if name not in walk(entry):
            raise NotApplicable
        return t.Big("sum", (name,), _ONE, self._size, None, _exp(entry))

    @property
    def _size(self) -> Tree:
        """The upper end of a sum of the claim, which runs through all entries, else a new name."""
        ends = [n.upper for n in walk(self.whole) if isinstance(n, t.Big) and n.upper is not None]
        return ends[0] if ends else self._fresh("ndNm")

    def _scalar(self, tree: Tree) -> Tree:
        """An expression of numbers, the functions of vectors in it worked out."""
        return map_nodes(tree, self._changed)

    def _changed(self, node: Tree) -> Tree:
        match node:
            case t.Index(base=t.Call() as call, indices=(index,)) if self._is_vector(call):
                return self._entry(call, index)
            case t.Index(base=t.Apply(operator="divide") as entry):
                return entry
            case t.Index(base=Symbol(font="bold") as base) if base in self.vectors:
                return replace(node, base=self._plain(base))
            case t.Call(function=Symbol() as name, args=(vector,)) if not self._is_vector(node):
                known = named_function(name)
                if known is not None and known.takes == "vector":
                    return t.Apply("log", (self._total(vector),))
            case t.Call(function=Symbol() as name, args=items) if not self._is_vector(node):
                known = named_function(name)
                if known is not None and known.takes == "vector":
                    dots = (i if isinstance(i, t.Ellipsis) else _exp(i) for i in items)
                    return t.Apply("log", (t.Apply("plus", tuple(dots)),))
            case t.Apply(operator="partial" | "derivative", args=(of, t.Index() as by)):
                return self._slope(of, by)
            case t.Big(operator="sum", lower=None, upper=None, condition=None, bound=(_,)):
                return replace(node, lower=_ONE, upper=self._size)
        return node


def _exp(tree: Tree) -> Tree:
    return t.Apply("power", (t.Constant("e"), tree))
