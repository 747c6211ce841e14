"""The cards that a post offers; making them reads its formulas and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blogkit.store import cards as stored_cards
from blogkit.store import posts as stored_posts
from blogkit.study.deck import Places
from blogkit.study.making import made_cards, symbol_cards

if TYPE_CHECKING:
    from blogkit.store.database import Database
    from blogkit.study.cards import Card


def offered_cards(database: Database, name: str, *, symbols: bool = False) -> list[Card]:
    """The cards that a post offers, those that were taken or dropped as they were left.

    Args:
        database: the library's.
        name: the post.
        symbols: whether those are among them that ask what its symbols mean.
    """
    post = stored_posts.read_post(database, stored_posts.find_post(database, name))
    places = Places(database)
    offered = []
    for card in (*made_cards(post), *(symbol_cards(post) if symbols else ())):
        stored = stored_cards.read_card(database, card.id)
        offered.append(places.card(stored) if stored else card)
    return offered
