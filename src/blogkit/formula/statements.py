r"""Whole formulas: statements, words between them, relations, lists.

It exists to cut a row, loosest first: at words and wide gaps, at commas, at logic signs, at
relations; what remains is read by `terms.py`. Imports the tree, tokens and context.
"""

from dataclasses import replace
from typing import TypeGuard

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.arguments import inner_tokens, split_at
from blogkit.formula.context import MAX_LEVELS, Context
from blogkit.formula.numerals import join_numerals
from blogkit.formula.tokens import Token, cover, span_of
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import (
    BACKWARD_SIGNS,
    CONNECTIVES,
    DENYING_SIGNS,
    LOGIC_SIGNS,
    OTHERWISE,
    PROSE,
    RELATIONS,
)
from blogkit.spans import Span

_LONE = frozenset(["sign", "relation", "bar"])
_MAX_CONDITIONS = 16
_SUCH_THAT = frozenset(["s.t", "s.t.", "such that", "with", "使", "使得", "满足", "有"])
_JOINING = frozenset(["comma", "semicolon"])


def read_statements(context: Context, tokens: list[Token]) -> Tree:
    """Matched tokens as one statement, or as a system of several."""
    tokens = join_numerals(context, _trimmed(tokens))
    if not tokens:
        return t.Blank(span=Span(0, 0))
    if len(tokens) == 1 and tokens[0].kind not in ("text", "sign", "relation", "bar", "prefix"):
        return context.read_terms(tokens)
    pieces = _pieces(tokens)
    if len(pieces) == 1 and isinstance(pieces[0], list):
        return _read_commas(context, pieces[0])
    return _assemble(context, pieces, span_of(tokens))


def _trimmed(tokens: list[Token]) -> list[Token]:
    """Without gaps and punctuation at the ends."""
    start, end = 0, len(tokens)
    while start < end and tokens[start].kind in ("gap", "comma", "semicolon"):
        start += 1
    while start < end and (
        tokens[end - 1].kind in ("gap", "comma", "semicolon")
        or (tokens[end - 1].text in (".", "。") and not tokens[end - 1].scripted)
    ):
        end -= 1
    tokens = tokens[start:end]
    if tokens and tokens[-1].kind == "number" and tokens[-1].text.endswith("."):
        tokens[-1].text = tokens[-1].text[:-1]
    return tokens


# --- words and gaps


def _pieces(tokens: list[Token]) -> list[list[Token] | Token]:
    """Runs of formula, and the words between them."""
    pieces: list[list[Token] | Token] = []
    run: list[Token] = []
    for index, token in enumerate(tokens):
        if token.kind == "text" and not _is_operand(tokens, index):
            _flush(pieces, run)
            run = []
            pieces.append(token)
        elif token.kind == "gap":
            if _separates(tokens, index, run):
                _flush(pieces, run)
                run = []
        elif token.kind == "semicolon":
            _flush(pieces, run)
            run = []
        elif token.kind == "number" and token.text == "." and not token.scripted:
            run.append(Token("comma", ".", token.span, token.node))
        else:
            run.append(token)
    _flush(pieces, run)
    return pieces


def _flush(pieces: list[list[Token] | Token], run: list[Token]) -> None:
    run = _trimmed(run)
    if run:
        pieces.append(run)


def _is_operand(tokens: list[Token], index: int) -> bool:
    """Whether words stand where an operand belongs: `\\text{学习率} \\times 2`."""
    words = tokens[index].text.lower().strip(" :,.")
    if words in CONNECTIVES or words in OTHERWISE or words.split(" ")[0] in PROSE:
        return False
    if tokens[index].scripted:
        return True
    before = tokens[index - 1].kind if index else None
    after = tokens[index + 1].kind if index + 1 < len(tokens) else None
    joins = ("sign", "relation")
    if before in joins or (before == "number" and words.isascii() and words.isalpha()):
        return True
    return after in joins and before in (None, "gap", "comma")


