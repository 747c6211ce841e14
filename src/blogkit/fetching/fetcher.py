"""One page after another, politely and within bounds.

A host is asked once a second at most, and not at all for what its robots.txt keeps from programs.
A page has 60 seconds and 16 MiB, whatever its server says of its length. Nothing is sent but what a
request needs: no cookies, no referrer. Redirects are followed here and not by httpx, because each
is another host that must be allowed.
"""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from blogkit import __version__
from blogkit.errors import MissingExtraError, SourceError
from blogkit.fetching.hosts import internet_addresses, is_proxied, is_public
from blogkit.fetching.refusals import refusal, too_large, too_slow
from blogkit.fetching.robots import (
    ALL_ALLOWED,
    MOST_CHARS,
    NONE_ALLOWED,
    PRODUCT,
    Robots,
    read_robots,
)
from blogkit.language import Message
from blogkit.text.addresses import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

USER_AGENT = f"{PRODUCT}/{__version__}"
SECONDS_BETWEEN = 1.0
"""Least time between two requests to one host."""
PAGE_BYTES = 16 * 2**20
"""Largest page; of a compressed one when it is unpacked."""
PAGE_SECONDS = 60.0
"""Longest time for one page, however steadily it trickles."""
SILENT_SECONDS = 15.0
"""Longest time without a byte."""
MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED = 304
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_VALIDATORS = ("etag", "last-modified")
_UNPACKED_BYTES = 1 << 16
"""How much of an answer is unpacked at once."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a page, by which it can say later that it has not changed."""

    etag: str | None = None
    """Its ``ETag``."""
    modified: str | None = None
    """Its ``Last-Modified``."""

    def headers(self) -> dict[str, str]:
        """What is asked with."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    address: str
    """Where it was found, behind all redirects."""
    data: bytes
    """All its bytes, unpacked; empty if it has not changed."""
    validators: Validators
    """By which it is asked for again."""
    is_unchanged: bool
    """Whether the server says that it is as it was."""
    is_private: bool
    """Whether its host is on this machine or in a network nearby."""


@dataclass(slots=True)
class Fetcher:
    """What asks; keeps what hosts have said, so use one for all pages of a run, and close it."""

    seconds_between: float = SECONDS_BETWEEN
    """Least time between two requests to one host."""
    page_bytes: int = PAGE_BYTES
    """Largest page."""
    page_seconds: float = PAGE_SECONDS
    """Longest time for one page."""
    silent_seconds: float = SILENT_SECONDS
    """Longest time without a byte."""
    _clients: dict[bool, httpx.Client] = field(default_factory=dict)
    _robots: dict[str, Robots] = field(default_factory=dict)
    _next: dict[str, float] = field(default_factory=dict)
    _resting: set[str] = field(default_factory=set)

    def fetch(
        self,
        address: str,
        known: Validators = NOTHING_KNOWN,
        *,
        may_be_private: bool,
        most_bytes: int | None = None,
    ) -> Fetched:
        """The page, or another file, of an address.

        Args:
            address: http or https.
            known: what was said of it when it was fetched before.
            may_be_private: whether it may be on this machine or in a network nearby: what a user
                typed may, what a page of the internet names may not. A redirect may, where what
                redirects is.
            most_bytes: size of the largest answer; that of the largest page if None.

        Raises:
            SourceError: says what was asked, what was found, and what to do.
            MissingExtraError: without the extra ``fetch``.
        """
        asked = urldefrag(address)[0]
        for _ in range(MOST_REDIRECTS + 1):
            target = self._target(asked, address, may_be_private)
            self._expect_allowed(target, address)
            answer = self._answer(target, address, known.headers(), most_bytes=most_bytes)
            if answer.status not in _REDIRECTS:
                return self._found(answer, target, address, known)
            asked, may_be_private = answer.location, target.is_private
        message = Message(
            "expected a page, found more than {most} redirects",
            most=MOST_REDIRECTS,
        )
        raise SourceError("redirects", address, message)

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _target(self, asked: str, address: str, may_be_private: bool) -> _Target:
        """Where to connect to for an address.

        Raises:
            SourceError: if it is none of the web, or of a host that may not be asked.
        """
        import_httpx()
        import httpx

        try:
            url = httpx.URL(asked)
        except httpx.InvalidURL:
            url = httpx.URL("")
        if not is_web_address(asked) or not url.host or url.userinfo:
            message = Message(
                "expected http or https with a host and no password, found '{found}'",
                found=asked,
            )
            raise SourceError("address", address, message)
        port = url.port or (443 if url.scheme == "https" else 80)
        goes_by_proxy = is_proxied(url.scheme, url.host)
        addresses = internet_addresses(url.host, port, address, is_needed=not goes_by_proxy)
        is_private = not all(map(is_public, addresses))
        is_mixed = is_private and any(map(is_public, addresses))
        if is_mixed or (is_private and not may_be_private):
            message = Message(
                "it leads to {found}, which is no host of the internet; "
                "if you mean it, add that address itself",
                found=asked,
            )
            raise SourceError("private-host", address, message)
        return _Target(url, () if goes_by_proxy else tuple(addresses), is_private)

    def _expect_allowed(self, target: _Target, address: str) -> None:
        """Go on only if the host's robots.txt has nothing against it."""
        site = target.site
        if site not in self._robots:
            self._robots[site] = self._read_robots(target, address)
        path = target.url.raw_path.decode("ascii", "replace")
        if not self._robots[site].allows(path):
            message = Message(
                "the robots.txt of {site} keeps it from programs; "
                "save the page in a browser and add the file",
                site=site,
            )
            raise SourceError("robots", address, message)

    def _read_robots(self, target: _Target, address: str) -> Robots:
        """What the site's robots.txt says: nothing where there is none, no where it is broken."""
        robots = _Target(
            target.url.copy_with(raw_path=b"/robots.txt"), target.at, target.is_private
        )
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._answer(robots, address, {}, most_bytes=MOST_CHARS, is_cut=True)
            if answer.status not in _REDIRECTS:
                break
            robots = self._target(answer.location, address, robots.is_private)
        if answer.status == 200:
            return read_robots(answer.data.decode("utf-8", "replace"))
        return NONE_ALLOWED if answer.status >= 500 else ALL_ALLOWED

    def _found(self, answer: _Answer, target: _Target, address: str, known: Validators) -> Fetched:
        if answer.status == _NOT_MODIFIED:
            return Fetched(str(target.url), b"", known, True, target.is_private)
        if answer.status == 200:
            told = Validators(*(_sendable(answer.headers, name) for name in _VALIDATORS))
            return Fetched(str(target.url), answer.data, told, False, target.is_private)
        if answer.status in (429, 503):
            self._resting.add(target.url.host)
        raise SourceError(*refusal(answer.status, address))

    def _answer(
        self,
        target: _Target,
        address: str,
        headers: Mapping[str, str],
        *,
        most_bytes: int | None = None,
        is_cut: bool = False,
    ) -> _Answer:
        """What a server answers; its turn is waited for."""
        import httpx

        if target.url.host in self._resting:
            raise SourceError(*refusal(429, address))
        self._wait(target)
        try:
            return self._exchange(target, address, headers, most_bytes or self.page_bytes, is_cut)
        except httpx.TimeoutException as error:
            raise too_slow(address) from error
        except (httpx.HTTPError, zlib.error, ImportError, ValueError) as error:
            message = Message("it can't be fetched: {error}", error=str(error) or repr(error))
            raise SourceError("connection", address, message) from error
        finally:
            self._rest(target)

    def _exchange(
        self, target: _Target, address: str, headers: Mapping[str, str], most: int, is_cut: bool
    ) -> _Answer:
        until = time.monotonic() + self.page_seconds
        response = self._open(target, headers)
        try:
            pieces, size = [], 0
            for piece in _unpacked(response) if response.status_code == 200 else ():
                size += len(piece)
                if size > most and not is_cut:
                    raise too_large(address, most)
                pieces.append(piece)
                if size > most:
                    break
                if time.monotonic() > until:
                    raise too_slow(address)
        finally:
            response.close()
        location = ""
        if response.status_code in _REDIRECTS:
            told = response.headers.get("location", "")
            location = urldefrag(urljoin(str(target.url), told))[0]
        return _Answer(response.status_code, dict(response.headers), b"".join(pieces), location)

    def _open(self, target: _Target, headers: Mapping[str, str]) -> httpx.Response:
        """The beginning of an answer, from the first of the machine's addresses that is there."""
        import httpx

        client = self._client(goes_by_proxy=not target.at)
        *others, last = target.ways()
        for way in (*others, last):
            request = client.build_request(
                "GET",
                way,
                headers={**_HEADERS, "Host": target.netloc, **headers},
                extensions={"sni_hostname": target.url.host},
            )
            try:
                return client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if way is last:
                    raise
        raise AssertionError("there is a last way")

    def _client(self, *, goes_by_proxy: bool) -> httpx.Client:
        """What sends requests, by the proxies of the environment or by none; without cookies.

        Connections go to IP addresses, of which the environment's exceptions know nothing; and one
        that was kept could serve another host's name.
        """
        import httpx

        if goes_by_proxy not in self._clients:
            self._clients[goes_by_proxy] = httpx.Client(
                timeout=self.silent_seconds,
                limits=httpx.Limits(max_keepalive_connections=0),
                trust_env=goes_by_proxy,
                verify=httpx.create_ssl_context(),
            )
        self._clients[goes_by_proxy].cookies.clear()
        return self._clients[goes_by_proxy]

    def _wait(self, target: _Target) -> None:
        """Wait until the host may be asked again."""
        now = time.monotonic()
        time.sleep(max(0.0, self._next.get(target.url.host, now) - now))

    def _rest(self, target: _Target) -> None:
        """Let the host not be asked again for a while."""
        told = self._robots.get(target.site, ALL_ALLOWED).delay_seconds
        self._next[target.url.host] = time.monotonic() + max(self.seconds_between, told)


