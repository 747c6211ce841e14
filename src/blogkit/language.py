"""What is said to people: in English, with what it takes to say it in another language.

The library speaks English, and only that: what it reports is read by programs too. Its sentences
are `Message`s, which are that English text, and remember the template it was made of and the values
that were filled in. Whoever shows results to people can so say them in another language, by the
catalogue of it; nothing below the views knows which. This module imports nothing of blogkit, and
for English nothing at all.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from gettext import NullTranslations
    from typing import SupportsIndex

ENGLISH, CHINESE = "en", "zh"
LANGUAGES = (ENGLISH, CHINESE)
"""The languages that blogkit speaks; the first is that of its sources."""

DOMAIN = "blogkit"
"""The name of the catalogues of blogkit's own sentences."""

_catalogues: dict[str, "NullTranslations"] = {}


class Message(str):
    """A sentence in English that can be said in another language.

    Equal to the English text in every way; so programs, JSON and tests see that text.

    Args:
        template: the sentence, with ``{name}`` where a value stands, as ``str.format`` has it;
            without values, braces are just braces. It is looked up in the catalogue, so it must be
            a literal where it is given.
        values: what stands there; a value that is a message is translated along with it.

    >>> Message("{path}: found {count}", path="a.md", count=3)
    'a.md: found 3'
    """

    __slots__ = ("template", "values")

    template: str
    values: "Mapping[str, object]"

    def __new__(cls, template: str, /, **values: object) -> "Message":
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template = template
        made.values = values
        return made

    def __reduce_ex__(self, protocol: "SupportsIndex") -> tuple[object, ...]:
        return _made_again, (self.template, self.values)


def _made_again(template: str, values: "Mapping[str, object]") -> Message:
    return Message(template, **values)


def in_row(sentences: "Iterable[str]") -> str:
    """Sentences one behind the other.

    >>> in_row([Message("One."), Message("Two.")])
    'One. Two.'
    """
    return _chained(sentences, Message("{first} {then}"))


def in_list(words: "Iterable[str]") -> str:
    """Words with commas between them.

    >>> in_list([Message("a sum"), "x"])
    'a sum, x'
    """
    return _chained(words, Message("{first}, {then}"))


def in_clauses(clauses: "Iterable[str]") -> str:
    """Parts of a sentence with semicolons between them.

    >>> in_clauses(["3 posts", "2 gone"])
    '3 posts; 2 gone'
    """
    return _chained(clauses, Message("{first}; {then}"))


def _chained(parts: "Iterable[str]", pair: Message) -> str:
    first, *rest = [*parts] or [""]
    for then in rest:
        first = Message(pair.template, first=first, then=then)
    return first


def message_of(error: BaseException) -> str:
    """What an error says: its `Message`, where it was raised with one, which `str` would lose.

    >>> type(message_of(ValueError(Message("too long")))).__name__
    'Message'
    """
    first = error.args[0] if error.args else None
    return first if isinstance(first, str) and len(error.args) == 1 else str(error)


def translate(message: str, language: str) -> str:
    """A message in a language; English where the catalogue has it not, and any other text as it is.

    >>> translate(Message("found {word}", word="梯度"), "en")
    'found 梯度'
    """
    if language == ENGLISH or not isinstance(message, Message):
        return message
    template = _catalogue(language).gettext(message.template) if message.template else ""
    return _filled(template, message.values, language)


def translate_count(
    count: int, one: str, many: str, values: "Mapping[str, object]", language: str
) -> str:
    """A sentence about a number of things, as the language has it for that number.

    Args:
        count: how many; it stands where the sentence has ``{count}``.
        one: the English template for one thing.
        many: the English template for any other number.
        values: what else is filled in.
        language: what to say it in.

    >>> translate_count(1, "{count} problem", "{count} problems", {}, "en")
    '1 problem'
    """
    if language == ENGLISH:
        template = one if count == 1 else many
    else:
        template = _catalogue(language).ngettext(one, many, count)
    return _filled(template, {"count": count, **values}, language)


def _filled(template: str, values: "Mapping[str, object]", language: str) -> str:
    if not values:
        return template
    said = {
        name: translate(value, language) if isinstance(value, Message) else value
        for name, value in values.items()
    }
    return template.format(**said)


def _catalogue(language: str) -> "NullTranslations":
    """The sentences of a language; read once, and only ever read, so threads may share it."""
    if language not in _catalogues:
        from gettext import translation

        _catalogues[language] = translation(DOMAIN, catalogue_folder(), [language])
    return _catalogues[language]


def catalogue_folder() -> str:
    """Where the catalogues lie, as gettext looks for them."""
    import os

    return os.path.join(os.path.dirname(__file__), "locale")


def language_of_locale(environment: "Mapping[str, str]") -> str:
    """The language that a process is to speak by its environment.

    ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` give the locale, the first of them that is set;
    ``LANGUAGE`` is a list of languages that goes before it, unless the locale is ``C``.

    Source: GNU gettext manual, 2.3 "Setting the Locale through Environment Variables".

    >>> language_of_locale({"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> language_of_locale({"LANGUAGE": "de:zh_TW:en", "LANG": "de_DE"})
    'zh'
    >>> language_of_locale({"LANGUAGE": "zh", "LC_ALL": "C"})
    'en'
    """
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if _plain(locale) in ("c", "posix"):
        return ENGLISH
    asked = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next((name for name in map(_plain, asked) if name in LANGUAGES), ENGLISH)


def _plain(locale: str) -> str:
    """The language of ``zh_CN.UTF-8`` and its like, in small letters."""
    for sign in ".@_-":
        locale = locale.partition(sign)[0]
    return locale.lower()
