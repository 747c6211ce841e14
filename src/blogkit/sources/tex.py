r"""LaTeX articles: title, date, abstract, sections and formulas; the rest made plain text.

Nothing is run and no file is read: ``\input`` and ``\write18`` are words like any other. Macros of
the preamble are expanded in formulas, so that these can be searched and drawn by themselves.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blogkit.dates import UNDATED
from blogkit.posts import Occurrence, Post
from blogkit.sources.elements import name_set
from blogkit.sources.html.head import read_date
from blogkit.sources.reading import Draft, assemble, title_from_text
from blogkit.sources.tex_macros import expand_macros, read_macros
from blogkit.text.mathspans import split_at_math

if TYPE_CHECKING:
    from blogkit.posts import BlockKind

_COMMENT_LINE = re.compile(r"(?m)^[ \t]*%[^\n]*\n")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_FORMULA_LINE = "\ue0f5"
"""Stands for a line break of the file that the text does not have: in a formula, which is hidden
while the text around it is read, or behind a line of comment."""
_FIRST_FORMULA, _FORMULAS_KEPT = 0xF0000, 0x1FFFE
_PRIVATE = re.compile("[\ue0f5-\ue0f7\U000f0000-\U0010ffff]")
_HIDDEN = re.compile("[\ue0f5\U000f0000-\U0010ffff]")
_ENDLESS_FORMULAS = 20
"""Formulas whose macros do not end, after which no macro of the file is expanded."""
_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4,
           "paragraph": 5, "subparagraph": 6}  # fmt: skip
_CODE = re.compile(
    r"\\begin\{(verbatim\*?|lstlisting|minted|Verbatim|alltt)\}(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})?\n?"
)
_STRUCTURE = re.compile(
    r"\n[ \t]*\n|\\(?P<heading>part|chapter|(?:sub){0,2}section|(?:sub)?paragraph)\*?\s*"
    r"(?:\[[^\[\]\n]*\])?\s*(?=\{)|\\(?P<caption>caption)\*?\s*(?:\[[^\[\]\n]*\])?\s*(?=\{)"
    r"|\\item\b\s*|\\par\b\s*|\\(?:begin|end)\s*\{(?P<environment>[^{}\n]*)\}"
    r"(?:\[(?P<name>[^\[\]\n]*)\])?"
)
_NO_TEXT = name_set(
    """
    label cite citep citet citealp citeauthor nocite bibliography bibliographystyle input
    include includegraphics vspace hspace vskip hskip usepackage setlength addtolength
    pagestyle thispagestyle setcounter addtocounter hypersetup graphicspath newtheorem
    theoremstyle definecolor geometry index write18 immediate documentclass author affil
    institute email address thanks title date maketitle tableofcontents color selectlanguage
    bibitem captionsetup lstset linespread renewcommand newcommand providecommand
    DeclareMathOperator newenvironment renewenvironment keywords write openout
    phantomsection addcontentsline footnotemark
    """
)
_DROPPED_ARGUMENT = frozenset(("textcolor", "fontsize", "parbox", "raisebox", "resizebox", "href"))
"""Commands whose first argument is no text; the second is."""
_REFERENCES = ("ref", "eqref", "autoref", "cref", "pageref")
_COMMAND = re.compile(r"\\([A-Za-z@]+)\*?[ \t]*|\\([^A-Za-z])")
_OPTION = re.compile(r"\s*\[[^\[\]\n]{0,300}\]")
_SYMBOLS = {
    "footnote": " ",
    "ldots": "…", "dots": "…", "LaTeX": "LaTeX", "TeX": "TeX", "textbackslash": "\\", "quad": " ",
    "qquad": " ", "S": "§", "copyright": "©", "textasciitilde": "~", "newline": " ",
    "linebreak": " ", "textbar": "|", "textless": "<", "textgreater": ">",
}  # fmt: skip
_CHARS = {"\\": " ", "%": "%", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", "$": r"\$",
          " ": " ", ",": " ", ";": " ", "\n": "\n", "-": "", "/": ""}  # fmt: skip
_TYPOGRAPHY = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))


def read_latex(text: str, path: str) -> list[Post]:
    """The one post of a LaTeX file; none where it has no text."""
    plain, codes = _set_code_apart(_PRIVATE.sub("\ufffd", text))
    plain = _COMMENT.sub(r"\1", _COMMENT_LINE.sub(_line_of_comment, plain))
    preamble, body, body_line = _split_document(plain)
    formulas = _Formulas(read_macros(plain))
    drafts = list(_Reader(formulas, codes, body_line).read(formulas.hide(body)))
    head = preamble if r"\title" in preamble else plain
    title = _argument_text(head, "title", formulas)
    if not drafts and not title:
        return []
    date = read_date(_argument_text(plain, "date", formulas)) if r"\date" in plain else UNDATED
    heading = next((draft.text for draft in drafts if draft.kind == "heading"), None)
    name = os.path.splitext(re.split(r"[/\\!]", path)[-1])[0]
    post_text, blocks = assemble(drafts)
    return [
        Post(
            title=title or heading or name or title_from_text(drafts),
            text=post_text,
            date=date,
            tags=_keywords(plain),
            blocks=blocks,
            occurrences=(Occurrence(path, 1, text.rstrip().count("\n") + 1),),
        )
    ]


def _line_of_comment(match: re.Match[str]) -> str:
    """What stays of a line of comment: nothing in a sentence, behind one the end of a paragraph."""
    before = match.string[max(0, match.start() - 3) : match.start()].rstrip()
    return "\n" if before[-1:] in tuple(".。!！?？:：;；}") else _FORMULA_LINE


def _set_code_apart(text: str) -> tuple[str, list[str]]:
    """The text with each listing as one word, its line breaks kept, and the listings."""
    codes: list[str] = []
    pieces: list[str] = []
    position = 0
    while begin := _CODE.search(text, position):
        end = f"\\end{{{begin[1]}}}"
        close = text.find(end, begin.end())
        if close < 0:
            break
        code = text[begin.end() : close]
        codes.append(code)
        pieces.append(text[position : begin.start()] + "\n" * begin.group().count("\n"))
        pieces.append(r"\begin{blogkit-code}" + "\n" * code.count("\n"))
        position = close + len(end)
    return "".join([*pieces, text[position:]]), codes


def _split_document(text: str) -> tuple[str, str, int]:
    """Preamble, body, and the line where the body begins; all is body where there is no other."""
    begin = text.find(r"\begin{document}")
    if begin < 0:
        return "", text, 1
    start = begin + len(r"\begin{document}")
    end = text.find(r"\end{document}", start)
    body = text[start : end if end >= 0 else len(text)]
    return text[:begin], body, text.count("\n", 0, start) + 1


def _keywords(text: str) -> tuple[str, ...]:
    match = re.search(r"\\keywords\s*\{([^{}]{0,500})\}", text)
    names = re.split(r"\s*[,，;；、]\s*", match[1].strip()) if match else []
    return tuple(dict.fromkeys(name for name in names if name))


class _Formulas:
    """The formulas of a text, kept apart from it while it is read.

    Each becomes one private character; there are more of these than a file has formulas.
    """

    def __init__(self, macros: dict[str, tuple[int, str]]) -> None:
        self._macros = macros
        self._endless = 0
        self._kept: list[str] = []

    def hide(self, text: str) -> str:
        """Text with each formula as one character, and one more for each line break in it."""
        pieces = []
        for span, is_math in split_at_math(text):
            piece = span.of(text)
            if is_math and len(self._kept) < _FORMULAS_KEPT:
                self._kept.append(self._expanded(piece.replace(_FORMULA_LINE, "")))
                shown = chr(_FIRST_FORMULA + len(self._kept) - 1)
                piece = shown + _FORMULA_LINE * _breaks(piece)
            pieces.append(piece)
        return "".join(pieces)

    def shown(self, text: str) -> str:
        """Hidden text with its formulas again."""
        return _HIDDEN.sub(lambda match: self._formula(match.group()), text)

    def _formula(self, char: str) -> str:
        return "" if char == _FORMULA_LINE else self._kept[ord(char) - _FIRST_FORMULA]

    def _expanded(self, formula: str) -> str:
        """A formula with its macros expanded; a file full of endless ones is soon left as it is."""
        if self._endless > _ENDLESS_FORMULAS:
            return formula
        expanded = expand_macros(formula, self._macros)
        self._endless += expanded is None
        return formula if expanded is None else expanded


def _argument_text(text: str, command: str, formulas: "_Formulas") -> str:
    """The plain text of a command's argument, formulas as they are written."""
    match = re.search(rf"\\{command}\s*(?:\[[^\[\]\n]*\])?\s*(?=\{{)", text)
    if not match:
        return ""
    inner = text[match.end() + 1 : closing_brace(text, match.end())]
    return " ".join(formulas.shown(_plain(formulas.hide(inner))).split())


