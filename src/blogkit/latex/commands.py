r"""The table of commands: name, arguments, node, and one line of what it does.

The parser reads arguments by this table and the reference in `docs/formulas.md` is printed from
it, so a command is added here and nowhere else, unless it needs a node of its own. Symbols,
operators and delimiters are in `symbols`, environments in `environments`. Letters that stand for
arguments:

    m  math in braces, or one token                    o  math in [brackets], may be left out
    p  a math field: braces, one symbol, or a command  q  anything in [brackets], may be left out
    t  text in braces                                  r  anything in braces, kept as written
    s  a length such as 2pt, with or without braces    c  a colour, with or without its model
    *  a star, may be left out                         d  a delimiter
"""

from __future__ import annotations

from blogkit.results.records import record


@record
class Command:
    """What the parser and the reference know of a command."""

    name: str
    """With its backslash."""
    node: str
    """Name of the node that it makes."""
    arguments: str
    """One letter for each argument, as listed in the module's docstring."""
    doc: str
    """One line of what it does."""
    detail: str = ""
    """What tells commands of one node apart: a sign, a class, a width."""
    modes: str = "m"
    """`m` where it may stand in math, `t` in text."""
    in_field: bool = False
    """Whether it may be a script without braces: `x_\\mathbf{y}`, not `x_\\hat{y}`."""


def _fractions() -> list[Command]:
    plain = [
        ("\\frac", "rule", "fraction"),
        ("\\dfrac", "rule", "fraction in display style"),
        ("\\tfrac", "rule", "fraction in text style"),
        ("\\binom", "()", "binomial coefficient"),
        ("\\dbinom", "()", "binomial coefficient in display style"),
        ("\\tbinom", "()", "binomial coefficient in text style"),
    ]
    infix = [
        ("\\over", "rule", "", "fraction: {a \\over b}"),
        ("\\atop", "", "", "pile of two without a line: {a \\atop b}"),
        ("\\choose", "()", "", "binomial coefficient: {n \\choose k}"),
        ("\\brace", "\\{\\}", "", "pile of two in braces"),
        ("\\brack", "[]", "", "pile of two in brackets"),
        ("\\above", "rule", "s", "fraction with a line of given thickness: {a \\above 1pt b}"),
        ("\\overwithdelims", "rule", "dd", "fraction between two delimiters"),
        ("\\atopwithdelims", "", "dd", "pile of two between two delimiters"),
        ("\\abovewithdelims", "rule", "dds", "fraction with line and delimiters"),
    ]
    return (
        [Command(n, "Fraction", "mm", doc, detail, in_field=True) for n, detail, doc in plain]
        + [
            Command("\\cfrac", "Fraction", "qmm", "continued fraction, [l] or [r] aligned", "rule"),
            Command(
                "\\genfrac",
                "Fraction",
                "rrrrmm",
                "fraction: delimiters, line, style",
                in_field=True,
            ),
        ]
        + [Command(n, "Infix", args, doc, detail) for n, detail, args, doc in infix]
    )


