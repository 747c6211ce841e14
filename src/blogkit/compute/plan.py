r"""What there is to compute in a formula: its definitions, its steps, its sides.

    plan = read_plan(r"m_t = \beta m_{t-1} + (1-\beta) g_t")
    plan.kind, [part.left for part in plan.parts]

A definition is computed under the name of its left side; an update becomes a step from old values
to new ones; of an equation or inequality of expressions all sides are computed. Imports the
checker's reading and clauses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from blogkit.errors import FormulaError
from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.formula.named_functions import by_letter, named_function
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.language import Message
from blogkit.latex import Macro
from blogkit.meaning.definitions import Definition, definition_of
from blogkit.meaning.statements.clauses import clauses
from blogkit.meaning.statements.cutting import split
from blogkit.meaning.trees.instances import without_ellipses
from blogkit.meaning.trees.reading import read
from blogkit.meaning.trees.rewriting import map_nodes
from blogkit.spans import Span

from .shapes import family, is_unknown_slope

Kind = Literal["definition", "update", "sides", "value"]
"""What is computed: the right side of a definition, new values from old, all sides, or a value."""

_EQUAL: Final = frozenset(["=", "≔", "≡", "≜", "≝", "≐", "≈", "≃", "={def}", "∝"])
MARKS: Final = frozenset(["increment", "hat", "tilde", "vector", "starred"])
"""Operators that make another name of a name."""
_T: Final = Symbol("T")
_ASSIGNED: Final = frozenset(["←"])
_ORDER: Final = frozenset("<>≤≥≪≫≲≳≠")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is computed."""

    left: Tree | None
    """What it is called: the left side; None where it has no name."""
    body: Tree
    """What is computed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a formula computes."""

    latex: str
    """The formula."""
    kind: Kind
    """What is computed of it."""
    parts: tuple[Part, ...]
    """What is computed, in this order."""
    results: tuple[int, ...]
    """Which of the parts are the result."""
    conditions: tuple[str, ...] = ()
    """What the formula says of when it holds, in LaTeX."""
    known: Mapping[Symbol, Definition] = field(default_factory=dict)
    """Definitions that may be put in: of `--let` and of the post."""
    is_approximate: bool = False
    """Whether it says that two sides are nearly equal."""
    limits: tuple[tuple[str, str], ...] = ()
    """Limits that were left to the caller: variable and where it goes, in LaTeX."""


def read_plan(
    latex: str,
    *,
    let: Iterable[str] = (),
    definitions: Iterable[Definition] = (),
    macros: Mapping[str, Macro] | None = None,
    all_sides: bool = False,
) -> Plan:
    r"""What a formula computes.

    Args:
        latex: the formula, without delimiters.
        let: definitions that are given with it: `f(x) = x^2`.
        definitions: those of its post; those given count before them.
        macros: commands that its post defines.
        all_sides: whether all sides of `f(x) = a \approx b` are wanted and not only the first.

    Raises:
        FormulaError: if a definition can't be read, or there is nothing to compute.

    >>> read_plan(r"f(x) = x^2").kind, read_plan(r"a^2 \leq b").kind, read_plan("x+1").kind
    ('definition', 'sides', 'value')
    """
    given = [read_definition(one, macros=macros) for one in let]
    known = {one.symbol: one for one in definitions}
    known |= {one.symbol: one for one in given}
    functions = frozenset(
        s.name for s, one in known.items() if one.parameters and not one.is_family
    )
    reading = read(latex, macros=macros, functions=functions)
    limits: list[tuple[str, str]] = []
    found = list(_statements(reading.tree, limits, frozenset(known), all_sides))
    parts = [part for _, group in found for part in group]
    if not parts or all(isinstance(part.body, t.Blank) for part in parts):
        raise FormulaError(Message("nothing to compute: the formula is empty"))
    own = {s for part in parts if part.left is not None for s in _called(part.left)}
    kept = {symbol: one for symbol, one in known.items() if symbol not in own or one in given}
    conditions = tuple(dict.fromkeys(c for texts, _ in found for c in texts))
    kind = _kind(parts)
    parts, results = _ordered(kind, parts)
    is_near = any(isinstance(n, t.Relation) and "≈" in n.operators for n in t.walk(reading.tree))
    return Plan(latex, kind, tuple(parts), results, conditions, kept, is_near, tuple(limits))


def read_definition(latex: str, *, macros: Mapping[str, Macro] | None = None) -> Definition:
    """A definition that is given: `f(x) = x^2`, `K = 50`.

    Raises:
        FormulaError: if it is none.
    """
    name = latex.split("(")[0].strip().lstrip("\\")
    functions = frozenset([name]) if "(" in latex.split("=")[0] else frozenset()
    reading = read(latex, macros=macros, functions=functions)
    statements = split(without_ellipses(reading.tree), latex)
    found = definition_of(statements[0], Span(0, len(latex))) if len(statements) == 1 else None
    if found is None or not reading.is_complete:
        raise FormulaError(
            Message("expected a definition such as f(x) = x^2, found {latex}", latex=latex)
        )
    return found


