r"""Two-dimensional layouts: fractions, roots, accents, stacks, arrays, and derivatives.

Imports the tree, tokens and context.
"""

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.arrays import read_array
from blogkit.formula.brackets import match_brackets
from blogkit.formula.context import Context, opaque
from blogkit.formula.lexing import is_sign, lex
from blogkit.formula.scripts import add_accent, apply_scripts, marked
from blogkit.formula.tokens import Token, span_of
from blogkit.formula.tree import Tree
from blogkit.spans import Span

_ACCENTS = {
    **dict.fromkeys(["hat", "widehat"], "hat"),
    **dict.fromkeys(["check", "widecheck"], "check"),
    **dict.fromkeys(["tilde", "widetilde"], "tilde"),
    **dict.fromkeys(["bar", "overline", "overbar"], "bar"),
    **dict.fromkeys(["vec", "overrightarrow"], "vec"),
}
_DERIVATIVES = {"d": "derivative", "∂": "partial", "δ": "variation"}
_TIMES = frozenset("⋅·×*")
_BETWEEN = ("sign", "relation", "comma", "semicolon")
"""What makes sums, statements or lists: then the letter before it is a letter: `d/(d - 1)`."""
_OF_SETS = frozenset(["union", "intersection", "difference", "symmetric-difference", "and", "or"])
_OF_EXPRESSION = {"hat": "hat", "tilde": "tilde", "bar": "conjugate", "vec": "vector"}


def read_layout(context: Context, token: Token) -> Tree:
    """A layout that is one thing, without its scripts."""
    node = token.node
    match node:
        case latex.Fraction():
            return _fraction(context, node)
        case latex.Root():
            return _root(context, node)
        case latex.Accent():
            return _accent(context, node, token)
        case latex.Stack():
            return _stack(context, node)
        case latex.Array():
            return read_array(context, node)
        case latex.Modulo():
            modulus = context.read_row(node.body, "")
            return t.Apply("mod", (t.Blank(span=node.span), modulus), span=node.span)
        case latex.Sideset():
            return opaque(node, "sign")
        case latex.Box():  # struck: it stands no more, and what stands for it is not said
            return marked(context.read_row(node.body, ""), "cancel", node.span)
    return opaque(node, "picture")


def _fraction(context: Context, node: latex.Fraction) -> Tree:
    upper = context.read_row(node.numerator, "")
    lower = context.read_row(node.denominator, "")
    if node.rule:
        return t.Apply("divide", (upper, lower), span=node.span)
    if node.left == "(" or "binom" in node.command or "choose" in node.command:
        return t.Apply("binomial", (upper, lower), span=node.span)
    if not node.left:
        return t.System((upper, lower), span=node.span)
    return opaque(node, "sign")


def _root(context: Context, node: latex.Root) -> Tree:
    body = context.read_row(node.body, "")
    if node.index is None or not node.index.items:
        return t.Apply("root", (body,), span=node.span)
    return t.Apply("root", (body, context.read_row(node.index, "")), span=node.span)


def _accent(context: Context, node: latex.Accent, token: Token) -> Tree:
    name = node.command.lstrip("\\")
    body = context.read_row(node.body, token.font)
    if name in ("overbrace", "underbrace", "overbracket", "underbracket"):
        return _braced(context, body, token)
    accent = _ACCENTS.get(name, name)
    named = add_accent(body, accent, node.span)
    if named is not None:
        return named
    if name in ("underline", "underbar"):
        context.assume("underline", "a line under an expression marks it only", node.span)
        return body
    if accent == "bar" and _is_mean(context, body):
        return t.Call(t.Symbol("mean", span=node.span), (body,), span=node.span)
    if accent in _OF_EXPRESSION:
        return t.Apply(_OF_EXPRESSION[accent], (body,), span=node.span)
    return marked(body, accent, node.span)


def _is_mean(context: Context, body: Tree) -> bool:
    r"""Whether a line over an expression is read as a mean: it may be, where nothing tells.

    Numbers that may be complex have conjugates, and events complements, which the tree has alike.
    """
    letters = (n for n in t.outside_indices(body) if isinstance(n, t.Symbol | t.Constant))
    names = {letter.name for letter in letters}
    sets = any(isinstance(x, t.Apply) and x.operator in _OF_SETS for x in t.walk(body))
    events = context.has_events and all(len(name) == 1 and name.isupper() for name in names)
    if context.is_complex or names & {"z", "w", "i"} or sets or events:
        return False
    return context.choose("line over an expression") == 1


def _braced(context: Context, body: Tree, token: Token) -> Tree:
    note = token.sub or token.sup
    if note is None:
        return body
    remark = context.read_row(note, "")
    token.sub = token.sup = None
    return t.Annotated(body, remark, span=token.span)


def _stack(context: Context, node: latex.Stack) -> Tree:
    tree = context.read_row(node.base, "")
    if node.command == "\\cancelto":
        tree = marked(tree, "cancel", node.span)
    for command, note in (("underset", node.under), ("overset", node.over)):
        if note is not None and note.items:
            accent = f"{command}{latex.to_latex(note)}" if is_sign(note) else ""
            named = add_accent(tree, accent, node.span) if accent else None
            tree = named or t.Annotated(tree, context.read_row(note, ""), span=node.span)
    return tree


