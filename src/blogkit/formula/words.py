r"""Letters side by side that are one word, such as `Attention(Q, K, V)`.

It exists because people type words in math as they come; TeX sets them as products of letters.
"""

from blogkit import latex
from blogkit.formula.calls import is_surely_call
from blogkit.formula.runs import Run
from blogkit.formula.tokens import Token, joined, span_of
from blogkit.formula.vocabulary import EXPECTATIONS, NAMED
from blogkit.text.mathcontent import is_han

_LONGEST_WORD = 24

_UNSLASHED = ("sinh", "cosh", "tanh", "sin", "cos", "tan", "log", "exp", "ln")
_LEAST_WORD = 3
_VOWELS = frozenset("aeiouy")
_ROWS = (frozenset("abcdefgh"), frozenset("uvwxyz"), frozenset("ijklmn"))
"""Letters that are taken in turn for numbers, so that several of them are a product."""

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
    if is_han(token.text):
        return _of_ideographs(run, tokens, start)
    if start >= run.letters_end:
        run.letters_end = _end_of_letters(tokens, start)
    end = min(run.letters_end, start + _LONGEST_WORD)
    letters = "".join(token.text for token in tokens[start:end])
    if len(letters) < 2 or not letters.isascii():
        return None
    is_named = any(letters in names for names in (NAMED, _WORD_NAMES, run.context.declared))
    if _unslashed(letters[1:]) and not is_named:
        return None  # a factor in front of a function: `ylog p`
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
    known = known or (_is_like_word(letters) and _stands_as_word(run, tokens[start:end]))
    is_function = bool(prefix) and end < len(tokens)
    is_trace = letters == "tr" and called
    is_known = is_function or is_trace or (known and len(letters) > 2)
    if not (letters in run.context.declared or is_known or (called and enough)):
        return None
    run.context.assume("word", f"the letters {letters} are one name", span_of(tokens[start:end]))
    run.index = end
    return joined(tokens[start:end])


def _of_ideographs(run: Run, tokens: list[Token], start: int) -> Token | None:
    """Chinese characters side by side, which are a word and never a product."""
    end = start + 1
    while end < len(tokens) and is_han(tokens[end].text) and not tokens[end - 1].scripted:
        end += 1
    if end - start < 2:
        return None
    run.index = end
    return joined(tokens[start:end])


def _stands_as_word(run: Run, letters: list[Token]) -> bool:
    """Whether letters stand as names do and factors hardly: as a whole term, or marked below."""
    is_alone = len(letters) == len(run.tokens)
    below = letters[-1].sub
    is_marked = below is not None and not latex.to_latex(below).strip("{}").isdecimal()
    return (is_alone and len(letters) > _LEAST_WORD) or is_marked


def _is_like_word(letters: str) -> bool:
    """Whether letters may be a word and are no product such as `abc` or `xyz`."""
    small = letters.lower()
    is_row = any({*small} <= letters_of_one_kind for letters_of_one_kind in _ROWS)
    has_vowel = bool(_VOWELS & {*small}) and not {*small} <= _VOWELS
    is_cased = letters[1:].islower() and letters.isalpha()
    return len(letters) >= _LEAST_WORD and has_vowel and is_cased and not is_row


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
    while end < len(tokens) and _spells(tokens[end]) and not (tokens[end].spaced and end > start):
        end += 1
        if tokens[end - 1].scripted:
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
