r"""Which commands and environments KaTeX and MathJax lack, of those that blogkit reads.

Found by setting each name of blogkit's tables with KaTeX 0.19 and with MathJax 3.2 and 4.1 as
they come (packages base, ams, newcommand, require, autoload), and noting "undefined control
sequence" and "unknown environment"; a name counts as unknown to MathJax where both versions lack
it. Commands of LaTeX's text mode and references (`\label`, `\eqref`) are left out. Tables only:
this module imports nothing.
"""

_NOT_IN_KATEX_TEXT = r"""
\/ \Acute \Arrowvert \Bar \Bracevert \Breve \Check \Ddot \DeclareMathOperator \Dot \Grave \Hat \L
\Mapsfrom \Mapsto \Perp \QED \Tilde \Tiny \VDash \Vbar \Vec \abovewithdelims \adots \arceq
\arrowvert \atopwithdelims \bbox \bfseries \bigsqcap \bigtimes \boldmath \bracevert \buildrel
\cancelto
\cases \centering \circled \circledwedge \class \cline \comma \cr \cssId \dasharrow \displaybreak
\displaylimits \displaylines \enclose \ensuremath \eq \eqalign \eqalignno \eqdef \eqno \euro \fint
\framebox \hfil \hfill \hss \iddots \idotsint \iiiint \independent \interleave \intertext \itshape
\l \lAngle \leqno \lightning \llparenthesis \longmapsfrom \lower \mathbbm \mathbfcal \mathbfit
\mathdollar \mathds \mathparagraph \mathsection \mathup \matrix \mbox \merge \mit \moveleft
\moveright \mspace \noalign \noindent \nonscript \normalfont \ntrianglelefteqslant
\ntrianglerighteqslant \null \obar \ointctrclockwise \ointop \overarc \overparen \overunderset
\overwithdelims \owedge \par \pmatrix \qed \qedhere \rAngle \raise \require \rmfamily \root
\rrparenthesis \sc \scr \setlength \sffamily \shortdownarrow \shortintertext \shortleftarrow
\shortrightarrow \shortuparrow \sideset \sl \sqint \stareq \strut \style \textbullet \textcelsius
\texteuro \textmu \textohm \textparagraph \textperiodcentered \textquotedbl \textsection
\textsubscript \textsuperscript \texttip \texttrademark \textvisiblespace \trianglelefteqslant
\trianglerighteqslant \ttfamily \unboldmath \underarc \underoverset \underparen \unicode \upmodels
\varcoppa \varointclockwise \vspace \wideparen
"""
NOT_IN_KATEX = frozenset(_NOT_IN_KATEX_TEXT.split())
"""Commands that blogkit reads and KaTeX doesn't."""

_IN_MATHTOOLS_TEXT = r"""
\Colonapprox \Coloneq \Coloneqq \Colonsim \Eqcolon \Eqqcolon \approxcolon \bigtimes \clap
\colonapprox \coloneq \coloneqq \colonsim \dblcolon \eqcolon \eqqcolon \lparen \mathclap \mathllap
\mathrlap \ordinarycolon \overbracket \rparen \simcolon \underbracket \xLeftarrow \xLeftrightarrow
\xRightarrow \xhookleftarrow \xhookrightarrow \xleftharpoondown \xleftharpoonup \xleftrightarrow
\xleftrightharpoons \xrightharpoondown \xrightharpoonup \xrightleftharpoons
"""
_IN_MATHTOOLS = frozenset(_IN_MATHTOOLS_TEXT.split())
_IN_TEXTCOMP = frozenset(
    [
        r"\textasciicircum",
        r"\textasciitilde",
        r"\textbackslash",
        r"\textbar",
        r"\textbardbl",
        r"\textbraceleft",
        r"\textbraceright",
        r"\textbullet",
        r"\textcelsius",
        r"\textcopyright",
        r"\textdagger",
        r"\textdaggerdbl",
        r"\textdegree",
        r"\textdollar",
        r"\textellipsis",
        r"\textemdash",
        r"\textendash",
        r"\texteuro",
        r"\textgreater",
        r"\textless",
        r"\textmu",
        r"\textohm",
        r"\textparagraph",
        r"\textperiodcentered",
        r"\textquotedblleft",
        r"\textquotedblright",
        r"\textquoteleft",
        r"\textquoteright",
        r"\textregistered",
        r"\textsection",
        r"\texttrademark",
        r"\textunderscore",
        r"\textvisiblespace",
    ]
)
_IN_PHYSICS_TEXT = r"""
\Bqty \PV \Pmqty \Probability \Res \Residue \Tr \Trace \abs \absolutevalue \acomm \acos \acosecant
\acosine \acot \acotangent \acsc \admat \anticommutator \antidiagonalmatrix \arccosecant
\arccosine \arccot \arccotangent \arccsc \arcsec \arcsecant \arcsine \arctangent \asec \asecant
\asin \asine \atan \atangent \bmqty \bqty \comm \commutator \cosecant \cosine \cotangent \cp
\cross \crossproduct \csch \curl \dd \derivative \determinant \diagonalmatrix \differential
\divergence \dmat \dotproduct \dv \dyad \erf \ev \eval \evaluated \expectationvalue \exponential
\expval \fderivative \fdv \flatfrac \functionalderivative \grad \gradient \hypcosecant \hypcosine
\hypcotangent \hypsecant \hypsine \hyptangent \identitymatrix \imaginary \imat \innerproduct \ip
\laplacian \logarithm \matrixdeterminant \matrixel \matrixelement \matrixquantity \mdet \mel \mqty
\naturallogarithm \norm \op \order \outerproduct \partialderivative \paulimatrix \pb \pderivative
\pdv \pmat \pmqty \poissonbracket \pqty \principalvalue \pv \qall \qand \qas \qassume \qc \qcc
\qcomma \qelse \qeven \qfor \qgiven \qif \qin \qinteger \qlet \qodd \qor \qotherwise \qq \qqtext
\qsince \qthen \qty \quantity \qunless \qusing \rank \sPmqty \sbmqty \secant \sech \sine
\smallmatrixquantity \smdet \smqty \spmqty \svmqty \tangent \tr \trace \va \var \variation \vb
\vdot \vectorarrow \vectorbold \vectorunit \vmqty \vqty \vu \xmat \xmatrix \zeromatrix \zmat
"""
EXTENSIONS: dict[str, str] = {
    **dict.fromkeys(_IN_PHYSICS_TEXT.split(), "physics"),
    **dict.fromkeys(_IN_MATHTOOLS, "mathtools"),
    **dict.fromkeys(_IN_TEXTCOMP, "textcomp"),
    "\\degree": "gensymb",
    "\\begingroup": "begingroup",
    "\\endgroup": "begingroup",
    "\\gdef": "begingroup",
    "\\global": "begingroup",
}
"""Command -> the extension of MathJax that has it, to be loaded by `\\require`."""

