r"""All codes of problems, with an example of each; `docs/errors.md` is printed from here.

python -m blogkit.lint.codes > docs/errors.md
python -m blogkit.lint.codes zh > docs/errors.zh.md

Tests hold the page to this table, the table to the rules, and each example to its code. This
module imports nothing of blogkit but the language of messages.
"""

import sys
from dataclasses import dataclass
from typing import Literal

from blogkit.language import ENGLISH, Message, translate


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of fault."""

    name: str
    """The code, as `--ignore` takes it and JSON has it."""
    severity: Literal["error", "warning", "style", "info"]
    """How sure it is that the formula is broken."""
    doc: str
    """What is wrong, in one sentence."""
    example: str
    """A formula that has the fault; for faults of a post, a piece of its text."""
    repaired: str
    """The example mended."""
    in_post: bool = False
    """Whether the example is a piece of a post's text."""


RULES: tuple[Code, ...] = (
    Code(
        "lost-backslash",
        "error",
        Message("Letters that were meant as a command are set as a product of variables."),
        r"frac{a}{b} + log x",
        r"\frac{a}{b} + \log x",
    ),
    Code(
        "full-width-character",
        "warning",
        Message(
            "A full-width bracket, sign or space of an input method stands in the mathematics."
        ),
        "f（x，y）",
        "f(x,y)",
    ),
    Code(
        "invisible-character",
        "warning",
        Message(
            "A character that nobody sees, such as a space without width, stands in the formula; "
            "it is read as if it were not there."
        ),
        "x\u200b = x",
        "x = x",
    ),
    Code(
        "chinese-outside-text",
        "warning",
        Message(r"Chinese, Japanese or Korean words stand in the mathematics without \text."),
        r"x_{最大}",
        r"x_{\text{最大}}",
    ),
    Code(
        "mismatched-delimiters",
        "warning",
        Message("Two delimiters are no pair, nor the ends of an interval."),
        r"\left( a + b \right]",
        r"\left( a + b \right)",
    ),
    Code(
        "unbalanced-bracket",
        "warning",
        Message(
            "A bracket has no partner in the formula, nor in the pieces and the prose beside it."
        ),
        r"f(x = 1",
        r"f(x) = 1",
    ),
    Code(
        "delimiter-sizes",
        "warning",
        Message("A bracket and its partner have different sizes."),
        r"\bigl( x \Bigr)",
        r"\bigl( x \bigr)",
    ),
    Code(
        "cut-off",
        "warning",
        Message(
            "A display, or a part of a fraction, ends with an operator that waits for its operand."
        ),
        r"a = b +",
        r"a = b + c",
    ),
    Code(
        "unknown-command",
        "warning",
        Message(
            "Neither KaTeX nor MathJax knows the command or environment, and no formula defines it."
        ),
        r"\lamda x",
        r"\lambda x",
    ),
    Code(
        "not-in-katex",
        "warning",
        Message("MathJax knows the command or environment, KaTeX doesn't."),
        r"x \mbox{ if } y",
        r"x \text{ if } y",
    ),
    Code(
        "not-in-mathjax",
        "warning",
        Message(
            "KaTeX knows the command or environment; MathJax doesn't, or only after "
            r"\require."
        ),
        r"\bm{x}",
        r"\boldsymbol{x}",
    ),
    Code(
        "typed-relation",
        "warning",
        Message("A relation is spelled as on a keyboard and set as two signs."),
        r"a <= b",
        r"a \leq b",
    ),
    Code(
        "unbraced-script",
        "error",
        Message("Only the first sign after ^ or _ is raised or lowered, and digits follow it."),
        r"2^10",
        r"2^{10}",
    ),
    Code(
        "angle-brackets",
        "warning",
        Message("Signs of comparison are used as brackets."),
        r"<x, y> = 0",
        r"\langle x, y \rangle = 0",
    ),
    Code(
        "empty-argument",
        "warning",
        Message("A fraction or a root has nothing in it."),
        r"\frac{1}{}",
        r"\frac{1}{2}",
    ),
    Code(
        "duplicate-label",
        "error",
        Message("Two lines of a post bear the same label."),
        r"a \label{eq:a} b \label{eq:a}",
        r"a \label{eq:a} b \label{eq:b}",
    ),
    Code(
        "unknown-label",
        "error",
        Message("A reference names a label that nothing in the post bears."),
        r"$$x \label{eq:a}$$ 见 \eqref{eq:b}",
        r"$$x \label{eq:a}$$ 见 \eqref{eq:a}",
        in_post=True,
    ),
    Code(
        "unclosed-math",
        "error",
        Message("A formula begins in the text and does not end."),
        "令 $x = 1",
        "令 $x = 1$",
        in_post=True,
    ),
    Code(
        "unclosed-environment",
        "error",
        Message("A display environment begins in the text and does not end."),
        r"\begin{equation} x",
        r"\begin{equation} x \end{equation}",
        in_post=True,
    ),
    Code(
        "undefined-symbol",
        "info",
        Message(
            "Running text names a symbol that no other formula of the post has; told "
            "when asked for."
        ),
        r"取 $\beta$，则 $x = 1$",
        r"取 $\beta = 2$，则 $x = \beta$",
        in_post=True,
    ),
    Code(
        "italic-operator",
        "style",
        Message("The name of an operator is set in the letters of variables; it is no fault."),
        r"$\mathop{argmax}_x f$",
        r"$\operatorname*{argmax}_x f$",
        in_post=True,
    ),
)
"""The faults that the rules of this package find."""

