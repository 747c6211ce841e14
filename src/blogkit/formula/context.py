r"""What is known while a formula is read, and what was assumed.

It exists so that no rule guesses silently: whatever habit decided and not the notation is noted
here, once for each wording. It also gathers what the formula says about itself: which letters are
bound or used as indices, which are applied somewhere to what can only be an argument.
Imports `blogkit.latex` and `tokens.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from blogkit import latex
from blogkit.formula.tokens import Token
from blogkit.formula.tree import Opaque, Tree
from blogkit.formula.vocabulary import INDEX_LETTERS
from blogkit.spans import Span

MAX_LEVELS = 36
"""Groups, scripts and prefixes within one another that are read."""


_NATURAL = frozenset(["e", "π", "∞", "∫", "∬", "∮", "exp", "ln", "lim", "d", "∂"])
"""What goes with the natural logarithm, in Unicode."""
_COMPLEX = frozenset(["ℂ", "ℜ", "ℑ", "Re", "Im"])
"""What goes with complex numbers."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that habit decided, and not the notation."""

    code: str
    """Which habit: `application`, `product`, `name`, `index`, `constant`, `argument` …"""
    message: str
    """One sentence for a reader."""
    span: Span
    """The first place where it was used."""


@dataclass(slots=True)
class Context:
    """Passed through all rules that read one formula."""

    declared: frozenset[str]
    """Names of functions that the caller knows."""
    bound: frozenset[str]
    """Names of variables that number, from the caller and from the formula itself."""
    constants: frozenset[str]
    """Letters that the caller knows to be the constants of that name."""
    applied: frozenset[str]
    """Letters that the formula applies somewhere to what can only be an argument."""
    paired: frozenset[str]
    """Letters that bear two indices side by side somewhere, such as `a_{1n}`."""
    named: frozenset[str]
    """Letters that bear a letter somewhere which is no index, as in `W_q + W_k`."""
    members: frozenset[str]
    """Letters that are said to be in a set: they are no constants."""
    variables: frozenset[str]
    """Letters of which the caller knows that they mean nothing by habit."""
    terms: frozenset[str] = frozenset()
    """Letters that stand somewhere by themselves, with no number before them."""
    starred: frozenset[str] = frozenset()
    """Letters that stand with a star as superscript and without one."""
    is_natural: bool = False
    """Whether something beside a logarithm says that its base is e."""
    is_based: bool = False
    """Whether a logarithm is the exponent of 2 or 10."""
    is_complex: bool = False
    """Whether it speaks of complex numbers."""
    has_events: bool = False
    """Whether it speaks of probabilities."""
    has_differentials: bool = False
    """Whether the caller knows that a `d` before something is the sign of a differential."""
    choices: Mapping[str, int] = field(default_factory=dict)
    """Which reading is wanted where signs read in several ways, by the code of the habit; else the
    first."""
    forks: dict[str, int] = field(default_factory=dict)
    """Where they do: how many readings each habit has that was asked for."""
    read_row: "Callable[[latex.Row, str], Tree]" = field(init=False)
    """Reads a row of the layout: set by `reading.py`, used by rules below it."""
    read_tokens: "Callable[[list[Token]], Tree]" = field(init=False)
    """Reads matched tokens as a whole formula."""
    read_terms: "Callable[[list[Token]], Tree]" = field(init=False)
    """Reads matched tokens that hold no relation and no comma at their level."""
    level: int = 0
    """How deep the reader is."""
    assumptions: dict[tuple[str, str], Assumption] = field(default_factory=dict)
    """What was assumed, by code and message, in order."""

    def choose(self, habit: str, count: int = 2) -> int:
        """Which of several readings to take; a writer has one habit throughout a formula."""
        self.forks[habit] = max(count, self.forks.get(habit, 0))
        return self.choices.get(habit, 0)

    def assume(self, code: str, message: str, span: Span) -> None:
        """Note an assumption, unless the same is noted."""
        self.assumptions.setdefault((code, message), Assumption(code, message, span))


def opaque(node: latex.Node, reason: str, span: Span | None = None) -> Opaque:
    """A part that was not read, with its layout."""
    return Opaque(latex.to_latex(node), reason, node, span=span or node.span)


@dataclass(slots=True)
class Evidence:
    """What a formula says about its own letters."""

    bound: set[str] = field(default_factory=set)
    """Bound under a large operator, or the last subscript of a list with an ellipsis."""
    applied: set[str] = field(default_factory=set)
    """Before a bracket with one letter, or with a comma, bar or semicolon at its level."""
    paired: set[str] = field(default_factory=set)
    """With two indices side by side."""
    named: set[str] = field(default_factory=set)
    """With a Latin letter as subscript that does not usually number."""
    members: set[str] = field(default_factory=set)
    """Before `∈`."""
    letters: set[str] = field(default_factory=set)
    """Without a star as superscript."""
    terms: set[str] = field(default_factory=set)
    """Without a script, and with no digit before them: the e of `e + 1`, not of `2e + 1`."""
    starred: set[str] = field(default_factory=set)
    """With one."""
    is_natural: bool = False
    """Whether it holds what goes with the natural logarithm: `e`, `π`, an integral, a limit."""
    is_based: bool = False
    """Whether a logarithm is the exponent of 2 or 10."""
    is_complex: bool = False
    """Whether it holds what goes with complex numbers: `ℂ`, `Re`, an upright `i`."""
    has_events: bool = False
    """Whether it holds the `P` or `Pr` of a probability."""


def _is_complex_letter(font: latex.Font) -> bool:
    letters = [getattr(item, "text", "") for item in font.body.items]
    return (font.command.lstrip("\\"), letters) in (("mathbb", ["C"]), ("mathrm", ["i"]))


