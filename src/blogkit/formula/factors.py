r"""One factor: a number, a name, a bracket, a layout, with its scripts and what stands behind it.

It exists to send each kind of token to the rules that read it.
"""

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.arguments import read_group
from blogkit.formula.bodies import read_arg_extremum, read_large
from blogkit.formula.calls import is_application, read_call
from blogkit.formula.context import MAX_LEVELS, Context, opaque
from blogkit.formula.functions import is_function_use, read_function
from blogkit.formula.larges import large_name
from blogkit.formula.layouts import derivative_of, read_layout
from blogkit.formula.names import read_letter, read_name, read_word
from blogkit.formula.numerals import numeral
from blogkit.formula.prefixes import reach_derived, read_sign_prefix
from blogkit.formula.runs import Run
from blogkit.formula.scripts import apply_scripts
from blogkit.formula.tokens import Token, cover, span_of
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import NAMED, SET_SIGNS


def read_factor(run: Run) -> Tree:
    """The next factor, with its scripts and what stands behind it, such as `!`."""
    context = run.context
    token = run.token
    assert token is not None
    if context.level > MAX_LEVELS:
        span = span_of(run.rest())
        return t.Opaque("", "deep", span=span)
    context.level += 1
    try:
        factor = _read_prefixed(run, token)
    finally:
        context.level -= 1
    return _read_postfix(run, factor)


def _read_postfix(run: Run, factor: Tree) -> Tree:
    while run.token is not None and run.token.kind == "postfix":
        signs = _signs_behind(run)
        span = cover(factor.span, signs[-1].span)
        if signs[0].text != "!":
            factor = t.Apply("percent", (factor,), span=span)
        elif len(signs) > 2:
            factor = t.Opaque("!", "sign", span=span)
        else:
            operator = "factorial" if len(signs) == 1 else "double-factorial"
            factor = t.Apply(operator, (factor,), span=span)
        if signs[-1].scripted:
            factor = apply_scripts(run.context, factor, signs[-1])
    return factor


def _signs_behind(run: Run) -> list[Token]:
    """The signs that make one operator: both of `n!!`, but one by one those of `(n!)!`."""
    signs: list[Token] = []
    while run.token is not None and run.token.kind == "postfix":
        signs.append(run.token)
        run.index += 1
        if signs[0].text != "!" or signs[-1].scripted:
            break
    return signs


def _read_prefixed(run: Run, token: Token) -> Tree:
    run.index += 1
    context = run.context
    match token.kind:
        case "number":
            if token.font == "blackboard":
                return read_name(run, token, token.text, token.font)
            return apply_scripts(context, _number(token), token)
        case "letter":
            return read_letter(run, token)
        case "word":
            return read_word(run, token, token.text)
        case "operator":
            return _read_operator(run, token)
        case "group":
            return _read_bracket(run, token)
        case "braced":
            return _read_braced(run, token)
        case "node":
            return _read_node(run, token)
        case "prefix":
            return read_sign_prefix(run, token)
        case "dots":
            return apply_scripts(context, t.Ellipsis(span=token.span), token)
        case "text":
            return apply_scripts(context, t.Symbol(token.text, span=token.span), token)
        case "blank":
            return _read_blank(run, token)
        case "bar":
            return _read_bar(run, token)
        case "sign" if token.text in ("∪", "∩", "∧", "∨") and token.sub is not None:
            return read_large(run, token, {**SET_SIGNS, "∧": "and", "∨": "or"}[token.text])
        case "sign" if token.text in ("△", "\\"):
            return apply_scripts(context, t.Symbol(token.text, span=token.span), token)
        case "sign" if token.text in ("⋅", "∙"):
            return t.Blank(span=token.span)
        case "opaque":
            return apply_scripts(context, _opaque(token), token)
    return opaque(token.node, "sign", token.span)


def _opaque(token: Token) -> t.Opaque:
    from_layout = type(token.node).__name__
    reason = {"Unknown": "unknown-command", "Raw": "broken"}.get(from_layout, "unmatched")
    if token.text == "deep":
        return t.Opaque("", "deep", span=token.span)
    return opaque(token.node, reason, token.span)


def _number(token: Token) -> Tree:
    if token.text == ".":
        return t.Opaque(".", "sign", token.node, span=token.span)
    if token.font == "bold":
        return t.Symbol(token.text, "bold", span=token.span)
    return numeral(token.text, token.span)


def _read_bar(run: Run, token: Token) -> Tree:
    """A bar that neither opens nor closes, and that no call has used."""
    return t.Opaque(token.text, "unmatched", token.node, span=token.span)


