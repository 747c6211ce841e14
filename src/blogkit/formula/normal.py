r"""`normal_form`: LaTeX to the term that search compares, whatever the LaTeX.

It exists because a search must not see typography: `\le` and `\leq`, `a/b` and `\frac{a}{b}`,
`\left(`, braces, spaces and fonts come out the same, sums and products are lists in any order,
`a > b` is `b < a`. Unlike the operator tree it never asks what a formula means; where
mathematicians read in two ways, one is taken, the same for every letter as far as can be.
Every term keeps its place in the source. Must not import the index.
"""

from collections.abc import Mapping, Sequence

from blogkit.formula.normal_lexemes import MAX_NESTING, Lexeme, Lexer, spelled
from blogkit.formula.normal_symbols import (
    BIG_NAMES,
    COMMUTATIVE,
    HABITUAL_FUNCTIONS,
    JUNCTION,
    LOGIC,
    MIRRORED,
    SAME_ACCENTS,
    SETS,
    SYMMETRIC,
)
from blogkit.formula.normal_terms import Term
from blogkit.latex import nodes, parse
from blogkit.latex.nodes import Node, Row

_STARTS = frozenset(
    "term letter number constant name function big prefix open bar post script mark dots".split()
)
_SUM = frozenset("+-±∓")
DEEPEST = 100
"""Levels of a term above which no further fraction is piled on it by `/`."""
_INTEGRALS = frozenset("∫∬∭∮∯⨌")


def normal_form(latex: str, *, wildcards: Mapping[str, str] | None = None) -> Term:
    r"""The term of a formula. Never raises, whatever the text.

    Args:
        latex: math without the dollars around it.
        wildcards: characters of the text that stand for wildcards -> labels of their leaves.

    Cost: linear in the text; about 10 µs a symbol.

    >>> normal_form(r"\left(x+y\right)^{2} \geq \dfrac{a}{b}.")
    (≤ (/ v:a v:b) (^ (+ v:x v:y) n:2))
    """
    return normal_of(parse(latex).tree, wildcards=wildcards)


def normal_of(tree: Row, *, wildcards: Mapping[str, str] | None = None) -> Term:
    """The term of a layout tree; see `normal_form`."""
    return _Rows(dict(wildcards or {})).read(tree, 0)


class _Rows:
    """Reads rows and the nodes that have rows in them."""

    def __init__(self, wildcards: dict[str, str]) -> None:
        self.wildcards = wildcards

    def read(self, row: Row, depth: int, *, differential: bool = False) -> Term:
        """A row as one term."""
        start, end = row.span.start, row.span.end
        if depth > MAX_NESTING:
            return Term(f"raw:{spelled(row)[:40]}", (), start, end)
        lexer = Lexer(self.composite, self.wildcards, depth=depth)
        lexemes = lexer.row(row.items)
        while lexemes and lexemes[-1].kind in ("separator", "space", "point", "mark"):
            lexemes.pop()
        if not lexemes:
            return Term("", (), start, end)
        return _Grammar(self, lexemes, depth, differential).whole()

    def composite(self, node: Node, depth: int) -> Term:
        """A node with parts, as an operation on its parts."""
        start, end = node.span.start, node.span.end
        if isinstance(node, Row):
            return self.read(node, depth)
        if isinstance(node, nodes.Fraction):
            return self.fraction(node, depth)
        if isinstance(node, nodes.Root):
            parts = [self.read(node.body, depth)]
            parts += [self.read(node.index, depth)] if node.index is not None else []
            return Term("√", parts, start, end)
        if isinstance(node, nodes.Accent):
            name = SAME_ACCENTS.get(node.command, node.command.lstrip("\\"))
            return Term(f"accent:{name}", [self.read(node.body, depth)], start, end)
        if isinstance(node, nodes.Array):
            return self.array(node, depth)
        rows = [child for child in node.children if isinstance(child, Row)]
        name = type(node).__name__.lower()
        if isinstance(node, nodes.Text):
            rows = [item.body for item in node.body.items if isinstance(item, nodes.Math)]
            name = f"text:{spelled(node)[:20]}"
        return Term(name, [self.read(row, depth) for row in rows], start, end)

    def fraction(self, node: nodes.Fraction, depth: int) -> Term:
        """A fraction, a binomial, or another pile."""
        upper, lower = node.numerator, node.denominator
        differs = _begins_with_d(upper) and _begins_with_d(lower)
        parts = [self.read(part, depth, differential=differs) for part in (upper, lower)]
        label = "/" if node.rule else "binom" if node.left in ("(", "\\(") or node.left else "pile"
        if not node.rule and node.left not in ("", "("):
            label = f"binom{node.left}"
        return Term(label, parts, node.span.start, node.span.end)

    def array(self, node: nodes.Array, depth: int) -> Term:
        """An array as lines of cells; one column is a list of lines."""
        lines = []
        for line in node.rows:
            cells = [self.read(cell, depth) for cell in line.cells]
            one = len(cells) == 1
            lines.append(
                cells[0] if one else Term("line", cells, line.span.start, line.span.end)
            )
        name = node.environment
        label = "cases" if "cases" in name else "array"
        array = Term(label, lines, node.span.start, node.span.end)
        fence = {"p": "()", "b": "[]", "v": "|", "V": "‖", "B": "{}"}.get(name[:1], "")
        if not name.endswith(("matrix", "matrix*")) or not fence or name.startswith("matrix"):
            return array
        return _fence(fence, array, node.span.start, node.span.end)


