r"""Whether an equation of a post is meant as a claim at all.

It exists because `w^\top x + b = 0` in a post is a plane and not a false statement on all `x`. Read
as true of all values it would be refuted, and wrongly. Where its place or form leaves that open, a
refutation is withheld; a proof stands, since what holds always holds here too.
Imports the modules that read posts, and the operator tree.
"""

from collections import Counter
from itertools import pairwise

from blogkit.check.context.post_notes import Surroundings
from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.named_functions import by_letter, named_function
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.definitions import Definition
from blogkit.meaning.facts.notation import SPECIAL
from blogkit.meaning.statements.clauses import is_condition, ties_names
from blogkit.meaning.statements.conditions import is_to_be_solved
from blogkit.meaning.statements.cutting import Statement
from blogkit.meaning.statements.kinds import families
from blogkit.meaning.trees.derivatives import is_negative
from blogkit.meaning.trees.parameters import derived_by
from blogkit.meaning.trees.probabilities import is_probability

_SHORT_NODES = 9
"""An inline equation of so few nodes is mostly a condition: `x = y`, `A^\\top = A`."""

_NUMBERS = frozenset("abcijmntxyzαβγληε")
"""Letters that hardly ever name a function."""

_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_CONDITION = Message("it may be meant as a condition and not as a claim")
_INEQUALITIES = frozenset("<≤>≥≠")


DEFINED_ANEW = Message("the post may define its left side anew here")


def may_define_anew(statement: Statement, fresh: frozenset[Tree]) -> bool:
    """Whether an equation would be a definition, had the post not used its name before."""
    is_equation = statement.introduced is None
    return is_equation and bool(_about(statement.tree) & _symbols(fresh))


def find_doubt(
    statement: Statement,
    claim: Tree,
    used: tuple[Definition, ...],
    around: Surroundings | None,
    fresh: frozenset[Tree],
    *,
    is_assumed: bool = False,
    is_universal: bool = False,
    is_claimed: bool = False,
    known: frozenset[Symbol] = frozenset(),
) -> str:
    """Why a refutation of a claim would not be one; empty where it would.

    Args:
        statement: The statement as written.
        claim: It with definitions put in.
        used: Those definitions.
        around: What its post says; None for a formula by itself.
        fresh: Names that its own formula introduces, had the post not done so before.
        is_assumed: Whether the user said something of its symbols: then all values are meant.
        is_universal: Whether the formula says that it holds for all values.
        is_claimed: Whether it is certainly no condition.
        known: Names of which it is known what they are, and so no special matrix.
    """
    if around is not None and around.is_denied:
        return Message("the words beside it say that it does not hold")
    if around is not None and _is_powered(claim, around.named):
        return Message("'e' may be Euler's number here")
    special = "" if is_assumed else special_letter(claim, known)
    if special and not (around is None and _apart(claim)):
        return Message("'{name}' may be a special matrix", name=special)
    habit = "" if is_assumed else _meant_by_habit(statement, claim, used, around)
    meant = habit or _mean(claim)
    if meant:
        return meant
    is_general = is_universal or (is_assumed and around is None)
    is_equation = not is_general and not _is_probabilistic(claim) and is_to_be_solved(claim)
    condition = _CONDITION if is_equation else ""
    if around is None:
        return "" if is_general else _apart(claim) or condition
    if may_define_anew(statement, fresh):
        return DEFINED_ANEW
    post = [d for d in used if d in around.definitions]
    distant = [d for d in post if d.symbol not in around.same_section]
    if distant:
        return Message(
            "'{latex}' stands in another section and may not be meant here", latex=distant[0].latex
        )
    if around.rests_on_model and _is_probabilistic(claim):
        return Message(
            "it may rest on the independence or approximation that the words beside it speak of"
        )
    if around.is_existential:
        return Message("its sentence says that it holds for some values, not for all")
    told = _tied(claim, around) or _told(claim, around)
    if is_claimed:
        return told
    return _doubt_of_form(statement, claim, around) or told or condition


