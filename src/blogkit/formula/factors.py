r"""One factor: a name, a number, a bracket, a function or operator with what it reaches.

It exists to decide what a name before a bracket means, how far `\log` and `\sum` reach, and what
`\nabla`, `\partial`, `d` stand for. Habits are noted as assumptions. Imports the rules for scripts,
large operators and layouts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.arguments import read_arguments, read_group
from blogkit.formula.context import MAX_LEVELS, Context, opaque
from blogkit.formula.larges import (
    differential_ends,
    is_differential,
    is_integral,
    large_name,
    read_bounds,
    with_body,
)
from blogkit.formula.layouts import derivative_of, read_layout
from blogkit.formula.scripts import apply_scripts
from blogkit.formula.tokens import Token, cover, span_of
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import (
    EXPECTATIONS,
    FACTOR_SIGNS,
    FUNCTION_LETTERS,
    INVERSES,
    NAMED,
    SET_SIGNS,
    TERM_SIGNS,
)
from blogkit.spans import Span

_ROUND = ("( )",)
_LIST_FUNCTIONS = frozenset(["max", "min", "sup", "inf", "gcd", "lcm"])
_NUMBER_SETS = frozenset("NZQRC")
_LONGEST_WORD = 24
_UNSLASHED = ("sinh", "cosh", "tanh", "sin", "cos", "tan", "log", "exp")
_WORD_NAMES = frozenset(
    [
        "softmax",
        "sigmoid",
        "relu",
        "Attention",
        "attention",
        "MultiHead",
        "Concat",
        "concat",
        "LayerNorm",
        "FFN",
        "loss",
    ]
)


@dataclass(slots=True)
class Run:
    """Factors of one term, and how far they are read."""

    context: Context
    tokens: list[Token]
    index: int
    read_product: Callable[[Context, list[Token]], Tree]
    sign: Token | None = None
    ends: dict[int, int] | None = None

    @property
    def token(self) -> Token | None:
        """The next token; None at the end."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def rest(self) -> list[Token]:
        """What is not read yet; it counts as read from now on."""
        rest = self.tokens[self.index :]
        self.index = len(self.tokens)
        return rest


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
        token = run.token
        run.index += 1
        span = cover(factor.span, token.span)
        operator = "factorial" if token.text == "!" else "percent"
        match factor:
            case t.Apply(operator="factorial", args=args) if operator == "factorial":
                factor = t.Apply("double-factorial", args, span=span)
            case t.Apply(operator="double-factorial") if operator == "factorial":
                factor = t.Opaque("!", "sign", span=span)
            case t.Opaque(latex="!"):
                pass
            case _:
                factor = t.Apply(operator, (factor,), span=span)
        factor = apply_scripts(run.context, factor, token) if token.scripted else factor
    return factor


def _read_prefixed(run: Run, token: Token) -> Tree:
    run.index += 1
    context = run.context
    match token.kind:
        case "number":
            if token.font == "blackboard":
                return _read_name(run, token, token.text, token.font)
            return apply_scripts(context, _number(token), token)
        case "letter":
            return _read_letter(run, token)
        case "word":
            return _read_word(run, token, token.text)
        case "operator":
            return _read_operator(run, token)
        case "group":
            return _read_bracket(run, token)
        case "braced":
            return _read_braced(run, token)
        case "node":
            return _read_node(run, token)
        case "prefix":
            return _read_sign_prefix(run, token)
        case "dots":
            return apply_scripts(context, t.Ellipsis(span=token.span), token)
        case "text":
            return apply_scripts(context, t.Symbol(token.text, span=token.span), token)
        case "blank":
            return _read_blank(run, token)
        case "bar":
            return _read_bar(run, token)
        case "sign" if token.text in ("∪", "∩", "∧", "∨") and token.sub is not None:
            return _read_large(run, token, {**SET_SIGNS, "∧": "and", "∨": "or"}[token.text])
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
    return t.Number(token.text, span=token.span)


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


