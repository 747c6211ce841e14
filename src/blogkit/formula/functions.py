r"""Functions of the vocabulary with their arguments: `\log x`, `\sin^2 x`, `\max(a, b)`.

It exists to decide how far a function without brackets reaches: over the factors at its side, up to
a sign, a space, another function or a bracketed factor.
"""

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.arguments import read_arguments, read_group
from blogkit.formula.calls import is_application
from blogkit.formula.context import Context
from blogkit.formula.larges import is_differential, large_name
from blogkit.formula.runs import Run, only_above
from blogkit.formula.scripts import apply_scripts
from blogkit.formula.tokens import Token, span_of
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import INVERSES, NAMED, TERM_SIGNS
from blogkit.spans import Span

_LOGARITHMS = frozenset(["log", "ln", "lg"])
_LIST_FUNCTIONS = frozenset(["max", "min", "sup", "inf", "gcd", "lcm"])


def read_function(run: Run, token: Token, operator: str) -> Tree:
    """A function of the vocabulary with what it reaches, or its bare name."""
    context = run.context
    bracket = run.token
    args = _function_args(run, operator)
    span = Span(token.span.start, args[-1].span.end if args else token.span.end)
    span = Span(span.start, max(span.end, token.span.end))
    if token.sub is not None and args and operator == "log":
        args = (*args, context.read_row(token.sub, ""))
    if not args:
        return apply_scripts(context, t.Symbol(token.text, span=token.span), token)
    if token.primes or (token.sub is not None and operator != "log"):
        # A derivative of the function, or one of several, has no operator of its own.
        derived = apply_scripts(context, t.Symbol(token.text, span=token.span), token)
        call = t.Call(derived, args, span=span)
        if bracket is not None and _is_scripted_bracket(bracket):
            return apply_scripts(context, call, bracket)
        return call
    if bracket is not None and _is_scripted_bracket(bracket) and operator not in _LOGARITHMS:
        context.assume("argument", "a script behind a call belongs to its value", bracket.span)
        return apply_scripts(context, t.Apply(operator, args, span=span), bracket)
    if token.sup is None:
        return t.Apply(operator, args, span=span)
    label = apply_scripts(context, t.Symbol(token.text, span=token.span), only_above(token))
    if isinstance(label, t.Index):
        return t.Call(label, args, span=span)
    power = context.read_row(token.sup, "")
    match power:
        case t.Apply(operator="minus", args=(t.Number(text="1"),)) if operator in INVERSES:
            return t.Apply(INVERSES[operator], args, span=span)
    return t.Apply("power", (t.Apply(operator, args, span=span), power), span=span)


def _function_args(run: Run, operator: str) -> tuple[Tree, ...]:
    context = run.context
    token = run.token
    if token is None or (token.kind == "sign" and token.text not in TERM_SIGNS):
        if token is not None and token.text in ("⋅",) and run.index + 1 == len(run.tokens):
            run.index += 1
            return (t.Blank(span=token.span),)
        return ()
    if token.kind == "group" and token.text in ("( )", "[ ]", "{ }"):
        run.index += 1
        return _bracket_args(context, token, operator)
    reached: list[Token] = []
    while run.token is not None and _continues_argument(run, reached):
        reached.append(run.token)
        run.index += 1
        if reached[-1].kind == "operator" and large_name(reached[-1]):
            reached.extend(run.rest())
    if not reached:
        return ()
    called = len(reached) == 2 and reached[1].kind == "group"
    if len(reached) > 1 and not called and not any(t.kind == "operator" for t in reached):
        context.assume(
            "argument", f"{operator} reaches the factors that follow it", span_of(reached)
        )
    context.level += 1
    try:
        return (run.read_product(context, reached),)
    finally:
        context.level -= 1


def _bracket_args(context: Context, group: Token, operator: str) -> tuple[Tree, ...]:
    if group.text == "{ }":
        listed = read_group(context, group.bare())
        if not isinstance(listed, t.Collection):
            return (listed,)
    arguments = read_arguments(context, group)
    args = arguments.args
    if arguments.conditions or arguments.parameters:
        args = (read_group(context, group.bare()),)
    elif group.text == "{ }" and operator in _LIST_FUNCTIONS and len(args) == 1:
        args = (t.Collection("set", args, span=group.span),) if _is_family(args[0]) else args
    elif len(args) > 1 and operator not in _LIST_FUNCTIONS:
        args = (t.Collection("tuple", args, span=group.span),)
    if group.scripted and len(args) == 1 and operator in _LOGARITHMS:
        context.assume(
            "argument", "a script on a logarithm's bracket belongs to its argument", group.span
        )
        args = (apply_scripts(context, args[0], group),)
    return args


def _is_scripted_bracket(token: Token) -> bool:
    return token.scripted and token.kind == "group" and token.text in ("( )", "[ ]", "{ }")


def _is_family(tree: Tree) -> bool:
    return isinstance(tree, (t.Index, t.Relation))


def _continues_argument(run: Run, reached: list[Token]) -> bool:
    token = run.token
    assert token is not None
    if not reached:
        return True
    last = reached[-1]
    if last.kind in ("operator", "prefix") or last.kind == "sign":
        return True
    if token.kind in ("sign", "operator", "text", "gap") or token.spaced:
        return False
    if token.kind == "word" and token.text in NAMED:
        return False
    if token.kind == "group" and token.text in ("( )", "[ ]"):
        if isinstance(last.node, latex.Accent):
            return True
        named = last.kind in ("letter", "word")
        if named and last.text == "E" and last.font == "blackboard":
            return True
        return named and is_application(run.context, last, last.text, last.font, token)
    return not (is_differential(run.tokens, run.index) and token.font == "upright")


def is_function_use(run: Run, token: Token) -> bool:
    r"""`\max(a, b)` and `\min\{1, x\}` are functions of what is listed."""
    return token.text in _LIST_FUNCTIONS and token.sub is None