def _meant_by_habit(
    statement: Statement, claim: Tree, used: tuple[Definition, ...], around: Surroundings | None
) -> str:
    """What writers often mean by such letters, of which nothing is said; empty for none."""
    return (
        _by_habit(statement.tree, claim, used)
        or _in_front_of_brackets(claim, around)
        or _chain(claim)
        or _entropic(claim, statement.conditions)
        or _alternating(claim)
    )


def _chain(claim: Tree) -> str:
    r"""A family of which a member depends on one other, where there are more: `p(x_t|x_{t-1})`."""
    calls = [node for node in walk(claim) if isinstance(node, t.Call) and is_probability(node)]
    members = {node for call in calls for node in walk(call) if isinstance(node, t.Index)}
    for call in calls:
        match call:
            case t.Call(args=(t.Index(base=base) as one,), conditions=(t.Index() as other,)) if (
                other.base == base and any(x.base == base for x in members - {one, other})
            ):
                name = to_latex(base)
                return Message("the members of '{name}' may be a Markov chain", name=name)
    return ""


def _alternating(claim: Tree) -> str:
    r"""An epsilon with three indices: `\epsilon_{ijk}`."""
    for node in walk(claim):
        match node:
            case t.Index(base=Symbol(name="ε" | "ϵ") as base, indices=(_, _, _)) if base.is_bare:
                return Message("'{name}' may be the Levi-Civita symbol", name=to_latex(base))
    return ""


def _entropic(claim: Tree, conditions: tuple[Tree, ...]) -> str:
    r"""A family that stands before its own logarithm, as probabilities do: `p_i \log p_i`.

    Not where a condition says what its sum is.
    """
    sums = (x for part in conditions for x in walk(part) if isinstance(x, t.Big))
    summed = {x.body.base for x in sums if isinstance(x.body, t.Index)}
    for node in walk(claim):
        if isinstance(node, t.Apply) and node.operator == "times":
            logs = [x for x in node.args if isinstance(x, t.Apply) and x.operator in ("log", "ln")]
            inner = {part for log in logs for part in walk(log) if isinstance(part, t.Index)}
            for member in node.args:
                if isinstance(member, t.Index) and member in inner and member.base not in summed:
                    name = to_latex(member)
                    return Message("'{name}' may be probabilities, whose sum is 1", name=name)
    return ""


_LOGISTIC = frozenset(["tanh", "exp", "log", "ln", "derivative", "partial", "prime"])


def _by_habit(tree: Tree, claim: Tree, used: tuple[Definition, ...]) -> str:
    r"""A letter such as `\\sigma` that was read as a function, with no other sign that it is it."""
    calls = [node for node in walk(tree) if isinstance(node, t.Call)]
    told = {definition.symbol for definition in used}
    letters = [
        call
        for call in calls
        if isinstance(call.function, Symbol)
        and call.function not in told
        and by_letter(call.function)
    ]
    if not letters or any(node in letters for node in walk(claim)):
        return ""
    speaks = any(
        node == t.Constant("e")
        or (isinstance(node, t.Apply) and node.operator in _LOGISTIC)
        or (isinstance(node, t.Apply) and node.operator == "minus" and node.args[0] in letters)
        or (isinstance(node, t.Call) and any(is_negative(arg) for arg in node.args))
        or (isinstance(node, Symbol) and (node.primes or named_function(node) is not None))
        for node in walk(tree)
    )
    if speaks:
        return ""
    return Message("'{name}' may be another function", name=to_latex(letters[0].function))


def _in_front_of_brackets(claim: Tree, around: Surroundings | None) -> str:
    """A letter that stands nowhere but in front of sums in brackets: `d(x-y) = |x-y|`."""
    told = {s for fact in (around.facts if around else ()) for s in variables(fact.tree).free}
    applied = [
        first
        for node in walk(claim)
        if isinstance(node, t.Apply) and node.operator == "times"
        for first, other in pairwise(node.args)
        if isinstance(first, Symbol) and isinstance(other, t.Apply) and other.operator == "plus"
    ]
    for symbol in applied:
        count = sum(node == symbol for node in walk(claim))
        if count == applied.count(symbol) and symbol not in told and symbol.name not in _NUMBERS:
            return Message("'{name}' may be a function", name=to_latex(symbol))
    return ""