def _accents() -> list[Command]:
    narrow = {
        "\\hat": ("̂", "circumflex"),
        "\\check": ("̌", "caron"),
        "\\tilde": ("̃", "tilde"),
        "\\acute": ("́", "acute accent"),
        "\\grave": ("̀", "grave accent"),
        "\\dot": ("̇", "dot"),
        "\\ddot": ("̈", "two dots"),
        "\\dddot": ("⃛", "three dots"),
        "\\ddddot": ("⃜", "four dots"),
        "\\breve": ("̆", "breve"),
        "\\bar": ("̄", "bar"),
        "\\vec": ("⃗", "arrow"),
        "\\mathring": ("̊", "ring"),
        "\\Hat": ("̂", "circumflex (amsmath)"),
        "\\Check": ("̌", "caron (amsmath)"),
        "\\Tilde": ("̃", "tilde (amsmath)"),
        "\\Acute": ("́", "acute accent (amsmath)"),
        "\\Grave": ("̀", "grave accent (amsmath)"),
        "\\Dot": ("̇", "dot (amsmath)"),
        "\\Ddot": ("̈", "two dots (amsmath)"),
        "\\Breve": ("̆", "breve (amsmath)"),
        "\\Bar": ("̄", "bar (amsmath)"),
        "\\Vec": ("⃗", "arrow (amsmath)"),
    }
    wide = {
        "\\widehat": ("̂", "wide circumflex"),
        "\\widetilde": ("̃", "wide tilde"),
        "\\widecheck": ("̌", "wide caron"),
        "\\overline": ("‾", "line above"),
        "\\overbrace": ("⏞", "brace above; a superscript labels it"),
        "\\overbracket": ("⎴", "bracket above"),
        "\\overparen": ("⏜", "arc above"),
        "\\overarc": ("⏜", "arc above"),
        "\\wideparen": ("⏜", "arc above"),
        "\\overgroup": ("⏠", "flat arc above"),
        "\\overlinesegment": ("⎵", "line with ends above"),
        "\\overrightarrow": ("→", "arrow above"),
        "\\overleftarrow": ("←", "arrow above, to the left"),
        "\\overleftrightarrow": ("↔", "arrow above, both ways"),
        "\\Overrightarrow": ("⇒", "double arrow above"),
        "\\overleftharpoon": ("↼", "harpoon above, to the left"),
        "\\overrightharpoon": ("⇀", "harpoon above"),
    }
    under = {
        "\\underline": ("_", "line below"),
        "\\underbar": ("_", "line below"),
        "\\underbrace": ("⏟", "brace below; a subscript labels it"),
        "\\underbracket": ("⎵", "bracket below"),
        "\\underparen": ("⏝", "arc below"),
        "\\underarc": ("⏝", "arc below"),
        "\\undergroup": ("⏡", "flat arc below"),
        "\\underlinesegment": ("⎴", "line with ends below"),
        "\\underrightarrow": ("→", "arrow below"),
        "\\underleftarrow": ("←", "arrow below, to the left"),
        "\\underleftrightarrow": ("↔", "arrow below, both ways"),
        "\\utilde": ("̰", "tilde below"),
    }
    text = {
        "\\'": ("́", "acute accent in text"),
        "\\`": ("̀", "grave accent in text"),
        "\\^": ("̂", "circumflex in text"),
        '\\"': ("̈", "two dots in text"),
        "\\~": ("̃", "tilde in text"),
        "\\=": ("̄", "macron in text"),
        "\\.": ("̇", "dot in text"),
        "\\u": ("̆", "breve in text"),
        "\\v": ("̌", "caron in text"),
        "\\H": ("̋", "double acute accent in text"),
        "\\c": ("̧", "cedilla in text"),
        "\\d": ("̣", "dot below in text"),
        "\\b": ("̱", "bar below in text"),
        "\\r": ("̊", "ring in text"),
        "\\t": ("͡", "tie in text"),
        "\\k": ("̨", "ogonek in text"),
        "\\textcircled": ("⃝", "circle in text"),
    }
    in_text = frozenset({"\\underline", "\\underbar"})
    return (
        [Command(name, "Accent", "p", doc, sign) for name, (sign, doc) in narrow.items()]
        + [Command(name, "Accent", "p", doc, sign + "wide") for name, (sign, doc) in wide.items()]
        + [
            Command(name, "Accent", "p", doc, sign + "under", "mt" if name in in_text else "m")
            for name, (sign, doc) in under.items()
        ]
        + [Command(name, "Accent", "t", doc, sign, "t") for name, (sign, doc) in text.items()]
    )


