"""The server: uvicorn on the loopback address."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from blogkit.errors import LibraryError
from blogkit.language import Message
from blogkit.web.app import make_app

if TYPE_CHECKING:
    from collections.abc import Callable

ADDRESS = "127.0.0.1"
"""Where the server is reached: from this machine only."""


def serve(
    folder: str, *, port: int, writable: bool, ready: Callable[[str], None] | None = None
) -> None:
    """Serve a library until it is interrupted.

    Args:
        folder: where the library lies.
        port: where to listen; 0 for any free one.
        writable: whether files may be added by the page.
        ready: called with the address once the server listens.

    Raises:
        LibraryError: if the library can't be opened, or the port is taken.
    """
    app = make_app(folder, writable=writable)
    with _listening(port) as listener:
        if ready:
            ready(f"http://{ADDRESS}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False
        )
        uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Head and body are sent one after the other; without this the second waits 40 ms for the
    # client's acknowledgement of the first. Connections inherit it.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((ADDRESS, port))
    except OSError as error:
        listener.close()
        raise LibraryError(
            Message(
                "{address}:{port}: can't listen: {error}; choose another with --port",
                address=ADDRESS,
                port=port,
                error=error.strerror,
            )
        ) from error
    listener.listen(128)
    return listener
