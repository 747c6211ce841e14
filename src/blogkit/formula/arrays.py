r"""Rows and columns: matrices, cases, aligned lines.

It exists because `array` alone says nothing: brackets and content decide. Lines that begin with a
relation go on with the line before, so a derivation is one chain. Imports the tree and context.
"""

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.brackets import match_brackets
from blogkit.formula.context import Context
from blogkit.formula.lexing import lex
from blogkit.formula.tokens import Token
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import OTHERWISE

_MATRICES = frozenset(
    [
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "psmallmatrix",
        "bsmallmatrix",
    ]
)
_CASES = frozenset(["cases", "dcases", "rcases", "drcases", "numcases"])


def read_array(context: Context, array: latex.Array) -> Tree:
    """An array by its environment."""
    name = array.environment.rstrip("*").lstrip("\\")
    if name in _MATRICES:
        matrix = read_matrix(context, array)
        if name == "vmatrix":
            return t.Apply("determinant", (matrix,), span=array.span)
        return t.Apply("norm", (matrix,), span=array.span) if name == "Vmatrix" else matrix
    if name in _CASES:
        return read_cases(context, array)
    if name in ("array", "subarray"):
        return read_matrix(context, array)
    return read_lines(context, array)


def read_matrix(context: Context, array: latex.Array) -> Tree:
    """Each cell on its own."""
    rows = tuple(
        tuple(_cell(context, cell) for cell in row.cells)
        for row in array.rows
        if any(cell.items for cell in row.cells)
    )
    return t.Matrix(rows, span=array.span)


def _cell(context: Context, cell: latex.Row) -> Tree:
    tokens = match_brackets(lex(cell.items))
    return context.read_tokens(tokens) if tokens else t.Blank(span=cell.span)


def read_cases(context: Context, array: latex.Array) -> Tree:
    """Value and condition of each row; a brace around plain equations is a system."""
    rows = [row for row in array.rows if any(cell.items for cell in row.cells)]
    if rows and all(len([c for c in row.cells if c.items]) < 2 for row in rows):
        parted = [_parted(row.cells) for row in rows]
        if not any(condition for _, condition in parted):
            return _system(context, [value for value, _ in parted], array)
        return t.Cases(tuple(_branch(context, *pair) for pair in parted), span=array.span)
    branches = tuple(
        _branch(context, lex(row.cells[0].items), _joined(row.cells[1:])) for row in rows
    )
    return t.Cases(branches, span=array.span)


def _parted(cells: tuple[latex.Row, ...]) -> tuple[list[Token], list[Token]]:
    """A branch without `&`: the condition starts at a gap or words."""
    tokens = _joined(cells)
    for index, token in enumerate(tokens):
        if token.kind in ("gap", "text") and index:
            return tokens[:index], tokens[index:]
    return tokens, []


def _joined(cells: tuple[latex.Row, ...]) -> list[Token]:
    return [token for cell in cells for token in lex(cell.items)]


def _branch(
    context: Context, value: list[Token], condition: list[Token]
) -> tuple[Tree, Tree | None]:
    body = context.read_tokens(match_brackets(_trimmed(value)))
    condition = _trimmed(condition)
    while condition and condition[0].kind in ("text", "word") and _is_if(condition[0]):
        condition = condition[1:]
    if not condition or (len(condition) == 1 and _is_otherwise(condition[0])):
        return body, None
    return body, context.read_tokens(match_brackets(condition))


def _is_if(token: Token) -> bool:
    return token.text.lower().strip(" :,.") in ("if", "for", "when", "as", "若", "当", "如果")


def _is_otherwise(token: Token) -> bool:
    return token.text.lower().strip(" :,.。，") in OTHERWISE


def _trimmed(tokens: list[Token]) -> list[Token]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].kind in ("gap", "comma", "semicolon"):
        start += 1
    while start < end and (
        tokens[end - 1].kind in ("gap", "comma", "semicolon") or tokens[end - 1].text == "."
    ):
        end -= 1
    return tokens[start:end]


def read_lines(context: Context, array: latex.Array) -> Tree:
    """Aligned lines: a chain where lines go on, else a system."""
    lines: list[list[Token]] = []
    balance = 0
    for row in array.rows:
        tokens = _joined(row.cells)
        if not tokens:
            continue
        aligned = len(row.cells) > 1 and not row.cells[0].items
        if lines and (balance > 0 or _goes_on(lines[-1], tokens, aligned)):
            _trim_end(lines[-1])
            lines[-1].extend(tokens)
        else:
            lines.append(tokens)
            balance = 0
        balance += sum((x.kind == "open") - (x.kind == "close") for x in tokens)
    return _system(context, lines, array)


def _system(context: Context, lines: list[list[Token]], array: latex.Array) -> Tree:
    statements = [context.read_tokens(match_brackets(line)) for line in lines]
    if len(statements) == 1:
        return statements[0]
    flat = [
        part
        for statement in statements
        for part in (statement.statements if isinstance(statement, t.System) else (statement,))
    ]
    return t.System(tuple(flat), span=array.span)


def _trim_end(line: list[Token]) -> None:
    while line and (line[-1].kind == "gap" or line[-1].text == "."):
        line.pop()


def _goes_on(before: list[Token], line: list[Token], aligned: bool) -> bool:
    """Whether a line continues the one before it.

    A line that starts with a minus may be a statement of its own: it is none where its first
    column is empty, or where it has no relation.
    """
    last = next((x for x in reversed(before) if x.kind != "gap" and x.text != "."), None)
    if last is None or last.kind in ("sign", "relation"):
        return True
    first = next((x for x in line if x.kind != "gap"), line[0])
    if last.kind in ("comma", "semicolon"):
        return first.kind == "relation" and first.text in ("=", "≤", "≥")
    if first.kind == "sign":
        return aligned or not any(x.kind == "relation" for x in line)
    return first.kind == "relation"
