r"""A row of the layout tree as a flat list of lexemes, for the grammar in `normal`.

It exists to take typography away before anything is read: spaces, styles, colours, most fonts,
groups of one, `\left` and its sizes, labels and tags are gone in a lexeme list; digits are one
number, letters that spell a function's name are that function. Imports the layout tree only.
"""

from collections.abc import Callable, Iterable

from blogkit.latex import nodes
from blogkit.latex.nodes import Node, Row
from blogkit.lookup.normal.symbols import (
    CONSTANTS,
    KEPT_FONTS,
    RENAMED_NAMES,
    SAME,
    SPELLED,
    UPRIGHT,
    words,
)
from blogkit.lookup.normal.terms import Term

MAX_NESTING = 32
"""Nodes within nodes that are read; what is deeper is one leaf."""
BIG_SPACE_EM = 0.9
"""Space from which on two formulas stand side by side."""


class Lexeme:
    r"""One operand, operator, fence or script.

    Args:
        kind: term, number, name, function, big, prefix, op, open, close, bar, separator, script,
            post.
        text: the symbol or name.
        start: first code point.
        end: one past the last.
        term: the operand, where kind is term.
        scripts: scripts on an operator or a function, or the script itself.
        tight: whether no space was asked for before it; those of the source TeX ignores.
        upright: whether a font says that it is no variable.

    Attributes:
        pulled: whether a `\!` draws it to the one before.
    """

    __slots__ = (
        "end", "kind", "pulled", "scripts", "start", "term", "text", "tight", "upright",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        text: str,
        start: int,
        end: int,
        term: Term | None = None,
        scripts: nodes.Scripts | None = None,
        *,
        tight: bool = False,
        upright: bool = False,
    ) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.term = term
        self.scripts = scripts
        self.tight = tight
        self.pulled = False
        self.upright = upright


