r"""Letters that were meant as a command: `frac{a}{b}`, `sum_{i}`, `log x`, `2pi`.

Letters side by side are a product, and a subscript is often a word, so a name alone proves little.
Each kind of name has its own sign: `frac` is followed by a brace, `sum` bears a limit, `left`
stands before a bracket. Names of two letters (`mu`, `in`, `xi`) are products more often than not
and are passed over, but for `pi` after a digit. Letters in an upright font or in `\text` are a
name.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from blogkit.language import Message
from blogkit.latex import Atom, Delimiter, Node, Problem, Scripts
from blogkit.lint.reading import MathList, Reading, as_atom
from blogkit.spans import Span

CODE = "lost-backslash"

_FUNCTIONS_TEXT = """
sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp max min sup inf lim
liminf limsup det dim gcd ker arg deg Pr argmax argmin
"""
_FUNCTIONS = frozenset(_FUNCTIONS_TEXT.split())
_GREEK_TEXT = """
alpha beta gamma delta epsilon varepsilon zeta theta vartheta iota kappa lambda sigma upsilon phi
varphi chi psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega
"""
_GREEK = frozenset(_GREEK_TEXT.split())
_WITH_LIMITS_TEXT = r"""
sum prod int iint oint coprod bigcup bigcap bigoplus bigotimes
"""
_WITH_LIMITS = frozenset(_WITH_LIMITS_TEXT.split())
_WITH_BRACE_TEXT = """
frac dfrac tfrac cfrac binom dbinom sqrt mathbf mathbb mathcal mathrm mathfrak mathscr mathsf
boldsymbol text textbf operatorname hat bar tilde vec dot ddot overline underline widehat
widetilde overbrace underbrace begin end xrightarrow substack
"""
_WITH_BRACE = frozenset(_WITH_BRACE_TEXT.split())
_BEFORE_BRACKET = frozenset(["left", "right", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"])
_SYMBOLS_TEXT = """
cdot leq geq leqslant geqslant neq approx equiv infty nabla rightarrow leftarrow Rightarrow
Leftrightarrow leftrightarrow mapsto forall subseteq supseteq notin ldots cdots vdots langle
rangle lfloor rfloor lceil rceil otimes oplus odot propto quad qquad
"""
_SYMBOLS = frozenset(_SYMBOLS_TEXT.split())
_WORDS = frozenset(["times", "partial"])
"""Commands that are words too: taken for lost only where something stands on either side."""

_SPELLED = {
    "argmax": "\\operatorname*{argmax}",
    "argmin": "\\operatorname*{argmin}",
}
_GLUED_AFTER = frozenset("xyzn")
_GLUED_FUNCTIONS = frozenset(["sin", "cos", "tan", "log", "exp", "ln"])
_OPENING = frozenset("([|./\\") | {"\\{", "\\}", "\\|", "\\langle", "\\rangle", ")", "]"}


@dataclass(frozen=True, slots=True)
class _Word:
    """Letters side by side in the source."""

    text: str
    """The letters."""
    span: Span
    """Where they stand."""
    first: int
    """Number of the first one in its list."""
    last: int
    """Number of the last one."""
    bearer: Scripts | None
    """The scripts on the last letter."""


def find(reading: Reading) -> Iterator[Problem]:
    r"""Words that are commands without their backslash.

    >>> [problem.repair for problem in find(Reading.of("frac{a}{b} + logx"))]
    ['\\frac', '\\log x']
    """
    for part in reading.lists:
        if part.role != "name":
            for word in _words(part):
                yield from _judge(reading, part, word)


def _words(part: MathList) -> Iterator[_Word]:
    start: int | None = None
    for index, item in enumerate(part.items):
        letter = _letter(item)
        if letter is None:
            start = None
            continue
        if start is None:
            start = index
        following = part.items[index + 1] if index + 1 < len(part.items) else None
        goes_on = (
            not isinstance(item, Scripts)
            and following is not None
            and (next_letter := _letter(following)) is not None
            and next_letter.span.start == letter.span.end
        )
        if not goes_on:
            letters = [as_atom(node) for node in part.items[start : index + 1]]
            text = "".join(atom.latex for atom in letters if atom is not None)
            first = _letter(part.items[start])
            assert first is not None
            span = Span(first.span.start, letter.span.end)
            yield _Word(text, span, start, index, item if isinstance(item, Scripts) else None)
            start = None


def _letter(node: Node) -> Atom | None:
    atom = as_atom(node)
    if atom is None or len(atom.latex) != 1:
        return None
    return atom if atom.latex.isascii() and atom.latex.isalpha() else None


def _judge(reading: Reading, part: MathList, word: _Word) -> Iterator[Problem]:
    if len(word.text) < 2 or not reading.is_written(word.span, word.text):
        return
    if _is_identifier(part, word):
        return
    name = _lost_name(reading, part, word)
    if name is not None:
        yield _problem(reading, word.span, word.text, name)
        return
    glued = _glued(word)
    if glued is not None:
        before, name, after = glued
        start = word.span.start + len(before)
        span = Span(start, start + len(name) + len(after))
        message = Message(
            r"expected '\{name}' before {after!r}, found '{found}', which TeX sets as "
            r"{count} variables; write '\{name} {after}'",
            name=name,
            after=after,
            found=name + after,
            count=len(name + after),
        )
        yield Problem(CODE, "error", message, span, f"\\{name} {after}")


def _is_identifier(part: MathList, word: _Word) -> bool:
    """Whether it is a piece of a program's name: `max_len`."""
    if word.bearer is None or word.last + 1 >= len(part.items):
        return False
    following = _letter(part.items[word.last + 1])
    scripts = word.bearer.sub or word.bearer.sup
    return (
        following is not None
        and scripts is not None
        and not scripts.braced
        and following.span.start == word.bearer.span.end
    )


