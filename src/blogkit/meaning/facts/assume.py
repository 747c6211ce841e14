r"""What a user assumes, as facts: `--assume 'x > 0'`, `n integer`, `A 对称`.

It exists to be kind to what is typed at a command line: LaTeX or plain ASCII, several conditions in
one string, words for kinds. What can't be read is an error that says so. Imports `facts.py`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from blogkit.errors import FormulaError
from blogkit.formula import Symbol, Tree, variables, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.language import Message
from blogkit.meaning.facts.gathering import facts_from
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.facts.properties import DEFINED, JOINTLY, PROPERTIES, STANDING, kind
from blogkit.meaning.trees.reading import read

_JOINERS: Final = re.compile(r"\s+and\s+|\\land\b|\s*(?<!\\)[;；，]\s*|\s*且\s*|\s+&&\s+")
_VERB: Final = re.compile(
    r"\s*(?:\b(?:is|are|be)\b|(?:都|均|皆)?[是为]|相互|互相|满足)?\s*"
    r"(?:\b(?:an?|the|both|all|mutually)\b\s*|一个|任意的?|两个)*\s*$"
)
"""What stands between names and the word for what they are."""

_TEXT: Final = re.compile(
    r"\\(?:text|textrm|mbox|mathrm|operatorname)\s*\{([^{}\\]*(?:[a-z]{2}|[一-鿿]|i\.i\.d)[^{}\\]*)\}"
)
_DRAWN: Final = re.compile(
    r"^(?P<names>.+?) (?:is|are) (?:discrete |continuous )?with distribution (?P<law>.+)$"
)
_AND: Final = re.compile(r"\s+and\s+|\s*[、，和与]\s*")
_RESERVED: Final = re.compile(
    r"(?<![\\A-Za-z{])(?:and|or|is|are|not|"
    + "|".join(
        sorted(word for word in [*PROPERTIES, *JOINTLY] if word.isascii() and word.isalpha())
    )
    + r")(?![A-Za-z])|\\text\{\s*(?:is|are)\b"
)
_GREEK: Final = re.compile(
    r"(?<![\\A-Za-z])(alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|iota|kappa|lambda|mu"
    r"|nu|xi|pi|rho|sigma|tau|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Sigma|Phi|Psi|Omega"
    r"|sqrt|sin|cos|tan|log|ln|exp|infty)(?![A-Za-z])"
)
_SIGNS: Final = [
    (re.compile(r"<=|=<|≤"), r" \\le "),
    (re.compile(r">=|=>|≥"), r" \\ge "),
    (re.compile(r"!=|<>|≠"), r" \\ne "),
    (re.compile(r"\*\*"), "^"),
    (re.compile(r"(?<![*^_{])\*(?![*}])"), r" \\cdot "),
    (re.compile(r"(?<![\\A-Za-z])in(?![A-Za-z])|∈"), r" \\in "),
    (re.compile(r"(?<![\\A-Za-z{])(NN|ZZ|QQ|RR|CC)(?![A-Za-z])"), None),
    (re.compile(r"(\\in\s+)([NZQRC])(?![A-Za-z])"), r"\1\\mathbb{\2}"),
]


def read_assumptions(assume: Iterable[str]) -> tuple[Fact, ...]:
    r"""The facts that assumptions state, in order, each by itself.

    Args:
        assume: Strings such as `x > 0`, `n \in \mathbb{N}`, `a, b > 0`, `x integer`, `A 对称`.

    Raises:
        FormulaError: if one of them can't be read, with its place and what was expected.

    >>> [fact.latex for fact in read_assumptions(["x > 0, gamma >= 1", "n integer"])]
    ['x > 0', '\\gamma \\geq 1', 'n \\in \\mathbb{Z}']
    """
    found: list[Fact] = []
    for number, text in enumerate(assume, start=1):
        if not text.strip():
            raise FormulaError(_message(number, text, "nothing"))
        for fact in _read_one(text, number):
            if all(fact.tree != other.tree for other in found):
                found.append(fact)
    return tuple(found)


def _read_one(text: str, number: int) -> Iterator[Fact]:
    """One string: as a whole if it reads as one, else its parts."""
    whole = _read_latex(text)
    if whole is not None:
        yield from whole
        return
    if (worded := _read_words(text.strip())) is not None:
        yield from facts_from(worded, "given")
        return
    for part in filter(None, (piece.strip() for piece in _JOINERS.split(text))):
        yield from _read_part(part, text, number)


def _read_latex(part: str) -> tuple[Fact, ...] | None:
    """The facts of a condition in LaTeX or ASCII; None if it is none."""
    if _RESERVED.search(part):
        return None
    reading = read(as_latex(part))
    facts = facts_from((reading.tree,), "given")
    if not (reading.is_complete and reading.is_valid and facts):
        return None
    return facts if all(_is_assumption(fact.tree) for fact in facts) else None


def _read_part(part: str, text: str, number: int) -> tuple[Fact, ...]:
    worded = _read_words(part)
    if worded is not None:
        return tuple(Fact(tree, to_latex(tree), "given") for tree in worded)
    pieces = [piece.strip() for piece in part.split(",")] if "," in part else []
    for facts in (_read_latex(part), *_each(pieces)):
        if facts is not None:
            return facts
    raise FormulaError(_message(number, text, f"'{part}'"))


def _each(pieces: list[str]) -> Iterator[tuple[Fact, ...]]:
    """The facts of all pieces together, if each can be read: `x integer, y > 0`."""
    found: list[Fact] = []
    for piece in pieces:
        worded = _read_words(piece)
        facts = facts_from(worded, "given") if worded else _read_latex(piece)
        if facts is None:
            return
        found.extend(facts)
    if found:
        yield tuple(found)


def _read_words(part: str) -> tuple[Tree, ...] | None:
    r"""What words say of the names in front of them: `A \text{ positive definite}`, `X, Y 独立`."""
    plain = " ".join(_TEXT.sub(r" \1 ", part).split())
    if plain in STANDING:
        return (read(plain).tree if "=" in plain else t.Text(plain),)
    for words in DEFINED:
        if plain.endswith(words):
            inner = read(as_latex(_VERB.sub("", plain.removesuffix(words)))).tree
            return kind(words)(inner)
    if (drawn := _DRAWN.match(plain)) is not None:
        law = read(as_latex(drawn["law"])).tree
        return tuple(t.Relation((name, law), ("∼",)) for name in _names(drawn["names"])) or None
    for worded in _cuts(plain):
        words = worded["words"].strip()
        names = _names(worded["names"])
        if names and words in PROPERTIES:
            return tuple(fact for name in names for fact in PROPERTIES[words](name))
        if len(names) > 1 and words in JOINTLY:
            return JOINTLY[words](names)
    return None


def _cuts(plain: str) -> Iterator[dict[str, str]]:
    """The ways to cut a text into names and known words, the longest words first."""
    known = sorted([*PROPERTIES, *JOINTLY], key=len, reverse=True)
    for word in known:
        for end in (
            word,
            f"{word}s" if word.isascii() else word,
            word.replace("matrix", "matrices"),
        ):
            if plain.lower().endswith(end.lower()) and len(plain) > len(end):
                front = plain[: -len(end)]
                names = _VERB.sub("", front) or front.strip()
                if names and (not word.isascii() or plain[-len(end) - 1] in " "):
                    yield {"names": names, "words": word}


def _names(text: str) -> tuple[Tree, ...]:
    tree = read(as_latex(_AND.sub(", ", text))).tree
    names = tree.items if isinstance(tree, t.Collection) else (tree,)
    names = tuple(name for name in names if not isinstance(name, t.Ellipsis))
    return names if all(isinstance(name, (Symbol, t.Index)) for name in names) else ()


def as_latex(part: str) -> str:
    r"""What is typed at a command line, in LaTeX: `gamma >= 1` is `\gamma \ge 1`."""
    latex = _GREEK.sub(r"\\\1", part)
    for sign, command in _SIGNS:
        if command is None:
            latex = sign.sub(lambda match: rf"\mathbb{{{match[1][0]}}}", latex)
        else:
            latex = sign.sub(command, latex)
    return latex


def _is_assumption(tree: Tree) -> bool:
    """Whether a tree is a statement on at least one symbol, with no part missing."""
    if any(isinstance(node, (t.Blank, t.Opaque)) for node in _without_ranges(tree)):
        return False
    if not (variables(tree).free or variables(tree).functions):
        return False
    match tree:
        case t.Relation():
            return True
        case t.Apply(operator="or" | "not" | "implies" | "iff" | "and" | "mod", args=args):
            return _is_assumption(args[0])
    return False


def _without_ranges(tree: Tree) -> Iterable[Tree]:
    r"""The nodes of a tree, but for the blanks of `\mathbb{Z}_{\ge 0}` and `y_{<t}`."""
    blanks = {
        id(index.operands[0])
        for node in walk(tree)
        if isinstance(node, t.Index)
        for index in node.indices
        if isinstance(index, t.Relation)
    }
    return (node for node in walk(tree) if id(node) not in blanks)


def _message(number: int, text: str, found: str) -> str:
    return Message(
        "assumption {number}, '{text}': expected a condition such as 'x > 0', 'n "
        r"\in \mathbb{{N}}' or 'x integer', found {found}; write it in LaTeX, "
        "several joined by commas",
        number=number,
        text=text,
        found=found,
    )
