r"""Statements about probability: proved by a joint normal form, tried on finite distributions.

Imports no algebra: probabilities are fractions.
"""

from blogkit.check.probability.distributions import try_distributions
from blogkit.check.probability.proof import applies, prove_probability

__all__ = ["applies", "prove_probability", "try_distributions"]