def _read_prescripted(run: Run, token: Token, letter: Token) -> Tree:
    """`{}^n C_k` is a binomial coefficient; other scripts on the left have no known meaning."""
    run.index += 1
    span = cover(token.span, letter.span)
    if letter.text != "C" or token.sup is None or letter.sub is None:
        return opaque(token.node, "stray", span)
    run.context.assume("binomial", "C between n and k is a binomial coefficient", span)
    ends = run.context.read_row(token.sup, ""), run.context.read_row(letter.sub, "")
    return t.Apply("binomial", ends, span=span)


# --- names


def _read_letter(run: Run, token: Token) -> Tree:
    context = run.context
    if token.text == "Δ" and not token.scripted and not token.font:
        return _read_increment(run, token)
    if token.text in ("∞", "∅"):
        return apply_scripts(context, t.Constant(token.text, span=token.span), token)
    if token.text == "d" and _is_upright_differential(run, token):
        return _read_differential(run, token)
    word = _spelled_word(run, token)
    if word is not None:
        return word
    slashed = derivative_of(context, run.tokens, run.index - 1)
    if slashed is not None:
        tree, run.index = slashed
        return tree
    return _read_name(run, token, token.text, token.font)


def _is_upright_differential(run: Run, token: Token) -> bool:
    return token.font == "upright" and is_differential(run.tokens, run.index - 1)


def _read_differential(run: Run, token: Token) -> Tree:
    variable = _simple_factor(run)
    span = cover(token.span, variable.span)
    return t.Apply("differential", (variable,), span=span)


def _simple_factor(run: Run) -> Tree:
    """One factor that is not called: the x of `dx`, the bracket of `d(xy)`."""
    token = run.token
    if token is None:
        return t.Blank(span=run.tokens[-1].span)
    run.index += 1
    if token.kind == "letter":
        return _symbol(run.context, token, token.text, token.font)
    run.index -= 1
    return read_factor(run)


def _read_increment(run: Run, token: Token) -> Tree:
    following = run.token
    if following is None or following.kind not in ("letter", "node") or following.spaced:
        return _read_name(run, token, token.text, token.font)
    run.context.assume("increment", "Δ before a letter makes one name with it", token.span)
    inner = _simple_factor(run)
    return t.Apply("increment", (inner,), span=cover(token.span, inner.span))


def _spelled_word(run: Run, token: Token) -> Tree | None:
    """`Attention(Q, K, V)`: letters side by side before a bracket are one name."""
    start = run.index - 1
    end = start
    tokens = run.tokens
    last_end = min(len(tokens), start + _LONGEST_WORD)
    while end < last_end and _spells(tokens[end]) and (end == start or not tokens[end].spaced):
        end += 1
        if tokens[end - 1].scripted:
            break
    letters = "".join(token.text for token in tokens[start:end])
    if len(letters) < 2 or not letters.isascii():
        return None
    prefix = _unslashed(letters) if letters not in run.context.declared else ""
    if prefix:
        end, letters = start + len(prefix), prefix
    last = tokens[end - 1]
    group = tokens[end] if end < len(tokens) else None
    called = group is not None and group.kind == "group" and group.text in ("( )", "[ ]")
    known = (
        bool(prefix)
        or letters in NAMED
        or _has_word(last)
        or letters in _WORD_NAMES
        or letters in run.context.declared
    )
    enough = len(letters) > 2 or _is_surely_call(group)
    if not (letters in run.context.declared or (known and len(letters) > 2) or (called and enough)):
        return None
    run.context.assume("word", f"the letters {letters} are one name", span_of(tokens[start:end]))
    run.index = end
    word = Token("word", letters, span_of(tokens[start:end]), token.node)
    word.sub, word.sup, word.primes = last.sub, last.sup, last.primes
    return _read_word(run, word, letters)


def _unslashed(letters: str) -> str:
    """The function that letters begin with, as in `sinx`, where at most one letter follows it."""
    found = (name for name in _UNSLASHED if letters.startswith(name))
    return next((name for name in found if len(letters) - len(name) < 2), "")


def _has_word(token: Token) -> bool:
    r"""Whether a subscript is a word, as in `len_{\text{label}}`."""
    return token.sub is not None and any(isinstance(x, latex.Text) for x in token.sub.items)