def closing_brace(text: str, opening: int) -> int:
    """Offset of the brace that closes the one at opening; the text's end where none does."""
    level = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, opening):
        if match.group() == "{":
            level += 1
        elif match.group() == "}":
            level -= 1
            if level == 0:
                return match.start()
    return len(text)


@dataclass(slots=True)
class _Reader:
    """Reads the body, its formulas hidden, into drafts."""

    formulas: _Formulas
    codes: list[str]
    line: int
    _buffer: str = ""
    _buffer_line: int = 0
    _code_index: int = field(default=0)

    def read(self, body: str) -> Iterator[Draft]:
        """The blocks of the body, in order."""
        self._buffer_line = self.line
        position = 0
        while match := _STRUCTURE.search(body, position):
            self._take(body[position : match.start()])
            yield from self._flush()
            position = match.end()
            self._skip(match.group())
            if match["heading"] or match["caption"]:
                end = closing_brace(body, position)
                yield from self._titled(match, body[position + 1 : end])
                position = min(end + 1, len(body))
            elif match["environment"] is not None:
                yield from self._environment(match)
        self._take(body[position:])
        yield from self._flush()

    def _take(self, piece: str) -> None:
        self._buffer += piece

    def _skip(self, piece: str) -> None:
        self.line += _breaks(piece)
        self._buffer_line = self.line

    def _flush(self) -> Iterator[Draft]:
        raw, self._buffer = self._buffer, ""
        self.line += _breaks(raw)
        plain = _plain(raw)
        lead = plain[: len(plain) - len(plain.lstrip())]
        text = self.formulas.shown(plain.strip())
        shown = "\n".join(line.strip() for line in text.split("\n"))
        if shown.strip():
            yield Draft("paragraph", shown, self._buffer_line + _breaks(lead))
        self._buffer_line = self.line

    def _titled(self, match: re.Match[str], inner: str) -> Iterator[Draft]:
        text = " ".join(self.formulas.shown(_plain(inner)).split())
        kind: BlockKind = "caption" if match["caption"] else "heading"
        if text:
            yield Draft(kind, text, self.line, _LEVELS.get(match["heading"] or "", 0))
        self._skip(inner)

    def _environment(self, match: re.Match[str]) -> Iterator[Draft]:
        if match["environment"] == "blogkit-code" and self._code_index < len(self.codes):
            code = self.codes[self._code_index].rstrip()
            self._code_index += 1
            if code.strip():
                yield Draft("code", code, self.line)
        elif match["name"] and not re.fullmatch(r"[!htbpHc\d.,=\\a-z ]*", match["name"]):
            self._take(self.formulas.shown(match["name"]) + " ")


