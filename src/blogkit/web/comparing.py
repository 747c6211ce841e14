"""Two versions of a passage side by side, with what differs marked."""

from __future__ import annotations

from difflib import SequenceMatcher

from markupsafe import Markup

from blogkit.views.clean import clean

_MOST_CHARS = 3_000
"""Longer passages are shown without marks: comparing takes the square of their length."""


def compared(kept: str, other: str) -> tuple[Markup, Markup]:
    """Both passages as HTML: what only the first has in ``<del>``, only the second in ``<ins>``.

    >>> compared("ACL2020的", "ACL 2020的")[1]
    Markup('ACL<ins> </ins>2020的')
    """
    kept, other = clean(kept), clean(other)
    if len(kept) + len(other) > _MOST_CHARS:
        return Markup("{}").format(kept), Markup("{}").format(other)
    left, right = Markup(""), Markup("")
    matcher = SequenceMatcher(None, kept, other, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            left += kept[a:b]
            right += other[c:d]
            continue
        if a < b:
            left += Markup("<del>{}</del>").format(kept[a:b])
        if c < d:
            right += Markup("<ins>{}</ins>").format(other[c:d])
    return left, right
