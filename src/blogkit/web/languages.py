"""Which language a page is in: as the reader chose, else as the browser asks for.

A choice is kept in a cookie that says the language and nothing else. Each request speaks its own
language: it is set in the request's context, which the thread that answers it takes over.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.datastructures import Headers, MutableHeaders

from blogkit.language import ENGLISH, LANGUAGES, Message
from blogkit.views.speech import said, speak, speak_as_before

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.types import Message as Event

COOKIE = "language"
"""The cookie that keeps the reader's choice."""
NAMES = ((ENGLISH, "English"), ("zh", "中文"))
"""The languages, each as it calls itself."""


class Speaking:
    """Answers each request in its reader's language.

    Args:
        app: what answers.
        otherwise: the language where the browser asks for none that blogkit speaks.
    """

    def __init__(self, app: ASGIApp, otherwise: str = ENGLISH) -> None:
        self._app = app
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        language = (
            chosen(headers.get("cookie", ""))
            or wanted(headers.get("accept-language", ""))
            or self._otherwise
        )

        async def send_named(event: Event) -> None:
            if event["type"] == "http.response.start":
                added = MutableHeaders(scope=event)
                added["Content-Language"] = language
                added.add_vary_header("Accept-Language, Cookie")
            await send(event)

        before = speak(language)
        try:
            await self._app(scope, receive, send_named)
        finally:
            speak_as_before(before)


def chosen(cookies: str) -> str | None:
    """The language that a reader chose, as the ``Cookie`` header keeps it.

    >>> chosen("language=zh"), chosen("language=de")
    ('zh', None)
    """
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return found.value if found and found.value in LANGUAGES else None


def wanted(accepted: str) -> str | None:
    """The language that an ``Accept-Language`` header prefers, of those that blogkit speaks.

    Source: RFC 9110, section 12.5.4.

    >>> wanted("zh-CN,zh;q=0.9,en;q=0.8"), wanted("de, en;q=0.5, zh;q=0.1"), wanted("fr")
    ('zh', 'en', None)
    """
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        tag, _, parameter = part.strip().partition(";")
        language = tag.partition("-")[0].lower()
        if language in LANGUAGES:
            weights[language] = max(weights.get(language, 0.0), _weight(parameter))
    best = max(weights, key=lambda language: weights[language], default=None)
    return best if best is not None and weights[best] > 0 else None


def _weight(parameter: str) -> float:
    """What ``q=0.8`` weighs; 1 without it, 0 where it can't be read."""
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def say_html(template: str, /, **values: object) -> Markup:
    """A sentence in the language of the page, as HTML; values are escaped but for ``Markup``.

    >>> say_html("{count} posts in {title}", count=3, title="<b>")
    Markup('3 posts in &lt;b&gt;')
    """
    sentence = Markup(said(Message(template)))
    return sentence.format(**values) if values else sentence
