"""Forms that change something: they must come from a page that this server made."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request


async def require_token(request: Request, token: str, *, most_files: int = 0) -> FormData:
    """The form of a request, if it brings the token that the pages bear.

    Args:
        request: what came.
        token: what it must bring.
        most_files: how many files it may have.

    Raises:
        HTTPException: 403, if it does not.
    """
    form = await request.form(max_files=most_files, max_fields=20)
    given = form.get("token")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), token.encode()):
        raise HTTPException(403, "This page is older than the server. Load it anew and try again.")
    return form