def _spells(token: Token) -> bool:
    return (
        token.kind == "letter" and not token.font and token.text.isascii() and token.text.isalpha()
    )


def _is_surely_call(group: Token | None) -> bool:
    return group is not None and any(
        part.kind in ("comma", "bar", "semicolon") for part in group.inner
    )


def _read_word(run: Run, token: Token, word: str) -> Tree:
    operator = NAMED.get(word)
    if word in EXPECTATIONS and len(word) > 1 and _opens_expectation(run, token, word):
        return _read_expectation(run, token, EXPECTATIONS[word])
    if operator is not None and not token.font and word not in run.context.declared:
        return _read_function(run, token, operator)
    if word in ("e", "d", "i") and len(word) == 1:
        return _read_letter(run, token)
    return _read_name(run, token, word, token.font)


def _read_name(run: Run, token: Token, name: str, font: str) -> Tree:
    if name in EXPECTATIONS and _opens_expectation(run, token, name):
        return _read_expectation(run, token, EXPECTATIONS[name])
    symbol = _symbol(run.context, token, name, font)
    group = run.token
    if group is None or group.kind != "group":
        return symbol
    if isinstance(symbol, t.Constant):
        return symbol
    function, power = _split_power(symbol)
    if not _is_application(run.context, token, name, font, group):
        return symbol
    run.index += 1
    call = _call(run.context, function, group, token.span.start)
    if power is not None:
        call = t.Apply("power", (call, power), span=call.span)
    return call


def _split_power(symbol: Tree) -> tuple[Tree, Tree | None]:
    """`f^2(x)` is the square of `f(x)`."""
    match symbol:
        case t.Apply(operator="power", args=(base, t.Number() as exponent)):
            return base, exponent
    return symbol, None


def _call(context: Context, function: Tree, group: Token, start: int) -> Tree:
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


def _symbol(context: Context, token: Token, name: str, font: str) -> Tree:
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
    raised = token.sup is not None and not _is_label(token.sup)
    usual = name == "π" or (name == "e" and raised)
    if plain and usual and token.sub is None and not token.primes:
        context.assume("constant", f"{name} is the constant", span)
        return t.Constant(name, assumed=True, span=span)
    return t.Symbol(name, font, span=span)


def _is_label(sup: latex.Row) -> bool:
    """Whether a superscript is in brackets, as in `e^{(k)}`."""
    first, last = (sup.items[0], sup.items[-1]) if sup.items else (None, None)
    if isinstance(first, latex.Fenced):
        return len(sup.items) == 1
    ends = [item.text for item in (first, last) if isinstance(item, latex.Atom)]
    return ends == ["(", ")"]


def _is_application(context: Context, token: Token, name: str, font: str, group: Token) -> bool:
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
    if group.pulled or _is_surely_call(group) or len(name) > 1:
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
    usual = usual or font in ("calligraphic", "fraktur")
    single = len(group.inner) == 1 and first.kind in ("letter", "number", "node")
    single = single and not group.scripted
    if token.primes or usual or (single and name not in context.bound):
        context.assume("application", f"{name} before a bracket is a function", token.span)
        return True
    context.assume("product", f"{name} before a bracket is a factor", token.span)
    return False


def _mentions(tokens: list[Token], name: str) -> bool:
    return any(
        token.kind == "letter" and token.text == name and not (after and after.kind == "group")
        for token, after in zip(tokens, [*tokens[1:], None], strict=True)
    )


# --- expectations


def _opens_expectation(run: Run, token: Token, name: str) -> bool:
    group = run.token
    bracket = group is not None and group.kind == "group" and group.text in ("[ ]", "( )", "{ }")
    if len(name) > 1:
        return bracket
    if name == "E" and token.font == "blackboard":
        return True
    if name == "V":
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
        if token.sup is not None:
            tree = apply_scripts(context, tree, _only_above(token))
        return apply_scripts(context, tree, group)
    if group is None or group.kind in ("sign", "dots"):
        symbol: Tree = t.Symbol("E", token.font, span=token.span)
        return symbol if under is None else t.Index(symbol, (under,), span=token.span)
    body = _reach(run)
    span = cover(token.span, body.span)
    return t.Expectation(operator, under, (body,), span=span)


