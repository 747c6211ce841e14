"""The words that results have for kinds, verdicts and states, as people read them.

In JSON and from Python such a word is a value, and always English; shown to a person it is said in
the language that is spoken.
"""

from __future__ import annotations

from blogkit.language import Message
from blogkit.views.speech import said

_VERDICTS = (
    Message("proved"),
    Message("supported"),
    Message("refuted"),
    Message("measured"),
    Message("undecided"),
    Message("no claim"),
    Message("problem"),
)
_STATEMENTS = (
    Message("identity"),
    Message("inequality"),
    Message("limit"),
    Message("definition"),
    Message("update"),
    Message("objective"),
    Message("model"),
    Message("other"),
)
_LIKENESSES = (Message("exact"), Message("edited"), Message("excerpt"))
_MATCHES = (Message("renamed"), Message("part"), Message("similar"), Message("beside"))
_SEVERITIES = (Message("error"), Message("warning"), Message("style"), Message("info"))
_CARD_KINDS = (
    Message("term"),
    Message("formula"),
    Message("step"),
    Message("symbol"),
    Message("note"),
)
_CARD_STATUSES = (Message("new"), Message("accepted"), Message("dropped"))
_GRADES = (Message("again"), Message("hard"), Message("good"), Message("easy"), Message("undo"))
_READING = (Message("unread"), Message("reading"), Message("read"), Message("to-review"))
_FINDINGS = (
    Message("well"),
    Message("repaired"),
    Message("broken"),
    Message("database"),
    Message("index"),
    Message("damage"),
    Message("lost rows"),
    Message("folder"),
)

_FILE_CHANGES = (
    Message("new"),
    Message("changed"),
    Message("gone"),
    Message("back"),
    Message("problem"),
    Message("busy"),
)
_COMPLETIONS = (
    Message("completed"),
    Message("unchanged"),
    Message("other-text"),
    Message("failed"),
    Message("no-address"),
    Message("planned"),
)
_SKIPPED = (
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
)
_ORIGINS = (
    Message("title"),
    Message("tag"),
    Message("quoted"),
    Message("gloss"),
    Message("shipped"),
    Message("user"),
    Message("post"),
)

_TERMS = {
    str(term): term
    for group in (
        _VERDICTS,
        _STATEMENTS,
        _LIKENESSES,
        _MATCHES,
        _SEVERITIES,
        _CARD_KINDS,
        _COMPLETIONS,
        _CARD_STATUSES,
        _GRADES,
        _READING,
        _FINDINGS,
        _FILE_CHANGES,
        _SKIPPED,
        _ORIGINS,
    )
    for term in group
}


def term(value: str) -> str:
    """A value of a result as a person reads it; one that is not known, as it is.

    >>> term("proved"), term("to_review")
    ('proved', 'to_review')
    """
    return said(_TERMS.get(value, value))
