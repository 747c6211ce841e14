r"""Sums, products and factors: tokens without relations to a tree.

It exists to hold the rules of precedence in one place, loosest first: set signs, terms, signs
between factors, factors side by side, scripts. Long rows are read in linear time and give flat
trees. Imports the rules for one factor from `factors.py`.
"""

from dataclasses import dataclass
from itertools import takewhile

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.context import Context
from blogkit.formula.factors import evaluated, read_factor
from blogkit.formula.larges import differential_ends, is_differential, large_name
from blogkit.formula.runs import Run
from blogkit.formula.tokens import Token, cover, span_of
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import FACTOR_SIGNS, NAMED, SET_SIGNS, TERM_SIGNS
from blogkit.spans import Span

_MAX_NESTED_SIGNS = 24
"""Signs of changing kind in one product; `a / b / c / …` would nest without end."""


def read_terms(context: Context, tokens: list[Token]) -> Tree:
    """A sum, or sets joined by set signs."""
    parts: list[list[Token]] = [[]]
    signs: list[str] = []
    for token in tokens:
        if token.kind == "sign" and token.text in SET_SIGNS and parts[-1]:
            parts.append([])
            signs.append(SET_SIGNS[token.text])
        else:
            parts[-1].append(token)
    if signs and not parts[-1]:
        signs.pop()
        parts.pop()
        parts[-1] = [*parts[-1], tokens[-1]]
    operands = [_read_sum(context, part) for part in parts]
    return _fold(operands, signs)


def _fold(operands: list[Tree], signs: list[str]) -> Tree:
    """Operands joined from the left; equal signs in a row make one node."""
    result = operands[0]
    pending = [result]
    nested = 0
    for index, (sign, operand) in enumerate(zip(signs, operands[1:], strict=True)):
        pending.append(operand)
        following = signs[index + 1] if index + 1 < len(signs) else None
        if following == sign and sign not in ("difference", "divide", "mod"):
            continue
        nested += 1
        if nested > _MAX_NESTED_SIGNS:
            span = cover(operands[0].span, operands[-1].span)
            return t.Opaque("", "deep", span=span)
        result = t.Apply(sign, tuple(pending), span=cover(operands[0].span, operand.span))
        pending = [result]
    return result


def _read_sum(context: Context, tokens: list[Token]) -> Tree:
    terms: list[Tree] = []
    reach = _objective_end(tokens)
    if reach and any(x.kind == "sign" and x.text in TERM_SIGNS for x in tokens):
        context.assume("argument", f"{tokens[0].text} reaches over the whole sum", tokens[0].span)
    for sign, part in _split_terms(context, tokens, reach):
        if not part:
            missing = t.Opaque("", "missing", span=sign.span if sign else Span(0, 0))
            terms.append(_signed(sign, missing))
            continue
        terms.append(_signed(sign, read_product(context, part)))
    if len(terms) == 1:
        return terms[0]
    return t.Apply("plus", tuple(terms), span=span_of(tokens))


def _signed(sign: Token | None, term: Tree) -> Tree:
    if sign is None or sign.text == "+":
        return term
    span = cover(sign.span, term.span)
    return t.Apply(TERM_SIGNS[sign.text], (term,), span=span)


def _split_terms(
    context: Context, tokens: list[Token], held: int
) -> list[tuple[Token | None, list[Token]]]:
    """Terms with their signs; what an integral reaches up to its differential is one term."""
    terms: list[tuple[Token | None, list[Token]]] = []
    sign: Token | None = None
    part: list[Token] = []
    ends = differential_ends(tokens)
    places = [k for k, x in enumerate(tokens) if x.kind == "sign" and x.text in TERM_SIGNS]
    for index, token in enumerate(tokens):
        held = max(held, ends.get(index, 0))
        bound = _bound_by(token) if index >= held else None
        following = next((k for k in places if k > index), 0) if bound is not None else 0
        reaches = following and _may_reach_on(tokens, index, following, bound or set())
        if reaches and context.choose("terms behind a sum") == 1:
            held = len(tokens)
        splits = token.kind == "sign" and token.text in TERM_SIGNS and index >= held
        if splits and sign is not None and not part:
            part.append(token)
        elif splits and not (part and _awaits_operand(part[-1])):
            if part or sign is not None:
                terms.append((sign, part))
            sign, part = token, []
        else:
            part.append(token)
    terms.append((sign, part))
    return terms