def _arrows() -> list[Command]:
    signs = {
        "\\xrightarrow": "→",
        "\\xleftarrow": "←",
        "\\xleftrightarrow": "↔",
        "\\xRightarrow": "⇒",
        "\\xLeftarrow": "⇐",
        "\\xLeftrightarrow": "⇔",
        "\\xhookrightarrow": "↪",
        "\\xhookleftarrow": "↩",
        "\\xmapsto": "↦",
        "\\xrightharpoonup": "⇀",
        "\\xrightharpoondown": "⇁",
        "\\xleftharpoonup": "↼",
        "\\xleftharpoondown": "↽",
        "\\xrightleftharpoons": "⇌",
        "\\xleftrightharpoons": "⇋",
        "\\xlongequal": "=",
        "\\xtwoheadrightarrow": "↠",
        "\\xtwoheadleftarrow": "↞",
        "\\xtofrom": "⇄",
        "\\xrightleftarrows": "⇄",
        "\\xrightequilibrium": "⇌",
        "\\xleftequilibrium": "⇋",
    }
    doc = "{} as long as what is written above and [below] it"
    return [Command(name, "Arrow", "om", doc.format(sign), sign) for name, sign in signs.items()]


def _stacks() -> list[Command]:
    return [
        Command("\\overset", "Stack", "mm", "first argument small above the second", "ob"),
        Command("\\stackrel", "Stack", "mm", "first small above the second, as relation", "ob"),
        Command("\\buildrel", "Stack", "", "plain TeX's stack: \\buildrel a \\over ="),
        Command("\\underset", "Stack", "mm", "first argument small below the second", "ub"),
        Command("\\overunderset", "Stack", "mmm", "first above, second below the third", "oub"),
        Command("\\underoverset", "Stack", "mmm", "first below, second above the third", "uob"),
        Command("\\sideset", "Sideset", "mmp", "scripts at the corners of a large operator"),
        Command("\\sqrt", "Root", "op", "square root, or root of a degree: \\sqrt[3]{x}"),
        Command("\\root", "Root", "", "root in plain TeX's form: \\root 3 \\of x"),
        Command(
            "\\mathchoice", "Choice", "mmmm", "display, text, script, scriptscript", in_field=True
        ),
    ]


def _texts() -> list[Command]:
    names = {
        "\\text": "text, in the size of its place",
        "\\textrm": "roman text",
        "\\textsf": "sans serif text",
        "\\texttt": "typewriter text",
        "\\textnormal": "text in the usual font",
        "\\textbf": "bold text",
        "\\textmd": "text of medium weight",
        "\\textit": "italic text",
        "\\textsl": "slanted text",
        "\\textsc": "text in small capitals",
        "\\textup": "upright text",
        "\\emph": "emphasized text",
        "\\mbox": "text that is not broken",
        "\\hbox": "text in a box, plain TeX's form",
        "\\textsuperscript": "raised text",
        "\\textsubscript": "lowered text",
        "\\intertext": "a line of text between two rows",
        "\\shortintertext": "a line of text between two rows, closer",
    }
    return [Command(name, "Text", "t", doc, "", "mt", True) for name, doc in names.items()] + [
        Command("\\verb", "Verbatim", "", "characters as they are: \\verb|x_1|", "", "mt"),
        Command("\\tag", "Tag", "*t", "the number of a line; with star without parentheses"),
        Command("\\notag", "Tag", "", "no number for this line"),
        Command("\\nonumber", "Tag", "", "no number for this line"),
    ]


