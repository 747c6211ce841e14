r"""Presentation MathML to LaTeX, for pages that kept no source of their formulas."""

from blogkit.sources.mathml.convert import to_latex

__all__ = ["to_latex"]
