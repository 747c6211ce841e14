"""Unicode's letters in other faces, and its raised and lowered characters.

It exists so that `\\mathbf{x}` is `𝐱` and `x_{t-1}` is `xₜ₋₁`. Source: the block Mathematical
Alphanumeric Symbols (U+1D400), whose holes are filled from Letterlike Symbols; Superscripts and
Subscripts (U+2070) and Phonetic Extensions (U+1D00). It imports nothing of blogkit.
"""

from functools import lru_cache

_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOWER = _UPPER.lower()
_DIGITS = "0123456789"
_GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"  # order of U+1D6A8


def _alphabet(letters: int, digits: int, holes: str) -> dict[int, str]:
    """A face from the code points of its capital A and its digit 0; 0 where it has none."""
    found = {ord(char): chr(letters + index) for index, char in enumerate(_UPPER + _LOWER)}
    found.update((ord(pair[0]), pair[1]) for pair in holes.split())
    if digits:
        found.update((ord(char), chr(digits + index)) for index, char in enumerate(_DIGITS))
    return found


def _bold() -> dict[int, str]:
    found = _alphabet(0x1D400, 0x1D7CE, "")
    found.update((ord(char), chr(0x1D6A8 + index)) for index, char in enumerate(_GREEK))
    found[ord("Θ")] = "𝚯"
    return found


_FACES: dict[str, dict[int, str]] = {
    "bold": _bold(),
    "blackboard": _alphabet(0x1D538, 0x1D7D8, "Cℂ Hℍ Nℕ Pℙ Qℚ Rℝ Zℤ"),
    "script": _alphabet(0x1D49C, 0, "Bℬ Eℰ Fℱ Hℋ Iℐ Lℒ Mℳ Rℛ eℯ gℊ oℴ"),
    "bold script": _alphabet(0x1D4D0, 0, ""),
    "fraktur": _alphabet(0x1D504, 0, "Cℭ Hℌ Iℑ Rℜ Zℨ"),
}

_RAISED = str.maketrans(
    "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW′∗*∘",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′**°",
)
_LOWERED = str.maketrans(
    "0123456789+−-=()aehijklmnoprstuvx",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
)


@lru_cache(maxsize=4096)
def in_face(text: str, face: str) -> str:
    """Text with its letters in a face; characters that the face lacks stay as they are.

    >>> in_face("Rx1", "blackboard"), in_face("θ+1", "bold"), in_face("D", "script")
    ('ℝ𝕩𝟙', '𝛉+𝟏', '𝒟')
    """
    return text.translate(_FACES[face]) if face in _FACES else text


@lru_cache(maxsize=4096)
def raised(text: str) -> str | None:
    """Text in superscript characters; None where one of them has none.

    >>> raised("t−1"), raised("θ"), raised("∘")
    ('ᵗ⁻¹', None, '°')
    """
    return text.translate(_RAISED) if text and all(ord(c) in _RAISED for c in text) else None


@lru_cache(maxsize=4096)
def lowered(text: str) -> str | None:
    """Text in subscript characters; None where one of them has none.

    >>> lowered("t−1"), lowered("θ")
    ('ₜ₋₁', None)
    """
    return text.translate(_LOWERED) if text and all(ord(c) in _LOWERED for c in text) else None


_VULGAR = {
    ("1", "2"): "½",
    ("1", "3"): "⅓",
    ("2", "3"): "⅔",
    ("1", "4"): "¼",
    ("3", "4"): "¾",
    ("1", "5"): "⅕",
    ("1", "6"): "⅙",
    ("1", "8"): "⅛",
    ("3", "8"): "⅜",
    ("5", "8"): "⅝",
    ("7", "8"): "⅞",
}


def vulgar(numerator: str, denominator: str) -> str | None:
    """The character of a fraction, where there is one.

    >>> vulgar("1", "2")
    '½'
    """
    return _VULGAR.get((numerator, denominator))
