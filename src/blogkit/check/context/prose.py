r"""Facts in the words around formulas: `设 $A$ 为对称矩阵`, `$n$ is a positive integer`.

It exists because posts say in words what formulas rest on. It errs on the side of silence: a fact
that is not there costs a proof, a wrong one makes a wrong verdict. Tables of words, and the few
places where they are looked for. Imports `assume.py` for the words, and the operator tree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from blogkit.check.context import nouns
from blogkit.formula import Symbol, Tree, walk
from blogkit.formula import tree as t
from blogkit.formula.printing import to_latex
from blogkit.meaning.facts.known import Fact
from blogkit.meaning.facts.properties import PROPERTIES
from blogkit.meaning.statements.clauses import bare_names, conjuncts, contrary_of, is_condition
from blogkit.meaning.statements.cues import cue
from blogkit.meaning.statements.polarity import Polarity, masked, polarity
from blogkit.spans import Span

_BEHIND_CHARS: Final = 60
"""How far behind a name the word for what it is may end."""

Reach = Literal["post", "section", "sentence"]
"""How far a fact holds: a declaration to the end of the post, a bound to the end of its section,
what stands behind `if` in its sentence."""

_OR: Final = re.compile(rf"^\s*[,，]?\s*{cue('or')}\s*$")
_BOTH: Final = re.compile(rf"^\s*[,，、]?\s*(?:[,，、]|{cue('and', 'also')})\s*$")
_LISTED: Final = re.compile(rf"^\s*[,，、]?\s*{cue('and', 'also', 'or', also='/nor')}?\s*$")
_JOINED: Final = re.compile(rf"^\s*(?:[、,，]|{cue('and')})\s*$")
_AND: Final = re.compile(rf"^\s*(?:、|,?\s*{cue('and')})\s*$")
_IF: Final = re.compile(cue("if", "when", also="前提是") + r"\s*[^，。；,.;]{0,12}$", re.IGNORECASE)
_DECLARES: Final = re.compile(
    cue("where", "suppose", "call", "given", "demand", "all", also="/with|for some|for")
    + r"(?: that| the| an?|的|：|:|,|，|常数|参数|超参数|实数|阈值)*\s*$",
    re.IGNORECASE,
)
_EXISTS: Final = re.compile(cue("there is") + r"\s*(?:an?|一个|some)?\s*$", re.IGNORECASE)
_FOR_ALL: Final = re.compile(cue("all") + r"\s*的?$", re.IGNORECASE)
_GOES_ON: Final = re.compile(
    r"^(?:\s*(?:都|均|皆)?(?:是|为)[^，,。；;$]{1,10}|\s+(?:is|are|be)\s[^,.;$]{1,25})?"
    rf"\s*(?:[,，、]\s*{cue('also', also='以及/and|with')}?|{cue('and', 'also', also='/with')})\s*$"
)
"""What stands between a fact and the next of the same list: `$n$ 是正整数，$x \\geq -1$`."""
_CONSTANT_BEHIND: Final = re.compile(
    r"^\s*(?:是|为|is|are)\s*(?:一个|某个|给定的|an?|the)?\s*(?:正的|小的|固定的|fixed|small)?\s*"
    r"(?:常数|超参数|参数|常量|constants?|hyperparameters?|parameters?|阈值|threshold|标量|scalars?)"
)


@dataclass(frozen=True, slots=True)
class Inline:
    """A formula in running text."""

    span: Span
    """The formula with its delimiters, in the text."""
    tree: Tree
    """Its operator tree."""


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that the text states."""

    fact: Fact
    """The fact."""
    span: Span
    """Where it is said."""
    reach: Reach
    """How far it holds."""
    polarity: Polarity = "asserted"
    """Whether the text says it, takes it back (`不再要求`), or, as a fact that is the contrary of
    what stands there (`除非`), says it of the other case."""