def special_letter(claim: Tree, known: frozenset[Symbol] = frozenset()) -> str:
    """An `I`, `E`, `J` or `O` with no sign of matrices, which may be one: `(A+I)^2 = A^2+2A+I`.

    It stands beside another capital, or beside itself as only matrices are written: `JJ`.
    """
    free = variables(claim).free - known
    capitals = {s for s in free if s.name in _CAPITALS and s == Symbol(s.name)}
    special = sorted(s.name for s in capitals if s.name in SPECIAL or s.name == "I")
    is_doubled = any(
        isinstance(node, t.Apply)
        and node.operator == "times"
        and any(a == b == Symbol(special[0]) for a, b in pairwise(node.args))
        for node in walk(claim)
        if special
    )
    return special[0] if is_doubled or (special and len(capitals) > 1) else ""


def _is_powered(claim: Tree, named: frozenset[Symbol]) -> bool:
    """Whether an `e` of which the post says what it is has an exponent that is no number."""
    e = Symbol("e")
    return e in named and any(
        isinstance(node, t.Apply)
        and node.operator == "power"
        and node.args[0] == e
        and variables(node.args[1]).free
        for node in walk(claim)
    )


def beside(statement: Statement, claim: Tree, others: tuple[Statement, ...]) -> str:
    """Why the other statements of a formula leave open whether one of them is a claim.

    The lines of a system of equations are conditions on their unknowns, and what stands beside an
    equation may rest on it.
    """
    free = variables(claim).free
    for other in others:
        tree = other.tree
        if other.clause == statement.clause or not other.is_claim or not _is_equation(tree):
            continue
        if _one_sided(tree) and variables(tree).free & free:
            return Message("it may rest on '{latex}'", latex=other.latex)
    tie = next(filter(ties_names, statement.conditions), None)
    if tie is not None and _is_equation(claim):
        return Message("it may rest on '{latex}'", latex=to_latex(tie))
    return ""


def _is_equation(tree: Tree) -> bool:
    return isinstance(tree, t.Relation) and tree.operators == ("=",)


def _symbols(trees: frozenset[Tree]) -> frozenset[Symbol]:
    return frozenset(
        s for tree in trees for s in (*variables(tree).free, *variables(tree).functions)
    )


def _about(tree: Tree) -> frozenset[Symbol]:
    """The symbols of the sides that consist of one name or call."""
    sides = tree.operands if isinstance(tree, t.Relation) else ()
    lone = (side for side in sides if isinstance(side, (Symbol, t.Index, t.Call)))
    return frozenset(
        s for side in lone for s in (*variables(side).functions, *variables(side).free)
    )


def _mean(claim: Tree) -> str:
    r"""A symbol with a bar beside the same without one: `\bar{x}` and `x_i`; `μ` beside a sum."""
    names = {node for node in walk(claim) if isinstance(node, Symbol)}
    sums = [node for node in walk(claim) if isinstance(node, t.Big) and node.operator == "sum"]
    means = (name for name in names if name.name == "μ" and not name.accents)
    mean = next((name for name in means if any(name in walk(each) for each in sums)), None)
    if mean is None or mean not in variables(claim).free:
        mean = next((name for name in names if _has_bar_beside(name, names)), None)
    if mean is None:
        return ""
    bar = to_latex(mean)
    return Message("'{bar}' may be the mean of the values that it is named after", bar=bar)


def _has_bar_beside(name: Symbol, names: set[Symbol]) -> bool:
    return name.accents == ("bar",) and any(
        other.name == name.name and other.font == name.font and not other.accents for other in names
    )


