r"""One formula by itself: read, looked over, drawn.

formula = parse_formula(r"\frac{1}{2}\min\{1,x\}")
formula.problems, formula.to_text(), formula.to_mathml()
"""

from __future__ import annotations

from functools import cached_property

from blogkit.latex import parse, to_latex
from blogkit.results.records import record
from blogkit.results.shown import ShownFormula

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from blogkit.compute.plan import Plan
    from blogkit.compute.plots.choices import Over
    from blogkit.compute.plots.drawing import Plot
    from blogkit.compute.reports import Argument, Code, ValueReport
    from blogkit.compute.targets import To
    from blogkit.formula import Symbol
    from blogkit.latex import Macro, Parsed, Problem
    from blogkit.latex.nodes import Row
    from blogkit.meaning.definitions import Definition


class _Keeping(ShownFormula):
    """What keeps beside its fields what was made of them: it has no slots."""


@record
class Formula(_Keeping):
    """A formula as a tree with places, whatever is wrong with it."""

    _shown = ("latex", "problems")

    latex: str
    """The LaTeX as it was given, without delimiters."""
    display: bool = True
    """Whether it is set as a display."""
    macros: Mapping[str, Macro] | None = None
    """Commands that are defined outside of it."""
    known: tuple[Definition, ...] = ()
    """What its post defines, to be put in where it is computed."""
    meanings: Mapping[Symbol, str] | None = None
    """What its post says that its symbols mean."""
    source: str = ""
    """The post that it is from, as its code says."""

    @cached_property
    def _parsed(self) -> Parsed:
        return parse(self.latex, macros=self.macros)

    @property
    def tree(self) -> Row:
        """The layout tree; see ``blogkit.latex.nodes``."""
        return self._parsed.tree

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it, in the order of the source."""
        return self._parsed.problems

    def to_latex(self) -> str:
        """LaTeX that TeX sets the same, printed from the tree."""
        return to_latex(self.tree)

    def to_text(self, *, width: int | None = None, ascii: bool = False) -> str:
        r"""The formula drawn with characters, in two dimensions.

        Args:
            width: columns to stay within, where relations or operators let it be broken.
            ascii: whether to draw with ASCII only.

        >>> print(parse_formula(r"\frac{1}{x}").to_text())
        1
        ─
        x
        """
        from blogkit.render.text import to_text

        return to_text(self.tree, width=width, ascii=ascii, display=self.display)

    def to_inline_text(self, *, ascii: bool = False) -> str:
        """The formula on one line."""
        from blogkit.render.inline import to_inline_text

        return to_inline_text(self.tree, ascii=ascii)

    def to_mathml(self) -> str:
        """The formula as a ``<math>`` element; what can't be drawn is in it as LaTeX, marked."""
        from blogkit.render.mathml import to_mathml

        return to_mathml(self.tree, display=self.display)

    def to_html(self) -> str:
        """An HTML fragment: MathML, with the LaTeX as its annotation."""
        from blogkit.render.mathml import to_html

        return to_html(self.tree, latex=self.latex, display=self.display)

    def to_svg(self) -> str:
        """The formula as an SVG picture; what can't be drawn is in it as LaTeX, marked.

        Raises:
            MissingExtraError: without the extra ``images``.
        """
        from blogkit.render.svg import to_svg

        return to_svg(self.tree, display=self.display)

    def to_png(self, *, scale: float = 2.0) -> bytes:
        """The formula as a PNG picture, black on white.

        Raises:
            FormulaError: if it would be too large, or has Chinese and the system no font for it.
            MissingExtraError: without the extra ``images``.
        """
        from blogkit.render.png import to_png

        return to_png(self.tree, display=self.display, scale=scale)

    def to_code(self, to: To = "numpy", *, let: Iterable[str] = ()) -> str:
        r"""The formula as source text: a function named after its left side.

        Args:
            to: what it is for: ``python``, ``numpy``, ``torch``, ``jax`` or ``sympy``.
            let: definitions that it needs: ``f(x) = x^2``.

        Raises:
            FormulaError: if something that it needs is not known; all that is missing is named.

        >>> print(parse_formula(r"f(x) = \frac{x^2}{2}").to_code("python").splitlines()[-1].strip())
        return x ** 2 / 2
        """
        return self.code(to, let=let).code

    def code(self, to: To = "numpy", *, let: Iterable[str] = ()) -> Code:
        """The same with the function's name, its arguments and what was put in."""
        from blogkit.compute.code import to_code

        return to_code(
            self.latex, to, let=let, definitions=self.known, macros=self.macros,
            meanings=self.meanings, source=self.source,
        )  # fmt: skip

    def function(self, *, let: Iterable[str] = ()) -> Callable[..., Any]:
        r"""The formula as a callable over numbers and NumPy arrays.

        Raises:
            FormulaError: as ``to_code``.

        >>> float(parse_formula(r"\frac{1}{1+e^{-x}}").function()(0.0))
        0.5
        """
        return self.code("numpy", let=let).function()

    def value(self, *at: str, let: Iterable[str] = (), digits: int | None = None) -> ValueReport:
        r"""The value at a point, with as many digits as are sure.

        Args:
            at: values of its symbols: ``x = 1``, ``s = (1, 2, 3)``.
            let: definitions that it needs.
            digits: how many digits are wanted, 1 to 1000; 15 unless told.

        Raises:
            FormulaError: if a symbol has no value, or the formula has none there.

        >>> parse_formula(r"\sqrt{x}").value("x = 2", digits=20).value
        '1.4142135623730950488'
        """
        from blogkit.compute.values import DIGITS, value_of

        return value_of(
            self.latex, at, let=let, definitions=self.known, macros=self.macros,
            digits=DIGITS if digits is None else digits,
        )  # fmt: skip

    def plot(
        self, over: Over | None = None, *, at: Iterable[str] = (), let: Iterable[str] = ()
    ) -> Plot:
        r"""A picture of it: curves, all sides of an equation, or a surface.

        Args:
            over: what runs: ``{"x": (-3, 3)}`` a range, ``{"K": [1, 5, 50]}`` a curve for each
                value, two ranges for a surface. Without it what usually runs, where the formula
                is interesting.
            at: values of other symbols: ``K = 5``. What is not told is 1, and the picture says so.
            let: definitions that it needs.

        Raises:
            FormulaError: if something that it needs is not known.

        >>> parse_formula("y = x^2").plot(over={"x": (-1, 1)}).x
        ('x', -1.0, 1.0)
        """
        from blogkit.compute.plots.drawing import draw_plot

        return draw_plot(self._plan_of_sides(let), over=over, at=at)

    def parameters(self) -> tuple[Argument, ...]:
        """What a picture of it keeps fixed where nothing is said.

        Raises:
            FormulaError: if there is no picture of it.
        """
        from blogkit.compute.code import write_plan
        from blogkit.compute.plots.choices import parameters
        from blogkit.compute.targets import TARGETS

        plan = self._plan_of_sides(())
        return parameters(plan, write_plan(plan, TARGETS["numpy"]))

    def _plan_of_sides(self, let: Iterable[str]) -> Plan:
        from blogkit.compute.plan import read_plan

        return read_plan(
            self.latex, let=let, definitions=self.known, macros=self.macros, all_sides=True
        )

    def to_dict(self) -> dict[str, object]:
        """LaTeX and problems as JSON has them."""
        return {
            "schema": 1,
            "latex": self.latex,
            "display": self.display,
            "problems": [problem.to_dict() for problem in self.problems],
        }


def parse_formula(
    latex: str, *, display: bool = True, macros: Mapping[str, Macro] | None = None
) -> Formula:
    r"""A formula read from LaTeX; never raises on bad LaTeX, which is told in ``problems``.

    Delimiters around the whole (``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]``) are taken off.

    >>> [problem.message for problem in parse_formula(r"\frac{1}{2").problems]
    ["expected '}' to close \\frac, found end of formula"]
    """
    if not isinstance(latex, str):
        raise TypeError(f"expected LaTeX as text, found {type(latex).__name__}")
    body, is_display = _without_delimiters(latex, display)
    return Formula(body, is_display, macros)


_DELIMITERS = (("$$", "$$", True), ("\\[", "\\]", True), ("$", "$", False), ("\\(", "\\)", False))


def _without_delimiters(latex: str, display: bool) -> tuple[str, bool]:
    stripped = latex.strip()
    for opener, closer, is_display in _DELIMITERS:
        inside = stripped[len(opener) : -len(closer)]
        if (
            stripped.startswith(opener)
            and stripped.endswith(closer)
            and len(stripped) > len(opener) + len(closer)
            and closer not in inside
        ):
            return inside, is_display
    return latex, display
