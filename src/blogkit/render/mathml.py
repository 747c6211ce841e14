r"""`to_mathml` and `to_html`: a formula for browsers, by math-core.

math-core is given the formula in the commands that it knows (`rewording`); what it can't draw is in
the MathML as LaTeX: `<mtext class="latex-source">`.
"""

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from blogkit.latex import to_latex
from blogkit.latex.nodes import Row
from blogkit.render.attempts import drawn
from blogkit.render.dialects import MATH_CORE, MATH_CORE_IN_LINE, STAND_INS
from blogkit.render.rewording import SOURCE

if TYPE_CHECKING:
    from math_core import LatexToMathML

_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)[A-Za-z]+;")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SOURCE = re.compile(f"<mtext>{SOURCE[0]}([^<]*){SOURCE[1]}</mtext>")
_PRIMES = re.compile("(?:<mo>′</mo>){2,4}")
_PUT_BACK = str.maketrans(
    {stand_in: char for char, stand_in in STAND_INS.items()} | dict.fromkeys(SOURCE, "")
)


@lru_cache(maxsize=1)
def _converter() -> "LatexToMathML":
    from math_core import LatexToMathML

    return LatexToMathML(xml_namespace=True, fancy_error=False)


def to_mathml(formula: str | Row, *, display: bool = True) -> str:
    r"""A formula as MathML Core: one `<math>` element, well-formed XML without named entities.

    Never raises for LaTeX: what can't be drawn is shown as it was written, in an `<mtext>` of the
    class `latex-source`.

    Args:
        formula: math without the dollars around it, or its tree; labels are left out, references
            shown as keys, numbers of lines at the right.
        display: whether it is set as a display.

    Cost: about 0.5 ms.

    >>> to_mathml("x<1", display=False)
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>'
    >>> to_mathml(r"\foo", display=False)[49:]
    '<mtext class="latex-source">\\foo</mtext></math>'
    """
    from math_core import LatexError

    convert = _converter().convert_with_local_state

    def draw(latex: str) -> str | None:
        try:
            return convert(_CONTROL.sub("\ufffd", latex), displaystyle=display)
        except LatexError:
            return None

    found = drawn(formula, MATH_CORE if display else MATH_CORE_IN_LINE, draw)
    found = _PRIMES.sub(_as_one, _SOURCE.sub(_marked, found)).translate(_PUT_BACK)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), found)


def _as_one(primes: re.Match[str]) -> str:
    """Primes side by side as the one sign for them."""
    return f"<mo>{'″‴⁗'[primes[0].count('′') - 2]}</mo>"


def _marked(source: re.Match[str]) -> str:
    text = source[1].replace("\xa0", " ")
    return f'<mtext class="latex-source">{text}</mtext>'


def to_html(formula: str | Row, *, latex: str | None = None, display: bool = True) -> str:
    r"""A formula as a fragment of HTML: MathML with the LaTeX as its annotation.

    Args:
        formula: as in `to_mathml`.
        latex: the LaTeX to annotate it with; by default as given, or as its tree is printed.
        display: whether it is set as a display.

    >>> to_html("x", display=False).partition("</mrow>")[2]
    '<annotation encoding="application/x-tex">x</annotation></semantics></math>'
    """
    if latex is None:
        latex = formula if isinstance(formula, str) else to_latex(formula)
    shown = html.escape(_CONTROL.sub("\ufffd", latex), quote=False)
    mathml = to_mathml(formula, display=display)
    start = mathml.index(">") + 1
    end = mathml.rindex("</math>")
    annotation = f'<annotation encoding="application/x-tex">{shown}</annotation>'
    body = f"<semantics><mrow>{mathml[start:end]}</mrow>{annotation}</semantics>"
    return mathml[:start] + body + mathml[end:]
