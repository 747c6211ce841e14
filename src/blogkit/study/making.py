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
from blogkit.study import english
from blogkit.study.blanks import Hidden, hidden_part, hidden_step, plain_latex, size
from blogkit.study.cards import MATH_BLANK, WORD_BLANK, Card, Kind, card_id
from blogkit.study.introduced import defined_functions, defined_side, is_list, is_worked, unsaid
from blogkit.study.names import FormulaName, formula_name
from blogkit.study.standing import leads_on, read_alone, whole_lines
from blogkit.study.symbols import SymbolQuestion, symbol_questions
from blogkit.study.terms import DefinedTerm, blanked, defined_term
from blogkit.text.marks import plain_words
from blogkit.text.mathspans import DISPLAY_ENVIRONMENTS, find_math
from blogkit.text.naming import title_key
from blogkit.text.sentences import sentences

_LEAST_SYMBOLS, _MOST_SYMBOLS = 4, 60
_LEAST_TIMES = 3
"""How often a post names a term that nothing marks as one."""
_MOST_LEAD_CHARS, _MOST_TAIL_CHARS = 240, 120
_SENTENCE_END = re.compile(r"[。．!?！？;；]$|(?<=[A-Za-z0-9＿$])\.$")
_ASKS = re.compile(
    r"练习|习题|思考题|作业|^[\d.\s]*(?:exercises?|problems?|questions?|answers?|solutions?)\b",
    re.IGNORECASE,
)
"""Headings under which nothing is said, only asked."""
_WORKS = re.compile(
    r"^[\d.\s]*(?:证明|例(?![外如行程子])|案例|示例)|举例|例题|例子|实例(?!分割|归一|规范)"
    r"|\b(?:worked )?examples?\b",
    re.IGNORECASE,
)
"""Headings under which cases are worked out."""
_MOST_UNSAID, _MOST_UNSAID_OF_PART = 3, 1
"""How many letters of an answer need not be said by its question."""
_LEAST_SAID = 2
"""How many letters are said where a formula has no name of its own."""
_MOST_SYMBOLS_OF_STEPS = 40
_GOES_ON = re.compile(
    r"考[虑察]|可?化[为成简]|(?:^|[,，])(?:如果|若|假如|当|设|令|假设)[^,，]*$|[,，](?:因此|所以|故|从而|进而)|由于|因为|(?:因此|所以|因为|由于|于是|从而|故|即|也就是)[,，:：]?$|[代带]入|联立|整理|两边|两端|求导|展开|化简|合并|移项|要?求(?:解|下面|如下)|证明的是|要证|以下(?:途径|方[式法案]|步骤)|举例|为例|简单说明|综上|等价[的于]?[:：]?$|^[^,，]*(?:变成|变为|化为|化简为|改为|简化为|改写为)[:：]?$"
)
"""What leads to a formula that is made from one before it, or to other ways to write one."""
_OPENED = re.compile(r"[\[(（]?\*\*\s*$|[\[(（]\s*$")
"""A mark or bracket that a lead opens around its display."""
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
    """The cards that a post offers, in its order, each once, and none with two answers.

    Args:
        post: a post as a library gives it, with blocks and formulas.
    """
    found: dict[str, Card] = {}
    asked: set[str] = set()
    for place in _places(post):
        for card in (*_term_cards(place), *_formula_cards(place)):
            if card.question not in asked:
                found.setdefault(card.id, card)
            asked.add(card.question)
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
        if place is None or not latex or _is_of_cases(place):
            continue
        if asked.is_lead:
            question = f"{asked.sentence}\n{_displayed(latex)}"
        else:
            question = f"{_lead_before(post, asked)}{_displayed(latex)}\n{asked.sentence}"
        symbol = re.sub(r"\s+", " ", asked.latex)
        made = card_id("symbol", symbol, title_key(asked.meaning))
        card = place.card(
            "symbol", made, f"${asked.latex}$", question, asked.meaning, secret=asked.meaning
        )
        found.setdefault(made, _of_formula(card, asked.formula))
    return list(found.values())


def _lead_before(post: Post, asked: SymbolQuestion) -> str:
    """The sentence that leads to the display of a question, if it stands alone."""
    place = _place_of(post, asked.formula.span.start)
    lead = _lead(place, asked.formula) if place else None
    return f"{lead}\n" if lead and title_key(asked.meaning) not in title_key(lead) else ""


def _place_of(post: Post, offset: int) -> _Place | None:
    """The paragraph that holds a place of the text."""
    for place in _places(post):
        span = place.block.span
        if span.start <= offset < span.end:
            return place
    return None


def _places(post: Post) -> Iterator[_Place]:
    """The paragraphs of a post, but those where something is asked."""
    for section in sections(post.text, post.blocks):
        if section.heading and _ASKS.search(section.heading):
            continue
        paragraphs = [block for block in section.blocks if block.kind == "paragraph"]
        around = zip([None, *paragraphs], paragraphs, [*paragraphs[1:], None], strict=False)
        for before, block, behind in around:
            yield _Place(post, block, section.heading, before, behind)


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
                if not display and leads_on(question):
                    continue
                question = question + display if display else _ended(question)
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