_NOT_IN_MATHJAX_TEXT = r"""
\/ \AE \Acute \Alpha \Bar \Beta \Bracevert \Breve \Check \Chi \Complex \DOTSB \DOTSI \DOTSX
\Dagger \Darr \Ddot \Dot \Epsilon \Eta \Grave \Harr \Hat \Iota \KaTeX \Kappa \L \Larr \Lrarr
\Mapsfrom \Mapsto \Mu \Nu \O \OE \Omicron \Overrightarrow \P \Perp \QED \Rarr \Reals \Rho \Tau
\Tilde \Uarr \VDash \Vbar \Vec \Zeta \aa \adots \ae \alef \alefsym \angl \approxcoloncolon \arcctg
\arceq \arctg \argmax \argmin \bfseries \bgroup \bigsqcap \bm \bold \boldmath \bull \centering \ch
\circled \circledwedge \cline \clubs \cnums \coloncolon \coloncolonapprox \coloncolonequals
\coloncolonminus \coloncolonsim \colonequals \colonminus \comma \cosec \cotg \ctg \cth \dArr \dag
\darr \dasharrow \ddag \diamonds \displaybreak \displaylimits \dotsx \edef \egroup \empty \enskip
\ensuremath \eq \eqdef \eqno \equalscolon \equalscoloncolon \euro \exist \fint \hArr \harr \hearts
\hss \htmlClass \htmlData \htmlId \htmlStyle \i \image \imageof \independent \infin \interleave
\intertext \isin \itshape \j \l \lAngle \lArr \lBrace \lang \larr \leqno \lightning \llbracket
\llparenthesis \long \longmapsfrom \lq \lrArr \lrarr \mapsfrom \mathbbm \mathdollar \mathds
\mathellipsis \mathparagraph \mathsection \mathsterling \medspace \merge \minuscolon
\minuscoloncolon \minuso \natnums \noalign \noindent \normalfont \notni \ntrianglelefteqslant
\ntrianglerighteqslant \null \o \obar \oe \ointctrclockwise \operatornamewithlimits \origof
\overarc \overgroup \overleftharpoon \overlinesegment \overrightharpoon \owedge \par \phase \plim
\plusmn \pounds \providecommand \qed \qedhere \rAngle \rArr \rBrace \raisebox \rang \rarr \ratio
\real \reals \reflectbox \rmfamily \rq \rrbracket \rrparenthesis \sc \sdot \sect \setlength
\sffamily \sh \shortdownarrow \shortintertext \shortleftarrow \shortrightarrow \shortuparrow
\simcoloncolon \sixptsize \sl \sout \spades \sqint \ss \stareq \sub \sube \supe \textquotedbl
\textsubscript \textsuperscript \tg \th \thetasym \thickspace \trianglelefteqslant
\trianglerighteqslant \ttfamily \uArr \uarr \unboldmath \underarc \underbar \undergroup
\underlinesegment \underoverset \upmodels \utilde \varcoppa \varointclockwise \vcentcolon \vspace
\weierp \widecheck \wideparen \xdef \xleftequilibrium \xrightequilibrium \xrightleftarrows
"""
NOT_IN_MATHJAX = frozenset(_NOT_IN_MATHJAX_TEXT.split()) | frozenset(EXTENSIONS)
"""Commands that blogkit reads and MathJax, as it comes, doesn't."""

