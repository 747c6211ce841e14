r"""LaTeX as other programs can take it: without labels and numbers, which would break a drawing.

A label names a place in a post; drawn twice it is "multiply defined", and drawn alone its number is
wrong. The edits go by the places of the nodes, so that `\verb|\label|` and text stay as they are.
"""

import re

from blogkit.latex import nodes, parse, walk
from blogkit.render.words import reference_text

_NUMBERED = re.compile(
    r"\\(begin|end)\{(equation|align|gather|multline|alignat|flalign|eqnarray)\}"
)
_MULTLINE = re.compile(r"\\(begin|end)\{multline\*?\}")
_ESCAPES = str.maketrans({char: f"\\{char}" for char in "#$%&_{}"})


def without_labels(latex: str) -> str:
    r"""LaTeX without labels, references as their keys, and displays without their numbers.

    >>> without_labels(r"\begin{equation}a=b\label{eq:p}\end{equation}")
    '\\begin{equation*}a=b\\end{equation*}'
    """
    if "\\label" in latex or "ref" in latex:
        latex = _replaced(latex)
    return _NUMBERED.sub(r"\\\1{\2*}", latex)


def with_lines_in_place(latex: str) -> str:
    r"""LaTeX for a picture, which has no page whose margins numbers and lines could stand at.

    MathJax sets numbers at the right margin and a `multline` across the whole page; a picture alone
    would have them over the formula, or be a page of 1,250,000 ex wide.

    >>> with_lines_in_place(r"\begin{multline*}a\\=b\tag{1}\end{multline*}")
    '\\begin{multlined}a\\\\=b\\qquad\\text{(1)}\\end{multlined}'
    """
    latex = _MULTLINE.sub(r"\\\1{multlined}", latex)
    return with_tags_in_line(latex) if "\\tag" in latex else latex


def with_tags_in_line(latex: str) -> str:
    r"""LaTeX with the number of a line as words behind it, for what knows no numbers there.

    >>> with_tags_in_line(r"a=b\tag{1}"), with_tags_in_line(r"a=b\tag*{A}\notag")
    ('a=b\\qquad\\text{(1)}', 'a=b\\qquad\\text{A}')
    """
    found = [node for node in walk(parse(latex).tree) if isinstance(node, nodes.Tag)]
    for node in sorted(found, key=lambda node: node.span.start, reverse=True):
        latex = latex[: node.span.start] + _number(node) + latex[node.span.end :]
    return latex


def _number(tag: nodes.Tag) -> str:
    if tag.body is None:
        return ""
    text = "".join(
        atom.text for atom in walk(tag.body) if isinstance(atom, nodes.Atom | nodes.Chars)
    )
    text = "".join(char for char in text if char not in "#$%&_{}\\~^")
    return f"\\qquad\\text{{{text if '*' in tag.command else f'({text})'}}}"


def _replaced(latex: str) -> str:
    found = [node for node in walk(parse(latex).tree) if isinstance(node, nodes.Reference)]
    for node in sorted(found, key=lambda node: node.span.start, reverse=True):
        if node.span.of(latex).startswith(node.command):
            latex = latex[: node.span.start] + _shown(node) + latex[node.span.end :]
    return latex


def _shown(node: nodes.Reference) -> str:
    text = reference_text(node).translate(_ESCAPES)
    return f"\\text{{{text}}}" if text else ""
