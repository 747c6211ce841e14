"""Which language a run of the command line speaks: that of ``--lang``, else of the locale."""

from __future__ import annotations

from blogkit.language import ENGLISH, LANGUAGES, language_of_locale

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COMPLETE = "__complete"


def asked_language(
    arguments: Sequence[str], environment: Mapping[str, str], encoding: str | None
) -> str:
    """The language to speak; English where the output can't show another, or for the shells.

    Args:
        arguments: all of the command line; it is not parsed yet, since help and errors of its
            parser are to be in that language too.
        environment: of the process.
        encoding: of standard output, as it was at the start.

    >>> asked_language(["search", "--lang", "zh", "x"], {}, "utf-8")
    'zh'
    """
    if _COMPLETE in arguments[:1]:
        return ENGLISH
    language = _option(arguments) or language_of_locale(environment)
    return language if language == ENGLISH or _shows_chinese(encoding) else ENGLISH


def _option(arguments: Sequence[str]) -> str | None:
    """The value of ``--lang``; the last one counts, and a wrong one is the parser's to refuse."""
    found = None
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else "".join(arguments[index + 1 : index + 2])
            found = value if value in LANGUAGES else found
    return found


def _shows_chinese(encoding: str | None) -> bool:
    try:
        "中文".encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
