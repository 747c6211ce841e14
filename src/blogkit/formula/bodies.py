r"""Large operators with what they reach: `\sum_i x_i y_i`, `\int f(x)\,dx`, `\arg\min_x f(x)`.

`larges.py` reads what stands under and over them.
"""

from blogkit.formula import tree as t
from blogkit.formula.larges import (
    differential_ends,
    is_differential,
    is_integral,
    large_name,
    read_bounds,
    with_body,
)
from blogkit.formula.runs import Run, read_reached, simple_factor
from blogkit.formula.scripts import prime
from blogkit.formula.tokens import Token, cover
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import FACTOR_SIGNS


def read_arg_extremum(run: Run, token: Token, extremum: Token) -> Tree:
    r"""`\arg` and `\min` side by side as one operator."""
    run.index += 1
    merged = Token("operator", "arg " + extremum.text, extremum.span, extremum.node)
    merged.span = cover(token.span, extremum.span)
    merged.sub, merged.sup = extremum.sub or token.sub, extremum.sup
    return read_large(run, merged, large_name(merged))


def read_large(run: Run, token: Token, name: str) -> Tree:
    """A large operator with its bounds and what it reaches; one with primes is another one."""
    tree = _with_reached(run, token, read_bounds(run.context, token, name))
    return prime(tree, token.primes, tree.span) if token.primes else tree


def _with_reached(run: Run, token: Token, big: t.Big) -> Tree:
    if run.token is None:
        return big
    return _read_integral(run, big) if is_integral(token) else with_body(big, read_reached(run))


def _read_integral(run: Run, big: t.Big) -> Tree:
    start = run.index - 1
    if run.ends is None:
        run.ends = differential_ends(run.tokens)
    end = run.ends.get(start)
    if end is None:
        return with_body(big, read_reached(run))
    inner = run.tokens[run.index : end]
    run.index = end
    variables: list[Tree] = []
    body: list[Token] = []
    depth = 0
    index = 0
    while index < len(inner):
        depth += is_integral(inner[index])
        if depth == 0 and is_differential(inner, index):
            variables.append(
                simple_factor(Run(run.context, inner, index + 1, run.read_product, run.read_factor))
            )
            index += 2
            continue
        if depth and is_differential(inner, index):
            depth -= 1
        body.append(inner[index])
        index += 1
    if _follows_directly(run, body):
        body = run.rest()
    while body and body[-1].kind == "sign" and body[-1].text in FACTOR_SIGNS:
        body.pop()
    if not body:
        return with_body(big, t.Number("1", span=big.span), tuple(variables))
    run.context.level += 1
    try:
        read = run.context.read_terms(body)
    finally:
        run.context.level -= 1
    return with_body(big, read, tuple(variables))


def _follows_directly(run: Run, body: list[Token]) -> bool:
    r"""`\int dx\, f(x)`: the differential first, then what is integrated."""
    return not body and run.token is not None and run.token.kind not in ("sign", "dots")
