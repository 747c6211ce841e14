r"""What a symbol looks like in a terminal: Unicode, or ASCII for plain ones.

In ASCII a letter is its name (`alpha`), a common relation is what programmers type (`<=`, `->`),
and any other symbol is its LaTeX (`\otimes`), so that nothing is lost. Chinese stays Chinese.
"""

import unicodedata
from functools import lru_cache

from blogkit.latex.symbols import OPERATORS, SYMBOLS
from blogkit.render.letters import in_face

_TABLE = """
− - ∗ * ⋅ * · * • * ∙ * ± +- ∓ -+ ≤ <= ≥ >= ⩽ <= ⩾ >= ≠ != ≈ ~~ ∼ ~ ≡ == ≔ := ∶ : ∕ / ∖ \\
→ -> ← <- ⟶ --> ⟵ <-- ⇒ => ⟹ ==> ⇐ <== ⟸ <=== ↔ <-> ⇔ <=> ⟺ <==> ↦ |-> ⟼ |--> ≪ << ≫ >>
… ... ⋯ ... ⋮ : ⋱ ... ′ ' ″ '' ‴ ''' ⁗ '''' ‘ ` ’ ' “ " ” " – -- — --- ‖ || ∣ | ∥ ||
⟨ < ⟩ > ⌊ |_ ⌋ _| ⌈ |^ ⌉ ^| √ sqrt ∈ in ∉ notin ∞ infty ∂ partial ∇ nabla ∀ forall ∃ exists
ϕ phi φ varphi ϵ epsilon ε varepsilon \ufffd ?
"""
_TYPED = dict(zip(_TABLE.split()[::2], _TABLE.split()[1::2], strict=True))


def _names() -> dict[str, str]:
    """Character -> its shortest LaTeX; letters and large operators without the backslash."""
    found: dict[str, str] = {}
    tables = {name: text for name, (text, _) in SYMBOLS.items()}
    large = {name: text for name, (text, _) in OPERATORS.items()}
    for name, text in (tables | large).items():
        if name.startswith("\\") and not text.isascii():
            shown = name[1:] if text.isalpha() or name in large else name
            if text not in found or len(shown) < len(found[text]):
                found[text] = shown
    return found


_NAMES = _names() | _TYPED


@lru_cache(maxsize=4096)
def glyph(text: str, face: str = "", *, ascii: bool = False) -> str:
    r"""A symbol as it is drawn.

    >>> glyph("x", "bold"), glyph("α", ascii=True), glyph("⊗", ascii=True), glyph("≤", ascii=True)
    ('𝐱', 'alpha', '\\otimes', '<=')
    """
    text = text if text.isprintable() else shown_text(text)
    return plain(text) if ascii else in_face(text, face)


def shown_text(text: str) -> str:
    """Text on one line, without the characters that move a terminal's cursor.

    >>> shown_text("a\\n b\\x1b")
    'a b\ufffd'
    """
    if text.isprintable() and "  " not in text:
        return text
    spaced = "".join([" " if char in _SPACES else char for char in text])
    while "  " in spaced:
        spaced = spaced.replace("  ", " ")
    return "".join([char if char.isprintable() else "\ufffd" for char in spaced])


_SPACES = frozenset("\t\n\r\v\f\x85\u2028\u2029\xa0\u3000")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text in ASCII, except for letters that have no LaTeX name, such as Chinese ones.

    >>> plain("若 x ≥ 0")
    '若 x >= 0'
    """
    if text.isascii():
        return text
    whole = _NAMES.get(text)
    return whole if whole is not None else "".join(map(_plain_char, text))


def _plain_char(char: str) -> str:
    found = char if char.isascii() else _NAMES.get(char)
    if found is None:
        found = unicodedata.normalize("NFKC", char)
        if len(found) == 1 and found != char:
            return plain(found)
    return found


def words_touch(left: str, right: str, *, ascii: bool) -> bool:
    r"""Whether two drawn parts side by side would read as one word.

    Letters are meant to touch; names such as `alpha` and commands such as `\foo` are not.

    >>> words_touch("\\foo", "x", ascii=False), words_touch("alpha", "x", ascii=True)
    (True, True)
    """
    if not left or not right or not right[0].isalnum():
        return False
    if left[0] == "\\" and len(left) > 1:
        return left[-1].isalpha() and right[0].isalpha()
    return ascii and left[-1].isalnum() and (_is_word(left) or _is_word(right))


def _is_word(text: str) -> bool:
    return len(text) > 1 and text.isascii() and text[:2].isalpha()


STRIKES = {
    "\\cancel": "\u0338",
    "\\cancelto": "\u0338",
    "\\bcancel": "\u20e5",
    "\\xcancel": "\u0338",
    "\\sout": "\u0336",
}
"""Commands that strike out -> the mark on each character."""


def struck(text: str, command: str) -> str:
    """Text with a stroke through each of its characters.

    >>> struck("a b", "\\\\sout") == "a\\u0336 b\\u0336"
    True
    """
    mark = STRIKES[command]
    return "".join([char if char == " " else char + mark for char in text])
