"""In which language the views speak, and how they say a thing in it.

The language is that of a context (a run of the command line, a request), not of the process: the
threads of a server speak different ones side by side. It imports nothing of a view, so that every
view may import it.
"""

from __future__ import annotations

from contextvars import ContextVar

from blogkit.language import ENGLISH, Message, translate, translate_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextvars import Token

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def speak(language: str) -> Token[str]:
    """Speak a language from here on in this context; what ``speak_as_before`` takes back."""
    return _language.set(language)


def speak_as_before(token: Token[str]) -> None:
    """Speak the language that was spoken before."""
    _language.reset(token)


def spoken() -> str:
    """The language that is spoken here."""
    return _language.get()


def say(template: str, /, **values: object) -> str:
    """A sentence in the language that is spoken here.

    Args:
        template: the English sentence, a literal, with ``{name}`` where a value stands.
        values: what stands there.

    >>> say("{count} due", count=3)
    '3 due'
    """
    return translate(Message(template, **values), _language.get())


def said(message: str) -> str:
    """What the library says, in the language that is spoken here; text of posts stays as it is."""
    return translate(message, _language.get())


def say_count(count: int, one: str, many: str, **values: object) -> str:
    """A sentence about a number of things, in the language that is spoken here.

    Args:
        count: how many; it stands where the sentence has ``{count}``.
        one: the English sentence for one thing, a literal.
        many: the English sentence for any other number, a literal.
        values: what else is filled in.

    >>> say_count(2, "{count} formula", "{count} formulas")
    '2 formulas'
    """
    return translate_count(count, one, many, values, _language.get())