def _read_blank(run: Run, token: Token) -> Tree:
    following = run.token
    if following is not None and following.kind == "letter" and token.scripted:
        return _read_prescripted(run, token, following)
    if not token.scripted:
        return t.Blank(span=token.span)
    return apply_scripts(run.context, t.Blank(span=token.span), token)


def _read_hypergeometric(run: Run, left: latex.Row, letter: Token) -> Tree:
    context = run.context
    assert letter.sub is not None
    context.assume("index", "the numbers around F are its indices", letter.span)
    indices = context.read_row(left, ""), context.read_row(letter.sub, "")
    family = t.Index(t.Symbol(letter.text, letter.font, span=letter.span), indices)
    group = run.token
    if group is None or group.kind != "group":
        return family
    run.index += 1
    return read_call(context, family, group, left.span.start)


def _read_prescripted(run: Run, token: Token, letter: Token) -> Tree:
    """`{}^n C_k` is a binomial coefficient, `{}_2 F_1` a family; else the meaning is not known."""
    run.index += 1
    span = cover(token.span, letter.span)
    if letter.text == "F" and token.sub is not None and letter.sub is not None:
        return _read_hypergeometric(run, token.sub, letter)
    if letter.text != "C" or token.sup is None or letter.sub is None:
        return opaque(token.node, "stray", span)
    run.context.assume("binomial", "C between n and k is a binomial coefficient", span)
    ends = run.context.read_row(token.sup, ""), run.context.read_row(letter.sub, "")
    return t.Apply("binomial", ends, span=span)


def _read_operator(run: Run, token: Token) -> Tree:
    text = token.text
    if text == "arg" and run.token is not None and run.token.text in ("min", "max", "inf", "sup"):
        return read_arg_extremum(run, token, run.token)
    name = large_name(token)
    if name and not is_function_use(run, token):
        return read_large(run, token, name)
    operator = NAMED.get(text)
    if operator is not None:
        return read_function(run, token, operator)
    if text in ("Pr", "hom", "deg"):
        return read_name(run, token, text, "")
    return read_name(run, token, text, "")


def _read_bracket(run: Run, token: Token) -> Tree:
    context = run.context
    following = run.token
    if _is_composed(token) and following is not None and following.text == "( )":
        run.index += 1
        function = read_group(context, token)
        return read_call(context, function, following, token.span.start)
    body = read_group(context, token.bare())
    if isinstance(body, t.Interval) and token.text == "[ ]" and token.sup is not None:
        body = t.Collection("list", (body.lower, body.upper), span=body.span)
    if token.text in (" |", " ]") and token.sub is not None:
        return evaluated(context, body, token)
    return apply_scripts(context, body, token)


def evaluated(context: Context, body: Tree, token: Token) -> Tree:
    """What stands before a bar with scripts, at the place that the scripts give."""
    ends = tuple(context.read_row(row, "") for row in (token.sub, token.sup) if row is not None)
    place = ends[0] if len(ends) == 1 else t.Collection("sequence", ends, span=token.span)
    return t.Where(body, "at", place, span=cover(body.span, token.span))


def _is_composed(token: Token) -> bool:
    """`(f * g)(x)`, `(f \\circ g)(x)`: a bracket of functions is applied."""
    signs = [part.text for part in token.inner if part.kind == "sign"]
    letters = [part.text for part in token.inner if part.kind == "letter"]
    return (
        token.text == "( )"
        and bool(signs)
        and all(sign in "∗*∘⋆" for sign in signs)
        and len(letters) + len(signs) == len(token.inner)
    )


def _read_braced(run: Run, token: Token) -> Tree:
    context = run.context
    inner = token.inner
    name = inner[0] if inner else None
    if name is not None and name.kind == "operator" and len(inner) == 1:
        return _read_operator(run, name)
    words = [part.text for part in inner]
    if words == ["arg", "min"] or words == ["arg", "max"]:
        merged = Token("operator", " ".join(words), token.span, token.node, sub=token.sub)
        return read_large(run, merged, large_name(merged))
    return apply_scripts(context, read_group(context, token), token)


def _read_node(run: Run, token: Token) -> Tree:
    context = run.context
    derived = derivative_of(context, run.tokens, run.index - 1)
    if derived is not None:
        tree, run.index = derived
        if isinstance(tree, t.Apply) and isinstance(tree.args[0], t.Blank):
            body = reach_derived(run)
            span = cover(tree.span, body.span)
            tree = t.Apply(tree.operator, (body, *tree.args[1:]), span=span)
        return tree
    base = read_layout(context, token)
    scripted = apply_scripts(context, base, token)
    group = run.token
    if not isinstance(base, t.Symbol) or group is None or group.kind != "group":
        return scripted
    if not is_application(context, token, base.name, base.font, group):
        return scripted
    run.index += 1
    return read_call(context, scripted, group, token.span.start)