def _ended(sentence: str) -> str:
    """A sentence that ends in nothing, or in a mark that leads on, with the end of its language."""
    mark = "。" if re.search(r"[\u4e00-\u9fd5]", sentence) else "."
    return f"{sentence.rstrip(':：,，.． ')}{mark}"


def _display_behind(place: _Place, offset: int) -> str:
    """The display that goes on with a sentence, as text; nothing where none does."""
    start = place.block.span.start + offset
    for formula in place.post.formulas:
        gap = place.post.text[start : formula.span.start] if formula.span.start >= start else "x"
        if formula.display and not gap.strip():
            return f"\n{_displayed(_plain(formula))}"
    return ""


def _is_of_cases(place: _Place) -> bool:
    """Whether a paragraph stands under a heading of examples."""
    return bool(place.heading and _WORKS.search(place.heading))


def _formula_cards(place: _Place) -> Iterator[Card]:
    if _is_of_cases(place):
        return
    for formula in place.post.formulas:
        span = place.block.span
        if not formula.display or not span.start <= formula.span.start < span.end:
            continue
        latex = _plain(formula)
        lead = _lead(place, formula)
        name = lead and formula_name(lead)
        if not lead or not latex or not name or is_worked(latex) or is_list(latex):
            continue
        made = list(_cards_of(place, latex, lead, name, _tail(place, formula)))
        yield from (_of_formula(card, formula) for card in made)


def _cards_of(
    place: _Place, latex: str, lead: str, named: FormulaName, tail: str
) -> Iterator[Card]:
    name, is_own = named.text, named.is_own
    symbols, said = size(latex), f"{lead}{tail}"
    if _LEAST_SYMBOLS <= symbols <= _MOST_SYMBOLS and _is_said(latex, said, is_own=is_own):
        question = f"{lead}\n{_displayed(MATH_BLANK)}{tail}"
        card = card_id("formula", re.sub(r"\s+", " ", latex))
        yield place.card("formula", card, name, question, _displayed(latex))
    step = hidden_step(latex) if is_own else None
    if step and symbols > _MOST_SYMBOLS_OF_STEPS:
        return
    hidden = step or (hidden_part(latex) if is_own else None)
    if hidden and _can_be_told(hidden, said):
        yield _hidden_card(place, "step" if step else "part", hidden, lead, name, tail)


def _is_said(latex: str, said: str, *, is_own: bool) -> bool:
    """Whether the words say enough of a formula's letters; all of them where its name is common."""
    if is_own:
        return len(unsaid(latex, said, defined_side(latex))) <= _MOST_UNSAID
    named = unsaid(latex) - unsaid(latex, said)
    return len(named) >= _LEAST_SAID and not unsaid(latex, said, defined_functions(latex))


def _can_be_told(hidden: Hidden, said: str) -> bool:
    """Whether nearly all letters of what is hidden stand in what is shown."""
    shown = f"${hidden.with_blank(MATH_BLANK)}$"
    return len(unsaid(hidden.answer, said, shown)) <= _MOST_UNSAID_OF_PART


def _hidden_card(
    place: _Place, kind: Kind, hidden: Hidden, lead: str, name: str, tail: str
) -> Card:
    question = f"{lead}\n{_displayed(hidden.with_blank(MATH_BLANK))}{tail}"
    normal = [re.sub(r"\s+", " ", latex) for latex in (hidden.latex, hidden.answer)]
    card = card_id(kind, *normal, str(hidden.span.start))
    return place.card(kind, card, name, question, f"${hidden.answer}$")


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
    text = _OPENED.sub("", place.text[:start])
    if not text.strip() and place.before is not None:
        text = _OPENED.sub("", whole_lines(place.before.span.of(place.post.text)))
    found = sentences(text)
    if not found:
        return None
    sentence = found[-1].of(text)
    is_display = "$$" in sentence or _OWN_ENVIRONMENT.match(sentence)
    if _ends(sentence) or is_display or len(sentence) > _MOST_LEAD_CHARS:
        return None
    lead = read_alone(sentence)
    return None if lead is None or _is_step_of_text(lead) else lead


def _is_step_of_text(lead: str) -> bool:
    """Whether a sentence goes on with a calculation, works one case out, or lists notations."""
    is_case = any(formula.body.of(lead).strip().isdigit() for formula in find_math(lead)[0])
    return bool(is_case or _GOES_ON.search(lead) or english.GOES_ON.search(lead))


def _tail(place: _Place, formula: FormulaSource) -> str:
    """The sentence behind a display if it explains the symbols, on a line of its own."""
    end = formula.span.end - place.block.span.start
    rest = place.text[end:].lstrip(" \n,，.。")
    if not rest and place.behind is not None:
        rest = whole_lines(place.behind.span.of(place.post.text))
    found = sentences(rest)
    explains = _EXPLAINS.match(rest) or english.EXPLAINS.match(rest)
    if not found or not explains or len(found[0]) > _MOST_TAIL_CHARS:
        return ""
    sentence = read_alone(found[0].of(rest), explains=True)
    return f"\n{sentence}" if sentence else ""
