"""A web server on the loopback that behaves as real ones do, or as none should."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


@dataclass
class Site:
    """What a server answers, and what it was asked."""

    pages: dict[str, bytes | Answer] = field(default_factory=dict)
    """Body or answer by path; other paths are not found."""
    robots: str | None = None
    """Its robots.txt."""
    asked: list[tuple[str, dict[str, str], float]] = field(default_factory=list)
    """Path, headers and time of each request."""
    address: str = ""
    """Where it listens, without a slash at the end."""

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _, _ in self.asked if path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers), time.monotonic()))
        if self.path == "/robots.txt" and self.site.robots is not None:
            return self.send(self.site.robots.encode(), kind="text/plain")
        answer = self.site.pages.get(self.path)
        if answer is None:
            return self.send(b"<p>nothing here</p>", status=404)
        if isinstance(answer, bytes):
            return self.send(answer)
        return answer(self)

    def send(
        self, body: bytes, *, status: int = 200, kind: str = "text/html", **headers: str
    ) -> None:
        """An answer with a body and its true length, unless another is told."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **told}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: tests look at what was asked."""


def redirect(to: str, status: int = 302) -> Answer:
    """An answer that leads elsewhere."""
    return lambda handler: handler.send(b"", status=status, Location=to)


def tagged(body: bytes, etag: str) -> Answer:
    """A page that says whether it has changed."""

    def answer(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send(b"", status=304)
        else:
            handler.send(body, ETag=etag)

    return answer


def endless(handler: Handler) -> None:
    """A body that never ends."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<p>" + b"x" * 65536)
    except OSError:
        return


def trickling(handler: Handler) -> None:
    """A body that comes byte by byte, for as long as someone listens."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def no_http(handler: Handler) -> None:
    """What another service says."""
    handler.wfile.write(b"SSH-2.0-server\r\n")
    handler.close_connection = True


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve a site on a free port of the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": site}))
    server.daemon_threads = True
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
