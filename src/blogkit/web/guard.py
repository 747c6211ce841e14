"""What stands between the network and the pages: who may ask, how much, and what a page may do.

A server on the loopback address is still reached by every page that the user's browser has open.
So a request must name this machine as its host (or a name that another site lets point here would
do), must not come from a page of another site, and a page may load nothing but the server's own
files and run no script that stands in it (Content Security Policy Level 3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names under which the server is asked for; the port may be another, as behind a tunnel."""

MOST_BODY_BYTES = 20_000_000
"""Largest request that is read."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not "no-referrer": browsers then send "Origin: null" with the forms of these pages too.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_READING = ("GET", "HEAD")


class Guard:
    """Refuses what does not come from the user's own pages; adds headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                own.update({name: value for name, value in _HEADERS.items() if name not in own})
            await send(message)

        refused = refusal(scope["method"], headers)
        if refused:
            status, reason = refused
            await PlainTextResponse(reason, status)(scope, receive, send_guarded)
            return
        await self._app(scope, receive, send_guarded)


def refusal(method: str, headers: Headers) -> tuple[int, str] | None:
    """Why a request is not answered, with the status that says so; None if it is."""
    host = headers.get("host", "")
    if host_name(host) not in LOOPBACK:
        return 421, f"Host: expected this machine, found '{host}'\n"
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return 403, f"Origin: expected 'http://{host}', found '{origin}'\n"
    site = headers.get("sec-fetch-site", "same-origin")
    is_link = headers.get("sec-fetch-mode") == "navigate" and method in _READING
    if site not in ("same-origin", "none") and not is_link:
        return 403, f"Sec-Fetch-Site: expected 'same-origin', found '{site}'\n"
    if method not in _READING and origin is None:
        return 403, "Origin: expected that of this page, found none\n"
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > MOST_BODY_BYTES:
        return 413, f"Content-Length: expected at most {MOST_BODY_BYTES} bytes, found {length}\n"
    if method not in _READING and "content-length" not in headers:
        return 411, "Content-Length: expected a number of bytes, found none\n"
    return None


def host_name(host: str) -> str:
    """The name in a ``Host`` header, without its port.

    >>> host_name("localhost:8000"), host_name("[::1]:8000"), host_name("evil@localhost")
    ('localhost', '::1', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        name = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    has_more = parts.username is not None or parts.path or parts.query or parts.fragment
    return "" if has_more else name
