r"""Whether a picture has lost something of its LaTeX: an independent oracle for the drawing.

It knows nothing of blogkit's parser or tables. The source is cut into tokens by one expression;
each letter, digit and operator must be found in the picture, as often as it is in the source. Bold
and small characters count as the plain ones (Unicode's NFKC), pieces of brackets as brackets.
"""

import re
import unicodedata
from collections import Counter

_TOKEN = re.compile(r"\\(?:[a-zA-Z]+\*?|.)|[^\s]", re.DOTALL)
_DROPPED = re.compile(
    r"(?<!\\)%[^\n]*\n?|\\(?:label|hspace|vspace|color)\{[^{}]*\}"
    r"|\\(?:begin|end)\{array\}(?:\{[^{}]*\})?|\\(?:begin|end)\{[a-zA-Z*]+\}|\\(?:left|right)\s*\."
    r"|\\(?:left|right|middle|[bB]igg?[lrm]?)(?![a-zA-Z])"
)
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
_GREEK += "sigma tau upsilon phi chi psi omega"
_NAMES = (
    "log exp sin cos tan sinh cosh tanh max min lim sup inf ln det dim arg Pr gcd ker deg cot sec "
    "csc arcsin arccos arctan hom"
)
_SIGNS = r"""
\times × \partial ∂ \sum ∑ \in ∈ \mid | \vert | \ldots … \dots … \top ⊤ \| ‖ \Vert ‖ \leq ≤ \le ≤
\geq ≥ \ge ≥ \cdot ⋅ \{ { \} } \bar _ \hat ^ \tilde ~ \nabla ∇ \sqrt √ \leftarrow ← \gets ← \prod ∏
\vdots ⋮ \sim ∼ \int ∫ \approx ≈ \ast * \cdots ⋯ \odot ⊙ \langle ⟨ \rangle ⟩ \rightarrow → \to →
\prime ′ \cap ∩ \cup ∪ \lfloor ⌊ \rfloor ⌋ \lceil ⌈ \rceil ⌉ \infty ∞ \neq ≠ \ne ≠ \underbrace ┬
\ddots ⋱ \% % \# # \& & \_ _ \longrightarrow ⟶ \circ ∘ \propto ∝ \perp ⟂ \emptyset ∅ \div ÷
\overrightarrow → \overleftarrow ← \vec → \subseteq ⊆ \subset ⊂ \succeq ⪰ \succ ≻ \parallel ∥
\setminus ∖ \lvert | \rvert | \lVert ‖ \rVert ‖ \lessapprox ⪅ \forall ∀ \exists ∃ \ll ≪ \gg ≫
\Leftrightarrow ⇔ \Rightarrow ⇒ \bigcup ⋃ \bigcap ⋂ \lt < \gt > \pm ± \mp ∓ \equiv ≡ \cong ≅
\varepsilon ε \varphi φ \vartheta θ \ell l \Re R \Im I \hbar ħ \oplus ⊕ \otimes ⊗ \wedge ∧ \vee ∨
\neg ¬ \mapsto ↦ \triangleq ≜ \coloneqq ≔ \ddot ¨ \dot ˙ \overline _ \widehat ^ \widetilde ~
\colon : \lbrace { \rbrace } \lbrack [ \rbrack ] \bullet ∙ \star ⋆ \iff ⟺ \implies ⟹ \angle ∠
\pmod mod \mod mod \bmod mod \dotsc … \varnothing ∅ \lnot ¬ \geqslant ⩾ \leqslant ⩽ \diamond ⋄
\uparrow ↑ \downarrow ↓ \square □ \Leftarrow ⇐ \Longleftarrow ⟸ \preceq ⪯
\land ∧ \lor ∨ \vdash ⊢ \vDash ⊨ \aleph ℵ
\limsup limsup \liminf liminf \checkmark ✓ \Longrightarrow ⟹ \Longleftrightarrow ⟺ \models ⊨
\notin ∉ \supset ⊃ \supseteq ⊇ \simeq ≃ \oint ∮ \not ̸ \mathellipsis … \dagger † \longleftarrow ⟵
"""
_PIECES = dict(zip("⎛⎞⎡⎤⎧⎫⎰│║⎷−∗∣·", "()[]{}{|‖√-*|⋅", strict=True))
_PIECES.update(
    {"\u0305": "_", "\u0302": "^", "\u0303": "~", "\u0304": "_", "\u20d7": "→", "\u20d6": "←"}
)
_PIECES.update({"‾": "_", "⎱": "}", "╱": "⟨", "╲": "⟩", "⎢": "⌊", "⎥": "⌋", "’": "′", "'": "′"})
_UNDRAWN_NAMES = """
mathbf frac mathcal mathbb text mathrm boldsymbol mathsf stackrel textrm operatorname
operatorname* mathop quad qquad big bigg limits nolimits displaystyle textstyle underset
overset choose tfrac dfrac mathit textbf textit mathfrak mathscr bm mathbin mathrel mathord
mbox nonumber notag rm bf it cal dbinom scriptstyle large Large hskip over hline phantom vphantom
hphantom substack binom tag mathbbm cfrac bold
"""
_UNDRAWN = frozenset(_UNDRAWN_NAMES.split())


def missing(latex: str, picture: str) -> Counter[str]:
    r"""What of the source is not in the picture, with how often.

    >>> missing(r"\frac{a+b}{c}", "a\n─\nc")
    Counter({'+': 1, 'b': 1})
    """
    return _needed(latex) - _drawn(picture)


def _needed(latex: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for token in _TOKEN.findall(_DROPPED.sub(" ", latex)):
        found.update(_characters(_sign(token)))
    return found


def _sign(token: str) -> str:
    """What must be drawn for a token."""
    name = token[1:]
    if token in _TABLE:
        return _TABLE[token]
    if not name:
        return "" if token in "{}^_&~$" else token
    if name in _UNDRAWN or not name[0].isalpha():
        return ""
    if name in _NAMES.split():
        return name
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    if name.lower() in _GREEK.split():
        lookup = name.upper().replace("LAMBDA", "LAMDA")
        return unicodedata.lookup(f"GREEK {case} LETTER {lookup}")
    return token


_TABLE = dict(zip(_SIGNS.split()[::2], _SIGNS.split()[1::2], strict=True))


def _drawn(picture: str) -> Counter[str]:
    return Counter(_characters(picture))


def _characters(text: str) -> list[str]:
    pieces = "".join([_PIECES.get(char, char) for char in text if not char.isspace()])
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", pieces))
    return [_PIECES.get(char, char) for char in plain if not char.isspace()]
