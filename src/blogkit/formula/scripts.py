r"""Scripts: powers, transposes, indices, and subscripts that are part of a name.

It exists because `x^2`, `A^\top`, `x_i`, `d_k`, `p_\theta`, `h^{(l)}` and `x^*` are set alike and
mean six things. Imports the tree, tokens and context.
"""

from blogkit import latex
from blogkit.formula import tree as t
from blogkit.formula.brackets import match_brackets
from blogkit.formula.context import Context, opaque
from blogkit.formula.lexing import lex
from blogkit.formula.tokens import Token, cover, span_of
from blogkit.formula.tree import Tree
from blogkit.formula.vocabulary import INDEX_LETTERS, INDEX_WORDS, SIZE_LETTERS
from blogkit.spans import Span

_MARKS = {
    "∗": "star",
    "*": "star",
    "⋆": "star",
    "★": "star",
    "†": "dagger",
    "‡": "ddagger",
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "♯": "sharp",
    "♮": "natural",
    "×": "times",
    "⊥": "perp",
    "⊕": "oplus",
}
_MAX_PRIMES = 4
_TREE_OF_MARK = {"star": "starred", "dagger": "conjugate-transpose", "plus": "from-above"}


def apply_scripts(context: Context, base: Tree, token: Token) -> Tree:
    """A tree with the scripts of its token put on it: subscript first, then primes, then above."""
    span = token.span
    if token.sub is not None:
        base = _subscribe(context, base, token.sub, token)
    if token.primes:
        base = prime(base, token.primes, span)
    if token.sup is not None:
        base = _superscribe(context, base, token.sup, span)
    return base


def prime(base: Tree, primes: int, span: Span) -> Tree:
    """A tree with primes: another name, or an operator on what is no name."""
    match base:
        case t.Symbol():
            return _renamed(base, span, primes=base.primes + primes)
        case t.Index(base=t.Symbol() as symbol, indices=indices, upper=upper):
            inner = _renamed(symbol, symbol.span, primes=symbol.primes + primes)
            return t.Index(inner, indices, upper, span=span)
    if primes > _MAX_PRIMES:
        return t.Opaque("", "deep", span=span)
    for _ in range(primes):
        base = t.Apply("prime", (base,), span=span)
    return base


def _renamed(
    symbol: t.Symbol,
    span: Span,
    *,
    primes: int | None = None,
    accent: str = "",
    subscript: Tree | None = None,
    superscript: Tree | None = None,
) -> t.Symbol:
    return t.Symbol(
        symbol.name,
        symbol.font,
        (*symbol.accents, accent) if accent else symbol.accents,
        symbol.primes if primes is None else primes,
        subscript or symbol.subscript,
        superscript or symbol.superscript,
        span=span,
    )


def add_accent(base: Tree, accent: str, span: Span) -> Tree | None:
    """A name with an accent on its letter; None where the tree is no name."""
    match base:
        case t.Symbol():
            return _renamed(base, span, accent=accent)
        case t.Constant(name=name) if name in ("e", "i", "π"):
            return t.Symbol(name, accents=(accent,), span=span)
        case t.Text(text=name):
            return t.Symbol(name, accents=(accent,), span=span)
        case t.Index(base=inner, indices=indices, upper=upper):
            accented = add_accent(inner, accent, inner.span)
            return None if accented is None else t.Index(accented, indices, upper, span=span)
    return None


def marked(base: Tree, accent: str, span: Span) -> Tree:
    """Something that is no name with an accent that has no operator of its own."""
    return t.Apply("marked", (base, t.Sign(accent, span=span)), span=span)


# --- subscripts


def _is_pochhammer(base: Tree, tokens: list[Token]) -> bool:
    if len(tokens) != 1 or tokens[0].kind not in ("letter", "number", "braced"):
        return False
    scalar = all(not _is_matrix(node) for node in t.walk(base))
    return scalar and isinstance(base, (t.Symbol, t.Number, t.Apply, t.Index))


