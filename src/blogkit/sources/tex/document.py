r"""A LaTeX file as a post: title, date, abstract, sections and formulas; the rest plain text.

Its macros are expanded first, those of its project too, so that each formula can be searched and
drawn by itself.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from blogkit.posts import Occurrence, Post
from blogkit.sources.html.head import read_date
from blogkit.sources.reading import Draft, assemble, title_from_text
from blogkit.sources.tex.emphasis import without_ends
from blogkit.sources.tex.expansion import CODE_MARK, Follow, expand
from blogkit.sources.tex.hidden import PRIVATE, Hidden
from blogkit.sources.tex.holders import TexHolders
from blogkit.sources.tex.prose import after_arguments, plain_prose
from blogkit.sources.tex.state import State
from blogkit.sources.tex.stream import BREAK_MARK, breaks, closing_brace
from blogkit.spans import Span
from blogkit.text.dates import UNDATED
from blogkit.text.marks import Mark, find_marks, in_order

if TYPE_CHECKING:
    from blogkit.posts import BlockKind

_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4,
           "paragraph": 5, "subparagraph": 6, "frametitle": 3}  # fmt: skip
_STRUCTURE = re.compile(
    r"\n[ \t]*\n|\\(?P<heading>part|chapter|(?:sub){0,2}section|(?:sub)?paragraph|frametitle)\*?\s*"
    r"(?:\[[^\[\]\n]*\]\s*)?(?=\{)|\\(?P<caption>caption)\*?\s*(?:\[[^\[\]\n]*\]\s*)?(?=\{)"
    r"|\\(?P<frame>begin\s*\{frame\}(?:\[[^\[\]\n]*\])?)(?=\{)"
    r"|\\includegraphics\b\*?\s*(?P<options>(?:\[[^\[\]]{0,500}\]\s*)*)\{(?P<picture>[^{}\n]*)\}"
    r"|\\(?P<item>item)\b\s*|\\par\b\s*|\\(?P<which>begin|end)\s*\{(?P<environment>[^{}\n]*)\}"
    r"(?:\[(?P<name>[^\[\]\n]*)\])?"
)
_ENVIRONMENT_ARGUMENTS = {
    "tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "tabu": 1, "longtable": 1,
    "longtabu": 1, "xltabular": 2, "supertabular": 1, "array": 1, "tblr": 1, "longtblr": 1,
    "NiceTabular": 1, "minipage": 1, "multicols": 1, "multicols*": 1, "wrapfigure": 2,
    "wraptable": 2, "adjustbox": 1, "thebibliography": 1, "list": 2, "spacing": 1, "column": 1,
    "subfigure": 1, "subtable": 1, "CJK": 2, "CJK*": 2, "otherlanguage": 1, "textblock": 1,
    "adjustwidth": 2, "varwidth": 1, "subcaptionblock": 1, "threeparttable": 0, "tcolorbox": 0,
    "mdframed": 0, "algorithm": 0, "algorithmic": 0, "lrbox": 1, "savenotes": 0,
}  # fmt: skip
"""Environments whose first arguments are no text: columns, widths."""
_GRAPHICS_PATH = re.compile(r"\\graphicspath\s*\{\s*\{\s*([^{}\n]*?)/?\s*\}")
_ALT = re.compile(r"(?:^|[\[,])\s*alt\s*=\s*(?:\{([^{}]*)\}|([^,\]]*))")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_FIGURE_END = "|"
_FIGURE = re.compile(r"pc|cp(?!c)|[^|]")
_OPTIONS_ONLY = re.compile(r"[!htbpHc\d.,=\\a-z ]*|[A-Za-z@-]+\s*=.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TexFile:
    """What a LaTeX file holds."""

    posts: tuple[Post, ...]
    """Its one post; none where it has no text of its own."""
    is_frame: bool
    """Whether it has no text because it only puts other files together."""


def read_latex(
    text: str, path: str, state: State | None = None, follow: Follow | None = None
) -> TexFile:
    """The one post of a LaTeX file; none where it has no text.

    Args:
        text: the file.
        path: its name, by which places are told.
        state: what its project knows where it begins.
        follow: reads the files that it names for what they define.
    """
    state = state or State()
    hidden = Hidden()
    codes: list[str] = []
    names: list[str] = []

    def noted(name: str, ending: str, at: State) -> None:
        if ending == ".tex":
            names.append(name)
        if follow is not None:
            follow(name, ending, at)

    plain = expand(PRIVATE.sub("\ufffd", text), state, hidden=hidden, codes=codes, follow=noted)
    preamble, body, body_line = _split_document(plain)
    prose = _Prose(hidden, state.is_german)
    folder = _GRAPHICS_PATH.search(plain)
    reader = _Reader(prose, codes, body_line, folder[1] if folder else "")
    drafts = list(reader.read(hidden.hide_math(body)))
    head = preamble if r"\title" in preamble else plain
    if not drafts or (names and all(draft.kind == "heading" for draft in drafts)):
        return TexFile((), is_frame=bool(names) and bool(drafts or preamble))
    title = _argument_text(head, "title", prose)
    date = read_date(_argument_text(plain, "date", prose)) if r"\date" in plain else UNDATED
    heading = next((draft.text for draft in drafts if draft.kind == "heading"), None)
    name = os.path.splitext(re.split(r"[/\\!]", path)[-1])[0]
    post_text, blocks = assemble(drafts)
    post = Post(
        title=title or heading or name or title_from_text(drafts),
        text=post_text,
        date=date,
        tags=_keywords(plain),
        blocks=blocks,
        occurrences=(Occurrence(path, 1, text.rstrip().count("\n") + 1),),
    )
    return TexFile((post,), is_frame=False)


@dataclass(frozen=True, slots=True)
class _Prose:
    """Makes what stands between formulas plain text."""

    hidden: Hidden
    """The formulas."""
    is_german: bool
    """Whether the project has German's shorthands."""

    def plain(self, text: str) -> str:
        """Plain text, formulas still hidden."""
        return plain_prose(text, is_german=self.is_german)

    def shown(self, text: str) -> str:
        """Plain text on one line, formulas as they are written."""
        return self.marked(text)[0]

    def marked(self, text: str) -> tuple[str, tuple[Mark, ...]]:
        """The same, and its emphasis."""
        return without_ends(" ".join(self.hidden.shown(self.plain(text)).split()))


