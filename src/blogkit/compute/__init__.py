r"""Formulas that run: source text of functions, callables, values with sure digits.

    from blogkit.compute.code import to_code

    to_code(r"f(x) = \frac{1}{1+e^{-x}}", "numpy").code

A formula's operator tree becomes a plan (`plan`): what is computed, from what. The shapes of its
names (`shapes`) and the rows of one table (`targets`) then say how each part is written.
"""