def _only_above(token: Token) -> Token:
    bare = token.bare()
    bare.sup = token.sup
    return bare


# --- functions and large operators


def _read_operator(run: Run, token: Token) -> Tree:
    text = token.text
    if text == "arg" and run.token is not None and run.token.text in ("min", "max", "inf", "sup"):
        return _read_arg_extremum(run, token, run.token)
    name = large_name(token)
    if name and not _is_function_use(run, token):
        return _read_large(run, token, name)
    operator = NAMED.get(text)
    if operator is not None:
        return _read_function(run, token, operator)
    if text in ("Pr", "hom", "deg"):
        return _read_name(run, token, text, "")
    return _read_name(run, token, text, "")


def _read_arg_extremum(run: Run, token: Token, extremum: Token) -> Tree:
    run.index += 1
    merged = Token("operator", "arg " + extremum.text, extremum.span, extremum.node)
    merged.span = cover(token.span, extremum.span)
    merged.sub, merged.sup = extremum.sub or token.sub, extremum.sup
    return _read_large(run, merged, large_name(merged))


def _is_function_use(run: Run, token: Token) -> bool:
    r"""`\max(a, b)` and `\min\{1, x\}` are functions of what is listed."""
    return token.text in _LIST_FUNCTIONS and token.sub is None


def _read_large(run: Run, token: Token, name: str) -> Tree:
    big = read_bounds(run.context, token, name)
    if run.token is None:
        if is_integral(token):
            return big
        return big
    if is_integral(token):
        return _read_integral(run, big)
    return with_body(big, _reach(run))


def _reach(run: Run) -> Tree:
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


def _read_integral(run: Run, big: t.Big) -> Tree:
    start = run.index - 1
    if run.ends is None:
        run.ends = differential_ends(run.tokens)
    end = run.ends.get(start)
    if end is None:
        return with_body(big, _reach(run))
    inner = run.tokens[run.index : end]
    run.index = end
    variables: list[Tree] = []
    body: list[Token] = []
    depth = 0
    index = 0
    while index < len(inner):
        depth += is_integral(inner[index])
        if depth == 0 and is_differential(inner, index):
            variables.append(_simple_factor(Run(run.context, inner, index + 1, run.read_product)))
            index += 2
            continue
        if depth and is_differential(inner, index):
            depth -= 1
        body.append(inner[index])
        index += 1
    if _follows_directly(run, body):
        body = run.rest()
    while body and body[-1].kind == "sign" and body[-1].text in FACTOR_SIGNS:
        body.pop()
    if not body:
        return with_body(big, t.Number("1", span=big.span), tuple(variables))
    run.context.level += 1
    try:
        read = run.context.read_terms(body)
    finally:
        run.context.level -= 1
    return with_body(big, read, tuple(variables))


def _follows_directly(run: Run, body: list[Token]) -> bool:
    r"""`\int dx\, f(x)`: the differential first, then what is integrated."""
    return not body and run.token is not None and run.token.kind not in ("sign", "dots")


def _read_function(run: Run, token: Token, operator: str) -> Tree:
    context = run.context
    args = _function_args(run, operator)
    span = Span(token.span.start, args[-1].span.end if args else token.span.end)
    span = Span(span.start, max(span.end, token.span.end))
    if token.sub is not None and args:
        args = (*args, context.read_row(token.sub, ""))
    if not args:
        return apply_scripts(context, t.Symbol(token.text, span=token.span), token)
    if token.sup is None:
        return t.Apply(operator, args, span=span)
    label = apply_scripts(context, t.Symbol(token.text, span=token.span), _only_above(token))
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
    if group.scripted and len(args) == 1:
        context.assume(
            "argument", "a script on a function's bracket belongs to its argument", group.span
        )
        args = (apply_scripts(context, args[0], group),)
    return args


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
        return named and _is_application(run.context, last, last.text, last.font, token)
    return not (is_differential(run.tokens, run.index) and token.font == "upright")


