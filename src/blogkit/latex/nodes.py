r"""The layout tree: what TeX sees in a formula, each part with its place in the source.

It exists so that drawing, search and checking can walk one structure that has lost nothing of the
LaTeX. A list of math is a `Row`; every other node is one thing that stands in a list. Nodes are
immutable and compare by value. A `Row` among the items of another row is a group in braces, which
TeX sets as one ordinary atom (TeXbook, chapter 17): `{=}` is not spaced as a relation.

Fields called `command` and `latex` hold LaTeX as it was written, `text` holds Unicode. A tree is
at most `MAX_DEPTH` groups deep, three nodes to a group, so walks may recurse.
This module imports only `blogkit.spans` and `blogkit.results.records`.
"""

from __future__ import annotations

from blogkit.results.records import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from blogkit.spans import Span

    AtomClass = Literal["ord", "op", "bin", "rel", "open", "close", "punct", "inner"]
    """The classes of atoms (TeXbook, chapter 17) that decide the space between neighbours."""
else:
    AtomClass = str  # ``typing`` costs each drawing milliseconds

MAX_DEPTH = 100
"""Groups within groups that are read; deeper ones are kept as `Raw` (TeX itself stops at 255)."""


@record
class Node:
    """Base of all nodes.

    A node that came out of a macro bears the span of the macro's call.
    """

    span: Span
    """Where the node stands in the source: half-open, in code points."""

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes directly below, in the order of their printing."""
        return ()


@record
class Row(Node):
    """A list of math, or of text within `Text`: the formula, a group, an argument, a cell."""

    items: tuple[Node, ...]
    """What stands in it, in order."""
    braced: bool = False
    """Whether the source had braces around it; `x_a` has none around its subscript."""

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


@record
class Atom(Node):
    r"""One symbol: `x`, `7`, `+`, `\alpha`, `\leq`, `\{`, `\ldots`, `梯`."""

    latex: str
    """The symbol as written."""
    text: str
    """The symbol in Unicode; for `\\bmod` a word."""
    kind: AtomClass
    """Its class by itself; `classes.atom_classes` says what the neighbours make of it."""


@record
class Operator(Node):
    r"""A large operator or the name of a function: `\sum`, `\int`, `\lim`, `\sin`."""

    latex: str
    """The command as written."""
    text: str
    """The symbol, such as `∑`, or the name that TeX sets upright, such as `lim sup`."""
    limits: bool
    """Whether scripts stand above and below in display style; `Scripts.placement` overrides."""

    @property
    def named(self) -> bool:
        """Whether it is a word such as `sin`, and not a symbol such as `∑`."""
        return self.text[:1].isalpha()


@record
class OperatorName(Node):
    r"""A name that the author spelled: `\operatorname{softmax}`, `\operatorname*{argmin}`."""

    command: str
    """`\\operatorname`, `\\operatorname*` or `\\operatornamewithlimits`."""
    body: Row
    """The name, as math."""
    limits: bool
    """As in `Operator`."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Scripts(Node):
    r"""A nucleus with its scripts and primes: `x_i^2`, `f''`, `{}_a X`, `\sum\limits_i`."""

    base: Node | None
    """What bears the scripts; None where a script stands on nothing."""
    sub: Row | None
    """The subscript."""
    sup: Row | None
    """The superscript, without the primes before it."""
    primes: int = 0
    """How many primes."""
    placement: str = ""
    """`\\limits`, `\\nolimits` or `\\displaylimits` where written (the last one counts)."""

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(part for part in (self.base, self.sub, self.sup) if part is not None)


@record
class Fraction(Node):
    r"""A fraction, binomial or other pile of two: `\frac`, `\binom`, `\genfrac`, `a \over b`."""

    command: str
    """The command as written."""
    argument: str
    """Its other arguments as written: `{(}{)}{0pt}{1}` of `\\genfrac`, `1pt` of `\\above`."""
    numerator: Row
    """The upper part."""
    denominator: Row
    """The lower part."""
    rule: bool
    """Whether a line is drawn between the two."""
    left: str
    """LaTeX of the delimiter on the left, or nothing."""
    right: str
    """LaTeX of the delimiter on the right, or nothing."""
    infix: bool
    """Whether the command stands between the parts, and the fraction fills its row."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.numerator, self.denominator)


@record
class Root(Node):
    r"""A root: `\sqrt{x}`, `\sqrt[3]{x}`, `\root 3 \of x`."""

    command: str
    r"""`\sqrt`, `\surd` never; `\root` where plain TeX's form was written."""
    body: Row
    """What is under the sign."""
    index: Row | None
    """The degree."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,) if self.index is None else (self.index, self.body)


@record
class Delimiter(Node):
    r"""A delimiter with a size: one end of `\left…\right`, a `\middle`, or `\bigl(`."""

    command: str
    """The command before it, such as `\\left` or `\\Bigl`."""
    latex: str
    """The delimiter as written; `.` is an empty one."""
    text: str
    """The delimiter in Unicode; nothing for `.`."""
    kind: AtomClass
    r"""Open for `\left` and `\bigl`, close for `\right`, rel for `\bigm`, ord for `\big`."""


@record
class Fenced(Node):
    r"""`\left( … \right)`: one Inner atom. A `\middle` is a `Delimiter` in the body."""

    left: Delimiter
    """The opening delimiter."""
    body: Row
    """What is between."""
    right: Delimiter
    """The closing delimiter; an empty one is put where the source has none."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.body, self.right)


