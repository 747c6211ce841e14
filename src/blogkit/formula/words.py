r"""Letters side by side that are one word, such as `Attention(Q, K, V)`.

It exists because people type words in math as they come; TeX sets them as products of letters.
"""

from blogkit import latex
from blogkit.formula.calls import is_surely_call
from blogkit.formula.runs import Run
from blogkit.formula.tokens import Token, joined, span_of
from blogkit.formula.vocabulary import EXPECTATIONS, NAMED

_LONGEST_WORD = 24

_UNSLASHED = ("sinh", "cosh", "tanh", "sin", "cos", "tan", "log", "exp")

_WORD_NAMES = frozenset(
    [
        "softmax",
        "sigmoid",
        "relu",
        "Attention",
        "attention",
        "MultiHead",
        "Concat",
        "concat",
        "LayerNorm",
        "FFN",
        "loss",
    ]
)


def spelled_word(run: Run, token: Token) -> Token | None:
    """The letters side by side that start here as one token, where they are one name."""
    start = run.index - 1
    tokens = run.tokens
    if token.font == "blackboard":
        return _with_initial(run, tokens[start : start + 3])
    end = _end_of_letters(tokens, start)
    letters = "".join(token.text for token in tokens[start:end])
    if len(letters) < 2 or not letters.isascii():
        return None
    prefix = _unslashed(letters) if letters not in run.context.declared else ""
    if prefix:
        end, letters = start + len(prefix), prefix
    last = tokens[end - 1]
    group = tokens[end] if end < len(tokens) else None
    called = group is not None and group.kind == "group" and group.text in ("( )", "[ ]")
    known = (
        bool(prefix)
        or letters in NAMED
        or _has_word(last)
        or letters in _WORD_NAMES
        or letters in run.context.declared
    )
    enough = len(letters) > 2 or is_surely_call(group)
    if not (letters in run.context.declared or (known and len(letters) > 2) or (called and enough)):
        return None
    run.context.assume("word", f"the letters {letters} are one name", span_of(tokens[start:end]))
    run.index = end
    return joined(tokens[start:end])


def _with_initial(run: Run, tokens: list[Token]) -> Token | None:
    r"""`\mathbb{V}ar` and `\mathbb{C}ov`, of which only the initial is set so."""
    word = "".join(token.text for token in tokens)
    if word not in EXPECTATIONS or len(tokens) < 3 or not all(map(_spells, tokens[1:])):
        return None
    run.index += 2
    return joined(tokens)


def _end_of_letters(tokens: list[Token], start: int) -> int:
    """Where letters end that have no space between them, and no scripts but on the last."""
    end = start
    for token in tokens[start : start + _LONGEST_WORD]:
        if (token.spaced and end > start) or not _spells(token):
            break
        end += 1
        if token.scripted:
            break
    return end


def _unslashed(letters: str) -> str:
    """The function that letters begin with, as in `sinx`, where at most one letter follows it."""
    found = (name for name in _UNSLASHED if letters.startswith(name))
    return next((name for name in found if len(letters) - len(name) < 2), "")


def _has_word(token: Token) -> bool:
    r"""Whether a subscript is a word, as in `len_{\text{label}}`."""
    return token.sub is not None and any(isinstance(x, latex.Text) for x in token.sub.items)


def _spells(token: Token) -> bool:
    return (
        token.kind == "letter" and not token.font and token.text.isascii() and token.text.isalpha()
    )
