"""Text to index terms, the same for posts and for queries.

Traditional characters are folded to simplified ones, then Chinese is cut into words by a segmenter.
Latin words, numbers and identifiers are cut here: whole and in parts, glued to Chinese or not. Of a
formula only its words count (``\\text{argmax}``); its symbols are the formula index's business.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

from blogkit.spans import Span
from blogkit.text.mathspans import split_at_math
from blogkit.text.normalize import fold, fold_script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from blogkit.text.segment import Segmenter

ANALYZER_VERSION = 7
"""Changes whenever the terms of some text change; an index of another version is made anew."""

_HAN = "\u4e00-\u9fd5"
"""The ideographs that jieba knows."""
_LETTER = "[0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u052f]"
"""Digits, and Latin, Greek and Cyrillic letters. ``re`` builds its classes a character at a time:
wider ranges would cost each start of the program milliseconds."""
_TOKEN = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<word>{_LETTER}+(?:[-._'’]{_LETTER}+)*(?:\+\+|\#(?!{_LETTER}))?)"
    r"|(?P<other>[^\W_])"
)
_LATIN_START = re.compile(_LETTER)
_CONNECTOR = re.compile(r"[-_'’+#]+")
_SEAM = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[a-z])(?=[A-Z])")
"""Between a letter and a digit, and before a capital inside a word."""

_NO_WORDS_IN_MATH = re.compile(
    r"\\(?:begin|end|label|ref|eqref|tag)\*?\s*\{[^{}]*\}|\\[A-Za-z]+|\\."
)
_SHORTEST_WORD_IN_MATH_CHARS = 3


class Analyzer:
    """Turns text into terms.

    >>> from blogkit.text.segment import DictionarySegmenter
    >>> Analyzer(DictionarySegmenter()).terms("用bert4keras做梯度裁剪：$\\\\text{argmax} x$")
    ['用', 'bert4keras', 'bert', 'keras', '做', '梯度', '裁剪', 'argmax']
    """

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter

    def terms(self, text: str) -> list[str]:
        """Terms of text in order; the whole of a compound comes before its parts."""
        return [term for group in self._groups(text) for term in group]

    def terms_and_pairs(self, text: str) -> tuple[list[str], list[str]]:
        """Terms of text, and the same text in pairs of neighbouring characters.

        Pairs find what was cut otherwise in the post than in the query, and say which words stand
        side by side. Each character is there by itself too, for queries of one. A Latin word or
        number is itself in both.

        >>> from blogkit.text.segment import DictionarySegmenter
        >>> Analyzer(DictionarySegmenter()).terms_and_pairs("梯度裁GPT")
        (['梯度', '裁', 'gpt'], ['梯度', '度裁', '梯', '度', '裁', 'gpt'])
        """
        terms: list[str] = []
        pairs: list[str] = []
        for kind, token in _tokens(text):
            if kind == "han":
                terms += self._segmenter.cut(token)
                pairs += map(add, token, token[1:])
                pairs += token
            else:
                group = compound_terms(token) if kind == "word" else [token]
                terms += group
                pairs += group
        return terms, pairs

    def query_terms(self, text: str) -> dict[str, float]:
        """Terms of a query, each with how often it is asked for.

        The parts of a compound share one asking: who types ``ICLR2020`` means that, and a post
        with another 2020 in its title only a little.

        >>> from blogkit.text.segment import DictionarySegmenter
        >>> Analyzer(DictionarySegmenter()).query_terms("ICLR2020")
        {'iclr2020': 1.0, 'iclr': 0.5, '2020': 0.5}
        """
        return _asked(self._groups(text))

    def _groups(self, text: str) -> Iterator[list[str]]:
        """Terms that stand for one word of the text: a compound with its parts, else one term."""
        for kind, token in _tokens(text):
            if kind == "han":
                yield from ([word] for word in self._segmenter.cut(token))
            else:
                yield compound_terms(token) if kind == "word" else [token]


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
    for whole, *parts in _pair_groups(text):
        pieces += [part for part in parts if not any(c in part for c in "-._'’")] or [whole]
    # A single letter may be a part of a longer word, and parts so short are not indexed.
    return list(dict.fromkeys(p for p in pieces if len(p) > 1 or not p.isascii()))


def _pair_groups(text: str) -> Iterator[list[str]]:
    for kind, token in _tokens(text):
        if kind == "han":
            yield from ([pair] for pair in (list(map(add, token, token[1:])) or [token]))
        else:
            yield compound_terms(token) if kind == "word" else [token]


def _asked(groups: Iterable[list[str]]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for whole, *parts in groups:
        weights[whole] = weights.get(whole, 0.0) + 1.0
        for part in parts:
            weights[part] = weights.get(part, 0.0) + 1.0 / len(parts)
    return weights


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Runs of Chinese (``han``), Latin words and numbers (``word``), other letters, in order.

    The others are rare ideographs, kana and hangul, one at a time.
    """
    for span, is_math in split_at_math(text):
        part = fold_script(span.of(text))
        if is_math:
            part = " ".join(_words_in_math(part))
        for token in _TOKEN.finditer(part):
            yield token.lastgroup or "", token.group()