def _subscribe(context: Context, base: Tree, sub: latex.Row, token: Token) -> Tree:
    span = token.span
    tokens = match_brackets(lex(sub.items, is_script=True))
    if not tokens:
        return base
    if isinstance(base, t.Apply) and base.operator == "norm" and len(base.args) == 1:
        return t.Apply("norm", (*base.args, context.read_tokens(tokens)), span=span)
    if token.kind == "group" and token.text == "( )" and _is_pochhammer(base, tokens):
        context.assume("pochhammer", "a subscript on round brackets is a rising factorial", span)
        return t.Apply("pochhammer", (base, context.read_tokens(tokens)), span=span)
    indices = _indices(context, base, tokens)
    if indices is None and isinstance(base, t.Symbol) and base.subscript is None:
        name = _name(context, tokens)
        context.assume(
            "name", f"the subscript in {_shown(sub, base)} is part of the name", sub.span
        )
        return _renamed(base, span, subscript=name)
    if indices is not None:
        indices = tuple(map(_sliced, indices))
    if isinstance(base, t.Constant) and base.name in ("e", "i", "π"):
        base = t.Symbol(base.name, span=base.span)
    if indices is None:
        indices = tuple(context.read_tokens(part) for part in _split_commas(tokens))
    if isinstance(base, t.Index) and not base.upper:
        return t.Index(base.base, (*base.indices, *indices), span=span)
    return t.Index(base, indices, span=span)


def _sliced(index: Tree) -> Tree:
    match index:
        case t.Relation(operators=(":",), operands=(first, last)):
            return t.Apply("slice", (first, last), span=index.span)
    return index


def _name(context: Context, tokens: list[Token]) -> Tree:
    """A subscript that is part of a name; letters side by side are one word."""
    if len(tokens) > 1 and all(x.kind == "letter" and not x.scripted for x in tokens):
        return t.Symbol("".join(x.text for x in tokens), span=span_of(tokens))
    return context.read_tokens(tokens)


def _shown(sub: latex.Row, base: t.Symbol) -> str:
    return f"{base.name}_{{{latex.to_latex(sub).strip('{}')}}}"


