r"""Which calls are probabilities, as far as their letters tell: `p(y|x)`, `P(A)`, `\Pr`, `q(z|x)`.

Imports the operator tree only.
"""

from typing import Final

from blogkit.formula import Apply, Call, Index, Symbol, Tree

_LETTERS: Final = frozenset(["P", "p", "Pr", "ℙ", "q", "Q"])
_SELDOM: Final = frozenset(["q", "Q"])
"""Those that are other functions too."""
_LAWS: Final = frozenset(["p", "P", "Pr", "q", "π"])
_FONTS: Final = frozenset(["", "blackboard", "upright", "calligraphic", "script"])


def head(function: Tree) -> Tree:
    """What is applied, without its indices and exponents: `p` of `p_\\theta`."""
    while isinstance(function, Apply | Index) and function.children:
        function = function.children[0]
    return function


def has_letter_of_probability(call: Call) -> bool:
    """Whether a call may be a probability by its letter: also `q(x)`."""
    function = head(call.function)
    return isinstance(function, Symbol) and function.name in _LETTERS


def is_probability(call: Call) -> bool:
    """Whether a call is read as a probability: `p(y|x)`, `P(A)`; `q(x)` only with a bar."""
    function = head(call.function)
    return has_letter_of_probability(call) and (
        bool(call.conditions) or (isinstance(function, Symbol) and function.name not in _SELDOM)
    )


def is_distribution(function: Tree) -> bool:
    r"""Whether a function's name usually is a probability: `p`, `P_\theta`, `\Pr`, `q`, a policy.

    >>> is_distribution(Symbol("Pr")), is_distribution(Symbol("f"))
    (True, False)
    """
    return isinstance(function, Symbol) and function.name in _LAWS and function.font in _FONTS
