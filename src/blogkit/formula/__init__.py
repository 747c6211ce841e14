"""Formulas as readers mean them: operator tree, normal form for search, patterns and matching."""
