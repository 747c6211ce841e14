r"""Cards as an Anki package.

What hides a part becomes a cloze, what asks for a formula has two sides. A note's guid is made of
the card's id, and the note types have fixed ids, so that a second import updates the notes and adds
none. Formulas stand between ``\(…\)`` and ``\[…\]``, which Anki gives to MathJax; all else is
escaped. Only this module and ``anki_log`` know Anki's formats; genanki is imported when something
is exported.
"""

from __future__ import annotations

import html
import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from blogkit.errors import LibraryError, MissingExtraError
from blogkit.language import Message
from blogkit.study.cards import MATH_BLANK, WORD_BLANK, Card
from blogkit.text.mathspans import find_math

if TYPE_CHECKING:
    from genanki import Model, Note

GUID_PREFIX = "blogkit-"
"""What a note's guid begins with; the card's id follows."""
DECK_NAME = "blogkit"
_DECK_ID = 1_761_803_205
_CLOZE_ID, _BASIC_ID = 1_761_803_211, 1_761_803_217
_ALIGNED = (
    ("alignat", "alignedat"), ("flalign", "aligned"), ("align", "aligned"), ("gather", "gathered"),
    ("multline", "gathered"), ("eqnarray", "aligned"), ("equation", "gathered"),
    ("displaymath", "gathered"), ("math", "gathered"),
)  # fmt: skip
_EQNARRAY_SIGN = re.compile(r"&([^&\\\n]{1,12}|\\[A-Za-z]+)\s*&")
_CSS = """.card { font-family: serif; font-size: 20px; line-height: 1.6; max-width: 40em;
  margin: 1em auto; text-align: left; }
.context, .source { color: gray; font-size: 14px; }
.cloze { font-weight: bold; color: #0a5fb4; }
.nightMode .cloze { color: #7db8f0; }
"""


@dataclass(frozen=True, slots=True)
class AnkiExport:
    """What was written for Anki."""

    path: str
    """The file."""
    cards: int
    """How many cards are in it."""
    clozes: int
    """How many of them are clozes; the others have two sides."""

    def to_dict(self) -> dict[str, object]:
        """The export as JSON has it."""
        return {"schema": 1, "path": self.path, "cards": self.cards, "clozes": self.clozes}


def write_package(path: str, cards: Iterable[Card], now: int) -> AnkiExport:
    """Write cards into a file that Anki imports; the file is there whole, or not at all.

    Args:
        path: the file; one that is there is replaced.
        cards: the cards.
        now: when, in seconds since 1970: Anki takes a note only if it is newer than its own.

    Raises:
        LibraryError: if the file can't be written.
        MissingExtraError: without the extra ``study``.
    """
    try:
        import genanki
    except ImportError as error:
        raise MissingExtraError("genanki", "study", Message("exporting to Anki")) from error
    deck = genanki.Deck(_DECK_ID, DECK_NAME)
    cloze, basic = _cloze_model(), _basic_model()
    count = clozes = 0
    for card in cards:
        deck.add_note(_note(card, cloze, basic))
        count += 1
        clozes += is_cloze(card)
    _replace_file(path, genanki.Package(deck), now)
    return AnkiExport(path, count, clozes)


def is_cloze(card: Card) -> bool:
    """Whether a card is a passage with a blank, and not a question with a whole formula behind."""
    return card.kind != "formula" and (WORD_BLANK in card.question or MATH_BLANK in card.question)


def to_html(text: str) -> str:
    r"""Text of a post as a field of Anki: escaped, formulas between MathJax's delimiters.

    >>> to_html("若 $a<b$ 且\n$$c$$")
    '若 \\(a&lt;b\\) 且<br>\\[c\\]'
    """
    pieces, position = [], 0
    for formula in find_math(text)[0]:
        pieces.append(_words(text[position : formula.span.start]))
        latex = html.escape(mathjax_body(formula.body.of(text)), quote=False)
        pieces.append(rf"\[{latex}\]" if formula.display else rf"\({latex}\)")
        position = formula.span.end
    return "".join([*pieces, _words(text[position:])])


