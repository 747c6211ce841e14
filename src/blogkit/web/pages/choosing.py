"""The choice of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from starlette.responses import RedirectResponse

from blogkit.errors import QueryError
from blogkit.language import LANGUAGES, Message
from blogkit.web.languages import COOKIE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

SEE_OTHER = 303
_YEAR_SECONDS = 365 * 86_400


def choose_language(request: Request) -> Response:
    """Keep the choice in a cookie, and go back to the page that it was made on."""
    language = request.query_params.get("to", "")
    if language not in LANGUAGES:
        raise QueryError(
            Message(
                "to: expected one of {languages}, found '{found}'",
                languages=", ".join(LANGUAGES),
                found=language[:20],
            )
        )
    answer = RedirectResponse(came_from(request.headers.get("referer", "")), SEE_OTHER)
    answer.set_cookie(COOKIE, language, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")
    return answer


def came_from(referer: str) -> str:
    """The address on this server that a request came from; the search page if it is not known.

    Only path and query are taken, so that nobody is led to another site.

    >>> came_from("http://127.0.0.1:8765/posts?offset=50"), came_from("http://x//evil.example/")
    ('/posts?offset=50', '/')
    """
    try:
        parts = urlsplit(referer)
    except ValueError:
        return "/"
    path = parts.path
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return "/"
    return urlunsplit(("", "", path, parts.query, ""))
