"""One letter or word as a symbol or constant, with its scripts."""

from blogkit.formula import tree as t
from blogkit.formula.calls import is_label
from blogkit.formula.context import Context
from blogkit.formula.scripts import apply_scripts
from blogkit.formula.tokens import Token
from blogkit.formula.tree import Tree

_NUMBER_SETS = frozenset("NZQRC")


def read_symbol(context: Context, token: Token, name: str, font: str) -> Tree:
    """A symbol or constant with the scripts of its token."""
    return apply_scripts(context, _plain_name(context, token, name, font), token)


def _plain_name(context: Context, token: Token, name: str, font: str) -> Tree:
    span = token.span
    if font == "blackboard" and name in _NUMBER_SETS:
        return t.Constant(name, span=span)
    if name in ("e", "i") and font == "upright":
        return t.Constant(name, span=span)
    if name in context.constants and not font and name not in context.bound | context.members:
        return t.Constant(name, assumed=True, span=span)
    free = name not in context.bound and name not in context.members
    plain = not font and free and name not in context.declared
    raised = token.sup is not None and not is_label(token.sup)
    usual = name == "π" or (name == "e" and raised)
    if plain and usual and token.sub is None and not token.primes:
        context.assume("constant", f"{name} is the constant", span)
        return t.Constant(name, assumed=True, span=span)
    return t.Symbol(name, font, span=span)
