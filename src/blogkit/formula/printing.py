r"""An operator tree as LaTeX.

It exists because facts and conditions are printed, and what a program made has no source to quote.
What it prints reads back as the same tree, up to the choices that a tree does not keep (`\frac` or
`/`, spaces, `\left`). Two symbols never print alike. Yet what is printed is no key: a tree is
its own. Imports the operator tree and the table of symbols only.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from blogkit.formula import tree as t
from blogkit.formula.tree import Tree
from blogkit.latex.symbols import SYMBOLS

_LOGIC, _RELATION, _SET, _SUM, _PRODUCT, _PREFIX, _POWER, _ATOM = range(8)

_FONTS: Final = {
    "bold": "mathbf",
    "blackboard": "mathbb",
    "calligraphic": "mathcal",
    "script": "mathscr",
    "fraktur": "mathfrak",
    "sans": "mathsf",
    "mono": "mathtt",
    "upright": "mathrm",
}
_MARKS: Final = {
    "star": "*",
    "dagger": r"\dagger",
    "ddagger": r"\ddagger",
    "plus": "+",
    "minus": "-",
    "sharp": r"\sharp",
    "natural": r"\natural",
    "times": r"\times",
    "perp": r"\bot",
    "oplus": r"\oplus",
}
"""Accents that stand as a superscript; all others are drawn by the command of their name."""
_CONSTANTS: Final = {
    "π": r"\pi",
    "e": "e",
    "i": "i",
    "∞": r"\infty",
    "∅": r"\emptyset",
    **{name: rf"\mathbb{{{name}}}" for name in "NZQRC"},
}
_BETWEEN: Final = {
    "times": (" ", _PRODUCT),
    "hadamard": (r" \odot ", _PRODUCT),
    "compose": (r" \circ ", _PRODUCT),
    "tensor": (r" \otimes ", _PRODUCT),
    "circled-plus": (r" \oplus ", _SUM),
    "by": (r" \times ", _PRODUCT),
    "cartesian": (r" \times ", _PRODUCT),
    "star": (" * ", _PRODUCT),
    "mod": (r" \bmod ", _PRODUCT),
    "union": (r" \cup ", _SET),
    "intersection": (r" \cap ", _SET),
    "difference": (r" \setminus ", _SET),
    "symmetric-difference": (r" \triangle ", _SET),
    "and": (r" \land ", _LOGIC),
    "or": (r" \lor ", _LOGIC),
    "xor": (r" \veebar ", _LOGIC),
    "implies": (r" \Rightarrow ", _LOGIC),
    "iff": (r" \Leftrightarrow ", _LOGIC),
}
_AROUND: Final = {
    "abs": (r"\left|", r"\right|"),
    "norm": (r"\left\|", r"\right\|"),
    "floor": (r"\lfloor ", r" \rfloor"),
    "ceil": (r"\lceil ", r" \rceil"),
    "cardinality": (r"\left|", r"\right|"),
    "inner": (r"\langle ", r" \rangle"),
    "conjugate": (r"\overline{", "}"),
    "hat": (r"\widehat{", "}"),
    "tilde": (r"\widetilde{", "}"),
    "vector": (r"\overrightarrow{", "}"),
}
_BEHIND: Final = {
    "factorial": "!",
    "double-factorial": "!!",
    "percent": r"\%",
    "degree": r"^{\circ}",
    "transpose": r"^{\top}",
    "conjugate-transpose": r"^{\dagger}",
    "inverse": "^{-1}",
    "pseudo-inverse": "^{+}",
    "from-above": "^{+}",
    "from-below": "^{-}",
    "prime": "'",
    "starred": "^{*}",
}
_BEFORE: Final = {
    "gradient": r"\nabla",
    "divergence": r"\nabla \cdot",
    "curl": r"\nabla \times",
    "differential": r"\mathrm{d}",
    "increment": r"\Delta",
    "not": r"\neg",
}
_COMMANDS: Final = {
    "determinant": r"\det",
    "kernel": r"\ker",
    "dimension": r"\dim",
    "argument": r"\arg",
    **{
        name: "\\" + name
        for name in [
            *["exp", "log", "ln", "lg", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh"],
            *["tanh", "coth", "arcsin", "arccos", "arctan", "gcd", "max", "min", "sup", "inf"],
        ]
    },
}
_NAMES: Final = {"trace": "tr", "diagonal": "diag", "real-part": "Re", "imaginary-part": "Im"}
_BIG: Final = {
    "sum": r"\sum",
    "product": r"\prod",
    "coproduct": r"\coprod",
    "integral": r"\int",
    "contour-integral": r"\oint",
    "limit": r"\lim",
    "limit-sup": r"\limsup",
    "limit-inf": r"\liminf",
    "max": r"\max",
    "min": r"\min",
    "sup": r"\sup",
    "inf": r"\inf",
    "argmax": r"\operatorname*{argmax}",
    "argmin": r"\operatorname*{argmin}",
    "union": r"\bigcup",
    "intersection": r"\bigcap",
    "circled-plus": r"\bigoplus",
    "tensor": r"\bigotimes",
    "hadamard": r"\bigodot",
    "and": r"\bigwedge",
    "or": r"\bigvee",
}
_QUANTIFIERS: Final = {"forall": r"\forall", "exists": r"\exists", "exists-one": r"\exists!"}
_EXPECTATIONS: Final = {
    "expectation": r"\mathbb{E}",
    "variance": r"\operatorname{Var}",
    "covariance": r"\operatorname{Cov}",
}
_BRACKETS: Final = {"set": (r"\{", r"\}"), "tuple": ("(", ")"), "list": ("[", "]")}
_RELATIONS: Final = {"≔": ":=", "≝": r"\triangleq", "|": r"\mid", "∼": r"\sim"}


def _commands() -> dict[str, str]:
    """The first command, or ASCII sign, of each character that is not ASCII."""
    found: dict[str, str] = {}
    for name, (char, _) in SYMBOLS.items():
        if len(char) == 1 and not char.isascii():
            found.setdefault(char, name)
    return found


_COMMAND_OF: Final = _commands()
_ROW_END: Final = r" \\ "
_ESCAPES: Final = {
    **{char: "\\" + char for char in "#$%&_{}"},
    "\\": r"\textbackslash ",
    "~": r"\textasciitilde ",
    "^": r"\textasciicircum ",
}
"""What stands for itself in text only behind a backslash, or as a command."""


def to_latex(tree: Tree) -> str:
    r"""A tree as LaTeX.

    >>> from blogkit.formula import build
    >>> from blogkit.latex import parse
    >>> to_latex(build(parse(r"\frac{1}{2}\min\{1, x\} \le x_i^2").tree).tree)
    '\\frac{1}{2} \\min(1, x) \\leq x_{i}^{2}'
    """
    return _print(tree)[0]


def _print(tree: Tree) -> tuple[str, int]:
    """LaTeX of a tree and how tightly it binds."""
    match tree:
        case t.Number(text=text):
            return text, _ATOM
        case t.Symbol():
            symbol = _symbol(tree)
            return symbol.latex, _POWER if symbol.has_above else _ATOM
        case t.Constant(name=name):
            return _CONSTANTS[name], _ATOM
        case t.Blank():
            return r"\cdot", _ATOM
        case t.Ellipsis():
            return r"\dots", _ATOM
        case t.Sign(text=text):
            return _sign(text), _ATOM
        case t.Text(text=text):
            return _words(text), _ATOM
        case t.Opaque(latex=latex):
            return latex or r"\square", _PREFIX
        case t.Apply(operator=operator, args=args):
            return _apply(operator, args)
        case t.Call() | t.Expectation():
            return _applied(tree), _POWER
        case t.Index():
            return _index(tree)
        case t.Big():
            return _big(tree)
        case t.Relation():
            return _relation(tree), _RELATION
        case t.Where(body=body, word="where", condition=t.Text(text=words)):
            return rf"{to_latex(body)} \text{{ is {words}}}", _LOGIC
        case t.Where(body=body, condition=condition, word=word):
            return rf"{to_latex(body)} \quad\text{{{word}}}\quad {to_latex(condition)}", _LOGIC
        case t.System(statements=statements):
            return r",\quad ".join(map(to_latex, statements)), _LOGIC
        case t.Annotated(body=body, note=note):
            return rf"\underbrace{{{to_latex(body)}}}_{{{to_latex(note)}}}", _ATOM
        case _:
            return _layout(tree), _ATOM


def _layout(tree: Tree) -> str:
    """What stands in brackets or rows."""
    match tree:
        case t.Collection(kind=kind, items=items):
            left, right = _BRACKETS.get(kind, ("", ""))
            return left + _joined(items) + right
        case t.Comprehension(element=element, conditions=conditions):
            return rf"\{{{to_latex(element)} : {', '.join(map(to_latex, conditions))}\}}"
        case t.Interval():
            left, right = "[" if tree.has_lower else "(", "]" if tree.has_upper else ")"
            return f"{left}{to_latex(tree.lower)}, {to_latex(tree.upper)}{right}"
        case t.Matrix(rows=rows):
            lines = (" & ".join(map(to_latex, row)) for row in rows)
            return rf"\begin{{pmatrix}}{_ROW_END.join(lines)}\end{{pmatrix}}"
        case t.Cases(branches=branches):
            return rf"\begin{{cases}}{_ROW_END.join(map(_branch, branches))}\end{{cases}}"
        case _:
            return " ".join(map(to_latex, tree.children))


def _branch(branch: tuple[Tree, Tree | None]) -> str:
    value, condition = branch
    when = r"\text{otherwise}" if condition is None else to_latex(condition)
    return f"{to_latex(value)} & {when}"


def _within(tree: Tree, level: int) -> str:
    """LaTeX of an operand, in brackets where it binds less tightly than its place asks."""
    latex, own = _print(tree)
    return latex if own >= level else rf"\left({latex}\right)"


def _raised(tree: Tree) -> str:
    """LaTeX of what bears a script or a sign behind it."""
    if isinstance(tree, t.Apply) and tree.operator in ("divide", "binomial"):
        return rf"\left({to_latex(tree)}\right)"
    return _within(tree, _ATOM)


def _sign(text: str) -> str:
    return _COMMAND_OF.get(text, text)


def _name(name: str, font: str, *, is_plain: bool) -> str:
    """The letter or word; a word with a subscript is no operator, which would bind it."""
    letters = "".join(_COMMAND_OF.get(char, char) for char in name)
    if font in _FONTS:
        is_greek = font == "bold" and letters.startswith("\\")
        return rf"\{'boldsymbol' if is_greek else _FONTS[font]}{{{letters}}}"
    if name.isascii() and name.isalnum() and len(name) > 1:
        return rf"\operatorname{{{name}}}" if is_plain else rf"\mathrm{{{name}}}"
    return letters if len(name) == 1 else _words(name)


def _words(text: str) -> str:
    """Words as text, what TeX takes for commands escaped."""
    return rf"\text{{{''.join(_ESCAPES.get(char, char) for char in text)}}}"


@dataclass(frozen=True, slots=True)
class _Scripted:
    """LaTeX of a name, and which of the places beside it are taken."""

    latex: str
    has_below: bool = False
    has_above: bool = False

    def below(self, script: str) -> "_Scripted":
        """It with a subscript; in braces before that, where it has one."""
        start = rf"{{{self.latex}}}" if self.has_below else self.latex
        above = self.has_above and not self.has_below
        return _Scripted(f"{start}_{{{script}}}", has_below=True, has_above=above)

    def above(self, script: str) -> "_Scripted":
        """It with a superscript; in braces before that, where it has one or primes."""
        start = rf"{{{self.latex}}}" if self.has_above else self.latex
        below = self.has_below and not self.has_above
        return _Scripted(f"{start}^{{{script}}}", has_below=below, has_above=True)


def _symbol(symbol: t.Symbol) -> _Scripted:
    """A name: the letter, what is drawn over it, its subscript, its primes, its marks."""
    drawn = len(symbol.accents)
    while drawn and symbol.accents[drawn - 1] in _MARKS:
        drawn -= 1
    found = _Scripted(_name(symbol.name, symbol.font, is_plain=symbol.subscript is None))
    for accent in symbol.accents[:drawn]:
        found = _accented(found, accent)
    if symbol.primes:
        found = _Scripted(found.latex + "'" * symbol.primes, has_above=True)
    if symbol.subscript is not None:
        found = found.below(to_latex(symbol.subscript))
    for mark in symbol.accents[drawn:]:
        found = found.above(_MARKS[mark])
    return found if symbol.superscript is None else found.above(to_latex(symbol.superscript))


def _accented(name: _Scripted, accent: str) -> _Scripted:
    if accent in _MARKS:
        return name.above(_MARKS[accent])
    return _Scripted(rf"\{accent}{{{name.latex}}}")


def _index(tree: t.Index) -> tuple[str, int]:
    inside = ", ".join(to_latex(item).removeprefix(r"\cdot ") for item in tree.indices)
    base = _symbol(tree.base) if isinstance(tree.base, t.Symbol) else None
    if base is None:
        latex, level = _print(tree.base)
        # Round brackets that no braces hold would make a subscript a rising factorial.
        base = _Scripted(latex if level >= _ATOM else f"{{({latex})}}")
        if isinstance(tree.base, t.Index):
            base = _Scripted(latex if tree.upper else f"{{{latex}}}", tree.upper, tree.base.upper)
    made = base.above(f"({inside})") if tree.upper else base.below(inside)
    return made.latex, _POWER if made.has_above else _ATOM


def _apply(operator: str, args: tuple[Tree, ...]) -> tuple[str, int]:
    if operator in ("plus", "minus", "plus-minus", "minus-plus"):
        return _sum(operator, args)
    if operator in _BETWEEN and len(args) > 1:
        between, level = _BETWEEN[operator]
        if operator == "times":
            between = r" \cdot " if _needs_dot(args) else between
        return between.join(_within(arg, level + 1) for arg in args), level
    if operator in _AROUND:
        left, right = _AROUND[operator]
        below = f"_{{{to_latex(args[1])}}}" if operator == "norm" and len(args) > 1 else ""
        inside = ", ".join(map(to_latex, args if operator == "inner" else args[:1]))
        return left + inside + right + below, _ATOM
    if operator in _BEHIND:
        return _raised(args[0]) + _BEHIND[operator], _POWER
    if operator in _BEFORE:
        return _prefixed(operator, args), _PREFIX
    return _shaped(operator, args)


def _shaped(operator: str, args: tuple[Tree, ...]) -> tuple[str, int]:
    inside = list(map(to_latex, args))
    match operator:
        case "divide" | "binomial":
            command = "frac" if operator == "divide" else "binom"
            return rf"\{command}{{{inside[0]}}}{{{inside[1]}}}", _ATOM
        case "power":
            return f"{_raised(args[0])}^{{{inside[1]}}}", _POWER
        case "root":
            degree = f"[{inside[1]}]" if len(args) > 1 else ""
            return rf"\sqrt{degree}{{{inside[0]}}}", _ATOM
        case "derivative" | "partial" | "variation":
            return _derivative(operator, args), _PREFIX
        case "log" if len(args) > 1:
            return rf"\log_{{{inside[1]}}}({inside[0]})", _PREFIX
        case "iverson":
            return rf"[{inside[0]}]", _ATOM
        case "slice":
            return ":".join("" if isinstance(end, t.Blank) else to_latex(end) for end in args), _SUM
        case "marked" if len(args) > 1 and isinstance(args[1], t.Sign):
            return _marked(args[0], args[1].text)
        case "pochhammer" | "falling-factorial":
            over = r"\overline" if operator == "pochhammer" else r"\underline"
            return f"{_within(args[0], _ATOM)}^{{{over}{{{inside[1]}}}}}", _POWER
    name = _COMMANDS.get(operator) or rf"\operatorname{{{_NAMES.get(operator, operator)}}}"
    return f"{name}({_joined(args)})", _PREFIX


def _marked(body: Tree, accent: str) -> tuple[str, int]:
    if accent in _MARKS:
        return f"{_raised(body)}^{{{_MARKS[accent]}}}", _POWER
    if accent == "angle":
        return rf"\langle {to_latex(body)} \rangle", _ATOM
    return rf"\{accent}{{{to_latex(body)}}}", _ATOM


def _prefixed(operator: str, args: tuple[Tree, ...]) -> str:
    below = f"_{{{to_latex(args[1])}}}" if operator == "gradient" and len(args) > 1 else ""
    return f"{_BEFORE[operator]}{below} {_within(args[0], _POWER)}"


def _sum(operator: str, args: tuple[Tree, ...]) -> tuple[str, int]:
    if operator != "plus":
        sign = {"minus": "-", "plus-minus": r"\pm ", "minus-plus": r"\mp "}[operator]
        return sign + _within(args[0], _PRODUCT), _SUM
    latex = _within(args[0], _ATOM if _may_reach(args[0], args[1:2]) else _SUM)
    for place, arg in enumerate(args[1:], start=2):
        level = _ATOM if _may_reach(arg, args[place : place + 1]) else _PRODUCT
        signed = isinstance(arg, t.Apply) and arg.operator in ("minus", "plus-minus", "minus-plus")
        latex += f" {_signed(arg)}" if signed else f" + {_within(arg, level)}"
    return latex, _SUM


def _may_reach(term: Tree, following: tuple[Tree, ...]) -> bool:
    r"""Whether a sum would seem to go on over the next term, a lone one: `\sum_i a_i + b`."""
    match term:
        case t.Big(operator="sum" | "product", bound=bound):
            pass
        case t.Apply(operator="derivative" | "partial" | "variation", args=(_, *bound)):
            pass
        case _:
            return False
    if not following:
        return False
    after = following[0]
    while isinstance(after, t.Apply) and after.operator == "minus":
        after = after.args[0]
    return isinstance(after, (t.Symbol, t.Number, t.Constant)) or any(
        node in bound for node in t.walk(after)
    )


def _signed(term: Tree) -> str:
    """A term with its sign, as it stands within a sum."""
    sign = {"minus": "-", "plus-minus": r"\pm", "minus-plus": r"\mp"}
    assert isinstance(term, t.Apply)
    return f"{sign[term.operator]} {_within(term.args[0], _PRODUCT)}"


def _needs_dot(args: tuple[Tree, ...]) -> bool:
    """Whether juxtaposition would read otherwise: `2 3`, `2 10^{3}`, `a (b)`."""
    return any(_print(arg)[0][0].isdecimal() for arg in args[1:]) or any(
        (_print(arg)[1] <= _PRODUCT and isinstance(before, t.Symbol)) or _is_mixed(before, arg)
        for before, arg in pairwise(args)
    )


def _is_mixed(before: Tree, arg: Tree) -> bool:
    r"""Whether two factors would look like one: `2\frac12`, `2e - 3`, `\cos(m - n) \theta`."""
    match before, arg:
        case t.Apply(
            "sin" | "cos" | "tan", (t.Apply("plus"),)
        ), t.Symbol() | t.Index() | t.Constant():
            return True
        case t.Number(), t.Apply("divide", (t.Number(), t.Number())):
            return True
        case t.Number(), t.Symbol(name="e" | "E", font="") | t.Constant("e"):
            return True
    return False


_SIGNS_OF_DERIVATIVES: Final = {
    "derivative": r"\mathrm{d}",
    "partial": r"\partial",
    "variation": r"\delta",
}


def _derivative(operator: str, args: tuple[Tree, ...]) -> str:
    sign = _SIGNS_OF_DERIVATIVES[operator]
    below, total = [], []
    for arg in args[1:]:
        if isinstance(arg, t.Apply) and arg.operator == "order":
            total.append(to_latex(arg.args[1]))
            below.append(f"{sign} {to_latex(arg.args[0])}^{{{total[-1]}}}")
        else:
            total.append("1")
            below.append(f"{sign} {to_latex(arg)}")
    order = "" if total == ["1"] else f"^{{{_added(total)}}}"
    return rf"\frac{{{sign}{order}}}{{{' '.join(below)}}} {_within(args[0], _PRODUCT)}"


def _added(orders: list[str]) -> str:
    if all(order.isdecimal() for order in orders):
        return str(sum(map(int, orders)))
    return " + ".join(orders)


def _applied(tree: t.Call | t.Expectation) -> str:
    inside = _joined(tree.args)
    if tree.conditions:
        inside += r" \mid " + ", ".join(map(to_latex, tree.conditions))
    if isinstance(tree, t.Expectation):
        below = "" if tree.under is None else f"_{{{to_latex(tree.under)}}}"
        return f"{_EXPECTATIONS[tree.operator]}{below}[{inside}]"
    if tree.parameters:
        inside += "; " + ", ".join(map(to_latex, tree.parameters))
    return f"{_within(tree.function, _POWER)}({inside})"


def _big(tree: t.Big) -> tuple[str, int]:
    if tree.operator in _QUANTIFIERS:
        scope = to_latex(tree.condition) if tree.condition else _joined(tree.bound)
        return f"{_QUANTIFIERS[tree.operator]} {scope}: {to_latex(tree.body)}", _LOGIC
    if "integral" in tree.operator:
        return _integral(tree), _PREFIX
    below = _joined(tree.bound)
    if tree.lower is not None:
        below += f" = {to_latex(tree.lower)}"
    elif tree.condition is not None:
        below = to_latex(tree.condition)
    above = "" if tree.upper is None else f"^{{{to_latex(tree.upper)}}}"
    under = f"_{{{below}}}" if below else ""
    return f"{_BIG[tree.operator]}{under}{above} {_within(tree.body, _PRODUCT)}", _PREFIX


def _integral(tree: t.Big) -> str:
    below = tree.lower if tree.lower is not None else tree.condition
    latex = _BIG[tree.operator]
    latex += "" if below is None else f"_{{{to_latex(below)}}}"
    latex += "" if tree.upper is None else f"^{{{to_latex(tree.upper)}}}"
    over = r" \, ".join(rf"\mathrm{{d}} {to_latex(name)}" for name in tree.bound)
    return rf"{latex} {_within(tree.body, _PRODUCT)} \, {over}"


def _joined(trees: tuple[Tree, ...]) -> str:
    r"""A list; three digits behind a number are parted: `1, 000` is set like a thousand."""
    pairs = zip((None, *trees), trees, strict=False)
    latex = (_separator(before, tree) + to_latex(tree) for before, tree in pairs)
    return "".join(latex).removeprefix(", ")


def _separator(before: Tree | None, tree: Tree) -> str:
    match before, tree:
        case t.Number(), t.Number(text=text) if len(text.partition(".")[0]) == 3:
            return r",\, "
    return ", "


def _relation(tree: t.Relation) -> str:
    latex = _operand(tree.operands[0])
    for operator, operand in zip(tree.operators, tree.operands[1:], strict=True):
        sign, _, note = operator.partition("{")
        sign = _RELATIONS.get(sign) or _sign(sign)
        if note:
            sign = rf"\overset{{\text{{{note[:-1]}}}}}{{{sign}}}"
        latex += f" {sign} {_operand(operand)}"
    return latex.strip()


def _operand(tree: Tree) -> str:
    return "" if isinstance(tree, t.Blank) else _within(tree, _SET)