# --- derivatives


def derivative_of(context: Context, tokens: list[Token], index: int) -> tuple[Tree, int] | None:
    r"""A derivative at a place and where it ends: `\frac{dy}{dx}`, `\partial f/\partial x`.

    The first argument is a `Blank` where the numerator names nothing: `\frac{d}{dx}`.
    """
    token = tokens[index]
    if isinstance(token.node, latex.Fraction) and token.node.rule and token.kind == "node":
        upper = match_brackets(lex(token.node.numerator.items))
        lower = match_brackets(lex(token.node.denominator.items))
        tree = _derivative(context, upper, lower, token.span)
        if tree is None:
            return None
        if token.sup is not None or token.sub is not None:
            tree = apply_scripts(context, tree, token)
        return tree, index + 1
    return _slashed(context, tokens, index)


def _slashed(context: Context, tokens: list[Token], index: int) -> tuple[Tree, int] | None:
    slash = next(
        (k for k in range(index + 1, min(index + 4, len(tokens))) if tokens[k].text == "/"), 0
    )
    if not slash or slash + 2 >= len(tokens):
        return None
    lower = tokens[slash + 1 : slash + 3]
    tree = _derivative(context, tokens[index:slash], lower, span_of(tokens[index : slash + 3]))
    return None if tree is None else (tree, slash + 3)


def _derivative(
    context: Context, upper: list[Token], lower: list[Token], span: Span
) -> Tree | None:
    sign = _sign(upper)
    place = next((k for k, token in enumerate(lower) if token.text == "∂"), 0)
    if sign == "∂" and place:
        return _divided(context, upper, (lower[:place], lower[place:]), span)
    if not sign or (lower and _sign(_unbraced(lower[0])) != sign):
        return None
    if (upper[1:2] and upper[1].kind in _BETWEEN) or any(x.kind in _BETWEEN for x in lower):
        return None
    if sign == "δ" and any(x.kind == "group" for x in (*upper[1:2], *lower[1:2])):
        return None
    variables = _variables(context, lower, sign)
    if variables is None:
        return None
    operator = _DERIVATIVES[sign]
    body = context.read_terms(upper[1:]) if len(upper) > 1 else t.Blank(span=span)
    if upper[0].sub is not None:
        return None
    return t.Apply(operator, (body, *variables), span=span)


def _divided(
    context: Context, upper: list[Token], lower: tuple[list[Token], list[Token]], span: Span
) -> Tree | None:
    r"""A derivative over a factor too: `\frac{\partial l}{T \cdot \partial o}`."""
    factor, variables = lower
    if factor[-1].text in _TIMES:
        factor = factor[:-1]
    if not factor or any(x.kind in _BETWEEN for x in factor):
        return None
    derivative = _derivative(context, upper, variables, span)
    below = context.read_terms(factor)
    return derivative and t.Apply("divide", (derivative, below), span=span)


def _sign(tokens: list[Token]) -> str:
    if not tokens:
        return ""
    first = tokens[0]
    is_sign = first.text in _DERIVATIVES and first.kind in ("letter", "prefix")
    return first.text if is_sign and first.font in ("", "upright") else ""


def _unbraced(token: Token) -> list[Token]:
    """The parts of `{dz}^n`, with the exponent on the last."""
    if token.kind != "braced" or len(token.inner) != 2 or token.sub is not None:
        return [token]
    first, last = token.inner
    if last.scripted or last.kind != "letter":
        return [token]
    last = last.bare()
    last.sup = token.sup
    return [first, last]


def _variables(context: Context, tokens: list[Token], sign: str) -> list[Tree] | None:
    """The variables of `∂x ∂y^2`, each as often as it is derived by."""
    tokens = [inner for token in tokens for inner in _unbraced(token)]
    starts = [k for k, token in enumerate(tokens) if token.text == sign and not token.scripted]
    if not starts or starts[0] != 0:
        return None
    found: list[Tree] = []
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        part = tokens[start + 1 : end]
        if not part:
            return None
        last = part[-1]
        order, last_sup = None, last.sup
        labelled = last_sup is not None and any(
            isinstance(item, latex.Fenced) or (isinstance(item, latex.Atom) and item.text == "(")
            for item in last_sup.items
        )
        if last_sup is not None and not labelled and last.kind in ("letter", "group", "node"):
            candidate = context.read_row(last_sup, "")
            if isinstance(candidate, (t.Number, t.Symbol)) and last_sup.items:
                order, last.sup = candidate, None
        variable = context.read_terms(part)
        last.sup = last_sup
        if isinstance(order, t.Number) and order.text in ("1", "2", "3", "4"):
            found.extend([variable] * int(order.text))
        elif order is not None:
            found.append(t.Apply("order", (variable, order), span=span_of(part)))
        else:
            found.append(variable)
    return found
