r"""What kind of statement one link `a R b` is.

It exists to keep apart what can be true or false from what only introduces a name (`L = …`), gives
a rule (`θ ← …`), names an aim (`\arg\min`) or a model (`x \sim p`). Symmetric: what is left may
stand right. Imports the operator tree only.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final, Literal

from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.named_functions import by_letter
from blogkit.formula.vocabulary import DERIVATIVES
from blogkit.language import Message
from blogkit.meaning.trees.probabilities import has_letter_of_probability

StatementKind = Literal[
    "identity", "inequality", "limit", "definition", "update", "objective", "model", "other"
]
"""As the contract has them."""

KNOWN_FUNCTIONS: Final[frozenset[str]] = frozenset(["Γ"])
"""Names that mean a function which everyone knows, and which the vocabulary does not hold."""

DEFINING: Final[frozenset[str]] = frozenset(["≔", "≜", "≝", "≐", "↦"])
"""Signs that introduce their left side."""

_ORDER: Final = frozenset("<≤>≥≪≫≠≮≰≯≱")
_MEMBER: Final = frozenset("∈∉⊂⊆⊃⊇⊄⊈")
_EQUAL: Final = frozenset("=≡")
_LIMITS: Final = frozenset(["limit", "limit-sup", "limit-inf"])
_EXTREMA: Final = frozenset(["max", "min", "sup", "inf"])
UNSAID: Final = Message("'≈' does not say how near")
"""Why an approximation is neither true nor false."""
_SQUARED_NAMES: Final = frozenset(["σ", "s", "R", "χ"])


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a link is."""

    kind: StatementKind
    """Its kind."""
    is_claim: bool
    """Whether it can be true or false."""
    reason: str = ""
    """Why it is no claim, or why it can't be decided; empty for a claim to decide."""
    introduced: Tree | None = None
    """The side that a definition or update introduces."""


def judge(tree: Tree, *, known: frozenset[Symbol] = frozenset()) -> Judgement:
    r"""The kind of a statement of one link, of a sentence of logic, or of a bare expression.

    Args:
        tree: A clause whose chain was cut into links.
        known: Symbols with a meaning already: an equation for them is a claim.

    >>> from blogkit.formula import build
    >>> from blogkit.latex import parse
    >>> judge(build(parse(r"\theta \leftarrow \theta - \eta g").tree).tree).kind
    'update'
    """
    match tree:
        case t.Relation(operands=(left, right), operators=(sign,)):
            return _judge_link(left, sign, right, known)
        case t.Relation(operators=(":", *_)):
            return Judgement(
                "other", False, Message("says from where to where it maps, nothing to decide")
            )
        case t.Apply(operator="or", args=args) if _is_solution(args, known):
            return Judgement(
                "definition", False, Message("a solution without its equation"), args[0]
            )
        case t.Apply(operator="mod", args=(t.Relation(), _)):
            return Judgement("identity", True)
        case t.Apply(operator="implies" | "iff" | "and" | "or" | "not", args=args):
            return Judgement(_kind_within(args[-1]), True)
        case t.Big(operator="forall" | "exists" | "exists-one", body=body):
            return Judgement(_kind_within(body), True)
    return _judge_bare(tree)


def _is_solution(args: tuple[Tree, ...], known: frozenset[Symbol]) -> bool:
    r"""Whether all parts introduce the same name: `x = 2 \text{ or } x = -2`."""
    judged = [judge(arg, known=known) for arg in args]
    first = judged[0].introduced
    return all(x.kind == "definition" and x.introduced == first for x in judged)


def _kind_within(tree: Tree) -> StatementKind:
    for node in walk(tree):
        if isinstance(node, t.Relation):
            return _kind_of_sign(node.operators[-1])
    return "other"


def _kind_of_sign(sign: str) -> StatementKind:
    if sign in _ORDER:
        return "inequality"
    return "identity" if sign in _EQUAL or sign == "≈" else "other"


# --- bare expressions


def _judge_bare(tree: Tree) -> Judgement:
    if isinstance(tree, t.Opaque) or any(isinstance(part, t.Opaque) for part in tree.children):
        return Judgement("other", False, Message("a part of it could not be read"))
    if _is_optimum(tree) or _is_loose_extremum(tree):
        return Judgement("objective", False, Message("an objective, nothing to decide"))
    if isinstance(tree, t.Call) and has_letter_of_probability(tree):
        return Judgement("model", False, Message("a probability by itself, nothing to decide"))
    return Judgement("other", False, Message("an expression, nothing to decide"))


