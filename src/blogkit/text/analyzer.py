"""Text to index terms, the same for posts and for queries.

Traditional characters are folded to simplified ones, then Chinese is cut into words by a segmenter.
Latin words, numbers and identifiers are there whole and in parts, glued to Chinese or not. Of a
formula only its words count (``\\text{argmax}``); its symbols are the formula index's business.
"""

from __future__ import annotations

import re
from operator import add

from blogkit.regexes import regex
from blogkit.text.compounds import MARK, compound, parts_of, spellings_of
from blogkit.text.mathspans import cut_at, split_at_math
from blogkit.text.normalize import fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from blogkit.spans import Span
    from blogkit.text.lexicon import Lexicon
    from blogkit.text.segment import Segmenter

    _Group = tuple[list[str], list[str]]
    """One word of a text: its spellings, as it is written first, and its parts."""

ANALYZER_VERSION = 10
"""Changes whenever the terms of some text change; an index of another version is made anew."""

_HAN = "\u4e00-\u9fd5"
"""The ideographs that jieba knows."""
_LETTER = "[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u052f]"
"""Digits, and Latin, Greek and Cyrillic letters. ``re`` builds its classes a character at a time:
wider ranges would cost each start of the program milliseconds."""
TOKEN = regex(
    rf"(?P<han>[{_HAN}]+)"
    rf"|(?P<word>(?:(?<!{_LETTER})(?<!\.)\.(?=[A-Za-z]))?{_LETTER}+(?:[-._'’]{_LETTER}+)*"
    rf"(?:\+\+|\#(?!{_LETTER}))?)|(?P<other>[^\W_])"
)
"""A word may begin with a dot (``.NET``) and end with ``++`` or ``#``."""
LATIN_START = regex(rf"\.?{_LETTER}")
"""How a Latin word or number begins."""
_NO_WORDS_IN_MATH = regex(r"\\(?:begin|end|label|ref|eqref|tag)\*?\s*\{[^{}]*\}|\\[A-Za-z]+|\\.")
_SHORTEST_WORD_IN_MATH_CHARS = 3


class Analyzer:
    """Turns text into terms.

    Args:
        segmenter: cuts Chinese into words.
        lexicon: words beyond the segmenter's dictionary, which a query may name.

    >>> from blogkit.text.segment import DictionarySegmenter
    >>> Analyzer(DictionarySegmenter()).terms("用bert4keras做梯度裁剪：$\\\\text{argmax} x$")
    ['用', 'bert4keras', 'bert', 'keras', '做', '梯度', '裁剪', 'argmax']
    """

    def __init__(self, segmenter: Segmenter, lexicon: Lexicon | None = None) -> None:
        self._segmenter = segmenter
        self._lexicon = lexicon

    def terms(self, text: str) -> list[str]:
        """Terms of text in order; the whole of a compound comes before its parts."""
        return [term for spellings, parts in self._groups(text) for term in (*spellings, *parts)]

    def terms_and_pairs(
        self, text: str, math: Iterable[Span] | None = None
    ) -> tuple[list[str], list[str]]:
        """Terms of text, and the same text in pairs of neighbouring characters.

        Pairs find what was cut otherwise in the post than in the query, and say which words stand
        side by side. Each character is there by itself too, for queries of one. A Latin word or
        number is itself in both.

        Args:
            text: what is cut.
            math: its formulas in order, if they are known; else they are looked for.

        >>> from blogkit.text.segment import DictionarySegmenter
        >>> Analyzer(DictionarySegmenter()).terms_and_pairs("梯度裁GPT")
        (['梯度', '裁', 'gpt'], ['梯度', '度裁', '梯', '度', '裁', 'gpt'])
        """
        terms: list[str] = []
        pairs: list[str] = []
        for kind, token in _tokens(text, math):
            if kind == "han":
                terms += self._segmenter.cut(token)
                pairs += map(add, token, token[1:])
                pairs += token
            else:
                group = compound(token) if kind == "word" else (token,)
                terms += group
                pairs += group
        return terms, pairs

    def query_terms(self, text: str) -> dict[str, float]:
        """Terms of a query, each with how much it is asked for.

        The parts of a compound share one asking: who types ``ICLR2020`` means that, and a post
        with another 2020 in its title only a little.

        >>> from blogkit.text.segment import DictionarySegmenter
        >>> Analyzer(DictionarySegmenter()).query_terms("ICLR2020")
        {'iclr2020': 1.0, 'iclr': 0.5, '2020': 0.5}
        """
        return _asked(self._groups(text))

    def defined(self, words: Collection[str]) -> dict[str, int]:
        """Those of the words that are the lexicon's, with how many posts define each."""
        return self._lexicon.counts(words) if self._lexicon and words else {}

    def own_words(self, text: str) -> list[str]:
        """The words of the lexicon in a query that no dictionary has, each once."""
        if self._lexicon is None:
            return []
        runs = [token for kind, token in _tokens(text) if kind == "han" and len(token) > 1]
        known = dict.fromkeys(word for run in runs for word in self._lexicon.words_in(run))
        return [word for word in known if not self._segmenter.knows(word)]

    def _groups(self, text: str) -> Iterator[_Group]:
        """For each word of the text, its spellings and its parts."""
        for kind, token in _tokens(text):
            if kind == "han":
                yield from (([word], []) for word in self._segmenter.cut(token))
            else:
                yield _group(kind, token)


