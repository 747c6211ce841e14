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

BASE_OF_LOGARITHM = "base of the logarithm"
_LOGARITHMS = frozenset(["log", "ln", "lg"])
_VARIABLES = frozenset("xyzuvwtθφψϕ")
"""Letters that are mostly an argument by themselves: in `\\sin xy` the y may stand outside."""
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
    if operator == "log" and len(args) == 1:
        operator, args = _with_base(context, args)
    if bracket is not None and _is_scripted_bracket(bracket) and _is_outside(context, operator):
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
            if context.choose("inverse") == 1:
                one = t.Number("1", span=span)
                return t.Apply("divide", (one, t.Apply(operator, args, span=span)), span=span)
            return t.Apply(INVERSES[operator], args, span=span)
    return t.Apply("power", (t.Apply(operator, args, span=span), power), span=span)


def _is_outside(context: Context, operator: str) -> bool:
    r"""Whether a script behind the bracket is one on the value: of `\ln(x)^2` both is meant."""
    return operator not in _LOGARITHMS or context.choose("power of a logarithm") == 1


def _with_base(context: Context, args: tuple[Tree, ...]) -> tuple[str, tuple[Tree, ...]]:
    r"""The logarithm of digits may have base e, 10 or 2 where nothing in the formula tells."""
    if context.is_natural or not (context.is_based or _is_numeric(args[0])):
        return "log", args
    count = 3 if context.is_based or _is_power_of_two(args[0]) else 2
    base = ("", "10", "2")[context.choose(BASE_OF_LOGARITHM, count)]
    return ("log", (*args, t.Number(base, span=args[0].span))) if base else ("ln", args)


def _is_numeric(tree: Tree) -> bool:
    return all(isinstance(node, (t.Number, t.Apply)) for node in t.walk(tree))


def _is_power_of_two(tree: Tree) -> bool:
    match tree:
        case t.Number(text=text):
            return text.isdecimal() and int(text[-18:]) > 1 and int(text).bit_count() == 1
        case t.Apply(operator="power", args=(base, _)):
            return _is_power_of_two(base)
    return False


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
        if _is_angle(run, token, operator) and context.choose("factors behind a bracket") == 1:
            angle = [token, run.tokens[run.index]]
            run.index += 1
            return (run.read_product(context, angle),)
        return _bracket_args(context, token, operator)
    reached: list[Token] = []
    while run.token is not None and _continues_argument(run, reached):
        reached.append(run.token)
        run.index += 1
        if reached[-1].kind == "operator" and large_name(reached[-1]):
            reached.extend(run.rest())
    if not reached:
        return ()
    reached = _chosen_reach(run, reached)
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


def _is_angle(run: Run, group: Token, operator: str) -> bool:
    r"""Whether a bracket may be a factor of the angle only: `\cos(m-n)\theta`."""
    after = run.token
    is_sum = any(part.kind == "sign" and part.text in TERM_SIGNS for part in group.inner)
    is_angle = after is not None and after.kind == "letter" and not after.scripted
    return operator in ("sin", "cos", "tan") and is_sum and is_angle and not group.scripted


def _chosen_reach(run: Run, reached: list[Token]) -> list[Token]:
    r"""What the function reaches in the reading that is wanted.

    `\\cos\\theta/2` may be half of the cosine or the cosine of a half, `\\sin xy` may be y times
    the sine of x, and `\\ln x(1-x)` the logarithm of a product.
    """
    start, choose = run.index - len(reached), run.context.choose
    if any(token.kind == "operator" for token in reached):
        return reached
    if _may_stop(reached) and choose("factors behind a function") == 1:
        run.index = start + 1
        reached = reached[:1]
    if _is_slash(run) and choose("slash behind a function") == 1:
        return _reach_on(run, reached)
    if _is_bracket_behind(run, reached[-1]) and choose("bracket behind a function") == 1:
        reached = [*reached, run.tokens[run.index]]
        run.index += 1
    return reached


def _may_stop(reached: list[Token]) -> bool:
    """Whether the first letter may be the whole argument: the x of `\\sin xy`."""
    first, *others = reached
    is_variable = first.kind == "letter" and first.text in _VARIABLES and not first.font
    return is_variable and bool(others) and others[0].kind == "letter"


def _is_bracket_behind(run: Run, last: Token) -> bool:
    after = run.token
    is_bracket = after is not None and after.kind == "group" and after.text == "( )"
    return is_bracket and not run.tokens[run.index].spaced and last.kind in ("letter", "number")


def _is_slash(run: Run) -> bool:
    r"""Whether a slash follows under which no letter cancels: `x` would in `\sin x/x`."""
    token = run.token
    if token is None or token.text not in ("/", "÷") or token.spaced:
        return False
    below = run.tokens[run.index + 1 : run.index + 2]
    if not below or below[0].kind not in ("letter", "number", "node", "group", "word"):
        return False
    above = {x.text for x in run.tokens[: run.index] if x.kind == "letter"}
    while below[-1].kind == "number" and run.index + len(below) + 1 < len(run.tokens):
        below.append(run.tokens[run.index + len(below) + 1])
    return not below[0].spaced and not any(x.text in above for x in below)


def _reach_on(run: Run, reached: list[Token]) -> list[Token]:
    """The factors reached, with the slash and what stands below it."""
    slash = run.token
    assert slash is not None
    reached = [*reached, slash]
    run.index += 1
    while run.token is not None and _continues_argument(run, reached):
        reached.append(run.token)
        run.index += 1
    return reached


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
    if group.scripted and len(args) == 1 and not _is_outside(context, operator):
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