def _separates(tokens: list[Token], index: int, run: list[Token]) -> bool:
    """Whether a gap ends a statement: not before or after a sign that needs both sides."""
    if not run:
        return False
    after = next((x for x in tokens[index + 1 :] if x.kind != "gap"), None)
    if after is None or run[-1].kind in ("sign", "relation"):
        return False
    if after.kind == "relation":
        return False
    return not (after.kind == "sign" and run[-1].kind not in _JOINING)


def _assemble(context: Context, pieces: list[list[Token] | Token], span: Span) -> Tree:
    statements: list[Tree] = []
    word = ""
    nested = 0
    for piece in pieces:
        if isinstance(piece, Token):
            words = piece.text.lower().strip(" :,.，。：")
            known = CONNECTIVES.get(words, "")
            if known and statements and not word and nested < _MAX_CONDITIONS:
                word = known
                nested += known != "and"
                continue
            statements.append(t.Text(piece.text, span=piece.span))
            continue
        statement = _read_commas(context, piece)
        if word and word not in ("and", "then", "or"):
            body = statements.pop()
            joined = cover(body.span, statement.span)
            statement = t.Where(body, word, statement, span=joined)
        elif word == "or":
            body = statements.pop()
            joined = cover(body.span, statement.span)
            before = body.args if isinstance(body, t.Apply) and body.operator == "or" else (body,)
            statement = t.Apply("or", (*before, statement), span=joined)
        elif word == "and" and context.level > 1:
            body = statements.pop()
            joined = cover(body.span, statement.span)
            before = body.args if isinstance(body, t.Apply) and body.operator == "and" else (body,)
            statement = t.Apply("and", (*before, statement), span=joined)
        word = ""
        statements.extend(statement.statements if isinstance(statement, t.System) else [statement])
    return _with_body(statements, span)


def _with_body(statements: list[Tree], span: Span) -> Tree:
    """Statements as one tree; those behind a scope such as `∃ x ∈ S` are what it says."""
    first, *rest = statements
    word = ""
    if isinstance(first, t.Where):
        word, rest = first.word, [first.condition, *rest]
        first = first.body
    elif rest and isinstance(rest[0], t.Text) and _is_such_that(rest[0].text):
        rest = rest[1:]
    if word in ("", "where", "subject-to") and rest and _is_open_existence(first):
        body = rest[0] if len(rest) == 1 else t.System(tuple(rest), span=span)
        return replace(first, body=body, span=span)
    return statements[0] if len(statements) == 1 else t.System(tuple(statements), span=span)


def _is_open_existence(tree: Tree) -> TypeGuard[t.Big]:
    return (
        isinstance(tree, t.Big)
        and tree.operator in ("exists", "exists-one")
        and isinstance(tree.body, t.Blank)
    )


def _is_such_that(words: str) -> bool:
    return words.strip(" :,，：").lower() in _SUCH_THAT


# --- commas


def _read_commas(context: Context, tokens: list[Token]) -> Tree:
    if _is_quantified(tokens):
        return _read_quantifier(context, tokens)
    implied = _logic_places(tokens, LOGIC_SIGNS[0])
    if implied:
        return _split_logic(context, tokens, implied, LOGIC_SIGNS[0])
    parts = _continued([part for part in split_at(tokens, "comma") if part])
    if len(parts) == 1:
        return _read_logic(context, parts[0])
    if not parts:
        return t.Blank(span=span_of(tokens))
    related = [_has_relation(part) for part in parts]
    if not any(related):
        items = tuple(_read_logic(context, part) for part in parts)
        return t.Collection("sequence", items, span=span_of(tokens))
    statements = [_read_listed(context, group) for group in _grouped(parts, related)]
    if len(statements) == 1:
        return statements[0]
    return t.System(tuple(statements), span=span_of(tokens))


def _continued(parts: list[list[Token]]) -> list[list[Token]]:
    """Parts with those joined that begin with a relation: `a = b, = c` is one chain."""
    joined: list[list[Token]] = []
    for part in parts:
        if joined and part[0].kind == "relation" and len(part) > 1:
            joined[-1].extend(part)
        else:
            joined.append(part)
    return joined


