"""Remember what was read: cards made from posts, their reviews, and a reading list.

    from blogkit import Library, Study

    with Library.open("my-library") as library:
        study = Study(library)
        for card in study.offered("日食记"):
            print(card.question, card.answer)

Everything lies in the library's database; nothing here prints, and nothing imports views.
"""

from blogkit.study.cards import Card, Cards
from blogkit.study.facade import Study

__all__ = ["Card", "Cards", "Study"]
