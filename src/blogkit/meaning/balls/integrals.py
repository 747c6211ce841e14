r"""Definite integrals of analytic integrands, enclosed with certainty.

The ends must be finite; of integrals to infinity only those of `improper.py` are computed, and
none with a singular end.
Source: Johansson, Numerical integration in arbitrary-precision ball arithmetic (2018), as in
`acb.integral`. Imports `analytic.py`, `scope.py`, `values.py`.
"""

from flint import acb

from blogkit.formula import Big, Constant, Symbol, Tree, walk
from blogkit.language import Message
from blogkit.meaning.balls.analytic import Analytic, no_value
from blogkit.meaning.balls.improper import improper
from blogkit.meaning.balls.scope import Scope
from blogkit.meaning.balls.values import Value, finite, is_real, to_complex
from blogkit.meaning.outcomes import Requires, Uncertain, Undefined, Unsupported
from blogkit.meaning.steps import OutOfStepsError

MAX_EVALUATIONS = 4_000
"""Evaluations of the integrand for one integral."""


def integral(tree: Big, scope: Scope) -> Value:
    """The value of an integral over one variable with finite real ends."""
    if len(tree.bound) != 1 or tree.lower is None or tree.upper is None or tree.condition:
        raise Unsupported(Message("an integral that is not over one variable with two ends"))
    variable = tree.bound[0]
    if not isinstance(variable, Symbol):
        raise Unsupported(Message("an integral over what is no plain name"))
    if any(Constant("∞") in walk(end) for end in (tree.lower, tree.upper)):
        return improper(tree, variable, scope)
    ends = scope.value(tree.lower), scope.value(tree.upper)
    if not (is_real(ends[0]) and is_real(ends[1])):
        raise Unsupported(Message("an integral along a path in the complex plane"))
    return _integrate(tree.body, variable, ends, scope)


def _integrate(body: Tree, variable: Symbol, ends: tuple[Value, Value], scope: Scope) -> Value:
    function = Analytic(body, variable, scope)

    exhausted: list[acb] = []

    def integrand(point: acb, watched: bool) -> acb:
        try:
            return function(point, watched)
        except OutOfStepsError:
            exhausted.append(point)  # no exception passes through the library's own code
        except (Undefined, Uncertain):
            pass
        return no_value()

    integrand(to_complex(ends[0]), False)  # what has no rule is refused before the long work
    enclosed = acb.integral(
        integrand, to_complex(ends[0]), to_complex(ends[1]), eval_limit=MAX_EVALUATIONS
    )
    if exhausted:
        raise OutOfStepsError
    value = finite(enclosed)
    if isinstance(value, acb) and not scope.is_complex:
        if value.imag.contains(0):
            return value.real
        raise Requires(body, r"\in \mathbb{R}")
    return value