def _is_optimum(tree: Tree) -> bool:
    return isinstance(tree, t.Big) and tree.operator in ("argmax", "argmin")


def _is_loose_extremum(tree: Tree) -> bool:
    r"""`\min_θ L(θ)`: over all values, of a function that is not given."""
    if not (isinstance(tree, t.Big) and tree.operator in _EXTREMA):
        return False
    if tree.lower is not None or not tree.bound:
        return False
    holders: list[Tree] = [node for node in walk(tree.body) if isinstance(node, t.Call)]
    means = [node for node in walk(tree.body) if isinstance(node, t.Expectation)]
    holders += [mean.under for mean in means if mean.under is not None]
    return any(node in tree.bound for holder in holders for node in walk(holder))


# --- links


def _judge_link(left: Tree, sign: str, right: Tree, known: frozenset[Symbol]) -> Judgement:
    plain, _, note = sign.partition("{")
    if isinstance(left, t.Blank) or isinstance(right, t.Blank):
        return Judgement("other", False, Message("one of its sides is missing"))
    if plain in DEFINING or (plain in _EQUAL and note.startswith("def")):
        return _judge_assignment(left, plain, right)
    if plain in ("←", "→") or plain in "⟵⟶":
        return _judge_arrow(left, plain, right)
    if plain == "∼":
        return Judgement("model", False, Message("says how it is distributed, nothing to decide"))
    if plain in _MEMBER:
        return _judge_membership(left, plain)
    if plain in _ORDER:
        return Judgement("inequality", True)
    if plain in _EQUAL:
        return _judge_equation(left, right, known)
    if plain == "≈":
        return Judgement("identity", True, UNSAID)
    if plain in "|∣∤":
        return Judgement("other", True)
    return Judgement(
        "other", False, Message("'{plain}' says nothing that can be decided here", plain=plain)
    )


def _judge_assignment(left: Tree, sign: str, right: Tree) -> Judgement:
    if sign != "↦" and any(node == left for node in walk(right)):
        return Judgement("update", False, Message("an update, nothing to decide"), left)
    if _is_optimum(right):
        return Judgement("objective", False, Message("an objective, nothing to decide"), left)
    return Judgement("definition", False, Message("a definition, nothing to decide"), left)


def _judge_arrow(left: Tree, sign: str, right: Tree) -> Judgement:
    if sign in "←⟵":
        return Judgement("update", False, Message("an update, nothing to decide"), left)
    if any(node == left for node in walk(right)):
        return Judgement("update", False, Message("an update, nothing to decide"), left)
    return Judgement("other", False, Message("says where it goes, but not when"))


def _judge_membership(left: Tree, sign: str) -> Judgement:
    if sign in "∈⊂⊆" and _has_symbols(left):
        return Judgement("other", False, Message("says where it lies, nothing to decide"))
    return Judgement("other", True)


def _has_symbols(tree: Tree) -> bool:
    return any(isinstance(node, Symbol) for node in walk(tree))


def _judge_equation(left: Tree, right: Tree, known: frozenset[Symbol]) -> Judgement:
    optima = [_is_optimum(side) for side in (left, right)]
    if any(optima) and not all(optima):
        return Judgement("objective", False, Message("an objective, nothing to decide"))
    if _is_objective(left, right) or _is_objective(right, left):
        return Judgement("objective", False, Message("an objective, nothing to decide"))
    sides = ((left, right), (right, left))
    for one, other in sides:
        if _is_update(one, other):
            return Judgement("update", False, Message("an update, nothing to decide"), one)
    for one, other in sides:
        if _introduces(one, other, known):
            return Judgement("definition", False, Message("a definition, nothing to decide"), one)
        if _is_abbreviation(one, other):
            return Judgement("definition", False, Message("a definition, nothing to decide"))
    if any(_is_of_eigenvectors(one, other) for one, other in sides):
        return Judgement("other", False, Message("what an eigenvector meets, nothing to decide"))
    if any(_is_limit(side) for side in (left, right)):
        return Judgement("limit", True)
    return Judgement("identity", True)


