r"""Where the sub-expressions of a formula are, in LaTeX as Fungrim prints it.

The known items are altered at the level of tokens, so that the query is as pretty as the
formula it was made from. Fungrim's LaTeX is regular (scripts in braces, `\!\left(` for an
application, `\left(` after a space for a product), which a few rules can cut safely; what
they do not know, they leave whole. No parser of blogkit's is used: it is what is measured.
"""

import re
from dataclasses import dataclass
from typing import Literal

_TOKEN = re.compile(
    r"(\s*)(\\(?:operatorname|text|textbf|mathbb|mathrm|mathcal|begin|end)\*?\{[^{}]*\}"
    r"|\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|\S)"
)
MIRRORED = {"=": "=", "<": ">", ">": "<", r"\le": r"\ge", r"\ge": r"\le", r"\ne": r"\ne"}
SPACES = frozenset({r"\!", r"\,", r"\;", r"\:", r"\ ", "~"})
BIG = frozenset({r"\sum", r"\prod", r"\int", r"\lim", r"\mathop", r"\liminf", r"\limsup"})
_SEPARATORS = frozenset(
    {",", "&", r"\\", ";", ":", r"\implies", r"\iff", r"\in", r"\notin", r"\sim", r"\equiv"}
    | {r"\subset", r"\mathbin", r"\mapsto", r"\rightsquigarrow"}
)
_INFIX = frozenset(
    {"/", r"\choose", r"\atop", r"\mid", r"\setminus", r"\cup", r"\cap", r"\times", r"\circ"}
    | {r"\ldots", r"\cdots", r"\vdots", r"\ddots", r"\to", r"\bmod", r"\pmod", r"\cdot", r"\pm"}
    | {r"\underbrace", "|", "*", ".", r"\#", r"\displaystyle", r"\textstyle", r"\scriptstyle"}
    | {r"\,", r"\;", r"\:", r"\ ", "d"}  # d: of a differential
)
_NAMED = frozenset({r"\log", r"\exp", r"\sin", r"\cos", r"\tan", r"\arg", r"\max", r"\min"})
_CLOSERS = {"{": "}", "(": ")", "[": "]", r"\{": r"\}", r"\left": r"\right", r"\begin": r"\end"}
_ARGUMENTS = {r"\frac": 2, r"\sqrt": 1, r"\overline": 1, r"\underline": 1, r"\tilde": 1}

Kind = Literal["atom", "big", "sign", "relation", "separator", "infix"]


@dataclass(frozen=True)
class Token:
    """One LaTeX token."""

    text: str
    gap: str = ""
    """White space before it, kept so that an altered copy looks like its original."""


@dataclass(frozen=True)
class Piece:
    """A half-open range of tokens that belongs together."""

    start: int
    stop: int
    kind: Kind


def tokens_of(latex: str) -> list[Token]:
    """The tokens in order; printing them gives `latex` again, but for spaces at its end."""
    return [Token(text, gap) for gap, text in _TOKEN.findall(latex)]


def latex_of(tokens: list[Token]) -> str:
    """LaTeX of the tokens, with a space where a command would swallow the letter after it."""
    parts: list[str] = []
    for token in tokens:
        swallowed = parts and re.search(r"\\[a-zA-Z]+$", parts[-1]) and token.text[0].isalpha()
        parts.append((token.gap or (" " if swallowed else "")) + token.text)
    return "".join(parts).strip()


def texts(tokens: list[Token]) -> list[str]:
    """The tokens that say something: without spaces such as `\\,`."""
    return [token.text for token in tokens if token.text not in SPACES]


def closing(tokens: list[Token], at: int) -> int:
    """Index of the token that closes the bracket at `at`; the last token where none does."""
    opener = _family(tokens[at].text)
    closer = _CLOSERS[opener]
    depth = 0
    for index in range(at, len(tokens)):
        text = _family(tokens[index].text)
        depth += (text == opener) - (text == closer)
        if depth == 0:
            return index + 1 if opener == r"\left" else index
    return len(tokens) - 1


def _family(text: str) -> str:
    return text.partition("{")[0] if text.startswith((r"\begin{", r"\end{")) else text


def _is_bracket(text: str) -> bool:
    return text in {"{", "(", r"\left", r"\{"} or text.startswith(r"\begin{")


def _argument_end(tokens: list[Token], at: int) -> int:
    if at >= len(tokens):
        return at
    return closing(tokens, at) + 1 if tokens[at].text == "{" else at + 1


def _base_end(tokens: list[Token], at: int) -> int:
    text = tokens[at].text
    if _is_bracket(text):
        return closing(tokens, at) + 1
    end = at + 1
    if text == r"\sqrt" and end < len(tokens) and tokens[end].text == "[":
        end = closing(tokens, end) + 1
    for _ in range(_ARGUMENTS.get(text, 0)):
        end = _argument_end(tokens, end)
    return end