def _breaks(piece: str) -> int:
    return piece.count("\n") + piece.count(_FORMULA_LINE)


def _plain(text: str) -> str:
    """LaTeX prose as plain text, line for line; formulas are hidden in it."""
    pieces: list[str] = []
    position = 0
    while match := _COMMAND.search(text, position):
        pieces.append(text[position : match.start()])
        position = match.end()
        if match[2]:
            pieces.append(_CHARS.get(match[2], ""))
            continue
        name = match[1]
        if name in _REFERENCES and text[position : position + 1] == "{":
            end = min(closing_brace(text, position) + 1, len(text))
            written = f"\\{name}{text[position:end]}"
            pieces.append(written.replace("{", "\ue0f6").replace("}", "\ue0f7"))
            position = end
        elif name in _NO_TEXT or name in _DROPPED_ARGUMENT:
            start, position = position, _after_arguments(text, position, name in _NO_TEXT)
            if name.startswith("cite"):
                pieces[-1] = pieces[-1].rstrip("~ ")
            pieces.append("".join(c for c in text[start:position] if c in ("\n", _FORMULA_LINE)))
        else:
            pieces.append(_SYMBOLS.get(name, ""))
            option = _OPTION.match(text, position)
            position = option.end() if option and name not in _SYMBOLS else position
    pieces.append(text[position:])
    plain = "".join(pieces).replace("{", "").replace("}", "")
    for written, shown in _TYPOGRAPHY:
        plain = plain.replace(written, shown)
    return plain.replace("\ue0f6", "{").replace("\ue0f7", "}")


def _after_arguments(text: str, position: int, are_all: bool) -> int:
    """Where a command's arguments end: all of them, or its option and the first."""
    stream = re.compile(r"\d+").match(text, position)
    position = stream.end() if stream else position
    while True:
        option = _OPTION.match(text, position)
        if option:
            position = option.end()
            continue
        brace = re.compile(r"[ \t]*\{").match(text, position)
        if not brace:
            return position
        position = min(closing_brace(text, brace.end() - 1) + 1, len(text))
        if not are_all:
            return position
