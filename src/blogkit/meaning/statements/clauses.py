r"""What a formula says, and under which conditions.

It exists because a display often holds both: `(a+b)^2 \ge 4ab, \quad a, b > 0` is one claim and
one condition; `\forall x > 0: …` likewise. A clause is one of the things said, perhaps a whole
chain, with all that is said to restrict it. Imports the operator tree only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from blogkit.formula import Symbol, Tree, to_sexpr, variables, walk
from blogkit.formula import tree as t
from blogkit.meaning.statements.polarity import (
    FORMULA,
    Polarity,
    is_existential,
    is_turned,
    polarity,
)

_ORDER: Final = frozenset("<≤>≥≠")
_MEMBER: Final = frozenset("∈∉⊂⊆")
_MEASURES: Final = frozenset(["abs", "norm", "real-part", "imaginary-part", "cardinality"])
_MAX_BOUND_NODES = 12
"""A bound such as `n - 1` or `\frac{1}{L}` is small; what is larger is an expression of its own."""

_IF_WORDS: Final = frozenset(
    [
        *["if", "when", "let", "suppose", "assume", "given", "for", "where", "with"],
        *["若", "当", "如果", "设", "令", "对", "对于", "其中", "假设", "已知", "这里", "任意"],
    ]
)
_IMPLIES: Final = re.compile(r"impl|entail|推[出得]|意味|蕴[含涵]|得[出到]")
_SUBJECT_TO: Final = frozenset(["s.t", "s. t", "st", "subject to", "约束", "满足"])


@dataclass(frozen=True, slots=True)
class Clause:
    """One of the things that a formula says."""

    tree: Tree
    """What is said: a relation, perhaps a chain; a sentence of logic; a bare expression."""
    conditions: tuple[Tree, ...] = ()
    """What restricts it, each a relation or a sentence of logic."""
    constraints: tuple[Tree, ...] = ()
    """What an objective is subject to."""
    is_condition: bool = False
    """Whether its words say that it is a condition, of something outside of the formula."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause, a condition, or words, in reading order."""

    tree: Tree
    role: str
    """`said`, `condition` (by its words or quantifier), `constraint`, `words`."""
    conditions: tuple[Tree, ...] = ()
    is_firm: bool = False
    """Whether a quantifier in front of it says that it is claimed, however small it is."""


def clauses(tree: Tree) -> tuple[Clause, ...]:
    r"""What a formula says, in reading order, each with its conditions.

    Conditions that stand behind clauses hold for those since the conditions before; conditions in
    front hold for all.

    >>> from blogkit.formula import build, to_sexpr
    >>> from blogkit.latex import parse
    >>> found = clauses(build(parse(r"a^2 \ge b^2, \quad a > b").tree).tree)
    >>> [(to_sexpr(c.tree), [to_sexpr(x) for x in c.conditions]) for c in found]
    [('(≥ (power a 2) (power b 2))', ['(> a b)'])]
    """
    pieces = _told_apart(list(_pieces(tree)))
    leading = _leading(pieces)
    found: list[Clause] = []
    waiting: list[Clause] = []
    conditions: list[Tree] = []
    for piece in pieces[len(leading) :]:
        if piece.role == "said":
            if conditions:
                found.extend(_restricted(waiting, conditions))
                waiting, conditions = [], []
            waiting.append(Clause(piece.tree, piece.conditions))
        elif piece.role == "condition":
            conditions.append(piece.tree)
        elif piece.role == "constraint" and waiting:
            last = waiting.pop()
            waiting.append(replace(last, constraints=(*last.constraints, piece.tree)))
    found.extend(_restricted(waiting, conditions))
    before = tuple(piece.tree for piece in leading if piece.role == "condition")
    if not found:
        return tuple(Clause(tree, is_condition=True) for tree in before)
    return tuple(replace(c, conditions=(*before, *c.conditions)) for c in found)