def _doubt_of_form(statement: Statement, claim: Tree, around: Surroundings) -> str:
    tree = statement.tree
    if not isinstance(tree, t.Relation) or len(tree.operators) != 1:
        return ""
    condition = _CONDITION
    if around.is_hypothetical and (around.is_inline or _is_probabilistic(claim)):
        return condition
    if tree.operators[0] in _INEQUALITIES:
        return condition if is_condition(tree) or _has_bare_side(claim) else ""
    if tree.operators[0] != "=":
        return ""
    if around.is_inline and sum(1 for _ in walk(tree)) <= _SHORT_NODES:
        return condition
    return condition if _one_sided(claim) else ""


def _has_bare_side(tree: Tree) -> bool:
    """Whether one side is a number, or a name that the other side does not hold."""
    if not isinstance(tree, t.Relation):
        return False
    left, right = tree.operands
    return any(
        not variables(a).free or (isinstance(a, (Symbol, t.Index)) and a not in walk(b))
        for a, b in ((left, right), (right, left))
        if variables(b).free
    )


def _one_sided(tree: Tree) -> bool:
    """Whether a variable occurs on one side only, as in the equation of a plane."""
    if not isinstance(tree, t.Relation) or _is_probabilistic(tree):
        return False
    left, right = (variables(side).free - _only_indices(side) for side in tree.operands)
    if left & right and any(map(_is_second, walk(tree))):  # what a square is derived by is gone
        return left - derived_by(tree) != right - derived_by(tree)
    return left != right


def _is_second(node: Tree) -> bool:
    return isinstance(node, t.Apply) and (
        node.operator == "hessian" or (node.operator == "partial" and len(node.args) == 3)
    )


def _apart(tree: Tree) -> str:
    r"""An equation in which nothing can cancel: `a^2 + b^2 = c^2`, `V - E + F = 2`.

    It holds for all values only where both sides are constant, so it is mostly met on a condition
    that its reader knows.
    """
    if not isinstance(tree, t.Relation) or tree.operators != ("=",) or _is_probabilistic(tree):
        return ""
    left, right = (variables(side).free - _only_indices(side) for side in tree.operands)
    if left and right and not left & right:
        return Message(
            "its sides share no symbol: it may be meant as a condition and not as a claim"
        )
    counts = Counter(node for node in walk(tree) if isinstance(node, Symbol))
    if len(left | right) > 1 and all(counts[symbol] == 1 for symbol in left | right):
        return Message("each symbol occurs once: it may be meant as a condition and not as a claim")
    return ""


def _only_indices(tree: Tree) -> frozenset[Symbol]:
    """Symbols that only number members of families."""
    within = {s for n in walk(tree) if isinstance(n, t.Index) for i in n.indices for s in walk(i)}
    outside = {s for s in t.outside_indices(tree) if isinstance(s, Symbol)}
    return frozenset(s for s in within if isinstance(s, Symbol)) - outside


def _is_probabilistic(tree: Tree) -> bool:
    return any(
        isinstance(node, t.Expectation) or (isinstance(node, t.Call) and is_probability(node))
        for node in walk(tree)
    )


def _tied(claim: Tree, around: Surroundings) -> str:
    """A symbol that another equation of the post ties."""
    free = variables(claim).free | variables(claim).functions
    for equation in around.equations:
        for symbol in sorted(equation.symbols & free, key=to_latex):
            return Message(
                "'{symbol}' is tied by '{latex}', which could not be used",
                symbol=to_latex(symbol),
                latex=equation.latex,
            )
    ambiguous = {d.symbol for d in around.definitions}
    for symbol in sorted(free & ambiguous, key=to_latex):
        return Message(
            "the post defines '{symbol}' in a way that could not be used", symbol=to_latex(symbol)
        )
    return ""


def _told(claim: Tree, around: Surroundings) -> str:
    """Words of the post about a symbol of the claim that were not understood."""
    spoken = frozenset((*variables(claim).free, *variables(claim).functions, *families(claim)))
    for remark in around.remarks:
        if remark.symbols & spoken:
            return Message("the post says '{words}', which was not understood", words=remark.words)
    if around.sweeping and spoken:
        return Message(
            "the post speaks of '{words}' in front, which may restrict it", words=around.sweeping
        )
    return ""
