"""Formulas looked up by what they say: normal form, patterns, and their index."""