def _leading(pieces: list[_Piece]) -> list[_Piece]:
    leading = []
    for piece in pieces:
        if piece.role == "said":
            break
        leading.append(piece)
    return leading


def _restricted(group: list[Clause], conditions: list[Tree]) -> list[Clause]:
    return [replace(c, conditions=(*c.conditions, *conditions)) for c in group]


# --- reading order


def _pieces(tree: Tree) -> Iterator[_Piece]:
    match tree:
        case t.System(statements=statements):
            yield from _listed(statements)
        case t.Where(body=body, word=word, condition=condition):
            role = "constraint" if word == "subject-to" else "condition"
            yield from _pieces(body)
            parts = (part for part in conjuncts(condition) if not isinstance(part, Symbol))
            yield from (_Piece(part, role) for part in parts)
        case t.Big(operator="forall"):
            yield from _quantified(tree)
        case t.Annotated(body=body):
            yield from _pieces(body)
        case t.Apply(operator="and", args=args) if any(map(_is_statement, args)):
            for arg in args:
                yield from _pieces(arg)
        case t.Text():
            yield _Piece(tree, "words")
        case t.Relation():
            yield from _related(tree)
        case t.Collection(kind="tuple" | "sequence", items=items) if any(map(_is_statement, items)):
            yield from (_Piece(part, "condition") for part in conjuncts(tree))
        case _:
            yield _Piece(tree, "said")


def _listed(statements: tuple[Tree, ...]) -> Iterator[_Piece]:
    """What is listed; beside words such as `for some`, it is said of some values only."""
    words = (part.text for part in statements if isinstance(part, t.Text))
    some = any(map(is_existential, words))
    for piece in _in_order(statements):
        is_open = some and piece.role == "said" and isinstance(piece.tree, t.Relation)
        yield replace(piece, tree=_of_some(piece.tree)) if is_open else piece


def _of_some(tree: Tree) -> Tree:
    names = sorted(variables(tree).free, key=to_sexpr)
    return t.Big("exists", tuple(names), None, None, None, tree, span=tree.span) if names else tree


def _in_order(statements: tuple[Tree, ...]) -> Iterator[_Piece]:
    found: list[_Piece] = []
    role = ""
    how: Polarity = "asserted"
    for statement in statements:
        if isinstance(statement, t.Text):
            words = statement.text
            found = _denied_behind(found, words)
            if polarity(words, len(words)) != "asserted" and _IMPLIES.search(words):
                found = [
                    replace(p, role="condition" if p.role == "said" else p.role) for p in found
                ]
            role = _role_of(words) or ("" if role == "condition" else role)
            how = "contrary" if is_turned(words) else polarity(words, len(words))
            found.append(_Piece(statement, "words"))
            continue
        if is_turned(_last_words(found)):
            found.extend(_otherwise(found, statement))
        elif how != "asserted":
            found.extend(_Piece(part, "condition") for part in _contraries(statement, how))
        elif role:
            found.extend(_Piece(part, role) for part in conjuncts(statement))
        else:
            found.extend(_pieces(statement))
        role = "" if role == "condition" else role
        how = "asserted"
    yield from found


def _last_words(found: list[_Piece]) -> str:
    last = found[-1].tree if found else None
    return last.text if isinstance(last, t.Text) else ""


def _contraries(statement: Tree, how: Polarity) -> tuple[Tree, ...]:
    """The condition of words such as `unless`; none of what is denied (`without assuming`)."""
    parts = tuple(conjuncts(statement))
    if how != "contrary":
        return ()
    other = contrary_of(parts[0]) if len(parts) == 1 else None
    return (other or t.Apply("not", (_conjunction(statement),), span=statement.span),)


