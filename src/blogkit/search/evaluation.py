"""Answering a query that says more than words: conditions, places, formulas, and sounds.

Loaded only for such a query. What holds of a post is asked of the posts themselves, so that no
cut into words decides; the index only narrows down which posts are asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from blogkit.index.matches import FEATURE_SIGN, FIELD_WEIGHTS, SectionMatch
from blogkit.language import Message
from blogkit.search.asked import asked_words, whole_words
from blogkit.search.conditions import (
    Held,
    IndexedSelection,
    Selection,
    is_feature,
    posts_left,
    select,
)
from blogkit.search.found import Found
from blogkit.search.fusion import Fusion
from blogkit.search.query import Condition, Ignored, Query, read_query
from blogkit.spans import Span
from blogkit.text.analyzer import phrase_pieces, query_pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from blogkit.search.asked import Asked
    from blogkit.search.searcher import Archive, By, Searcher

_SOUND = re.compile(r"[A-Za-z\u00c0-\u01dc]+(?:[ '’]+[A-Za-z\u00c0-\u01dc]+)*")
"""Latin letters, those with tone marks too."""
_FEW_POSTS = 5000
"""So many posts are named to the index, which then gives no others."""
_PIECES = 8
"""Pairs or words of a phrase that narrow down which posts may have it."""
_PAIR = re.compile(r"[\u4e00-\u9fd5]{1,2}")
"""One or two Chinese characters: the index has them just where they stand in a text."""


def evaluate(searcher: Searcher, text: str, *, wanted: int, by: By, pinyin: bool) -> Found:
    """What answers a query.

    Args:
        searcher: whose index, analyzer and posts are asked.
        text: the query.
        wanted: how many matches are shown; all are found.
        by: what is ranked.
        pinyin: whether Latin words are read as the sound of Chinese ones.
    """
    archive = searcher.archive()
    query, sounds = _resolve_sounds(read_query(text), searcher, pinyin)
    asked = asked_words(query.words, searcher.analyzer, searcher.aliases)
    asked.terms.update(dict.fromkeys(sounds, 1.0))
    asked.wholes.update(whole_words(" ".join(sounds), searcher.analyzer))
    has_words = bool(asked.terms)
    _ask_for_conditions(asked, query, searcher)
    if not query.clauses and not query.formulas and not query.places:
        return Found(*searcher.rank(asked, wanted, by), asked, ignored=query.ignored)
    fields = dict.fromkeys(query.places, 1.0) or FIELD_WEIGHTS
    selection = _selection(query, searcher, archive, by)
    matches = _matches(searcher, asked, fields, selection)
    chosen = _chosen(matches, selection, by)
    fusion = None
    if query.formulas:
        found = [archive.find_formulas(formula.latex) for formula in query.formulas]
        fusion = Fusion(by, chosen, found)
        chosen = fusion.ranked(selection.allows if selection else _allow_all)
    elif selection and not (matches and has_words):
        chosen += _others(selection, chosen, by, wanted)
    return Found(chosen, len(chosen), asked, fields, fusion, query.ignored)


def _ask_for_conditions(asked: Asked, query: Query, searcher: Searcher) -> None:
    """Let what must be there rank too, as it was typed."""
    for clause in query.clauses:
        for condition in clause:
            if condition.kind in ("text", "title") and not condition.is_negated:
                asked.wholes.update(whole_words(condition.value, searcher.analyzer))
                for column, weights in (
                    (asked.terms, searcher.analyzer.query_terms(condition.value)),
                    (asked.pairs, query_pairs(condition.value)),
                ):
                    for term, times in weights.items():
                        column[term] = max(column.get(term, 0.0), times)


def _allow_all(post: int, section: int) -> bool:
    return True


def _matches(
    searcher: Searcher, asked: Asked, fields: Mapping[str, float], selection: Selection | None
) -> list[SectionMatch]:
    """Every section that has any of what is asked for, best first; rather more than are left."""
    if not asked.terms:
        return []
    few = selection is not None and len(selection.posts) <= _FEW_POSTS
    return searcher.index.search(
        asked.query,
        limit=max(1, len(searcher.index)),
        fields=fields,
        posts=selection.posts if selection and few else None,
    )


def _chosen(
    matches: Sequence[SectionMatch], selection: Selection | None, by: By
) -> list[SectionMatch]:
    """The matches that are left; of a post the best that shows why, else the best."""
    if selection:
        matches = [match for match in matches if selection.allows(match.post, match.section)]
    if by == "section":
        return list(matches)
    best: dict[int, SectionMatch] = {}
    decided: set[int] = set()
    for match in matches:
        if match.post not in decided:
            best.setdefault(match.post, match)
            if selection is None or selection.prefers(match.post, match.section):
                best[match.post] = match
                decided.add(match.post)
    return sorted(best.values(), key=lambda match: -match.score)


def _others(
    selection: Selection, chosen: Sequence[SectionMatch], by: By, wanted: int
) -> list[SectionMatch]:
    """What is left and was not found by any word, in the library's order."""
    known = {(m.post, m.section if by == "section" else 0) for m in chosen}
    others = [
        SectionMatch(post, section, 0.0)
        for post, section in selection.places()
        if (post, section if by == "section" else 0) not in known
    ]
    if by == "post":
        page = others[: max(0, wanted - len(chosen))]
        shown = selection.shown([match.post for match in page])
        for match in page:
            match.section = shown[match.post]
    return others