def _split_commas(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "comma":
            parts.append([])
        elif (
            token.text in ("*", "∗", ":")
            and token.kind in ("sign", "relation")
            and _is_whole(parts[-1], tokens)
        ):
            blank = Token("blank", "", token.span, token.node)
            parts[-1:] = [part for part in (parts[-1], [blank], []) if part or part == []]
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _is_whole(before: list[Token], tokens: list[Token]) -> bool:
    """Whether a star or colon stands for all members, as in `A_{*i}` and `A_{:,1}`."""
    return not before and len(tokens) < 4


def _indices(context: Context, base: Tree, tokens: list[Token]) -> tuple[Tree, ...] | None:
    """The indices that a subscript lists, or None where it is part of a name."""
    parts = _split_commas(tokens)
    if not parts or "".join(token.text for token in tokens) in INDEX_WORDS:
        return None
    if len(parts) == 1 and _is_letters(parts[0], context, base):
        parts = [[token] for token in parts[0]]
    elif len(tokens) == 1 and _is_pair(context, base, tokens[0]):
        context.assume("index", "two digits are two indices, as elsewhere here", tokens[0].span)
        return tuple(t.Number(digit, span=tokens[0].span) for digit in tokens[0].text)
    if len(parts) > 1 or not isinstance(base, t.Symbol):
        if isinstance(base, t.Symbol) and not any(_numbers(context, base, part) for part in parts):
            return None
        return tuple(map(context.read_tokens, parts))
    if not _numbers(context, base, parts[0]):
        return None
    return (context.read_tokens(parts[0]),)


def _is_pair(context: Context, base: Tree, token: Token) -> bool:
    """Whether `a_{12}` means row 1, column 2: the formula has `a_{1n}` or `a_{ij}` as well."""
    name = base.name if isinstance(base, t.Symbol) else ""
    return token.kind == "number" and len(token.text) == 2 and name in context.paired


def _is_letters(tokens: list[Token], context: Context, base: Tree) -> bool:
    """Whether a subscript is `ij` or `i1`: several indices side by side."""
    if len(tokens) < 2 or len(tokens) > 4:
        return False
    if tokens[0].kind == "number" and tokens[0].text != "1":
        name = base.name if isinstance(base, t.Symbol) else ""
        if name not in context.paired:
            return False
    numbering = context.bound | INDEX_LETTERS
    return all(
        (t.kind == "letter" and t.text in numbering and not t.font)
        or (t.kind == "number" and len(t.text) == 1)
        for t in tokens
    ) and any(t.kind == "letter" for t in tokens)


def _numbers(context: Context, base: t.Symbol, tokens: list[Token]) -> bool:
    """Whether a subscript counts: a number, a bound variable, a sum with one, a range."""
    if len(tokens) == 1:
        return _token_numbers(context, base, tokens[0])
    kinds = {token.kind for token in tokens}
    if "word" in kinds or "text" in kinds:
        return any(_counts(context, token) for token in tokens) and bool(kinds & {"sign"})
    if kinds & {"sign", "relation", "dots"}:
        return True
    return all(_counts(context, token) for token in tokens)


def _counts(context: Context, token: Token) -> bool:
    if token.kind in ("group", "braced"):
        return any(_counts(context, part) for part in token.inner)
    return token.kind in ("number", "dots", "blank") or (
        token.kind == "letter" and (token.text in context.bound or token.text in INDEX_LETTERS)
    )


def _token_numbers(context: Context, base: t.Symbol, token: Token) -> bool:
    if token.kind in ("number", "dots", "blank"):
        return token.text not in (".",)
    if token.kind in ("braced", "group"):
        return _numbers(context, base, token.inner)
    if token.kind == "letter" and token.font in ("bold", "calligraphic", "script", "upright"):
        return False
    if token.kind == "letter" and token.text in context.bound:
        return True
    if token.kind != "letter" or token.text not in INDEX_LETTERS:
        return token.kind in ("relation", "sign") and token.text in (":", "⋅")
    if base.name in SIZE_LETTERS or base.name in context.named:
        return False
    context.assume("index", f"the subscript {token.text} is an index", token.span)
    return True


# --- superscripts


def _superscribe(context: Context, base: Tree, sup: latex.Row, span: Span) -> Tree:
    tokens = match_brackets(lex(sup.items, is_script=True))
    if not tokens:
        return base
    marked = _mark(context, base, tokens, span)
    if marked is not None:
        return marked
    first = tokens[0]
    if len(tokens) == 1 and isinstance(first.node, latex.Accent) and not first.scripted:
        factorial = {"\\underline": "falling-factorial", "\\overline": "pochhammer"}
        operator = factorial.get(first.node.command)
        if operator is not None:
            count = context.read_row(first.node.body, "")
            return t.Apply(operator, (base, count), span=span)
    if len(tokens) == 1 and _is_bracket(first) and _is_label(base):
        parts = [part for part in _split_commas(first.inner) if part]
        if parts:
            return t.Index(base, tuple(map(context.read_tokens, parts)), True, span=span)
    if first.kind in ("word", "text") and len(tokens) == 1 and isinstance(base, t.Symbol):
        label = context.read_tokens(tokens)
        if base.superscript is not None:
            return t.Index(base, (label,), True, span=span)
        return _renamed(base, span, superscript=label)
    if (isinstance(base, (t.Symbol, t.Constant)) and base.name in "NZQRC") or _is_set(base):
        exponent = _sizes(context, tokens)
        if exponent is not None:
            return t.Apply("power", (base, exponent), span=span)
    return t.Apply("power", (base, context.read_tokens(tokens)), span=span)


def _is_bracket(token: Token) -> bool:
    return token.kind == "group" and token.text in ("( )", "[ ]", "⟨ ⟩") and not token.scripted


def _is_label(base: Tree) -> bool:
    return isinstance(base, (t.Symbol, t.Index, t.Apply, t.Call, t.Constant))


def _is_set(base: Tree) -> bool:
    return isinstance(base, t.Symbol) and base.font in ("blackboard", "calligraphic", "script")


def _sizes(context: Context, tokens: list[Token]) -> Tree | None:
    r"""The exponent of `\mathbb{R}^{m \times n}`."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "sign" and token.text == "×":
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) < 2 or not all(parts):
        return None
    sizes = tuple(map(context.read_tokens, parts))
    return t.Apply("by", sizes, span=cover(tokens[0].span, tokens[-1].span))


def _mark(context: Context, base: Tree, tokens: list[Token], span: Span) -> Tree | None:
    """What a superscript that is no exponent makes of the base; None where it is an exponent."""
    first = tokens[0]
    if len(tokens) == 2 and first.text in ("-", "−") and _is_transpose_sign(tokens[1]):
        inverse = t.Apply("inverse", (base,), span=span)
        return t.Apply("transpose", (inverse,), span=span)
    if len(tokens) == 2 and first.text in ("-", "−") and tokens[1].text == "1":
        return _inverse(context, base, span)
    if (first.kind == "letter" and first.text == "′") or set(first.text) == {"′"}:
        return prime(base, len(tokens), span)
    if len(tokens) != 1 or first.scripted:
        return None
    if _is_transpose_sign(first):
        return t.Apply("transpose", (base,), span=span)
    if first.text == "T" and first.kind in ("letter", "word"):
        return _transpose_by_habit(context, base, first, span)
    if first.text == "H" and first.kind == "letter" and _is_matrix(base):
        return t.Apply("conjugate-transpose", (base,), span=span)
    if first.text in ("∘", "°"):
        return t.Apply("degree", (base,), span=span)
    if first.text in ("c", "∁") and first.font == "upright":
        return t.Apply("not", (base,), span=span)
    mark = _MARKS.get(first.text)
    if mark is None:
        return None
    if isinstance(base, t.Number) and mark in ("plus", "minus"):
        side = "from-above" if mark == "plus" else "from-below"
        return t.Apply(side, (base,), span=span)
    if mark == "star" and _is_starred(context, base) and context.choose("star on a matrix") == 1:
        return t.Apply("conjugate-transpose", (base,), span=span)
    if mark in ("dagger", "plus") and _is_matrix(base):
        return t.Apply(
            "pseudo-inverse" if mark == "plus" else "conjugate-transpose", (base,), span=span
        )
    if isinstance(base, t.Constant):
        return t.Index(base, (t.Sign(first.text, span=first.span),), True, span=span)
    named = add_accent(base, mark, span)
    if named is None and mark in _TREE_OF_MARK:
        return t.Apply(_TREE_OF_MARK[mark], (base,), span=span)
    return named or marked(base, mark, span)


def _is_starred(context: Context, base: Tree) -> bool:
    """Whether a star may transpose: on a capital that stands without one as well."""
    return isinstance(base, t.Symbol) and _is_matrix(base) and base.name in context.starred


def _is_transpose_sign(token: Token) -> bool:
    return token.text in ("⊤", "⊺", "ᵀ", "⟙") or (
        token.text in ("T", "\\intercal") and token.font in ("sans", "upright")
    )


def _transpose_by_habit(context: Context, base: Tree, token: Token, span: Span) -> Tree | None:
    if not (_is_matrix(base) or isinstance(base, (t.Matrix, t.Collection))):
        return None
    if token.text in context.bound:
        return None
    context.assume("transpose", "a superscript T on a vector or matrix transposes it", token.span)
    return t.Apply("transpose", (base,), span=span)


def _is_matrix(base: Tree) -> bool:
    """Whether habit sets a tree like a matrix: bold, a capital, or made of those."""
    match base:
        case t.Symbol():
            return base.font == "bold" or (
                base.font == "" and len(base.name) == 1 and base.name.isupper()
            )
        case t.Index():
            return _is_matrix(base.base)
        case t.Apply(operator="times" | "plus" | "transpose" | "inverse" | "minus" | "hadamard"):
            return any(map(_is_matrix, base.args))
        case t.Matrix():
            return True
    return False


def _inverse(context: Context, base: Tree, span: Span) -> Tree | None:
    if isinstance(base, t.Matrix):
        return t.Apply("inverse", (base,), span=span)
    if _is_matrix(base) or (isinstance(base, t.Symbol) and base.name in context.declared):
        context.assume("inverse", "a superscript -1 on a matrix or function inverts it", span)
        return t.Apply("inverse", (base,), span=span)
    return None


__all__ = ["add_accent", "apply_scripts", "marked", "opaque", "prime"]
