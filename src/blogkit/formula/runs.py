r"""Factors under way: the tokens of one term, and how far they are read.

It exists so that the rules for names, functions and brackets can each take what they need of a row.
A run carries the readers of factors and products, so that no module imports one above it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from blogkit.formula import tree as t
from blogkit.formula.context import Context
from blogkit.formula.symbols import read_symbol
from blogkit.formula.tokens import Token
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import TERM_SIGNS


@dataclass(slots=True)
class Run:
    """Factors of one term, and how far they are read."""

    context: Context
    tokens: list[Token]
    index: int
    read_product: Callable[[Context, list[Token]], Tree]
    read_factor: "Callable[[Run], Tree]"
    sign: Token | None = None
    ends: dict[int, int] | None = None
    letters_end: int = 0
    """Where the letters side by side end that were last looked at as a word."""

    @property
    def token(self) -> Token | None:
        """The next token; None at the end."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def rest(self) -> list[Token]:
        """What is not read yet; it counts as read from now on."""
        rest = self.tokens[self.index :]
        self.index = len(self.tokens)
        return rest


def read_reached(run: Run) -> Tree:
    """The rest of the term, which an operator without brackets reaches."""
    context = run.context
    if run.token is None:
        return t.Blank(span=run.tokens[-1].span)
    if run.token.kind == "sign" and run.token.text not in TERM_SIGNS:
        return t.Blank(span=run.token.span)
    rest = run.rest()
    context.level += 1
    try:
        whole = any(x.kind == "sign" and x.text in TERM_SIGNS for x in rest[1:])
        return context.read_terms(rest) if whole else run.read_product(context, rest)
    finally:
        context.level -= 1


def simple_factor(run: Run) -> Tree:
    """One factor that is not called: the x of `dx`, the bracket of `d(xy)`."""
    token = run.token
    if token is None:
        return t.Blank(span=run.tokens[-1].span)
    run.index += 1
    if token.kind == "letter":
        return read_symbol(run.context, token, token.text, token.font)
    run.index -= 1
    return run.read_factor(run)


def only_above(token: Token) -> Token:
    """A token with only the superscript and the primes of the one given."""
    bare = token.bare()
    bare.sup, bare.primes = token.sup, token.primes
    return bare