# --- brackets, layouts and signs before an operand


def _read_bracket(run: Run, token: Token) -> Tree:
    context = run.context
    following = run.token
    if _is_composed(token) and following is not None and following.text == "( )":
        run.index += 1
        function = read_group(context, token)
        return _call(context, function, following, token.span.start)
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
        return _read_large(run, merged, large_name(merged))
    return apply_scripts(context, read_group(context, token), token)


def _read_node(run: Run, token: Token) -> Tree:
    context = run.context
    derived = derivative_of(context, run.tokens, run.index - 1)
    if derived is not None:
        tree, run.index = derived
        if isinstance(tree, t.Apply) and isinstance(tree.args[0], t.Blank):
            body = _reach_derived(run)
            span = cover(tree.span, body.span)
            tree = t.Apply(tree.operator, (body, *tree.args[1:]), span=span)
        return tree
    base = read_layout(context, token)
    scripted = apply_scripts(context, base, token)
    group = run.token
    if not isinstance(base, t.Symbol) or group is None or group.kind != "group":
        return scripted
    if not _is_application(context, token, base.name, base.font, group):
        return scripted
    run.index += 1
    return _call(context, scripted, group, token.span.start)


def _reach_derived(run: Run) -> Tree:
    token = run.token
    if (
        token is None
        or token.kind == "bar"
        or (token.kind == "sign" and token.text not in TERM_SIGNS)
    ):
        return t.Blank(span=run.tokens[run.index - 1].span)
    if token.kind == "group":
        return read_factor(run)
    return _reach(run)


def _read_sign_prefix(run: Run, token: Token) -> Tree:
    context = run.context
    if token.text == "∇":
        return _read_gradient(run, token)
    if token.text == "∂":
        return _read_partial(run, token)
    if token.text in ("¬",):
        body = read_factor(run) if run.token is not None else t.Blank(span=token.span)
        return t.Apply("not", (body,), span=cover(token.span, body.span))
    if token.text == "#" and run.token is not None:
        body = read_factor(run)
        return t.Apply("cardinality", (body,), span=cover(token.span, body.span))
    name = {"∀": "forall", "∃": "exists"}.get(token.text)
    if name is not None:
        body = _reach(run)
        return t.Big(name, (body,), None, None, None, t.Blank(span=token.span), span=token.span)
    return apply_scripts(context, t.Symbol(token.text, span=token.span), token)


def _read_gradient(run: Run, token: Token) -> Tree:
    context = run.context
    variables = () if token.sub is None else (context.read_row(token.sub, ""),)
    operator = "gradient"
    if token.sup is not None:
        power = context.read_row(token.sup, "")
        if power != t.Number("2"):
            return apply_scripts(context, t.Symbol("∇", span=token.span), token)
        operator = "hessian"
    following = run.token
    crossed = following is not None and following.kind == "sign" and following.text in "⋅×"
    if crossed and following and operator == "gradient" and run.index + 1 < len(run.tokens):
        operator = "divergence" if following.text == "⋅" else "curl"
        run.index += 1
    if run.token is None or run.token.kind == "sign":
        body: Tree = t.Blank(span=token.span)
    else:
        body = read_factor(run)
    span = cover(token.span, body.span)
    return t.Apply(operator, (body, *variables), span=span)


def _read_partial(run: Run, token: Token) -> Tree:
    context = run.context
    variables = () if token.sub is None else (context.read_row(token.sub, ""),)
    slashed = derivative_of(context, run.tokens, run.index - 1)
    if slashed is not None:
        derivative, run.index = slashed
        return derivative
    if run.token is None or run.token.kind in ("sign", "dots"):
        return apply_scripts(context, t.Symbol("∂", span=token.span), token)
    body = read_factor(run)
    span = cover(token.span, body.span)
    tree: Tree = t.Apply("partial", (body, *variables), span=span)
    return apply_scripts(context, tree, _only_above(token)) if token.sup else tree


__all__ = ["FACTOR_SIGNS", "SET_SIGNS", "Run", "read_factor"]
