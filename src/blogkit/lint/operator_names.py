r"""Names of operators in the letters of variables: `\mathop{argmax}`.

`\mathop` gives its argument the spacing of an operator and leaves the letters italic, as a product
of variables. Every engine draws it and no reader is misled, so it is a matter of style.
"""

from collections.abc import Iterator

from blogkit.language import Message
from blogkit.latex import Problem
from blogkit.latex.symbols import OPERATORS
from blogkit.lint.engines import NOT_IN_KATEX, NOT_IN_MATHJAX
from blogkit.lint.reading import Reading, operator_name

CODE = "italic-operator"

_GAPS = str.maketrans("{}~", "   ")


def find(reading: Reading) -> Iterator[Problem]:
    r"""Each name in `\mathop` that is set in italics, with how it is written upright.

    >>> [problem.repair for problem in find(Reading.of(r"\mathop{argmax}_x \mathop{max}_y"))]
    ['\\operatorname*{argmax}', '\\max']
    """
    for node in reading.nodes:
        name = operator_name(node)
        written = node.span.of(reading.latex)
        if not name or not written.startswith("\\mathop") or written[-1] != "}":
            continue
        repair = _upright(name, written.removeprefix("\\mathop").strip()[1:-1])
        message = Message(
            r"expected an upright name, found '{written}', whose letters are set as variables; "
            "write '{repair}'",
            written=written,
            repair=repair,
        )
        following = reading.latex[node.span.end : node.span.end + 1]
        glued = repair[-1] != "}" and following.isascii() and following.isalpha()
        yield Problem(CODE, "style", message, node.span, repair + " " * glued)


def _upright(name: str, written: str) -> str:
    r"""A command of both engines, or the name with its spaces: `arg max` as `arg\,max`."""
    command = "\\" + name
    if command in OPERATORS and command not in NOT_IN_MATHJAX | NOT_IN_KATEX:
        return command
    spaced = r"\,".join(written.translate(_GAPS).split())
    return rf"\operatorname*{{{spaced}}}"