@record
class Accent(Node):
    r"""Something drawn over or under a body: `\hat`, `\widetilde`, `\overline`, `\underbrace`."""

    command: str
    """The command as written."""
    text: str
    """The sign in Unicode: a combining mark, or a symbol that stretches, such as `⏞`."""
    body: Row
    """What bears it."""
    under: bool
    """Whether the sign stands below the body."""
    wide: bool
    """Whether the sign is as wide as the body."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Arrow(Node):
    r"""An arrow as long as what is written on it: `\xrightarrow[a]{b}`."""

    command: str
    """The command as written."""
    text: str
    """The arrow in Unicode."""
    above: Row
    """What stands above."""
    below: Row | None
    """What stands below."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.above,) if self.below is None else (self.below, self.above)


@record
class Stack(Node):
    r"""One thing over or under another: `\overset`, `\underset`, `\stackrel`, `\overunderset`."""

    command: str
    """The command as written."""
    base: Row
    """What stands on the line."""
    over: Row | None
    """What stands above, smaller."""
    under: Row | None
    """What stands below, smaller."""

    @property
    def children(self) -> tuple[Node, ...]:
        parts = (self.over, self.under, self.base)
        return tuple(part for part in parts if part is not None)


@record
class Sideset(Node):
    r"""Scripts at the four corners of a large operator: `\sideset{_a^b}{_c^d}\sum`."""

    left: Row
    """Scripts on the left, on an empty base."""
    right: Row
    """Scripts on the right, on an empty base."""
    base: Row
    """The operator."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right, self.base)


@record
class Text(Node):
    r"""Words within math: `\text{若 $x>0$}`, `\textbf`, `\mbox`, `\hbox`, `\intertext`."""

    command: str
    """The command as written."""
    body: Row
    """`Chars`, symbols, further `Text`, and `Math` for `$…$`."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Chars(Node):
    """A run of characters in text, where spaces count; a run of spaces is one space."""

    text: str
    """The characters, which are their own LaTeX."""


@record
class Math(Node):
    r"""Math within text: `$…$` or `\(…\)`."""

    command: str
    r"""What opens it: `$` or `\(`."""
    body: Row
    """The formula."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Verbatim(Node):
    r"""`\verb|x_1|`: characters as they are."""

    latex: str
    """The whole as written."""
    text: str
    """The characters between the marks."""


@record
class Font(Node):
    r"""Letters in another face: `\mathbf{x}`, `\boldsymbol{x}`, and the old `{\bf x}`."""

    command: str
    """The command as written."""
    body: Row
    """What is set in that face."""
    switch: bool
    """Whether the command has no argument and reaches to the end of its group."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Style(Node):
    r"""`\displaystyle` and its kin, or a size such as `\large`, up to the end of the group."""

    command: str
    """The command as written."""
    body: Row
    """What it reaches."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Color(Node):
    r"""`\textcolor{red}{x}`, or `\color{red}` up to the end of the group."""

    command: str
    """The command as written."""
    color: str
    """The colour with its brackets, as written: `{red}`, `[HTML]{00FF00}`."""
    body: Row
    """What is coloured."""
    switch: bool
    """As in `Font`."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Classed(Node):
    r"""A body with a class of the author's choice: `\mathbin{…}`, `\mathop{\arg\min}`."""

    command: str
    """The command as written."""
    kind: AtomClass
    """The class it gives."""
    body: Row
    """What it is given to."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Negation(Node):
    r"""`\not` with the symbol that it strikes: `\not=`, `\not\in`."""

    body: Atom
    """The symbol."""
    text: str
    """The negated symbol in Unicode: `≠`, or the symbol with U+0338."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class ArrayRow(Node):
    """One line of an array."""

    cells: tuple[Row, ...]
    """Its cells, from left to right."""
    lines: tuple[str, ...]
    r"""Rules above it, as written: `\hline`, `\cline{1-2}`."""
    end: str
    r"""What ends it, as written: `\\`, `\\[2pt]`, `\cr`; nothing after the last row."""

    @property
    def children(self) -> tuple[Node, ...]:
        return self.cells


