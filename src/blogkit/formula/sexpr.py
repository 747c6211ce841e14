r"""The canonical printing of an operator tree, for fixtures and for looking at it.

`x`, `bold:x`, `hat:v`, `x'`, `p_θ` are symbols; `#π` constants; `_` a blank; `…` an ellipsis; all
else is a list that starts with what it is. Imports `tree.py` only.
"""

from blogkit.formula import tree as t
from blogkit.formula.tree import Tree


def to_sexpr(tree: Tree) -> str:
    r"""A tree as text; equal trees print the same, different trees differently.

    >>> x = t.Symbol("x")
    >>> to_sexpr(t.Relation((t.Apply("power", (x, t.Number("2"))), t.Number("4")), ("=",)))
    '(= (power x 2) 4)'
    """
    match tree:
        case t.Number():
            return tree.text
        case t.Symbol():
            return _symbol(tree)
        case t.Constant():
            return "#" + tree.name
        case t.Blank():
            return "_"
        case t.Ellipsis():
            return "…"
        case t.Sign():
            return f"(sign {tree.text})"
        case t.Text():
            return _quoted(tree.text)
        case t.Opaque():
            return f"(opaque {_quoted(tree.latex)} {tree.reason})"
        case t.Relation():
            return _relation(tree)
        case t.Matrix():
            rows = (_list("row", row) for row in tree.rows)
            return "(" + " ".join(("matrix", *rows)) + ")"
        case t.Cases():
            return "(" + " ".join(("cases", *map(_branch, tree.branches))) + ")"
        case t.Call():
            return _list(
                "call", (tree.function, *tree.args), bar=tree.conditions, semi=tree.parameters
            )
        case t.Expectation():
            under = () if tree.under is None else (tree.under,)
            return _list(tree.operator, tree.args, bar=tree.conditions, under=under)
        case t.Big():
            return _big(tree)
        case t.Interval():
            left, right = "[" if tree.has_lower else "(", "]" if tree.has_upper else ")"
            return f"(interval {left} {to_sexpr(tree.lower)} {to_sexpr(tree.upper)} {right})"
        case t.Where():
            return f"(where {tree.word} {to_sexpr(tree.body)} {to_sexpr(tree.condition)})"
        case t.Comprehension():
            return _list("set-of", (tree.element,), bar=tree.conditions)
        case _:
            return _list(_head(tree), tree.children)


def _head(tree: Tree) -> str:
    match tree:
        case t.Apply():
            return tree.operator
        case t.Collection():
            return tree.kind
        case t.Index():
            return "upper-index" if tree.upper else "index"
        case _:
            return type(tree).__name__.lower()


def _list(head: str, parts: tuple[Tree, ...], **marked: tuple[Tree, ...]) -> str:
    words = [head, *map(to_sexpr, parts)]
    for mark, more in marked.items():
        if more:
            words.extend((":" + mark, *map(to_sexpr, more)))
    return "(" + " ".join(words) + ")"


def _symbol(symbol: t.Symbol) -> str:
    name = symbol.name if _is_plain(symbol.name) else _quoted(symbol.name)
    text = "".join(f"{accent}:" for accent in reversed(symbol.accents))
    text += f"{symbol.font}:{name}" if symbol.font else name
    text += "'" * symbol.primes
    if symbol.subscript is not None:
        text += "_" + to_sexpr(symbol.subscript)
    if symbol.superscript is not None:
        text += "^" + to_sexpr(symbol.superscript)
    return text


def _is_plain(name: str) -> bool:
    return bool(name) and not any(char.isspace() or char in "()\"_^:#'" for char in name)


def _relation(relation: t.Relation) -> str:
    if len(relation.operators) == 1:
        return _list(relation.operators[0], relation.operands)
    words = ["chain", to_sexpr(relation.operands[0])]
    for sign, operand in zip(relation.operators, relation.operands[1:], strict=True):
        words.extend((sign, to_sexpr(operand)))
    return "(" + " ".join(words) + ")"


def _branch(branch: tuple[Tree, Tree | None]) -> str:
    value, condition = branch
    return f"({to_sexpr(value)} {'otherwise' if condition is None else to_sexpr(condition)})"


def _big(big: t.Big) -> str:
    marked: dict[str, tuple[Tree, ...]] = {
        "for": big.bound,
        "from": () if big.lower is None else (big.lower,),
        "to": () if big.upper is None else (big.upper,),
        "with": () if big.condition is None else (big.condition,),
        "of": (big.body,),
    }
    return _list(big.operator, (), **marked)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
