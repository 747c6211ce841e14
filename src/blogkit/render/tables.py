r"""Drawing rows and columns: matrices, cases, aligned lines, arrays with rules."""

from blogkit.latex import nodes
from blogkit.latex.classes import class_of
from blogkit.render.boxes import EMPTY, Box, above, beside, line, spaces, widened
from blogkit.render.fractions import fenced
from blogkit.render.glyphs import shown_text
from blogkit.render.painter import Painter, draws
from blogkit.render.settings import Setting, in_display, in_script, in_text

_ALIGNED = """
align align* aligned alignedat alignat alignat* flalign flalign* split xalignat xalignat* gather
gather* gathered multline multline* multlined eqnarray eqnarray* \\eqalign \\eqalignno
\\displaylines
"""
ALIGNED = frozenset(_ALIGNED.split())
"""Environments whose rows are lines of a display."""

_FENCES = {
    "p": ("(", ")"),
    "b": ("[", "]"),
    "B": ("{", "}"),
    "v": ("|", "|"),
    "V": ("‖", "‖"),
    "\\p": ("(", ")"),
}
_LEFT_BRACED = frozenset(
    {"cases", "dcases", "cases*", "dcases*", "\\cases", "numcases", "subnumcases"}
)
_RIGHT_BRACED = frozenset({"rcases", "drcases"})
MULTLINE = frozenset({"multline", "multline*", "multlined"})
_SMALL = frozenset({"\\substack", "subarray"})


def fences(environment: str) -> tuple[str, str]:
    """The delimiters around an environment.

    >>> fences("bmatrix"), fences("cases"), fences("aligned")
    (('[', ']'), ('{', ''), ('', ''))
    """
    if environment in _LEFT_BRACED:
        return "{", ""
    if environment in _RIGHT_BRACED:
        return "", "}"
    kind, found, _ = environment.replace("small", "").partition("matrix")
    return _FENCES.get(kind, ("", "")) if found else ("", "")


@draws(nodes.ArrayRow)
def _array_row(painter: Painter, node: nodes.ArrayRow, setting: Setting) -> Box:
    parts: list[Box] = []
    for cell in node.cells:
        parts += [painter.row(cell, setting), spaces(2)]
    return beside(parts[:-1])


@draws(nodes.Array)
def _array(painter: Painter, node: nodes.Array, setting: Setting) -> Box:
    body = _centred(_body(painter, node, setting))
    left, right = fences(node.environment)
    box = fenced(painter, left, body, right) if left or right else body
    if node.environment in ("numcases", "subnumcases"):
        return beside([painter.sign(shown_text(node.argument[1:-1])), box])
    return box


def _cell_setting(node: nodes.Array, setting: Setting) -> Setting:
    if node.environment in _SMALL:
        return in_script(setting)
    display = node.environment in ALIGNED or node.environment[:1] == "d"
    return in_display(setting) if display and not setting.script else in_text(setting)


def _body(painter: Painter, node: nodes.Array, setting: Setting) -> Box:
    its = _cell_setting(node, setting)
    rows: list[list[Box]] = []
    for row in node.rows:
        cells: list[Box] = []
        for column, cell in enumerate(row.cells):
            after = _goes_on(node, len(rows), column)
            box = painter.row(cell, its, after_atom=after)
            cells.append(beside([box, spaces(1)]) if _is_open_ended(node, cell) else box)
        rows.append(cells)
    return _Grid(node, rows, ascii=painter.ascii).box()


def _goes_on(node: nodes.Array, row: int, column: int) -> bool:
    """Whether a cell begins in the middle of a formula, so that a plus in front of it adds."""
    if node.environment in MULTLINE:
        return row > 0
    return node.environment in ALIGNED and node.alignment(column) != "r" and column > 0


def _is_open_ended(node: nodes.Array, cell: nodes.Row) -> bool:
    """Whether a cell ends with a relation, as in `a =& b`, and the next begins right after it."""
    return node.environment in ALIGNED and bool(cell.items) and class_of(cell.items[-1]) == "rel"


def _centred(box: Box) -> Box:
    """A box whose middle line is level with the baseline, as TeX centres on the axis."""
    level = box.height // 2
    return Box(box.lines, level, box.width, level, box.height - 1 - level)


