"""Code of formulas, judged: random arguments, and what the value has to be."""