def _fonts() -> list[Command]:
    with_argument = {
        "\\mathbf": "bold",
        "\\mathrm": "roman",
        "\\mathit": "italic",
        "\\mathsf": "sans serif",
        "\\mathsfit": "italic sans serif",
        "\\mathtt": "typewriter",
        "\\mathbb": "blackboard bold",
        "\\Bbb": "blackboard bold",
        "\\mathbbm": "blackboard bold",
        "\\mathds": "blackboard bold",
        "\\mathcal": "calligraphic",
        "\\mathscr": "script",
        "\\mathfrak": "Fraktur",
        "\\frak": "Fraktur",
        "\\mathnormal": "the usual math italic",
        "\\mathup": "upright",
        "\\mathbfit": "bold italic",
        "\\mathbfcal": "bold calligraphic",
        "\\bold": "bold",
        "\\boldsymbol": "bold symbol, with its slant and class kept",
        "\\bm": "bold symbol, with its slant and class kept",
        "\\pmb": "poor man's bold: printed three times",
    }
    switches = {
        "\\rm": "roman to the end of the group",
        "\\bf": "bold to the end of the group",
        "\\it": "italic to the end of the group",
        "\\sf": "sans serif to the end of the group",
        "\\tt": "typewriter to the end of the group",
        "\\cal": "calligraphic to the end of the group",
        "\\mit": "math italic to the end of the group",
        "\\scr": "script to the end of the group",
        "\\sl": "slanted to the end of the group",
        "\\sc": "small capitals to the end of the group",
        "\\boldmath": "bold math to the end of the group",
        "\\unboldmath": "no more bold math",
        "\\bfseries": "bold to the end of the group",
        "\\rmfamily": "roman to the end of the group",
        "\\itshape": "italic to the end of the group",
        "\\sffamily": "sans serif to the end of the group",
        "\\ttfamily": "typewriter to the end of the group",
        "\\normalfont": "usual font to the end of the group",
        "\\em": "emphasized to the end of the group",
    }
    return [
        Command(n, "Font", "p", f"{doc} letters", in_field=True) for n, doc in with_argument.items()
    ] + [Command(n, "FontSwitch", "", doc, modes="mt") for n, doc in switches.items()]


def _switches() -> list[Command]:
    styles = {
        "\\displaystyle": "display style to the end of the group",
        "\\textstyle": "text style to the end of the group",
        "\\scriptstyle": "script style to the end of the group",
        "\\scriptscriptstyle": "scriptscript style to the end of the group",
    }
    sizes = (
        "tiny Tiny sixptsize scriptsize footnotesize small normalsize large Large LARGE huge Huge"
    )
    return (
        [Command(name, "Style", "", doc, "style", "mt") for name, doc in styles.items()]
        + [
            Command(f"\\{size}", "Style", "", "size to the end of the group", "size", "mt")
            for size in sizes.split()
        ]
        + [
            Command("\\color", "ColorSwitch", "c", "colour to the end of the group", modes="mt"),
            Command("\\textcolor", "Color", "cm", "its second argument in a colour", modes="mt"),
        ]
    )


def _classes() -> list[Command]:
    kinds = {
        "\\mathord": ("ord", "an ordinary symbol"),
        "\\mathop": ("op", "a large operator, with limits in display style"),
        "\\mathbin": ("bin", "a binary operation"),
        "\\mathrel": ("rel", "a relation"),
        "\\mathopen": ("open", "an opening"),
        "\\mathclose": ("close", "a closing"),
        "\\mathpunct": ("punct", "punctuation"),
        "\\mathinner": ("inner", "a subformula such as a fraction"),
    }
    names = {
        "\\operatorname": "name of a function; with star it takes limits",
        "\\operatornamewithlimits": "name of a function that takes limits",
        "\\qopname": "amsmath's way to define a function's name",
    }
    return [
        Command(name, "Classed", "p", f"its argument, spaced as {doc}", kind, in_field=True)
        for name, (kind, doc) in kinds.items()
    ] + [
        Command(name, "OperatorName", "*m" if name == "\\operatorname" else "m", doc)
        for name, doc in names.items()
        if name != "\\qopname"
    ]


def _delimiters() -> list[Command]:
    kinds = (("", "ord"), ("l", "open"), ("r", "close"), ("m", "rel"))
    return [
        Command(f"\\{size}{end}", "Delimiter", "d", f"larger delimiter, {kind}", kind)
        for size in ("big", "Big", "bigg", "Bigg")
        for end, kind in kinds
    ] + [
        Command("\\left", "Fenced", "d", "delimiter that grows, up to its \\right"),
        Command("\\right", "Right", "d", "closes \\left"),
        Command(
            "\\middle", "Delimiter", "d", "delimiter that grows, between \\left and \\right", "rel"
        ),
    ]