def query_pairs(text: str) -> dict[str, float]:
    """Pairs of a query, each with how often it is asked for; of a lone character, itself.

    >>> query_pairs("梯度裁剪 熵")
    {'梯度': 1.0, '度裁': 1.0, '裁剪': 1.0, '熵': 1.0}
    """
    return _asked(_pair_groups(text))


def phrase_pieces(text: str) -> list[str]:
    """Pairs, parts of Latin words, and single characters that any text with this one in it has.

    >>> phrase_pieces("梯度裁剪 k-means"), phrase_pieces("熵")
    (['梯度', '度裁', '裁剪', 'means'], ['熵'])
    """
    pieces: list[str] = []
    for spellings, parts in _pair_groups(text):
        pieces += [part for part in parts if not MARK.search(part)] or spellings[:1]
    # A single letter may be a part of a longer word, and parts so short are not indexed.
    return list(dict.fromkeys(p for p in pieces if len(p) > 1 or not p.isascii()))


def _pair_groups(text: str) -> Iterator[_Group]:
    for kind, token in _tokens(text):
        if kind == "han":
            yield from (([pair], []) for pair in (list(map(add, token, token[1:])) or [token]))
        else:
            yield _group(kind, token)


def _group(kind: str, token: str) -> _Group:
    return (spellings_of(token), parts_of(token)) if kind == "word" else ([token], [])


def _asked(groups: Iterable[_Group]) -> dict[str, float]:
    """Terms with how much they are asked for: spellings share one asking, and so do parts.

    What is asked n times counts √n: a long query repeats what it is about, and its small words.
    """
    weights: dict[str, float] = {}
    for group in groups:
        for terms in group:
            for term in terms:
                weights[term] = weights.get(term, 0.0) + 1.0 / len(terms)
    return {term: times if times <= 1 else times**0.5 for term, times in weights.items()}


def _tokens(text: str, math: Iterable[Span] | None = None) -> Iterator[tuple[str, str]]:
    """Runs of Chinese (``han``), Latin words and numbers (``word``), other letters, in order.

    The others are rare ideographs, kana and hangul, one at a time.
    """
    folded = fold_script(text)
    for span, is_math in split_at_math(text) if math is None else cut_at(math, len(text)):
        part = span.of(folded)
        if is_math:
            part = " ".join(_words_in_math(part))
        for token in TOKEN.finditer(part):
            yield token.lastgroup or "", token.group()


def _words_in_math(text: str) -> Iterator[str]:
    for token in TOKEN.finditer(_NO_WORDS_IN_MATH.sub(" ", text)):
        if _is_word_in_math(token):
            yield token.group()


def _is_word_in_math(token: re.Match[str]) -> bool:
    word = token.group()
    return token.lastgroup == "han" or (
        word.isalpha() and len(word) >= _SHORTEST_WORD_IN_MATH_CHARS
    )


def prose(text: str) -> str:
    r"""Text with its formulas blanked but for their words, of the same length.

    >>> prose(r"取$\text{argmax} x$的").replace("\0", "_")
    '取_______argmax____的'
    """
    pieces: list[str] = []
    for span, is_math in split_at_math(text):
        part = span.of(text)
        pieces.append(_blanked(part) if is_math else part)
    return "".join(pieces)


def _blanked(math: str) -> str:
    rest = _NO_WORDS_IN_MATH.sub(lambda match: "\0" * len(match.group()), math)
    blank = ["\0"] * len(math)
    for token in TOKEN.finditer(fold_script(rest)):
        if _is_word_in_math(token):
            blank[token.start() : token.end()] = math[token.start() : token.end()]
    return "".join(blank)