def facts_in(text: str, formulas: Sequence[Inline]) -> Iterator[Said]:
    """The facts that a text states about the formulas in it, in order.

    Args:
        text: A post's text.
        formulas: Its inline formulas, in order.
    """
    words = masked(text, [formula.span for formula in formulas])
    last: Said | None = None
    for number, formula in enumerate(formulas):
        before, after = _beside(text, formulas, number)
        found: tuple[Said, ...] = ()
        if names_of(formula.tree):
            behind = words[formula.span.end : formula.span.end + _BEHIND_CHARS]
            found = tuple(_worded(text, words, formulas, number, before, behind))
        elif (parts := _conditions(formula.tree, polarity(words, *_ends(formula)))) is not None:
            goes_on = last is not None and _GOES_ON.match(text[last.span.end : formula.span.start])
            place = _Place(formula, before, after, last if goes_on else None)
            how = _how(words, formulas, number, last)
            found = tuple(_written(place, parts, how))
        yield from found
        last = found[-1] if found else None


def _beside(text: str, formulas: Sequence[Inline], number: int) -> tuple[str, str]:
    """The words in front of a formula and behind it, up to the next formulas."""
    span = formulas[number].span
    previous_end = formulas[number - 1].span.end if number else 0
    next_start = formulas[number + 1].span.start if number + 1 < len(formulas) else len(text)
    before = text[max(0, span.start - 40, previous_end) : span.start]
    return before, text[span.end : min(next_start, span.end + 40)]


def _ends(formula: Inline) -> tuple[int, int]:
    return formula.span.start, formula.span.end


def _conditions(tree: Tree, how: Polarity) -> tuple[Tree, ...] | None:
    """The parts of a formula that is a condition; `$x = 0$` is one behind `unless`."""
    parts = tuple(conjuncts(tree))
    if how == "contrary" and len(parts) == 1 and _sets_apart(parts[0]):
        return parts
    return parts if parts and all(map(is_condition, parts)) else None


def _sets_apart(tree: Tree) -> bool:
    """`x = 0`, `x = y`: a name with a value, which `unless` excludes."""
    return (
        isinstance(tree, t.Relation)
        and tree.operators == ("=",)
        and any(isinstance(side, (Symbol, t.Index)) for side in tree.operands)
        and not any(isinstance(side, t.Collection) for side in tree.operands)
    )


def _how(words: str, formulas: Sequence[Inline], number: int, last: Said | None) -> Polarity:
    """How the words take a condition; of alternatives (`$x>0$ 或 $y>0$`) neither is a fact."""
    span = formulas[number].span
    how = polarity(words, span.start, span.end)
    previous_end = formulas[number - 1].span.end if number else 0
    joint = words[previous_end : span.start]
    if (
        how == "asserted"
        and last is not None
        and last.polarity != "asserted"
        and _LISTED.match(joint)
    ):
        how = last.polarity
    next_start = formulas[number + 1].span.start if number + 1 < len(formulas) else span.end
    beside = (joint, words[span.end : next_start])
    joined = _OR if how == "asserted" else _BOTH if how == "contrary" else None
    return "unclear" if joined and any(map(joined.match, beside)) else how


def names_of(tree: Tree) -> tuple[Tree, ...]:
    """The symbols of a formula that lists symbols and says nothing else."""
    if bare_names(tree) is None or isinstance(tree, t.Apply):
        return ()
    items = tree.items if isinstance(tree, t.Collection) else (tree,)
    return tuple(item for item in items if isinstance(item, (Symbol, t.Index)))


# --- conditions that are written as formulas


@dataclass(frozen=True, slots=True)
class _Place:
    """A condition with the words beside it."""

    formula: Inline
    before: str
    after: str
    goes_on: Said | None
    """The fact in front, where the condition goes on with its list."""


def _written(place: _Place, parts: tuple[Tree, ...], how: Polarity) -> Iterator[Said]:
    """`其中 $\\gamma > 0$`, `$x \\in \\mathbb{R}^n$`, `整数 $n \\geq 5$`."""
    span = place.formula.span
    word = nouns.word_before(place.before)
    before = place.before
    if word is not None:
        before = nouns.without_word(before)
    if how == "unclear" or _EXISTS.search(before):
        return
    if how == "contrary":
        other = contrary_of(parts[0]) if len(parts) == 1 and word is None else None
        if other is not None:
            yield Said(Fact(other, to_latex(other), "formula"), span, "sentence", "contrary")
        return
    for part in parts:
        reach = _reach(place, before, part, is_denied=how == "denied")
        if reach is None:
            continue
        yield Said(Fact(part, to_latex(part), "formula"), span, reach, how)
        if word is not None and isinstance(part, t.Relation):
            for name in (side for side in part.operands if isinstance(side, (Symbol, t.Index))):
                yield from _facts(name, word, span, reach, how)


