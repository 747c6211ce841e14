r"""Numbers as people write them: `1\,000`, `1{,}000`, `1,000`, `1e-5`, `0.1\overline{6}`.

It exists because TeX knows digits only: that a thin space parts thousands, that `e-5` is an
exponent and that a line over digits repeats them is a habit of writing. Where the same signs may
be a list (`(1,234)`) or a product (`2e - 3`), the context is asked which reading is wanted.
Imports the tree, tokens and context.
"""

import re
from fractions import Fraction
from typing import Final

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.context import Context
from blogkit.formula.tokens import Token, cover
from blogkit.formula.tree import Tree
from blogkit.spans import Span

_GROUP: Final = re.compile(r"\d{3}(?:\.\d+)?")
_HEAD: Final = re.compile(r"[1-9]\d{0,2}")
_PLAIN: Final = re.compile(r"\d+\.?\d*|\.\d+")
_EXPONENTIAL: Final = re.compile(r"\d+(?:\.\d*)?[eE][+\-−]?\d+")
_WRITTEN: Final = re.compile(r"(\d*)\.?(\d*)(?:\((\d+)\))?(?:e(-?)(\d+))?")
_REPEATING: Final = frozenset(["\\overline", "\\bar", "\\overbar"])


def join_numerals(context: Context, tokens: list[Token], *, listed: bool = False) -> list[Token]:
    """Tokens with those that are one number made one.

    Args:
        context: Is asked where the signs read in two ways.
        tokens: Matched tokens of one level.
        listed: Whether they stand in brackets, where a comma mostly parts what is listed.
    """
    joined: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind in ("word", "text") and _EXPONENTIAL.fullmatch(token.text):
            token = _as_number(token, token.text.lower(), token)
        end = index + 1
        if _is_plain(token):
            token, end = _with_groups(context, tokens, index, listed=listed)
            token, end = _with_period(token, tokens, end)
            token, end = _with_exponent(context, token, tokens, end)
        joined.append(token)
        index = end
    return joined


def numeral(text: str, span: Span) -> Tree:
    r"""The value of a number as written: `1e-5` is a power of ten, `0.1(6)` a fraction.

    >>> numeral("0.1(6)", Span(0, 1))
    Apply(operator='divide', args=(Number(text='1'), Number(text='6')))
    """
    found = _WRITTEN.fullmatch(text)
    if found is None or not (found[3] or found[5]):
        return t.Number(text, span=span)
    if found[3]:
        return _fraction(_repeated(found[1], found[2], found[3]), span)
    exponent: Tree = t.Number(found[5], span=span)
    if found[4]:
        exponent = t.Apply("minus", (exponent,), span=span)
    power = t.Apply("power", (t.Number("10", span=span), exponent), span=span)
    mantissa = text.partition("e")[0]
    if mantissa == "1":
        return power
    return t.Apply("times", (t.Number(mantissa, span=span), power), span=span)


def _repeated(whole: str, decimals: str, period: str) -> Fraction:
    start = Fraction(int(whole + decimals or "0"), 10 ** len(decimals))
    return start + Fraction(int(period), 10 ** len(decimals) * (10 ** len(period) - 1))


def _fraction(value: Fraction, span: Span) -> Tree:
    above = t.Number(str(value.numerator), span=span)
    if value.denominator == 1:
        return above
    return t.Apply("divide", (above, t.Number(str(value.denominator), span=span)), span=span)


def _is_plain(token: Token | None) -> bool:
    """Whether a token is digits, perhaps with a point, that bear no script."""
    if token is None or token.kind != "number" or token.scripted or token.font == "blackboard":
        return False
    return _PLAIN.fullmatch(token.text) is not None


def _at(tokens: list[Token], index: int) -> Token | None:
    return tokens[index] if index < len(tokens) else None


def _as_number(first: Token, text: str, last: Token) -> Token:
    """One number in place of the tokens from the first to the last, whose scripts it bears."""
    made = Token("number", text, cover(first.span, last.span), first.node, first.font)
    made.spaced, made.pulled = first.spaced, first.pulled
    made.sub, made.sup, made.primes = last.sub, last.sup, last.primes
    return made


# --- groups of digits


def _with_groups(
    context: Context, tokens: list[Token], start: int, *, listed: bool
) -> tuple[Token, int]:
    """A number with the groups of digits behind it, and where it ends."""
    first = tokens[start]
    ends = _spaced_groups(tokens, start) or _braced_groups(tokens, start)
    if not ends:
        ends = _comma_groups(tokens, start)
        certain = not listed and any(tokens[at].text.startswith("0") for at in ends)
        if not ends or not (certain or context.choose("thousands") == 1):
            return first, start + 1
    text = first.text
    for at in ends:
        is_decimal = tokens[at - 1].text == "{,}" and not _GROUP.fullmatch(tokens[at].text)
        text += ("." if is_decimal else "") + tokens[at].text
    return _as_number(first, text, tokens[ends[-1]]), ends[-1] + 1


