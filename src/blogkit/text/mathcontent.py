r"""Whether what stands between two delimiters reads as mathematics.

A dollar does not say whether it opens or closes, and posts lose some. What tells a formula from
the prose between two formulas is its content: ``将`` is no formula, ``损失=\frac{a}{b}`` is.
"""

from __future__ import annotations

import re

from blogkit.regexes import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Sense: TypeAlias = Literal["math", "doubt", "prose"]

_BRACE = regex(r"[{}]")
_SIGN = regex(r"\\[A-Za-z]|[\^_=<>]")
_SOME_OPERATOR = regex(r"[A-Za-z0-9)\]][ ]?[-+*/|,:(!][ ]?[A-Za-z0-9(\[\\]")
_WORD = regex(r"[A-Za-z]{2,}")
_ENVIRONMENT_MARK = regex(r"\\(begin|end)\{[^{}\n]*\}")
_LINK = regex(r"\]\((?:https?:|\.{0,2}/)|!\[[^\]\n]*\]\(")
_BLANK_LINE = regex(r"\n[ \t]*\n")
_SENTENCE_MARKS = frozenset("，。；：、？！")
_LETTER_ALONE = regex(r"[A-Za-z]'?|[A-Za-z]\b[^A-Za-z]{1,3}[A-Za-z0-9]\b.*", re.DOTALL)
_WORDS_OF_A_SENTENCE = 3


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= char <= "\u9fff"


def sense(content: str) -> Sense:
    r"""What an inline formula's content reads as; ``doubt`` where only its neighbours can tell.

    >>> [sense(content) for content in (r"\alpha", "其中，", " and so ", "P(女女)")]
    ['math', 'prose', 'prose', 'doubt']
    """
    if ("`" in content and "`" in outside_groups(content)) or (
        "](" in content and _LINK.search(content)
    ):
        return "prose"
    if not content.isascii():
        if content.lstrip()[:1] in _SENTENCE_MARKS:
            return "prose"
        outer = outside_groups(content)
        if any(map(is_han, outer)):
            return _sense_of_han(outer)
    return _sense_of_latin(content)


def _sense_of_han(outer: str) -> Sense:
    if _SIGN.search(outer):
        return "doubt" if any(char in _SENTENCE_MARKS for char in outer) else "math"
    is_tight = not any(char.isspace() or char in _SENTENCE_MARKS for char in outer)
    return "doubt" if is_tight and _applies(outer) else "prose"


def _applies(outer: str) -> bool:
    """Whether a letter stands before a bracket, as in ``P(好瓜)``."""
    return bool(re.search(r"[A-Za-z][(（\[|]", outer))


def _sense_of_latin(content: str) -> Sense:
    if _SIGN.search(content) or "{" in content:
        return "math"
    if not any(char.isalnum() for char in content):
        is_tight = content.isascii() and content == "".join(content.split())
        return "math" if is_tight and "**" not in content else "prose"
    if not _WORD.search(content) or len(content.split()) == 1 == len(content.split(" ")):
        return "math"
    if len(content.split()) == 1:
        return "doubt"
    has_operator = bool(_SOME_OPERATOR.search(content))
    spaces = content[:1].isspace() + content[-1:].isspace()
    if spaces == 0:
        return "math" if has_operator else "doubt"
    return "doubt" if spaces == 2 and has_operator else "prose"


def reads_as_display(content: str) -> bool:
    r"""Whether what stands between the delimiters of a display is one, and not what follows one.

    >>> reads_as_display("a = b\n\n= c"), reads_as_display("a = b\n由此可见，它很小。\n")
    (True, False)
    """
    outer = outside_groups(content)
    if "`" in outer or "$" in outer.replace(r"\$", ""):
        return False
    lines = [line for line in outer.split("\n") if line.strip()]
    if not any(any(map(is_han, line)) or _WORD.search(line) for line in lines):
        return True
    has_sign = _SIGN.search(outer) or "{" in content
    if not has_sign and any(map(is_han, outer)):
        return False
    is_long = _BLANK_LINE.search(outer) is not None
    return not any(_is_sentence(line, is_long) for line in lines)


