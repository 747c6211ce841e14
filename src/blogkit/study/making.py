"""All cards that a post offers, in the order of the post.

The same post gives the same cards, in every library. Few are made, each from a sentence that stands
by itself; what could not be read is passed over. Imports the other makers, and knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from blogkit.macros import alone, defined_before, text_alone
from blogkit.posts import Block, FormulaSource, Post, sections
from blogkit.study.blanks import Hidden, hidden_part, hidden_step, plain_latex, size
from blogkit.study.cards import MATH_BLANK, WORD_BLANK, Card, Kind, card_id
from blogkit.study.names import formula_name
from blogkit.study.standing import read_alone, whole_lines
from blogkit.study.symbols import symbol_questions
from blogkit.study.terms import DefinedTerm, blanked, defined_term
from blogkit.text.marks import plain_words
from blogkit.text.mathspans import DISPLAY_ENVIRONMENTS, find_math
from blogkit.text.naming import title_key
from blogkit.text.sentences import sentences

_LEAST_SYMBOLS, _MOST_SYMBOLS = 4, 60
_LEAST_TIMES = 3
"""How often a post names a term that nothing marks as one."""
_MOST_LEAD_CHARS, _MOST_TAIL_CHARS = 240, 120
_SENTENCE_END = re.compile(r"[。!?！？;；]$")
_ASKS = re.compile(r"^(?:练习|习题|思考题|作业|exercises?|problems?)", re.IGNORECASE)
"""Headings under which nothing is said, only asked."""
_GOES_ON = re.compile(
    r"代入|联立|整理后|等价的?[:：]?$|^[^,，]*(?:变成|变为|化为|化简为|改为|简化为|改写为)[:：]?$"
)
"""What leads to a formula that is made from one before it, or to other ways to write one."""
_EXPLAINS = re.compile(r"^[,，]?(?:其中|这里|此处|式中)")
_OWN_ENVIRONMENT = re.compile(
    r"\\begin\{(?:" + "|".join(DISPLAY_ENVIRONMENTS) + r")\*?\}", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a post a card is made from."""

    post: Post
    """The post."""
    block: Block
    """The paragraph."""
    heading: str | None
    """The heading that it stands under."""
    before: Block | None = None
    """The paragraph before it."""
    behind: Block | None = None
    """The paragraph behind it."""

    @property
    def text(self) -> str:
        """The paragraph's text, whose sentences go on where its lines break."""
        return whole_lines(self.block.span.of(self.post.text))

    def card(
        self, kind: Kind, card: str, name: str, question: str, answer: str, *, secret: str = ""
    ) -> Card:
        """A card made here, from no formula yet; its context doesn't name what is secret."""
        return Card(
            id=card,
            kind=kind,
            status="new",
            post_id=self.post.id or "",
            formula_id=None,
            path=self.post.path,
            line=self.block.line,
            name=name,
            context=_context(self.post.title, self.heading, secret),
            question=question,
            answer=answer,
        )


def made_cards(post: Post) -> list[Card]:
    """The cards that a post offers, in its order, each once.

    Args:
        post: a post as a library gives it, with blocks and formulas.
    """
    found: dict[str, Card] = {}
    for section in sections(post.text, post.blocks):
        if section.heading and _ASKS.search(section.heading):
            continue
        paragraphs = [block for block in section.blocks if block.kind == "paragraph"]
        around = zip([None, *paragraphs], paragraphs, [*paragraphs[1:], None], strict=False)
        for before, block, behind in around:
            place = _Place(post, block, section.heading, before, behind)
            for card in (*_term_cards(place), *_formula_cards(place)):
                found.setdefault(card.id, card)
    return list(found.values())


def symbol_cards(post: Post) -> list[Card]:
    """Cards that ask what the symbols of a post mean, in its order, each once.

    Args:
        post: a post as a library gives it, with blocks and formulas.
    """
    found: dict[str, Card] = {}
    for asked in symbol_questions(post):
        place = _place_of(post, asked.place.start)
        latex = _plain(asked.formula)
        if place is None or not latex:
            continue
        question = f"{_displayed(latex)}\n{asked.sentence}"
        symbol = re.sub(r"\s+", " ", asked.latex)
        made = card_id("symbol", symbol, title_key(asked.meaning))
        card = place.card(
            "symbol", made, f"${asked.latex}$", question, asked.meaning, secret=asked.meaning
        )
        found.setdefault(made, _of_formula(card, asked.formula))
    return list(found.values())


def _place_of(post: Post, offset: int) -> _Place | None:
    """The paragraph that holds a place of the text."""
    for section in sections(post.text, post.blocks):
        for block in section.blocks:
            if block.kind == "paragraph" and block.span.start <= offset < block.span.end:
                return _Place(post, block, section.heading)
    return None


def _context(title: str, heading: str | None, secret: str) -> str:
    """Title and heading, without those that name what is hidden."""
    key = title_key(secret) if secret else ""
    parts = [part for part in (title, heading) if part and not (key and key in title_key(part))]
    return " › ".join(map(plain_words, parts))


