"""Operator trees, read and changed as checking needs them. Knows no facts and no SymPy."""
