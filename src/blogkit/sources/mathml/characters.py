r"""Characters of MathML's tokens as LaTeX: `∑` is `\sum`, `𝐱` is `\mathbf{x}`.

The names come from `latex.symbols`; where a character has several, the usual one is listed here.
"""

import unicodedata
from functools import cache

from blogkit.latex.symbols import OPERATORS, SYMBOLS

_USUAL = {
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "→": r"\to", "←": r"\leftarrow", "∅": r"\emptyset",
    "⟨": r"\langle", "⟩": r"\rangle", "∥": r"\Vert", "‖": r"\Vert", "⋅": r"\cdot", "·": r"\cdot",
    "…": r"\dots", "⋯": r"\cdots", "∣": r"\mid", "⊤": r"\top", "⊥": r"\perp", "ϵ": r"\epsilon",
    "ε": r"\varepsilon", "φ": r"\varphi", "ϕ": r"\phi", "{": r"\{", "}": r"\}", "−": "-", "∗": "*",
    "∇": r"\nabla", "∘": r"\circ", "∧": r"\wedge", "∨": r"\vee", "¬": r"\neg", "⇒": r"\Rightarrow",
    "⟹": r"\implies", "⟺": r"\iff", "⇔": r"\Leftrightarrow", "∖": r"\setminus", "\\": r"\setminus",
    "ℏ": r"\hbar", "□": r"\square", "△": r"\triangle", "†": r"\dagger", "≜": r"\triangleq",
    "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "_": r"\_", "~": r"\sim", "^": r"\wedge",
    "′": "'", "″": "''", "‴": "'''", "‘": "`", "µ": r"\mu", "Ω": r"\Omega", "∆": r"\Delta",
    "ℓ": r"\ell", "ℜ": r"\Re", "ℑ": r"\Im", "℘": r"\wp",
    "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "：": ":", "∶": ":", "\u00a0": " ", "ﬀ": "ff",
}  # fmt: skip
_NOTHING = "\u2061\u2062\u2063\u2064\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"
"""Function application, invisible times and comma, and characters without width."""
_ALPHABETS = {
    "bold": "mathbf",
    "italic": "",
    "bold italic": "boldsymbol",
    "script": "mathcal",
    "bold script": "mathcal",
    "fraktur": "mathfrak",
    "bold fraktur": "mathfrak",
    "double-struck": "mathbb",
    "sans-serif": "mathsf",
    "sans-serif bold": "mathsf",
    "sans-serif italic": "mathsf",
    "sans-serif bold italic": "mathsf",
    "monospace": "mathtt",
}
"""Names of Unicode's mathematical alphabets -> the command that sets them."""
VARIANTS = {
    "normal": "mathrm",
    "bold": "mathbf",
    "bold-italic": "boldsymbol",
    "script": "mathcal",
    "-tex-calligraphic": "mathcal",
    "-tex-bold-calligraphic": "mathcal",
    "bold-script": "mathcal",
    "fraktur": "mathfrak",
    "bold-fraktur": "mathfrak",
    "double-struck": "mathbb",
    "sans-serif": "mathsf",
    "bold-sans-serif": "mathsf",
    "monospace": "mathtt",
}
"""Values of ``mathvariant`` -> the command that sets them."""


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for latex, (char, _) in [*OPERATORS.items(), *SYMBOLS.items()]:
        if len(char) == 1 and not char.isascii():
            names.setdefault(char, latex)
    return names


def symbol(char: str) -> str:
    r"""One character as LaTeX.

    >>> symbol("∑"), symbol("𝐱"), symbol("ℝ"), symbol("x")
    ('\\sum', '\\mathbf{x}', '\\mathbb{R}', 'x')
    """
    if char in _NOTHING:
        return ""
    usual = _USUAL.get(char)
    if usual is not None or char.isascii():
        return char if usual is None else usual
    letter = _alphabetic(char)
    return _names().get(char, char) if letter == char else letter


def _alphabetic(char: str) -> str:
    """A letter of one of Unicode's mathematical alphabets, as the letter in its font."""
    name = unicodedata.name(char, "")
    for word in (" SMALL", " CAPITAL", " DIGIT"):
        if not name.startswith(("MATHEMATICAL ", "DOUBLE-STRUCK ", "SCRIPT ", "BLACK-LETTER ")):
            return char
        if word in name:
            alphabet = name.split(word)[0].removeprefix("MATHEMATICAL ").lower()
            alphabet = {"black-letter": "fraktur"}.get(alphabet, alphabet)
            plain = symbol(unicodedata.normalize("NFKC", char))
            command = _ALPHABETS.get(alphabet, "")
            return f"\\{command}{{{plain}}}" if command else plain
    return char


def is_operator_name(word: str) -> bool:
    r"""Whether LaTeX has a command of this name for a function, such as ``\sin``."""
    return len(OPERATORS.get(f"\\{word}", ("",))[0]) > 1