def _split_document(text: str) -> tuple[str, str, int]:
    """Preamble, body, and the line where the body begins; all is body where there is no other."""
    begin = text.find(r"\begin{document}")
    if begin < 0:
        return "", text, 1
    start = begin + len(r"\begin{document}")
    end = text.find(r"\end{document}", start)
    body = text[start : end if end >= 0 else len(text)]
    return text[:begin], body, breaks(text[:start]) + 1


def _keywords(text: str) -> tuple[str, ...]:
    match = re.search(r"\\keywords\s*\{([^{}]{0,500})\}", text)
    names = re.split(r"\s*[,，;；、]\s*", match[1].strip()) if match else []
    return tuple(dict.fromkeys(name for name in names if name))


def _argument_text(text: str, command: str, prose: _Prose) -> str:
    """The plain text of a command's argument, formulas as they are written."""
    match = re.search(rf"\\{command}\s*(?:\[[^\[\]\n]*\]\s*)?(?=\{{)", text)
    if not match:
        return ""
    inner = text[match.end() + 1 : closing_brace(text, match.end())]
    return prose.shown(prose.hidden.hide_math(inner))


def _labelled(draft: Draft, labels: list[str]) -> Draft:
    """A heading or caption with the labels that stand at it, each as a mark of all its words."""
    if draft.kind not in ("heading", "caption") or not draft.text:
        return draft
    whole = Span(0, len(draft.text))
    marks = (Mark("plain", whole, whole, label.strip()) for label in labels)
    return replace(draft, marks=(*marks, *draft.marks))


def _with_captions(drafts: list[Draft]) -> Iterator[Draft]:
    """Blocks whose pictures have their captions: the one behind a picture, else the one before."""
    kinds = "".join(map(_sign, drafts))
    for match in _FIGURE.finditer(kinds):
        draft, *picture = sorted(
            drafts[match.start() : match.end()], key=lambda draft: bool(draft.info)
        )
        yield replace(draft, info=picture[0].info) if picture else draft


def _sign(draft: Draft) -> str:
    """A letter for what a block is: picture, caption without one, end of a figure, other."""
    if draft.kind != "caption":
        return "o"
    if not draft.text and not draft.info:
        return _FIGURE_END
    return "p" if draft.info else "c"


