r"""What the reader of formulas works on: layout items without typography.

It exists so that `\mathbf x`, `{\bf x}` and `\mathbf{x}`, or `\left(x\right)` and `\bigl(x\bigr)`,
look the same to the rules that give meaning. A token is one item with its scripts; brackets are
matched into groups by `brackets.py`. Imports `blogkit.latex` and `blogkit.spans`.
"""

from dataclasses import dataclass, field
from typing import Literal

from blogkit import latex
from blogkit.spans import Span

Kind = Literal[
    "number",
    "letter",
    "word",
    "operator",
    "sign",
    "relation",
    "open",
    "close",
    "bar",
    "comma",
    "semicolon",
    "gap",
    "group",
    "braced",
    "text",
    "dots",
    "blank",
    "prefix",
    "postfix",
    "node",
    "opaque",
]


@dataclass(slots=True)
class Token:
    """One item of a row."""

    kind: Kind
    """What it is for the reader: see `lexing.py` for what becomes what."""
    text: str
    """Its letters or sign in Unicode; of a group, its two brackets."""
    span: Span
    """Where it stands, with its scripts."""
    node: latex.Node
    """The layout that it came from."""
    font: str = ""
    """Its face, as in `tree.Symbol`."""
    sub: latex.Row | None = None
    """Its subscript."""
    sup: latex.Row | None = None
    """Its superscript."""
    primes: int = 0
    """Its primes."""
    spaced: bool = False
    """Whether the author put a space before it."""
    pulled: bool = False
    """Whether the author pulled it to the left, as Fungrim does with brackets of calls."""
    inner: "list[Token]" = field(default_factory=list)
    """What a group or a braced part holds; the words' spelling of a `word` is in `text`."""

    @property
    def scripted(self) -> bool:
        """Whether it bears a script or prime."""
        return self.sub is not None or self.sup is not None or self.primes > 0

    def bare(self) -> "Token":
        """The same token without scripts."""
        return Token(
            self.kind,
            self.text,
            self.span,
            self.node,
            self.font,
            spaced=self.spaced,
            pulled=self.pulled,
            inner=self.inner,
        )


def joined(tokens: list[Token]) -> Token:
    """Tokens side by side as one word, with the scripts of the last; there is at least one."""
    first, last = tokens[0], tokens[-1]
    return Token(
        "word",
        "".join(token.text for token in tokens),
        span_of(tokens),
        first.node,
        sub=last.sub,
        sup=last.sup,
        primes=last.primes,
        spaced=first.spaced,
        pulled=first.pulled,
    )


def cover(*spans: Span) -> Span:
    """The least span that covers spans, but for empty ones where others are not."""
    kept = [span for span in spans if len(span)] or spans
    return Span(min(span.start for span in kept), max(span.end for span in kept))


def span_of(tokens: list[Token]) -> Span:
    """The least span that covers tokens; there is at least one."""
    first = min(token.span.start for token in tokens)
    return Span(first, max(token.span.end for token in tokens))