class _Grid:
    """Cells that are drawn, put in rows and columns."""

    def __init__(self, node: nodes.Array, rows: list[list[Box]], *, ascii: bool) -> None:
        self.node = node
        self.rows = rows
        self.ascii = ascii
        count = max((len(row) for row in rows), default=0)
        self.widths = [0] * count
        for row in rows:
            for column, cell in enumerate(row):
                self.widths[column] = max(self.widths[column], cell.width)
        self.gaps = [self._gap(column) for column in range(count + 1)]

    def box(self) -> Box:
        """All of it, one line or more for each row."""
        lines = [self._row(row, self._alignments(index)) for index, row in enumerate(self.rows)]
        lines = lines or [EMPTY]
        airy = self._airy(lines)
        parts: list[Box] = []
        for index, (row, box) in enumerate(zip(self.node.rows, lines, strict=False)):
            if row.lines:
                parts.append(self._rule("├┼┤" if index else "┌┬┐"))
            elif index and airy:
                parts.append(self._row([], self._alignments(index)))
            parts.append(box)
        if self.node.lines_below:
            parts.append(self._rule("└┴┘"))
        return above(parts or lines, 0, align="l")

    def _airy(self, lines: list[Box]) -> bool:
        """Whether rows need a blank line between them to be told apart."""
        if self.node.environment in _LEFT_BRACED | _RIGHT_BRACED and len(lines) == 2:
            return True
        return any(box.height > 1 for box in lines)

    def _alignments(self, row: int) -> str:
        """How the cells of a row are aligned; a multline goes from the left to the right."""
        if self.node.environment in MULTLINE and len(self.rows) > 1:
            return "l" if row == 0 else "r" if row == len(self.rows) - 1 else "c"
        return "".join([self.node.alignment(column) for column in range(len(self.widths))])

    def _row(self, cells: list[Box], alignments: str) -> Box:
        """Cells side by side; vertical rules run through all lines of the row."""
        padded = [
            widened(cells[column] if column < len(cells) else EMPTY, width, align)
            for column, (width, align) in enumerate(zip(self.widths, alignments, strict=True))
        ]
        if not padded:
            return EMPTY
        whole = beside(padded)
        parts = [_repeated(self.gaps[0], whole)]
        for cell, gap in zip(padded, self.gaps[1:], strict=True):
            parts += [cell, _repeated(gap, whole)]
        return beside(parts)

    def _gap(self, column: int) -> Box:
        """What stands before a column: blanks, and a rule where the array declares one."""
        rules = self.node.rules
        count = rules[column] if column < len(rules) else 0
        inner = 0 < column < len(self.widths)
        if count:
            blank, bar = " " if self.widths else "", "|" if self.ascii else "│"
            return line(f"{blank * (column > 0)}{bar * count}{blank * (column < len(self.widths))}")
        return spaces(self._columns_between(column)) if inner else EMPTY

    def _columns_between(self, column: int) -> int:
        name = self.node.environment
        if name in ALIGNED and not name.startswith("eqnarray"):
            return 4 if column % 2 == 0 else 0
        if name.startswith("eqnarray"):
            return 1
        return 3 if fences(name)[0] == "{" else 2

    def _rule_places(self) -> set[int]:
        """Columns of the picture where a vertical rule stands."""
        places: set[int] = set()
        start = 0
        for column, gap in enumerate(self.gaps):
            text = gap.lines[0]
            places.update(start + index for index, char in enumerate(text) if char in "│|")
            start += gap.width + (self.widths[column] if column < len(self.widths) else 0)
        return places

    def _rule(self, crossings: str) -> Box:
        """A horizontal rule, with crossings where vertical ones pass: at its ends and between."""
        width = sum(self.widths) + sum(gap.width for gap in self.gaps)
        marks = ["-" if self.ascii else "─"] * width
        for place in self._rule_places():
            end = 0 if place == 0 else 2 if place == width - 1 else 1
            marks[place] = "+" if self.ascii else crossings[end]
        return line("".join(marks))


def _repeated(gap: Box, row: Box) -> Box:
    """What stands between columns, on every line of a row."""
    return Box(gap.lines * row.height, row.baseline, gap.width, 0, 0)
