"""Probabilities, random variables and sequences of events, as formulas write them."""
