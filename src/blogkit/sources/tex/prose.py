"""LaTeX's prose as plain text: commands, accents, quotes, dashes."""

import re
import unicodedata

from blogkit.sources.elements import name_set
from blogkit.sources.tex.emphasis import with_ends
from blogkit.sources.tex.stream import BREAK_MARK, closing_brace

_NO_TEXT = name_set(
    """
    label cite citep citet citealp citeauthor nocite bibliography bibliographystyle
    includegraphics vspace hspace vskip hskip setlength addtolength
    pagestyle thispagestyle setcounter addtocounter hypersetup graphicspath newtheorem
    theoremstyle definecolor colorlet geometry index write18 immediate author affil
    institute email address thanks title subtitle date maketitle tableofcontents color
    selectlanguage
    bibitem captionsetup lstset linespread keywords write openout
    phantomsection addcontentsline footnotemark includeonly lstinputlisting verbatiminput
    inputminted usetikzlibrary tikzset pgfplotsset pgfkeys setmainfont setCJKmainfont setsansfont
    setmonofont ctexset titleformat titlespacing fancyhf fancyhead fancyfoot rhead lhead chead
    markboth markright cline cmidrule vphantom hphantom phantom rowcolor columncolor cellcolor
    arrayrulecolor newcounter newlength numberwithin allowdisplaybreaks stepcounter refstepcounter
    addbibresource printbibliography makeglossaries printglossaries printglossary glsresetall
    setglossarystyle glsaddall hyphenation usetheme usecolortheme setbeamertemplate
    crefname Crefname AtBeginDocument renewcommand newcommand providecommand newenvironment
    renewenvironment DeclareMathOperator DeclarePairedDelimiter def let captionof
    parencite textcite autocite footcite
    """
)
_DROPPED_ARGUMENTS = {
    "textcolor": 1, "fontsize": 1, "parbox": 1, "raisebox": 1, "resizebox": 2,
    "multicolumn": 2, "multirow": 2, "scalebox": 1, "rotatebox": 1, "colorbox": 1, "fcolorbox": 2,
    "hyperref": 0, "setlist": 1, "adjustbox": 1, "foreignlanguage": 1,
    "makebox": 0, "framebox": 0,
}  # fmt: skip
"""Commands whose first arguments are no text, with how many; the next one is."""
_REFERENCES = ("ref", "eqref", "autoref", "cref", "Cref", "pageref")
_COMMAND = re.compile(r"\\([A-Za-z@]+)\*?[ \t]*|\\([^A-Za-z])")
_OPTION = re.compile(r"\s*\[[^\[\]\n]{0,300}\]")
_SYMBOLS = {
    "footnote": " ", "ldots": "…", "dots": "…", "textellipsis": "…", "cdots": "…",
    "LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "XeLaTeX": "XeLaTeX", "BibTeX": "BibTeX",
    "textbackslash": "\\", "quad": " ", "qquad": " ", "S": "§", "P": "¶", "copyright": "©",
    "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£",
    "textasciitilde": "~", "textasciicircum": "^", "newline": " ", "linebreak": " ",
    "textbar": "|", "textless": "<", "textgreater": ">", "textunderscore": "_", "textbullet": "•",
    "textdegree": "°", "textperiodcentered": "·", "slash": "/", "og": "« ", "fg": " »",
    "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "glq": "‚", "grq": "‘", "lq": "‘",
    "rq": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
    "textquoteright": "’", "textendash": "–", "textemdash": "—", "ss": "ß", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı",
    "j": "ȷ", "xspace": " ", "par": " ",
}  # fmt: skip
_CHARS = {"\\": " ", "%": "%", "&": "\ue0f8", "#": "#", "_": "_", "{": "{", "}": "}", "$": r"\$",
          " ": " ", ",": " ", ";": " ", "\n": "\n", "-": "", "/": ""}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328",
    "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
