r"""Whether a formula is well written: syntax, lost backslashes, brackets, characters, labels.

    from blogkit.lint import find_problems

    for problem in find_problems(r"sum_{i}^n x_i <= frac{1}{2}"):
        problem.code, problem.message, problem.span, problem.repair

A rule is one file and would rather miss a fault than raise a false alarm. All codes, with an
example and its repair, are in `docs/errors.md`. This package imports the layout tree, the posts
and the finder of formulas in text; no operator tree and no algebra.
"""

from blogkit.lint.find import find_problems
from blogkit.lint.posts import PostProblem, find_post_problems

__all__ = ["PostProblem", "find_post_problems", "find_problems"]
