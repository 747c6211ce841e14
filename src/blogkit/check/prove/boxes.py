r"""Inequalities on boxes: every free symbol lies in a bounded interval, which is cut in pieces
until the balls of both sides lie apart on each piece.

Ball arithmetic encloses the values for all points of a piece, so that what holds for the balls
holds for the piece. It needs room between the sides: where they touch, the pieces never end, and
the answer is `Open`. python-flint is imported inside functions only.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from blogkit.check.answers import Open, Proved
from blogkit.check.question import Question
from blogkit.formula import Relation, Symbol, Tree, variables
from blogkit.language import Message
from blogkit.meaning.facts.ranges import Range, range_of
from blogkit.meaning.statements.kinds import KNOWN_FUNCTIONS

if TYPE_CHECKING:
    from flint import arb

    from blogkit.meaning.balls import Evaluation
    from blogkit.meaning.balls.values import Value

MAX_PIECES: Final = 2000
"""Pieces that are looked at before it is given up."""
MAX_SYMBOLS: Final = 3
"""More symbols than this make too many pieces."""

_Box = tuple[tuple[Fraction, Fraction], ...]


def prove_on_boxes(question: Question) -> Proved | Open:
    """Whether an inequality or `≠` holds on all pieces of the box of its symbols.

    Args:
        question: A relation whose free symbols are real and bounded by the facts.
    """
    claim, facts = question.claim, question.facts
    if not isinstance(claim, Relation) or claim.operators[0] not in ("<", "≤", ">", "≥", "≠"):
        return Open(Message("ball arithmetic proves inequalities only"))
    names = sorted(
        (name for name in variables(claim).free if name.name not in KNOWN_FUNCTIONS),
        key=lambda name: name.name,
    )
    if not names or len(names) > MAX_SYMBOLS or facts.definitions or facts.field_ != "real":
        return Open(Message("the symbols make no box"))
    ends = [_ends(range_of(name, facts), facts.sort_of(name).is_scalar) for name in names]
    box = tuple(end for end in ends if end is not None)
    if len(box) < len(names):
        return Open(Message("a symbol is not bounded on both sides"))
    pieces = _pieces(claim, names, box)
    if not pieces:
        return Open(Message("the sides come too close for ball arithmetic"))
    step = Message(
        "On each of {pieces} boxes that cover the range, balls of the two sides lie apart.",
        pieces=pieces,
    )
    return Proved(Message("ball arithmetic on boxes"), steps=(step,))


def _ends(known: Range, is_scalar: bool) -> tuple[Fraction, Fraction] | None:
    if not is_scalar or known.lower is None or known.upper is None or known.kind == "complex":
        return None
    return known.lower, known.upper


def _pieces(claim: Tree, names: list[Symbol], box: _Box) -> int:
    """How many pieces the proof takes; 0 where there is none."""
    from blogkit.meaning.balls import Evaluation, precision

    waiting, done = [box], 0
    with precision(64):
        while waiting:
            done += 1
            if done + len(waiting) > MAX_PIECES:
                return 0
            piece = waiting.pop()
            if not _holds(Evaluation({}, is_complex=False), claim, names, piece):
                waiting += _halves(piece)
    return done


def _holds(evaluation: "Evaluation", claim: Tree, names: list[Symbol], piece: _Box) -> bool:
    """Whether the claim is certainly true on a whole piece."""
    from blogkit.meaning.balls import Missing, Truth, Uncertain, Unsupported
    from blogkit.meaning.outcomes import Undefined

    pairs = zip(names, piece, strict=True)
    values: dict[Tree, Value] = {name: _ball(*ends) for name, ends in pairs}
    try:
        with evaluation.bound(values):
            return evaluation.truth(claim) is Truth.TRUE
    except (Uncertain, Undefined, Unsupported, Missing):
        return False


def _ball(lower: Fraction, upper: Fraction) -> "arb":
    """A ball that covers a closed interval."""
    from flint import arb, fmpq

    middle = (lower + upper) / 2
    radius = (upper - lower) / 2
    return arb(fmpq(middle.numerator, middle.denominator)) + arb(0, 1) * arb(
        fmpq(radius.numerator, radius.denominator)
    )


def _halves(piece: _Box) -> Iterator[_Box]:
    """The piece cut in two along its longest side."""
    at = max(range(len(piece)), key=lambda side: piece[side][1] - piece[side][0])
    lower, upper = piece[at]
    middle = (lower + upper) / 2
    for ends in ((lower, middle), (middle, upper)):
        yield (*piece[:at], ends, *piece[at + 1 :])
