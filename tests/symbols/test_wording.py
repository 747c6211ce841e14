"""What words say that symbols mean: `wording.txt`, the words of each symbol in order."""

from pathlib import Path

import pytest
from cases import read_cases

from blogkit.formula.printing import to_latex
from blogkit.posts import Post
from blogkit.symbols import meanings_of


@pytest.mark.parametrize(("text", "expected"), read_cases(Path(__file__).parent / "wording.txt"))
def test_meanings_that_words_give(text: str, expected: str) -> None:
    found = meanings_of(Post(title="", text=text))
    said = "\n".join(f"{to_latex(symbol)}: {words}" for symbol, words in found.items())
    assert sorted(expected.splitlines()) == sorted(said.splitlines())