class Lexer:
    """Flattens rows; composites are read by a callback to the grammar.

    Args:
        composite: reads fractions, roots, arrays and whatever else has parts, so many levels deep.
        wildcards: a character that stands for a wildcard -> its label.
        depth: levels of nodes around what is being read.

    Attributes:
        out: what was read so far.
        font: the font that the lexer is in, if it makes other symbols.
        upright: whether the font in reach is upright.
        space_em: width of the space that came last.
    """

    def __init__(
        self, composite: Callable[[Node, int], Term], wildcards: dict[str, str], *, depth: int = 0
    ) -> None:
        self.composite = composite
        self.wildcards = wildcards
        self.depth = depth
        self.out: list[Lexeme] = []
        self.font = ""
        self.upright = False
        self.space_em = 0.0

    def row(self, items: Iterable[Node]) -> list[Lexeme]:
        """The lexemes of a row."""
        for item in items:
            self.node(item)
        return joined(self.out)

    def node(self, node: Node) -> None:
        """Append what a node says."""
        handler = _HANDLERS.get(type(node))
        if handler is None or self.depth > MAX_NESTING:
            self.operand(node)
            return
        self.depth += 1
        handler(self, node)
        self.depth -= 1

    def operand(self, node: Node) -> Lexeme:
        """Append a node with parts as one operand."""
        if self.depth > MAX_NESTING:
            leaf = Term(f"raw:{spelled(node)[:40]}", (), node.span.start, node.span.end)
            return self.put("term", "", node, term=leaf)
        return self.put("term", "", node, term=self.composite(node, self.depth + 1))

    def put(self, kind: str, text: str, node: Node, **more: object) -> Lexeme:
        """Append one lexeme at the place of a node."""
        span = node.span
        lexeme = Lexeme(kind, text, span.start, span.end, **more)  # type: ignore[arg-type]
        lexeme.tight, lexeme.pulled = self.space_em <= 0, self.space_em < 0
        self.space_em = 0.0
        self.out.append(lexeme)
        return lexeme

    def inline(self, node: Node, items: Iterable[Node]) -> None:
        """What stands in a node that says nothing itself; the ends reach to the node's."""
        first = len(self.out)
        for item in items:
            self.node(item)
        if len(self.out) > first:
            self.out[first].start = min(self.out[first].start, node.span.start)
            self.out[-1].end = max(self.out[-1].end, node.span.end)

    # ---- nodes

    def atom(self, node: nodes.Atom) -> None:
        """A symbol, by its class and by what it is."""
        text = SAME.get(node.text, node.text)
        if text in self.wildcards:
            label = self.wildcards[text]
            if label.startswith("?op"):
                between = self.out and self.out[-1].kind in _OPERAND_ENDS
                self.put("op" if between else "function", label, node)
            else:
                self.put("term", label, node, term=Term(label, (), node.span.start, node.span.end))
            return
        kind = _ATOM_KINDS.get(text) or _CLASS_KINDS.get(node.kind, "letter")
        if kind == "letter" and text.isdigit():
            kind = "number"
        if kind == "letter" and text in RENAMED_NAMES:
            kind, text = "function", RENAMED_NAMES[text]
        if kind == "letter" and text in CONSTANTS:
            kind = "constant"
        if kind == "letter" and self.font:
            text = f"{self.font}.{text}"
            kind = "constant" if self.font == "bb" else "letter"
        self.put(kind, text, node).upright = self.upright

    def operator(self, node: nodes.Operator) -> None:
        r"""`\sin` or `\sum`."""
        text = RENAMED_NAMES.get(node.text, node.text)
        last = self.out[-1] if self.out else None
        if text in ("min", "max") and last and last.text == "arg" and last.scripts is None:
            last.text, last.end = f"arg{text}", node.span.end
            return
        self.put("function" if node.named else "big", text, node)

    def operator_name(self, node: nodes.OperatorName) -> None:
        r"""`\operatorname{softmax}`."""
        text = spelled(node.body)
        self.put("function", RENAMED_NAMES.get(text, text), node)

    def scripts(self, node: nodes.Scripts) -> None:
        """The base, then its scripts as a lexeme behind it."""
        if node.base is not None:
            self.node(node.base)
        if self.out and node.base is not None and self.out[-1].kind in ("function", "big", "name"):
            last = self.out[-1]
            if last.scripts is None:
                last.scripts, last.end = node, node.span.end
                return
        if node.base is None:
            blank = Term("", (), node.span.start, node.span.start)
            self.put("term", "", node, term=blank).end = node.span.start
        self.put("script", "", node, scripts=node)

    def group(self, node: Row) -> None:
        """Braces: nothing around one thing, else one operand."""
        said = [item for item in node.items if not isinstance(item, nodes.Space)]
        if len(said) <= 1:
            self.inline(node, said)
        else:
            self.operand(node)

    def body(self, node: nodes.Color | nodes.Box | nodes.Shift | nodes.Phantom) -> None:
        """What a colour or a box is put on; nothing for what is not drawn."""
        if not isinstance(node, nodes.Phantom) or node.visible:
            self.inline(node, node.body.items)

    def style(self, node: nodes.Style) -> None:
        r"""What stands in the reach of `\displaystyle`, which itself is no part of it."""
        for item in node.body.items:
            self.node(item)

    def classed(self, node: nodes.Classed) -> None:
        r"""`\mathop{\arg\min}` is a name, `\mathbin{\cup}` what it holds."""
        text = spelled(node.body)
        if node.kind == "op" and len(text) > 1:
            self.put("function", RENAMED_NAMES.get(text, text), node)
            return
        self.inline(node, node.body.items)
        if node.kind in ("bin", "rel") and len(node.body.items) == 1 and self.out:
            self.out[-1].kind = "op"

    def set_in_font(self, node: nodes.Font) -> None:
        """Letters in another face."""
        outer = self.font, self.upright
        self.font = KEPT_FONTS.get(node.command, "" if not node.switch else self.font)
        self.upright = node.command in UPRIGHT or node.command == "\\operatorname"
        text = spelled(node.body) if self.upright and not node.switch else ""
        if len(text) > 1 and text.isalpha():
            self.put("name", RENAMED_NAMES.get(text, text), node)
        else:
            self.inline(node, node.body.items)
        self.font, self.upright = outer

    def text(self, node: nodes.Text) -> None:
        """One word is a name; several, or words with math in them, separate what is around."""
        text = spelled(node.body)
        bare = text.strip()
        if any(isinstance(item, nodes.Math) for item in node.body.items):
            self.operand(node)
        elif len(bare) == 1 and bare.isalpha():
            self.put("letter", bare, node).upright = True
        elif bare.isalpha() and bare == text:
            self.put("name", bare, node)
        elif bare:
            bare = bare.strip(" .,;:")
            self.put("separator", f"t:{bare.lower()}" if bare else ",", node)

    def negation(self, node: nodes.Negation) -> None:
        r"""`\not=`."""
        self.put("op", SAME.get(node.text, node.text), node)

    def arrow(self, node: nodes.Arrow) -> None:
        """An arrow with words on it is that arrow."""
        self.put("op", SAME.get(node.text, node.text), node)

    def stack(self, node: nodes.Stack) -> None:
        """A sign with something over it is that sign; an operand is one with a mark."""
        before = len(self.out)
        self.inline(node, node.base.items)
        if len(self.out) == before + 1 and self.out[-1].kind in ("op", "big", "function"):
            if self.out[-1].kind != "op" and node.under is not None:
                scripts = nodes.Scripts(node.span, None, node.under, node.over)
                self.out[-1].scripts = scripts
            if spelled(node.over or node.base) in ("def", "Def", "△", "?"):
                self.out[-1].text = ":="
            return
        del self.out[before:]
        self.operand(node)

    def fenced(self, node: nodes.Fenced) -> None:
        r"""`\left( … \right)` is `( … )`."""
        self.delimiter(node.left, "open")
        for item in node.body.items:
            self.node(item)
        self.delimiter(node.right, "close")

    def delimiter(self, node: nodes.Delimiter, kind: str = "") -> None:
        """A delimiter of any size is the delimiter."""
        text = SAME.get(node.text, node.text)
        by_text = _ATOM_KINDS.get(text) or ("bar" if text == "‖" else "op" if text == "|" else "")
        if not kind and text not in _OPENERS and text not in _CLOSERS:
            kind = by_text or "constant"
        elif not kind:
            kind = "open" if text in _OPENERS else "close"
        self.put(kind, text, node)

    def space(self, node: nodes.Space) -> None:
        r"""A wide space parts two formulas, `\!` draws its neighbours together."""
        if node.width_em >= BIG_SPACE_EM:
            self.put("space", ",", node)
        self.space_em = node.width_em

    def newline(self, node: nodes.NewLine) -> None:
        """A line break, as a wide space."""
        self.put("space", ",", node)

    def array(self, node: nodes.Array) -> None:
        """Lines that are aligned are one text; other arrays are operands."""
        if node.environment.rstrip("*") not in _ALIGNED:
            self.operand(node)
            return
        for line in node.rows:
            first = len(self.out)
            for cell in line.cells:
                for item in cell.items:
                    self.node(item)
            if first and not self._goes_on(line, first):
                self.out.insert(first, Lexeme("space", ",", line.span.start, line.span.start))

    def _goes_on(self, line: nodes.ArrayRow, first: int) -> bool:
        """Whether a line begins with the sign that joins it to the one before."""
        if first == len(self.out) or self.out[first].kind != "op":
            return False
        return self.out[first].text not in "+-±∓¬" or not line.cells[0].items

    def environment(self, node: nodes.Environment) -> None:
        """What it holds."""
        for item in node.body.items:
            self.node(item)

    def link(self, node: nodes.Link) -> None:
        """What it shows."""
        for item in node.body.items if node.body else ():
            self.node(item)

    def modulo(self, node: nodes.Modulo) -> None:
        r"""`\pmod n` and `\bmod n` are the same to a searcher."""
        self.put("op", "mod", node)
        self.put("term", "", node, term=self.composite(node.body, self.depth + 1))

    def nothing(self, node: Node) -> None:
        """Labels, tags and directives say nothing."""

    def unknown(self, node: nodes.Unknown | nodes.Raw | nodes.Verbatim | nodes.Rule) -> None:
        """A name for what is not known; the `&` of a line that was pasted alone says nothing."""
        if node.latex == "&":
            return
        self.put("name", node.latex.lstrip("\\"), node)

    def chars(self, node: nodes.Chars) -> None:
        """Text that strayed into math."""
        self.put("name", node.text.strip() or " ", node)


