"""The server: uvicorn on the loopback address, in one process or in several that share a socket."""

from __future__ import annotations

import multiprocessing
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

import uvicorn

from blogkit.errors import LibraryError
from blogkit.language import Message
from blogkit.web.app import make_app
from blogkit.web.room import new_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette

ADDRESS = "127.0.0.1"
"""Where the server is reached: from this machine only."""


def serve(
    folder: str,
    *,
    port: int,
    writable: bool,
    workers: int = 1,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a library until it is interrupted.

    Args:
        folder: where the library lies.
        port: where to listen; 0 for any free one.
        writable: whether files may be added by the page.
        workers: how many processes answer, each with what it keeps of its own.
        ready: called with the address once the server listens.

    Raises:
        LibraryError: if the library can't be opened, or the port is taken.
    """
    served = Served(folder, writable, new_token())
    app = served.app()
    with _listening(port) as listener:
        if ready:
            ready(f"http://{ADDRESS}:{listener.getsockname()[1]}/")
        if workers == 1:
            _answer(app, listener)
        else:
            app.state.room.close()
            _serve_by_many(served, listener, workers)


@dataclass(frozen=True, slots=True)
class Served:
    """What each process that answers makes its pages of."""

    folder: str
    """Where the library lies."""
    writable: bool
    """Whether files may be added by the page."""
    token: str
    """What forms bring along, whichever process made them."""

    def app(self) -> Starlette:
        """The pages."""
        return make_app(self.folder, writable=self.writable, token=self.token)


def _answer(app: Starlette, listener: socket.socket) -> None:
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False
    )
    uvicorn.Server(config).run(sockets=[listener])


def _work(served: Served, listener: socket.socket) -> None:
    with suppress(KeyboardInterrupt):  # Ctrl-C reaches all processes; the first one tells of it
        _answer(served.app(), listener)


def _serve_by_many(served: Served, listener: socket.socket, workers: int) -> None:
    """Let processes answer until this one is interrupted, or one of them ends."""
    make = multiprocessing.get_context("spawn").Process
    processes = [make(target=_work, args=(served, listener)) for _ in range(workers)]
    before = signal.signal(signal.SIGTERM, _end)
    try:
        for process in processes:
            process.start()
        wait(process.sentinel for process in processes)
    finally:
        for process in processes:
            if process.is_alive():
                process.terminate()
        for process in processes:
            if process.pid is not None:
                process.join()
        signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


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
