r"""What is to be sampled of a question: the goal, its names, and all that restricts them.

`\forall x > 0: A`, `A \text{ if } x > 0` and `x > 0 \implies A` all ask for A where `x > 0`; here
they become one form. Imports the trees, `question.py`, `instances.py`, `domains.py`.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from blogkit.formula import (
    Apply,
    Big,
    Collection,
    Constant,
    Ellipsis,
    Index,
    Number,
    Opaque,
    Relation,
    Symbol,
    Tree,
    Where,
    variables,
    walk,
)
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.sampling.atoms import Stand, as_names
from blogkit.meaning.sampling.domains import flatten
from blogkit.meaning.trees.instances import unroll
from blogkit.meaning.trees.isolation import isolated
from blogkit.meaning.trees.rewriting import map_nodes, substitute

_D: Final = Symbol("D")


@dataclass(frozen=True, slots=True)
class Goal:
    """A statement with what it is conditional on."""

    tree: Tree
    """The statement, with ellipses made concrete."""
    names: tuple[Symbol, ...]
    """Free scalars, in reading order."""
    statements: tuple[Tree, ...]
    """What restricts them, one by one."""
    conditions: tuple[str, ...] = field(default=())
    """LaTeX of restrictions that were added here: `t \\in \\{1, \\dots, n\\}`."""
    obstacle: str = ""
    """Why it cannot be sampled, or nothing."""
    is_loose: bool = False
    """Whether sums in it don't say over what they run, so that a size was put in."""


def goal_of(claim: Tree, facts: Facts) -> Goal:
    """The goal of a claim under its facts."""
    statements = [part for fact in facts.constraints for part in flatten(fact.tree)]
    tree = claim
    while True:
        inner, premises = _peeled(tree)
        if inner is tree:
            break
        statements += [part for premise in premises for part in flatten(premise)]
        tree = inner
    tree = unroll(tree)
    atoms, holds = as_names(tree, facts)
    tree, *statements = [substitute(part, atoms) for part in (tree, *statements)]
    statements += holds
    used = {*walk(tree)}
    size = next((letter for letter in _SIZES if letter not in used), _LAST_SIZE)
    tree = _ranged_as_in(tree, tree)
    ranged = [_ranged_as_in(tree, part) for part in statements]
    told = [to_latex(new) for new, old in zip(ranged, statements, strict=True) if new is not old]
    loose, *statements = [_with_ranges(part, size) for part in (tree, *ranged)]
    is_loose, tree = loose != tree, loose
    statements += [Relation((size, _FEW), ("∈",))] if is_loose else []
    names = _names(tree, statements, facts)
    added = _index_ranges(tree, names, statements, facts)
    statements += [fact for fact, _ in added]
    statements += _solved(statements, names)
    obstacle = _obstacle(tree, names, facts)
    conditions = (*told, *(latex for _, latex in added))
    if is_loose:
        run = Message(r"\text{{sums without a range run from 1 to }} {size}", size=to_latex(size))
        conditions = (run, *conditions)
    return Goal(tree, names, tuple(statements), conditions, obstacle, is_loose)


_OVER_ALL: Final = frozenset(["sum", "product", "max", "min", "sup", "inf"])
_SIZES: Final = tuple(map(Symbol, ("N", "M", "K", "n", "m", "L")))
"""How many values there are that sums without a range run over: the first that is no name."""
_LAST_SIZE: Final = Symbol("N", primes=2)
_FEW: Final = Collection("set", tuple(Number(str(count)) for count in (2, 3, 1, 4)))


def _with_ranges(tree: Tree, size: Symbol) -> Tree:
    r"""A tree whose sums over an index alone, `\sum_j a_j`, run from 1 to a size."""

    def changed(node: Tree) -> Tree:
        if isinstance(node, Big) and lacks_range(node):
            return replace(node, lower=Number("1"), upper=size)
        return node

    return map_nodes(tree, changed)


def lacks_range(node: Tree) -> bool:
    r"""Whether it is a sum over an index that does not say over what it runs: `\sum_j a_j`."""
    match node:
        case Big(operator, (Symbol(),), None, None, None):
            return operator in _OVER_ALL
    return False


def _ranged_as_in(claim: Tree, part: Tree) -> Tree:
    r"""A condition whose `\sum_i p_i` runs as the claim runs through the family, if in one way."""

    def ranged(node: Tree) -> Tree:
        if isinstance(node, Big) and lacks_range(node):
            families = _numbered_by(node.bound[0], node.body)
            ranges = {ends for family in families for ends in _runs(family, claim)}
            if len(ranges) == 1:
                ((lower, upper),) = ranges
                return replace(node, lower=lower, upper=upper)
        return node

    return map_nodes(part, ranged)


def _numbered_by(index: Tree, tree: Tree) -> set[Tree]:
    """The families of which it has the member of this index."""
    return {node.base for node in walk(tree) if isinstance(node, Index) and index in node.indices}


def _runs(family: Tree, claim: Tree) -> set[tuple[Tree, Tree]]:
    """From where to where a claim runs through a family."""
    return {
        (node.lower, node.upper)
        for node in walk(claim)
        if isinstance(node, Big) and node.lower is not None and node.upper is not None
        if len(node.bound) == 1 and family in _numbered_by(node.bound[0], node.body)
    }


