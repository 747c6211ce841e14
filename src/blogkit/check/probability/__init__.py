r"""Statements about probability: proved by a joint normal form, tried on finite distributions.

Imports no algebra: probabilities are fractions.
"""