def _has_relation(part: list[Token]) -> bool:
    return any(token.kind in ("relation", "bar") for token in part) and len(part) > 1


def _grouped(parts: list[list[Token]], related: list[bool]) -> list[list[list[Token]]]:
    """Statements, each with the listed parts before and behind its relation."""
    groups: list[list[list[Token]]] = []
    pending: list[list[Token]] = []
    for index, part in enumerate(parts):
        if not related[index]:
            pending.append(part)
            continue
        if groups and any(x[0].kind == "dots" for x in pending):
            groups[-1].extend(pending)
            pending = []
        groups.append([*pending, part])
        pending = []
    if pending and groups:
        groups[-1].extend(pending)
    elif pending:
        groups.append(pending)
    return groups


def _read_listed(context: Context, parts: list[list[Token]]) -> Tree:
    """`i, j = 1, …, n`: lists on both sides of a chain."""
    if len(parts) == 1:
        return _read_logic(context, parts[0])
    middle = next(k for k, part in enumerate(parts) if _has_relation(part))
    tokens = parts[middle]
    places = [k for k, token in enumerate(tokens) if token.kind in ("relation", "bar")]
    first, last = places[0], places[-1]
    left = [*parts[:middle], tokens[:first]]
    right = [tokens[last + 1 :], *parts[middle + 1 :]]
    chain = _read_relation(context, tokens)
    if not isinstance(chain, t.Relation):
        items = tuple(_read_logic(context, part) for part in parts)
        return t.Collection("sequence", items, span=chain.span)
    operands = list(chain.operands)
    if len(left) > 1:
        operands[0] = _sequence(context, left)
    if len(right) > 1:
        operands[-1] = _sequence(context, right)
    span = cover(parts[0][0].span, parts[-1][-1].span)
    return t.Relation(tuple(operands), chain.operators, span=span)


def _sequence(context: Context, parts: list[list[Token]]) -> Tree:
    kept = [part for part in parts if part]
    items = tuple(_read_logic(context, part) for part in kept)
    return t.Collection("sequence", items, span=cover(items[0].span, items[-1].span))


# --- logic and relations


def _read_logic(context: Context, tokens: list[Token], depth: int = 0) -> Tree:
    if len(tokens) == 1 and tokens[0].kind in _LONE:
        token = tokens[0]
        if token.text == "⋅" and context.level > 1:
            return t.Blank(span=token.span)
        return t.Sign(token.text, span=token.span)
    if _is_quantified(tokens):
        return _read_quantifier(context, tokens)
    for table in LOGIC_SIGNS[depth:]:
        places = _logic_places(tokens, table)
        if places:
            return _split_logic(context, tokens, places, table)
    return _read_relation(context, tokens)


def _logic_places(tokens: list[Token], table: dict[str, str]) -> list[int]:
    places = [k for k, x in enumerate(tokens) if x.kind == "sign" and x.text in table]
    if not places or table is LOGIC_SIGNS[0]:
        return places if len(tokens) > 1 else []
    return places if places[0] > 0 and places[-1] < len(tokens) - 1 else []


def _split_logic(
    context: Context, tokens: list[Token], places: list[int], table: dict[str, str]
) -> Tree:
    starts = [0, *(k + 1 for k in places)]
    ends = [*places, len(tokens)]
    depth = LOGIC_SIGNS.index(table) + 1
    parts = [tokens[a:b] for a, b in zip(starts, ends, strict=True)]
    operands = [
        _read_part(context, part, depth) if part else t.Blank(span=span_of(tokens))
        for part in parts
    ]
    signs = [tokens[k].text for k in places]
    span = span_of(tokens)
    names = {table[sign] for sign in signs}
    if len(names) == 1 and names <= {"and", "or", "xor"}:
        return t.Apply(names.pop(), tuple(operands), span=span)
    steps = [
        _step(table, sign, a, b, span)
        for sign, a, b in zip(signs, operands, operands[1:], strict=False)
    ]
    return steps[0] if len(steps) == 1 else t.System(tuple(steps), span=span)


