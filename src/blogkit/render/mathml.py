r"""`to_mathml` and `to_html`: a formula for browsers, by math-core.

math-core draws what it knows and rejects the rest, so `to_mathml` raises; `to_html`, which is for
pages that must be shown, falls back to the LaTeX in `<code>`, and says so in its class.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from blogkit.errors import FormulaError
from blogkit.language import Message
from blogkit.latex import parse
from blogkit.render.rewording import reworded
from blogkit.render.sources import with_tags_in_line, without_labels

if TYPE_CHECKING:
    from math_core import LatexToMathML

_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)[A-Za-z]+;")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MESSAGE = re.compile(r"(\d+): (.*)", re.DOTALL)
MAX_CHARS = 20_000
"""Longest LaTeX that is handed to math-core."""


@lru_cache(maxsize=1)
def _converter() -> "LatexToMathML":
    from math_core import LatexToMathML

    return LatexToMathML(xml_namespace=True, fancy_error=False)


def to_mathml(latex: str, *, display: bool = True) -> str:
    r"""A formula as MathML Core: one `<math>` element, well-formed XML without named entities.

    Args:
        latex: math without the dollars around it; labels are left out, references shown as keys.
        display: whether it is set as a display.

    Raises:
        FormulaError: math-core can't read the LaTeX; says where (in code points of the LaTeX
            without its labels) and why.

    Cost: about 0.01 ms.

    >>> to_mathml("x<1", display=False)
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>'
    """
    from math_core import LatexError

    source = _CONTROL.sub("�", without_labels(latex))
    if len(source) > MAX_CHARS:
        raise FormulaError(
            Message(
                "MathML: expected at most {max_chars} characters of LaTeX, found {count}",
                max_chars=MAX_CHARS,
                count=len(source),
            )
        )
    try:
        found = _converted(source, display)
    except LatexError as error:
        raise FormulaError(_explained(str(error))) from None
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), found)


def _converted(source: str, display: bool) -> str:
    """What math-core makes of LaTeX; it numbers lines of environments only, MathJax any display."""
    from math_core import LatexError

    convert = _converter().convert_with_local_state
    try:
        return convert(source, displaystyle=display)
    except LatexError as error:
        for again in _rewordings(source):
            try:
                return convert(again, displaystyle=display)
            except LatexError:
                continue
        raise error


def _rewordings(source: str) -> Iterator[str]:
    """Other LaTeX for the same formula, the nearest to the author's first."""
    tagged = with_tags_in_line(source) if "\\tag" in source else source
    if tagged != source:
        yield tagged
    if parse(source).problems == ():
        yield reworded(tagged)


def _explained(message: str) -> str:
    match = _MESSAGE.fullmatch(message)
    return f"MathML: at character {match[1]}: {match[2]}" if match else f"MathML: {message}"


def to_html(latex: str, *, display: bool = True) -> str:
    r"""A formula as a fragment of HTML: MathML with the LaTeX as its annotation.

    Never raises for LaTeX: what math-core rejects is shown as `<code class="latex-source">`, with
    the reason as its title.

    >>> to_html("x", display=False).partition("</mrow>")[2]
    '<annotation encoding="application/x-tex">x</annotation></semantics></math>'
    >>> to_html(r"\foo")[-11:]
    '\\foo</code>'
    """
    shown = html.escape(_CONTROL.sub("�", latex), quote=False)
    try:
        mathml = to_mathml(latex, display=display)
    except FormulaError as error:
        return f'<code class="latex-source" title="{html.escape(str(error))}">{shown}</code>'
    start = mathml.index(">") + 1
    end = mathml.rindex("</math>")
    annotation = f'<annotation encoding="application/x-tex">{shown}</annotation>'
    body = f"<semantics><mrow>{mathml[start:end]}</mrow>{annotation}</semantics>"
    return mathml[:start] + body + mathml[end:]
