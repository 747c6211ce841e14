r"""Operators that bind variables: sums, integrals, limits, extrema.

It exists to read `\sum_{i=1}^n`, `\int … dx`, `\lim_{x \to 0}`, `\arg\min_{\theta \in \Theta}` into
bound variables, range, condition and body. Imports the tree, tokens and context.
"""

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.brackets import match_brackets
from blogkit.formula.context import Context
from blogkit.formula.lexing import lex
from blogkit.formula.tokens import Token, cover
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import LARGE

_INTEGRALS = {"∫": 1, "∬": 2, "∭": 3, "⨌": 4, "∮": 1, "∯": 2, "∰": 3}
_RUNS = frozenset(
    ["sum", "product", "coproduct", "union", "intersection", "circled-plus", "tensor"]
)


def is_integral(token: Token) -> bool:
    """Whether a token is an integral sign."""
    return token.kind == "operator" and token.text in _INTEGRALS


def is_differential(tokens: list[Token], index: int) -> bool:
    r"""Whether `d` at a place starts a differential, such as `dx` or `\mathrm{d}\mathbf{x}`."""
    token = tokens[index]
    if token.text != "d" or token.kind != "letter" or token.sub is not None or token.primes:
        return False
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return following is not None and following.kind in ("letter", "group", "node", "word")


def differential_ends(tokens: list[Token]) -> dict[int, int]:
    """For each integral sign with differentials in its row, where the last of them ends."""
    ends: dict[int, int] = {}
    waiting: list[list[int]] = []
    for index, token in enumerate(tokens):
        if is_integral(token):
            waiting.append([index, _INTEGRALS[token.text]])
        elif waiting and is_differential(tokens, index):
            waiting[-1][1] -= 1
            start = waiting[-1][0]
            ends[start] = index + 2
            if waiting[-1][1] <= 0:
                waiting.pop()
    return ends


def read_bounds(context: Context, token: Token, operator: str) -> t.Big:
    """A binder with a blank body: its variables, range and condition from its scripts."""
    upper = None if token.sup is None else _read(context, token.sup)
    blank = t.Blank(span=token.span)
    if token.sub is None:
        return t.Big(operator, (), None, upper, None, blank, span=token.span)
    if operator in ("integral", "contour-integral"):
        lower = _read(context, token.sub)
        if upper is None:
            return t.Big(operator, (), None, None, lower, blank, span=token.span)
        return t.Big(operator, (), lower, upper, None, blank, span=token.span)
    bound, lower_end, condition = _split_condition(_read(context, token.sub), operator)
    return t.Big(operator, bound, lower_end, upper, condition, blank, span=token.span)


def _read(context: Context, row: latex.Row) -> Tree:
    return context.read_tokens(match_brackets(lex(row.items)))


def _split_condition(
    under: Tree, operator: str
) -> tuple[tuple[Tree, ...], Tree | None, Tree | None]:
    """Bound variables, lower end and condition out of what stands below."""
    match under:
        case t.Relation(operands=(variable, start), operators=("=",)) if operator in _RUNS:
            if isinstance(variable, (t.Symbol, t.Index)) and _is_start(start):
                return (variable,), start, None
            return _variables(variable), None, under
        case t.Relation(operands=operands, operators=operators):
            between = [x for x in operands[1:-1] if isinstance(x, (t.Symbol, t.Index))]
            if operators[0] in ("<", "≤", ">", "≥") and between:
                return tuple(between), None, under
            return _variables(operands[0]), None, under
        case t.Collection(kind="sequence", items=items) if _has_relation(items):
            relations = [item for item in items if isinstance(item, t.Relation)]
            return tuple(v for x in relations for v in _variables(x.operands[0])), None, under
        case t.System(statements=(t.Relation() as first, *rest)):
            bound, lower, condition = _split_condition(first, operator)
            for statement in rest:
                if isinstance(statement, t.Relation):
                    more = _variables(statement.operands[0])
                    bound = (*bound, *(v for v in more if v not in bound))
            if condition is None and len(rest) == 1:
                return bound, lower, rest[0]
            left = under if condition is not None else t.System(tuple(rest), span=under.span)
            return bound, lower, left
        case t.Where(body=body):
            return _split_condition(body, operator)[0], None, under
        case t.Symbol() | t.Index() | t.Collection() | t.Apply(operator="times"):
            variables = _variables(under)
            return (variables, None, None) if variables else ((), None, under)
    return (), None, under


def _is_start(start: Tree) -> bool:
    return not isinstance(start, t.Collection)


def _has_relation(items: tuple[Tree, ...]) -> bool:
    return any(isinstance(item, t.Relation) for item in items)


def _variables(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case t.Symbol() | t.Index():
            return (tree,)
        case t.Collection(kind="sequence" | "tuple", items=items):
            return tuple(v for item in items for v in _variables(item))
        case t.Apply(operator="times", args=args) if all(isinstance(a, t.Symbol) for a in args):
            return args
    return ()


def with_body(big: t.Big, body: Tree, bound: tuple[Tree, ...] = ()) -> t.Big:
    """The binder with its body, and with further variables that differentials name."""
    span = cover(big.span, body.span)
    return t.Big(
        big.operator,
        big.bound + bound,
        big.lower,
        big.upper,
        big.condition,
        body,
        span=span,
    )


def large_name(token: Token) -> str:
    """The name in `Big` of a large operator."""
    return LARGE.get(token.text, "")
