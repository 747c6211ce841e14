"""Terms built from operands and the operators between them: sums, chains of relations, lists.

The half of the grammar that knows how tightly operators bind and which may be turned round.
Imports lexemes, symbols and terms only.
"""

from collections import Counter
from collections.abc import Sequence

from blogkit.latex import nodes
from blogkit.latex.nodes import Row
from blogkit.lookup.normal.lexemes import Lexeme
from blogkit.lookup.normal.symbols import (
    COMMUTATIVE,
    JUNCTION,
    LOGIC,
    MIRRORED,
    SETS,
    SYMMETRIC,
    words,
)
from blogkit.lookup.normal.terms import Term

SUM = frozenset("+-±∓")
"""Signs before a summand."""
INTEGRALS = frozenset("∫∬∭∮∯⨌")
"""First characters of the integral signs."""


def fenced_term(label: str, body: Term, start: int, end: int) -> Term:
    """A body in delimiters; a column of two in parentheses is a binomial, as TeX draws it."""
    is_column = body.label == "array" and all(kid.label != "line" for kid in body.kids)
    if label == "()" and is_column and len(body.kids) == 2:
        return Term("binom", body.kids, start, end)
    return Term(f"fence:{label}", (body,), start, end)


def is_integral(term: Term) -> bool:
    return term.label[:1] in INTEGRALS


def without_differentials(body: Term) -> list[Term]:
    """What is integrated, then `dx` and its like, each as a part of the integral."""
    if body.label == "prefix" and body.kids[0].label == "c:d":
        return [Term("over d", body.kids[1:], body.start, body.end)]
    if body.label == "+":
        return _sum_without_differentials(body)
    if body.label != "*":
        return [body]
    factors: list[Term] = []
    differentials: list[Term] = []
    for factor in body.kids:
        is_differential = factor.label == "prefix" and factor.kids[0].label == "c:d"
        (differentials if is_differential else factors).append(factor)
    rest = [product(factors)] if factors else []
    return [*rest, *(Term("over d", d.kids[1:], d.start, d.end) for d in differentials)]


def _sum_without_differentials(body: Term) -> list[Term]:
    """`x + 1 dx` under an integral: the differential belongs to the integral, not to the 1."""
    last = body.kids[-1]
    is_signed = last.label in ("neg", "pm", "mp")
    parts = without_differentials(last.kids[0] if is_signed else last)
    if len(parts) == 1:
        return [body]
    summand = Term(last.label, parts[:1], last.start, parts[0].end) if is_signed else parts[0]
    whole = Term("+", (*body.kids[:-1], summand), body.start, max(body.start, summand.end))
    return [whole, *parts[1:]]


def product(factors: list[Term]) -> Term:
    """One factor itself, several as a flat product."""
    if len(factors) == 1:
        return factors[0]
    if not factors:
        return Term("", (), 0, 0)
    flat: list[Term] = []
    for factor in factors:
        flat += factor.kids if factor.label == "*" else (factor,)
    return Term("*", flat, factors[0].start, factors[-1].end)


def arguments_of(body: Term) -> Sequence[Term]:
    return body.kids if body.label == "list" else (body,)


def primes_of(scripts: nodes.Scripts) -> tuple[int, Row | None]:
    r"""How many primes, `^\prime` counted, and the superscript that is left."""
    sup = scripts.sup
    if sup is not None and sup.items:
        marks = [i.text for i in sup.items if isinstance(i, nodes.Atom)]
        if len(marks) == len(sup.items) and all(mark == "′" for mark in marks):
            return scripts.primes + len(marks), None
    return scripts.primes, sup


def can_be_head(term: Term) -> bool:
    """A letter, a name, or one of them with scripts and accents."""
    while term.kids:
        if term.label not in ("_", "^", "app") and term.label[:6] not in ("prime:", "accent"):
            return False
        term = term.kids[0]
    return term.label[:2] in ("v:", "F:", "?:") or term.label == "c:π" or term.label[:5] == "c:bb."


def as_function(head: Term) -> Term:
    """The head with its letter marked as one that is applied."""
    if head.kids:
        kids = (as_function(head.kids[0]), *head.kids[1:])
        return Term(head.label, kids, head.start, head.end)
    if head.label[:2] == "v:":
        return Term(f"f:{head.label[2:]}", (), head.start, head.end)
    return head


def matching(lexemes: list[Lexeme]) -> dict[int, int]:
    """Opening delimiters and bars -> what closes them; a bar without its like is a relation."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    bars = Counter(lexeme.text for lexeme in lexemes if lexeme.kind == "bar")
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
            bars[lexeme.text] -= 1
            if _closes(lexemes, at, waiting):
                found[waiting.pop()] = at
                lexeme.kind = "close"
            elif bars[lexeme.text] or at == 0 or lexemes[at - 1].kind in _BEFORE_OPENING:
                waiting.append(at)
            else:
                _make_relation(lexeme)
    for at in waiting:
        if lexemes[at].kind == "bar":
            _make_relation(lexemes[at])
    return found


_BEFORE_OPENING = words("op open separator bar space")


def _closes(lexemes: list[Lexeme], at: int, waiting: list[int]) -> bool:
    """Whether a bar closes the one that waits: something between, and no operator before it."""
    if not waiting or lexemes[waiting[-1]].kind != "bar":
        return False
    same = lexemes[waiting[-1]].text == lexemes[at].text
    return same and waiting[-1] + 1 < at and lexemes[at - 1].kind not in ("op", "separator")


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
    if text in SUM:
        return _ADD
    return _BINARY if text in _OTHER_BINARY else _RELATION


def folded(operands: Sequence[Term | None], operators: Sequence[Lexeme]) -> Term:
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
    return folded(operands[begin : end + 1], operators[begin:end])


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
    kids = [
        p or Term("", (), s.start, s.start) for p, s in zip(parts, [*signs, signs[-1]], strict=True)
    ]
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