_ENVIRONMENTS_NOT_IN_KATEX_TEXT = """
Bsmallmatrix Bsmallmatrix* Vsmallmatrix Vsmallmatrix* bsmallmatrix bsmallmatrix* cases* center
dcases* dgather displaymath dmath dmath* eqnarray eqnarray* flalign flalign* large math multline
multline* multlined numcases psmallmatrix psmallmatrix* small smallmatrix* subequations
subnumcases tabular vsmallmatrix vsmallmatrix* xalignat xalignat*
"""
ENVIRONMENTS_NOT_IN_KATEX = frozenset(_ENVIRONMENTS_NOT_IN_KATEX_TEXT.split())
"""Environments that blogkit reads and KaTeX doesn't."""

_ENVIRONMENTS_IN_MATHTOOLS_TEXT = """
Bmatrix* Bsmallmatrix Bsmallmatrix* Vmatrix* Vsmallmatrix Vsmallmatrix* bmatrix* bsmallmatrix
bsmallmatrix* cases* dcases dcases* drcases matrix* multlined pmatrix* psmallmatrix psmallmatrix*
rcases smallmatrix* vmatrix* vsmallmatrix vsmallmatrix*
"""
_ENVIRONMENTS_IN_MATHTOOLS = frozenset(_ENVIRONMENTS_IN_MATHTOOLS_TEXT.split())
ENVIRONMENT_EXTENSIONS: dict[str, str] = dict.fromkeys(_ENVIRONMENTS_IN_MATHTOOLS, "mathtools")
"""Environment -> the extension of MathJax that has it."""

_ENVIRONMENTS_NOT_IN_MATHJAX_TEXT = """
center dgather dmath dmath* large numcases small subequations subnumcases tabular
"""
ENVIRONMENTS_NOT_IN_MATHJAX = frozenset(_ENVIRONMENTS_NOT_IN_MATHJAX_TEXT.split()) | frozenset(
    ENVIRONMENT_EXTENSIONS
)
"""Environments that blogkit reads and MathJax, as it comes, doesn't."""

_ONLY_IN_KATEX_TEXT = r"""
\N \R \TextOrMath \Z \angln \blue \blueA \blueB \blueC \blueD \blueE \errmessage \expandafter
\futurelet \goldA \goldB \goldC \goldD \goldE \gray \grayA \grayB \grayC \grayD \grayE \grayF \grayG
\grayH \grayI \green \greenA \greenB \greenC \greenD \greenE \includegraphics \kaBlue \kaGreen
\maroonA \maroonB \maroonC \maroonD \maroonE \mathreflectbox \message \mintA \mintB \mintC
\noexpand \orange \pink \purple \purpleA \purpleB \purpleC \purpleD \purpleE \red \redA \redB \redC
\redD \redE \show \tealA \tealB \tealC \tealD \tealE \textsterling \varvdots
"""
ONLY_IN_KATEX = frozenset(_ONLY_IN_KATEX_TEXT.split())
"""Commands that blogkit doesn't read, and KaTeX does."""

_ONLY_IN_MATHJAX_TEXT = r"""
\Ketbra \Newextarrow \Rule \Space \array \ce \definecolor \divsymbol \ketbra \leftroot
\leqalignno \longLeftrightharpoons \longRightleftharpoons \longleftrightarrows
\longrightleftharpoons \mathbffrak \mathbfscr \mathbfsf \mathbfsfit \mathbfsfup \mathbfup
\mathsfup \mathtip \newenvironment \oldstyle \pu \renewenvironment \shoveleft \shoveright \skew
\stackbin \symbb \symbf \symbfcal \symbffrak \symbfit \symbfscr \symbfsf \symbfsfit \symbfsfup
\symbfup \symcal \symfrak \symit \symnormal \symrm \symscr \symsf \symsfit \symsfup \symtt \symup
\toggle \tripledash \uproot \xLeftrightharpoons \xRightleftharpoons
"""
ONLY_IN_MATHJAX = frozenset(_ONLY_IN_MATHJAX_TEXT.split())
"""Commands that blogkit doesn't read, and MathJax does."""

_IN_BOTH_TEXT = r"""
\Bra \Braket \Ket \Set \bra \braket \ket \set
"""
IN_BOTH = frozenset(_IN_BOTH_TEXT.split())
"""Commands that blogkit doesn't read, and KaTeX and MathJax do."""
