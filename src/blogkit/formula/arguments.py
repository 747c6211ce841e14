r"""What stands in brackets: arguments of a call, sets, intervals, tuples, norms.

It exists because one bracket has many meanings: `(x, y)`, `[0, 1)`, `\{x \mid x > 0\}`, `\|x\|`,
`p(y|x; \theta)`. Imports the tree, tokens, context and scripts.
"""

from dataclasses import dataclass

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.brackets import match_brackets
from blogkit.formula.context import MAX_LEVELS, Context, opaque
from blogkit.formula.numerals import join_numerals
from blogkit.formula.scripts import marked
from blogkit.formula.tokens import Token
from blogkit.formula.tree import Tree

_ROUNDINGS = {"⟦ ⟧": "iverson", "⌊ ⌋": "floor", "⌈ ⌉": "ceil", "⌊ ⌉": "round"}
_LISTING = frozenset(["( )", "[ ]", "{ }", "⟨ ⟩"])
_INTERVALS = frozenset(["[ ]", "[ )", "( ]", "] [", "] ]", "[ ["])


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call's bracket holds."""

    args: tuple[Tree, ...]
    """Before the bar and semicolon."""
    conditions: tuple[Tree, ...]
    """Behind the bar."""
    parameters: tuple[Tree, ...]
    """Behind the semicolon."""


def inner_tokens(token: Token) -> list[Token]:
    """The tokens in a group, with brackets matched: those of `\\left` and braces are not yet."""
    if isinstance(token.node, (latex.Atom, latex.Delimiter)) and token.kind == "group":
        return token.inner
    return match_brackets(token.inner)


def read_arguments(context: Context, group: Token) -> Arguments:
    """The arguments in a bracket after a function."""
    tokens = join_numerals(context, inner_tokens(group), listed=True)
    if context.level > MAX_LEVELS:
        return Arguments((t.Opaque("", "deep", span=group.span),), (), ())
    context.level += 1
    try:
        tokens, parameters = _cut(tokens, ("semicolon",))
        head, conditions = _cut(tokens, ("bar",))
        return Arguments(
            _list(context, head), _list(context, conditions), _list(context, parameters)
        )
    finally:
        context.level -= 1


def _cut(tokens: list[Token], kinds: tuple[str, ...]) -> tuple[list[Token], list[Token]]:
    for index, token in enumerate(tokens):
        if token.kind in kinds:
            return tokens[:index], tokens[index + 1 :]
    return tokens, []


def split_at(tokens: list[Token], *kinds: str) -> list[list[Token]]:
    """Tokens between separators."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _list(context: Context, tokens: list[Token]) -> tuple[Tree, ...]:
    tokens = [token for token in tokens if token.kind != "gap"]
    parts = split_at(tokens, "comma", "semicolon")
    if not tokens:
        return ()
    return tuple(
        context.read_tokens(part) if part else t.Blank(span=tokens[0].span)
        for part in parts
        if part or len(parts) > 1
    )


def read_group(context: Context, token: Token) -> Tree:
    """What a bracketed part means where it is no call's; its scripts are left alone."""
    if context.level > MAX_LEVELS:
        return t.Opaque("", "deep", token.node, span=token.span)
    context.level += 1
    try:
        return _read_group(context, token)
    finally:
        context.level -= 1


def _read_group(context: Context, token: Token) -> Tree:
    tokens = inner_tokens(token)
    if token.kind == "braced":
        return context.read_tokens(tokens)
    if token.text in _LISTING:
        tokens = join_numerals(context, tokens, listed=True)
    if not tokens and token.text not in ("{ }", "( )", "[ ]"):
        return t.Blank(span=token.span)
    brackets = token.text
    if brackets == "| |":
        return _bars(context, tokens, token)
    if brackets == "‖ ‖":
        return _norm(context, tokens, token)
    if brackets in _ROUNDINGS:
        return t.Apply(_ROUNDINGS[brackets], (context.read_tokens(tokens),), span=token.span)
    if brackets == "⟨ ⟩":
        return _angle(context, tokens, token)
    if brackets == "{ }":
        return _set(context, tokens, token)
    if brackets == "{ ":
        return _open_brace(context, tokens)
    if brackets in _INTERVALS:
        return _square(context, tokens, token)
    if brackets in (" |", " ]"):
        return _evaluated(context, tokens, token)
    if brackets in ("( )", " ", " )", "( ", "[ ", " }"):
        return _round(context, tokens, token)
    return opaque(token.node, "unmatched", token.span)


