"""Fungrim's expressions: read, walked, altered. Knows nothing of blogkit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r'\s*(?:"([^"]*)"|([A-Za-z_][A-Za-z_0-9]*)|(-?\d+)|([(),]))')


@dataclass(frozen=True)
class Expr:
    """A head with its arguments; a symbol or an integer has none."""

    head: str
    args: tuple["Expr", ...] = ()

    @property
    def is_integer(self) -> bool:
        """Whether it is an integer."""
        return not self.args and self.head.lstrip("-").isdecimal()

    def walk(self) -> Iterator["Expr"]:
        """It and all below it."""
        yield self
        for arg in self.args:
            yield from arg.walk()


def integer(value: int) -> Expr:
    """An integer."""
    return Expr(str(value))


def read(text: str) -> Expr:
    """The expression that is written; ValueError where it isn't one (an applied variable is)."""
    tokens = [match.groups() for match in _TOKEN.finditer(text)]
    expr, end = _read(tokens, 0)
    if end != len(tokens):
        raise ValueError(f"more than one expression: {text}")
    return expr


def _read(tokens: list[tuple[str | None, ...]], at: int) -> tuple[Expr, int]:
    string, name, number, _ = tokens[at]
    at += 1
    if string is not None:
        return Expr("Text", (Expr(string),)), at
    if number is not None:
        return Expr(number), at
    if name is None:
        raise ValueError("a bracket where an expression was expected")
    if at >= len(tokens) or tokens[at][3] != "(":
        return Expr(name), at
    args: list[Expr] = []
    at += 1
    while tokens[at][3] != ")":
        arg, at = _read(tokens, at)
        args.append(arg)
        if tokens[at][3] == ",":
            at += 1
    # An application without arguments is told from a symbol: `Set()`.
    return Expr(name, tuple(args) or (Expr("Nothing"),)), at + 1