def _step(table: dict[str, str], sign: str, left: Tree, right: Tree, span: Span) -> Tree:
    """Two statements with the sign between them: `b ⇐ a` is `a ⇒ b`, and `⇏` denies it."""
    args = (right, left) if sign in BACKWARD_SIGNS else (left, right)
    step = t.Apply(table[sign], args, span=span)
    return t.Apply("not", (step,), span=span) if sign in DENYING_SIGNS else step


def _read_part(context: Context, part: list[Token], depth: int) -> Tree:
    """One side of a sign; implications reach over commas, other signs do not."""
    return _read_commas(context, part) if depth == 1 else _read_logic(context, part, depth)


def _read_quantifier(context: Context, tokens: list[Token]) -> Tree:
    if context.level > MAX_LEVELS:
        return t.Opaque("", "deep", span=span_of(tokens))
    context.level += 1
    try:
        return _read_scoped(context, tokens)
    finally:
        context.level -= 1


def _is_quantified(tokens: list[Token]) -> bool:
    r"""Whether a statement begins with a quantifier, perhaps with a denied one: `\neg\forall x`."""
    if _is_denial(tokens[0]) and len(tokens) > 1:
        return _is_quantified(tokens[1:])
    return _is_quantifier(tokens[0])


def _is_denial(token: Token) -> bool:
    return token.kind == "prefix" and token.text == "¬"


def _read_scoped(context: Context, tokens: list[Token]) -> Tree:
    if _is_denial(tokens[0]):
        return t.Apply("not", (_read_quantifier(context, tokens[1:]),), span=span_of(tokens))
    cut, start = _scope_and_body(tokens)
    span = span_of(tokens)
    head = tokens[1:cut]
    name = "forall" if tokens[0].text == "∀" else "exists"
    if head and head[0].kind == "postfix":
        name, head = "exists-one", head[1:]
    scope = read_statements(context, head) if head else t.Blank(span=span)
    body: Tree = t.Blank(span=span)
    if start < len(tokens):
        body = _read_commas(context, tokens[start:])
    bound, condition = _scope(scope)
    tree = t.Big(name, bound, None, None, condition, body, span=span)
    return t.Apply("not", (tree,), span=span) if tokens[0].text == "∄" else tree


def _scope_and_body(tokens: list[Token]) -> tuple[int, int]:
    """Where what a quantifier binds ends, and where what it says begins.

    That is at a colon, at a statement in brackets or at the next quantifier, else at a comma
    before a statement.
    """
    for index, token in enumerate(tokens[1:], start=1):
        if token.text in (":", "|") and token.kind in ("relation", "bar", "comma"):
            return index, index + 1
        if index > 1 and index == len(tokens) - 1 and _is_bracketed_statement(token):
            return index, index
        if _is_quantifier(token) and index > 1:
            return (index - 1 if tokens[index - 1].kind == "comma" else index), index
    for index, token in enumerate(tokens):
        if token.kind == "comma":
            place = next((k for k in range(index, len(tokens)) if tokens[k].kind == "relation"), 0)
            if place and not (tokens[place].text in ("∈", "≤", "<") and _goes_on(tokens, index)):
                return index, index + 1
    return len(tokens), len(tokens)


def _goes_on(tokens: list[Token], comma: int) -> bool:
    """Whether what is bound goes on behind a comma: `x, y ∈ S`, `x > 0, y < 1`, `x ∈ S, |x| < 1`.

    It does not in `x > 0, x^2 < x`.
    """
    first, *rest = tokens[comma + 1 :]
    is_name = first.kind == "letter" or first.text in ("| |", "‖ ‖")
    is_name = is_name and first.sup is None and not first.primes
    return not _has_relation(tokens[:comma]) or (
        is_name and bool(rest) and rest[0].kind in ("relation", "comma")
    )


