"""Operator trees, read, changed and printed as checking needs them. Knows no facts and no SymPy."""