def _is_of_eigenvectors(product: Tree, multiple: Tree) -> bool:
    r"""Whether a product is a multiple of its last factor by a letter of its own: `Av = \lambda v`.

    Only an eigenvalue is such a letter, so it says what A, v and it are to one another.
    """
    inner = product.body if isinstance(product, t.Big) else product
    match inner, multiple:
        case (
            t.Apply(operator="times", args=(*matrices, last)),
            t.Apply(operator="times", args=(Symbol(name="λ" | "μ" | "σ") as value, vector)),
        ):
            is_own = value not in walk(product)
            return last == vector and is_own and not any(map(_is_number, matrices))
    return False


def _is_objective(aim: Tree, value: Tree) -> bool:
    extrema = _EXTREMA | _LIMITS
    others = (node for node in walk(value) if isinstance(node, (t.Big, t.Apply)))
    return _is_loose_extremum(aim) and not any(node.operator in extrema for node in others)


def _is_limit(tree: Tree) -> bool:
    """Whether a limit stands at the top of a side: itself or as a term or factor."""
    match tree:
        case t.Big(operator=operator):
            return operator in _LIMITS
        case t.Apply(operator="plus" | "minus" | "times" | "divide", args=args):
            return any(map(_is_limit, args))
    return False


# --- what an equation introduces


def _introduces(name: Tree, value: Tree, known: frozenset[Symbol]) -> bool:
    """Whether one side is a new name, or a new function of plain names, and the other its value."""
    symbol = named(name)
    if symbol is None or symbol in known or _is_known(name, symbol) or symbol.name.isdigit():
        return False
    if _is_information(name) and any(map(_is_entropy, walk(value))):
        return False
    if symbol.name == "I" and isinstance(name, (Symbol, t.Index)) and not _is_step(name, value):
        return not any(_makes_matrices(node) for node in walk(value))
    if isinstance(name, t.Call) and symbol.primes:
        return False
    if isinstance(name, t.Call) and by_letter(symbol) and _is_derivative(value):
        return False
    if isinstance(name, t.Index) and not isinstance(name.base, t.Call):
        return _is_numbered_otherwise(name, value) or not _has_member(value, symbol)
    if isinstance(name, t.Call):
        return not any(_is_call_of(node, name) for node in walk(value))
    if _lists_members(value, symbol):
        return True
    return not holds_name(value, symbol)


def _is_derivative(tree: Tree) -> bool:
    r"""Whether it is a derivative of what is given: of that `\sigma(x)` is a value, no name."""
    return isinstance(tree, t.Apply) and tree.operator in DERIVATIVES


def _is_abbreviation(name: Tree, value: Tree) -> bool:
    r"""Whether capitals without a gap spell a word that gets a value: `TPR = \frac{TP}{TP+FN}`.

    As a product of three or more they would hold a letter that stands on one side only. What is but
    a product of other capitals may be one of matrices.
    """
    if not isinstance(name, t.Apply) or name.operator != "times" or _is_of_capitals(value):
        return False
    is_spelled = len(name.args) > 2 and all(map(_is_plain_capital, name.args))
    are_beside = all(one.span.end == two.span.start for one, two in pairwise(name.args))
    if not (is_spelled and are_beside) or set(name.args) <= set(walk(value)):
        return False
    return _capitals_alone(value).isdisjoint(name.args)


def _capitals_alone(tree: Tree) -> set[Tree]:
    """Capitals that stand in a tree by themselves, not beside others as in a word."""
    spelled = [node.args for node in walk(tree) if isinstance(node, t.Apply) and _is_word(node)]
    found = Counter(filter(_is_plain_capital, walk(tree)))
    return set(found - Counter(chain.from_iterable(spelled)))


def _is_word(tree: t.Apply) -> bool:
    return len(tree.args) > 1 and _is_of_capitals(tree) and tree.operator == "times"


def _is_of_capitals(tree: Tree) -> bool:
    parts = tree.args if isinstance(tree, t.Apply) and tree.operator == "times" else (tree,)
    return all(map(_is_plain_capital, parts))


def _is_plain_capital(tree: Tree) -> bool:
    if not isinstance(tree, Symbol) or not tree.is_bare or len(tree.name) != 1:
        return False
    return tree.name.isascii() and tree.name.isupper()