def _begins_with_d(row: Row) -> bool:
    return spelled(row)[:1] in ("d", "D") and not any(
        isinstance(item, nodes.Atom) and item.kind in ("bin", "rel") for item in row.items
    )


def _fence(label: str, body: Term, start: int, end: int) -> Term:
    """A body in delimiters; a column of two in parentheses is a binomial, as TeX draws it."""
    if label == "()" and body.label == "array" and len(body.kids) == 2:
        if all(kid.label != "line" for kid in body.kids):
            return Term("binom", body.kids, start, end)
    return Term(f"fence:{label}", (body,), start, end)


class _Grammar:
    """Operator precedence over the lexemes of one row."""

    def __init__(self, rows: _Rows, lexemes: list[Lexeme], depth: int, differs: bool) -> None:
        self.rows = rows
        self.lexemes = lexemes
        self.depth = depth
        self.nested = depth
        self.at = 0
        self.stop = len(lexemes)
        self.closers = _matching(lexemes)
        self.differs = differs

    def whole(self) -> Term:
        """The row."""
        return self.expression()

    # ---- lists, relations, sums

    def expression(self, *, integral: bool = False) -> Term:
        """Everything up to `self.stop`."""
        operands: list[Term | None] = []
        operators: list[Lexeme] = []
        integral = integral or self.differs
        while self.at < self.stop:
            lexeme = self.lexemes[self.at]
            if lexeme.kind in _STARTS:
                operand = self.product(integral)
                integral = integral or any(map(_is_integral, (operand, *operand.kids[:1])))
                if len(operands) > len(operators):  # two operands side by side: a fault of reading
                    operators.append(Lexeme("space", ",", operand.start, operand.start))
                operands.append(operand)
                continue
            self.at += 1
            if len(operands) == len(operators):
                operands.append(None)
            operators.append(lexeme)
        if len(operands) == len(operators):
            operands.append(None)
        return _folded(operands, operators)

    def product(self, integral: bool) -> Term:
        """Factors side by side, with `/` and the signs of multiplication among them."""
        factors: list[Term] = []
        while self.at < self.stop:
            lexeme = self.lexemes[self.at]
            kind = lexeme.kind
            if kind in _STARTS:
                factors.append(self.factor(integral))
                integral = integral or _is_integral(factors[-1])
                continue
            if kind == "op" and factors and self._operand_follows() and factors[0].depth < DEEPEST:
                if lexeme.text == "·":
                    self.at += 1
                    continue
                if lexeme.text == "/":
                    self.at += 1
                    below = self.factor(integral)
                    above = _product(factors)
                    factors = [Term("/", (above, below), above.start, below.end)]
                    continue
            break
        return _product(factors)

    def _operand_follows(self) -> bool:
        after = self.at + 1
        return after < self.stop and self.lexemes[after].kind in _STARTS

    # ---- factors

    def factor(self, integral: bool) -> Term:
        """An operand with what is attached to it: scripts, factorials, arguments."""
        lexeme = self.lexemes[self.at]
        if lexeme.kind in ("function", "big") and self.nested <= MAX_NESTING:
            self.nested += 1
            read = self.named if lexeme.kind == "function" else self.big
            term = read(lexeme, integral)
            self.nested -= 1
            return term
        if lexeme.kind == "prefix":
            self.at += 1
            sign = self._postfixed(Term(f"c:{lexeme.text}", (), lexeme.start, lexeme.end))
            if self.at < self.stop and self.lexemes[self.at].kind in _STARTS:
                body = self._postfixed(self.primary())
                return Term("prefix", (sign, body), sign.start, body.end)
            return sign
        if self._is_differential(lexeme, integral):
            self.at += 1
            sign = self._postfixed(Term("c:d", (), lexeme.start, lexeme.end))
            if self.at < self.stop and self.lexemes[self.at].kind in ("letter", "term", "name"):
                body = self._postfixed(self.primary())
                return Term("prefix", (sign, body), sign.start, body.end)
            return sign
        return self.applied(self._postfixed(self.primary()), lexeme)

    def _is_differential(self, lexeme: Lexeme, integral: bool) -> bool:
        if lexeme.text != "d" or lexeme.kind != "letter":
            return False
        if lexeme.upright or self.differs:
            return True
        after = self.lexemes[self.at + 1] if self.at + 1 < self.stop else None
        letter_follows = after is not None and after.kind in ("letter", "term")
        return letter_follows and (integral or (self.depth == 0 and self.at == 0 and self.stop == 2))

    def primary(self) -> Term:
        """One operand without what is attached to it."""
        at, lexeme = self.at, self.lexemes[self.at]
        self.at += 1
        kind = lexeme.kind
        if kind == "term":
            return lexeme.term or Term("", (), lexeme.start, lexeme.end)
        if kind in ("open", "bar"):
            if at in self.closers and self.closers[at] < self.stop:
                return self.fenced(at, self.closers[at])
            return Term(f"c:{lexeme.text}", (), lexeme.start, lexeme.end)
        if kind in ("script", "post"):
            self.at = at
            return self._postfixed(Term("", (), lexeme.start, lexeme.start))
        prefix = {"letter": "v", "number": "n", "name": "F", "function": "F", "big": "F"}
        return Term(f"{prefix.get(kind, 'c')}:{lexeme.text}", (), lexeme.start, lexeme.end)

    def fenced(self, opening: int, closing: int) -> Term:
        """What stands between two delimiters; parentheses that only group say nothing."""
        start, end = self.lexemes[opening].start, self.lexemes[closing].end
        label = self.lexemes[opening].text + self.lexemes[closing].text
        body = self.between(opening, closing)
        grouping = label == "()" or (label == "[]" and body.kids)
        if grouping and body.label not in ("list", "array", "", "|"):
            return Term(body.label, body.kids, start, end) if body.kids else body
        if label in ("||", "‖‖"):
            label = label[:1]
        return _fence(label, body, start, end)

    def between(self, opening: int, closing: int) -> Term:
        """The expression between two lexemes; goes on behind the second."""
        outer = self.stop
        self.at, self.stop = opening + 1, closing
        self.nested += 1
        if self.nested > MAX_NESTING:
            start, end = self.lexemes[opening].end, self.lexemes[closing].start
            words = "".join(x.text for x in self.lexemes[opening + 1 : closing][:40])
            body = Term(f"raw:{words}", (), start, end)
        elif opening + 1 == closing:
            body = Term("", (), self.lexemes[opening].end, self.lexemes[opening].end)
        else:
            body = self.expression()
        self.nested -= 1
        self.at, self.stop = closing + 1, outer
        return body

    def _postfixed(self, base: Term) -> Term:
        """Scripts, primes and factorials after an operand."""
        while self.at < self.stop:
            lexeme = self.lexemes[self.at]
            if lexeme.kind == "post":
                first = self.at
                while self.at + 1 < self.stop and self.lexemes[self.at + 1].kind == "post":
                    self.at += 1
                signs = "!" * min(self.at + 1 - first, 3)
                base = Term(signs, (base,), base.start, self.lexemes[self.at].end)
            elif lexeme.kind == "script" and lexeme.scripts is not None:
                base = self.scripted(base, lexeme.scripts)
            else:
                break
            self.at += 1
        return base

    def scripted(self, base: Term, scripts: nodes.Scripts, *, sup: bool = True) -> Term:
        """A base with subscript, primes and superscript, in this order."""
        start, end = base.start, max(base.end, scripts.span.end)
        if scripts.sub is not None:
            base = Term("_", (base, self.row(scripts.sub)), start, end)
        primes, power = _primes(scripts)
        if primes:
            base = Term(f"prime:{primes}", (base,), start, end)
        if power is not None and sup:
            base = Term("^", (base, self.row(power)), start, end)
        return base

    def row(self, row: Row) -> Term:
        """A row further in."""
        return self.rows.read(row, self.nested + 1)

    # ---- application

    def applied(self, head: Term, lexeme: Lexeme) -> Term:
        """`f(x)` and `P_n(x)`: a letter with parentheses right after it."""
        if self.at >= self.stop or not _can_be_head(head):
            return head
        following = self.lexemes[self.at]
        at = self.at
        if following.kind != "open" or at not in self.closers or self.closers[at] >= self.stop:
            return head
        if following.text not in "([" or not (following.tight or lexeme.kind == "name"):
            return head
        after_pull = following.start > self.lexemes[at - 1].end
        if not (after_pull or self._is_habit(head, at, self.closers[at])):
            return head
        body = self.between(at, self.closers[at])
        end = self.lexemes[self.at - 1].end
        label = "app" if following.text == "(" else "app[]"
        term = Term(label, (_as_function(head), *_arguments(body)), head.start, end)
        return self._postfixed(term)

    def _is_habit(self, head: Term, opening: int, closing: int) -> bool:
        """A usual name of a function, or nothing but letters and commas in the parentheses."""
        while head.kids:
            head = head.kids[0]
        if head.label[:2] == "F:" or head.label[2:] in HABITUAL_FUNCTIONS:
            return True
        if head.label[:2] == "c:":
            return head.label[2:] == "π" or "." in head.label
        inside = self.lexemes[opening + 1 : closing]
        if any(x.text == "|" for x in inside):
            return True
        plain = all(x.kind in ("letter", "number", "separator", "script", "term") for x in inside)
        return plain and sum(x.kind in ("letter", "number", "term") for x in inside) <= 1 + sum(
            x.kind == "separator" for x in inside
        )

    def named(self, lexeme: Lexeme, integral: bool) -> Term:
        r"""`\sin x`, `\log(1+x)`, `\max_{x} f`, and a bare `\sin`."""
        if lexeme.text in BIG_NAMES and lexeme.scripts is not None:
            following = self.lexemes[self.at + 1] if self.at + 1 < self.stop else None
            if following is None or following.kind != "open" or lexeme.text.startswith("lim"):
                return self.big(lexeme, integral)
        self.at += 1
        label = lexeme.text if lexeme.text[:1] == "?" else f"F:{lexeme.text}"
        head = Term(label, (), lexeme.start, lexeme.end)
        power: Row | None = None
        if lexeme.scripts is not None:
            head = self.scripted(head, lexeme.scripts, sup=False)
            power = _primes(lexeme.scripts)[1]
        while self.at < self.stop and self.lexemes[self.at].kind == "script":
            head = self._postfixed(head)
        arguments = self._named_arguments(integral)
        term = head
        if arguments:
            end = max(arguments[-1].end, self.lexemes[self.at - 1].end)
            term = Term("app", (head, *arguments), lexeme.start, end)
        if power is not None:
            term = Term("^", (term, self.row(power)), term.start, term.end)
        return self._postfixed(term)

    def _named_arguments(self, integral: bool) -> Sequence[Term]:
        if self.at >= self.stop:
            return ()
        first = self.lexemes[self.at]
        closing = self.closers.get(self.at, self.stop)
        if first.kind == "open" and closing < self.stop:
            if first.text in "([":
                return _arguments(self.between(self.at, closing))
            return (self._postfixed(self.primary()),)
        found: list[Term] = []
        while self.at < self.stop:
            lexeme = self.lexemes[self.at]
            kind = lexeme.kind
            if kind not in _STARTS or (found and kind in ("function", "big", "open", "prefix")):
                break
            if found and self._is_differential(lexeme, integral):
                break
            found.append(self.factor(integral))
            if kind in ("function", "big", "bar"):
                break
        if found and self._slash_follows():
            self.at += 1
            below = self.factor(integral)
            above = _product(found)
            found = [Term("/", (above, below), above.start, below.end)]
        return (_product(found),) if found else ()

    def _slash_follows(self) -> bool:
        return (
            self.at < self.stop and self.lexemes[self.at].text == "/" and self._operand_follows()
        )

    def big(self, lexeme: Lexeme, integral: bool) -> Term:
        """A sum, an integral or a limit: its bounds and the term that it reaches over."""
        self.at += 1
        parts: list[Term] = []
        scripts = lexeme.scripts
        end = lexeme.end
        integral = integral or lexeme.text[:1] in _INTEGRALS
        bounds: list[Term] = []
        if scripts is not None:
            if scripts.sub is not None:
                sub = self.row(scripts.sub)
                bounds.append(Term("under", (sub,), sub.start, sub.end))
            if scripts.sup is not None:
                sup = self.row(scripts.sup)
                bounds.append(Term("over", (sup,), sup.start, sup.end))
        if self.at < self.stop and self._body_follows():
            if lexeme.text[:1] in _INTEGRALS:
                body = self._integrand()
                parts += _without_differentials(body)
            else:
                body = self.product(integral)
                parts.append(body)
            end = max(end, body.end, self.lexemes[self.at - 1].end)
        return Term(lexeme.text, (*parts, *bounds), lexeme.start, end)

    def _body_follows(self) -> bool:
        lexeme = self.lexemes[self.at]
        return lexeme.kind in _STARTS or (
            lexeme.kind == "op" and lexeme.text in _SUM and self._operand_follows()
        )

    def _integrand(self) -> Term:
        """Up to the differential where there is one further on, else one term."""
        end = self._differential_end()
        if end <= self.at:
            return self.product(True)
        outer, self.stop = self.stop, end
        body = self.expression(integral=True)
        self.stop = outer
        return body

    def _differential_end(self) -> int:
        """Behind the last `dx` before a relation or a separator; 0 where there is none."""
        at, end = self.at, 0
        while at < self.stop:
            lexeme = self.lexemes[at]
            if lexeme.kind == "separator" or (lexeme.kind == "op" and lexeme.text not in "+-·/±"):
                break
            if at in self.closers and self.closers[at] < self.stop:
                at = self.closers[at]
            elif lexeme.text == "d" and lexeme.kind == "letter" and at + 1 < self.stop:
                if self.lexemes[at + 1].kind in ("letter", "term"):
                    end = at + 2
                    while end < self.stop and self.lexemes[end].kind == "script":
                        end += 1
            at += 1
        return end