def _is_sentence(line: str, is_long: bool) -> bool:
    """Whether a line of a display, which may have blank lines, is of the text that follows it."""
    if _SIGN.search(line):
        marks = sum(char in _SENTENCE_MARKS for char in line)
        return marks > 1 and sum(map(is_han, line)) > len(line) / 2
    if any(map(is_han, line)):
        return is_long or any(char in _SENTENCE_MARKS for char in line)
    words = _WORD.findall(line)
    return len(words) >= _WORDS_OF_A_SENTENCE and not _SOME_OPERATOR.search(line)


def begins_as_math(text: str) -> bool:
    r"""Whether text behind a lone delimiter (or before it) is a formula that lost the other one.

    >>> [begins_as_math(text) for text in (r"x + 1 之后", r"\alpha 之后", "PATH 变量", "5 块钱")]
    [True, True, False, False]
    """
    prose = None if text.isascii() else _OF_PROSE.search(text)
    end = prose.start() if prose else None
    piece = text[:end].partition(" |")[0].strip()
    return bool(_SIGN.search(piece) or _LETTER_ALONE.fullmatch(piece))


def ends_as_math(text: str) -> bool:
    r"""Whether text before a lone delimiter is a formula that lost its opening one.

    >>> ends_as_math(r"其中 \alpha"), ends_as_math("一共 35")
    (True, False)
    """
    pieces = [text] if text.isascii() else _OF_PROSE.split(text)
    return begins_as_math(pieces[-1])


_OF_PROSE = regex("[\u3400-\u9fff，。；：、？！]")


def has_sign(content: str) -> bool:
    """Whether a text has a command, a script or a relation: what prose has not."""
    return _SIGN.search(content) is not None


def is_small(content: str) -> bool:
    """Whether it is a letter, or a sum of letters and numbers: no mark such as ``J`` or ``2.1``."""
    piece = content.strip()
    if len(piece) == 1:
        return piece.islower()
    return bool(_SOME_OPERATOR.search(piece)) and not _WORD.search(piece) and _has_letter(piece)


def _has_letter(content: str) -> bool:
    return any(map(str.isalpha, content))


def outside_groups(content: str) -> str:
    """The text without its groups and environments; a brace without its other one is no group."""
    return _outside_braces(_outside_environments(content))


def _outside_environments(content: str) -> str:
    if r"\begin{" not in content:
        return content
    pieces: list[str] = []
    level = position = 0
    for match in _ENVIRONMENT_MARK.finditer(content):
        if level == 0:
            pieces.append(content[position : match.start()])
        level = level + 1 if match[1] == "begin" else max(0, level - 1)
        position = match.end()
    if level == 0:
        pieces.append(content[position:])
    return r"\begin".join(pieces)


def _outside_braces(content: str) -> str:
    open_at: list[int] = []
    groups: list[tuple[int, int]] = []
    for match in _BRACE.finditer(content):
        if match.group() == "{":
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            while groups and groups[-1][0] > start:
                groups.pop()
            groups.append((start, match.end()))
    ends = [0, *(end for _, end in groups)]
    starts = [*(start for start, _ in groups), len(content)]
    return "".join(content[end:start] for end, start in zip(ends, starts, strict=True))


_ESCAPES = regex(r"\\[\\{}]")


def open_groups(content: str) -> int:
    r"""How many braces and environments are open at its end; less than 0 where more are closed.

    >>> open_groups(r"\text{若 "), open_groups(r"\{a\}"), open_groups(r"\begin{aligned} x")
    (1, 0, 1)
    """
    if "{" not in content and "}" not in content:
        return 0
    plain = _ESCAPES.sub("", content) if "\\" in content else content
    braces = plain.count("{") - plain.count("}")
    return braces + content.count(r"\begin{") - content.count(r"\end{")
