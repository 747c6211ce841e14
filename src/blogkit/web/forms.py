"""Forms that change something: they must come from a page that this server made."""

from __future__ import annotations

import hmac
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from blogkit.language import Message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.datastructures import FormData
    from starlette.requests import Request


SEE_OTHER = 303
"""The status that leads from a form to the page that it changed."""


@asynccontextmanager
async def own_form(request: Request, token: str, *, most_files: int = 0) -> AsyncIterator[FormData]:
    """The form of a request, if it brings the token that the pages bear; its files are open inside.

    Args:
        request: what came.
        token: what it must bring.
        most_files: how many files it may have.

    Raises:
        HTTPException: 403, if it does not.
    """
    async with request.form(max_files=most_files, max_fields=20) as form:
        given = form.get("token")
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), token.encode()):
            raise HTTPException(
                403, Message("This page is older than the server. Load it anew and try again.")
            )
        yield form