def _reach(place: _Place, before: str, part: Tree, *, is_denied: bool) -> Reach | None:
    """How far a condition holds; None for one that is mentioned in passing."""
    if place.goes_on is not None:
        return place.goes_on.reach
    is_local = _IF.search(before) or _FOR_ALL.search(before)
    if not is_denied and (is_local or _lists_values(place.formula.tree)):
        return "sentence"
    if isinstance(part, t.Relation) and set(part.operators) == {"∈"}:
        return "post"
    if is_denied or _DECLARES.search(before) or _CONSTANT_BEHIND.search(place.after):
        return "section"
    return None


def _lists_values(tree: Tree) -> bool:
    """`k = 1, 4, 16`: values that are tried, and no range."""
    return any(
        isinstance(node, t.Relation)
        and node.operators == ("=",)
        and isinstance(node.operands[1], t.Collection)
        and not any(isinstance(item, t.Ellipsis) for item in node.operands[1].items)
        for node in walk(tree)
    )


# --- words


def _worded(
    text: str, words: str, formulas: Sequence[Inline], number: int, before: str, after: str
) -> Iterator[Said]:
    word = nouns.word_behind(after)
    if word is not None:
        first = first_of_list(text, formulas, number)
        listed = formulas[first : number + 1]
        front = text[max(0, listed[0].span.start - 30) : listed[0].span.start]
        how = polarity(words, listed[0].span.start)
        verb = nouns.taken(after)
        how = verb if how == "asserted" else how if verb == "asserted" else "unclear"
    else:
        word = nouns.word_before(before)
        listed = formulas[number : _end_of_list(text, formulas, number)]
        front = before
        how = polarity(words, formulas[number].span.start, listed[-1].span.end)
    if word is None or how == "unclear":
        return
    reach: Reach = "sentence" if _IF.search(front) else "post"
    for other in listed:
        for name in names_of(other.tree):
            yield from _facts(name, word, other.span, reach, how)


def first_of_list(text: str, formulas: Sequence[Inline], number: int) -> int:
    """The first formula of a list that ends here: `$a$、$b$ 和 $c$ 都是正数`."""
    while number > 0:
        between = text[formulas[number - 1].span.end : formulas[number].span.start]
        if not _JOINED.match(between) or not names_of(formulas[number - 1].tree):
            break
        number -= 1
    return number


def _end_of_list(text: str, formulas: Sequence[Inline], number: int) -> int:
    """Behind the last formula of a list that begins here: `正数 $a$、$b$ 和 $c$`."""
    end = number + 1
    while end < len(formulas) and names_of(formulas[end].tree):
        between = text[formulas[end - 1].span.end : formulas[end].span.start]
        if not _AND.match(between):
            break
        end += 1
    return end


def _facts(name: Tree, word: str, span: Span, reach: Reach, how: Polarity) -> Iterator[Said]:
    """What a word says of a name; of `不必是对称矩阵` it stays that it is a matrix."""
    trees = PROPERTIES[word](name)
    kinds = [tree for tree in trees if isinstance(tree, t.Where)]
    if how == "contrary":
        other = _contrary_of(trees, word)
        trees = (*kinds, other) if other is not None else ()
    for tree in trees:
        is_kept = tree in kinds and len(trees) > 1
        taken = "asserted" if how == "asserted" or is_kept else how
        yield Said(Fact(tree, to_latex(tree), "prose"), span, reach, taken)


def _contrary_of(trees: tuple[Tree, ...], word: str) -> Tree | None:
    """What holds of a thing of which a word is not true: `不是负数`, `is not even`."""
    rest = [tree for tree in trees if not isinstance(tree, t.Where)]
    if re.search("even|odd|[奇偶]", word):
        rest = rest[1:]  # it is a whole number all the same
    return contrary_of(rest[0]) if len(rest) == 1 else None