def _is_bracketed_statement(token: Token) -> bool:
    return token.text in ("( )", "[ ]") and any(x.kind == "relation" for x in inner_tokens(token))


def _is_quantifier(token: Token) -> bool:
    return token.kind == "prefix" and token.text in ("∀", "∃", "∄")


def _scope(scope: Tree) -> tuple[tuple[Tree, ...], Tree | None]:
    match scope:
        case t.Relation(operands=(t.Collection(items=items), *_)):
            return items, scope
        case t.Relation(operands=(first, *_)):
            return (first,), scope
        case t.Collection(kind="sequence", items=items):
            return items, None
    return (scope,), None


def _read_relation(context: Context, tokens: list[Token]) -> Tree:
    operands: list[list[Token]] = [[]]
    operators: list[tuple[str, Token]] = []
    for token in tokens:
        if token.kind == "relation" or (token.kind == "bar" and not token.scripted):
            operators.append((_operator(token), token))
            operands.append([])
        else:
            operands[-1].append(token)
    if not operators:
        return context.read_terms(tokens)
    modulus = _modulus(context, operands[-1])
    read = [_operand(context, part, tokens) for part in operands]
    _open_intervals(context, read, operators)
    signs = tuple(sign for sign, _ in operators)
    tree: Tree = t.Relation(tuple(read), signs, span=span_of(tokens))
    if modulus is not None:
        tree = t.Apply("mod", (tree, modulus), span=tree.span)
    return tree


def _modulus(context: Context, part: list[Token]) -> Tree | None:
    r"""The n of `\pmod{n}` or `(\bmod n)` at the end of a relation."""
    last = part[-1] if len(part) > 1 else None
    if last is None:
        return None
    if isinstance(last.node, latex.Modulo) and last.kind == "node":
        part.pop()
        return context.read_row(last.node.body, "")
    inner = inner_tokens(last) if last.kind == "group" else []
    if len(inner) > 1 and inner[0].kind == "sign" and inner[0].text == "mod":
        part.pop()
        return context.read_tokens(inner[1:])
    return None


def _operand(context: Context, part: list[Token], tokens: list[Token]) -> Tree:
    if not part:
        return t.Blank(span=tokens[0].span)
    if len(part) == 1 and part[0].kind in _LONE:
        if part[0].text == "⋅":
            return t.Blank(span=part[0].span)
        return t.Sign(part[0].text, span=part[0].span)
    return context.read_terms(part)


def _open_intervals(
    context: Context, operands: list[Tree], operators: list[tuple[str, Token]]
) -> None:
    """A pair in round brackets after `∈` is an open interval where its parts are scalars."""
    for index, (sign, token) in enumerate(operators):
        right = operands[index + 1]
        if sign not in ("∈", "∉") or not isinstance(right, t.Collection) or right.kind != "tuple":
            continue
        if len(right.items) == 2 and not isinstance(operands[index], t.Collection):
            context.assume("interval", "a pair after ∈ is an open interval", token.span)
            operands[index + 1] = t.Interval(*right.items, False, False, span=right.span)


def _operator(token: Token) -> str:
    """The sign of a relation, with what is written on it in braces."""
    text = RELATIONS.get(token.text, token.text)
    node = token.node
    if isinstance(node, latex.Stack):
        note = _plain(node.over) or _plain(node.under)
        if text == "=" and note in ("def", "def.", "△", "Δ", "∆", "?"):
            return "≝" if note != "?" else "={?}"
        return f"{text}{{{note}}}" if note else text
    if isinstance(node, latex.Arrow):
        note = _plain(node.above) or _plain(node.below)
        return f"{text}{{{note}}}" if note else text
    note = _plain(token.sup) or _plain(token.sub)
    return f"{text}{{{note}}}" if note else text


def _plain(row: latex.Row | None) -> str:
    if row is None:
        return ""
    return " ".join(
        "".join(
            node.text
            for node in latex.walk(row)
            if isinstance(node, (latex.Atom, latex.Chars, latex.Operator))
        ).split()
    )