# ---- building


def _is_integral(term: Term) -> bool:
    return term.label[:1] in _INTEGRALS


def _without_differentials(body: Term) -> list[Term]:
    """What is integrated, then `dx` and its like, each as a part of the integral."""
    if body.label == "prefix" and body.kids[0].label == "c:d":
        return [Term("over d", body.kids[1:], body.start, body.end)]
    if body.label != "*":
        return [body]
    factors: list[Term] = []
    differentials: list[Term] = []
    for factor in body.kids:
        is_differential = factor.label == "prefix" and factor.kids[0].label == "c:d"
        (differentials if is_differential else factors).append(factor)
    rest = [_product(factors)] if factors else []
    return [*rest, *(Term("over d", d.kids[1:], d.start, d.end) for d in differentials)]


def _product(factors: list[Term]) -> Term:
    """One factor itself, several as a flat product."""
    if len(factors) == 1:
        return factors[0]
    if not factors:
        return Term("", (), 0, 0)
    flat: list[Term] = []
    for factor in factors:
        flat += factor.kids if factor.label == "*" else (factor,)
    return Term("*", flat, factors[0].start, factors[-1].end)


def _arguments(body: Term) -> Sequence[Term]:
    return body.kids if body.label == "list" else (body,)


def _primes(scripts: nodes.Scripts) -> tuple[int, Row | None]:
    r"""How many primes, `^\prime` counted, and the superscript that is left."""
    sup = scripts.sup
    if sup is not None and sup.items:
        marks = [i.text for i in sup.items if isinstance(i, nodes.Atom)]
        if len(marks) == len(sup.items) and all(mark == "′" for mark in marks):
            return scripts.primes + len(marks), None
    return scripts.primes, sup