def _selection(query: Query, searcher: Searcher, archive: Archive, by: By) -> Selection | None:
    """The posts, or sections, that meet the conditions; None where there are none."""
    if not query.clauses:
        return None
    conditions = [condition for clause in query.clauses for condition in clause]
    held = {c: found for c in conditions if (found := _held(c, query, searcher))}

    def look(posts: Collection[int]) -> Selection:
        may_hold = {c: (of.among(posts), of.is_exact) for c, of in held.items()}
        facts = archive.facts(set(posts))
        return select(query.clauses, facts, by=by, places=query.places, held=may_hold)

    if by == "post" and all(c in held and held[c].is_exact for c in conditions):
        clauses = [[(c, held[c]) for c in clause] for clause in query.clauses]
        return IndexedSelection(posts_left(clauses, archive.numbers), clauses, look)
    candidates = {condition: of.posts for condition, of in held.items()}
    candidates |= _candidates_by_head(conditions, searcher, archive)
    numbers: set[int] | None = None
    for clause in query.clauses:
        if all(c in candidates and not c.is_negated for c in clause):
            either = set[int]().union(*(candidates[condition] for condition in clause))
            numbers = either if numbers is None else numbers & either
    facts = archive.facts(numbers)
    may_hold = {condition: (of.sections, of.is_exact) for condition, of in held.items()}
    return select(query.clauses, facts, by=by, places=query.places, held=may_hold)


def _held(condition: Condition, query: Query, searcher: Searcher) -> Held | None:
    """What the index says of a condition; None where it says nothing."""
    if is_feature(condition):
        return Held([f"{FEATURE_SIGN}{condition.value}"], searcher.index, is_exact=True)
    if condition.kind != "text" or not (pieces := _pieces(condition)):
        return None
    is_exact = not query.places and bool(_PAIR.fullmatch(condition.value))
    return Held(pieces, searcher.index, is_exact=is_exact)


def _candidates_by_head(
    conditions: Sequence[Condition], searcher: Searcher, archive: Archive
) -> dict[Condition, set[int]]:
    """For some conditions that are no text to look for, the only posts that may meet them."""
    found: dict[Condition, set[int]] = {}
    for condition in conditions:
        if condition.kind == "title" and (pieces := _pieces(condition)):
            found[condition] = searcher.index.posts_with(pieces)
        elif condition.kind == "label":
            found[condition] = searcher.index.posts_with([f"{FEATURE_SIGN}formula"])
    return found


def _pieces(condition: Condition) -> list[str]:
    """What the index knows of any text with a phrase in it; nothing where that is not sure.

    A text that holds a phrase has its pairs of characters, and the parts of its Latin words.
    """
    if condition.kind not in ("text", "title"):
        return []
    if "\\" in condition.value or "$" in condition.value:
        return []
    return phrase_pieces(condition.value)[:_PIECES]


def _resolve_sounds(query: Query, searcher: Searcher, pinyin: bool) -> tuple[Query, list[str]]:
    """The query with ``py:`` made words of the library; and the words that rank besides.

    What sounds like no word is told, and kept as it was typed.
    """
    if not pinyin and all(c.kind != "py" for clause in query.clauses for c in clause):
        return query, []
    ignored = list(query.ignored)
    words, sounds = query.words, list[str]()
    if pinyin:
        words, sounds, unheard = _heard(query.words, searcher)
        for sound in unheard:
            start = max(0, query.text.find(sound))
            ignored.append(_no_such_sound(Span(start, start + len(sound)), sound))
    clauses: list[tuple[Condition, ...]] = []
    for clause in query.clauses:
        clauses += _spoken(clause, searcher, ignored)
        words += "".join(
            f" {c.value}" for c in clause if c.kind == "py" and c.span in {i.span for i in ignored}
        )
    return replace(query, words=words, clauses=tuple(clauses), ignored=tuple(ignored)), sounds


def _heard(words: str, searcher: Searcher) -> tuple[str, list[str], list[str]]:
    """Plain words without the pinyin in them; the words that it sounds like; what is none.

    Syllables may be typed apart: Latin words side by side are one sound if that is known.
    """
    sounds: list[str] = []
    unheard: list[str] = []
    rest = ""
    position = 0
    for match in _SOUND.finditer(words):
        rest += words[position : match.start()]
        position = match.end()
        pieces = searcher.words_by_sound(match.group())
        apart = [] if pieces else match.group().split()
        for sound in apart:
            found = searcher.words_by_sound(sound)
            pieces += found
            if not found:
                unheard.append(sound)
                rest += f" {sound} "
        sounds += [word for piece in pieces for word in piece]
    return rest + words[position:], sounds, unheard


def _spoken(
    clause: tuple[Condition, ...], searcher: Searcher, ignored: list[Ignored]
) -> list[tuple[Condition, ...]]:
    """The clauses that stand for one with sounds in it: one for each word that was spoken."""
    alternatives: list[Condition] = []
    further: list[tuple[Condition, ...]] = []
    for condition in clause:
        if condition.kind != "py":
            alternatives.append(condition)
            continue
        pieces = searcher.words_by_sound(condition.value)
        if not pieces:
            ignored.append(_no_such_sound(condition.span, condition.value))
            continue
        spoken = [
            tuple(replace(condition, kind="text", value=word) for word in piece) for piece in pieces
        ]
        if len(clause) == 1:
            further += spoken
        else:
            alternatives += [word for piece in spoken for word in piece]
    return [*([tuple(alternatives)] if alternatives else []), *further]


def _no_such_sound(span: Span, sound: str) -> Ignored:
    reason = Message("expected the pinyin of a word in the library, found '{sound}'", sound=sound)
    return Ignored(span, sound, reason)