@record
class Array(Node):
    r"""Rows and columns: `matrix`, `cases`, `aligned`, `align*`, `array`, `\substack`."""

    environment: str
    r"""The environment's name, or the command: `pmatrix`, `\substack`."""
    argument: str
    """What follows the name, as written: `{l|r}`, `[t]`, `{2}`."""
    columns: str
    """`l`, `c` or `r` for each column; with more columns than letters they repeat."""
    rules: tuple[int, ...]
    """Vertical rules before each column and after the last; empty where none are declared."""
    rows: tuple[ArrayRow, ...]
    """The rows; an empty one after the last row end is left out, as TeX does."""
    lines_below: tuple[str, ...]
    """Rules under the last row, as written."""

    @property
    def children(self) -> tuple[Node, ...]:
        return self.rows

    def alignment(self, column: int) -> str:
        """`l`, `c` or `r` for a column, counted from 0."""
        return self.columns[column % len(self.columns)]


@record
class Environment(Node):
    r"""A display without columns: `\begin{equation} … \end{equation}`."""

    name: str
    """The environment's name."""
    body: Row
    """The formula."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Space(Node):
    r"""Space that was asked for: `\,`, `\quad`, `~`, `\hspace{1em}`."""

    latex: str
    """The whole as written."""
    width_em: float
    """Its width in em of the text size; negative for `\\!`."""


@record
class NewLine(Node):
    r"""`\\` outside of an array, or `\newline`."""

    latex: str
    """The whole as written."""


@record
class Phantom(Node):
    r"""Something whose size is changed or hidden: `\phantom`, `\smash[b]`, `\mathrlap`."""

    command: str
    """The command as written."""
    argument: str
    """Its option as written."""
    body: Row
    """What it is applied to."""
    visible: bool
    """Whether the body is drawn."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Box(Node):
    r"""A frame, a background or a strike: `\boxed`, `\bbox[yellow]`, `\colorbox`, `\cancel`."""

    command: str
    """The command as written."""
    argument: str
    """Its colours or options, as written."""
    body: Row
    r"""What is inside; text within `\fbox` and `\colorbox`."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Shift(Node):
    r"""A body moved: `\raisebox{2pt}{x}`, `\raise2pt\hbox{x}`, `\vcenter{x}`."""

    command: str
    """The command as written."""
    argument: str
    """How far, as written."""
    body: Row
    """What is moved."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Rule(Node):
    r"""A filled rectangle: `\rule{1em}{2pt}`."""

    latex: str
    """The whole as written."""


@record
class Choice(Node):
    r"""`\mathchoice`: one body for each of the four styles."""

    display: Row
    """In display style."""
    text: Row
    """In text style."""
    script: Row
    """In script style."""
    scriptscript: Row
    """In scriptscript style."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.display, self.text, self.script, self.scriptscript)


@record
class Modulo(Node):
    r"""`\pmod{n}`, `\mod{n}`, `\pod{n}`. (`\bmod` is an `Atom`.)"""

    command: str
    """The command as written."""
    body: Row
    """The modulus."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@record
class Link(Node):
    r"""`\href{url}{x}`, `\url{…}`, or an HTML attribute such as `\class{c}{x}`. Never acted on."""

    command: str
    """The command as written."""
    url: str
    """The address or attribute, as written."""
    body: Row | None
    """What is shown; None for `\\url`."""

    @property
    def children(self) -> tuple[Node, ...]:
        return () if self.body is None else (self.body,)


@record
class Reference(Node):
    r"""`\label{eq:p}`, `\ref{eq:p}`, `\eqref{eq:p}`."""

    command: str
    """The command as written."""
    key: str
    """The label."""


@record
class Tag(Node):
    r"""The number of a line: `\tag{1}`, `\tag*{1}`, or none: `\notag`, `\nonumber`."""

    command: str
    """The command as written."""
    body: Row | None
    """The number, as text; None for `\\notag`."""

    @property
    def children(self) -> tuple[Node, ...]:
        return () if self.body is None else (self.body,)


@record
class Directive(Node):
    r"""Something that draws nothing: `\relax`, `\require{ams}`, `\hfill`, `\allowbreak`."""

    command: str
    """The command as written."""
    argument: str
    """Its arguments as written."""


@record
class Definition(Node):
    r"""`\newcommand`, `\def`, `\let` and their kin. What they define is in `Parsed.macros`."""

    name: str
    """The command that is defined."""
    latex: str
    """The definition in a normal form, such as `\\def\\R#1{…}`."""


@record
class Unknown(Node):
    """A command that the table does not have; what follows it is not read as its arguments."""

    latex: str
    """The command as written."""


@record
class Raw(Node):
    """LaTeX that could not be read, kept as it was."""

    latex: str
    """The source."""
    reason: str
    """Code of the problem that says why."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, in the order of their printing."""
    return node.children


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it, parents first, in the order of printing.

    >>> from blogkit.latex import Atom, parse, walk
    >>> "".join(node.text for node in walk(parse(r"\\frac{a+b}2").tree) if isinstance(node, Atom))
    'a+b2'
    """
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