def _bars(context: Context, tokens: list[Token], token: Token) -> Tree:
    body = context.read_tokens(tokens)
    operator = "abs"
    if isinstance(body, t.Symbol) and body.font in ("calligraphic", "script"):
        operator = "cardinality"
        context.assume("bars", "bars around a calligraphic letter count a set", token.span)
    elif _is_set(body):
        operator = "cardinality"
    elif isinstance(body, t.Matrix):
        operator = "determinant"
    return t.Apply(operator, (body,), span=token.span)


def _is_set(tree: Tree) -> bool:
    match tree:
        case t.Collection(kind="set") | t.Comprehension():
            return True
        case t.Apply(operator="union" | "intersection" | "difference"):
            return True
    return False


def _norm(context: Context, tokens: list[Token], token: Token) -> Tree:
    body = context.read_tokens(tokens)
    return t.Apply("norm", (body,), span=token.span)


def _angle(context: Context, tokens: list[Token], token: Token) -> Tree:
    tokens = [x for x in tokens if x.kind != "gap"]
    items = _list(context, [_as_comma(x) for x in tokens])
    if len(items) == 2:
        return t.Apply("inner", items, span=token.span)
    if len(items) == 1:  # a mean, a span, a value in physics: not what stands in it
        return marked(items[0], "angle", token.span)
    return t.Collection("tuple", items, span=token.span)


def _as_comma(token: Token) -> Token:
    if token.kind == "bar" and token.text == "|":
        return Token("comma", ",", token.span, token.node)
    return token


def _set(context: Context, tokens: list[Token], token: Token) -> Tree:
    for index, part in enumerate(tokens):
        divides = part.kind == "bar" or (part.kind == "relation" and part.text == ":")
        if divides and 0 < index < len(tokens) - 1:
            element = context.read_tokens(tokens[:index])
            conditions = _list(context, tokens[index + 1 :])
            return t.Comprehension(element, conditions, span=token.span)
    items = _list(context, tokens)
    return t.Collection("set", items, span=token.span)


def _open_brace(context: Context, tokens: list[Token]) -> Tree:
    r"""`\left\{ … \right.`: cases, or a system."""
    return context.read_tokens(tokens)


def _square(context: Context, tokens: list[Token], token: Token) -> Tree:
    if len(tokens) == 1 and tokens[0].text == "[ ]" and not tokens[0].scripted:
        statement = context.read_tokens(inner_tokens(tokens[0]))
        if isinstance(statement, t.Relation):
            return t.Apply("iverson", (statement,), span=token.span)
    items = _list(context, tokens)
    left, _, right = token.text.partition(" ")
    if len(items) == 2 and (token.text != "[ ]" or _are_ends(items)):
        if token.text == "[ ]":
            context.assume("interval", "two numbers in square brackets are an interval", token.span)
        return t.Interval(*items, left == "[", right == "]", span=token.span)
    if len(items) == 1 and token.text == "[ ]":
        return items[0]
    if token.text != "[ ]" and len(items) == 1:
        return opaque(token.node, "unmatched", token.span)
    return t.Collection("list", items, span=token.span)


def _are_ends(items: tuple[Tree, ...]) -> bool:
    """Whether two trees look like the ends of an interval, and not like entries of a list."""
    return (
        all(_is_scalar(item) for item in items)
        and any(isinstance(node, (t.Number, t.Constant)) for item in items for node in t.walk(item))
    ) or all(isinstance(item, t.Symbol) and not item.font and len(item.name) == 1 for item in items)


def _is_scalar(item: Tree) -> bool:
    return not any(
        isinstance(node, (t.Collection, t.Matrix, t.Relation, t.Ellipsis))
        or (isinstance(node, t.Symbol) and node.font == "bold")
        for node in t.walk(item)
    )


def _evaluated(context: Context, tokens: list[Token], token: Token) -> Tree:
    return context.read_tokens(tokens)


def _round(context: Context, tokens: list[Token], token: Token) -> Tree:
    while tokens and tokens[-1].kind in ("comma", "gap"):
        tokens = tokens[:-1]
    if not tokens:
        return t.Collection("tuple", (), span=token.span)
    parts = split_at(tokens, "comma", "semicolon")
    if len(parts) > 1 and token.text == "( )":
        return t.Collection("tuple", _list(context, tokens), span=token.span)
    return context.read_tokens(tokens)