def _solved(statements: list[Tree], names: tuple[Symbol, ...]) -> list[Tree]:
    """Equations between names as values of the last of them that they determine."""
    found: list[Tree] = []
    for statement in statements:
        if not isinstance(statement, Relation) or isinstance(statement.operands[0], Symbol):
            continue
        values = ((name, isolated(statement, name)) for name in reversed(names))
        solved = next(((name, value) for name, value in values if value is not None), None)
        found += [Relation(solved, ("=",))] if solved else []
    return found


def _peeled(tree: Tree) -> tuple[Tree, list[Tree]]:
    match tree:
        case Big("forall", bound, None, None, condition, body):
            if all(isinstance(name, Symbol) for name in bound):
                return body, [] if condition is None else [condition]
        case Where(body, "if" | "for" | "where", condition) if isinstance(condition, Relation):
            return body, [condition]
        case Apply("implies", (premise, conclusion)):
            return conclusion, [premise]
    return tree, []


def _names(tree: Tree, statements: list[Tree], facts: Facts) -> tuple[Symbol, ...]:
    """Free scalars of the goal, of definitions that it uses, and of constraints on those."""
    families = {n.base for n in walk(tree) if isinstance(n, Index)}
    found: list[Symbol] = []
    waiting = [tree]
    while waiting:
        part = waiting.pop(0)
        free = variables(part).free
        for node in walk(part):
            if not isinstance(node, Symbol) or node not in free or node in found:
                continue
            if node in facts.definitions:
                waiting.append(facts.definitions[node])
            elif node not in families and _is_scalar(node, facts):
                found.append(node)
                waiting += [s for s in statements if node in variables(s).free]
    bases = {n.base for s in statements for n in walk(s) if isinstance(n, Index)}
    indices = _generic_indices(statements) - variables(tree).free
    return tuple(name for name in found if name not in bases and name not in indices)


def _generic_indices(statements: list[Tree]) -> set[Symbol]:
    """Symbols that only number members in constraints: the `i` of `x_i > 0`."""
    return {
        index
        for statement in statements
        for node in walk(statement)
        if isinstance(node, Index)
        for index in node.indices
        if isinstance(index, Symbol)
    }


def _is_scalar(name: Symbol, facts: Facts) -> bool:
    return facts.sort_of(name).is_scalar


def _index_ranges(
    tree: Tree, names: tuple[Symbol, ...], statements: list[Tree], facts: Facts
) -> list[tuple[Tree, str]]:
    r"""For a free index `t` of which nothing is said: `t \in \{1, …, n\}`, for one size `n`."""
    free = [name for name in names if name in _generic_indices([tree])]
    sizes = {n.upper for n in walk(tree) if isinstance(n, Big) and n.upper in names}
    added: list[tuple[Tree, str]] = []
    for name in free:
        said = [s for s in statements if name in variables(s).free]
        if len(sizes) == 1 and not said and name not in sizes:
            (size,) = sizes
            listed = Collection("set", (Number("1"), Ellipsis(), size))
            fact = Relation((name, listed), ("∈",))
            added.append((fact, to_latex(fact)))
    return added


def _obstacle(tree: Tree, names: tuple[Symbol, ...], facts: Facts) -> str:
    for node in walk(tree):
        if isinstance(node, Opaque):
            return Message("a part could not be read")
        if isinstance(node, Ellipsis) and not _is_listed(node, tree):
            return Message("the rule behind an ellipsis is not clear")
    if Symbol("i") in names and not _is_spoken_of(Symbol("i"), facts):
        return Message("i may be the imaginary unit or a variable")
    for name in names:
        is_told = isinstance(name, Stand) or _is_spoken_of(name, facts)
        if not is_told and _is_doubtful(name, facts):
            return Message("{name} may stand for something that is no number", name=to_latex(name))
    match tree:
        case Relation((Symbol(), Symbol()), ("|" | "∣",)):
            return Message("a bar between two names may be a condition")
    if _has_operator(tree):
        return Message("D may be a derivative")
    if any(_is_combination(node) for node in walk(tree)):
        return Message("a letter with a number below and above may be a number of combinations")
    unit = Constant("i") in set(walk(tree))
    if unit and facts.field_ == "real":
        return Message("the imaginary unit occurs, but the numbers are taken for real")
    return ""


def _is_doubtful(name: Symbol, facts: Facts) -> bool:
    """Whether a name is a word, as units are, or a derivative of a function."""
    function = Symbol(name.name, name.font)
    primed = name.primes > 0 and (
        name.name in "fghFGH" or facts.sort_of(function).kind == "function"
    )
    return len(name.name) > 1 or primed


def _has_operator(tree: Tree) -> bool:
    """Whether `D` stands before what it may derive."""
    products = (n for n in walk(tree) if isinstance(n, Apply) and n.operator == "times")
    leading = [product.args[0] for product in products]
    return any(first == _D or (isinstance(first, Index) and first.base == _D) for first in leading)


def _is_combination(node: Tree) -> bool:
    """Whether it reads `C_n^k` or `A_n^k`, which is no power of a member of a family."""
    match node:
        case Apply("power", (Index(Symbol(name="C" | "A" | "P"), _), _)):
            return True
    return False


def _is_spoken_of(name: Symbol, facts: Facts) -> bool:
    """Whether something beyond a default is known of a name."""
    told = (*facts.constraints, *(fact for fact in facts.stated if fact.source != "default"))
    return any(name in walk(fact.tree) for fact in told) or name in facts.definitions


def _is_listed(ellipsis: Ellipsis, tree: Tree) -> bool:
    lists = [n for n in walk(tree) if isinstance(n, Collection) and n.kind == "set"]
    return any(item is ellipsis for listed in lists for item in listed.items)