def _sendable(headers: Mapping[str, str], name: str) -> str | None:
    """What a server says that names a version; None where it could not be sent back."""
    told = headers.get(name)
    return told if told and told.isascii() else None


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size, however little they are packed; empty ones on the way.

    Raises:
        ValueError: if it is packed in another way than was asked for.
    """
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        yield from response.iter_raw()
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"expected an answer packed by gzip or deflate, found '{coding}'")
    unpack = zlib.decompressobj(wbits=32 + zlib.MAX_WBITS)  # either header
    for raw in response.iter_raw():
        yield b""
        while raw:
            yield unpack.decompress(raw, _UNPACKED_BYTES)
            raw = unpack.unconsumed_tail
    yield unpack.flush()


@dataclass(frozen=True, slots=True)
class _Target:
    """An address, and the machine that is asked for it."""

    url: httpx.URL
    """The address."""
    at: tuple[str, ...]
    """The machine's IP addresses, to be tried in order; none where a proxy finds it."""
    is_private: bool
    """Whether the machine is no one of the internet."""

    @property
    def netloc(self) -> str:
        """Host and port, as the address has them."""
        return self.url.netloc.decode("ascii")

    @property
    def site(self) -> str:
        """What has one robots.txt."""
        return f"{self.url.scheme}://{self.netloc}"

    def ways(self) -> Iterator[httpx.URL]:
        """The address with each of the machine's own in place of its name."""
        if not self.at:
            yield self.url
        for at in self.at:
            yield self.url.copy_with(host=at)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server answered."""

    status: int
    """The status code."""
    headers: dict[str, str]
    """The headers, their names in small letters."""
    data: bytes
    """The body of an answer that has one to be read."""
    location: str
    """Where it redirects to."""


def import_httpx() -> None:
    """Have httpx.

    Raises:
        MissingExtraError: without the extra ``fetch``.
    """
    try:
        import httpx  # noqa: F401
    except ImportError as error:
        raise MissingExtraError("httpx", "fetch", Message("fetching pages")) from error
