r"""Cards: a passage of a post with something hidden.

Question and answer are text as posts have it: words, with formulas between dollars or in display
environments, so that every view draws them as it draws a post. What is hidden is a blank in the
question: ``＿＿＿＿`` among words, ``\boxed{?}`` in a formula.
"""

from __future__ import annotations

import hashlib
from typing import Literal, TypeAlias

from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown

Kind: TypeAlias = Literal["term", "formula", "part", "step", "symbol", "note"]
Status: TypeAlias = Literal["new", "accepted", "dropped"]

KINDS: tuple[Kind, ...] = ("term", "formula", "part", "step", "symbol", "note")
"""A term by its defining sentence; a formula by its name and sentence; a named formula with one
part hidden; a derivation with one step hidden; a symbol, with what it means hidden; a
reader's own note, or words that it marks."""

WORD_BLANK = "＿＿＿＿"
"""What stands for hidden words."""
MATH_BLANK = r"\boxed{?}"
"""What stands for a hidden part of a formula."""
_ID_CHARS = 10


@record
class Card(Shown):
    """One question with its answer, and the place that it was made from."""

    _shown = ("kind", "question", "answer")

    id: str
    """Made of what is hidden, so that it stays when posts are added again, merged or rebuilt."""
    kind: Kind
    """What is asked."""
    status: Status
    """Whether a user took it, dropped it, or has not seen it yet."""
    post_id: str
    """The post; after a merge, the post that it became part of."""
    formula_id: str | None
    """The formula that it asks for, or a part of it; None for a term."""
    path: str | None
    """File of the post's kept copy; None if it has none, or is no longer in the library."""
    line: int
    """Line of the file where the paragraph begins, from 1."""
    name: str
    """What the formula is called; empty for a term, whose name is the answer."""
    context: str
    """Title and heading of the place, as far as they don't give the answer away."""
    question: str
    """What is asked, with its blank."""
    answer: str
    """What is hidden."""
    is_edited: bool = False
    """Whether a user changed question or answer."""

    def to_dict(self) -> dict[str, object]:
        """The card as JSON has it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "status": self.status,
            "post_id": self.post_id,
            "formula_id": self.formula_id,
            "path": self.path,
            "line": self.line,
            "name": self.name,
            "context": self.context,
            "question": self.question,
            "answer": self.answer,
            "edited": self.is_edited,
        }


@record
class Cards(Rows[Card]):
    """Some cards, in the order of their posts or as they were taken."""

    _rows = "cards"
    _is_whole = True
    _json = (
        "total",
        "cards",
    )

    cards: tuple[Card, ...]
    """The cards asked for."""
    total: int
    """How many there are in all."""


def card_id(kind: Kind, *hidden: str) -> str:
    """A short id that depends on what is asked alone, not on where it was found.

    Args:
        kind: what is asked.
        hidden: what makes the card this one, in a normal form.

    >>> card_id("term", "梯度裁剪") == card_id("term", "梯度裁剪")
    True
    """
    content = "\x1f".join((kind, *hidden)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(content).hexdigest()[:_ID_CHARS]
