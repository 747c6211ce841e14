r"""Brackets matched into groups, over a row's tokens.

It exists because TeX does not say which bracket belongs to which, nor whether a bar opens, closes
or stands between: `|a||b|`, `\|x\|_2`, `p(y|x)`, `\{x \mid |x| < 1\}`, `[0, 1)`. A bar opens where
an operand is expected; it closes where one has just ended and a bar is open; else it stands
between.
Imports `tokens.py` only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from blogkit.formula.tokens import Token, span_of
from blogkit.spans import Span

MAX_NESTING = 32
"""Brackets within brackets of one row that are read; what is deeper is one opaque token."""

_PARTNERS = {"(": ")]", "[": "])", "{": "}", "⟨": "⟩", "⌊": "⌋⌉", "⌈": "⌉⌋", "⟦": "⟧"}
_OPERAND_FOLLOWS = frozenset(
    ["sign", "relation", "comma", "semicolon", "gap", "prefix", "operator"]
)


@dataclass(slots=True)
class _Frame:
    """An open bracket and what stands behind it so far."""

    opener: Token | None
    tokens: list[Token] = field(default_factory=list)


def match_brackets(tokens: list[Token], nests: Callable[[], bool] = lambda: False) -> list[Token]:
    """Tokens with each bracketed part made one group; brackets without partner become opaque.

    Args:
        tokens: Of a row.
        nests: Whether a bar between two operands opens; asked where bars can be matched both ways,
            as in `|a|b|c|`.

    Groups of `\\left…\\right` and braces keep their raw inner tokens matched too.
    Cost: linear in the number of tokens, at most `MAX_NESTING` deep.
    """
    return _Matcher(tokens, nests).run()


class _Matcher:
    def __init__(self, tokens: list[Token], nests: Callable[[], bool]) -> None:
        self._tokens = tokens
        self._nests = nests
        self._frames = [_Frame(None)]
        self._bars_after = _count_bars_after(tokens)

    def run(self) -> list[Token]:
        index = 0
        while index < len(self._tokens):
            index = self._take(index)
        while len(self._frames) > 1:
            self._abandon()
        return self._frames[0].tokens

    def _take(self, index: int) -> int:
        token = self._tokens[index]
        if token.kind == "open":
            if len(self._frames) > MAX_NESTING:
                return self._swallow(index)
            self._frames.append(_Frame(token))
        elif token.kind == "close":
            self._close(token)
        elif token.kind == "bar":
            return self._bar(index)
        else:
            self._top.append(token)
        return index + 1

    @property
    def _top(self) -> list[Token]:
        return self._frames[-1].tokens

    def _close(self, token: Token) -> None:
        for depth in range(len(self._frames) - 1, 0, -1):
            opener = self._frames[depth].opener
            if opener is not None and _fits(opener.text, token.text):
                while len(self._frames) - 1 > depth:
                    self._abandon()
                self._group(token)
                return
        self._top.append(_opaque(token))

    def _group(self, closer: Token) -> None:
        frame = self._frames.pop()
        opener = frame.opener
        assert opener is not None
        self._top.append(
            Token(
                "group",
                f"{opener.text} {closer.text}",
                Span(opener.span.start, max(opener.span.end, closer.span.end)),
                opener.node,
                opener.font,
                closer.sub,
                closer.sup,
                closer.primes,
                opener.spaced,
                opener.pulled,
                frame.tokens,
            )
        )

    def _abandon(self) -> None:
        """Give up the innermost open bracket: a bar stands between, another is opaque."""
        frame = self._frames.pop()
        opener = frame.opener
        assert opener is not None
        self._top.append(replace(opener, kind="bar" if opener.text in ("|", "‖") else "opaque"))
        self._top.extend(frame.tokens)

    def _bar(self, index: int) -> int:
        token = self._tokens[index]
        if token.text == "∣":
            self._top.append(replace(token, text="|"))
            return index + 1
        opener = self._frames[-1].opener
        open_bar = opener.text if opener is not None and opener.text in ("|", "‖") else ""
        double = self._is_double(index) and (open_bar != "|" or self._operand_expected())
        double = double and not (self._operand_expected() and self._opens_twice(index))
        text = "‖" if double or token.text == "‖" else "|"
        after = index + 2 if double else index + 1
        last = replace(self._tokens[after - 1], text=text)
        closes = not self._operand_expected() and open_bar == text
        if closes and not (self._could_open(after) and self._nests()):
            self._group(last)
        elif (closes or self._may_open(token, after - 1, double)) and len(
            self._frames
        ) <= MAX_NESTING:
            self._frames.append(
                _Frame(Token("open", text, token.span, token.node, spaced=token.spaced))
            )
        else:
            self._top.append(last)
        return after

    def _could_open(self, after: int) -> bool:
        """Whether a bar that closes stands right before an operand, with bars for two behind it."""
        part = takewhile(lambda x: x.kind not in ("relation", "close"), self._tokens[after:])
        following = self._tokens[after].kind if after < len(self._tokens) else "gap"
        is_operand = following in ("letter", "number", "open")
        outer = self._frames[-2].opener if len(self._frames) > 1 else None
        is_inner = outer is not None and outer.text == "|"
        if not is_operand or is_inner:
            return False
        bars = islice((x for x in part if x.kind == "bar"), 2)
        return len(list(bars)) == 2

    def _may_open(self, token: Token, index: int, double: bool) -> bool:
        """Whether bars enough follow for a bar to be the first of two."""
        following = self._bars_after[index] // (2 if double else 1)
        if self._operand_expected():
            return following > 0
        return following % 2 == 1 and not token.scripted

    def _is_double(self, index: int) -> bool:
        token = self._tokens[index]
        if token.text != "|" or token.scripted or index + 1 >= len(self._tokens):
            return False
        after = self._tokens[index + 1]
        return after.kind == "bar" and after.text == "|" and not after.spaced

    def _opens_twice(self, index: int) -> bool:
        """Whether two bars open one after the other: the next one closes, as in `||x|-|y||`."""
        depth = 0
        for at in range(index + 2, len(self._tokens)):
            token = self._tokens[at]
            depth += (token.kind == "open") - (token.kind == "close")
            if depth < 0:
                return False
            if depth == 0 and token.kind == "bar":
                ends_operand = self._tokens[at - 1].kind not in (*_OPERAND_FOLLOWS, "bar")
                return ends_operand and token.text == "|" and not self._is_double(at)
        return False

    def _operand_expected(self) -> bool:
        if not self._top:
            return True
        last = self._top[-1]
        if last.kind == "sign" and last.text == "⋅" and len(self._top) == 1:
            return False
        if last.kind == "operator" and last.scripted:
            return True
        return last.kind in _OPERAND_FOLLOWS or last.kind == "bar"

    def _swallow(self, index: int) -> int:
        """Make one opaque token of a bracketed part that is too deep."""
        depth = 0
        end = index
        while end < len(self._tokens):
            kind = self._tokens[end].kind
            depth += (kind == "open") - (kind == "close")
            end += 1
            if depth == 0:
                break
        token = self._tokens[index]
        deep = Token("opaque", "deep", span_of(self._tokens[index:end]), token.node)
        self._top.append(deep)
        return end


def _fits(left: str, right: str) -> bool:
    return left == right or right in _PARTNERS.get(left, "")


def _opaque(token: Token) -> Token:
    return replace(token, kind="opaque")


def _count_bars_after(tokens: list[Token]) -> list[int]:
    """For each token, how many bars follow it before its bracket closes."""
    counts = [0] * len(tokens)
    levels = [0]
    for index in range(len(tokens) - 1, -1, -1):
        kind = tokens[index].kind
        counts[index] = levels[-1]
        if kind == "close":
            levels.append(0)
        elif kind == "open" and len(levels) > 1:
            levels.pop()
        elif kind == "bar" and tokens[index].text != "∣":
            levels[-1] += 1
    return counts