def _bound_by(token: Token) -> set[str] | None:
    r"""The letters that a sum or a `\frac{d}{dx}` binds; None of what is neither."""
    if token.kind == "operator" and large_name(token) in ("sum", "product"):
        return _letters_of(token.sub.items[0]) if token.sub and token.sub.items else set()
    return _bound_by_fraction(token)


def _bound_by_fraction(token: Token) -> set[str] | None:
    node = token.node
    if isinstance(node, latex.Fraction):
        above = [x.text for x in latex.walk(node.numerator) if isinstance(x, latex.Atom)]
        return _letters_of(node.denominator) - {"d"} if above in (["d"], ["∂"]) else None
    return None


def _may_reach_on(tokens: list[Token], index: int, sign: int, bound: set[str]) -> bool:
    r"""Whether a sum may reach behind the next sign: to a lone name or number, or its variable.

    `\sum_i a_i + b` and `\sum_i x_i + y_i` leave it open, `\sum_i x_i^2 - n\bar{x}^2` does not,
    nor does `\frac{d}{dx}[f(x)] + x`.
    """
    term = list(takewhile(lambda x: x.text not in TERM_SIGNS, tokens[sign + 1 : sign + 24]))
    if sign == index + 1 or not term or any(x.kind == "operator" for x in term):
        return False
    is_bracketed = sign == index + 2 and tokens[index + 1].kind == "group"
    if is_bracketed and _bound_by_fraction(tokens[index]) is not None:
        return False
    parts = _flat(term)
    if any(x.kind == "operator" and (_bound_by(x) or set()) & bound for x in parts):
        return False  # its letter is bound anew
    is_lone = len(term) == 1 and term[0].sup is None and term[0].sub is None
    return is_lone or any(bound & _letters_of(x.node) for x in parts)


def _objective_end(tokens: list[Token]) -> int:
    r"""How far `\arg\min` at the start of a sum reaches: over all, as does `\min_x` of more x."""
    if len(tokens) < 2 or tokens[0].kind != "operator":
        return 0
    first = tokens[1] if tokens[0].text == "arg" else tokens[0]
    if tokens[0].text.startswith("arg"):
        return len(tokens) if first.kind == "operator" else 0
    if first.text not in ("min", "max", "inf", "sup") or first.sub is None:
        return 0
    bound = _letters_of(first.sub)
    later = next((k for k, x in enumerate(tokens) if k and x.text in TERM_SIGNS), len(tokens))
    if any(x.kind == "operator" and x.text == first.text for x in tokens[later:]):
        return 0
    mentioned = any(bound & _letters_of(x.node) for x in _flat(tokens[later:]))
    return len(tokens) if mentioned else 0


def _flat(tokens: list[Token]) -> list[Token]:
    return [part for token in tokens for part in (token, *_flat(token.inner))]


def _letters_of(node: latex.Node) -> set[str]:
    return {x.text for x in latex.walk(node) if isinstance(x, latex.Atom) and x.text.isalpha()}


def _awaits_operand(token: Token) -> bool:
    if token.kind == "operator":
        return True
    return token.kind == "sign" and token.text in FACTOR_SIGNS


# --- products


@dataclass(slots=True)
class _Product:
    """A product under way: signs between runs of factors."""

    operands: list[Tree]
    signs: list[str]

    def add(self, sign: str, operand: Tree) -> None:
        if self.operands:
            self.signs.append(sign)
        self.operands.append(operand)


def read_product(context: Context, tokens: list[Token]) -> Tree:
    """One term: runs of factors, with signs between them."""
    run = Run(context, tokens, 0, read_product, read_factor)
    if context.level > 0 and len(tokens) == 1:
        return read_factor(run)
    product = _Product([], [])
    sign = "times"
    prefix: list[Token] = []
    while run.token is not None:
        token = run.token
        if token.kind == "sign" and token.text in TERM_SIGNS:
            prefix.append(token)
            run.index += 1
            continue
        if token.kind == "sign" and token.text in FACTOR_SIGNS:
            _lonely(run, product, sign, prefix, token)
            sign = FACTOR_SIGNS[token.text]
            run.index += 1
            run.sign = token
            continue
        if token.kind == "bar" and token.sub is not None and product.operands:
            run.index += 1
            body = _fold_product(product, span_of(tokens[: run.index]))
            product = _Product([evaluated(context, body, token)], [])
            continue
        before = run.index
        factor = _prefixed(prefix, read_factor(run))
        if sign == "divide":
            factor = _below(run, factor)
        elif not prefix and run.sign is None and _is_mixed(run, before):
            sign, factor = _mixed(context, product, factor)
        prefix = []
        product.add(_settle(sign, product, factor), factor)
        sign = "times"
        run.sign = None
    if run.sign is not None or prefix:
        span = tokens[-1].span
        product.add(sign, t.Opaque("", "missing", span=span))
    return _fold_product(product, span_of(tokens))


