"""Formulas are drawn as `drawings.txt` says."""

import pytest
from corpora import drawings

from blogkit.latex import parse
from blogkit.render import to_inline_text, to_text


@pytest.mark.parametrize(
    ("title", "latex", "expected"), [pytest.param(*case, id=case[0]) for case in drawings()]
)
def test_drawing(title: str, latex: str, expected: str) -> None:
    words = title[1 : title.index("]")].split() if title.startswith("[") else []
    tree = parse(latex).tree
    if "inline" in words:
        assert expected == to_inline_text(tree, ascii="ascii" in words)
        return
    width = int(words[words.index("width") + 1]) if "width" in words else None
    assert expected == to_text(tree, width=width, ascii="ascii" in words)


def test_there_are_cases_for_every_option() -> None:
    titles = [title for title, _, _ in drawings()]
    assert len(titles) >= 80
    assert len(set(titles)) == len(titles)
