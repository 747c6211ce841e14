r"""The symbols of plain TeX, LaTeX and AMS: name, Unicode character, class of atom.

It exists so that one place says what `\leq` looks like and how TeX spaces it. The classes are those
of plain TeX's `\mathchardef`s (TeXbook, appendix B), of LaTeX's fontmath and of amssymb. Tables are
text, one class a table, names and characters in turn. This module imports only `nodes` for the
name of the classes.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from blogkit.latex.nodes import AtomClass

_ORD = r"""
\alpha α \beta β \gamma γ \delta δ \epsilon ϵ \varepsilon ε \zeta ζ \eta η \theta θ \vartheta ϑ
\iota ι \kappa κ \varkappa ϰ \lambda λ \mu μ \nu ν \xi ξ \omicron ο \pi π \varpi ϖ \rho ρ \varrho ϱ
\sigma σ \varsigma ς \tau τ \upsilon υ \phi ϕ \varphi φ \chi χ \psi ψ \omega ω \digamma ϝ
\Alpha Α \Beta Β \Gamma Γ \Delta Δ \Epsilon Ε \Zeta Ζ \Eta Η \Theta Θ \Iota Ι \Kappa Κ \Lambda Λ
\Mu Μ \Nu Ν \Xi Ξ \Omicron Ο \Pi Π \Rho Ρ \Sigma Σ \Tau Τ \Upsilon Υ \Phi Φ \Chi Χ \Psi Ψ \Omega Ω
\varGamma 𝛤 \varDelta 𝛥 \varTheta 𝛩 \varLambda 𝛬 \varXi 𝛯 \varPi 𝛱 \varSigma 𝛴 \varUpsilon 𝛶
\varPhi 𝛷 \varPsi 𝛹 \varOmega 𝛺
\aleph ℵ \beth ℶ \gimel ℷ \daleth ℸ \hbar ℏ \hslash ℏ \imath ı \jmath ȷ \ell ℓ \wp ℘ \Re ℜ \Im ℑ
\partial ∂ \infty ∞ \prime ′ \backprime ‵ \emptyset ∅ \varnothing ∅ \nabla ∇ \surd √ \top ⊤ \bot ⊥
\angle ∠ \measuredangle ∡ \sphericalangle ∢ \triangle △ \forall ∀ \exists ∃ \nexists ∄ \neg ¬
\lnot ¬ \flat ♭ \natural ♮ \sharp ♯ \clubsuit ♣ \diamondsuit ♢ \heartsuit ♡ \spadesuit ♠
\backslash \ \mho ℧ \eth ð \Finv Ⅎ \Game ⅁ \Bbbk 𝕜 \complement ∁ \circledS Ⓢ \circledR ®
\blacktriangle ▲ \blacktriangledown ▼ \blacksquare ■ \blacklozenge ⧫ \square □ \Box □ \lozenge ◊
\Diamond ◊ \triangledown ▽ \vartriangle △ \bigstar ★ \diagup ╱ \diagdown ╲ \maltese ✠
\checkmark ✓ \yen ¥ \pounds £ \mathsterling £ \copyright © \textcopyright © \textregistered ®
\dag † \ddag ‡ \S § \P ¶ \% % \# # \& & \_ _ \$ $ \degree ° \textdegree ° \minuso ⦵
\mathdollar $ \mathparagraph ¶ \mathsection § \textdollar $ \textsection § \textparagraph ¶
\AA Å \aa å \AE Æ \ae æ \OE Œ \oe œ \O Ø \o ø \L Ł \l ł \ss ß \i ı \j ȷ
\textasciitilde ~ \textasciicircum ^ \textbackslash \ \textbar | \textbardbl ‖ \textless <
\textgreater > \textquotedblleft “ \textquotedblright ” \textquoteleft ‘ \textquoteright ’
\textunderscore _ \textendash – \textemdash — \textbraceleft { \textbraceright }
\textdagger † \textdaggerdbl ‡ \textbullet • \textperiodcentered · \textvisiblespace ␣
\textquotedbl "
\textmu µ \textohm Ω \textcelsius ℃ \texttrademark ™ \texteuro € \euro € \lq ‘ \rq ’ \vdots ⋮
\TeX TeX \LaTeX LaTeX \KaTeX KaTeX \infin ∞ \empty ∅ \exist ∃ \weierp ℘ \alef ℵ \alefsym ℵ \sect §
\real ℜ \image ℑ \thetasym ϑ \clubs ♣ \diamonds ♢ \hearts ♡ \spades ♠
\natnums ℕ \reals ℝ \Reals ℝ \cnums ℂ \Complex ℂ \varcoppa ϙ \QED ∎ \qed □ \mathellipsis …
"""
_BIN = r"""
\pm ± \mp ∓ \times × \div ÷ \ast ∗ \star ⋆ \circ ∘ \bullet ∙ \cdot ⋅ \cap ∩ \cup ∪
\uplus ⊎ \sqcap ⊓ \sqcup ⊔ \vee ∨ \lor ∨ \wedge ∧ \land ∧ \setminus ∖ \wr ≀ \diamond ⋄
\bigtriangleup △ \bigtriangledown ▽ \triangleleft ◃ \triangleright ▹ \lhd ⊲ \rhd ⊳ \unlhd ⊴
\unrhd ⊵ \oplus ⊕ \ominus ⊖ \otimes ⊗ \oslash ⊘ \odot ⊙ \bigcirc ◯ \dagger † \ddagger ‡ \amalg ⨿
\dotplus ∔ \smallsetminus ∖ \Cap ⋒ \doublecap ⋒ \Cup ⋓ \doublecup ⋓ \barwedge ⊼ \veebar ⊻
\doublebarwedge ⩞ \boxminus ⊟ \boxtimes ⊠ \boxdot ⊡ \boxplus ⊞ \divideontimes ⋇ \ltimes ⋉
\rtimes ⋊ \leftthreetimes ⋋ \rightthreetimes ⋌ \curlywedge ⋏ \curlyvee ⋎ \circleddash ⊝
\circledast ⊛ \circledcirc ⊚ \centerdot ⋅ \intercal ⊺ \gtrdot ⋗ \lessdot ⋖ \And & \plusmn ±
\sdot ⋅ \bull ∙ \Dagger ‡ \circledwedge ∧⃝ \bmod mod \owedge ⩓ \merge ⨝ \obar ⌽ \interleave ⫴
"""
_REL = r"""
\leq ≤ \le ≤ \geq ≥ \ge ≥ \prec ≺ \succ ≻ \preceq ⪯ \succeq ⪰ \ll ≪ \gg ≫ \lll ⋘ \llless ⋘ \ggg ⋙
\gggtr ⋙ \subset ⊂ \supset ⊃ \subseteq ⊆ \supseteq ⊇ \sqsubset ⊏ \sqsupset ⊐ \sqsubseteq ⊑
\sqsupseteq ⊒ \in ∈ \isin ∈ \ni ∋ \owns ∋ \notin ∉ \notni ∌ \vdash ⊢ \dashv ⊣ \smile ⌣ \frown ⌢
\mid ∣ \nmid ∤ \parallel ∥ \nparallel ∦ \equiv ≡ \sim ∼ \nsim ≁ \simeq ≃ \asymp ≍ \approx ≈
\thickapprox ≈ \thicksim ∼ \approxeq ≊ \cong ≅ \ncong ≆ \neq ≠ \ne ≠ \doteq ≐ \Doteq ≑ \doteqdot ≑
\propto ∝ \varpropto ∝ \models ⊨ \perp ⟂ \bowtie ⋈ \Join ⋈ \lt < \gt > \eq = \triangleq ≜
\coloneqq ≔
\coloneq ∶− \eqqcolon ≕ \eqcolon ≕ \Coloneqq ∷= \Coloneq ∷− \Eqqcolon =∷ \Eqcolon −∷ \colonapprox ∶≈
\Colonapprox ∷≈ \colonsim ∶∼ \Colonsim ∷∼ \vcentcolon ∶ \dblcolon ∷ \ratio ∶ \coloncolon ∷
\ordinarycolon : \colonequals ≔ \coloncolonequals ∷= \equalscolon ≕ \equalscoloncolon =∷
\colonminus ∶− \coloncolonminus ∷− \minuscolon −∶ \minuscoloncolon −∷ \coloncolonapprox ∷≈
\coloncolonsim ∷∼ \simcolon ∼∶ \simcoloncolon ∼∷ \approxcolon ≈∶ \approxcoloncolon ≈∷
\leqslant ⩽ \geqslant ⩾ \leqq ≦ \geqq ≧ \eqslantless ⪕ \eqslantgtr ⪖ \lesssim ≲ \gtrsim ≳
\lessapprox ⪅ \gtrapprox ⪆ \lessgtr ≶ \gtrless ≷ \lesseqgtr ⋚ \gtreqless ⋛ \lesseqqgtr ⪋
\gtreqqless ⪌ \nless ≮ \ngtr ≯ \nleq ≰ \ngeq ≱ \nleqslant ⪇ \ngeqslant ⪈ \nleqq ≰ \ngeqq ≱
\lneq ⪇ \gneq ⪈ \lneqq ≨ \gneqq ≩ \lvertneqq ≨ \gvertneqq ≩ \lnsim ⋦ \gnsim ⋧ \lnapprox ⪉
\gnapprox ⪊ \nprec ⊀ \nsucc ⊁ \npreceq ⋠ \nsucceq ⋡ \precneqq ⪵ \succneqq ⪶ \precnsim ⋨
\succnsim ⋩ \precnapprox ⪹ \succnapprox ⪺ \precapprox ⪷ \succapprox ⪸ \precsim ≾ \succsim ≿
\preccurlyeq ≼ \succcurlyeq ≽ \curlyeqprec ⋞ \curlyeqsucc ⋟ \nsubseteq ⊈ \nsupseteq ⊉
\nsubseteqq ⊈ \nsupseteqq ⊉ \subsetneq ⊊ \supsetneq ⊋ \varsubsetneq ⊊ \varsupsetneq ⊋ \subsetneqq ⫋
\supsetneqq ⫌ \varsubsetneqq ⫋ \varsupsetneqq ⫌ \subseteqq ⫅ \supseteqq ⫆ \Subset ⋐ \Supset ⋑
\sub ⊂ \sube ⊆ \supe ⊇ \vDash ⊨ \Vdash ⊩ \Vvdash ⊪ \VDash ⊫ \nvdash ⊬ \nvDash ⊭ \nVdash ⊮ \nVDash ⊯
\trianglelefteq ⊴ \trianglerighteq ⊵ \vartriangleleft ⊲ \vartriangleright ⊳ \blacktriangleleft ◀
\blacktriangleright ▶ \ntriangleleft ⋪ \ntriangleright ⋫ \ntrianglelefteq ⋬ \ntrianglerighteq ⋭
\trianglelefteqslant ⊴ \trianglerighteqslant ⊵ \ntrianglelefteqslant ⋬ \ntrianglerighteqslant ⋭
\bumpeq ≏ \Bumpeq ≎ \circeq ≗ \eqcirc ≖ \fallingdotseq ≒ \risingdotseq ≓ \backsim ∽ \backsimeq ⋍
\eqsim ≂ \shortmid ∣ \shortparallel ∥ \nshortmid ∤ \nshortparallel ∦ \between ≬ \pitchfork ⋔
\therefore ∴ \because ∵ \backepsilon ∍ \smallfrown ⌢ \smallsmile ⌣ \multimap ⊸ \restriction ↾
\upharpoonright ↾ \upharpoonleft ↿ \downharpoonright ⇂ \downharpoonleft ⇃ \arceq ≘ \stareq ≛
\leftarrow ← \gets ← \rightarrow → \to → \leftrightarrow ↔ \Leftarrow ⇐ \Rightarrow ⇒
\Leftrightarrow ⇔ \longleftarrow ⟵ \longrightarrow ⟶ \longleftrightarrow ⟷ \Longleftarrow ⟸
\Longrightarrow ⟹ \Longleftrightarrow ⟺ \iff ⟺ \implies ⟹ \impliedby ⟸ \mapsto ↦ \longmapsto ⟼
\mapsfrom ↤ \hookleftarrow ↩ \hookrightarrow ↪ \leftharpoonup ↼ \leftharpoondown ↽ \rightharpoonup ⇀
\rightharpoondown ⇁ \rightleftharpoons ⇌ \leftrightharpoons ⇋ \uparrow ↑ \downarrow ↓
\updownarrow ↕ \Uparrow ⇑ \Downarrow ⇓ \Updownarrow ⇕ \nearrow ↗ \searrow ↘ \swarrow ↙ \nwarrow ↖
\leadsto ⇝ \rightsquigarrow ⇝ \leftrightsquigarrow ↭ \nleftarrow ↚ \nrightarrow ↛
\nleftrightarrow ↮ \nLeftarrow ⇍ \nRightarrow ⇏ \nLeftrightarrow ⇎ \dashrightarrow ⇢
\dasharrow ⇢ \dashleftarrow ⇠ \leftleftarrows ⇇ \rightrightarrows ⇉ \leftrightarrows ⇆
\rightleftarrows ⇄ \Lleftarrow ⇚ \Rrightarrow ⇛ \twoheadleftarrow ↞ \twoheadrightarrow ↠
\leftarrowtail ↢ \rightarrowtail ↣ \looparrowleft ↫ \looparrowright ↬ \curvearrowleft ↶
\curvearrowright ↷ \circlearrowleft ↺ \circlearrowright ↻ \Lsh ↰ \Rsh ↱ \upuparrows ⇈
\downdownarrows ⇊ \origof ⊶ \imageof ⊷ \larr ← \rarr → \harr ↔ \lrarr ↔ \uarr ↑ \darr ↓ \lArr ⇐
\Larr ⇐ \rArr ⇒ \Rarr ⇒ \hArr ⇔ \Harr ⇔ \lrArr ⇔ \Lrarr ⇔ \uArr ⇑ \Uarr ⇑ \dArr ⇓ \Darr ⇓
\longmapsfrom ⟻ \Mapsto ⤇ \Mapsfrom ⤆ \shortleftarrow ← \shortrightarrow → \shortuparrow ↑
\shortdownarrow ↓ \lightning ↯ \independent ⫫ \Vbar ⫫ \Perp ⫫ \upmodels ⫫ \eqdef ≝
"""
_OPEN = r"""
\{ { \lbrace { \lbrack [ \langle ⟨ \lang ⟨ \lceil ⌈ \lfloor ⌊ \lvert | \lVert ‖ \lgroup ⟮
\lmoustache ⎰
\ulcorner ┌ \llcorner └ \llbracket ⟦ \lBrace ⦃ \lparen ( \llparenthesis ⦇ \lAngle ⟪
"""
_CLOSE = r"""
\} } \rbrace } \rbrack ] \rangle ⟩ \rang ⟩ \rceil ⌉ \rfloor ⌋ \rvert | \rVert ‖ \rgroup ⟯
\rmoustache ⎱
\urcorner ┐ \lrcorner ┘ \rrbracket ⟧ \rBrace ⦄ \rparen ) \rrparenthesis ⦈ \rAngle ⟫
"""
_PUNCT = r"\colon : \ldotp . \cdotp ⋅ \comma ,"
_INNER = r"""
\ldots … \dots … \dotsc … \dotso … \dotsb ⋯ \dotsm ⋯ \dotsi ⋯ \dotsx … \cdots ⋯ \ddots ⋱ \iddots ⋰
\adots ⋰ \textellipsis …
"""
_SYMBOL_OPERATORS_WITH_LIMITS = r"""
\sum ∑ \prod ∏ \coprod ∐ \bigcap ⋂ \bigcup ⋃ \bigsqcup ⨆ \bigvee ⋁ \bigwedge ⋀ \bigodot ⨀
\bigotimes ⨂ \bigoplus ⨁ \biguplus ⨄ \intop ∫ \ointop ∮ \bigsqcap ⨅ \bigtimes ⨉
"""
_SYMBOL_OPERATORS = r"""
\int ∫ \oint ∮ \iint ∬ \iiint ∭ \iiiint ⨌ \idotsint ∫⋯∫ \oiint ∯ \oiiint ∰ \smallint ∫ \fint ⨍
\varointclockwise ∲ \ointctrclockwise ∳ \sqint ⨖
"""
_NAMES_WITH_LIMITS = """
det gcd inf lim liminf limsup max min Pr sup injlim projlim varlimsup varliminf varinjlim varprojlim
argmin argmax plim
"""
_NAMES = """
arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh
arctg arcctg ch cosec cotg ctg cth sh tg th
"""
_SHOWN_AS = {
    "liminf": "lim inf",
    "limsup": "lim sup",
    "injlim": "inj lim",
    "projlim": "proj lim",
    "argmin": "arg min",
    "argmax": "arg max",
    "varlimsup": "lim sup",
    "varliminf": "lim inf",
    "varinjlim": "inj lim",
    "varprojlim": "proj lim",
}
_ASCII: dict[str, tuple[str, AtomClass]] = {
    "+": ("+", "bin"),
    "-": ("−", "bin"),
    "*": ("∗", "bin"),
    "=": ("=", "rel"),
    "<": ("<", "rel"),
    ">": (">", "rel"),
    ":": (":", "rel"),
    "(": ("(", "open"),
    "[": ("[", "open"),
    ")": (")", "close"),
    "]": ("]", "close"),
    "?": ("?", "close"),
    "!": ("!", "close"),
    ",": (",", "punct"),
    ";": (";", "punct"),
    "/": ("/", "ord"),
    "|": ("|", "ord"),
    "\\|": ("‖", "ord"),
    "\\Vert": ("‖", "ord"),
    "\\vert": ("|", "ord"),
    ".": (".", "ord"),
    '"': ('"', "ord"),
    "@": ("@", "ord"),
    "`": ("‘", "ord"),
}


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _symbols() -> dict[str, tuple[str, AtomClass]]:
    found: dict[str, tuple[str, AtomClass]] = dict(_ASCII)
    for char in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789":
        found[char] = (char, "ord")
    tables: tuple[tuple[str, AtomClass], ...] = (
        (_ORD, "ord"),
        (_BIN, "bin"),
        (_REL, "rel"),
        (_OPEN, "open"),
        (_CLOSE, "close"),
        (_PUNCT, "punct"),
        (_INNER, "inner"),
    )
    for table, kind in tables:
        for name, char in _pairs(table).items():
            found[name] = (char, kind)
    return found


def _operators() -> dict[str, tuple[str, bool]]:
    found = {name: (char, True) for name, char in _pairs(_SYMBOL_OPERATORS_WITH_LIMITS).items()}
    found.update((name, (char, False)) for name, char in _pairs(_SYMBOL_OPERATORS).items())
    found.update(
        (f"\\{name}", (_SHOWN_AS.get(name, name), True)) for name in _NAMES_WITH_LIMITS.split()
    )
    found.update((f"\\{name}", (name, False)) for name in _NAMES.split())
    return found


SYMBOLS: dict[str, tuple[str, AtomClass]] = _symbols()
"""LaTeX of a symbol -> its Unicode and its class."""

OPERATORS: dict[str, tuple[str, bool]] = _operators()
"""LaTeX of an operator -> its Unicode or name, and whether it takes limits in display style."""

_TEXT = r"""
\% \# \& \_ \$ \{ \} \dag \ddag \S \P \copyright \pounds \AA \aa \AE \ae \OE \oe \O \o \L \l \ss
\i \j
\textasciitilde \textasciicircum \textbackslash \textbar \textbardbl \textless \textgreater
\textquotedblleft \textquotedblright \textquoteleft \textquoteright \textunderscore \textendash
\textemdash \textbraceleft \textbraceright \textdagger \textdaggerdbl \textbullet
\textperiodcentered
\textvisiblespace \textquotedbl \textmu \textohm \textcelsius \texttrademark \texteuro \euro
\textcopyright \textregistered \textdegree \degree \textellipsis \textdollar \textsection
\textparagraph \ldots \dots \TeX \LaTeX \KaTeX \lq \rq \checkmark \circledR \yen \maltese \qed
\lbrack
\rbrack \sect \dotsc \dotso
"""
TEXT_SYMBOLS: frozenset[str] = frozenset(_TEXT.split())
"""Symbols that may stand in text as well as in math, or in text only."""

ONE_CHAR_OPERATORS: dict[str, tuple[str, bool]] = {
    char: (char, limits) for _, (char, limits) in OPERATORS.items() if len(char) == 1 and char > "~"
}
"""Operators that were typed as characters: `∑`, `∫`."""

_CLASS_OF_CHAR: dict[str, AtomClass] = {}
for _name, (_char, _kind) in SYMBOLS.items():
    if len(_char) == 1 and _char > "~":
        _CLASS_OF_CHAR.setdefault(_char, _kind)
for _char in "−·∗":
    _CLASS_OF_CHAR[_char] = "bin"
for _char in "，。；、：":
    _CLASS_OF_CHAR[_char] = "ord"


def class_of_char(char: str) -> AtomClass:
    """The class of a character that is typed as itself; ord where nothing else is known.

    >>> class_of_char("≤"), class_of_char("梯")
    ('rel', 'ord')
    """
    return _CLASS_OF_CHAR.get(char, "ord")


_SHARED_DELIMITERS = r"""
( ) [ ] / | < > \lt \gt \| \{ \} \lbrace \rbrace \lbrack \rbrack \langle \rangle \lang \rang \lceil
\rceil \lfloor \rfloor \lvert \rvert \lVert \rVert \vert \Vert \lgroup \rgroup \lmoustache
\rmoustache \ulcorner \urcorner \llcorner \lrcorner \llbracket \rrbracket \lBrace \rBrace \backslash
\uparrow \downarrow \updownarrow \Uparrow \Downarrow \Updownarrow \lparen \rparen \lAngle \rAngle
\llparenthesis \rrparenthesis \arrowvert \Arrowvert \bracevert \Bracevert \uarr \darr \Uarr \Darr
\uArr \dArr
"""
_DELIMITER_TEXT = {
    "<": "⟨",
    ">": "⟩",
    "\\lt": "⟨",
    "\\gt": "⟩",
    "\\arrowvert": "|",
    "\\Arrowvert": "‖",
    "\\bracevert": "|",
    "\\Bracevert": "‖",
}
DELIMITERS: dict[str, str] = {
    name: _DELIMITER_TEXT.get(name) or SYMBOLS[name][0] for name in _SHARED_DELIMITERS.split()
}
r"""What may follow `\left` -> its Unicode; `.` is empty (TeXbook, chapter 17)."""
DELIMITERS["."] = ""
DELIMITERS.update((_char, _char) for _char in "⟨⟩⌈⌉⌊⌋⟮⟯⎰⎱⟦⟧⦃⦄∣∥‖↑↓↕⇑⇓⇕┌┐└┘⌜⌝⌞⌟⟪⟫〈〉|")

_STRUCK = """
=≠ ∈∉ ∋∌ <≮ >≯ ≤≰ ≥≱ ≺⊀ ≻⊁ ⊂⊄ ⊃⊅ ⊆⊈ ⊇⊉ ⊢⊬ ⊨⊭ ∣∤ ∥∦ ≡≢ ∼≁ ≃≄ ≈≉ ≅≇ ∃∄ ⪯⋠ ⪰⋡ ≼⋠ ≽⋡ ⊑⋢ ⊒⋣ ⊲⋪ ⊳⋫
⊴⋬ ⊵⋭ ←↚ →↛ ↔↮ ⇐⇍ ⇒⇏ ⇔⇎ |∤ ≍≭ ≲≴ ≳≵ ≶≸ ≷≹
"""
NEGATIONS: dict[str, str] = {pair[0]: pair[1] for pair in _STRUCK.split()}
"""A symbol -> the same symbol struck by `\\not`, where Unicode has one."""
