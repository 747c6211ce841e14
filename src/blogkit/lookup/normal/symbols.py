r"""Which symbols mean the same to a searcher, and how tightly operators bind.

It exists so that the reader of normal forms has no symbol in its code. Symbols are written in
Unicode, as the layout tree gives them. Imports nothing.
"""

from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


SAME: Final[dict[str, str]] = {
    **dict.fromkeys("⩽≦≤", "≤"),
    **dict.fromkeys("⩾≧≥", "≥"),
    **dict.fromkeys("→⟶⇝", "→"),
    **dict.fromkeys("←⟵", "←"),
    **dict.fromkeys("⇒⟹", "⇒"),
    **dict.fromkeys("⇐⟸", "⇐"),
    **dict.fromkeys("⇔⟺↔⟷", "⇔"),
    **dict.fromkeys("↦⟼", "↦"),
    **dict.fromkeys("∣|", "|"),
    **dict.fromkeys("∥‖", "‖"),
    **dict.fromkeys("−-", "-"),
    **dict.fromkeys("⋅·∙×∗*", "·"),
    **dict.fromkeys("≔", ":="),
    **dict.fromkeys("≜≝", ":="),
    **dict.fromkeys("…⋯", "…"),
    **dict.fromkeys("∶:", ":"),
    "∼": "~",
    "′": "'",
    "⊺": "⊤",
}
"""A symbol -> the one that stands for it and its like."""

MIRRORED: Final = {
    ">": "<", "≥": "≤", "≫": "≪", "⊃": "⊂", "⊇": "⊆", "∋": "∈", "⇐": "⇒", "≻": "≺", "⪰": "⪯",
    "≳": "≲", "←": "→", "⊋": "⊊",
}  # fmt: skip
"""A relation -> what it is called when read from the right; the value is the one kept."""

SYMMETRIC: Final = words("= ≠ ≡ ~ ≈ ≅ ≃ ≍ ⇔ ∥ ⟂ ≢ ≁ ≉")
"""Relations that say the same from both sides."""

COMMUTATIVE: Final = SYMMETRIC | words("+ * ∪ ∩ ∧ ∨ ⊕ ± any")
"""Labels of terms whose parts may stand in any order."""

LOGIC: Final = words("⇒ ⇔ ⇐ : | → ↦ ← ∴ ∵ ⊢ ⊨ ↪ ↠")
"""Binds looser than relations."""

JUNCTION: Final = words("∧ ∨")
"""Binds looser than relations, tighter than `LOGIC`."""

SETS: Final = words("∪ ∩ ∖ ⊎ ⊔ ⊓")
"""Between relations and sums."""

GREEK_FUNCTIONS: Final = frozenset("ΓζηψφϕθλΛΞΠΦΨχμσρϑ")

HABITUAL_FUNCTIONS: Final = frozenset("fghFGHPQRTLEKUVWXYBO") | GREEK_FUNCTIONS
"""Letters that are applied to what stands in parentheses after them, whatever it is."""

FREE_FUNCTIONS: Final = frozenset("fghuvwFGHφϕψχ")
"""Letters that stand for any function, so that renaming them changes nothing."""

CONSTANTS: Final = frozenset("π∞∂∇∅∀∃∄ℏ⊤⊥ℵ∠△°□†‡♯♭♮")
"""Letters and signs that are never renamed."""

BIG_NAMES: Final = words("lim limsup liminf sup inf max min argmax argmin plim injlim projlim")
"""Named operators that reach over a whole term when they bear a subscript."""

REACHING: Final = BIG_NAMES | words("∑ ∏ ∐ ∫ ∬ ∭ ∮ ∯ ∰ ⋃ ⋂ ⨁ ⨂ ⨀ ⋁ ⋀ ⨄")
"""Labels of terms that reach over a body, with bounds below and above."""

EXPECTATIONS: Final = words("c:bb.E F:E F:Var F:Cov c:bb.P F:Pr")
"""Labels of what is applied to a random variable, and may say in its index what is drawn."""

SPELLED: Final = words(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln exp det gcd lcm max "
    "min lim sup inf dim ker deg arg mod rank span sgn sign erf Tr Var Cov argmax argmin KL "
    "softmax softplus sigmoid ReLU GELU logsumexp Attention LayerNorm BatchNorm"
)
"""Names that people type letter by letter."""

RENAMED_NAMES: Final = {
    "ℜ": "Re", "ℑ": "Im", "arctg": "arctan", "tg": "tan", "ctg": "cot", "cotg": "cot",
    "cosec": "csc", "sh": "sinh", "ch": "cosh", "th": "tanh", "asin": "arcsin", "acos": "arccos",
    "atan": "arctan", "lim sup": "limsup", "lim inf": "liminf", "arg max": "argmax",
    "arg min": "argmin", "ln": "log", "tr": "Tr", "trace": "Tr", "sign": "sgn",
}  # fmt: skip
"""A function's name -> the name kept."""

UNORDERED: Final = words("max min sup inf gcd lcm")
"""Names whose arguments may stand in any order, and in braces instead of parentheses."""

SAME_LABELS: Final = {"c:exp": "v:e", "c:e": "v:e"}
r"""A label of a leaf -> the one that counts for equality.

The base of a power of e is no variable, and knows whether it was written `\exp`; whoever looks for
`e` or `\exp` finds both.
"""

KEPT_FONTS: Final = {
    "\\mathbb": "bb", "\\Bbb": "bb", "\\mathds": "bb", "\\mathcal": "cal", "\\mathscr": "cal",
    "\\cal": "cal", "\\scr": "cal", "\\mathfrak": "frak", "\\frak": "frak",
}  # fmt: skip
"""Fonts that make another symbol of a letter; all others are typography."""

UPRIGHT: Final = frozenset(("\\mathrm", "\\rm", "\\mathsf", "\\mathtt", "\\mathup", "\\textup"))
"""Fonts in which several letters are one name, and d and e are themselves."""

SAME_ACCENTS: Final = {
    "\\widehat": "hat", "\\hat": "hat", "\\widetilde": "tilde", "\\tilde": "tilde",
    "\\overline": "bar", "\\bar": "bar", "\\vec": "vec", "\\overrightarrow": "vec",
    "\\underbar": "underline", "\\widecheck": "check",
}  # fmt: skip
"""An accent -> the name kept; others keep their own."""
