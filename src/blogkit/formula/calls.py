r"""Whether a name before a bracket is applied, and the call that it then is.

It exists because `f(x)` and `a(b+c)` are set alike. What the caller declares decides; then what the
formula shows elsewhere; then habit, which is noted as an assumption.
"""

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.arguments import read_arguments
from blogkit.formula.context import Context
from blogkit.formula.scripts import apply_scripts
from blogkit.formula.tokens import Token
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import FUNCTION_LETTERS
from blogkit.spans import Span


def read_call(context: Context, function: Tree, group: Token, start: int) -> Tree:
    """A function applied to the bracket behind it, with the scripts of the bracket."""
    arguments = read_arguments(context, group)
    span = Span(start, group.span.end)
    match function:
        case t.Apply(
            operator="power", args=(base, t.Apply(operator="minus", args=(t.Number("1"),)))
        ):
            context.assume("inverse", "a superscript -1 on a function inverts it", function.span)
            function = t.Apply("inverse", (base,), span=function.span)
    call = t.Call(function, arguments.args, arguments.conditions, arguments.parameters, span=span)
    return apply_scripts(context, call, group)


def split_power(symbol: Tree) -> tuple[Tree, Tree | None]:
    """`f^2(x)` is the square of `f(x)`."""
    match symbol:
        case t.Apply(operator="power", args=(base, t.Number() as exponent)):
            return base, exponent
    return symbol, None


def is_application(context: Context, token: Token, name: str, font: str, group: Token) -> bool:
    """Whether a name before a bracket is a function; habit decides where nothing else does."""
    if name == "1" and font:
        return True
    if group.text not in ("( )", "[ ]"):
        return False
    if name in context.declared:
        return True
    if not group.inner:
        return True
    if group.text == "[ ]" and not (name in FUNCTION_LETTERS or name in context.applied):
        return False
    if font == "bold" and name.isupper() and _holds_matrix(group.inner):
        context.assume("product", f"{name} before a bracket is a factor", token.span)
        return False
    if group.pulled or is_surely_call(group) or len(name) > 1:
        if len(name) > 1 and token.kind == "text":
            return False
        context.assume("application", f"{name} before a bracket is a function", token.span)
        return True
    first = group.inner[0]
    if len(group.inner) == 1 and first.kind == "sign":
        return True
    usual = name in FUNCTION_LETTERS or name in context.applied
    powered = token.sup is not None and not token.primes
    if (powered and not usual) or (name not in context.applied and _mentions(group.inner, name)):
        context.assume("product", f"{name} before a bracket is a factor", token.span)
        return False
    usual = usual or font in ("calligraphic", "script", "fraktur")
    is_lone = first.kind in ("letter", "number", "node") or first.text == "‖ ‖"
    single = len(group.inner) == 1 and is_lone and not group.scripted
    if token.primes or usual or (single and name not in context.bound):
        context.assume("application", f"{name} before a bracket is a function", token.span)
        return True
    context.assume("product", f"{name} before a bracket is a factor", token.span)
    return False


def _holds_matrix(tokens: list[Token]) -> bool:
    """Whether a bold capital stands in a bracket, as in a product of matrices."""
    return any(
        (token.font == "bold" and token.text.isupper()) or _holds_matrix(token.inner)
        for token in tokens
    )


def is_label(sup: latex.Row) -> bool:
    """Whether a superscript is in brackets, as in `e^{(k)}`."""
    first, last = (sup.items[0], sup.items[-1]) if sup.items else (None, None)
    if isinstance(first, latex.Fenced):
        return len(sup.items) == 1
    ends = [item.text for item in (first, last) if isinstance(item, latex.Atom)]
    return ends == ["(", ")"]


def _mentions(tokens: list[Token], name: str) -> bool:
    return any(
        token.kind == "letter" and token.text == name and not (after and after.kind == "group")
        for token, after in zip(tokens, [*tokens[1:], None], strict=True)
    )


def is_surely_call(group: Token | None) -> bool:
    return group is not None and any(
        part.kind in ("comma", "bar", "semicolon") for part in group.inner
    )
