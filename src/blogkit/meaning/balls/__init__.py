"""Numbers: the value of an expression and the truth of a statement at a point.

    with precision(64):
        Evaluation({x: Number("2")}, is_complex=False).value(tree)

Exact where that is cheap, otherwise in balls that certainly hold the true value (python-flint).
Imports the operator tree and python-flint; no SymPy.
"""

from blogkit.meaning.balls.evaluation import Evaluation
from blogkit.meaning.balls.scope import Truth
from blogkit.meaning.balls.values import Value, precision, show
from blogkit.meaning.outcomes import Missing, Uncertain, Undefined, Unsupported

__all__ = [
    "Evaluation",
    "Missing",
    "Truth",
    "Uncertain",
    "Undefined",
    "Unsupported",
    "Value",
    "precision",
    "show",
]
