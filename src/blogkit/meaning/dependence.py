r"""What the names of a statement depend on, as its post says it: its computation graph.

It exists because of `\partial J/\partial W` a formula says nothing by itself; the post does, by
`J = L + s`, `L = l(o, y)` and `o = Wh` in the lines above. The rules are what its formulas give
names, in order: of several for one name the last in front of the statement. A name without a rule
that is derived is a function of what it is derived by. Imports `kinds.py` and the operator tree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.meaning.facts.known import Rule
from blogkit.meaning.statements.cutting import Statement
from blogkit.meaning.statements.kinds import holds_name
from blogkit.meaning.trees.affine import Affine, affine
from blogkit.meaning.trees.chains import link_of
from blogkit.meaning.trees.rewriting import map_nodes, substitute, with_members
from blogkit.spans import Span

_MOST: Final = 30
"""How many rules may lead from one name to another."""
_UNREAD: Final = (t.Opaque, t.Text, t.Ellipsis, t.Expectation)


@dataclass(frozen=True, slots=True)
class Dependence:
    """A rule with its place."""

    rule: Rule
    """The rule."""
    call: t.Call | None
    """The name with what it is written as a function of, `J(\\theta)`."""
    span: Span
    """The formula that says it, in the post."""


def dependence_of(statement: Statement, span: Span) -> Dependence | None:
    """What a statement says of how a name depends on others; None if it says nothing such.

    A recurrence such as `h_t = f(h_{t-1})` does, an update by a derivative does not.
    """
    tree = statement.tree
    if statement.kind not in {"definition", "update"} or not isinstance(tree, t.Relation):
        return None
    if statement.introduced is None or tree.operators[0] not in {"=", "≔", "≜", "≡"}:
        return None
    left, right = tree.operands
    name, value = (left, right) if statement.introduced == left else (right, left)
    call = name if isinstance(name, t.Call) else None
    name = name.function if isinstance(name, t.Call) else name
    if not isinstance(name, Symbol | t.Index) or not _is_usable(value):
        return None
    if isinstance(name, t.Index):
        name, value = _from_plain_index(name, value)
    elif holds_name(value, name):
        return None
    if value == name or (isinstance(name, t.Index) and name in walk(value)):
        return None
    return Dependence(Rule(name, value, statement.latex), call, span)


def _is_usable(value: Tree) -> bool:
    return not any(
        isinstance(node, _UNREAD)
        or (isinstance(node, t.Apply) and node.operator in DERIVATIVES)
        or (isinstance(node, t.Big) and node.operator.startswith("arg"))
        for node in walk(value)
    )


def _from_plain_index(name: t.Index, value: Tree) -> tuple[t.Index, Tree]:
    """A rule for `h_{t+1}` as one for `h_t`."""
    shifts: dict[Tree, Tree] = {}
    indices = list(name.indices)
    for place, index in enumerate(indices):
        match affine(index):
            case Affine(constant=ahead, terms=terms) if ahead and len(terms) == 1:
                ((letter, times),) = terms
                if times == 1:
                    indices[place] = letter
                    shifts[letter] = Affine(-ahead, terms).tree
    moved = _with_letters(value, shifts) if shifts else value
    return replace(name, indices=tuple(indices)), moved


def _with_letters(value: Tree, letters: dict[Tree, Tree]) -> Tree:
    """What a rule says where its letters are these, `t - 1 + 1` counted together."""
    return map_nodes(substitute(value, letters), _counted)


def _counted(node: Tree) -> Tree:
    """`t` of `t - 1 + 1`, `2` of `3 - 1`."""
    if not (isinstance(node, t.Apply) and node.operator == "plus"):
        return node
    numbers = [part for part in walk(node) if isinstance(part, t.Number)]
    whole = affine(node) if len(numbers) > 1 else None
    return node if whole is None else whole.tree


@dataclass(frozen=True, slots=True)
class Graph:
    """A claim with the rules for its names."""

    claim: Tree
    """The claim, its names written as the rules have them."""
    rules: tuple[Rule, ...]
    """The rules; what a name depends on stands before it."""
    used: tuple[Dependence, ...]
    """Those of the post among them."""


def graph_of(claim: Tree, known: Iterable[Dependence], at: int) -> Graph | None:
    """The rules that tell what a claim derives by what; None where they don't.

    Args:
        claim: a statement with derivatives.
        known: what the post says, in order.
        at: where the claim stands.
    """
    claim, near = _as_members(claim, sorted(known, key=lambda each: _distance(each.span, at)))
    claim = _bare(claim, near)
    chosen: dict[Tree, Dependence] = {}
    told: dict[Tree, Rule] = {}
    waiting = [claim]
    while waiting:
        for name in _names(waiting.pop()):
            found = next((d for d in near if d.rule.tells(name)), None)
            if found is not None and found.rule.name not in chosen and len(chosen) < _MOST:
                chosen[found.rule.name] = found
                told[found.rule.name] = found.rule
                waiting.append(found.rule.value)
    links = _links(claim)
    invented = _invented(links, told)
    rules = {**told, **invented}
    needs = any(by not in walk(of) or _reaches_by_rule(of, by, told) for of, by in links)
    if not rules or not needs or not all(_reaches(of, by, rules) for of, by in links):
        return None
    needed = _in_order(claim, rules)
    if not any(r.is_told for r in needed) and all(_is_direct(link, invented) for link in links):
        return None
    return Graph(claim, needed, tuple(d for d in chosen.values() if d.rule in needed))


def _as_members(claim: Tree, known: list[Dependence]) -> tuple[Tree, list[Dependence]]:
    """A claim and rules in which a name with a running letter below is a member by it."""
    trees = (claim, *(tree for d in known for tree in (d.rule.name, d.rule.value)))
    running, families = _running_letters(trees), running_families(trees)

    def members(tree: Tree) -> Tree:
        return with_members(tree, running, families)

    return members(claim), [
        replace(d, rule=replace(d.rule, name=members(d.rule.name), value=members(d.rule.value)))
        for d in known
    ]


def held_fixed(claim: Tree, known: Iterable[Dependence], at: int) -> tuple[Tree, ...]:
    r"""Names that a claim derives as constants, though formulas in front tie them to its variable.

    `h_2` of `\partial(h_2 + h_1)/\partial h_1` behind `h_t = f(h_{t-1})`.
    """
    if not has_derivatives(claim):
        return ()
    front = [d for d in known if d.span.start < at]
    claim, front = _as_members(claim, front)
    rules = {d.rule.name: d.rule for d in front}
    found: dict[Tree, None] = {}
    for of, by in _links(claim):
        for name in _names(of):
            tells = (rule for rule in rules.values() if name != by and rule.tells(name))
            if any(_reaches(rule.value, by, rules) for rule in tells):
                found[name] = None
    return tuple(found)


def tells_slope(statement: Statement, known: Iterable[Dependence]) -> bool:
    r"""Whether a definition is a claim, of a name in what is derived: `\partial z/\partial x = w`.

    Of a name that stands nowhere else it would be a definition.
    """
    name = statement.introduced
    if statement.kind != "definition" or name is None or not isinstance(statement.tree, t.Relation):
        return False
    slopes = [of for side in statement.tree.operands for of, _ in _links(side)]
    return any(
        each.rule.tells(of) and any(_may_be(name, x) for x in walk(each.rule.value))
        for of in slopes
        for each in known
    )


def _distance(span: Span, at: int) -> tuple[bool, int]:
    """What stands in front comes first, the nearest of it before the rest."""
    return span.start > at, abs(at - span.start)


def unrolled(
    claim: Tree, known: Iterable[Dependence], at: int
) -> tuple[Tree, tuple[Dependence, ...]]:
    r"""An equation with recurrences put in for members that only one side has, and which.

    >>> from blogkit.meaning.statements.cutting import split
    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula.printing import to_latex
    >>> told = dependence_of(split(read("x_t = a x_{t-1}").tree, "")[0], Span(0, 5))
    >>> to_latex(unrolled(read("x_{t-1} + 1 = a x_{t-2} + 1").tree, [told], 20)[0])
    'a x_{t - 2} + 1 = a x_{t - 2} + 1'
    """
    if not isinstance(claim, t.Relation) or claim.operators != ("=",) or len(claim.operands) != 2:
        return claim, ()
    families = {name.base for name in _names(claim) if isinstance(name, t.Index)}
    front = [
        d for d in known if d.span.start <= at and families and _is_recurrence(d.rule, families)
    ]
    front.sort(key=lambda d: (_step(d.rule), _distance(d.span, at)))
    used: dict[Dependence, None] = {}
    sides: tuple[Tree, ...] = claim.operands
    for _ in range(_STEPS if front else 0):
        found = _latest(sides, front)
        if found is None:
            break
        name, rule = found
        value = _with_letters(rule.rule.value, rule.rule.letters(name) or {})
        sides = tuple(map_nodes(substitute(side, {name: value}), _counted) for side in sides)
        used[rule] = None
    return replace(claim, operands=sides), tuple(used)


_STEPS: Final = 6
"""How many steps of recurrences may be put in."""


def _is_recurrence(rule: Rule, families: set[Tree]) -> bool:
    """Whether it tells a member of one of such families by another member of it."""
    if not isinstance(rule.name, t.Index) or rule.name.base not in families:
        return False
    return any(
        isinstance(name, t.Index) and name.base == rule.name.base for name in _names(rule.value)
    )


def _step(rule: Rule) -> int:
    """From how many members before it a recurrence tells a member."""
    assert isinstance(rule.name, t.Index)
    names = (name for name in _names(rule.value) if isinstance(name, t.Index))
    ends = (_number(name) for name in names if name.base == rule.name.base)
    return _number(rule.name) - max(ends, default=0)


def _latest(sides: tuple[Tree, ...], known: list[Dependence]) -> tuple[Tree, Dependence] | None:
    """The member of the highest number, of a family of which one side holds other members.

    None where both sides hold the same ones.
    """
    one, two = (set(_names(side)) for side in sides)
    apart = {name.base for name in one ^ two if isinstance(name, t.Index)}
    members = [name for name in one | two if isinstance(name, t.Index) and name.base in apart]
    places = [(name, d) for name in sorted(members, key=repr) for d in known if d.rule.tells(name)]
    return max(places, key=lambda place: _number(place[0]), default=None)


def _number(member: t.Index) -> int:
    """How far a member is ahead of those that differ from it by a number only."""
    found = affine(member.indices[0])
    return 0 if found is None else int(found.constant)


def with_numbers(
    claim: Tree, known: Iterable[Dependence], at: int
) -> tuple[Tree, tuple[Dependence, ...]]:
    r"""An equation of names with a number, with the numbers that its post gives the names put in.

    Of several numbers for one name the last in front of the claim is meant; what stands behind it
    may be its solution. A claim of which a name has no number stays as it is.

    >>> from blogkit.meaning.statements.cutting import split
    >>> from blogkit.meaning.trees.reading import read
    >>> from blogkit.formula.printing import to_latex
    >>> told = dependence_of(split(read("a = 3").tree, "a = 3")[0], Span(0, 5))
    >>> to_latex(with_numbers(read("a^2 = 9").tree, [told], 20)[0])
    '3^{2} = 9'
    """
    if not isinstance(claim, t.Relation) or claim.operators not in {("=",), ("≈",)}:
        return claim, ()
    sides = [set(_names(side)) for side in claim.operands]
    if all(sides) or not any(sides):
        return claim, ()
    front = (d for d in known if d.call is None and d.span.start <= at)
    numbers = [d for d in front if not set(_names(d.rule.value))]
    values: dict[Tree, Dependence] = {}
    for each in sorted(numbers, key=lambda d: _distance(d.span, at)):
        values.setdefault(each.rule.name, each)
    used = sides[0] | sides[1]
    if not used <= values.keys() or any(isinstance(x, t.Call) for x in walk(claim)):
        return claim, ()
    put = substitute(claim, {name: values[name].rule.value for name in used})
    return put, tuple(values[name] for name in used)


# --- names


def _running_letters(trees: tuple[Tree, ...]) -> frozenset[Tree]:
    """Letters that number members: that are counted with, or that sums bind."""
    found: set[Tree] = set()
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, t.Index):
                found |= {s for index in node.indices for s in variables(index).free}
            if isinstance(node, t.Big):
                found |= {*node.bound}
                found |= {node.upper} if isinstance(node.upper, Symbol) else set()
    return frozenset(found)


def running_families(trees: Iterable[Tree]) -> frozenset[Tree]:
    """The families of which a member stands somewhere whose number may be any."""
    nodes = (node for tree in trees for node in walk(tree) if isinstance(node, t.Index))
    return frozenset(
        node.base for node in nodes if not all(isinstance(i, t.Number) for i in node.indices)
    )


def _bare(claim: Tree, known: list[Dependence]) -> Tree:
    r"""A claim in which `J(\theta)` is called J, where the post says what it is."""
    calls = {d.call: d.rule.name for d in known if d.call is not None}
    return map_nodes(
        claim, lambda node: calls.get(node, node) if isinstance(node, t.Call) else node
    )


def _names(tree: Tree) -> Iterator[Tree]:
    """The names and members in a tree, whether a sum binds their index or not."""
    if isinstance(tree, Symbol | t.Index):
        yield tree
        return
    for child in tree.children:
        if not (isinstance(tree, t.Call) and child == tree.function):
            yield from _names(child)


# --- what depends on what


def has_derivatives(tree: Tree) -> bool:
    """Whether something is derived in it by a name that it says."""
    return bool(_links(tree))


def _links(claim: Tree) -> list[tuple[Tree, Tree]]:
    """What is derived by what."""
    return [link for node in walk(claim) if (link := link_of(node)) is not None]


def _invented(links: list[tuple[Tree, Tree]], told: dict[Tree, Rule]) -> dict[Tree, Rule]:
    """Names without a rule, as functions of what they are derived by and nothing else leads to."""
    found: dict[Tree, list[Tree]] = {}
    for of, by in links:
        is_name = isinstance(of, Symbol | t.Index)
        if is_name and not any(rule.tells(of) for rule in told.values()) and of != by:
            found.setdefault(of, [])
            if by not in found[of]:
                found[of].append(by)
    rules: dict[Tree, Rule] = {}
    for name, names in found.items():
        others = told | {x: _unknown(x, tuple(y)) for x, y in found.items() if x != name}
        direct = [x for x in names if not any(y != x and _leads(y, x, others) for y in names)]
        if direct:
            rule = _unknown(name, tuple(direct))
            rules[rule.name] = rule
    return rules


def _is_direct(link: tuple[Tree, Tree], invented: dict[Tree, Rule]) -> bool:
    """Whether of a derivative nothing is known but that it is one."""
    of, by = link
    return any(rule.name == of and by in walk(rule.value) for rule in invented.values())


def _unknown(name: Tree, by: tuple[Tree, ...]) -> Rule:
    value: Tree = t.Call(name, by)
    if isinstance(name, t.Index):
        name, value = _from_plain_index(name, value)
    return Rule(name, value, "", is_told=False)


def _reaches(of: Tree, by: Tree, rules: dict[Tree, Rule]) -> bool:
    """Whether something depends on a name, by itself or along the rules."""
    seen: set[Tree] = set()
    waiting = [of]
    while waiting:
        tree = waiting.pop()
        for name in _names(tree):
            if _may_be(name, by):
                return True
            for rule in rules.values():
                if rule.name not in seen and _may_be(rule.name, name):
                    seen.add(rule.name)
                    waiting.append(rule.value)
    return False


def _reaches_by_rule(of: Tree, by: Tree, rules: dict[Tree, Rule]) -> bool:
    """Whether a name in something depends on a name by its rule."""
    others = [name for name in _names(of) if name != by]
    return any(
        _reaches(rule.value, by, rules) for rule in rules.values() if any(map(rule.tells, others))
    )


def _leads(of: Tree, by: Tree, rules: dict[Tree, Rule]) -> bool:
    """Whether a name depends on another; of two members of one family, by their very indices."""
    if not (isinstance(of, t.Index) and _may_be(of, by)):
        return _reaches(of, by, rules)
    seen: set[Tree] = set()
    waiting: list[Tree] = [of]
    while waiting and len(seen) < _MOST:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        for rule in rules.values():
            letters = rule.letters(name) if isinstance(name, t.Index) else None
            if letters is not None:
                value = _with_letters(rule.value, letters)
                if by in walk(value):
                    return True
                waiting += [x for x in _names(value) if x not in seen]
    return False


def _may_be(one: Tree, two: Tree) -> bool:
    """Whether two names may be one: members of a family may."""
    if isinstance(one, t.Index) and isinstance(two, t.Index):
        return one.base == two.base and one.upper == two.upper
    return one == two


def _in_order(claim: Tree, rules: dict[Tree, Rule]) -> tuple[Rule, ...]:
    """The rules that the claim needs, what a name depends on before it."""
    found: list[Rule] = []
    open_: set[Tree] = set()

    def visit(tree: Tree) -> None:
        for name in _names(tree):
            for rule in rules.values():
                if rule.name not in open_ and rule.tells(name):
                    open_.add(rule.name)
                    visit(rule.value)
                    found.append(rule)

    visit(claim)
    return tuple(found)