def _words_in_math(text: str) -> Iterator[str]:
    for token in _TOKEN.finditer(_NO_WORDS_IN_MATH.sub(" ", text)):
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
    for token in _TOKEN.finditer(fold_script(rest)):
        if _is_word_in_math(token):
            blank[token.start() : token.end()] = math[token.start() : token.end()]
    return "".join(blank)


def compound_terms(word: str) -> list[str]:
    """A Latin word, number or identifier whole, and the parts that can be searched by themselves.

    >>> compound_terms("tf.recompute_grad")
    ['tf.recompute_grad', 'tf', 'recompute_grad', 'recompute', 'grad']
    >>> compound_terms("ICLR2020")
    ['iclr2020', 'iclr', '2020']
    """
    if word.isalpha() and (word.islower() or word.isupper()):
        return [word.lower()]
    terms = [word.lower()]
    for dotted in word.split("."):
        pieces = [piece for part in _CONNECTOR.split(dotted) for piece in _SEAM.split(part)]
        terms += [part.lower() for part in (dotted, *pieces) if len(part) > 1]
    return list(dict.fromkeys(terms))


def term_spans(text: str, terms: frozenset[str]) -> list[Span]:
    """Where terms stand in text, without a dictionary; in order, overlapping ones joined.

    A Chinese term is found wherever its characters stand; a Latin one as a whole word or as a
    part of a compound.

    >>> term_spans("GO的env变量", frozenset({"变量", "env"}))
    [Span(start=3, end=6), Span(start=6, end=8)]
    """
    folded = fold_script(text)
    latin, other = _by_script(terms)
    spans = [span for term in other for span in _substring_spans(folded, term)]
    near = _inside(folded, latin)
    for token in _TOKEN.finditer(folded) if near else ():
        if token.lastgroup == "word":
            spans += _compound_spans(token.group(), token.start(), near)
    return _joined(sorted(spans, key=lambda span: (span.start, span.end)))


def terms_present(text: str, terms: frozenset[str]) -> frozenset[str]:
    """Those of terms that stand in text, found as term_spans finds them.

    >>> sorted(terms_present("bert4keras的变量", frozenset({"变量", "bert", "ker"})))
    ['bert', '变量']
    """
    folded = fold_script(text)
    latin, other = _by_script(terms)
    present = {term for term in other if term in folded}
    near = _inside(folded, latin)
    for token in _TOKEN.finditer(folded) if near else ():
        word = token.group()
        if token.lastgroup == "word" and (held := _inside(word, near)):
            present.update(held.intersection(compound_terms(word)))
    return frozenset(present)


def _inside(folded: str, terms: frozenset[str]) -> frozenset[str]:
    """Those of the terms whose characters stand in a folded text; most texts need no more."""
    lowered = folded.lower()
    return frozenset(term for term in terms if term in lowered)


@lru_cache(maxsize=8)
def _by_script(terms: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Those of terms that are Latin words or numbers, and the rest."""
    latin = frozenset(term for term in terms if _LATIN_START.match(term))
    return latin, terms - latin


def _compound_spans(word: str, start: int, terms: frozenset[str]) -> Iterator[Span]:
    terms = _inside(word, terms)
    if not terms:
        return
    if word.lower() in terms:
        yield Span(start, start + len(word))
        return
    lowered = fold(word)
    for part in compound_terms(word)[1:]:
        if part in terms:
            place = lowered.find(part)
            if place >= 0:
                yield Span(start + place, start + place + len(part))


def _substring_spans(folded: str, term: str) -> Iterator[Span]:
    place = folded.find(term)
    while place >= 0:
        yield Span(place, place + len(term))
        place = folded.find(term, place + 1)


def _joined(spans: list[Span]) -> list[Span]:
    """Sorted spans with overlapping ones made one; touching ones stay apart."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            last = joined.pop()
            span = Span(last.start, max(last.end, span.end))
        joined.append(span)
    return joined
