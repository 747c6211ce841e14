"""Numbers that carry their derivatives change as small steps show."""

import pytest
from flint import arb, ctx, fmpq

from blogkit.meaning.terms.jets import Jet
from blogkit.meaning.terms.values import function_of, grid, inverse, power, root

STEP = fmpq(1, 2**100)
AT = fmpq(3, 4)
COMPUTED = {
    "a quotient": lambda x: (x * x - 1) / (2 + x) - 3 * inverse(x),
    "a root": lambda x: root(x * x + 1),
    "powers": lambda x: power(x, 3) + power(x, fmpq(1, 3)) + power(fmpq(2), x),
    "an absolute value": lambda x: abs(-x) * x,
    "the larger one": lambda x: function_of("max", x, 1 - x),
    "functions": lambda x: sum(
        (function_of(name, x) for name in ("exp", "log", "sin", "cos", "tan", "tanh", "sigmoid")),
        fmpq(0),
    ),
    "softmax": lambda x: function_of("softmax", grid(2, 1, [x, 1 - x * x])).entries[0],
}


@pytest.mark.parametrize("rule", COMPUTED.values(), ids=COMPUTED)
def test_the_slope_of_a_jet_is_what_a_small_step_shows(rule: object) -> None:
    with ctx.workprec(512):
        found = rule(Jet(AT, (fmpq(1),)))
        there, here = rule(AT + STEP), rule(AT)
        assert abs(arb(there - here) / STEP - found.slopes[0]) < arb(2) ** -80
        assert arb(found.value - here).contains(0)