def _atom_end(tokens: list[Token], at: int, stop: int) -> int:
    """End of the atom at `at` with its scripts, primes, factorial and argument list."""
    end = at if tokens[at].text in {"_", "^"} else _base_end(tokens, at)
    while end < stop:
        text = tokens[end].text
        following = tokens[end + 1].text if end + 1 < stop else ""
        if text in {"_", "^"}:
            end = _argument_end(tokens, end + 1)
        elif text in {"'", "!", r"\limits"}:
            end += 1
        elif text == r"\!" and following == r"\left":
            end = closing(tokens, end + 1) + 1
        elif text == "(" and not tokens[end].gap:
            end = closing(tokens, end) + 1
        else:
            break
    return min(end, stop)


def _kind(text: str) -> Kind:
    if text in MIRRORED:
        return "relation"
    if text in {"+", "-"}:
        return "sign"
    if text in _SEPARATORS or text.startswith(r"\text{"):
        return "separator"
    if text in _INFIX:
        return "infix"
    return "big" if text in BIG else "atom"


def _spoils(tokens: list[Token], at: int, end: int) -> bool:
    r"""Whether an atom keeps its neighbours: `{}_2F_1`, `\frac{d}{dz}`, `\log G(z)`, a matrix."""
    head = [token.text for token in tokens[at : min(at + 3, end)]]
    is_bare = head[0] in _NAMED and tokens[end - 1].text not in {")", "]"}
    is_bare |= head[0].startswith(r"\begin{") and "matrix" in head[0]
    return head[:2] == ["{", "}"] or head == [r"\frac", "{", "d"] or is_bare


def pieces(tokens: list[Token], start: int, stop: int) -> list[Piece]:
    """The range cut into atoms and the operators between them; `{}` alone spoils a product."""
    found: list[Piece] = []
    at = start
    while at < stop:
        kind = _kind(tokens[at].text)
        end = _atom_end(tokens, at, stop) if kind in {"atom", "big"} else at + 1
        if _spoils(tokens, at, end):
            kind = "infix"
        found.append(Piece(at, end, kind))
        at = end
    return found


def levels(tokens: list[Token]) -> list[tuple[int, int]]:
    """Every bracket's inside as (start, stop), the whole first."""
    found = [(0, len(tokens))]
    for at, token in enumerate(tokens):
        is_delimiter = at > 0 and tokens[at - 1].text == r"\left"
        if not _is_bracket(token.text) or token.text.startswith(r"\begin") or is_delimiter:
            continue
        inner = at + (2 if token.text == r"\left" else 1)
        end = closing(tokens, at) - (1 if token.text == r"\left" else 0)
        if inner < end:
            found.append((inner, end))
    return found


def segments(tokens: list[Token], start: int, stop: int) -> list[list[Piece]]:
    """The range cut at relations and separators."""
    found: list[list[Piece]] = [[]]
    for piece in pieces(tokens, start, stop):
        if piece.kind in {"relation", "separator"}:
            found.append([])
        else:
            found[-1].append(piece)
    return [segment for segment in found if segment]


@dataclass(frozen=True)
class Term:
    """One summand."""

    negative: bool
    start: int
    """First token of the term, its sign not counted."""
    stop: int
    factors: tuple[Piece, ...]

    @property
    def reaches_right(self) -> bool:
        """Whether a big operator in it would swallow a term put after it."""
        return any(piece.kind == "big" for piece in self.factors)


def terms(segment: list[Piece], tokens: list[Token]) -> list[Term]:
    """The segment as a signed sum; empty where something in it has an unknown precedence."""
    found: list[Term] = []
    negative, factors = False, list[Piece]()
    for piece in [*segment, Piece(segment[-1].stop, segment[-1].stop, "sign")]:
        if piece.kind == "infix":
            return []
        if piece.kind != "sign":
            factors.append(piece)
            continue
        if factors:
            found.append(Term(negative, factors[0].start, factors[-1].stop, tuple(factors)))
        elif found:
            return []
        factors = []
        negative = piece.start < len(tokens) and tokens[piece.start].text == "-"
    return found


def sides(tokens: list[Token]) -> tuple[int, int] | None:
    """(index of the only relation, number of tokens); None where it isn't `left R right`."""
    top = pieces(tokens, 0, len(tokens))
    relations = [piece.start for piece in top if piece.kind == "relation"]
    if len(relations) != 1 or any(piece.kind == "separator" for piece in top):
        return None
    return relations[0], len(tokens)