def _denied_behind(found: list[_Piece], words: str) -> list[_Piece]:
    """The pieces, their last condition taken back or turned by the words behind it: `x>0 fails`."""
    if not found or found[-1].role != "condition":
        return found
    front = "if "
    how = polarity(front + FORMULA + words, len(front), len(front) + 1)
    if how == "asserted":
        return found
    last = found[-1].tree
    return [*found[:-1], *(_Piece(part, "condition") for part in _contraries(last, how))]


def _otherwise(found: list[_Piece], statement: Tree) -> Iterator[_Piece]:
    """A statement for the other case: the contrary of the condition in front restricts it."""
    conditions = [piece.tree for piece in found if piece.role == "condition"]
    contrary = _contraries(t.System(tuple(conditions)), "contrary") if conditions else ()
    for piece in _pieces(statement):
        yield replace(piece, conditions=(*piece.conditions, *contrary))


def _role_of(words: str) -> str:
    """What words in front make of the statement behind them."""
    plain = words.lower().strip(" :,.，。：（）()")
    if plain in _SUBJECT_TO:
        return "constraint"
    return "condition" if plain in _IF_WORDS else ""


def _quantified(tree: t.Big) -> Iterator[_Piece]:
    """`∀ x ∈ S: …`: its scope is a condition of what follows; alone, of what stands before."""
    scopes = [tree.condition] if tree.condition is not None else list(tree.bound)
    claims: list[Tree] = []
    for scope in scopes:
        if isinstance(scope, t.Apply) and scope.operator == "implies":
            yield from (_Piece(part, "condition") for part in conjuncts(scope.args[0]))
            claims.append(scope.args[1])
            continue
        parts = (part for part in conjuncts(scope) if _is_statement(part))
        yield from (_Piece(part, "condition") for part in parts)
    if not isinstance(tree.body, t.Blank):
        claims.append(tree.body)
    for claim in claims:
        yield from (replace(p, is_firm=True) if p.role == "said" else p for p in _pieces(claim))


def _related(tree: t.Relation) -> Iterator[_Piece]:
    """A relation without what stands behind it in its last list: `a = b, \\forall x`."""
    last = tree.operands[-1]
    if isinstance(tree.operands[0], t.Blank) and tree.operators[0] in "∴∵⇒":
        yield from _pieces(_shortened(tree))
        return
    if not (isinstance(last, t.Collection) and last.kind == "sequence"):
        yield _Piece(tree, "said")
        return
    places = [k for k, item in enumerate(last.items) if _is_open_scope(item)]
    if not places:
        yield _Piece(tree, "said")
        return
    kept = last.items[: places[0]]
    value = kept[0] if len(kept) == 1 else replace(last, items=kept)
    yield _Piece(replace(tree, operands=(*tree.operands[:-1], value)), "said")
    for item in last.items[places[0] :]:
        if isinstance(item, t.Big) and _is_open_scope(item):
            yield from _quantified(item)


def _is_open_scope(tree: Tree) -> bool:
    return isinstance(tree, t.Big) and tree.operator == "forall" and isinstance(tree.body, t.Blank)


def _shortened(chain: t.Relation) -> Tree:
    """A chain without its first operand."""
    if len(chain.operators) == 1:
        return chain.operands[1]
    return replace(chain, operands=chain.operands[1:], operators=chain.operators[1:])


def conjuncts(tree: Tree) -> Iterator[Tree]:
    r"""The single conditions of a condition: of systems, `and`, chained quantifiers and lists.

    `a, b > 0` is `a > 0` and `b > 0`; `i = 1, …, n` is `i ∈ {1, …, n}`.
    """
    match tree:
        case t.System(statements=parts) | t.Apply(operator="and", args=parts):
            for part in parts:
                if not isinstance(part, t.Text):
                    yield from conjuncts(part)
        case t.Where(body=body, word="for", condition=condition):
            yield from conjuncts(body)
            yield from conjuncts(condition)
        case t.Big(operator="forall"):
            yield from (piece.tree for piece in _quantified(tree))
        case t.Collection(kind="tuple" | "sequence", items=items) if any(map(_is_statement, items)):
            yield from _spread_list(items)
        case t.Call(function=Symbol(name="not"), args=(inner,)):
            yield t.Apply("not", (_conjunction(inner),), span=tree.span)
        case t.Apply(operator="or" | "not", args=args):
            yield replace(tree, args=tuple(map(_conjunction, args)))
        case t.Relation():
            yield from _spread(tree)
        case _:
            yield tree