def _spaces() -> list[Command]:
    fixed = {
        "\\,": ("0.1667", "thin space"),
        "\\thinspace": ("0.1667", "thin space"),
        "\\:": ("0.2222", "medium space"),
        "\\>": ("0.2222", "medium space"),
        "\\medspace": ("0.2222", "medium space"),
        "\\;": ("0.2778", "thick space"),
        "\\thickspace": ("0.2778", "thick space"),
        "\\!": ("-0.1667", "negative thin space"),
        "\\negthinspace": ("-0.1667", "negative thin space"),
        "\\negmedspace": ("-0.2222", "negative medium space"),
        "\\negthickspace": ("-0.2778", "negative thick space"),
        "\\ ": ("0.25", "space between words"),
        "\\space": ("0.25", "space between words"),
        "\\nobreakspace": ("0.25", "space that is not broken"),
        "~": ("0.25", "space that is not broken"),
        "\\enspace": ("0.5", "half a quad"),
        "\\enskip": ("0.5", "half a quad"),
        "\\quad": ("1", "a quad"),
        "\\qquad": ("2", "two quads"),
        "\\/": ("0", "italic correction"),
    }
    return [Command(n, "Space", "", doc, width, "mt") for n, (width, doc) in fixed.items()] + [
        Command("\\hspace", "Space", "*r", "space of a given width", modes="mt"),
        Command("\\vspace", "Space", "*r", "vertical space"),
        Command("\\mspace", "Space", "s", "space in mu"),
        Command("\\kern", "Space", "s", "space, plain TeX's form", modes="mt", in_field=True),
        Command(
            "\\mkern", "Space", "s", "space in mu, plain TeX's form", modes="mt", in_field=True
        ),
        Command("\\hskip", "Space", "s", "space, plain TeX's form", modes="mt", in_field=True),
        Command(
            "\\mskip", "Space", "s", "space in mu, plain TeX's form", modes="mt", in_field=True
        ),
    ]


def _phantoms() -> list[Command]:
    names = {
        "\\phantom": ("p", "as large as its argument, nothing drawn"),
        "\\hphantom": ("p", "as wide as its argument, nothing drawn"),
        "\\vphantom": ("p", "as high as its argument, nothing drawn"),
        "\\smash": ("qp", "drawn, but without height; [t] or [b]: only that side"),
        "\\mathllap": ("m", "drawn to the left, without width"),
        "\\mathrlap": ("m", "drawn to the right, without width"),
        "\\mathclap": ("m", "drawn around its place, without width"),
        "\\llap": ("t", "text to the left, without width"),
        "\\rlap": ("t", "text to the right, without width"),
        "\\clap": ("t", "text around its place, without width"),
    }
    return [Command(name, "Phantom", args, doc, modes="mt") for name, (args, doc) in names.items()]


def _boxes() -> list[Command]:
    names = {
        "\\boxed": ("m", "m", "a frame around math"),
        "\\fbox": ("t", "mt", "a frame around text"),
        "\\framebox": ("t", "mt", "a frame around text"),
        "\\colorbox": ("ct", "mt", "text on a coloured ground"),
        "\\fcolorbox": ("cct", "mt", "text on a coloured ground, in a coloured frame"),
        "\\bbox": ("qm", "m", "MathJax's box: [colour, padding, border]"),
        "\\cancel": ("m", "mt", "struck from bottom left to top right"),
        "\\bcancel": ("m", "mt", "struck from top left to bottom right"),
        "\\xcancel": ("m", "mt", "struck crosswise"),
        "\\cancelto": ("mm", "m", "struck, with the value that it becomes"),
        "\\sout": ("t", "mt", "struck out"),
        "\\enclose": ("rqm", "m", "MathJax's enclosure: {circle}"),
        "\\phase": ("m", "m", "the angle of phasors"),
        "\\angl": ("t", "m", "the corner of actuaries"),
        "\\reflectbox": ("t", "mt", "mirrored"),
        "\\circled": ("t", "mt", "in a circle"),
    }
    return [Command(n, "Box", args, doc, "", modes) for n, (args, modes, doc) in names.items()]