def _is_numbered_otherwise(name: t.Index, value: Tree) -> bool:
    """Whether all members in a value have other numbers than a member: `W_2` of `W_1 - F + 1`."""
    members = [node for node in walk(value) if isinstance(node, t.Index) and node.base == name.base]
    numbers = [index for member in (name, *members) for index in member.indices]
    is_bare = isinstance(name.base, Symbol) and holds_name(value, name.base)
    return name not in members and not is_bare and all(isinstance(x, t.Number) for x in numbers)


def holds_name(tree: Tree, name: Symbol) -> bool:
    r"""Whether a name stands in a tree, but for a family of that name: `L = \sum_t L_t`.

    >>> holds_name(t.Index(Symbol("L"), (Symbol("t"),)), Symbol("L"))
    False
    """
    match tree:
        case t.Index(base=Symbol() as base, indices=indices) if base == name:
            return any(holds_name(index, name) for index in indices)
        case Symbol():
            return name in walk(tree)
    return any(holds_name(child, name) for child in tree.children)


def _is_step(name: Tree, value: Tree) -> bool:
    r"""Whether an index numbers the members of other families too, and so is no size: `I_t`."""
    if not isinstance(name, t.Index):
        return False
    others = {index for node in walk(value) if isinstance(node, t.Index) for index in node.indices}
    return bool(set(name.indices) & others)


def _lists_members(value: Tree, family: Symbol) -> bool:
    r"""Whether a name stands for all its members: `y = (y_1, \dots, y_T)`."""
    if not isinstance(value, t.Collection) or value.kind == "sequence":
        return False
    members = [item for item in value.items if not isinstance(item, t.Ellipsis)]
    return bool(members) and all(_symbol_of(item) == family for item in members)


def named(tree: Tree) -> Symbol | None:
    r"""The symbol that an equation with this side would introduce; None if it can't.

    `x`, `x_i`, `f(x)`, `f(x)_i`, `L(y, f(x))`, `σ^2`, but not `f(x+1)` or `f(0)`.
    """
    match tree:
        case Symbol():
            return tree
        case t.Index(base=base):
            return named(base)
        case t.Call(function=Symbol() as function, args=args, conditions=bars, parameters=rest):
            parts = (*args, *bars, *rest)
            if len(parts) > 1 and all(isinstance(part, t.Call) for part in parts):
                return None  # of two distributions, as a divergence is
            is_named = any(map(_has_symbols, parts)) and _are_plain(_without_values(parts))
            return function if is_named else None
        case t.Call(function=t.Index(base=Symbol() as base), args=args) if _are_plain(args):
            return base
        case t.Call(function=t.Apply(operator="star", args=(Symbol() as first, _))):
            return first
        case t.Apply(operator="power", args=(Symbol() as base, t.Number(text="2"))):
            return base if base.name in _SQUARED_NAMES else None
        case t.Apply(operator="increment", args=(inner,)):
            return named(inner)
        case t.Collection(kind="list", items=(inner,)):
            return named(inner)
    return None


