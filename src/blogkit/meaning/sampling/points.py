r"""Points that satisfy the facts, the most telling first.

A point gives a closed tree to each free symbol and each member of a family: small values, special
ones, equal arguments, boundaries, then random ones with a fixed seed. Each point that is given out
satisfies every constraint that could be read, certainly. Imports `candidates.py`, `domains.py`,
`balls/`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from flint import fmpq

from blogkit.formula import (
    Apply,
    Big,
    Collection,
    Constant,
    Index,
    Number,
    Relation,
    Symbol,
    Tree,
    Where,
    walk,
)
from blogkit.language import Message
from blogkit.meaning.balls import Evaluation, Missing, Truth, Uncertain, Unsupported
from blogkit.meaning.facts.known import Facts
from blogkit.meaning.outcomes import Undefined
from blogkit.meaning.sampling.candidates import bounds_of, candidates, numbers_in
from blogkit.meaning.sampling.domains import Domain, domain_of
from blogkit.meaning.sorts import Sort
from blogkit.meaning.trees.rationals import rational
from blogkit.meaning.trees.rewriting import substitute

Point = Mapping[Tree, Tree]
"""A closed tree for each symbol and member of a family."""
MAX_MEMBERS = 60
"""Members of families at one point."""
MAX_POINTS = 260
"""Points that are tried at most."""
SEED = 20_240_229


@dataclass(slots=True)
class Sampler:
    """Draws points for one goal under its facts."""

    goal: Tree
    """The statement that is sampled."""
    names: tuple[Symbol, ...]
    """Its free scalars."""
    facts: Facts
    """Sorts, definitions and the field."""
    statements: tuple[Tree, ...]
    """All constraints, one by one."""
    has_company: bool = False
    """Whether the gamma function is spoken of."""
    unread: list[str] = field(default_factory=list)
    """Reasons why constraints were not understood; such points cannot refute."""
    _domains: dict[Tree, Domain] = field(default_factory=dict)
    """Domains of symbols, as they are read once."""
    _integers: frozenset[Symbol] | None = None
    """Symbols that are integers, gathered once."""

    def evaluation(self, point: Point) -> Evaluation:
        """An evaluation at a point."""
        if self._integers is None:
            sorts = self.facts.sorts.items()
            integers = {name for name, sort in sorts if sort.kind in ("natural", "integer")}
            integers |= {name for name in self.names if self._domain(name).kind == "integer"}
            self._integers = frozenset(integers)
        return Evaluation(
            point,
            is_complex=self.facts.field_ == "complex",
            definitions=self.facts.definitions,
            integers=self._integers,
            has_company=self.has_company,
        )

    def points(self) -> Iterator[Point]:
        """Distinct points that satisfy the constraints, lazily."""
        seen: set[frozenset[tuple[Tree, Tree]]] = set()
        for turn in range(MAX_POINTS if self.names or self._families() else 1):
            point = self._drawn(turn)
            if point is None or not self.is_allowed(point):
                continue
            key = frozenset(point.items())
            if key not in seen:
                seen.add(key)
                yield point

    def is_allowed(self, point: Point) -> bool:
        """Whether a point certainly satisfies the sorts and every constraint that could be read."""
        if not all(self._is_natural(tree, point) for tree in self._naturals(point)):
            return False
        for statement in self.statements:
            if not any(node in point for node in walk(statement)) and not self._mentions(statement):
                continue
            for concrete in self._instances(statement, point):
                if not self._holds(concrete, point):
                    return False
        return True

    def _naturals(self, point: Point) -> Iterator[Tree]:
        """The values of the symbols and members that are natural numbers."""
        for atom, value in point.items():
            name = atom.base if isinstance(atom, Index) else atom
            if isinstance(name, Symbol) and self.facts.sort_of(name).kind == "natural":
                yield value

    def _is_natural(self, value: Tree, point: Point) -> bool:
        if isinstance(value, Number):
            return value.text.isdecimal()
        return self._holds(Relation((value, Constant("N")), ("∈",)), point)

    def is_integer(self, atom: Tree) -> bool:
        """Whether a symbol, or the family of a member, is of integers."""
        if isinstance(atom, Index) and isinstance(atom.base, Symbol):
            return self.facts.sort_of(atom.base).kind in ("natural", "integer")
        return self._domain(atom).kind == "integer"

    def finite_count(self, name: Symbol) -> int | None:
        """How many values a name has, where its domain is a short list or range of integers."""
        domain = self._domain(name)
        if domain.needs() - {name}:
            return None
        if not domain.listed:
            bounds = bounds_of(domain, self.evaluation({}))
            if domain.kind != "integer" or bounds.lower is None or bounds.upper is None:
                return None
        try:
            return len(self._candidates(name, domain, {}, 0))
        except (Undefined, Uncertain, Unsupported, Missing):
            return None

    def unbounded_integers(self) -> list[Symbol]:
        """Integer names without an upper bound, where sizes are not kept small."""
        if self._families():
            return []
        domains = {name: self._domain(name) for name in self.names}
        return [
            name
            for name, domain in domains.items()
            if domain.kind == "integer" and not (domain.upper or domain.listed or domain.fixed)
        ]

    def _mentions(self, statement: Tree) -> bool:
        return any(node in self._families() for node in walk(statement))

    def _holds(self, statement: Tree, point: Point) -> bool:
        try:
            truth = self.evaluation(point).truth(statement)
        except (Undefined, Uncertain):
            return False
        except (Unsupported, Missing) as stop:
            self._note(statement, stop)
            return True
        return truth is Truth.TRUE

    def _note(self, statement: Tree, stop: Exception) -> None:
        reason = (
            stop.reason if isinstance(stop, Unsupported) else Message("it speaks of another name")
        )
        if reason not in self.unread:
            self.unread.append(reason)

    def _instances(self, statement: Tree, point: Point) -> list[Tree]:
        """A statement on `x_i` for every member `x_1`, `x_2` … of the point."""
        if isinstance(statement, Where) and statement.word in ("for", "if"):
            statement = statement.body
        statement = _without_ellipsis(statement)
        free = [
            (node, index)
            for node in walk(statement)
            if isinstance(node, Index)
            for index in node.indices
            if isinstance(index, Symbol) and index not in point and not _is_bound(statement, index)
        ]
        if not free:
            return [statement]
        family, index = free[0]
        at = family.indices.index(index)
        values = {
            member.indices[at]
            for member in point
            if isinstance(member, Index) and member.base == family.base
        }
        return [
            instance
            for value in sorted(values, key=repr)
            for instance in self._instances(substitute(statement, {index: value}), point)
        ]

    def _families(self) -> set[Tree]:
        return {node.base for node in walk(self.goal) if isinstance(node, Index)}

    def _domain(self, atom: Tree) -> Domain:
        if atom not in self._domains:
            sort = self.facts.sort_of(atom) if isinstance(atom, Symbol) else Sort("real")
            self._domains[atom] = domain_of(atom, sort, self.statements)
        return self._domains[atom]

    def _drawn(self, turn: int) -> Point | None:
        random = Random(SEED + turn)
        point: dict[Tree, Tree] = {}
        try:
            for place, name in enumerate(self._ordered()):
                listed = self._candidates(name, self._domain(name), point, turn)
                if not listed:
                    return None
                point[name] = listed[self._choice(turn, place, len(listed), random)]
            self._add_members(point, turn, random)
        except (Undefined, Uncertain, Unsupported, Missing):
            return None
        return self._normalised(point)

    def _candidates(self, atom: Tree, domain: Domain, point: Point, turn: int) -> list[Tree]:
        small = bool(self._families())
        numbers = numbers_in(self.goal)
        return candidates(domain, self.evaluation(point), numbers, Random(SEED), small=small)

    def _ordered(self) -> list[Symbol]:
        """The names, each after those that its bounds depend on."""
        waiting = list(self.names)
        done: list[Symbol] = []
        while waiting:
            ready = [
                name
                for name in waiting
                if not (self._domain(name).needs() & (set(waiting) - {name}))
            ]
            for name in ready or waiting[:1]:
                done.append(name)
                waiting.remove(name)
        return done

    def _add_members(self, point: dict[Tree, Tree], turn: int, random: Random) -> None:
        """Give values to the members of families that the goal asks for."""
        for _ in range(MAX_MEMBERS):
            try:
                self.evaluation(point).truth(self.goal)
                return
            except Missing as stop:
                if not isinstance(stop.atom, Index) or not self._is_family(stop.atom):
                    return
                point[stop.atom] = self._member(stop.atom, point, turn, random)
            except (Undefined, Uncertain, Unsupported):
                return
        raise Unsupported(Message("too many members of families"))

    def _is_family(self, member: Index) -> bool:
        sort = self.facts.sorts.get(member.base) if isinstance(member.base, Symbol) else None
        return sort is not None and sort.is_family

    def _member(self, atom: Index, point: Point, turn: int, random: Random) -> Tree:
        assert isinstance(atom.base, Symbol)
        sort = Sort(self.facts.sort_of(atom.base).kind)
        general = [self._about_member(statement, atom) for statement in self.statements]
        domain = domain_of(atom, sort, general)
        listed = self._candidates(atom, domain, point, turn)
        if not listed:
            raise Unsupported(Message("a member without a value"))
        members = sum(isinstance(node, Index) for node in point)
        return listed[self._choice(turn, members, len(listed), random)]

    def _about_member(self, statement: Tree, atom: Index) -> Tree:
        """A constraint on a family as one on a member: `x_i > 0` as `x_2 > 0`."""
        if isinstance(statement, Where) or (
            isinstance(statement, Big) and statement.operator == "forall"
        ):
            statement = statement.body
        values: dict[Tree, Tree] = {
            node: atom
            for node in walk(statement)
            if isinstance(node, Index) and node.base == atom.base
        }
        if isinstance(statement, Relation) and not any(
            isinstance(node, Big) for node in walk(statement)
        ):
            return substitute(statement, values)
        return statement

    def _choice(self, turn: int, place: int, count: int, random: Random) -> int:
        """Which candidate the symbol at a place gets.

        A single symbol goes through all of them; several get the first ones first, equal ones now
        and then, and random ones.
        """
        if turn < 6 or (len(self.names) == 1 and not self._families()):
            return turn % count
        if turn % 5 == 0:
            return (turn // 5) % count
        if turn < 40:
            return (turn * (2 * place + 1) + 3 * place) % min(count, 12)
        return random.randrange(count)

    def _normalised(self, point: dict[Tree, Tree]) -> Point:
        """The point, with families scaled whose sum is given: `\\sum_i p_i = 1`."""
        equations = (
            x for x in self.statements if isinstance(x, Relation) and {*x.operators} == {"="}
        )
        for equation in equations:
            *sums, total = equation.operands
            for each in sums:
                match each:
                    case Big("sum", body=Index(base=base)) | Apply("plus", (Index(base=base), *_)):
                        _scale(point, base, total)
        return point


def _scale(point: dict[Tree, Tree], base: Tree, total: Tree) -> None:
    members = [atom for atom in point if isinstance(atom, Index) and atom.base == base]
    if not members:
        return
    whole = Apply("plus", tuple(point[atom] for atom in members)) if members[1:] else None
    for atom in members:
        value = point[atom]
        share: Tree = total
        if whole is not None:
            share = Apply("divide", (Apply("times", (value, total)), whole))
        point[atom] = _simplified(share)


def _simplified(tree: Tree) -> Tree:

    try:
        value = Evaluation({}, is_complex=False).value(tree)
    except (Undefined, Uncertain, Unsupported, Missing):
        return tree
    if isinstance(value, fmpq):
        return rational(value)
    return tree


def _is_bound(statement: Tree, name: Symbol) -> bool:
    return any(isinstance(node, Big) and name in node.bound for node in walk(statement))


def _without_ellipsis(statement: Tree) -> Tree:
    r"""`x_1, \dots, x_n \in S` as `x_i \in S`, since it holds for every member."""
    match statement:
        case Relation(
            (Collection(kind="sequence", items=(Index() as first, *_, last)), right), signs
        ):
            if isinstance(last, Index) and first.base == last.base:
                general = Index(first.base, (Symbol("i", accents=("member",)),))
                return Relation((general, right), signs)
    return statement