def _others() -> list[Command]:
    links = {
        "\\href": ("um", "a link; kept, never followed"),
        "\\url": ("u", "an address; kept, never followed"),
        "\\class": ("rm", "MathJax: a CSS class"),
        "\\cssId": ("rm", "MathJax: an id"),
        "\\style": ("rm", "MathJax: a CSS style"),
        "\\htmlClass": ("rm", "KaTeX: a CSS class"),
        "\\htmlId": ("rm", "KaTeX: an id"),
        "\\htmlStyle": ("rm", "KaTeX: a CSS style"),
        "\\htmlData": ("rm", "KaTeX: data attributes"),
        "\\texttip": ("mr", "MathJax: a tip"),
    }
    shifts = {
        "\\raisebox": ("st", "text moved up"),
        "\\raise": ("sp", "a box moved up, plain TeX's form"),
        "\\lower": ("sp", "a box moved down, plain TeX's form"),
        "\\moveleft": ("sp", "a box moved to the left"),
        "\\moveright": ("sp", "a box moved to the right"),
        "\\vcenter": ("p", "centred on the axis"),
    }
    return (
        [Command(n, "Link", args, doc, modes="mt") for n, (args, doc) in links.items()]
        + [Command(n, "Shift", args, doc, modes="mt") for n, (args, doc) in shifts.items()]
        + [
            Command("\\rule", "Rule", "qss", "a filled rectangle", modes="mt"),
            Command("\\label", "Reference", "r", "names this line", modes="mt"),
            Command("\\ref", "Reference", "r", "number of a label", modes="mt"),
            Command("\\eqref", "Reference", "r", "number of a label in parentheses", modes="mt"),
            Command("\\pageref", "Reference", "r", "page of a label", modes="mt"),
            Command("\\cite", "Reference", "r", "a citation", modes="mt"),
            Command("\\pmod", "Modulo", "m", "(mod n), with its space"),
            Command("\\pod", "Modulo", "m", "(n), with its space"),
            Command("\\mod", "Modulo", "m", "mod n, with its space"),
            Command("\\not", "Negation", "", "strikes the next relation"),
            Command("\\substack", "Array", "", "lines of small math, centred: \\substack{a\\\\b}"),
            Command("\\matrix", "Array", "", "plain TeX's matrix: \\matrix{a&b\\cr c&d}"),
            Command("\\pmatrix", "Array", "", "plain TeX's matrix in parentheses"),
            Command("\\cases", "Array", "", "plain TeX's cases"),
            Command("\\eqalign", "Array", "", "plain TeX's aligned equations"),
            Command("\\eqalignno", "Array", "", "plain TeX's aligned equations with numbers"),
            Command("\\displaylines", "Array", "", "plain TeX's centred lines"),
            Command("\\begin", "Begin", "", "opens an environment"),
            Command("\\end", "End", "", "closes an environment"),
            Command("\\\\", "NewLine", "*q", "new line, or new row of an array"),
            Command("\\newline", "PlainNewLine", "", "new line", modes="mt"),
            Command("\\cr", "NewLine", "", "new row, plain TeX's form"),
            Command("\\char", "Character", "", 'character by its number: \\char"41', modes="mt"),
            Command("\\unicode", "Character", "qr", "MathJax: character by its number", modes="mt"),
            Command("\\limits", "Limits", "", "scripts above and below the operator"),
            Command("\\nolimits", "Limits", "", "scripts beside the operator"),
            Command("\\displaylimits", "Limits", "", "above and below in display style"),
            Command("\\hline", "Line", "", "rule between rows"),
            Command("\\hdashline", "Line", "", "dashed rule between rows"),
            Command("\\cline", "Line", "r", "rule between rows, over some columns"),
            Command("\\begingroup", "Begingroup", "", "opens a group that makes no atom"),
            Command("\\endgroup", "Endgroup", "", "closes \\begingroup"),
            Command("\\bgroup", "Bgroup", "", "the same as {"),
            Command("\\egroup", "Egroup", "", "the same as }"),
            Command("\\ensuremath", "Classed", "m", "math, in text too", "ord", "mt"),
            Command("\\mathstrut", "Directive", "", "as high as a parenthesis"),
            Command("\\strut", "Directive", "", "as high as a line", modes="mt"),
            Command("\\(", "OpenMath", "", "math within text", modes="t"),
            Command("\\)", "CloseMath", "", "closes \\(", modes="t"),
        ]
    )


