r"""Markdown's blocks, with formulas that are not cut: rules that markdown-it gets beside its own.

A paragraph goes on while a formula is open, whatever its lines look like (a list, a heading, a
blank line within ``$$``). Footnotes, definitions of terms and the boxes of MkDocs (``!!! note``)
hold what is indented below them. Definitions of links and footnotes are text: nothing is lost.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from blogkit.text.mathspans import MOST_LINES_AHEAD, held_lines

_HOLDER = re.compile(r"\[\^[^\]\s]{1,100}\]:|:[ \t]+\S|(?P<box>!!!|\?\?\?\+?|===\+?!?)[ ]+[\w\"]")
_LINE_START = re.compile(r"\n[ \t]+")
_INDENT = 4


@cache
def parser() -> MarkdownIt:
    """A parser of blocks whose text stays as it is written."""
    markdown = MarkdownIt("commonmark").enable("table")
    markdown.core.ruler.disable("inline")
    markdown.block.ruler.disable(["reference", "lheading"])
    markdown.block.ruler.before("table", "holder", _holder, {"alt": ["paragraph"]})
    markdown.block.ruler.at("paragraph", _paragraph)
    return markdown


def _paragraph(state: StateBlock, first: int, _end: int, _silent: bool) -> bool:
    """A paragraph, or a heading by the line below it.

    Source: the rules "paragraph" and "lheading" of markdown-it, which know no formulas.
    """
    terminators = state.md.block.ruler.getRules("paragraph")
    around, state.parentType = state.parentType, "paragraph"
    held = _held_lines(state, first)
    line, level = first + 1, 0
    while line < state.lineMax:
        if line not in held:
            if state.isEmpty(line):
                break
            if 0 <= state.sCount[line] - state.blkIndent <= 3 and (
                level := _underline(state, line)
            ):
                break
            goes_on = state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0
            if not goes_on and any(rule(state, line, state.lineMax, True) for rule in terminators):
                break
        line += 1
    _push(state, first, line, level)
    state.parentType = around
    return True


def _push(state: StateBlock, first: int, end: int, level: int) -> None:
    tag = f"h{level}" if level else "p"
    kind = "heading" if level else "paragraph"
    content = state.getLines(first, end, state.blkIndent, False).strip()
    state.line = end + 1 if level else end
    state.push(f"{kind}_open", tag, 1).map = [first, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [first, end], []
    state.push(f"{kind}_close", tag, -1)


def _underline(state: StateBlock, line: int) -> int:
    """The level of the heading that a line of ``=`` or ``-`` makes of those above; 0 if none."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
    if text and text == text[0] * len(text):
        return {"=": 1, "-": 2}.get(text[0], 0)
    return 0


def _held_lines(state: StateBlock, first: int) -> set[int]:
    """The lines from a paragraph's first on that begin within a formula."""
    blank = _region_end(state, first, state.lineMax, over_blanks=False)
    end = _region_end(state, first, min(state.lineMax, blank + MOST_LINES_AHEAD), over_blanks=True)
    lines = state.getLines(first, end, state.blkIndent, False).split("\n")
    return {first + line for line in held_lines(lines, blank - first)[0]}


def _region_end(state: StateBlock, first: int, end: int, *, over_blanks: bool) -> int:
    """Where the lines end that a paragraph may have, as far as indentation and blank lines say."""
    for line in range(first + 1, end):
        is_blank = state.isEmpty(line)
        if is_blank and not over_blanks:
            return line
        if not is_blank and 0 <= state.sCount[line] < state.blkIndent:
            return line
    return end


def _line_text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _holder(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A footnote, a definition or a box, with what is indented below its first line."""
    match = None if state.is_code_block(first) else _HOLDER.match(_line_text(state, first))
    if not match or silent:
        return match is not None
    if match["box"]:
        _push(state, first, first + 1, 0)
    else:
        _paragraph(state, first, end, False)
        text = state.tokens[-2]
        text.content = _LINE_START.sub("\n", text.content)
    state.push("holder_open", "", 1)
    _indented(state, end)
    state.push("holder_close", "", -1)
    return True


def _indented(state: StateBlock, end: int) -> None:
    """The blocks that are indented below the line that was read last."""
    first, last = state.line, state.line
    for line in range(first, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] - state.blkIndent < _INDENT:
            break
        last = line + 1
    if last > first:
        line_max, state.lineMax = state.lineMax, last
        state.blkIndent += _INDENT
        state.md.block.tokenize(state, first, last)
        state.blkIndent -= _INDENT
        state.line, state.lineMax = last, line_max
