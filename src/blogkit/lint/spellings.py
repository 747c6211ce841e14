r"""Signs typed as on a keyboard, and scripts that lose a digit: `a <= b`, `x -> 0`, `2^10`.

TeX sets each character by itself: `<=` is a `<` and an `=`, and of `2^10` only the 1 is raised.
"""

from collections.abc import Iterator

from blogkit.language import Message
from blogkit.latex import Fraction, Node, Operator, Problem, Root, Row, Scripts
from blogkit.lint.reading import MathList, Reading, as_atom, nucleus
from blogkit.spans import Span

RELATION = "typed-relation"
SCRIPT = "unbraced-script"
EMPTY = "empty-argument"
ANGLE = "angle-brackets"

_RELATIONS = {
    "<=>": "\\Leftrightarrow", "<=": "\\leq", ">=": "\\geq", "=>": "\\Rightarrow", "->": "\\to",
}  # fmt: skip


def find(reading: Reading) -> Iterator[Problem]:
    """Relations spelled in ASCII, scripts without their braces, fractions and roots of nothing.

    >>> [problem.repair for problem in find(Reading.of("x^10 <= y"))]
    ['\\\\leq', '{10}']
    """
    for part in reading.lists:
        angles = list(_angles(part, reading))
        yield from angles
        yield from _relations(part, reading, {problem.span.end - 1 for problem in angles})
        yield from _scripts(part, reading)
    for node in reading.nodes:
        yield from _empty(node)


def _relations(part: MathList, reading: Reading, closers: set[int]) -> Iterator[Problem]:
    """Spelled relations; of `<x, y>=0` the `>` closes, as the offsets of closers tell."""
    end = -1
    for item in part.items:
        start = item.span.start
        if start < end or start in closers or as_atom(item) is None:
            continue
        spelled = next((s for s in _RELATIONS if reading.latex.startswith(s, start)), None)
        if spelled is None or item.span.end != start + 1:
            continue
        end = start + len(spelled)
        if spelled == "<=" and reading.latex.startswith(">", end):
            continue
        repair = _RELATIONS[spelled]
        following = reading.latex[end : end + 1]
        message = Message(
            "expected '{repair}', found '{spelled}', which TeX sets as {count} signs; "
            "write '{repair}'",
            repair=repair,
            spelled=spelled,
            count=len(spelled),
        )
        needs_space = following.isascii() and following.isalpha()
        yield Problem(RELATION, "warning", message, Span(start, end), repair + " " * needs_space)


def _scripts(part: MathList, reading: Reading) -> Iterator[Problem]:
    r"""`2^10`, `x_12`, `10^-3`: digits right behind a script without braces."""
    for item, following in zip(part.items, part.items[1:], strict=False):
        script = _last_script(item)
        if script is None or script.braced or script.span.end != following.span.start:
            continue
        written = script.span.of(reading.latex)
        if len(written) != 1 or not (written.isdigit() or written == "-"):
            continue
        rest = reading.latex[script.span.end :]
        digits = len(rest) - len(rest.lstrip("0123456789"))
        if not digits:
            continue
        span = Span(script.span.start, script.span.end + digits)
        whole = span.of(reading.latex)
        message = Message(
            "expected braces around '{whole}', found none, so that TeX takes "
            "'{written}' alone for the script; write '{{{whole}}}'",
            whole=whole,
            written=written,
        )
        yield Problem(SCRIPT, "error", message, span, f"{{{whole}}}")


def _last_script(item: Node) -> Row | None:
    if not isinstance(item, Scripts):
        return None
    scripts = [script for script in (item.sub, item.sup) if script is not None]
    return max(scripts, key=lambda script: script.span.end, default=None)


def _empty(node: Node) -> Iterator[Problem]:
    """A fraction or a root in which nothing stands."""
    if isinstance(node, Fraction):
        parts = [(node.numerator, "a numerator"), (node.denominator, "a denominator")]
    elif isinstance(node, Root):
        parts = [(node.body, "something")]
    else:
        return
    for part, expected in parts:
        if part.braced and not part.items:
            message = Message(
                "expected {expected} in {command}, found '{{}}'; write what is missing",
                expected=expected,
                command=node.command,
            )
            yield Problem(EMPTY, "warning", message, part.span)


def _angles(part: MathList, reading: Reading) -> Iterator[Problem]:
    r"""`<x, y>`: signs of comparison that enclose two things."""
    texts = [getattr(as_atom(item), "text", "") for item in part.items]
    for first, text in enumerate(texts):
        if text != "<" or not _begins_operand(part, first):
            continue
        last = next((i for i in range(first + 1, len(texts)) if texts[i] in "<>=" and texts[i]), 0)
        if not last or texts[last] != ">" or "," not in texts[first:last]:
            continue
        yield from _angle_problem(part, first, last, reading)


def _begins_operand(part: MathList, index: int) -> bool:
    """Whether an operand begins there, where a comparison can't stand."""
    if index == 0:
        return True
    before = as_atom(part.items[index - 1])
    if isinstance(nucleus(part.items[index - 1]), Operator):
        return True
    return before is not None and before.kind in ("bin", "rel", "open", "punct")


def _angle_problem(part: MathList, first: int, last: int, reading: Reading) -> Iterator[Problem]:
    opening, closing = as_atom(part.items[first]), as_atom(part.items[last])
    if opening is None or closing is None:
        return
    span = Span(opening.span.start, closing.span.end)
    inside = reading.latex[opening.span.end : closing.span.start].strip()
    repair = f"\\langle {inside} \\rangle"
    message = Message(
        r"expected '\langle' and '\rangle' around '{inside}', found '<' and '>', "
        "which TeX sets as comparisons; write '{repair}'",
        inside=inside,
        repair=repair,
    )
    yield Problem(ANGLE, "warning", message, span, repair)
