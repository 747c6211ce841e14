r"""Layout items to tokens: fonts, spaces, words, numbers and scripts.

What becomes what: digits that follow one another are one `number`; a letter is a `letter`, a word
set upright a `word`, `\sum` and `\sin` an `operator`; `+`, `\cdot`, `/` are a `sign`; a wide space
or a new line is a `gap`; labels, tags, phantoms and other things without meaning are dropped.
Imports `blogkit.latex` and the tables of `vocabulary.py`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from blogkit import latex
from blogkit.formula import vocabulary
from blogkit.formula.tokens import Kind, Token, joined
from blogkit.latex.symbols import NEGATIONS
from blogkit.spans import Span

_FONTS = {
    **dict.fromkeys(
        ["mathbf", "bf", "boldsymbol", "bm", "pmb", "symbf", "bold", "bfseries"], "bold"
    ),
    **dict.fromkeys(["mathbb", "Bbb"], "blackboard"),
    **dict.fromkeys(["mathcal", "cal"], "calligraphic"),
    "mathscr": "script",
    **dict.fromkeys(["mathfrak", "frak"], "fraktur"),
    **dict.fromkeys(["mathsf", "sf", "sffamily"], "sans"),
    **dict.fromkeys(["mathtt", "tt", "ttfamily"], "mono"),
    **dict.fromkeys(["mathrm", "rm", "rmfamily", "mathup", "symup"], "upright"),
    **dict.fromkeys(["mathit", "it", "mathnormal"], ""),
}
_WORD_FONTS = frozenset(["upright", "sans", "mono"])
_SILENT = (
    latex.Reference,
    latex.Tag,
    latex.Directive,
    latex.Definition,
    latex.Rule,
)
_GAP_EM = 0.9
_SPACE_EM = 0.1
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_\-]*\.?$")
_SIGNS = {
    **dict.fromkeys(vocabulary.TERM_SIGNS, "sign"),
    **dict.fromkeys(vocabulary.FACTOR_SIGNS, "sign"),
    **dict.fromkeys(vocabulary.SET_SIGNS, "sign"),
    **{sign: "sign" for table in vocabulary.LOGIC_SIGNS for sign in table},
}
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(["∇", "∂", "∀", "∃", "∄", "¬", "#"], "prefix"),
    **dict.fromkeys(["!", "%", "‰"], "postfix"),
    **dict.fromkeys(["|", "∣", "‖", "∥"], "bar"),
    **dict.fromkeys([",", "，", "、"], "comma"),
    **dict.fromkeys([";", "；"], "semicolon"),
    **dict.fromkeys(["…", "⋯", "⋮", "⋱", "⋰"], "dots"),
    **dict.fromkeys(["(", "[", "{", "⟨", "⌊", "⌈", "⟦", "（"], "open"),
    **dict.fromkeys([")", "]", "}", "⟩", "⌋", "⌉", "⟧", "）"], "close"),
}
_LOGIC = vocabulary.LOGIC_SIGNS[0]
_NAMED_SIGNS = {"ℜ": "Re", "ℑ": "Im"}
_FULL_WIDTH = {"（": "(", "）": ")", "∥": "‖"}
_RELATIONS_SET_AS_SIGNS = frozenset("⊴⊵⊲⊳")
_LETTER_SIGNS = frozenset("∞∅ℓ℘ℏ⊤⊥†‡★⋆°℧ð♯♭♮□◻◊△▽′♠♣♡♢∠✓$@&_§¶∗")


def lex(items: Iterable[latex.Node], font: str = "", *, is_script: bool = False) -> list[Token]:
    """Tokens of a row's items in order; brackets are not matched yet.

    In a script digits stand apart from the letter in front, as in `a_{i1}`.
    """
    tokens: list[Token] = []
    for token in _tokens(items, font):
        _append(tokens, token)
    _multiply(tokens)
    _say_such_that(tokens)
    if not is_script:
        tokens = list(_with_digits_below(tokens))
    return _with_identifiers(tokens) if any(token.text == "_" for token in tokens) else tokens


def _multiply(tokens: list[Token]) -> None:
    r"""Makes a point between two fractions a sign of a product: `\frac{a}{b}.\frac{c}{d}`."""
    for before, token, behind in zip(tokens, tokens[1:], tokens[2:], strict=False):
        are_fractions = all(isinstance(x.node, latex.Fraction) for x in (before, behind))
        if token.text == "." and are_fractions:
            token.kind, token.text = "sign", "⋅"


def _say_such_that(tokens: list[Token]) -> None:
    """Makes `s.t.` that is typed as letters the word that it is."""
    for start in range(len(tokens) - 3):
        row = tokens[start : start + 4]
        is_apart = any(_has_gap(one, two) for one, two in pairwise(row))
        if [token.text for token in row] == ["s", ".", "t", "."] and not is_apart:
            span = Span(row[0].span.start, row[-1].span.end)
            tokens[start : start + 4] = [Token("text", "s.t.", span, row[0].node)]
            return


def _with_digits_below(tokens: list[Token]) -> Iterator[Token]:
    """Tokens in which digits right behind a letter are its index: `h1` is `h_1`, never h times 1.

    Behind a number it may be an `x` that multiplies, or a number to another base.
    """
    place = 0
    while place < len(tokens):
        token, behind = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
        before = tokens[place - 1] if place else None
        if (
            behind is not None
            and (token.kind, behind.kind) == ("letter", "number")
            and token.text.isascii()
            and token.text.isalpha()
            and behind.text.isdigit()
            and not (token.scripted or behind.scripted or behind.spaced)
            and (before is None or before.kind != "number")
        ):
            token.sub = _digits(behind)
            token.span = Span(token.span.start, behind.span.end)
            place += 1
        yield token
        place += 1


def _digits(number: Token) -> latex.Row:
    """The digits of a number as a row of their own."""
    start, end = number.span.start, number.span.end
    places = [Span(at, at + 1) for at in range(start, end)]
    if len(places) != len(number.text):  # with spaces in between
        places = [number.span] * len(number.text)
    pairs = zip(places, number.text, strict=True)
    atoms = (latex.Atom(span=at, latex=digit, text=digit, kind="ord") for at, digit in pairs)
    return latex.Row(span=number.span, items=tuple(atoms))


def _with_identifiers(tokens: list[Token]) -> list[Token]:
    r"""Letters, words and numbers that underscores join, as one word: `learning\_rate`."""
    found: list[Token] = []
    for run in _runs(tokens):
        while run and run[0].kind == "number":
            found.append(run.pop(0))
        inner = [place for place, token in enumerate(run) if token.text == "_"]
        if inner and inner[0] > 0 and inner[-1] < len(run) - 1:
            found.append(joined(run))
        else:
            found.extend(run)
    return found


def _runs(tokens: list[Token]) -> Iterator[list[Token]]:
    """Tokens that could spell one identifier together, without a space between; others alone."""
    run: list[Token] = []
    for token in tokens:
        spells = token.kind in ("letter", "word", "number") and not token.font
        is_apart = bool(run) and "_" not in (run[-1].text, token.text) and _has_gap(run[-1], token)
        if run and (not spells or token.spaced or run[-1].scripted or is_apart):
            yield run
            run = []
        if spells:
            run.append(token)
        else:
            yield [token]
    if run:
        yield run


def _has_gap(one: Token, two: Token) -> bool:
    """Whether the source has something between two tokens, as a space that sets nothing."""
    return two.span.start > one.span.end


def _tokens(items: Iterable[latex.Node], font: str) -> Iterator[Token]:
    spaced = pulled = False
    for item in items:
        if isinstance(item, latex.Space):
            if item.width_em >= _GAP_EM:
                yield Token("gap", "", item.span, item)
            spaced = spaced or item.width_em >= _SPACE_EM
            pulled = item.width_em < 0
            continue
        for token in _item(item, font):
            token.spaced, token.pulled = token.spaced or spaced, token.pulled or pulled
            spaced = pulled = False
            yield token


def _append(tokens: list[Token], token: Token) -> None:
    """Add a token, joining digits to numbers, and `:` and `=` to one sign."""
    last = tokens[-1] if tokens else None
    if last is not None and not token.spaced and not last.scripted:
        if (
            token.text == "."
            and last.kind == "number"
            and len(last.text) > 1
            and last.text[-1] == "."
        ):
            middle = last.span.end - 1  # `2...` is no number, but one and dots
            last.text, last.span = last.text[:-1], Span(last.span.start, middle)
            tokens.append(Token("dots", "…", Span(middle, token.span.end), token.node, token.font))
            return
        joined = _joined(last, token, tokens)
        if joined is not None:
            last.text, last.span = joined, Span(last.span.start, max(last.span.end, token.span.end))
            last.sub, last.sup, last.primes = token.sub, token.sup, token.primes
            return
    tokens.append(token)


def _joined(last: Token, token: Token, tokens: list[Token]) -> str | None:
    if last.text == "." and token.text == ".":
        last.kind = "dots"
        return "…"
    if token.kind == "number" and last.kind == "number" and last.font == token.font:
        return last.text + token.text
    if last.text == ":" and token.text == "=" and token.kind == "relation":
        return "≔"
    if last.text == "=" and token.text == ":":
        return "≕"
    if last.kind == "dots" and token.text == ".":
        return last.text
    return None


def _item(item: latex.Node, font: str) -> Iterator[Token]:
    match item:
        case latex.Atom():
            yield _atom(item, font)
        case latex.Scripts():
            yield from _scripts(item, font)
        case latex.Row():
            yield from _row(item, font)
        case latex.Font():
            yield from _font(item, font)
        case latex.Style() | latex.Color() | latex.Math():
            yield from _tokens(item.body.items, font)
        case latex.Environment():
            yield from _tokens(item.body.items, font)
        case latex.Operator():
            yield Token("operator", item.text, item.span, item, font)
        case latex.OperatorName():
            yield _named(item, item.body, "word", font)
        case latex.Classed():
            yield from _classed(item, font)
        case latex.Delimiter():
            yield from _delimiter(item)
        case latex.Fenced():
            yield from _fenced(item, font)
        case latex.Text():
            yield from _text(item)
        case latex.NewLine():
            yield Token("gap", "", item.span, item)
        case latex.Phantom():
            if item.visible:
                yield from _tokens(item.body.items, font)
        case latex.Box() if _is_struck(item):
            yield _struck(item, font)
        case latex.Box() | latex.Shift() | latex.Link():
            if item.body is not None:
                yield from _tokens(item.body.items, font)
        case latex.Choice():
            yield from _tokens(item.display.items, font)
        case latex.Negation() | latex.Arrow():
            kind: Kind = "sign" if item.text in _LOGIC else "relation"
            yield Token(kind, item.text, item.span, item, font)
        case latex.Stack():
            yield from _stack(item, font)
        case latex.Accent():
            yield from _accent(item, font)
        case latex.Verbatim():
            yield Token("word", item.text, item.span, item, "mono")
        case latex.Chars():
            yield Token("text", item.text, item.span, item)
        case latex.Unknown() | latex.Raw():
            yield Token("opaque", item.latex, item.span, item)
        case _ if isinstance(item, _SILENT):
            return
        case _:
            yield Token("node", "", item.span, item, font)


def _is_struck(box: latex.Box) -> bool:
    if box.command == "\\enclose":
        return "strike" in box.argument
    return box.command in ("\\cancel", "\\bcancel", "\\xcancel", "\\sout")


def _struck(box: latex.Box, font: str) -> Token:
    """A relation that is struck is its contrary; anything else is one thing."""
    tokens = lex(box.body.items, font)
    if len(tokens) == 1 and (tokens[0].kind == "relation" or tokens[0].text in _LOGIC):
        kind, text = tokens[0].kind, tokens[0].text
        return Token(kind, NEGATIONS.get(text, f"{text}\u0338"), box.span, box, font)
    return Token("node", "", box.span, box, font)


def _atom(atom: latex.Atom, font: str) -> Token:
    text = _FULL_WIDTH.get(atom.text, atom.text)
    if text in ("⋅", "·") and atom.latex != "·":
        return Token("sign", "⋅", atom.span, atom, font)
    if text in _NAMED_SIGNS:
        return Token("operator", _NAMED_SIGNS[text], atom.span, atom, font)
    kind = _KINDS.get(atom.text)
    if atom.latex == "\\colon" or text in _RELATIONS_SET_AS_SIGNS:
        kind = "relation"
    if atom.latex in ("\\|", "\\Vert") or kind == "bar":
        kind = "bar"
    if kind == "bar" and atom.kind in ("open", "close"):
        kind = atom.kind
    if kind is None:
        kind = _kind_of(atom, text)
    return Token(kind, text, atom.span, atom, font)


def _kind_of(atom: latex.Atom, text: str) -> Kind:
    if text.isdecimal() or text == ".":
        return "number"
    if text in _SIGNS and atom.kind != "rel":
        return "sign"
    if atom.kind == "rel":
        return "sign" if text in _SIGNS else "relation"
    if atom.kind == "bin":
        return "sign"
    if text.isalpha() or text in _LETTER_SIGNS or atom.kind == "ord":
        return "letter"
    return "opaque"


def _scripts(item: latex.Scripts, font: str) -> Iterator[Token]:
    if item.base is None:
        yield Token("blank", "", item.span, item, font, item.sub, item.sup, item.primes)
        return
    tokens = lex((item.base,), font)
    if not tokens:
        yield Token("blank", "", item.span, item, font, item.sub, item.sup, item.primes)
        return
    last = tokens[-1]
    if last.scripted or (len(tokens) > 1 and not _ends_with_close(tokens)):
        tokens = [Token("braced", "", item.base.span, item.base, font, inner=tokens)]
        last = tokens[0]
    last.sub, last.sup, last.primes = item.sub, item.sup, item.primes
    last.span = Span(last.span.start, max(last.span.end, item.span.end))
    yield from tokens


def _ends_with_close(tokens: list[Token]) -> bool:
    return tokens[-1].kind == "close" and tokens[0].kind != "open"


def _row(row: latex.Row, font: str) -> Iterator[Token]:
    """A group in braces: one thing, unless it holds one token or half a bracket."""
    tokens = lex(row.items, font)
    if not tokens:
        return
    balance = sum((t.kind == "open") - (t.kind == "close") for t in tokens)
    if len(tokens) == 1 and tokens[0].text == ",":
        tokens[0].text = "{,}"
    loose = tokens[0].kind in ("sign", "relation", "comma") and len(tokens) < 3
    if len(tokens) == 1 or balance != 0 or loose:
        yield from tokens
        return
    yield Token("braced", "", row.span, row, font, inner=tokens)


def _font(item: latex.Font, font: str) -> Iterator[Token]:
    face = _FONTS.get(item.command.lstrip("\\"), font)
    word_font = "" if face == "upright" else face
    if item.switch and face in _WORD_FONTS and len(_spelled(item.body)) > 1:
        yield _word(item, _spelled(item.body), word_font)
        return
    if item.switch:
        yield from _tokens(item.body.items, face)
        return
    tokens = lex(item.body.items, face)
    word = _spelled(item.body)
    if len(word) > 1 and (face in _WORD_FONTS or item.command == "\\mathit" or len(word) > 2):
        yield _word(item, word, word_font)
        return
    if (
        len(tokens) > 1
        and face in _WORD_FONTS
        and all(t.kind in ("letter", "number") and not t.scripted for t in tokens)
    ):
        yield _word(item, "".join(t.text for t in tokens), word_font)
        return
    if len(tokens) > 1:
        yield Token("braced", "", item.span, item, face, inner=tokens)
        return
    yield from tokens


def _spelled(row: latex.Row) -> str:
    """The word that a row spells in plain Latin letters; empty where it does anything else."""
    letters = []
    for item in row.items:
        if isinstance(item, (latex.Font, latex.Row)):
            inner = _spelled(item.body if isinstance(item, latex.Font) else item)
            if not inner:
                return ""
            letters.append(inner)
        elif isinstance(item, latex.Atom) and (item.text.isalnum() or item.text in "-−_"):
            letters.append("-" if item.text == "−" else item.text)
        elif isinstance(item, latex.Space):
            letters.append(" " if item.width_em > 0 else "")
        elif isinstance(item, latex.Operator) and item.named:
            letters.append(item.text)
        else:
            return ""
    word = "".join(letters).strip()
    return word if word[:1].isalpha() and word.isascii() else ""


def _word(item: latex.Node, word: str, font: str) -> Token:
    squeezed = word.replace(" ", "")
    if squeezed in vocabulary.LARGE:
        return Token("operator", squeezed, item.span, item, font)
    return Token("word", word, item.span, item, font)


def _named(item: latex.Node, body: latex.Row, kind: Kind, font: str) -> Token:
    word = _spelled(body) or " ".join(
        node.text for node in latex.walk(body) if isinstance(node, (latex.Atom, latex.Chars))
    )
    return _word(item, word or "?", "")


def _classed(item: latex.Classed, font: str) -> Iterator[Token]:
    word = _spelled(item.body)
    if item.kind == "op" and word:
        yield _word(item, word, "")
        return
    tokens = lex(item.body.items, font)
    if item.kind == "rel":
        text = "".join(token.text for token in tokens)
        yield Token("relation", text, item.span, item, font)
    elif item.kind == "bin" and len(tokens) == 1:
        tokens[0].kind = "text" if tokens[0].kind == "word" else "sign"
        if tokens[0].text in vocabulary.CONNECTIVES:
            tokens[0].kind = "text"
        yield tokens[0]
    elif len(tokens) > 1:
        yield Token("braced", "", item.span, item, font, inner=tokens)
    else:
        yield from tokens


def _delimiter(item: latex.Delimiter) -> Iterator[Token]:
    text = _FULL_WIDTH.get(item.text, item.text)
    if text in ("|", "‖"):
        kind: Kind = "bar"
        if item.kind == "open":
            kind = "open"
        elif item.kind == "close":
            kind = "close"
        yield Token(kind, text, item.span, item)
    elif text in ("/", "\\"):
        yield Token("sign", "/", item.span, item)
    elif text:
        yield Token(_KINDS.get(text, "opaque"), text, item.span, item)


def _fenced(item: latex.Fenced, font: str) -> Iterator[Token]:
    left = _FULL_WIDTH.get(item.left.text, item.left.text)
    right = _FULL_WIDTH.get(item.right.text, item.right.text)
    inner = lex(item.body.items, font)
    if left == "/":
        yield Token("sign", "/", item.left.span, item.left)
    yield Token(
        "group",
        ("" if left == "/" else left) + " " + ("" if right == "/" else right),
        item.span,
        item,
        font,
        inner=inner,
    )
    if right == "/":
        yield Token("sign", "/", item.right.span, item.right)


def _text(item: latex.Text) -> Iterator[Token]:
    """Words, with math among them read as math; one Latin word is a name."""
    parts: list[Token] = []
    for node in item.body.items:
        if isinstance(node, latex.Math):
            parts.extend(lex(node.body.items))
            continue
        plain = "".join(_plain(part) for part in latex.walk(node))
        if parts and parts[-1].kind == "text":
            last = parts[-1]
            last.text += plain
            last.span = Span(last.span.start, node.span.end)
        else:
            parts.append(Token("text", plain, node.span, item))
    for part in parts:
        if part.kind == "text":
            raw = part.text
            part.text = " ".join(raw.split())
            if not part.text:
                continue
            words = part.text.lower().rstrip(":,. ")
            known = (
                words in vocabulary.CONNECTIVES or words in vocabulary.OTHERWISE | vocabulary.PROSE
            )
            if len(parts) == 1:
                part.span = item.span
                if _LATIN_WORD.match(raw.strip()) and not known and raw[:1] != " ":
                    part = _word(item, part.text.rstrip("."), "")
        yield part


def _plain(node: latex.Node) -> str:
    if isinstance(node, (latex.Atom, latex.Chars, latex.Verbatim)):
        return node.text
    return " " if isinstance(node, latex.Space) else ""


def _stack(item: latex.Stack, font: str) -> Iterator[Token]:
    """Something over an operator or relation is part of it; else the stack is one thing."""
    tokens = lex(item.base.items, font)
    is_accented = any(note and is_sign(note) for note in (item.over, item.under))
    kinds = (
        ("operator", "relation", "sign")
        if is_accented
        else ("operator", "word", "relation", "sign")
    )
    if len(tokens) == 1 and tokens[0].kind in kinds:
        token = tokens[0]
        token.node, token.span = item, item.span
        if token.kind in ("operator", "word"):
            token.sub, token.sup = item.under or token.sub, item.over or token.sup
        elif item.command == "\\stackrel":
            token.kind = "relation"
        yield token
        return
    if not tokens and (item.over or item.under) is not None:
        yield from _tokens((item.over or item.under or item.base).items, font)
        return
    yield Token("node", "", item.span, item, font)


def is_sign(note: latex.Row) -> bool:
    r"""Whether a note is one sign, and so part of a name as an accent is: `\overset{\circ}{A}`."""
    first = note.items[0] if len(note.items) == 1 else None
    return isinstance(first, latex.Atom) and not first.text.isalnum()


def _accent(item: latex.Accent, font: str) -> Iterator[Token]:
    """`\\hat{v_t}` and `\\hat v_t` name the same: the accent goes to the letter."""
    yield Token("node", "", item.span, item, font)
