"""The words that results have for kinds, verdicts and states, as people read them.

In JSON and from Python such a word is a value, and always English; shown to a person it is said in
the language that is spoken.
"""

from __future__ import annotations

from itertools import chain

from blogkit.language import Message
from blogkit.views.speech import said

_GROUPS = {
    "verdicts": (
        Message("proved"),
        Message("supported"),
        Message("refuted"),
        Message("measured"),
        Message("undecided"),
        Message("no claim"),
        Message("problem"),
    ),
    "statements": (
        Message("identity"),
        Message("inequality"),
        Message("limit"),
        Message("definition"),
        Message("update"),
        Message("objective"),
        Message("model"),
        Message("other"),
    ),
    "likenesses of copies": (Message("exact"), Message("edited"), Message("excerpt")),
    "matches of formulas": (
        Message("renamed"),
        Message("part"),
        Message("similar"),
        Message("beside"),
    ),
    "severities": (Message("error"), Message("warning"), Message("style"), Message("info")),
    "kinds of cards": (
        Message("term"),
        Message("formula"),
        Message("step"),
        Message("symbol"),
        Message("note"),
    ),
    "states of cards": (Message("new"), Message("accepted"), Message("dropped")),
    "grades": (
        Message("again"),
        Message("hard"),
        Message("good"),
        Message("easy"),
        Message("undo"),
    ),
    "states of reading": (
        Message("unread"),
        Message("reading"),
        Message("read"),
        Message("to-review"),
    ),
    "findings": (
        Message("well"),
        Message("repaired"),
        Message("broken"),
        Message("database"),
        Message("index"),
        Message("damage"),
        Message("lost rows"),
        Message("folder"),
    ),
    "changes of files": (
        Message("new"),
        Message("changed"),
        Message("gone"),
        Message("back"),
        Message("problem"),
        Message("busy"),
    ),
    "completions": (
        Message("completed"),
        Message("unchanged"),
        Message("other-text"),
        Message("failed"),
        Message("no-address"),
        Message("planned"),
    ),
    "files passed over": (
        Message("hidden"),
        Message("about-the-folder"),
        Message("not-text"),
        Message("assets"),
        Message("build-files"),
        Message("site-parts"),
        Message("data"),
        Message("macros"),
        Message("frame"),
        Message("covers"),
    ),
    "origins of names": (
        Message("title"),
        Message("tag"),
        Message("quoted"),
        Message("gloss"),
        Message("shipped"),
        Message("user"),
        Message("post"),
    ),
}
_TERMS = {str(word): word for word in chain.from_iterable(_GROUPS.values())}


def term(value: str) -> str:
    """A value of a result as a person reads it; one that is not known, as it is.

    >>> term("proved"), term("to_review")
    ('proved', 'to_review')
    """
    return said(_TERMS.get(value, value))
