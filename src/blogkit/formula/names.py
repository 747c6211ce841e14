r"""Letters and words: names, differentials, expectations, and what they are applied to.

Imports the rules for words, calls and functions.
"""

from dataclasses import replace

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.arguments import read_arguments
from blogkit.formula.calls import is_application, read_call, split_power
from blogkit.formula.functions import read_function
from blogkit.formula.larges import is_differential
from blogkit.formula.layouts import derivative_of
from blogkit.formula.runs import Run, only_above, read_reached, simple_factor
from blogkit.formula.scripts import apply_scripts
from blogkit.formula.symbols import read_symbol
from blogkit.formula.tokens import Token, cover
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import EXPECTATIONS, NAMED
from blogkit.formula.words import spelled_word


def read_letter(run: Run, token: Token) -> Tree:
    """What a letter starts: a word, a name, a constant, a differential, a derivative."""
    context = run.context
    if token.text == "Δ" and not token.scripted and not token.font:
        return _read_increment(run, token)
    if token.text in ("∞", "∅"):
        return apply_scripts(context, t.Constant(token.text, span=token.span), token)
    if token.text == "d" and _is_differential(run, token):
        return _read_differential(run, token)
    word = spelled_word(run, token)
    if word is not None:
        return read_word(run, word, word.text)
    slashed = derivative_of(context, run.tokens, run.index - 1)
    if slashed is not None:
        tree, run.index = slashed
        return tree
    return read_name(run, token, token.text, token.font)


def _is_differential(run: Run, token: Token) -> bool:
    if token.font != "upright" and not run.context.has_differentials:
        return False
    following = run.token
    is_of_function = following is not None and following.kind == "operator"
    return is_differential(run.tokens, run.index - 1) or (is_of_function and not token.scripted)


def _read_differential(run: Run, token: Token) -> Tree:
    r"""`dx`, `d(uv)`, `d\sin x`; of `dx^2` the differential is squared."""
    following = run.token
    assert following is not None
    power = following.sup if following.kind == "letter" and not following.primes else None
    if power is not None and latex.to_latex(power).strip("{}").isdecimal():
        run.tokens[run.index] = replace(following, sup=None)
    else:
        power = None
    variable = simple_factor(run)
    span = cover(token.span, variable.span)
    differential = t.Apply("differential", (variable,), span=span)
    if power is None:
        return differential
    return t.Apply("power", (differential, run.context.read_row(power, "")), span=span)


def _read_increment(run: Run, token: Token) -> Tree:
    following = run.token
    if following is None or following.kind not in ("letter", "node") or following.spaced:
        return read_name(run, token, token.text, token.font)
    run.context.assume("increment", "Δ before a letter makes one name with it", token.span)
    inner = simple_factor(run)
    return t.Apply("increment", (inner,), span=cover(token.span, inner.span))


def read_word(run: Run, token: Token, word: str) -> Tree:
    """A word: a function of the vocabulary, an expectation, or a name."""
    operator = NAMED.get(word)
    if word in EXPECTATIONS and len(word) > 1 and _opens_expectation(run, token, word):
        return _read_expectation(run, token, EXPECTATIONS[word])
    is_plain = token.font in ("", "sans", "mono")
    if operator is not None and is_plain and word not in run.context.declared:
        return read_function(run, token, operator)
    if word in ("e", "d", "i") and len(word) == 1:
        return read_letter(run, token)
    return read_name(run, token, word, token.font)


def read_name(run: Run, token: Token, name: str, font: str) -> Tree:
    """A name, applied to the bracket behind it where it is a function."""
    if name in EXPECTATIONS and _opens_expectation(run, token, name):
        return _read_expectation(run, token, EXPECTATIONS[name])
    symbol = read_symbol(run.context, token, name, font)
    group = run.token
    if group is None or group.kind != "group":
        return symbol
    if isinstance(symbol, t.Constant):
        return symbol
    function, power = split_power(symbol)
    if not is_application(run.context, token, name, font, group):
        return symbol
    run.index += 1
    call = read_call(run.context, function, group, token.span.start)
    if power is not None:
        call = t.Apply("power", (call, power), span=call.span)
    return call


def _opens_expectation(run: Run, token: Token, name: str) -> bool:
    group = run.token
    bracket = group is not None and group.kind == "group" and group.text in ("[ ]", "( )", "{ }")
    if len(name) > 1:
        return bracket
    if name in run.context.variables and not token.font:
        return False
    if name == "E" and token.font == "blackboard":
        return True
    if name in ("V", "D"):
        return bracket and token.font == "blackboard"
    if group is not None and bracket and token.sup is None:
        return group.text == "[ ]" or token.font in ("upright", "blackboard")
    return False


def _read_expectation(run: Run, token: Token, operator: str) -> Tree:
    context = run.context
    if token.font not in ("blackboard", "upright") and len(token.text) == 1:
        context.assume("expectation", "E before square brackets is an expectation", token.span)
    under = None if token.sub is None else context.read_row(token.sub, "")
    group = run.token
    if group is not None and group.kind == "group" and group.text in ("[ ]", "( )", "{ }"):
        run.index += 1
        arguments = read_arguments(context, group)
        span = cover(token.span, group.span)
        tree: Tree = t.Expectation(operator, under, arguments.args, arguments.conditions, span=span)
        if token.sup is not None or token.primes:
            tree = apply_scripts(context, tree, only_above(token))
        return apply_scripts(context, tree, group)
    if group is None or group.kind in ("sign", "dots"):
        symbol: Tree = t.Symbol("E", token.font, span=token.span)
        return symbol if under is None else t.Index(symbol, (under,), span=token.span)
    body = read_reached(run)
    span = cover(token.span, body.span)
    return t.Expectation(operator, under, (body,), span=span)
