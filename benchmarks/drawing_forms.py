r"""What MathML and pictures show of formulas: drawn or as LaTeX, and whether they say the same.

    python benchmarks/drawing_forms.py [COUNT]

For a sample of each corpus (all formulas without COUNT): in how many something is shown as LaTeX,
in how many of those nothing is wrong, and in how many pictures the characters differ from those of
the layout tree (tests/support/characters.py says what counts). Nothing may raise.
"""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from characters import difference
from corpora import D2L, d2l_formulas, fungrim_formulas

from blogkit.latex import parse
from blogkit.render import SvgPage, to_mathml
from blogkit.text.mathspans import find_math

_SEED = 7


def of_posts(folder: str) -> list[str]:
    """The formulas of a folder of Markdown, each once."""
    found: list[str] = []
    for path in sorted((D2L.parent / folder).rglob("*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [formula.body.of(text) for formula in find_math(text)[0]]
    return list(dict.fromkeys(found))


def of_table(name: str, column: int) -> list[str]:
    """The formulas of a column of a table; none where the data is missing."""
    path = D2L.parent / name
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return [line.split("\t")[column] for line in lines]


def measure(name: str, formulas: list[str], count: int) -> None:
    """Draws a sample and prints what came of it."""
    if count and count < len(formulas):
        formulas = random.Random(_SEED).sample(formulas, count)
    page = SvgPage()
    shown = clean = differs = in_pictures = 0
    for latex in formulas:
        parsed = parse(latex)
        as_source = "latex-source" in to_mathml(parsed.tree)
        svg = page.draw(parsed.tree)
        shown += as_source
        clean += as_source and not parsed.problems
        in_pictures += "latex-source" in svg
        differs += not parsed.problems and bool(difference(svg, parsed.tree))
    print(
        f"{name}: {len(formulas)} formulas; LaTeX shown in MathML {shown}, without a problem "
        f"{clean}; in pictures {in_pictures}; other characters {differs}"
    )


def main() -> None:
    """Measures every corpus that is there."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    measure("d2l", d2l_formulas(), count)
    measure("fungrim", fungrim_formulas(), count)
    measure("mamut", of_table("mamut-named-identities/corpus.tsv", 3), count)
    measure("arqmath", of_table("arqmath-2020/corpus.tsv", 2), count)
    measure("dl500", of_posts("dl500"), count)
    measure("slm-notes", of_posts("slm-notes"), count)


if __name__ == "__main__":
    main()