def _directives() -> list[Command]:
    names = {
        "\\relax": ("", "nothing"),
        "\\require": ("r", "MathJax: an extension; kept, never loaded"),
        "\\allowbreak": ("", "a line may break here"),
        "\\nobreak": ("", "no line may break here"),
        "\\displaybreak": ("q", "a page may break here"),
        "\\hfill": ("", "fills the line"),
        "\\hfil": ("", "fills the line"),
        "\\hss": ("", "fills or overlaps"),
        "\\null": ("", "an empty box"),
        "\\par": ("", "end of a paragraph"),
        "\\noindent": ("", "no indentation"),
        "\\centering": ("", "centred"),
        "\\mathsurround": ("", "space around math"),
        "\\nonscript": ("", "no space after it in scripts"),
        "\\mathstrut": ("", "as high as a parenthesis"),
        "\\DOTSB": ("", "the dots before are between operators"),
        "\\DOTSI": ("", "the dots before are between integrals"),
        "\\DOTSX": ("", "the dots before are among others"),
        "\\noalign": ("r", "material between rows"),
        "\\setlength": ("rr", "sets a length"),
        "\\arraycolsep": ("", "space between columns"),
        "\\tabskip": ("", "space between columns"),
        "\\protect": ("", "protects a command"),
        "\\global": ("", "makes the next definition global"),
        "\\long": ("", "lets the next definition take paragraphs"),
        "\\mathcode": ("", "plain TeX's table of codes"),
        "\\qedhere": ("", "the end of a proof is here"),
        "\\leqno": ("", "number on the left"),
        "\\eqno": ("", "number on the right"),
    }
    left_out = frozenset(
        {"\\mathstrut", "\\mathcode", "\\tabskip", "\\arraycolsep", "\\mathsurround"}
    )
    return [
        Command(name, "Directive", args, doc, modes="mt")
        for name, (args, doc) in names.items()
        if name not in left_out
    ]


def _definitions() -> list[Command]:
    names = {
        "\\newcommand": "defines a command: \\newcommand{\\R}[1]{…}",
        "\\renewcommand": "defines a command that there is already",
        "\\providecommand": "defines a command unless there is one",
        "\\DeclareMathOperator": "defines the name of a function; with star it takes limits",
        "\\def": "defines a command, plain TeX's form: \\def\\R#1{…}",
        "\\gdef": "like \\def",
        "\\edef": "like \\def",
        "\\xdef": "like \\def",
        "\\let": "makes a command mean what another means",
    }
    return [Command(name, "Definition", "", doc, modes="mt") for name, doc in names.items()]


def _table() -> dict[str, Command]:
    parts = (
        _fractions(),
        _stacks(),
        _accents(),
        _arrows(),
        _delimiters(),
        _classes(),
        _fonts(),
        _switches(),
        _texts(),
        _spaces(),
        _phantoms(),
        _boxes(),
        _definitions(),
        _directives(),
        _others(),
    )
    return {command.name: command for part in parts for command in part}


COMMANDS: dict[str, Command] = _table()
"""Name -> command, in the order of the reference."""
