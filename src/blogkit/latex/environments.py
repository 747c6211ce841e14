r"""The table of environments: which have columns, how those are aligned, what they take.

Kept apart from the parser so that a renderer, and the reference in `docs/formulas.md`, read the
same facts. Columns are as in amsmath's documentation and the LaTeX book. Imports nothing of
blogkit.
"""

from __future__ import annotations

from blogkit.results.records import record


@record
class EnvironmentSpec:
    """What the parser and the reference know of an environment."""

    name: str
    """As in `\\begin{name}`."""
    arguments: str
    """As in `commands`: `q` a choice in [brackets], `r` in braces."""
    columns: str
    """Alignment of the columns, repeated; nothing where there are no columns to align."""
    max_columns: int
    """How many columns TeX allows; 0 for any number."""
    doc: str
    """One line of what it does."""


def _spec(
    names: str, arguments: str, columns: str, max_columns: int, doc: str
) -> list[EnvironmentSpec]:
    return [EnvironmentSpec(name, arguments, columns, max_columns, doc) for name in names.split()]


def _table() -> dict[str, EnvironmentSpec]:
    matrices = "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix"
    small = "smallmatrix psmallmatrix bsmallmatrix Bsmallmatrix vsmallmatrix Vsmallmatrix"
    starred = " ".join(f"{name}*" for name in f"{matrices} {small}".split())
    specs = (
        _spec("equation equation* displaymath math", "", "", 1, "one formula"),
        _spec("align align* flalign flalign*", "", "rl", 0, "lines aligned at &, numbered"),
        _spec(
            "alignat alignat* xalignat xalignat*", "r", "rl", -1, "aligned, {n} pairs of columns"
        ),
        _spec("eqnarray eqnarray*", "", "rcl", 3, "LaTeX's old alignment at a relation"),
        _spec("gather gather*", "", "c", 1, "centred lines"),
        _spec("multline multline*", "", "c", 1, "one formula over several lines"),
        _spec("split", "", "rl", 2, "one formula over several lines, aligned at &"),
        _spec("aligned", "q", "rl", 0, "lines aligned at &, within a formula"),
        _spec("alignedat", "qr", "rl", -1, "aligned, {n} pairs, within a formula"),
        _spec("gathered", "q", "c", 1, "centred lines within a formula"),
        _spec("multlined", "q", "c", 1, "one part of a formula over several lines"),
        _spec("cases dcases rcases drcases cases* dcases*", "", "l", 0, "cases at a brace"),
        _spec("numcases subnumcases", "r", "l", 0, "numbered cases"),
        _spec("array darray tabular", "qr", "c", 0, "rows and columns: {l|cr}"),
        _spec(matrices, "", "c", 0, "matrix between the delimiters of its name"),
        _spec(small, "", "c", 0, "small matrix within a line"),
        _spec(starred, "q", "c", 0, "matrix with its columns aligned [r]"),
        _spec("subarray", "r", "c", 0, "lines of scripts: {c}"),
        _spec("CD", "", "c", 0, "commutative diagram of amscd: @>f>> @VVgV @= @|"),
        _spec("dgather dmath dmath*", "", "", 1, "breqn's display"),
        _spec("subequations", "", "", 1, "equations numbered together"),
        _spec("center small large", "", "", 1, "set apart from the text"),
    )
    return {spec.name: spec for group in specs for spec in group}


ENVIRONMENTS: dict[str, EnvironmentSpec] = _table()
"""Name -> environment, in the order of the reference."""

_DIAGRAMS = """
tikzcd tikzpicture picture xy pspicture psmatrix circuitikz forest prooftree asy
"""
DIAGRAMS = frozenset(_DIAGRAMS.split())
"""Environments of drawing languages, which are no math: they are kept as they are written."""

COMMAND_COLUMNS: dict[str, str] = {
    "\\substack": "c",
    "\\matrix": "c",
    "\\pmatrix": "c",
    "\\cases": "l",
    "\\eqalign": "rl",
    "\\eqalignno": "rl",
    "\\displaylines": "c",
}
"""Commands whose argument has rows and columns -> their alignment."""


def read_columns(preamble: str) -> tuple[str, tuple[int, ...], str]:
    r"""Alignment letters and rules of a column specification, and what in it is not understood.

    >>> read_columns("l|c@{\\,}r|")
    ('lcr', (0, 1, 0, 1), '')
    """
    letters: list[str] = []
    rules = [0]
    bad = ""
    position = 0
    preamble = _unfold(preamble)
    while position < len(preamble):
        char = preamble[position]
        position += 1
        if char in "lcrpmbX":
            letters.append(char if char in "lcr" else "l")
            rules.append(0)
            if char in "pmb":
                position = _after_group(preamble, position)
        elif char in "|:":
            rules[-1] += 1
        elif char in "@!><":
            position = _after_group(preamble, position)
        elif not char.isspace():
            bad = bad or char
    return "".join(letters), tuple(rules), bad


def _unfold(preamble: str) -> str:
    """`*{3}{c}` written out; no more than a hundred columns."""
    while "*{" in preamble:
        before, _, rest = preamble.partition("*{")
        count, _, rest = rest.partition("}")
        end = _after_group(rest, 0)
        body = rest[1 : end - 1] if rest.startswith("{") else ""
        times = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 1
        if len(body) * times > 100 or "*{" in body:
            times = 1
            body = body.replace("*{", "")
        preamble = before + body * times + rest[end if rest.startswith("{") else 0 :]
    return preamble


def _after_group(text: str, position: int) -> int:
    """The place after a group in braces that starts at position; position where none does."""
    if text[position : position + 1] != "{":
        return position
    level = 0
    for index in range(position, len(text)):
        level += (text[index] == "{") - (text[index] == "}")
        if level == 0:
            return index + 1
    return len(text)