def _lost_name(reading: Reading, part: MathList, word: _Word) -> str | None:
    """The command that the word is without its backslash."""
    text = word.text
    following = part.items[word.last + 1] if word.last + 1 < len(part.items) else None
    braces = _brace_follows(reading, word)
    is_whole = word.first == 0 and following is None and word.bearer is None
    if text in _GREEK:
        return text
    if text in _FUNCTIONS or text in _SYMBOLS:
        return None if is_whole and part.role == "script" and text in _FUNCTIONS else text
    if text in _WITH_LIMITS:
        return text if word.bearer is not None else None
    if text in _BEFORE_BRACKET:
        return text if following is not None and _is_bracket(following, word) else None
    if text in _WORDS:
        return text if word.first > 0 and following is not None else None
    if text == "pi":
        return text if _follows_digit(part, word) else None
    return next((name for name in _WITH_BRACE if braces and text == name), None)


def _brace_follows(reading: Reading, word: _Word) -> bool:
    """Whether an argument in braces comes next; `sqrt` may have its degree before."""
    rest = reading.latex[word.span.end :]
    return rest.startswith("{") or (word.text == "sqrt" and rest[:1] in ("[", "("))


def _is_bracket(node: Node, word: _Word) -> bool:
    atom = as_atom(node)
    return (
        atom is not None and atom.latex in _OPENING and atom.span.start == word.span.end
    ) or isinstance(node, Delimiter)


def _follows_digit(part: MathList, word: _Word) -> bool:
    if word.first == 0:
        return False
    before = as_atom(part.items[word.first - 1])
    return before is not None and before.latex.isdigit() and before.span.end == word.span.start


def _glued(word: _Word) -> tuple[str, str, str] | None:
    """What is before a function's name, the name, and the variable that is glued to it."""
    before, name, after = "", word.text[:-1], word.text[-1]
    if name not in _GLUED_FUNCTIONS and name[:1] in _GLUED_AFTER:
        before, name = name[:1], name[1:]
    return (before, name, after) if name in _GLUED_FUNCTIONS and after in _GLUED_AFTER else None


def _problem(reading: Reading, span: Span, text: str, name: str) -> Problem:
    if span.start and reading.latex[span.start - 1] == "/" and name in _WITH_BRACE:
        span = Span(span.start - 1, span.end)
        text = "/" + text
    repair = _SPELLED.get(name, "\\" + name)
    following = reading.latex[span.end : span.end + 1]
    if following.isascii() and following.isalpha() and repair[-1] != "}":
        repair += " "
    message = Message(
        "expected '{repair}', found '{text}', which TeX sets as {count} variables; "
        "write '{repair}'",
        repair=repair.strip(),
        text=text,
        count=len(name),
    )
    return Problem(CODE, "error", message, span, repair)