"""Accents by the command that sets them, as the character that Unicode puts behind a letter."""
_ACCENTED = re.compile(
    r"""\\(?:(?P<mark>['`^"~=.])|(?P<name>[uvHckrdb])(?![A-Za-z]))[ \t]*"""
    r"(?:\{\s*(?:\\?(?P<braced>[A-Za-z]))\s*\}|\\(?P<dotless>[ij])(?![A-Za-z])\s?|(?P<bare>[A-Za-z]))"
)
_GERMAN = re.compile(r'"([aouAOUsz`\'=~-])')
_GERMAN_LETTERS = {"s": "ß", "z": "ß", "`": "„", "'": "“", "=": "-", "~": "-", "-": ""}
_GERMAN_QUOTES = re.compile(r'"[`‘]([^"\n]{0,500})"\'')
_SINGLE_QUOTES = re.compile(r"‘([^‘’\n]{1,200}?)'(?![A-Za-z])")
_TYPOGRAPHY = (("---", "—"), ("--", "–"), ("''", "”"), ("~", " "))
_CELLS = re.compile(r"(?<![ \t])[ \t]*&[ \t]*")
_STREAM = re.compile(r"\d+")
_BRACE = re.compile(r"[ \t]*\{")


def plain_prose(text: str, *, is_german: bool = False) -> str:
    r"""LaTeX's prose as plain text, line for line; formulas and code are hidden in it.

    Where emphasis begins and ends is one character each (``tex.emphasis``).

    >>> plain_prose(r"Erd\H{o}s said: ``50\,\% of it''---not {all}.")
    'Erdős said: “50 % of it”—not all.'
    """
    text = with_ends(text).replace("``", "“")
    text = _ACCENTED.sub(_with_accent, text)
    text = _GERMAN_QUOTES.sub(r"„\1“", text)
    if is_german:
        text = _GERMAN.sub(_german_letter, text)
    plain = _CELLS.sub(" | ", _without_commands(text)).replace("\ue0f8", "&")
    for written, shown in _TYPOGRAPHY:
        plain = plain.replace(written, shown)
    plain = _SINGLE_QUOTES.sub(r"‘\1’", plain)
    return plain.replace("\ue0f6", "{").replace("\ue0f7", "}")


def _with_accent(match: re.Match[str]) -> str:
    letter = match["braced"] or match["dotless"] or match["bare"]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["mark"] or match["name"]])


def _german_letter(match: re.Match[str]) -> str:
    letter = match[1]
    if letter in _GERMAN_LETTERS:
        return _GERMAN_LETTERS[letter]
    return unicodedata.normalize("NFC", letter + "\u0308")


def _without_commands(text: str) -> str:
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
            end = (closing_brace(text, position) or len(text) - 1) + 1
            written = f"\\{name}{text[position:end]}"
            pieces.append(written.replace("{", "\ue0f6").replace("}", "\ue0f7"))
            position = end
        elif name in _NO_TEXT or name in _DROPPED_ARGUMENTS:
            start, position = (
                position,
                after_arguments(text, position, _DROPPED_ARGUMENTS.get(name)),
            )
            if name.startswith("cite"):
                pieces[-1] = pieces[-1].rstrip("~ ")
            pieces.append("".join(c for c in text[start:position] if c in ("\n", BREAK_MARK)))
        else:
            pieces.append(_SYMBOLS.get(name, ""))
            option = _OPTION.match(text, position)
            position = option.end() if option and name not in _SYMBOLS else position
    pieces.append(text[position:])
    return "".join(pieces).replace("{", "").replace("}", "")


def after_arguments(text: str, position: int, most: int | None) -> int:
    """Where a command's arguments end.

    Args:
        text: in which it stands.
        position: where its name ends.
        most: how many groups it takes; None for all that follow. Options are passed over besides.
    """
    stream = _STREAM.match(text, position)
    position = stream.end() if stream else position
    taken = 0
    while True:
        option = _OPTION.match(text, position)
        if option:
            position = option.end()
            continue
        brace = _BRACE.match(text, position)
        if not brace or taken == most:
            return position
        end = closing_brace(text, brace.end() - 1)
        position = len(text) if end is None else end + 1
        taken += 1