SYNTAX: tuple[Code, ...] = (
    Code(
        "missing-brace",
        "error",
        Message("A group is not closed."),
        r"\frac{a}{b",
        r"\frac{a}{b}",
    ),
    Code(
        "extra-brace",
        "error",
        Message("A brace closes nothing."),
        "a}",
        "a",
    ),
    Code(
        "missing-argument",
        "error",
        Message("A command or script lacks its argument."),
        "x^",
        "x^2",
    ),
    Code(
        "missing-bracket",
        "error",
        Message("An option in brackets is not closed."),
        r"\sqrt[3{x}",
        r"\sqrt[3]{x}",
    ),
    Code(
        "missing-dollar",
        "error",
        Message("Math within text is not closed."),
        r"\text{a $x}",
        r"\text{a $x$}",
    ),
    Code(
        "missing-end",
        "error",
        Message("An environment is not closed."),
        r"\begin{aligned}a",
        r"\begin{aligned}a\end{aligned}",
    ),
    Code(
        "mismatched-end",
        "error",
        Message(r"\end names another environment than its \begin."),
        r"\begin{aligned}a\end{cases}",
        r"\begin{aligned}a\end{aligned}",
    ),
    Code(
        "end-without-begin",
        "error",
        Message(r"\end has no \begin."),
        r"a\end{aligned}",
        r"\begin{aligned}a\end{aligned}",
    ),
    Code(
        "unknown-environment",
        "error",
        Message("An environment of that name is not known."),
        r"\begin{foo}a\end{foo}",
        r"\begin{aligned}a\end{aligned}",
    ),
    Code(
        "space-in-name",
        "warning",
        Message("A space stands in an environment's name."),
        r"\begin{ cases}a\end{ cases}",
        r"\begin{cases}a\end{cases}",
    ),
    Code(
        "left-without-right",
        "error",
        Message(r"\left has no \right."),
        r"\left( x",
        r"\left( x \right)",
    ),
    Code(
        "right-without-left",
        "error",
        Message(r"\right has no \left."),
        r"x \right)",
        r"\left( x \right)",
    ),
    Code(
        "middle-without-left",
        "error",
        Message(r"\middle stands outside of \left and \right."),
        r"a \middle| b",
        r"\left( a \middle| b \right)",
    ),
    Code(
        "bad-delimiter",
        "error",
        Message(r"What follows \left or \big is no delimiter."),
        r"\left x \right)",
        r"\left( x \right)",
    ),
    Code(
        "double-superscript",
        "error",
        Message("Two superscripts stand on one base."),
        "x^a^b",
        "x^{a^b}",
    ),
    Code(
        "double-subscript",
        "error",
        Message("Two subscripts stand on one base."),
        "x_a_b",
        "x_{a_b}",
    ),
    Code(
        "unbraced-argument",
        "error",
        Message("A command with arguments is an argument without braces."),
        r"\frac\sqrt{x}{y}",
        r"\frac{\sqrt{x}}{y}",
    ),
    Code(
        "limits-without-operator",
        "error",
        Message(r"\limits follows no large operator."),
        r"x\limits_a",
        r"\sum\limits_a",
    ),
    Code(
        "ambiguous-infix",
        "error",
        Message(r"Two of \over and its kin stand in one group."),
        r"a \over b \over c",
        r"{a \over b} \over c",
    ),
    Code(
        "misplaced-ampersand",
        "error",
        Message("& stands outside of rows and columns."),
        "a & b",
        r"\begin{matrix}a & b\end{matrix}",
    ),
    Code(
        "misplaced-hash",
        "error",
        Message("# stands outside of a definition."),
        "a # b",
        r"a \# b",
    ),
    Code(
        "misplaced-line",
        "error",
        Message(r"\hline stands outside of an array."),
        r"a \hline b",
        r"\begin{array}{c}a \\ \hline b\end{array}",
    ),
    Code(
        "too-many-columns",
        "error",
        Message("A row has more cells than the environment has columns."),
        r"\begin{gather}a&b\end{gather}",
        r"\begin{aligned}a&b\end{aligned}",
    ),
    Code(
        "bad-columns",
        "error",
        Message("The columns of an array are not l, c, r or |."),
        r"\begin{array}{y}a\end{array}",
        r"\begin{array}{c}a\end{array}",
    ),
    Code(
        "dollar-in-math",
        "error",
        Message("A dollar stands in the mathematics."),
        "a $ b",
        r"a \$ b",
    ),
    Code(
        "lone-backslash",
        "error",
        Message("The formula ends with a backslash."),
        "a \\",
        "a",
    ),
    Code(
        "math-in-text",
        "error",
        Message("A command of mathematics stands in text."),
        r"\text{a \alpha}",
        r"\text{a }\alpha",
    ),
    Code(
        "text-in-math",
        "warning",
        Message("A command of text stands in mathematics."),
        r"\'e",
        r"\acute{e}",
    ),
    Code(
        "bad-color",
        "error",
        Message("What follows is no colour."),
        r"\color{}x",
        r"\color{red}x",
    ),
    Code(
        "bad-length",
        "error",
        Message("What follows is no length."),
        r"\hspace{x}a",
        r"\hspace{1em}a",
    ),
    Code(
        "bad-verb",
        "error",
        Message(r"\verb has no second mark."),
        r"\verb|a",
        r"\verb|a|",
    ),
    Code(
        "bad-character-code",
        "error",
        Message("What follows is no number of a character."),
        r"\char x",
        r'\char"41',
    ),
    Code(
        "bad-definition",
        "error",
        Message("A definition can't be read."),
        r"\newcommand{1}{y}",
        r"\newcommand{\x}{y}",
    ),
    Code(
        "already-defined",
        "error",
        Message(r"\newcommand defines what there is already."),
        r"\newcommand{\alpha}{y}",
        r"\renewcommand{\alpha}{y}",
    ),
    Code(
        "not-defined",
        "error",
        Message(r"\renewcommand defines what there is not yet."),
        r"\renewcommand{\foo}{y}",
        r"\newcommand{\foo}{y}",
    ),
    Code(
        "macro-use",
        "error",
        Message("The call of a macro does not look as its definition says."),
        r"\def\a(#1){#1}\a x",
        r"\def\a(#1){#1}\a(x)",
    ),
    Code(
        "expansion-limit",
        "error",
        Message("Macros call each other without end."),
        r"\def\a{\a}\a",
        r"\def\a{x}\a",
    ),
    Code(
        "invalid-character",
        "error",
        Message("A control character stands in the formula."),
        "a\x01",
        "a",
    ),
    Code(
        "too-deep",
        "error",
        Message("Groups are nested more than 100 deep."),
        "{" * 101 + "x" + "}" * 101,
        "{x}",
    ),
    Code(
        "too-many-problems",
        "error",
        Message("There are more than 1000 problems, and the rest is not listed."),
        "&" * 1001,
        "",
    ),
)
"""The faults that the parser finds."""

