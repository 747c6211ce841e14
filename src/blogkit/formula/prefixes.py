r"""Signs before an operand: `\nabla`, `\partial`, `\lnot`, `\#`, and derivatives before one."""

from blogkit.formula import tree as t
from blogkit.formula.layouts import derivative_of
from blogkit.formula.runs import Run, only_above, read_reached
from blogkit.formula.scripts import apply_scripts
from blogkit.formula.tokens import Token, cover
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import TERM_SIGNS


def read_sign_prefix(run: Run, token: Token) -> Tree:
    """A sign before an operand, with the operand."""
    context = run.context
    if token.text == "∇":
        return _read_gradient(run, token)
    if token.text == "∂":
        return _read_partial(run, token)
    if token.text in ("¬",):
        body = run.read_factor(run) if run.token is not None else t.Blank(span=token.span)
        return t.Apply("not", (body,), span=cover(token.span, body.span))
    if token.text == "#" and run.token is not None:
        body = run.read_factor(run)
        return t.Apply("cardinality", (body,), span=cover(token.span, body.span))
    name = {"∀": "forall", "∃": "exists"}.get(token.text)
    if name is not None:
        body = read_reached(run)
        return t.Big(name, (body,), None, None, None, t.Blank(span=token.span), span=token.span)
    return apply_scripts(context, t.Symbol(token.text, span=token.span), token)


def _read_gradient(run: Run, token: Token) -> Tree:
    context = run.context
    variables = () if token.sub is None else (context.read_row(token.sub, ""),)
    operator = "gradient"
    if token.primes:
        return apply_scripts(context, t.Symbol("∇", span=token.span), token)
    if token.sup is not None:
        power = context.read_row(token.sup, "")
        if power != t.Number("2"):
            return apply_scripts(context, t.Symbol("∇", span=token.span), token)
        operator = "hessian"
    following = run.token
    crossed = following is not None and following.kind == "sign" and following.text in "⋅×"
    if crossed and following and operator == "gradient" and run.index + 1 < len(run.tokens):
        operator = "divergence" if following.text == "⋅" else "curl"
        run.index += 1
    if run.token is None or run.token.kind == "sign":
        body: Tree = t.Blank(span=token.span)
    else:
        body = run.read_factor(run)
    span = cover(token.span, body.span)
    return t.Apply(operator, (body, *variables), span=span)


def _read_partial(run: Run, token: Token) -> Tree:
    context = run.context
    variables = () if token.sub is None else (context.read_row(token.sub, ""),)
    slashed = derivative_of(context, run.tokens, run.index - 1)
    if slashed is not None:
        derivative, run.index = slashed
        return derivative
    if run.token is None or run.token.kind in ("sign", "dots"):
        return apply_scripts(context, t.Symbol("∂", span=token.span), token)
    body = run.read_factor(run)
    span = cover(token.span, body.span)
    tree: Tree = t.Apply("partial", (body, *variables), span=span)
    return apply_scripts(context, tree, only_above(token)) if token.sup or token.primes else tree


def reach_derived(run: Run) -> Tree:
    r"""What `\frac{d}{dx}` is applied to; a blank where nothing follows."""
    token = run.token
    if (
        token is None
        or token.kind == "bar"
        or (token.kind == "sign" and token.text not in TERM_SIGNS)
    ):
        return t.Blank(span=run.tokens[run.index - 1].span)
    if token.kind == "group":
        return run.read_factor(run)
    return read_reached(run)