def _term_cards(place: _Place) -> Iterator[Card]:
    text = place.text
    for span in sentences(text):
        sentence = read_alone(span.of(text))
        if sentence is None:
            continue
        formulas = [formula.span for formula in find_math(sentence)[0]]
        found = defined_term(sentence, formulas)
        question = found and blanked(sentence, found, formulas, WORD_BLANK)
        if found and question and (found.is_sure or _is_told_often(place, found)):
            answer = found.span.of(sentence)
            if not _ends(question):
                display = _display_behind(place, span.end)
                question = question + display if display else f"{question.rstrip(':：')}。"
            card_name = card_id("term", title_key(found.term))
            card = place.card("term", card_name, "", question, answer, secret=found.term)
            start = place.block.span.start + span.start
            yield _alone(card, defined_before(place.post.formulas, start))


def _is_told_often(place: _Place, found: DefinedTerm) -> bool:
    """Whether a post speaks of a term in more than the sentence that says what it is."""
    is_named = any(found.term in name for name in (place.post.title, place.heading) if name)
    return is_named or place.post.text.count(found.term) >= _LEAST_TIMES


def _ends(sentence: str) -> bool:
    return bool(_SENTENCE_END.search(sentence.rstrip('”’』」》)）" ')))


def _display_behind(place: _Place, offset: int) -> str:
    """The display that goes on with a sentence, as text; nothing where none does."""
    start = place.block.span.start + offset
    for formula in place.post.formulas:
        gap = place.post.text[start : formula.span.start] if formula.span.start >= start else "x"
        if formula.display and not gap.strip():
            return f"\n{_displayed(_plain(formula))}"
    return ""


def _formula_cards(place: _Place) -> Iterator[Card]:
    for formula in place.post.formulas:
        span = place.block.span
        if not formula.display or not span.start <= formula.span.start < span.end:
            continue
        latex = _plain(formula)
        lead = _lead(place, formula)
        if not lead or not latex:
            continue
        name = formula_name(lead, heading=place.heading)
        tail = _tail(place, formula)
        made = list(_cards_of(place, latex, lead, name, tail))
        yield from (_of_formula(card, formula) for card in made)


def _cards_of(place: _Place, latex: str, lead: str, name: str | None, tail: str) -> Iterator[Card]:
    symbols = size(latex)
    normal = re.sub(r"\s+", " ", latex)
    if name and _LEAST_SYMBOLS <= symbols <= _MOST_SYMBOLS:
        question = f"{lead}\n{_displayed(MATH_BLANK)}{tail}"
        card = card_id("formula", normal)
        yield place.card("formula", card, name, question, _displayed(latex))
    step = hidden_step(latex)
    part = hidden_part(latex) if name and not step else None
    if step:
        yield _hidden_card(place, "step", step, lead, name, tail)
    elif part:
        yield _hidden_card(place, "part", part, lead, name, tail)


def _hidden_card(
    place: _Place, kind: Kind, hidden: Hidden, lead: str, name: str | None, tail: str
) -> Card:
    question = f"{lead}\n{_displayed(hidden.with_blank(MATH_BLANK))}{tail}"
    normal = [re.sub(r"\s+", " ", latex) for latex in (hidden.latex, hidden.answer)]
    card = card_id(kind, *normal, str(hidden.span.start))
    return place.card(kind, card, name or "", question, f"${hidden.answer}$")


def _of_formula(card: Card, formula: FormulaSource) -> Card:
    card = replace(card, formula_id=f"{card.post_id}#{formula.name}")
    return _alone(card, formula.definitions)


def _plain(formula: FormulaSource) -> str:
    """The LaTeX of a formula as a card has it, without labels and macros of its post."""
    return alone(plain_latex(formula.latex), formula.definitions)


def _alone(card: Card, definitions: str) -> Card:
    """A card as it is read without its post, whose macros are replaced."""
    question, answer = (text_alone(text, definitions) for text in (card.question, card.answer))
    return replace(card, question=question, answer=answer)


def _displayed(latex: str) -> str:
    """LaTeX as a display in text: an environment that is one by itself stays as it is."""
    return latex if _OWN_ENVIRONMENT.match(latex) else f"$${latex}$$"


def _lead(place: _Place, formula: FormulaSource) -> str | None:
    """The sentence that leads to a display; it may end the paragraph before. None if none does."""
    start = formula.span.start - place.block.span.start
    text = place.text[:start]
    if not text.strip() and place.before is not None:
        text = whole_lines(place.before.span.of(place.post.text))
    found = sentences(text)
    if not found:
        return None
    sentence = found[-1].of(text)
    is_display = sentence.startswith("$$") or _OWN_ENVIRONMENT.match(sentence)
    if _ends(sentence) or is_display or len(sentence) > _MOST_LEAD_CHARS:
        return None
    lead = read_alone(sentence)
    return None if lead is None or _is_step_of_text(lead) else lead


def _is_step_of_text(lead: str) -> bool:
    """Whether a sentence goes on with a calculation, works one case out, or lists notations."""
    is_case = any(formula.body.of(lead).strip().isdigit() for formula in find_math(lead)[0])
    return is_case or _GOES_ON.search(lead) is not None


def _tail(place: _Place, formula: FormulaSource) -> str:
    """The sentence behind a display if it explains the symbols, on a line of its own."""
    end = formula.span.end - place.block.span.start
    rest = place.text[end:].lstrip(" \n,，.。")
    if not rest and place.behind is not None:
        rest = whole_lines(place.behind.span.of(place.post.text))
    found = sentences(rest)
    if not found or not _EXPLAINS.match(rest) or len(found[0]) > _MOST_TAIL_CHARS:
        return ""
    sentence = read_alone(found[0].of(rest), explains=True)
    return f"\n{sentence}" if sentence else ""