def _without_values(parts: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Parameters, without values of functions among several: `L(Y, f(x))` is defined of both."""
    if len(parts) < 2:
        return parts
    return tuple(x for x in parts if not (isinstance(x, t.Call) and _are_plain(x.args)))


def _are_plain(parts: tuple[Tree, ...]) -> bool:
    return all(map(_is_plain, parts))


def _is_plain(tree: Tree) -> bool:
    """Whether it can stand as a parameter of a definition."""
    match tree:
        case Symbol() | t.Number() | t.Ellipsis() | t.Constant() | t.Blank() | t.Text():
            return True
        case t.Index(base=base):
            return _is_plain(base)
        case t.Apply(operator="increment" | "power", args=(inner, *_)):
            return _is_plain(inner)
        case t.Collection(items=items):
            return all(map(_is_plain, items))
        case t.Relation(operators=("=",), operands=parts):
            return all(map(_is_plain, parts))
    return False


def _is_information(tree: Tree) -> bool:
    """`I(X;Y)`, which has a meaning where entropies stand beside it."""
    match tree:
        case t.Call(function=Symbol(name="I"), parameters=(_,)):
            return True
    return False


def _is_entropy(tree: Tree) -> bool:
    match tree:
        case t.Call(function=Symbol(name="H")):
            return True
    return False


def _is_known(name: Tree, symbol: Symbol) -> bool:
    if isinstance(name, t.Index) and isinstance(name.base, t.Call):
        name = name.base
    return isinstance(name, t.Call) and symbol.name in KNOWN_FUNCTIONS and not symbol.primes


def _symbol_of(node: Tree) -> Tree | None:
    return node.base if isinstance(node, t.Index) else None


def _makes_matrices(node: Tree) -> bool:
    """Whether beside it the letter `I` is the identity."""
    if isinstance(node, Symbol):
        return node.font == "bold"
    return isinstance(node, t.Apply) and node.operator in ("transpose", "inverse")


def _has_member(tree: Tree, family: Symbol) -> bool:
    named_so = variables(tree).free | variables(tree).functions
    return family in named_so or any(_family(node) == family for node in walk(tree))


def _family(node: Tree) -> Symbol | None:
    while isinstance(node, t.Index):
        node = node.base
        if isinstance(node, Symbol):
            return node
    return None


def _is_call_of(node: Tree, call: t.Call) -> bool:
    """Whether a node applies the same function; `p` and `P` are one if both are probabilities."""
    if not isinstance(node, t.Call):
        return False
    if node.function == call.function:
        return True
    return (
        has_letter_of_probability(node)
        and has_letter_of_probability(call)
        and _letter(node) == _letter(call)
    )


def _letter(call: t.Call) -> str:
    return call.function.name.lower() if isinstance(call.function, Symbol) else ""


# --- updates


def _is_update(name: Tree, value: Tree) -> bool:
    r"""Whether a side is a later member of a family of which the other holds an earlier one."""
    symbol = named(name)
    if symbol is not None and _is_known(name, symbol):
        return False
    match name:
        case t.Index(base=base, indices=indices):
            return _corrects(name, value) or any(
                isinstance(node, t.Index)
                and node.base == base
                and _are_neighbours(node.indices, indices)
                for node in walk(value)
            )
        case t.Call(function=Symbol() as function, args=args) if named(name) is not None:
            return any(
                isinstance(node, t.Call)
                and node.function == function
                and _are_neighbours(node.args, args)
                for node in walk(value)
            )
        case t.Apply(operator="power", args=(Symbol() as base, exponent)):
            return _steps_down(base, exponent, value)
        case Symbol(name=word) if "_" in word:  # as in a program
            return name in walk(value)
        case Symbol():
            return _corrects(name, value)
    return False


def _are_neighbours(some: tuple[Tree, ...], others: tuple[Tree, ...]) -> bool:
    """Whether indices are the same but for a whole number: `t-1` and `t`."""
    if len(some) != len(others) or some == others:
        return False
    pairs = zip(some, others, strict=True)
    return all(a == b or _without_number(a) == _without_number(b) for a, b in pairs) and any(
        isinstance(_without_number(a), (Symbol, t.Index)) for a in some
    )


def _without_number(tree: Tree) -> Tree:
    """`t` of `t - 1`."""
    if not (isinstance(tree, t.Apply) and tree.operator == "plus"):
        return tree
    kept = tuple(arg for arg in tree.args if not _is_number(arg))
    return kept[0] if len(kept) == 1 else t.Apply("plus", kept)


def _is_number(tree: Tree) -> bool:
    if isinstance(tree, t.Apply) and tree.operator == "minus":
        return _is_number(tree.args[0])
    return isinstance(tree, t.Number)


def _steps_down(base: Symbol, exponent: Tree, value: Tree) -> bool:
    r"""`x^{k+1} = x^k - α \nabla f(x^k)`, where the exponent numbers the steps."""
    has_step = any(
        isinstance(node, t.Apply)
        and node.operator == "power"
        and node.args[0] == base
        and _are_neighbours((node.args[1],), (exponent,))
        for node in walk(value)
    )
    return has_step and any(_is_unknown_slope(node) for node in walk(value))


def _corrects(name: Tree, value: Tree) -> bool:
    r"""`θ = θ - η \nabla L`, an update that is written with an equals sign."""
    if not (isinstance(value, t.Apply) and value.operator == "plus" and name in value.args):
        return False
    return any(_is_unknown_slope(node) for node in walk(value))


def _is_unknown_slope(node: Tree) -> bool:
    return isinstance(node, t.Call) or (isinstance(node, t.Apply) and node.operator in DERIVATIVES)


def families(tree: Tree) -> Iterator[Symbol]:
    """The families whose members occur in a tree."""
    for node in walk(tree):
        family = _family(node)
        if family is not None:
            yield family