_ALIGNED = words("align aligned alignat alignedat flalign eqnarray split gather gathered multline")
_OPERAND_ENDS = words("term letter number constant name close post script")
_OPENERS = frozenset("([{⟨⌈⌊⟮⎰⟦⦃⟪")
_CLOSERS = frozenset(")]}⟩⌉⌋⟯⎱⟧⦄⟫")
_CLASS_KINDS = {"bin": "op", "rel": "op", "open": "open", "close": "close", "op": "big"}
_ATOM_KINDS = {
    "/": "op", "|": "bar", "‖": "bar", "!": "post", ",": "separator", ";": "separator",
    "，": "separator", "；": "separator", "。": "separator", ".": "point", "?": "mark",
    "…": "constant", "⋮": "constant", "⋱": "constant", ":": "op", "∂": "prefix", "∇": "prefix",
    "¬": "prefix", "\\": "op", "⊤": "constant",
}  # fmt: skip
_HANDLERS: dict[type[Node], Callable[..., None]] = {
    nodes.Atom: Lexer.atom,
    nodes.Operator: Lexer.operator,
    nodes.OperatorName: Lexer.operator_name,
    nodes.Scripts: Lexer.scripts,
    nodes.Row: Lexer.group,
    nodes.Style: Lexer.style,
    nodes.Color: Lexer.body,
    nodes.Box: Lexer.body,
    nodes.Shift: Lexer.body,
    nodes.Phantom: Lexer.body,
    nodes.Classed: Lexer.classed,
    nodes.Font: Lexer.set_in_font,
    nodes.Text: Lexer.text,
    nodes.Negation: Lexer.negation,
    nodes.Arrow: Lexer.arrow,
    nodes.Stack: Lexer.stack,
    nodes.Fenced: Lexer.fenced,
    nodes.Delimiter: Lexer.delimiter,
    nodes.Space: Lexer.space,
    nodes.NewLine: Lexer.newline,
    nodes.Array: Lexer.array,
    nodes.Environment: Lexer.environment,
    nodes.Link: Lexer.link,
    nodes.Modulo: Lexer.modulo,
    nodes.Reference: Lexer.nothing,
    nodes.Tag: Lexer.nothing,
    nodes.Directive: Lexer.nothing,
    nodes.Definition: Lexer.nothing,
    nodes.Unknown: Lexer.unknown,
    nodes.Raw: Lexer.unknown,
    nodes.Verbatim: Lexer.unknown,
    nodes.Rule: Lexer.nothing,
    nodes.Chars: Lexer.chars,
}