def gather(tree: latex.Row) -> Evidence:
    """What can be said of the letters of a formula before it is read. Cost: linear."""
    found = Evidence()
    set_in_font: set[int] = set()
    for node in latex.walk(tree):
        if isinstance(node, (latex.Atom, latex.Operator)):
            found.is_natural = found.is_natural or node.text in _NATURAL
            found.is_complex = found.is_complex or node.text in _COMPLEX
            found.has_events = found.has_events or node.text in ("P", "Pr", "ℙ")
        elif isinstance(node, latex.Font):
            found.is_complex = found.is_complex or _is_complex_letter(node)
            set_in_font.add(id(node.body))
        elif isinstance(node, latex.Scripts):
            _gather_raised(node, found)
        if isinstance(node, latex.Scripts) and node.sub is not None:
            if isinstance(node.base, (latex.Operator, latex.OperatorName, latex.Classed)):
                found.bound.update(_bound_letters(node.sub))
            elif _is_paired(node.sub):
                found.paired.add(_letter(node))
            elif _is_named(node.sub):
                found.named.add(_letter(node))
        elif isinstance(node, latex.Row):
            _gather_applied(node.items, found.applied)
            _gather_neighbours(node.items, found)
            _gather_bare(node.items, found, is_in_font=id(node) in set_in_font)
    return found


def _gather_raised(node: latex.Scripts, found: Evidence) -> None:
    """Letters with a star, and logarithms above 2 or 10."""
    if node.sup is None or not isinstance(node.base, latex.Atom):
        return
    above = [x for x in latex.walk(node.sup) if isinstance(x, (latex.Atom, latex.Operator))]
    if len(above) == 1 and above[0].text in ("*", "∗", "⋆"):
        found.starred.add(node.base.text)
    is_based = node.base.text in ("0", "2") and any(x.text == "log" for x in above)
    found.is_based = found.is_based or is_based


def _gather_bare(items: tuple[latex.Node, ...], found: Evidence, *, is_in_font: bool) -> None:
    found.letters.update(item.text for item in items if isinstance(item, latex.Atom))
    if is_in_font:  # what stands before it stands before the command
        return
    for before, item in pairwise((None, *items)):
        counts = isinstance(before, latex.Atom) and before.text in "0123456789."
        if isinstance(item, latex.Atom) and item.text.isalpha() and not counts:
            found.terms.add(item.text)


def _is_named(sub: latex.Row) -> bool:
    last = sub.items[0] if len(sub.items) == 1 else None
    if not isinstance(last, latex.Atom) or not ("a" <= last.text <= "z"):
        return False
    return last.text not in INDEX_LETTERS


def _is_paired(sub: latex.Row) -> bool:
    texts = [item.text for item in sub.items if isinstance(item, latex.Atom)]
    return (
        len(texts) == 2 == len(sub.items)
        and all(len(text) == 1 and text.isalnum() for text in texts)
        and any(text in "ijkmn" for text in texts)
        and not (texts[0].isdecimal() and texts[0] != "1")
    )


def _gather_neighbours(items: tuple[latex.Node, ...], found: Evidence) -> None:
    """Letters before `∈`, and the last subscript of `x_1, …, x_T`."""
    seen_dots = False
    for before, item in pairwise(items):
        if isinstance(item, latex.Atom) and item.text == "∈":
            found.members.add(_letter(before))
        if isinstance(before, latex.Atom) and isinstance(item, latex.Atom):
            seen_dots = seen_dots or before.text + item.text == ".."
        seen_dots = seen_dots or (isinstance(before, latex.Atom) and before.kind == "inner")
        if seen_dots and isinstance(item, latex.Scripts) and item.sub is not None:
            last = item.sub.items[0] if len(item.sub.items) == 1 else None
            while isinstance(last, latex.Row) and len(last.items) == 1:
                last = last.items[0]
            if isinstance(last, latex.Atom) and len(last.text) == 1 and last.text.isalpha():
                found.bound.add(last.text)
            seen_dots = False


def _bound_letters(sub: latex.Row) -> set[str]:
    found: set[str] = set()
    for item in sub.items:
        if isinstance(item, latex.Atom) and item.text.isalpha():
            found.add(item.text)
        elif not isinstance(item, latex.Atom) or item.kind not in ("punct", "open", "close"):
            break
    return found


def _gather_applied(items: tuple[latex.Node, ...], applied: set[str]) -> None:
    for index, item in enumerate(items[:-1]):
        name = _letter(item)
        if name and _is_argument(items, index + 1, name):
            applied.add(name)


def _is_argument(items: tuple[latex.Node, ...], index: int, name: str) -> bool:
    opener = items[index]
    if isinstance(opener, latex.Fenced):
        return opener.left.text == "(" and _only_argument(opener.body.items, name)
    if not (isinstance(opener, latex.Atom) and opener.text == "("):
        return False
    depth = 1
    for end in range(index + 1, min(index + 40, len(items))):
        item = items[end]
        base = item.base if isinstance(item, latex.Scripts) else item
        text = base.text if isinstance(base, latex.Atom) else ""
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return _only_argument(items[index + 1 : end], name)
    return False


def _only_argument(inner: tuple[latex.Node, ...], name: str) -> bool:
    if len(inner) == 1:
        letter = _letter(inner[0])
        return bool(letter) and letter != name
    return any(isinstance(i, latex.Atom) and i.text in (",", "|", "∣", ";") for i in inner)


def _letter(item: latex.Node) -> str:
    base = item.base if isinstance(item, latex.Scripts) else item
    while isinstance(base, (latex.Font, latex.Accent)) and len(base.body.items) == 1:
        base = base.body.items[0]
    return base.text if isinstance(base, latex.Atom) and base.text.isalpha() else ""