def _can_be_head(term: Term) -> bool:
    """A letter, a name, or one of them with scripts and accents."""
    while term.kids:
        if term.label not in ("_", "^", "app") and term.label[:6] not in ("prime:", "accent"):
            return False
        term = term.kids[0]
    return term.label[:2] in ("v:", "F:", "?:") or term.label == "c:π" or term.label[:5] == "c:bb."


def _as_function(head: Term) -> Term:
    """The head with its letter marked as one that is applied."""
    if head.kids:
        kids = (_as_function(head.kids[0]), *head.kids[1:])
        return Term(head.label, kids, head.start, head.end)
    if head.label[:2] == "v:":
        return Term(f"f:{head.label[2:]}", (), head.start, head.end)
    return head


def _matching(lexemes: list[Lexeme]) -> dict[int, int]:
    """Opening delimiters and bars -> what closes them."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for at, lexeme in enumerate(lexemes):
        if lexeme.kind == "open":
            waiting.append(at)
        elif lexeme.kind == "close":
            while waiting and lexemes[waiting[-1]].kind == "bar":
                _make_relation(lexemes[waiting.pop()])
            if waiting:
                found[waiting.pop()] = at
            else:
                lexeme.kind = "constant"
        elif lexeme.kind == "bar":
            inner = waiting[-1] if waiting else -1
            opened = inner >= 0 and lexemes[inner].kind == "bar"
            if opened and lexemes[inner].text == lexeme.text and inner + 1 < at:
                if lexemes[at - 1].kind not in ("op", "separator"):
                    found[waiting.pop()] = at
                    lexeme.kind = "close"
                    continue
            if at == 0 or lexemes[at - 1].kind in ("op", "open", "separator", "bar", "space"):
                waiting.append(at)
            elif any(x.kind == "bar" and x.text == lexeme.text for x in lexemes[at + 1 : at + 60]):
                waiting.append(at)
            else:
                _make_relation(lexeme)
    for at in waiting:
        if lexemes[at].kind == "bar":
            _make_relation(lexemes[at])
    return found


def _make_relation(bar: Lexeme) -> None:
    bar.kind = "op"


_SEPARATOR, _LOGIC, _JUNCTION, _RELATION, _SETS, _ADD, _BINARY = range(7)
_OTHER_BINARY = frozenset("⊕⊗⊖⊘⊙∘÷⋆†‡△▽◯≀⨿⋄⊞⊠⋉⋊·/") | {"mod"}


def _level(operator: Lexeme) -> int:
    text = operator.text
    if operator.kind != "op":
        return _SEPARATOR
    if text in LOGIC:
        return _LOGIC
    if text in JUNCTION:
        return _JUNCTION
    if text in SETS:
        return _SETS
    if text in _SUM:
        return _ADD
    return _BINARY if text in _OTHER_BINARY else _RELATION


def _folded(operands: Sequence[Term | None], operators: Sequence[Lexeme]) -> Term:
    """Operands with the operators between them, as one term; the loosest operator last."""
    if not operators:
        return operands[0] or Term("", (), 0, 0)
    levels = [_level(operator) for operator in operators]
    lowest = min(levels)
    parts: list[Term | None] = []
    signs: list[Lexeme] = []
    begin = 0
    for at, level in enumerate(levels):
        if level == lowest:
            parts.append(_part(operands, operators, begin, at))
            signs.append(operators[at])
            begin = at + 1
    parts.append(_part(operands, operators, begin, len(operators)))
    if lowest == _ADD:
        return _sum(parts, signs)
    if lowest == _SEPARATOR:
        return _list(parts, signs)
    return _chain(parts, signs)


def _part(
    operands: Sequence[Term | None], operators: Sequence[Lexeme], begin: int, end: int
) -> Term | None:
    if begin == end:
        return operands[begin]
    return _folded(operands[begin : end + 1], operators[begin:end])


def _sum(parts: list[Term | None], signs: list[Lexeme]) -> Term:
    """Terms with their signs; what is subtracted is negated."""
    terms: list[Term] = []
    sign: Lexeme | None = None
    for number, part in enumerate(parts):
        if part is not None:
            signed = _signed(sign, part)
            terms += signed.kids if signed.label == "+" else (signed,)
            sign = None
        if number < len(signs):
            after = signs[number]
            sign = after if sign is None else _both(sign, after)
    if not terms:
        first, last = signs[0], signs[-1]
        return Term(f"c:{first.text}", (), first.start, last.end)
    if sign is not None and sign.text != "+":
        terms.append(Term(f"c:{sign.text}", (), sign.start, sign.end))
    if len(terms) == 1:
        return terms[0]
    return Term("+", terms, min(t.start for t in terms), max(t.end for t in terms))


def _both(first: Lexeme, second: Lexeme) -> Lexeme:
    """Two signs in a row: `+-x` is `-x`, `--x` is `x`."""
    if first.text == second.text == "-":
        return Lexeme("op", "+", first.start, second.end)
    return first if second.text == "+" else Lexeme("op", second.text, first.start, second.end)


def _signed(sign: Lexeme | None, term: Term) -> Term:
    if sign is None or sign.text == "+":
        return term
    label = "neg" if sign.text == "-" else sign.text
    if label == "neg" and term.label == "neg":
        return term.kids[0]
    if sign.text in "±∓":
        label = "pm" if sign.text == "±" else "mp"
    return Term(label, (term,), sign.start, max(term.end, sign.end))


def _list(parts: list[Term | None], signs: list[Lexeme]) -> Term:
    """What separators part; words between them are kept as parts."""
    kids: list[Term] = []
    for number, part in enumerate(parts):
        if part is not None:
            kids += part.kids if part.label == "list" else (part,)
        if number < len(signs) and signs[number].text[:2] == "t:":
            sign = signs[number]
            kids.append(Term(f"c:{sign.text}", (), sign.start, sign.end))
    if not kids:
        return Term("", (), signs[0].start, signs[-1].end)
    if len(kids) == 1:
        return kids[0]
    return Term("list", kids, kids[0].start, kids[-1].end)


def _chain(parts: list[Term | None], signs: list[Lexeme]) -> Term:
    """Relations and other operators in a row; those read from the right are turned round."""
    texts = [sign.text for sign in signs]
    start = min([signs[0].start, *(p.start for p in parts if p is not None)])
    end = max([signs[-1].end, *(p.end for p in parts if p is not None)])
    kids = [p or Term("", (), s.start, s.start) for p, s in zip(parts, [*signs, signs[-1]], strict=True)]
    if any(t in MIRRORED for t in texts) and all(t in MIRRORED or t in SYMMETRIC for t in texts):
        texts = [MIRRORED.get(t, t) for t in reversed(texts)]
        kids.reverse()
        signs = signs[::-1]
    if len(set(texts)) == 1 and (len(texts) == 1 or texts[0] in COMMUTATIVE):
        kids = [kid for kid in kids if kid.label] or kids[:1]
        if texts[0] in COMMUTATIVE and len(kids) > 1:
            return Term(texts[0], kids, start, end)
        return Term(texts[0], kids, start, end)
    mixed: list[Term] = [kids[0]]
    for sign, text, kid in zip(signs, texts, kids[1:], strict=True):
        mixed += [Term(f"r:{text}", (), sign.start, sign.end), kid]
    return Term("chain", mixed, start, end)
