r"""Definitions of a post, and what they abbreviate put in.

It exists because `\sigma'(x) = \sigma(x)(1-\sigma(x))` can be decided only with what the post says
`\sigma` is. A definition is used where the post gives one and only one; what was used is stated.
Imports `kinds.py`, `rewriting.py` and the operator tree.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.meaning.statements.cutting import Statement
from blogkit.meaning.statements.kinds import holds_name, named
from blogkit.meaning.trees.probabilities import is_probability
from blogkit.meaning.trees.rewriting import map_nodes, substitute, with_members
from blogkit.spans import Span

_MAX_ROUNDS = 4
"""Definitions within definitions that are put in."""

_MAX_NODES = 2000
"""Size beyond which nothing more is put in."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a symbol abbreviates."""

    symbol: Symbol
    """The symbol, or the name of the function or family."""
    parameters: tuple[Symbol, ...]
    """What it is a function of, or the indices of its members; none for a plain symbol."""
    is_family: bool
    """Whether the parameters are indices."""
    body: Tree
    """What it stands for."""
    latex: str
    """The definition as written."""
    span: Span
    """The formula that defines it, in the post."""
    conditions: tuple[Tree, ...] = ()
    """Where it holds."""
    of_members: t.Call | None = None
    r"""The left side, where the parameters are indices in it: `P(w_o | w_c)`."""


def definition_of(statement: Statement, span: Span) -> Definition | None:
    """The definition that a statement gives; None if it gives none that can be put in."""
    if statement.kind != "definition" or not isinstance(statement.tree, t.Relation):
        return None
    if statement.introduced is None or statement.tree.operators[0] == "↦":
        return None
    left, right = statement.tree.operands
    name, body = (left, right) if statement.introduced == left else (right, left)
    parameters = _parameters(name)
    symbol = named(name)
    is_family = isinstance(name, t.Index)
    if parameters is None or symbol is None or not _is_usable(symbol, body, is_family=is_family):
        return None
    as_members = with_members(body, frozenset(parameters))
    if isinstance(name, t.Call) and not _speaks_of(name, as_members, parameters):
        return None
    of_members = name if isinstance(name, t.Call) and name.args != parameters else None
    return Definition(
        symbol,
        parameters,
        is_family,
        body if of_members is None else as_members,
        statement.latex,
        span,
        statement.conditions,
        of_members,
    )


def _parameters(name: Tree) -> tuple[Symbol, ...] | None:
    match name:
        case Symbol():
            return ()
        case t.Call(function=Symbol(), args=parts, conditions=(), parameters=()):
            pass
        case t.Index(base=Symbol(), indices=parts):
            pass
        case t.Call(function=Symbol(), parameters=()) if (members := _members(name)) is not None:
            parts = tuple(index for _, index in members)
        case _:
            return None
    names = tuple(part for part in parts if isinstance(part, Symbol))
    return names if len(names) == len(parts) == len(set(names)) else None


def _members(call: t.Call) -> tuple[tuple[Tree, Tree], ...] | None:
    r"""The members that a function is of: of `P(w_o | w_c)` those of w by o and by c.

    None where something else stands in it: `p(y|x)` is a distribution, with rules of its own.
    """
    members = [_member(part) for part in (*call.args, *call.conditions)]
    found = tuple(member for member in members if member is not None)
    return found if len(found) == len(members) else None


def _member(tree: Tree) -> tuple[Tree, Tree] | None:
    """A member of a family: which family, and its index; a subscript that names it is one here."""
    match tree:
        case t.Index(base=base, indices=(index,)):
            return base, index
        case Symbol(subscript=Symbol() as index):
            return replace(tree, subscript=None), index
    return None


def _speaks_of(call: t.Call, body: Tree, parameters: tuple[Symbol, ...]) -> bool:
    r"""Whether what a function is said to be holds a parameter, or no name at all.

    Of `\sigma(X) = \frac{1}{1+e^{-x}}` and `J(\theta) = L` it is not told how they depend on it;
    `P(S) = 1` says something of the event S, and not of every event.
    """
    names = variables(body).free
    return bool(names & {*parameters}) or (not names and not is_probability(call))


def _is_usable(symbol: Symbol, body: Tree, *, is_family: bool) -> bool:
    r"""Whether what defines a name can be put in: it is read, and does not hold the name.

    A family of that name is another thing: `L = \sum_t L_t`.
    """
    if any(isinstance(node, (t.Opaque, t.Text, t.Blank, t.Ellipsis)) for node in walk(body)):
        return False
    return not (symbol in walk(body) if is_family else holds_name(body, symbol))


Key = Hashable
"""What is defined: a symbol, or a function of members of certain families."""