def _conjunction(tree: Tree) -> Tree:
    parts = tuple(conjuncts(tree))
    return parts[0] if len(parts) == 1 else t.Apply("and", parts, span=tree.span)


def _spread_list(items: tuple[Tree, ...]) -> Iterator[Tree]:
    """`(a, b > 0)`, which the reader took for a pair."""
    before: list[Tree] = []
    for item in items:
        if not isinstance(item, t.Relation):
            before.append(item)
            continue
        names = (*before, item.operands[0])
        before = []
        head = t.Collection("sequence", names, span=item.span) if len(names) > 1 else names[0]
        yield from _spread(replace(item, operands=(head, *item.operands[1:])))


def _spread(relation: t.Relation) -> Iterator[Tree]:
    left, right = relation.operands[0], relation.operands[-1]
    if relation.operators == ("=",) and _is_run(right) and isinstance(right, t.Collection):
        values = t.Collection("set", right.items, span=right.span)
        yield from _spread(replace(relation, operands=(left, values), operators=("∈",)))
    elif (quantified := _chained_scopes(relation)) is not None:
        yield from quantified
    elif _is_names(left) and isinstance(left, t.Collection):
        for item in left.items:
            if not isinstance(item, t.Ellipsis):
                yield replace(relation, operands=(item, *relation.operands[1:]))
    else:
        yield relation


def _chained_scopes(relation: t.Relation) -> list[Tree] | None:
    r"""`a ∈ R ∀ n ∈ N`, which the reader took for one chain: each scope by itself."""
    for place, operand in enumerate(relation.operands):
        if not (isinstance(operand, t.Apply) and operand.operator == "times"):
            continue
        inner = operand.args[-1]
        if _is_open_scope(inner) and isinstance(inner, t.Big) and len(operand.args) == 2:
            first = (*relation.operands[:place], operand.args[0])
            rest = (inner.bound[0], *relation.operands[place + 1 :])
            one = replace(relation, operands=first, operators=relation.operators[:place])
            two = replace(relation, operands=rest, operators=relation.operators[place:])
            return [*conjuncts(one), *conjuncts(two)]
    return None


def _is_run(tree: Tree) -> bool:
    """`1, …, n` or `0, 1`."""
    return isinstance(tree, t.Collection) and tree.kind == "sequence"


def _is_names(tree: Tree) -> bool:
    return isinstance(tree, t.Collection) and tree.kind == "sequence" and len(tree.items) > 1


def _is_statement(tree: Tree) -> bool:
    match tree:
        case t.Relation():
            return True
        case t.Apply(operator="and" | "or" | "not" | "implies" | "iff" | "mod", args=args):
            return any(map(_is_statement, args))
        case t.System(statements=parts):
            return any(map(_is_statement, parts))
        case t.Where(body=body):
            return _is_statement(body)
        case t.Call(function=Symbol(name="not"), args=args):
            return any(map(_is_statement, args))
    return isinstance(tree, t.Big) and tree.operator in ("forall", "exists", "exists-one")


# --- claims and conditions