@dataclass(slots=True)
class _Reader:
    """Reads the body, its formulas hidden, into drafts."""

    prose: _Prose
    codes: list[str]
    line: int
    folder: str
    _buffer: str = ""
    _buffer_line: int = 0
    _code_index: int = field(default=0)
    _held: TexHolders = field(default_factory=TexHolders)
    _pictures: list[Draft] = field(default_factory=list)
    _read: list[Draft] = field(default_factory=list)

    def read(self, body: str) -> Iterator[Draft]:
        """The blocks of the body, in order, each in the lists and quotations around it."""
        for draft in self._blocks(body):
            self._read.append(replace(draft, holders=self._held.now()))
        return _with_captions(self._read)

    def _blocks(self, body: str) -> Iterator[Draft]:
        self._buffer_line = self.line
        position = 0
        while match := _STRUCTURE.search(body, position):
            self._take(body[position : match.start()])
            if match["picture"] is not None:
                self._add_picture(match)
                position = match.end()
                continue
            yield from self._flush()
            self._held.follow(match["which"], match["environment"], is_item=bool(match["item"]))
            position = match.end()
            self._skip(match.group())
            if match["heading"] or match["caption"] or match["frame"]:
                end = closing_brace(body, position) or len(body)
                yield from self._titled(match, body[position + 1 : end])
                position = min(end + 1, len(body))
            elif match["environment"] is not None:
                yield from self._environment(match)
                position = self._arguments_passed(body, match)
        self._take(body[position:])
        yield from self._flush()

    def _take(self, piece: str) -> None:
        self._buffer += piece

    def _skip(self, piece: str) -> None:
        self.line += breaks(piece)
        self._buffer_line = self.line

    def _add_picture(self, match: re.Match[str]) -> None:
        """A picture; it stands behind the paragraph that it is in, whose text is not cut."""
        name = match["picture"].strip().strip('"')
        address = f"{self.folder}//{name}" if self.folder and name[:1] != "/" else name
        alt = _ALT.search(match["options"])
        words = self.prose.shown((alt[1] or alt[2] or "").strip()) if alt else ""
        line = self.line + breaks(self._buffer)
        if name:
            self._pictures.append(Draft("caption", words, line, info=address, flows=True))
        self._take("".join(c for c in match[0] if c in ("\n", BREAK_MARK)))

    def _flush(self) -> Iterator[Draft]:
        raw, self._buffer = self._buffer, ""
        if self._read and (labels := _LABEL.findall(raw)):
            self._read[-1] = _labelled(self._read[-1], labels)
        self.line += breaks(raw)
        plain = self.prose.plain(raw)
        lead = plain[: len(plain) - len(plain.lstrip(f" \t\n{BREAK_MARK}"))]
        text = self.prose.hidden.shown(plain[len(lead) :])
        shown, emphasis = without_ends("\n".join(line.strip() for line in text.split("\n")).strip())
        if shown.strip():
            code = (mark for mark in find_marks(shown) if mark.kind == "code")
            line = self._buffer_line + breaks(lead)
            marks = in_order((*code, *emphasis))
            yield Draft("paragraph", shown, line, marks=marks, flows=True)
        yield from self._pictures
        self._pictures.clear()
        self._buffer_line = self.line

    def _titled(self, match: re.Match[str], inner: str) -> Iterator[Draft]:
        text, marks = self.prose.marked(inner)
        kind: BlockKind = "caption" if match["caption"] else "heading"
        level = 0 if match["caption"] else _LEVELS[match["heading"] or "frametitle"]
        if text:
            draft = Draft(kind, text, self.line, level, marks=marks, flows=True)
            yield _labelled(draft, _LABEL.findall(inner))
        self._skip(inner)

    def _environment(self, match: re.Match[str]) -> Iterator[Draft]:
        if match["environment"] == CODE_MARK and self._code_index < len(self.codes):
            code = self.codes[self._code_index].rstrip()
            self._code_index += 1
            if code.strip():
                yield Draft("code", code, self.line)
        elif (match["environment"] or "").rstrip("*").endswith("figure"):
            yield Draft("caption", "", self.line)
        elif match["name"] and not _OPTIONS_ONLY.fullmatch(match["name"]):
            self._take(self.prose.hidden.shown(match["name"]) + " ")

    def _arguments_passed(self, body: str, match: re.Match[str]) -> int:
        """Where the text of an environment begins, behind its columns and widths."""
        taken = _ENVIRONMENT_ARGUMENTS.get(match["environment"] or "")
        if taken is None or match["which"] == "end":
            return match.end()
        end = after_arguments(body, match.end(), taken)
        self._skip(body[match.end() : end])
        return end
