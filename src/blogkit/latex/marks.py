r"""Which tokens end a list, begin a script, reach to the end of a group, or can't stand alone.

The reader's tables, apart from its code. They follow from the table of commands where they can.
"""

from blogkit.language import Message
from blogkit.latex.commands import COMMANDS
from blogkit.latex.nodes import Definition, Directive, NewLine, Reference, Scripts, Space, Tag

NO_CHARS = frozenset("{}$^_&#~%")
AT_END: frozenset[str] = frozenset()
AT_BRACE = frozenset({"}", "\\egroup"})
AT_BRACKET = frozenset({"]"})
LIMITS = frozenset({"\\limits", "\\nolimits", "\\displaylimits"})
INFIX = frozenset(name for name, command in COMMANDS.items() if command.node == "Infix")
NO_ARGUMENT = INFIX | frozenset(
    {"", "}", "&", "\\right", "\\end", "^", "_", "\\\\", "\\cr", "$", "\\egroup"}
)
CLOSERS = {
    "}": "}",
    "\\egroup": "}",
    "\\right": "\\right",
    "\\end": "\\end",
    "&": "&",
    "$": "$",
    "\\)": "\\)",
    "\\endgroup": "\\endgroup",
}
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ", "0123456789+-=()in", strict=True))
SUBSCRIPTS = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aeijklmnoprstuvx", strict=True)
)
SCRIPT_STARTS = frozenset({"^", "_", "'", *LIMITS, *SUPERSCRIPTS, *SUBSCRIPTS})
SWITCHES: dict[str, str] = {
    name: command.node + command.detail
    for name, command in COMMANDS.items()
    if command.node in ("FontSwitch", "ColorSwitch", "Style")
}
"""Commands that reach to the end of their group -> their kind; one ends another of its kind."""

NO_ATOMS = (Space, NewLine, Directive, Definition, Tag, Reference)
"""What is no atom, so that scripts after it stand on nothing."""

NO_BASES = (*NO_ATOMS, Scripts)
NOT_IN_FIELD = frozenset(
    [
        "Accent",
        "Arrow",
        "Begin",
        "Box",
        "Color",
        "Delimiter",
        "Fenced",
        "Infix",
        "OperatorName",
        "Root",
        "Stack",
    ]
)
BROKEN_IN_FIELD = frozenset(["Begin", "Infix", "OperatorName"])
"""Of those, the ones that MathJax does not take either; the others it draws, and KaTeX doesn't."""
STRAYS = {
    "}": ("extra-brace", Message("'{' before '}'")),
    "\\egroup": ("extra-brace", Message(r"\bgroup before \egroup")),
    "\\right": ("right-without-left", Message(r"\left before \right")),
    "\\end": ("end-without-begin", Message(r"\begin before \end")),
    "&": ("misplaced-ampersand", Message("rows and columns around '&'")),
    "$": ("dollar-in-math", Message("math without dollars")),
    "\\)": ("dollar-in-math", Message("math without dollars")),
    "\\endgroup": ("extra-brace", Message(r"\begingroup before \endgroup")),
}
OPENS = {"{": "}", "\\left": "\\right", "\\begin": "\\end"}
COMPLETION = {"}": "}", "\\right": "\\right.", "\\end": "\\end{}"}
