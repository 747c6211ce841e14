"""The grammar of one row: operands with what is attached to them, in products, under operators.

Precedence as mathematicians use it; where they read in two ways, one is taken. It reads lexemes
from left to right, once, and calls back for rows further in (scripts).
"""

from collections.abc import Callable, Sequence

from blogkit.latex import nodes
from blogkit.latex.nodes import Row
from blogkit.lookup.normal.folding import (
    INTEGRALS,
    SUM,
    arguments_of,
    as_function,
    can_be_head,
    fenced_term,
    folded,
    is_integral,
    matching,
    primes_of,
    product,
    without_differentials,
)
from blogkit.lookup.normal.lexemes import MAX_NESTING, Lexeme
from blogkit.lookup.normal.spellings import (
    arguments_of_name,
    bracketed,
    expected,
    exponential,
    index,
    is_expectation,
    raised,
)
from blogkit.lookup.normal.symbols import BIG_NAMES, HABITUAL_FUNCTIONS, words
from blogkit.lookup.normal.terms import Term

_STARTS = words(
    "term letter number constant name function big prefix open bar post script mark dots"
)
DEEPEST = 100
"""Levels of a term above which no further fraction is piled on it by `/`."""


class Grammar:
    """Operator precedence over the lexemes of one row."""

    def __init__(
        self, read: Callable[[Row, int], Term], lexemes: list[Lexeme], depth: int, differs: bool
    ) -> None:
        self.read = read
        self.lexemes = lexemes
        self.depth = depth
        self.nested = depth
        self.at = 0
        self.stop = len(lexemes)
        self.closers = matching(lexemes)
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
                integral = integral or any(map(is_integral, (operand, *operand.kids[:1])))
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
        return folded(operands, operators)

    def product(self, integral: bool) -> Term:
        """Factors side by side, with `/` and the signs of multiplication among them."""
        factors: list[Term] = []
        while self.at < self.stop:
            lexeme = self.lexemes[self.at]
            kind = lexeme.kind
            if kind in _STARTS:
                factors.append(self.factor(integral))
                integral = integral or is_integral(factors[-1])
                continue
            if kind == "op" and factors and self._operand_follows() and factors[0].depth < DEEPEST:
                if lexeme.text == "·":
                    self.at += 1
                    continue
                if lexeme.text == "/":
                    self.at += 1
                    below = self.factor(integral)
                    above = product(factors)
                    factors = [Term("/", (above, below), above.start, below.end)]
                    continue
            break
        return product(factors)

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
                body = self.applied(self._postfixed(self.primary()))
                return Term("prefix", (sign, body), sign.start, body.end)
            return sign
        if self._is_differential(lexeme, integral):
            self.at += 1
            sign = self._postfixed(Term("c:d", (), lexeme.start, lexeme.end))
            if self.at < self.stop and self.lexemes[self.at].kind in ("letter", "term", "name"):
                body = self._postfixed(self.primary())
                return Term("prefix", (sign, body), sign.start, body.end)
            return sign
        return self.applied(self._postfixed(self.primary()))

    def _is_differential(self, lexeme: Lexeme, integral: bool) -> bool:
        if lexeme.text != "d" or lexeme.kind != "letter":
            return False
        if lexeme.upright or self.differs:
            return True
        after = self.lexemes[self.at + 1] if self.at + 1 < self.stop else None
        letter_follows = after is not None and after.kind in ("letter", "term")
        return letter_follows and (
            integral or (self.depth == 0 and self.at == 0 and self.stop == 2)
        )

    def primary(self) -> Term:
        """One operand without what is attached to it."""
        at, lexeme = self.at, self.lexemes[self.at]
        self.at += 1
        kind = lexeme.kind
        if kind == "term":
            found = lexeme.term or Term("", (), lexeme.start, lexeme.end)
            if (found.start, found.end) == (lexeme.start, lexeme.end):
                return found
            return Term(found.label, found.kids, lexeme.start, lexeme.end)
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
            return Term(body.label, body.kids, start, end)
        if label in ("||", "‖‖"):
            label = label[:1]
        return fenced_term(label, body, start, end)

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
            base = Term("_", (base, index(self.row(scripts.sub))), start, end)
        primes, power = primes_of(scripts)
        if primes:
            base = Term(f"prime:{primes}", (base,), start, end)
        if power is not None and sup:
            base = raised(base, self.row(power), start, end)
        return base

    def row(self, row: Row) -> Term:
        """A row further in."""
        return self.read(row, self.nested + 1)

    # ---- application

    def applied(self, head: Term) -> Term:
        """`f(x)` and `P_n(x)`: a letter with parentheses after it."""
        if self.at >= self.stop or not can_be_head(head):
            return head
        following = self.lexemes[self.at]
        if is_expectation(head) and following.kind in _STARTS and following.text not in ("(", "["):
            body = self.product(False)
            return expected(head, (body,), head.start, body.end)
        at = self.at
        if following.kind != "open" or at not in self.closers or self.closers[at] >= self.stop:
            return head
        if following.text not in "([":
            return head
        if not (following.pulled or self._is_habit(head, at, self.closers[at])):
            return head
        body = self.between(at, self.closers[at])
        end = self.lexemes[self.at - 1].end
        head = bracketed(head, following.text)
        if is_expectation(head):
            return self._postfixed(expected(head, arguments_of(body), head.start, end))
        is_named = head.label[:2] == "F:"
        label = "app" if following.text == "(" or is_named else "app[]"
        term = Term(label, (as_function(head), *arguments_of(body)), head.start, end)
        return self._postfixed(term)

    def _is_habit(self, head: Term, opening: int, closing: int) -> bool:
        """A usual name of a function, or nothing but letters and commas in the parentheses."""
        while head.kids:
            head = head.kids[0]
        if head.label[:2] == "F:" or head.label[2:] in HABITUAL_FUNCTIONS:
            return True
        if head.label != "c:π" and (head.label[:2] == "c:" or "." in head.label):
            return "." in head.label
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
            power = primes_of(lexeme.scripts)[1]
        while self.at < self.stop and self.lexemes[self.at].kind == "script":
            head = self._postfixed(head)
        arguments = arguments_of_name(lexeme.text, self._named_arguments(integral))
        term = head
        if arguments:
            end = max(arguments[-1].end, self.lexemes[self.at - 1].end)
            exp = exponential(arguments, head, end) if label == "F:exp" == head.label else None
            term = exp or Term("app", (head, *arguments), lexeme.start, end)
        elif head.label == "F:exp":
            term = Term("c:exp", (), head.start, head.end)
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
                return arguments_of(self.between(self.at, closing))
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
            above = product(found)
            found = [Term("/", (above, below), above.start, below.end)]
        return (product(found),) if found else ()

    def _slash_follows(self) -> bool:
        return self.at < self.stop and self.lexemes[self.at].text == "/" and self._operand_follows()

    def big(self, lexeme: Lexeme, integral: bool) -> Term:
        """A sum, an integral or a limit: its bounds and the term that it reaches over."""
        self.at += 1
        parts: list[Term] = []
        scripts = lexeme.scripts
        end = lexeme.end
        integral = integral or lexeme.text[:1] in INTEGRALS
        bounds: list[Term] = []
        if scripts is not None:
            if scripts.sub is not None:
                sub = self.row(scripts.sub)
                bounds.append(Term("under", (sub,), sub.start, sub.end))
            if scripts.sup is not None:
                sup = self.row(scripts.sup)
                bounds.append(Term("over", (sup,), sup.start, sup.end))
        if self.at < self.stop and self._body_follows():
            if lexeme.text[:1] in INTEGRALS:
                body = self._integrand()
                parts += without_differentials(body)
            else:
                body = self.product(integral)
                parts.append(body)
            end = max(end, body.end, self.lexemes[self.at - 1].end)
        return Term(lexeme.text, (*parts, *bounds), lexeme.start, end)

    def _body_follows(self) -> bool:
        lexeme = self.lexemes[self.at]
        return lexeme.kind in _STARTS or (
            lexeme.kind == "op" and lexeme.text in SUM and self._operand_follows()
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
            elif lexeme.text == "d" and lexeme.kind == "letter" and self._letter_at(at + 1):
                end = at + 2
                while end < self.stop and self.lexemes[end].kind == "script":
                    end += 1
            at += 1
        return end

    def _letter_at(self, at: int) -> bool:
        return at < self.stop and self.lexemes[at].kind in ("letter", "term")