CODES: dict[str, Code] = {code.name: code for code in (*RULES, *SYNTAX)}
"""All codes by name."""

_SEVERITIES = {
    "error": Message("error"),
    "warning": Message("warning"),
    "style": Message("style"),
    "info": Message("info"),
}
_HEAD = (
    Message("# Codes of problems"),
    Message(
        "Printed by `python -m blogkit.lint.codes`; tests hold this page to the rules "
        "and each\nexample to its code. `blogkit formula check --ignore CODE` turns a code off."
    ),
    Message(
        "A problem has a place, a half-open range of code points in the formula's LaTeX, and "
        "where only one\nrepair is likely, `repair`: the LaTeX to put in that place. An *error* "
        "means that TeX would stop or\nset something else than was meant; a *warning*, that a "
        "reader may see it badly or not at all.\n*Style* and *information* are no faults; "
        "information is told only when asked for."
    ),
    Message(
        "What the typesetters know was tried with KaTeX 0.19 and with MathJax 3.2 and 4.1 as "
        "they come."
    ),
)


def page(language: str = ENGLISH) -> str:
    """The whole page, in Markdown, in a language."""
    head = "".join(f"{translate(part, language)}\n\n" for part in _HEAD)
    rules = _table(Message("What is written badly"), RULES, language)
    syntax = _table(Message("What TeX can't read"), SYNTAX, language)
    return head + "\n".join([*rules, *syntax])


def _table(title: str, codes: tuple[Code, ...], language: str) -> list[str]:
    columns = Message("| code | severity | what is wrong | example | repaired |")
    lines = [f"## {translate(title, language)}", ""]
    lines += [translate(columns, language), "| --- | --- | --- | --- | --- |"]
    for code in codes:
        example, repaired = _shown(code.example), _shown(code.repaired)
        doc = translate(code.doc, language).replace("|", "\\|")
        severity = translate(_SEVERITIES[code.severity], language)
        lines.append(f"| `{code.name}` | {severity} | {doc} | {example} | {repaired} |")
    return [*lines, ""]


def _shown(latex: str) -> str:
    """LaTeX as code within a table; long ones are shortened, control characters named."""
    if len(latex) > 80:
        latex = f"{latex[:6]}…{latex[-6:]}"
    shown = latex.replace("\x01", "␁").replace("|", "\\|")
    return f"`{shown}`" if shown and not shown.endswith("\\") else f"`{shown} `" if shown else ""


if __name__ == "__main__":
    sys.stdout.write(page(*sys.argv[1:]))