def _told_apart(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces with those that only restrict the others made conditions."""
    said = [piece for piece in pieces if piece.role == "said"]
    alone = all(is_condition(piece.tree) for piece in said)
    found: list[_Piece] = []
    for piece in pieces:
        if piece.role == "said" and not piece.is_firm and is_condition(piece.tree):
            role = "said" if alone else "condition"
            parts = tuple(conjuncts(piece.tree))
            found.extend(replace(piece, tree=part, role=role) for part in parts)
        else:
            found.append(piece)
    return found


_CONTRARY: Final = {
    "<": "≥",
    "≤": ">",
    ">": "≤",
    "≥": "<",
    "=": "≠",
    "≠": "=",
    "∈": "∉",
    "∉": "∈",
}


def contrary_of(tree: Tree) -> Tree | None:
    """The condition that holds where another does not; None where it is no plain comparison.

    >>> contrary_of(t.Relation((Symbol("x"), t.Number("0")), (">",))).operators
    ('≤',)
    """
    if not isinstance(tree, t.Relation) or len(tree.operators) != 1:
        return None
    sign = _CONTRARY.get(tree.operators[0])
    is_ordered = tree.operators[0] in "<≤>≥"
    arrays = (isinstance(side, Symbol) and side.font == "bold" for side in tree.operands)
    if sign is None or (is_ordered and any(arrays)):
        return None
    return t.Relation(tree.operands, (sign,))


def is_condition(tree: Tree) -> bool:
    r"""Whether a statement has the form of a condition: `x > 0`, `1 \le k \le n-1`, `A \in S`.

    One of its parts is a bare name, a list of names or the size of one, which does not occur in the
    other parts, and they are small.
    """
    if not isinstance(tree, t.Relation):
        return False
    signs = frozenset(tree.operators)
    if signs == {"="}:
        first, *others, last = tree.operands
        is_listed = not others and _is_run(last) and bare_names(first) is not None
        sums = all(map(_is_sum_of_members, (first, *others)))
        return is_listed or (sums and isinstance(last, t.Number)) or ties_names(tree)
    if signs == {"→"}:
        return isinstance(tree.operands[0], Symbol) and not isinstance(tree.operands[1], t.Call)
    if not (signs <= _ORDER or signs <= _MEMBER):
        return False
    if any(len(list(walk(part))) > _MAX_BOUND_NODES for part in tree.operands):
        return False
    return any(_is_bounded(tree, place) for place in range(len(tree.operands)))


def ties_names(tree: Tree) -> bool:
    r"""Whether it says of several names, each once, that they make a number: `a + b = 1`.

    Only some values do, so it is no claim.
    """
    match tree:
        case t.Relation(operands=(side, t.Number()), operators=("=",)):
            names = [node for node in walk(side) if isinstance(node, Symbol)]
            plain = all(isinstance(node, Symbol | t.Number | t.Apply) for node in walk(side))
            is_small = len(list(walk(side))) <= _MAX_BOUND_NODES
            return plain and is_small and 1 < len(names) == len({*names})
    return False


def _is_sum_of_members(tree: Tree) -> bool:
    r"""Whether it is the sum of all members of a family: `\sum_j \lambda_j` of `= 1`."""
    match tree:
        case t.Big(operator="sum", bound=(index,), body=t.Index(base=Symbol(), indices=indices)):
            return index in indices
    return False


def _is_bounded(relation: t.Relation, place: int) -> bool:
    names = bare_names(relation.operands[place])
    if names is None:
        return False
    others = (part for k, part in enumerate(relation.operands) if k != place)
    return not any(node in names for part in others for node in walk(part))


def bare_names(tree: Tree) -> frozenset[Tree] | None:
    """The names that a part consists of, perhaps under an absolute value; None if of more."""
    match tree:
        case Symbol():
            return frozenset([tree])
        case t.Index(base=Symbol() | t.Index()):
            return frozenset([tree])
        case t.Apply(operator=operator, args=(inner, *_)) if operator in _MEASURES:
            return bare_names(inner)
        case t.Collection(kind="sequence" | "tuple", items=items):
            parts = [bare_names(item) for item in items if not isinstance(item, t.Ellipsis)]
            if any(part is None for part in parts):
                return None
            return frozenset(name for part in parts if part is not None for name in part)
    return None