def _statements(
    tree: Tree, limits: list[tuple[str, str]], known: frozenset[Symbol], all_sides: bool
) -> Iterator[tuple[tuple[str, ...], list[Part]]]:
    """The clauses of a formula as parts, with their conditions."""
    for clause in clauses(_prepared(tree)):
        if clause.is_condition or isinstance(clause.tree, (t.Text, t.Blank)):
            continue
        parts = [
            _without_limit(signed, limits)
            for part in _parts(clause.tree, known, all_sides)
            for signed in _signed(part)
        ]
        yield tuple(map(to_latex, clause.conditions)), parts


def _prepared(tree: Tree) -> Tree:
    """The tree with dots written out, remarks taken off, and loose maxima bound."""
    bound = variables(tree).bound
    is_number = _names_a_number(tree, _T)

    def changed(node: Tree) -> Tree:
        match node:
            case t.Annotated(body=body):
                return body
            case t.Apply(operator="power", args=(base, exponent)):
                if exponent == _T and not is_number:
                    return t.Apply("transpose", (base,), span=node.span)
            case t.Big(bound=(), lower=None, upper=None, condition=None, body=body):
                loose = _loose_index(body, bound)
                return node if loose is None else replace(node, bound=(loose,))
            case t.Apply(operator="max" | "min" as operator, args=(inner,)):
                loose = _loose_index(inner, bound)
                if loose is not None:
                    return t.Big(operator, (loose,), None, None, None, inner, span=node.span)
        return node

    return map_nodes(without_ellipses(tree), changed)


def _names_a_number(tree: Tree, name: Symbol) -> bool:
    """Whether a letter stands elsewhere than as an exponent; if not, `w^T x` transposes."""
    match tree:
        case t.Apply(operator="power", args=(base, exponent)) if exponent == name:
            return _names_a_number(base, name) or isinstance(base, t.Number | t.Constant)
    return tree == name or any(_names_a_number(child, name) for child in tree.children)


def _loose_index(tree: Tree, bound: frozenset[Symbol]) -> Symbol | None:
    r"""The index that a maximum runs over without saying so: `\max(o_k)`."""
    for node in t.walk(tree):
        if isinstance(node, t.Index):
            for index in family(node)[1]:
                if isinstance(index, Symbol) and index not in bound:
                    return index
    return None


def _parts(tree: Tree, known: frozenset[Symbol], all_sides: bool) -> list[Part]:
    if not isinstance(tree, t.Relation):
        return [Part(None, tree)]
    operands, signs = _cut_at_membership(tree)
    computed = [operand for operand in operands if not is_name(operand)]
    if all_sides and len(computed) > 1:
        return [Part(None, operand) for operand in computed]
    if len(operands) == 1:
        return [Part(None, operands[0])]
    if signs[0] in _ASSIGNED:
        return [Part(operands[0], operands[1])]
    if signs[0] in _EQUAL:
        if is_name(operands[0]):
            return [_definition(operands[0], _computed(operands[1:], known))]
        if len(operands) == 2 and is_name(operands[1]) and not _has_unknown(operands[0]):
            return [Part(operands[1], operands[0])]
    return [Part(None, operand) for operand in operands if not isinstance(operand, t.Blank)]


def _cut_at_membership(tree: t.Relation) -> tuple[tuple[Tree, ...], tuple[str, ...]]:
    r"""A chain without where its value lies: `y = f(x) \in \mathbb{R}`."""
    for place, sign in enumerate(tree.operators):
        if sign not in _EQUAL | _ASSIGNED | _ORDER:
            return tree.operands[: place + 1], tree.operators[:place]
    return tree.operands, tree.operators


def _definition(left: Tree, body: Tree) -> Part:
    r"""A definition; what it integrates over without saying so is all numbers.

    `\int x^2 dx` by itself is an antiderivative, but the `Z` of `Z = \int e^{-x^2} dx` is a number.
    """
    infinite = t.Constant("∞")

    def changed(node: Tree) -> Tree:
        match node:
            case t.Big(operator="integral", bound=(name,), lower=None, upper=None, condition=None):
                if name not in t.walk(left):
                    return replace(node, lower=t.Apply("minus", (infinite,)), upper=infinite)
        return node

    return Part(left, map_nodes(body, changed))


def _computed(operands: tuple[Tree, ...], known: frozenset[Symbol]) -> Tree:
    """Of equal sides the first that is no name, and that asks for nothing that is not known."""
    sides = [one for one in operands if not is_name(one)]
    return next((one for one in sides if not _asks(one, known)), (*sides, operands[-1])[0])


