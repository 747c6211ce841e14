r"""What the engines that draw formulas know of LaTeX: MathJax (SVG, PNG), math-core (MathML).

Each lacks symbols that blogkit reads; `rewording` writes those as characters. Found by setting
each name of blogkit's tables with both; a test asks them again. Imports nothing.
"""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Dialect:
    """The LaTeX of one engine."""

    name: str
    """`SVG` or `MathML`: what it is asked for, as messages say it."""
    lacks: frozenset[str]
    """Symbols and operators that blogkit reads and it doesn't."""
    escapes: dict[str, str] = field(default_factory=dict)
    """What stands for a character of words that has a meaning in LaTeX."""
    refused: str = ""
    """Characters that it takes in words only."""
    is_small: bool = False
    """Whether it knows little besides symbols, fractions, scripts and arrays."""
    is_display: bool = True
    """Whether limits stand below and above, as in a display."""


STAND_INS = {char: chr(0xE000 + ord(char)) for char in "^~`'-"}
"""Characters that math-core changes or refuses in words -> private ones, to be put back behind it.

Its words also join `--` and turn quotes, which belongs into no source."""

_ESCAPES = {char: f"\\{char}" for char in "_{}$#%&"} | {"\\": "\\textbackslash{}"}

_MATHJAX_LACKS = r"""
\AE \Alpha \Beta \Chi \Complex \Dagger \Darr \Epsilon \Eta \Harr \Iota \KaTeX \Kappa \L \Larr
\Lrarr \Mapsfrom \Mapsto \Mu \Nu \O \OE \Omicron \P \Perp \QED \Rarr \Reals \Rho \Tau \Uarr \VDash
\Vbar \Zeta \aa \adots \ae \alef \alefsym \approxcolon \approxcoloncolon \arcctg \arceq \arctg
\argmax \argmin \bigsqcap \bull \ch \circledwedge \clubs \cnums \coloncolon \coloncolonapprox
\coloncolonequals \coloncolonminus \coloncolonsim \colonequals \colonminus \comma \copyright \cosec
\cotg \ctg \cth \dArr \dag \darr \dasharrow \ddag \degree \diamonds \dotsx \empty \eq \eqdef
\equalscolon \equalscoloncolon \euro \exist \fint \hArr \harr \hearts \i \image \imageof
\independent \infin \interleave \isin \j \l \lAngle \lArr \lBrace \lang \larr \lightning \llbracket
\llparenthesis \longmapsfrom \lq \lrArr \lrarr \mapsfrom \mathdollar \mathellipsis \mathparagraph
\mathsection \mathsterling \merge \minuscolon \minuscoloncolon \minuso \natnums \notni
\ntrianglelefteqslant \ntrianglerighteqslant \o \obar \oe \ointctrclockwise \origof \owedge \plim
\plusmn \pounds \qed \rAngle \rArr \rBrace \rang \rarr \ratio \real \reals \rq \rrbracket
\rrparenthesis \sdot \sect \sh \shortdownarrow \shortleftarrow \shortrightarrow \shortuparrow
\simcolon \simcoloncolon \spades \sqint \ss \stareq \sub \sube \supe \textquotedbl \tg \th
\thetasym \trianglelefteqslant \trianglerighteqslant \uArr \uarr \upmodels \varcoppa
\varointclockwise \vcentcolon \weierp
"""
MATHJAX = Dialect(
    "SVG",
    frozenset(_MATHJAX_LACKS.split()),
    {**_ESCAPES, "^": "\\textasciicircum{}", "~": "\\textasciitilde{}"},
    refused='‘’‚‛“”„‟"',  # in math it makes primes of them
)

_MATH_CORE_LACKS = r"""
\AA \AE \KaTeX \L \LaTeX \Mapsfrom \Mapsto \O \OE \Perp \QED \TeX \Vbar \aa \adots \ae \centerdot
\circledwedge \comma \dasharrow \dotsb \dotsc \dotsi \dotsm \dotso \dotsx \eq \euro \i \independent
\interleave \intop \j \l \longmapsfrom \mapsfrom \mathdollar \mathellipsis \mathparagraph
\mathsection \merge \nshortmid \nshortparallel \ntrianglelefteqslant \ntrianglerighteqslant \o
\obar \oe \ointop \ordinarycolon \owedge \qed \sdot \shortdownarrow \shortleftarrow \shortmid
\shortparallel \shortrightarrow \shortuparrow \smallfrown \smallint \smallsetminus \smallsmile
\sqint \ss \textasciicircum \textasciitilde \textbackslash \textbar \textbardbl \textbraceleft
\textbraceright \textbullet \textcelsius \textcopyright \textdagger \textdaggerdbl \textdegree
\textdollar \textellipsis \textemdash \textendash \texteuro \textgreater \textless \textmu \textohm
\textparagraph \textperiodcentered \textquotedbl \textquotedblleft \textquotedblright
\textquoteleft \textquoteright \textregistered \textsection \texttrademark \textunderscore
\textvisiblespace \thickapprox \thicksim \trianglelefteqslant \trianglerighteqslant \upmodels
\varcoppa \varinjlim \varliminf \varlimsup \varprojlim \varpropto
"""
MATH_CORE = Dialect(
    "MathML", frozenset(_MATH_CORE_LACKS.split()), {**_ESCAPES, **STAND_INS}, "⫴", is_small=True
)
MATH_CORE_IN_LINE = replace(MATH_CORE, is_display=False)
