r"""The gallery: the displays of files, drawn as text beside their LaTeX.

    python -m blogkit.render.gallery seeds/*.txt > docs/gallery.md

`docs/gallery.md` is made so, and a test holds it to the code: a change of the drawing shows there.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from blogkit.latex import parse
from blogkit.render.inline import to_inline_text
from blogkit.render.text import to_text

_DISPLAY = re.compile(r"\\begin\{(equation|align)\*?\}.*?\\end\{\1\*?\}|\$\$.+?\$\$", re.DOTALL)
_HEAD = """# Gallery

The displays of the seeds, each once: LaTeX, in a terminal, in a plain terminal (`--ascii`), and on
one line as in snippets. Made by `python -m blogkit.render.gallery seeds/*.txt > docs/gallery.md`.
"""


def displays(text: str) -> list[str]:
    r"""The displays of a text, without dollars.

    >>> displays("so $$a=b$$ holds")
    ['a=b']
    """
    return [found[0].strip("$") for found in _DISPLAY.finditer(text)]


def gallery(texts: Iterable[str]) -> str:
    """A page in Markdown with the displays of texts, each once, in their order."""
    formulas = dict.fromkeys(latex for text in texts for latex in displays(text))
    entries = [_entry(number, latex) for number, latex in enumerate(formulas, 1)]
    return "\n".join([_HEAD, *entries])


def _entry(number: int, latex: str) -> str:
    tree = parse(latex).tree
    pictures = (to_text(tree), to_text(tree, ascii=True), to_inline_text(tree))
    blocks = "\n".join(f"```text\n{picture}\n```\n" for picture in pictures)
    return f"## {number}\n\n```latex\n{latex}\n```\n\n{blocks}"


def main(names: list[str]) -> None:
    """Writes the gallery of files to standard output."""
    texts = [Path(name).read_text(encoding="utf-8") for name in names]
    sys.stdout.write(gallery(texts))


if __name__ == "__main__":
    main(sys.argv[1:])