def _spaced_groups(tokens: list[Token], start: int) -> list[int]:
    r"""Where the groups of `1\,000\,000` and `0.000\,1` stand."""
    ends: list[int] = []
    text = tokens[start].text
    for at in range(start + 1, len(tokens)):
        token = tokens[at]
        if token.kind != "number" or not token.spaced or tokens[at - 1].scripted:
            break
        decimals = text.partition(".")[2]
        goes_on = decimals and len(decimals) % 3 == 0 and token.text.isdecimal()
        if not (goes_on or (_may_lead(text) and _GROUP.fullmatch(token.text))):
            break
        ends.append(at)
        text += token.text
    return ends


def _may_lead(text: str) -> bool:
    """Whether digits can stand before a group of three."""
    head = text[: (len(text) - 1) % 3 + 1]
    return text.isdecimal() and _HEAD.fullmatch(head) is not None


def _braced_groups(tokens: list[Token], start: int) -> list[int]:
    r"""Where the digits behind each `{,}` stand: it is no punctuation, so what follows belongs."""
    ends: list[int] = []
    at = start + 2
    while at < len(tokens) and tokens[at - 1].text == "{,}" and tokens[at].kind == "number":
        ends.append(at)
        at += 2
    return ends


def _comma_groups(tokens: list[Token], start: int) -> list[int]:
    """Where the groups of `1,000,000` stand; none where one of the numbers listed is no group."""
    listed: list[int] = []
    at = start + 2
    while at < len(tokens) and tokens[at - 1].text == "," and tokens[at].kind == "number":
        listed.append(at)
        at += 2
    before = start - 1
    follows = before > 0 and tokens[before].kind == "comma" and tokens[before - 1].kind == "number"
    fits = all(
        _GROUP.fullmatch(tokens[at].text) and not tokens[at].spaced and not tokens[at - 1].spaced
        for at in listed
    )
    is_head = len(tokens[start].text) < 4 and _may_lead(tokens[start].text)
    return listed if fits and is_head and not follows else []


# --- digits that repeat


def _with_period(token: Token, tokens: list[Token], end: int) -> tuple[Token, int]:
    r"""`0.\overline{3}`, `0.\dot{1}4285\dot{7}`: the digits that repeat, put in brackets."""
    marked = _at(tokens, end)
    mark, digits = _marked_digits(marked)
    if marked is None or "." not in token.text or not digits:
        return token, end
    if mark == "\\dot":
        last = end + 1
        between = _at(tokens, last)
        if between is not None and _is_plain(between) and between.text.isdecimal():
            last += 1
        closing, others = _marked_digits(_at(tokens, last))
        if closing == "\\dot" and others:
            digits += "".join(x.text for x in tokens[end + 1 : last]) + others
            end = last
    return _as_number(token, f"{token.text}({digits})", tokens[end]), end + 1


def _marked_digits(token: Token | None) -> tuple[str, str]:
    """The command over digits, and the digits; empty where it is something else."""
    node = token.node if token is not None and not token.scripted else None
    if not isinstance(node, latex.Accent) or node.command not in (*_REPEATING, "\\dot"):
        return "", ""
    digits = "".join(x.text if isinstance(x, latex.Atom) else "?" for x in node.body.items)
    return (node.command, digits) if digits.isdecimal() else ("", "")


# --- exponents


def _with_exponent(
    context: Context, token: Token, tokens: list[Token], end: int
) -> tuple[Token, int]:
    """`1e-5` and `2.5E3`; `2e-3` may be a product of 2 and e, less 3."""
    letter = _at(tokens, end)
    if not _is_plain(token) or letter is None or letter.kind != "letter" or letter.spaced:
        return token, end
    if letter.text not in ("e", "E") or letter.scripted or letter.font not in ("", "upright"):
        return token, end
    after = _at(tokens, end + 1)
    signed = after is not None and after.text in ("+", "-", "−") and not after.spaced
    last = end + 2 if signed else end + 1
    digits = _at(tokens, last)
    if digits is None or not _is_plain(digits) or not digits.text.isdecimal() or digits.spaced:
        return token, end
    if signed and letter.text in context.variables | context.terms:
        return token, end
    certain = not signed or token.text == "1" or "." in token.text
    if not certain and context.choose("exponent") == 1:
        return token, end
    minus = "-" if signed and after is not None and after.text != "+" else ""
    return _as_number(token, f"{token.text}e{minus}{digits.text}", digits), last + 1
