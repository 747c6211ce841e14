r"""A formula as source text: a function named after its left side, and as a callable.

code = to_code(r"f(x) = \frac{1}{1+e^{-x}}", "numpy")
code.name, [one.name for one in code.arguments], code.code
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from blogkit.errors import FormulaError
from blogkit.formula import tree as t
from blogkit.formula import variables
from blogkit.formula.printing import to_latex
from blogkit.formula.tree import Symbol, Tree
from blogkit.language import Message
from blogkit.latex import Macro
from blogkit.meaning.definitions import Definition

from .names import Names, identifier
from .pieces import Piece
from .plan import Part, Plan, previous, read_plan
from .reports import Argument, Code
from .shapes import Sort, family, read_shapes
from .sums import TERMS
from .targets import HELPERS, TARGETS, Target, To
from .writing import Writer

_MOST_COLUMNS = 90
_LABEL = re.compile(r"\\(?:label|tag\*?)\{[^{}]*\}")
_NAMES = {"sides": "sides", "value": "formula"}
_MODULES = {"math.": "import math", "jax.": "import jax"}


def to_code(
    latex: str,
    to: To = "numpy",
    *,
    let: Iterable[str] = (),
    definitions: Iterable[Definition] = (),
    macros: Mapping[str, Macro] | None = None,
    meanings: Mapping[Symbol, str] | None = None,
    source: str = "",
) -> Code:
    r"""A formula as a function.

    Args:
        latex: the formula, without delimiters.
        to: what the code is for: `python`, `numpy`, `torch`, `jax` or `sympy`.
        let: definitions that are given with it: `f(x) = x^2`.
        definitions: those of its post.
        macros: commands that its post defines.
        meanings: what its post says that symbols mean, for the docstring.
        source: the post that it is from, for the docstring.

    Raises:
        FormulaError: if something that it needs is not known; it names all that is missing.

    >>> code = to_code(r"f(x) = \frac{x^2}{K}", "python")
    >>> code.name, [one.name for one in code.arguments], code.code.splitlines()[-1].strip()
    ('f', ['x', 'K'], 'return x ** 2 / K')
    """
    if to not in TARGETS:
        raise FormulaError(
            Message("to: expected {known}, found {found}", known=", ".join(TARGETS), found=to)
        )
    plan = read_plan(latex, let=let, definitions=definitions, macros=macros)
    return write_plan(plan, TARGETS[to], meanings=meanings, source=source)


def write_plan(
    plan: Plan, target: Target, *, meanings: Mapping[Symbol, str] | None = None, source: str = ""
) -> Code:
    """The code of a plan."""
    lefts = [part.left for part in plan.parts if part.left is not None]
    bodies = [part.body for part in plan.parts]
    shapes = read_shapes(bodies, lefts, plan.known)
    names = Names()
    name = names.fresh(_function_name(plan))
    writer = Writer(target, names, shapes, plan.known)
    signature = _signature(plan, writer)
    lines, results = _body(plan, writer)
    if writer.missing:
        raise FormulaError(_joined([*writer.missing.values()]))
    arguments = _arguments(signature, writer, meanings or {})
    written = _Function(plan, target, name, arguments, writer, lines, results, source)
    shown = tuple(to_latex(left) if left is not None else to_latex(body) for left, body in results)
    used = tuple(one.latex for one in writer.used.values())
    several = shown if len(shown) > 1 else ()
    return Code(plan.latex, target.to, name, arguments, written.text(), used, several)


def _joined(missing: list[Message]) -> Message:
    """All that is missing as one sentence."""
    first, *rest = missing
    return Message("{one}; {others}", one=first, others=_joined(rest)) if rest else first


def _function_name(plan: Plan) -> str:
    if plan.kind in _NAMES:
        return _NAMES[plan.kind]
    if plan.kind == "update":
        return "step"
    left = plan.parts[plan.results[0]].left
    assert left is not None
    return identifier(left.function if isinstance(left, t.Call) else left)


# --- arguments


def _signature(plan: Plan, writer: Writer) -> list[Tree]:
    """The arguments that the left sides name: of functions theirs, of a step the state."""
    found: list[Tree] = []
    for part in plan.parts:
        match part.left:
            case t.Call(args=args, conditions=conditions, parameters=parameters):
                found += (*args, *conditions, *parameters)
    if plan.kind == "update":
        found += [state for part in plan.parts for state in _states(part)]
    return [key for one in found for key in _key(one, writer)]


def _key(tree: Tree, writer: Writer) -> list[Tree]:
    match tree:
        case Symbol() if tree in writer.known or tree in writer.shapes.sizes:
            return []
        case Symbol():
            array = writer.shapes.array(tree)
            whole = writer.shapes.is_array(tree) and array not in writer.shapes.apart
            return [t.Index(array, ())] if whole else [tree]
        case t.Index() if not writer.shapes.is_array(family(tree)[0] or Symbol("")):
            return [tree]
        case t.Call(function=Symbol()) | t.Apply(operator="increment"):
            return [tree]
    return []


def _states(part: Part) -> list[Tree]:
    assert part.left is not None
    if part.left in t.walk(part.body):
        return [part.left]
    return [node for node in t.walk(part.body) if previous(node, part.left)][:1]


def _arguments(
    signature: list[Tree], writer: Writer, meanings: Mapping[Symbol, str]
) -> tuple[Argument, ...]:
    order = {tree: place for place, tree in enumerate(signature)}
    for tree in signature:
        if tree not in writer.arguments and isinstance(tree, Symbol | t.Index):
            writer.arguments[tree] = writer.names.of(tree)
    kept = sorted(writer.arguments, key=lambda tree: order.get(tree, len(order)))
    return tuple(
        Argument(
            writer.arguments[one],
            _shown(one),
            _sort(one, writer),
            meanings.get(family(one)[0] or Symbol("")),
            one,
        )
        for one in kept
    )


def _sort(tree: Tree, writer: Writer) -> Sort:
    if isinstance(tree, Symbol | t.Index):
        return writer.shapes.sort(tree)
    return ("real", "vector", "matrix")[writer.ranks.get(tree, 0)]


def _shown(tree: Tree) -> str:
    return to_latex(tree.base if isinstance(tree, t.Index) and not tree.indices else tree)


# --- the body

_Results = list[tuple[Tree | None, Tree]]


def _body(plan: Plan, writer: Writer) -> tuple[list[str], _Results]:
    """The lines that compute all parts, the last of which gives the result."""
    lines: list[str] = []
    _name_states(plan, writer)
    _give_arguments(plan, writer)
    texts: list[str] = []
    for place, part in enumerate(plan.parts):
        body = part.body
        piece = writer.write(body)
        only = plan.results == (place,) and place == len(plan.parts) - 1
        if only or part.left is None:
            texts.append(piece.text)
            continue
        name = _local_name(part, plan, writer)
        lines.append(f"{name} = {piece.text}")
        value = Piece(name, rank=piece.rank)
        writer.given[part.left] = value
        if place in plan.results:
            texts.append(name)
    results = [(plan.parts[k].left, plan.parts[k].body) for k in plan.results]
    return [*lines, *_returned(texts)], results


def _returned(texts: list[str]) -> list[str]:
    line = f"return {', '.join(texts)}"
    if len(texts) == 1 or len(line) <= _MOST_COLUMNS:
        return [line]
    return ["return (", *(f"    {text}," for text in texts), ")"]


def _name_states(plan: Plan, writer: Writer) -> None:
    r"""What was before a step is `x_prev` where it has an index, and `x` where it has none."""
    for part in plan.parts if plan.kind == "update" else ():
        for state in _states(part):
            if state != part.left:
                base, _ = family(state)
                assert base is not None
                writer.names.give(state, f"{identifier(base)}_prev")


def _give_arguments(plan: Plan, writer: Writer) -> None:
    """Arguments of a left side that are no names are values: the `f(x)` of `L(y, f(x))`."""
    for part in plan.parts:
        if isinstance(part.left, t.Call):
            for arg in (*part.left.args, *part.left.conditions, *part.left.parameters):
                is_value = isinstance(arg, t.Call | t.Apply) and not variables(arg).bound
                if is_value and arg in t.walk(part.body):
                    writer.given[arg] = writer.argument(arg)


def _local_name(part: Part, plan: Plan, writer: Writer) -> str:
    assert part.left is not None
    if part.left in writer.arguments:
        return writer.names.fresh(f"{identifier(part.left)}_next")
    return writer.names.give(part.left, identifier(part.left))


# --- the text


@dataclass(frozen=True, slots=True)
class _Function:
    """What the text of a function is made of."""

    plan: Plan
    target: Target
    name: str
    arguments: tuple[Argument, ...]
    writer: Writer
    lines: list[str]
    results: _Results
    source: str

    def text(self) -> str:
        """The source of the module."""
        function = "\n".join([self._head(), *(_indented(line) for line in self._inside())]) + "\n"
        helpers = [
            HELPERS.get((name, self.target.to)) or HELPERS[name, "python"]
            for name in self.writer.helpers
        ]
        body = "\n\n".join([*helpers, function])
        imports = self._imports(body)
        return f"{imports}\n\n{body}" if imports else body

    def _imports(self, body: str) -> str:
        lines = [line for start, line in _MODULES.items() if start in body]
        module = f"{self.target.module}."
        own = [line for line in self.target.imports if module in body]
        return "".join(f"{line}\n" for line in dict.fromkeys([*lines, *own]))

    def _head(self) -> str:
        names = [argument.name for argument in self.arguments]
        if self.writer.is_cut:
            names.append(f"{TERMS}=1000")
        return f"def {self.name}({', '.join(names)}):"

    def _inside(self) -> list[str]:
        notes = [f"# {_one_line(note)}" for note in self.writer.notes]
        limits = [
            f"# the limit {_one_line(name)} -> {_one_line(to)}: give {_one_line(name)} near it"
            for name, to in self.plan.limits
        ]
        sizes = self.writer.sizes.values()
        return [*self._docstring(), *sizes, *self.writer.locals, *limits, *notes, *self.lines]

    def _docstring(self) -> list[str]:
        latex = _one_line(_LABEL.sub("", self.plan.latex))
        details: list[str] = []
        if self.plan.conditions:
            details.append(f"Where {'; '.join(map(_one_line, self.plan.conditions))}.")
        if self.source:
            details.append(f"From: {_one_line(self.source)}")
        if any(a.name != a.latex or a.sort != "real" for a in self.arguments):
            details += ["", "Args:", *map(_described, self.arguments)]
        if len(self.results) > 1:
            shown = [to_latex(body if left is None else left) for left, body in self.results]
            details += ["", "Returns:", *(f"    {_one_line(one)}" for one in shown)]
        while details and not details[0]:
            details.pop(0)
        if not details and not latex.endswith(("\\", '"')):
            return [f'r"""{latex}"""']
        return [f'r"""{latex}', "", *details, '"""']


def _described(argument: Argument) -> str:
    meaning = f", {argument.meaning}" if argument.meaning else ""
    return _one_line(f"    {argument.name}: {argument.latex}, {_SORTS[argument.sort]}{meaning}", 4)


_SORTS: dict[Sort, str] = {
    "real": "a number",
    "integer": "a whole number",
    "vector": "a vector",
    "matrix": "a matrix",
    "array": "an array",
}


def _one_line(text: str, indent: int = 0) -> str:
    """A text that stays within a comment or docstring."""
    words = " ".join(text.split()).replace('"""', '"\u200b""')
    return " " * indent + words


def _indented(line: str) -> str:
    return f"    {line}" if line else ""
