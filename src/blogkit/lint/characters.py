r"""Characters that an input method left in the mathematics: `（x，y）`, a wide space, Chinese.

TeX has no such characters in its math fonts; KaTeX and MathJax borrow them from the text, with the
spacing of text, and a comma or bracket is then neither punctuation nor a bracket. Chinese in
`\text` is as it should be.
"""

from collections.abc import Iterator

from blogkit.language import Message
from blogkit.latex import Atom, Problem, invisible
from blogkit.lint.reading import Reading
from blogkit.spans import Span

FULL_WIDTH = "full-width-character"
CHINESE = "chinese-outside-text"
INVISIBLE = "invisible-character"

_BEYOND_ASCII = {
    "　": " ", "。": ".", "、": ",", "【": "[", "】": "]", "《": "\\langle ", "》": "\\rangle ",
    "“": "\\text{“}", "”": "\\text{”}", "‘": "'", "’": "'", "￥": "\\yen ",
    "〈": "\\langle ", "〉": "\\rangle ", "～": "\\sim ",
}  # fmt: skip
_ESCAPED = {
    "＄": "\\$", "％": "\\%", "＃": "\\#", "＆": "\\&", "｛": "\\{", "｝": "\\}",
    "＼": "\\backslash ", "＿": "\\_", "＾": "\\hat{}",
}  # fmt: skip
_IDEOGRAPHS = (
    ("\u3400", "\u9fff"),
    ("\u3040", "\u30ff"),
    ("\uac00", "\ud7a3"),
    ("\uf900", "\ufaff"),
)
"""Han, kana and Hangul."""


def find(reading: Reading) -> Iterator[Problem]:
    """Full-width characters and Chinese that stand in math, and characters that nobody sees.

    >>> [(problem.span.of("f（x）"), problem.repair) for problem in find(Reading.of("f（x）"))]
    [('（', '('), ('）', ')')]
    """
    for place in invisible(reading.latex):
        yield _invisible(place, reading.latex[place])
    for start, run in _runs(reading):
        if any(map(_is_ideograph, run)):
            first, last = _words_of(run)
            yield _chinese(start + first, run[first:last])
            others = [*range(first), *range(last, len(run))]
        else:
            others = list(range(len(run)))
        for offset in others:
            yield _full_width(start + offset, run[offset])


def _runs(reading: Reading) -> Iterator[tuple[int, str]]:
    """Wide characters side by side, with where they begin."""
    found = {
        node.span.start: node.text
        for node in reading.nodes
        if isinstance(node, Atom)
        and len(node.text) == 1
        and (_is_ideograph(node.text) or half_width(node.text) is not None)
        and reading.is_written(node.span, node.text)
    }
    start, run = -1, ""
    for position, char in sorted(found.items()):
        if run and position == start + len(run):
            run += char
            continue
        if run:
            yield start, run
        start, run = position, char
    if run:
        yield start, run


def half_width(char: str) -> str | None:
    r"""What to write in math for a full-width character; None for all others.

    >>> half_width("，"), half_width("＋"), half_width("x")
    (',', '+', None)
    """
    if char in _BEYOND_ASCII:
        return _BEYOND_ASCII[char]
    if char in _ESCAPED:
        return _ESCAPED[char]
    return chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else None


def _is_ideograph(char: str) -> bool:
    return any(first <= char <= last for first, last in _IDEOGRAPHS)


def _full_width(start: int, char: str) -> Problem:
    repair = half_width(char)
    shown = "a space" if repair == " " else Message("'{repair}'", repair=(repair or "").strip())
    name = (
        Message("an ideographic space")
        if char == "　"
        else Message("the full-width '{char}'", char=char)
    )
    message = Message("expected {shown}, found {name}; write {shown}", shown=shown, name=name)
    return Problem(FULL_WIDTH, "warning", message, Span(start, start + 1), repair)


def _invisible(start: int, char: str) -> Problem:
    message = Message(
        "expected characters that can be seen, found {code}, which has no meaning in a formula; "
        "delete it",
        code=f"U+{ord(char):04X}",
    )
    return Problem(INVISIBLE, "warning", message, Span(start, start + 1), "")


def _words_of(run: str) -> tuple[int, int]:
    """Where the words are: a bracket at an end whose partner is elsewhere is mathematics."""
    if run.count("（") == run.count("）"):
        return 0, len(run)
    return len(run) - len(run.lstrip("（）")), len(run.rstrip("（）"))


def _chinese(start: int, words: str) -> Problem:
    repair = f"\\text{{{words}}}"
    message = Message(
        r"expected words within \text, found '{words}' in math; write '{repair}'",
        words=words,
        repair=repair,
    )
    return Problem(CHINESE, "warning", message, Span(start, start + len(words)), repair)