def mathjax_body(latex: str) -> str:
    r"""LaTeX that MathJax takes between its delimiters, where ``align`` may not stand.

    >>> mathjax_body(r"\begin{align*}a&=b\end{align*}")
    '\\begin{aligned}a&=b\\end{aligned}'
    """
    if r"\begin{eqnarray" in latex:
        latex = _EQNARRAY_SIGN.sub(r"&\1", latex)
    for outer, inner in _ALIGNED:
        latex = re.sub(rf"\\(begin|end)\{{{outer}\*?\}}", rf"\\\1{{{inner}}}", latex)
    return latex


def cloze_html(card: Card) -> str:
    r"""The question of a card as a field of Anki, with the answer as a cloze for each blank.

    Anki ends a cloze at the first ``}}`` and reads ``::`` as a hint, so both are kept apart.

    >>> cloze_html(Card("1", "part", "accepted", "p", None, None, 1, "", "",
    ...     "$$a=\\boxed{?}$$", "$\\frac{1}{x^{2}}$"))
    '\\[a={{c1::\\frac{1}{x^{2} } }}\\]'
    """
    marked = _apart(to_html(card.question))
    answer = _apart(to_html(card.answer))
    for opener, closer in ((r"\(", r"\)"), (r"\[", r"\]")):
        if answer.startswith(opener) and answer.endswith(closer) and answer.count(opener) == 1:
            inside = answer[2:-2]
            break
    else:
        inside = answer
    room = " " if inside.endswith("}") else ""
    blank = _apart(html.escape(MATH_BLANK, quote=False))
    marked = marked.replace(blank, f"{{{{c1::{inside}{room}}}}}")
    return marked.replace(WORD_BLANK, f"{{{{c1::{answer}{' ' if answer.endswith('}') else ''}}}}}")


def _apart(field: str) -> str:
    """A field in which nothing begins, ends or divides a cloze."""
    for pair in ("{{", "}}", "::"):
        while pair in field:
            field = field.replace(pair, f"{pair[0]} {pair[1]}")
    return field


def _words(text: str) -> str:
    """Words as HTML: a line break next to a display is the display's own."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def _note(card: Card, cloze: Model, basic: Model) -> Note:
    import genanki

    # A package is made to be given away: only the file's name, not the folders above it.
    file = f" · {os.path.basename(card.path)}:{card.line}" if card.path else ""
    source = _words(f"{card.post_id}{file}")
    context = _words(" · ".join(part for part in (card.context, card.name) if part))
    if is_cloze(card):
        model, fields = cloze, [cloze_html(card), context, source, card.id]
    else:
        sides = [to_html(card.question), to_html(card.answer)]
        model, fields = basic, [*sides, context, source, card.id]
    return genanki.Note(
        model=model, fields=fields, guid=GUID_PREFIX + card.id, tags=["blogkit", card.kind]
    )


def _cloze_model() -> Model:
    import genanki

    head = '<div class="context">{{Context}}</div>'
    foot = '<div class="source">{{Source}}</div>'
    template = {
        "name": "Cloze",
        "qfmt": f"{head}{{{{cloze:Text}}}}",
        "afmt": f"{head}{{{{cloze:Text}}}}{foot}",
    }
    fields = [{"name": name} for name in ("Text", "Context", "Source", "Card")]
    return genanki.Model(
        _CLOZE_ID, "blogkit cloze", fields, [template], _CSS, model_type=genanki.Model.CLOZE
    )


def _basic_model() -> Model:
    import genanki

    template = {
        "name": "Card",
        "qfmt": '<div class="context">{{Context}}</div>{{Question}}',
        "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}<div class="source">{{Source}}</div>',
    }
    fields = [{"name": name} for name in ("Question", "Answer", "Context", "Source", "Card")]
    return genanki.Model(_BASIC_ID, "blogkit question", fields, [template], _CSS)


def _replace_file(path: str, package: object, now: int) -> None:
    import genanki

    assert isinstance(package, genanki.Package)
    folder = os.path.dirname(os.path.abspath(path))
    try:
        handle, temporary = tempfile.mkstemp(suffix=".apkg", dir=folder)
        os.close(handle)
        try:
            package.write_to_file(temporary, timestamp=now)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise LibraryError(
            Message("{path}: can't be written: {error}", path=path, error=error.strerror)
        ) from error