def spelled(row: Node) -> str:
    """The characters of a row, one after the other."""
    found = []
    for node in nodes.walk(row):
        if isinstance(node, (nodes.Atom, nodes.Chars, nodes.Verbatim, nodes.Operator)):
            found.append(
                node.text.replace(" ", "") if node.__class__ is nodes.Operator else node.text
            )
    return "".join(found)


def joined(lexemes: list[Lexeme]) -> list[Lexeme]:
    """Digits joined to numbers, points to ellipses, letters to names, `:` and `=` to one sign."""
    found: list[Lexeme] = []
    for at, lexeme in enumerate(lexemes):
        last = found[-1] if found else None
        kind = lexeme.kind
        if last is not None and kind == "number" and last.kind == "number":
            last.text += lexeme.text
            last.end = lexeme.end
            continue
        if kind == "point":
            after = lexemes[at + 1] if at + 1 < len(lexemes) else None
            if after is not None and after.kind == "number" and after.tight:
                if last is not None and last.kind == "number" and lexeme.tight:
                    last.text += "."
                    last.end = lexeme.end
                    continue
                lexeme.kind, lexeme.text = "number", "0."
            elif last is not None and last.kind in ("point", "dots"):
                last.kind, last.text, last.end = "dots", "…", lexeme.end
                continue
        if last is not None and lexeme.text == "=" and last.text == ":" and kind == "op":
            last.text, last.end = ":=", lexeme.end
            continue
        found.append(lexeme)
    return _spelled_names(_double_bars(found))


def _double_bars(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`||x||` and `p || q` with double bars, where no single bar tells that two met by chance."""
    bars = [at for at, lexeme in enumerate(lexemes) if lexeme.text == "|"]
    pairs = dict(zip(bars[::2], bars[1::2], strict=False))
    if (
        not bars
        or len(bars) % 2
        or any(other != at + 1 or not lexemes[other].tight for at, other in pairs.items())
    ):
        return lexemes
    for at, other in pairs.items():
        lexemes[at].text, lexemes[at].kind = "‖", "bar"
        lexemes[at].end = lexemes[other].end
    seconds = set(pairs.values())
    return [lexeme for at, lexeme in enumerate(lexemes) if at not in seconds]


def _spelled_names(lexemes: list[Lexeme]) -> list[Lexeme]:
    """`s i n` in a row is the sine, where nothing stands between the letters."""
    found: list[Lexeme] = []
    at = 0
    while at < len(lexemes):
        name = _name_at(lexemes, at)
        if not name:
            found.append(lexemes[at])
            at += 1
            continue
        first, last = lexemes[at], lexemes[at + len(name) - 1]
        made = Lexeme("function", name, first.start, last.end, tight=first.tight)
        at += len(name)
        if at < len(lexemes) and lexemes[at].kind == "script":
            made.scripts, made.end = lexemes[at].scripts, lexemes[at].end
            at += 1
        found.append(made)
    return found


def _name_at(lexemes: list[Lexeme], at: int) -> str:
    """The longest name that the letters from here on spell; nothing where they spell none."""
    if lexemes[at].kind != "letter" or lexemes[at].text not in _FIRST_LETTERS:
        return ""
    letters = lexemes[at].text
    for lexeme in lexemes[at + 1 : at + _LONGEST_NAME]:
        if lexeme.kind != "letter" or not lexeme.tight:
            break
        letters += lexeme.text
    known = (letters[:size] for size in range(len(letters), 1, -1))
    return next((name for name in known if name in SPELLED), "")


_LONGEST_NAME = max(map(len, SPELLED))
_FIRST_LETTERS = frozenset(name[0] for name in SPELLED)