def _prefixed(signs: list[Token], factor: Tree) -> Tree:
    if len(signs) > _MAX_NESTED_SIGNS:
        return t.Opaque("", "deep", span=cover(signs[0].span, factor.span))
    for sign in reversed(signs):
        factor = _signed(sign, factor)
    return factor


def _lonely(run: Run, product: _Product, sign: str, prefix: list[Token], token: Token) -> None:
    """A sign right after another, or at the start: something is missing before it."""
    if token.text == "mod" and not product.operands:
        product.add(sign, t.Blank(span=token.span))
    elif not product.operands or run.sign is not None:
        product.add(sign, t.Opaque("", "missing", span=token.span))


def _settle(sign: str, product: _Product, factor: Tree) -> str:
    """A star next to a number multiplies; else it may be a convolution."""
    if sign != "star" or not product.operands:
        return sign
    numbers = isinstance(factor, t.Number) or isinstance(product.operands[-1], t.Number)
    return "times" if numbers else sign


def _below(run: Run, factor: Tree) -> Tree:
    """What stands below a slash: `1/2n` is one over 2n; of `a/bc` the c may stand above."""
    beside = _beside(run)
    if not beside:
        return factor
    is_counted = isinstance(factor, t.Number) and beside[0].kind in ("letter", "word")
    wanted = run.context.choose("factors behind a slash")
    if wanted != (0 if is_counted else 1):
        return factor
    factors = [factor]
    end = run.index + len(beside)
    while run.index < end:
        factors.append(read_factor(run))
    span = cover(factor.span, factors[-1].span)
    run.context.assume("product", "what stands side by side below a slash belongs together", span)
    return t.Apply("times", tuple(factors), span=span)


def _beside(run: Run) -> list[Token]:
    """The factors right behind a denominator that has no brackets of its own."""
    last = run.tokens[run.index - 1]
    if last.kind in ("group", "braced", "node", "postfix"):
        return []
    found: list[Token] = []
    for index in range(run.index, len(run.tokens)):
        token = run.tokens[index]
        is_factor = token.kind in ("letter", "number", "group", "braced", "node") or (
            token.kind == "word" and token.text not in NAMED
        )
        if not is_factor or token.spaced or is_differential(run.tokens, index):
            break
        found.append(token)
    return found


def _is_mixed(run: Run, before: int) -> bool:
    r"""Whether digits stand right before a proper fraction of digits, as in `2\frac12`."""
    if run.index < 2 or run.index - before != 1:
        return False
    number, fraction = run.tokens[run.index - 2 : run.index]
    if number.kind != "number" or number.scripted or not number.text.isdecimal():
        return False
    if fraction.spaced or fraction.scripted or not isinstance(fraction.node, latex.Fraction):
        return False
    ends = [_digits(row) for row in (fraction.node.numerator, fraction.node.denominator)]
    return fraction.node.rule and all(ends) and int(ends[0]) < int(ends[1])


def _mixed(context: Context, product: _Product, fraction: Tree) -> tuple[str, Tree]:
    """The fraction as a factor, or the whole and the fraction together as one number."""
    if context.choose("digits before a fraction") == 0:
        return "times", fraction
    whole = product.operands.pop()
    sign = product.signs.pop() if product.signs else "times"
    return sign, t.Apply("plus", (whole, fraction), span=cover(whole.span, fraction.span))


def _digits(row: latex.Row) -> str:
    """The digits that a row consists of; empty where there is anything else."""
    text = "".join(x.text if isinstance(x, latex.Atom) else "?" for x in row.items)
    return text if text.isdecimal() else ""


def _fold_product(product: _Product, span: Span) -> Tree:
    if len(product.operands) == 1:
        return product.operands[0]
    operands: list[Tree] = [product.operands[0]]
    signs: list[str] = []
    for sign, operand in zip(product.signs, product.operands[1:], strict=True):
        operands.append(operand)
        signs.append(sign)
    if all(sign == "times" for sign in signs):
        return t.Apply("times", tuple(operands), span=span)
    return _fold(operands, signs)