def _asks(tree: Tree, known: frozenset[Symbol]) -> bool:
    """Whether a side needs a function, a distribution or words that are not known."""
    if is_unknown_slope(tree, known):
        return False
    match tree:
        case t.Call(function=function) if not _is_known(function, known):
            return True
        case t.Expectation() | t.Opaque() | t.Ellipsis() | t.Text():
            return True
    return any(_asks(child, known) for child in tree.children)


def _is_known(function: Tree, known: frozenset[Symbol]) -> bool:
    if not isinstance(function, Symbol):
        return False
    return bool(function in known or named_function(function) or by_letter(function))


def _has_unknown(tree: Tree) -> bool:
    return any(isinstance(node, (t.Opaque, t.Text)) for node in t.walk(tree))


def is_name(tree: Tree) -> bool:
    r"""Whether a side only names something: `y`, `x_t`, `f(x)`, `\nabla f(x)`, `\Delta x`."""
    match tree:
        case Symbol():
            return True
        case t.Index():
            return family(tree)[0] is not None or is_name(tree.base)
        case t.Call(function=Symbol()):
            return True
        case t.Apply(operator=operator, args=(inner, *_)) if operator in DERIVATIVES:
            return is_name(inner)
        case t.Apply(operator="power", args=(Symbol(name="σ" | "s" | "χ"), t.Number(text="2"))):
            return True
        case t.Apply(operator=operator, args=(inner,)) if operator in MARKS:
            return is_name(inner)
    return False


def _called(tree: Tree) -> Iterator[Symbol]:
    """The symbol that a left side defines."""
    match tree:
        case Symbol():
            yield tree
        case t.Index():
            base, _ = family(tree)
            if base is not None:
                yield base
        case t.Call(function=Symbol() as function):
            yield function


def _signed(part: Part) -> list[Part]:
    r"""A part with `\pm` as two without a name, one for each sign."""
    upper, lower = (_with_signs(part.body, switch) for switch in (False, True))
    return [part] if upper == lower else [Part(None, upper), Part(None, lower)]


def _with_signs(tree: Tree, switch: bool) -> Tree:
    def changed(node: Tree) -> Tree:
        match node:
            case t.Apply(operator="plus-minus" | "minus-plus" as operator, args=(inner,)):
                is_minus = (operator == "minus-plus") != switch
                return t.Apply("minus", (inner,)) if is_minus else inner
        return node

    return map_nodes(tree, changed)


def _without_limit(part: Part, limits: list[tuple[str, str]]) -> Part:
    """A limit's body, whose variable becomes an argument that the caller takes far enough."""
    match part.body:
        case t.Big(operator="limit", bound=(name,), condition=t.Relation(operands=(_, to)), body=b):
            limits.append((to_latex(name), to_latex(to)))
            return replace(part, body=b)
    return part


def _kind(parts: list[Part]) -> Kind:
    named = [part for part in parts if part.left is not None]
    if any(_steps(part) for part in named):
        return "update"
    if named:
        return "definition"
    return "sides" if len(parts) > 1 else "value"


def _steps(part: Part) -> bool:
    """Whether a part computes a name from what the name was before."""
    assert part.left is not None
    if part.left in t.walk(part.body):
        return not isinstance(part.left, t.Call)
    base, indices = family(part.left)
    if base is None or not indices:
        return False
    return any(previous(node, part.left) for node in t.walk(part.body))


def previous(node: Tree, left: Tree) -> bool:
    """Whether a member is the one before another: `x_{t-1}` before `x_t`."""
    (base, indices), (own, named) = family(node), family(left)
    if base is None or base != own or len(indices) != len(named):
        return False
    pairs = [(a, b) for a, b in zip(indices, named, strict=True) if a != b]
    return len(pairs) == 1 and _one_before(*pairs[0])


def _one_before(first: Tree, second: Tree) -> bool:
    one = t.Number("1")
    less = t.Apply("plus", (second, t.Apply("minus", (one,))))
    return first == less or second == t.Apply("plus", (first, one))


def _ordered(kind: Kind, parts: list[Part]) -> tuple[list[Part], tuple[int, ...]]:
    """Parts in the order of computing, and which of them are asked for."""
    if kind in ("sides", "value"):
        return parts, tuple(range(len(parts)))
    parts = [part for part in parts if part.left is not None]
    if kind == "update":
        steps = tuple(k for k, part in enumerate(parts) if _steps(part))
        return parts, steps
    waiting, done = list(parts), list[Part]()
    while waiting:
        free = [part for part in waiting if not _needs(part, waiting)]
        done += free or waiting
        waiting = [p for p in waiting if p not in done]
    needed = {part.left for part in parts if any(_uses(q, part) for q in parts)}
    results = [k for k, part in enumerate(done) if part.left not in needed]
    return done, tuple(results or range(len(done)))


def _needs(part: Part, others: list[Part]) -> bool:
    return any(_uses(part, other) for other in others)


def _uses(part: Part, other: Part) -> bool:
    """Whether a part is computed from what another one gives."""
    return other is not part and any(node == other.left for node in t.walk(part.body))