def unique(definitions: Iterable[Definition]) -> dict[Key, Definition]:
    """The definitions of what is defined once, or always alike."""
    found: dict[Key, Definition] = {}
    several: set[Key] = set()
    for definition in definitions:
        first = found.setdefault(_key(definition), definition)
        if (first.parameters, first.body) != (definition.parameters, definition.body):
            several.add(_key(definition))
    return {key: found[key] for key in found if key not in several}


def _key(definition: Definition) -> Key:
    call = definition.of_members
    return definition.symbol if call is None else _shape(call)


def _shape(call: t.Call) -> Key:
    """A function and the families whose members it is applied to, as `P(w_o | w_c)`."""
    sides = (call.args, call.conditions)
    return call.function, *(
        tuple(member and member[0] for member in map(_member, x)) for x in sides
    )


def put_in(
    tree: Tree, definitions: Mapping[Any, Definition]
) -> tuple[Tree, tuple[Definition, ...]]:
    r"""A tree with definitions put in, and those that were used, in the order of use.

    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.meaning.statements.cutting import split
    >>> from blogkit.formula import to_sexpr
    >>> source = r"f(x) = x^2"
    >>> known = definition_of(split(read(source).tree, source)[0], Span(0, 0))
    >>> put, used = put_in(read(r"f(a+1) = g").tree, {known.symbol: known})
    >>> to_sexpr(put), [definition.latex for definition in used]
    ('(= (power (plus a 1) 2) g)', ['f(x) = x^2'])
    """
    used: list[Definition] = []
    of_members = [each for each in definitions.values() if each.of_members is not None]
    applied = variables(tree).functions if of_members else frozenset()
    letters = frozenset[Tree](
        letter
        for definition in of_members
        if definition.symbol in applied
        for letter in definition.parameters
    )
    tree = with_members(tree, letters) if letters else tree
    for _ in range(_MAX_ROUNDS):
        changed = _once(tree, definitions, used)
        if changed == tree or sum(1 for _ in walk(changed)) > _MAX_NODES:
            break
        tree = changed
    return tree, tuple(dict.fromkeys(used))


def _once(tree: Tree, definitions: Mapping[Any, Definition], used: list[Definition]) -> Tree:
    """A tree with the calls, members and then the plain symbols replaced once."""
    bound = variables(tree).bound

    def opened(node: Tree) -> Tree:
        definition, values = _match(node, definitions)
        if definition is None or definition.symbol in bound:
            return node
        if (variables(definition.body).free - {*definition.parameters}) & bound:
            return node
        used.append(definition)
        return substitute(definition.body, dict(zip(definition.parameters, values, strict=True)))

    tree = map_nodes(tree, opened)
    free = variables(tree).free
    plain = {
        symbol: definition.body
        for symbol, definition in definitions.items()
        if not definition.parameters and symbol in free and symbol not in bound
    }
    if not plain:
        return tree
    put = substitute(tree, plain)
    if put != tree:
        used.extend(definitions[symbol] for symbol in plain)
    return put


def _match(
    node: Tree, definitions: Mapping[Any, Definition]
) -> tuple[Definition | None, tuple[Tree, ...]]:
    match node:
        case t.Call(parameters=()) if (found := definitions.get(_shape(node))) is not None:
            return found, tuple(index for _, index in _members(node) or ())
        case t.Call(function=Symbol() as function, args=values, conditions=(), parameters=()):
            found, values = _applied(function, values, definitions)
            return (None, ()) if found is not None and found.is_family else (found, values)
        case t.Index(base=Symbol() as base, indices=values):
            family, values = _applied(base, values, definitions)
            return (family, values) if family is not None and family.is_family else (None, ())
    return None, ()


def _applied(
    function: Symbol, values: tuple[Tree, ...], definitions: Mapping[Any, Definition]
) -> tuple[Definition | None, tuple[Tree, ...]]:
    definition = definitions.get(function)
    if definition is not None:
        fits = len(values) == len(definition.parameters)
        return (definition, values) if fits else (None, ())
    return _derived(function, values, definitions)


def _derived(
    function: Symbol, values: tuple[Tree, ...], definitions: Mapping[Any, Definition]
) -> tuple[Definition | None, tuple[Tree, ...]]:
    """`f'` and `f''` of a function of one variable, as derivatives of what defines it."""
    if not function.primes or len(values) != 1:
        return None, ()
    base = definitions.get(replace(function, primes=0))
    if base is None or base.is_family or len(base.parameters) != 1:
        return None, ()
    name: Tree = base.parameters[0]
    if function.primes > 1:
        name = t.Apply("order", (name, t.Number(str(function.primes))))
    if not isinstance(values[0], Symbol):
        return None, ()
    return replace(base, body=t.Apply("derivative", (base.body, name))), values
