"""Cards that give one another away: which of them rest until tomorrow, and in what order they come.

It exists because a formula that was just shown whole answers the card that hides a part of it. Of
the cards of one formula, one is asked a day, as Anki buries siblings; cards of one paragraph are
kept apart as far as others are due. What is being learned, that is asked again after minutes, comes
when it was said. Nothing of this is stored: it follows from what was answered today.
Imports the stored cards only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blogkit.store.cards import StoredCard

_IN_REVIEW = 2


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be asked, in this order."""

    cards: tuple[StoredCard, ...]
    """Those that are due now."""
    resting: frozenset[str]
    """Ids of those that are due but wait until tomorrow: a card of their formula is asked today."""


def queue(due: Iterable[StoredCard], answered: Sequence[StoredCard]) -> Queue:
    """The cards that are due, without siblings of what is asked today.

    Args:
        due: by urgency.
        answered: those that were answered today, the latest last.
    """
    taken = {_formula(card): card.id for card in answered}
    asked: list[StoredCard] = []
    resting: set[str] = set()
    for card in due:
        owner = taken.setdefault(_formula(card), card.id)
        if card.formula is not None and owner != card.id and _can_rest(card):
            resting.add(card.id)
        else:
            asked.append(card)
    return Queue(tuple(_apart(asked, answered[-1] if answered else None)), frozenset(resting))


def _formula(card: StoredCard) -> tuple[str, str | None]:
    return card.post, card.formula


def _can_rest(card: StoredCard) -> bool:
    """Whether a card is new or known; one that is being learned is not put off."""
    schedule = card.schedule
    return schedule is not None and (schedule.last_review is None or schedule.state == _IN_REVIEW)


def _apart(cards: Sequence[StoredCard], last: StoredCard | None) -> list[StoredCard]:
    """Cards in their order, but none after another one of its paragraph if others are left."""
    waiting, ordered = list(cards), []
    while waiting:
        at = next((n for n, card in enumerate(waiting) if not _share(card, last)), 0)
        last = waiting.pop(at)
        ordered.append(last)
    return ordered


def _share(card: StoredCard, last: StoredCard | None) -> bool:
    """Whether two cards are of one paragraph; a card doesn't give itself away."""
    if last is None or card.id == last.id:
        return False
    return (card.post, card.line) == (last.post, last.line)
