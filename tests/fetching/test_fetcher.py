"""Pages are fetched politely, within bounds, and from nowhere that was not meant."""

import gzip
import time
import zlib
from collections.abc import Iterator

import pytest
from blog_site import Answer, Site, endless, no_http, redirect, serving, tagged, trickling

from blogkit.errors import MissingExtraError, SourceError
from blogkit.fetching.fetcher import USER_AGENT, Fetcher, Validators
from blogkit.fetching.hosts import is_public
from blogkit.fetching.robots import read_robots

PAGE = "<article><p>梯度裁剪的证明。</p></article>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site({"/post": PAGE})) as served:
        yield served


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    made = Fetcher(seconds_between=0.0, page_bytes=2**20, page_seconds=0.5, silent_seconds=0.3)
    yield made
    made.close()


def refusal(fetcher: Fetcher, address: str, *, may_be_private: bool = True) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetcher.fetch(address, may_be_private=may_be_private)
    return caught.value


def test_a_page_is_asked_for_with_what_a_request_needs_and_no_more(
    site: Site, fetcher: Fetcher
) -> None:
    site.pages["/post"] = lambda handler: handler.send(PAGE, Set_Cookie="a=b")
    for _ in range(2):
        assert fetcher.fetch(f"{site.address}/post#part", may_be_private=True).data == PAGE
    assert site.paths == ["/post", "/post"]
    for _, headers, _ in site.asked:
        assert headers["User-Agent"] == USER_AGENT
        assert headers["Host"] == site.address.removeprefix("http://")
        assert set(headers) == {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}


def test_a_host_is_asked_once_a_second(site: Site) -> None:
    fetcher = Fetcher()
    fetcher.fetch(f"{site.address}/post", may_be_private=True)
    fetcher.close()
    first, second = (moment for _, _, moment in site.asked)
    assert second - first >= 1.0


@pytest.mark.parametrize(
    ("robots", "path", "allows"),
    [
        ("User-agent: *\nDisallow: /post", "/post", False),
        ("User-agent: *\nDisallow: /post", "/posts-too", False),
        ("User-agent: *\nDisallow: /post\nAllow: /post", "/post", True),
        ("User-agent: *\nDisallow: /*?\nDisallow: /*.pdf$", "/a?b", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /$", "/", False),
        ("User-agent: *\nDisallow: /$", "/a", True),
        ("User-agent: *\nDisallow: /%E6%A2%AF", "/梯", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: BlogKit/1.0\nDisallow: /b", "/a", True),
        ("User-agent: other\nUser-agent: blogkit\nDisallow: /", "/a", False),
        ("user-agent : *\r\ndisallow : / # all\r\n", "/a", False),
        ("<html>no rules</html>", "/a", True),
    ],
)
def test_robots_are_read_as_the_standard_has_them(robots: str, path: str, allows: bool) -> None:
    assert read_robots(robots).allows(path) is allows


def test_many_stars_are_matched_at_once() -> None:
    robots = read_robots("User-agent: *\nDisallow: /" + "*a" * 200 + "b$")
    started = time.monotonic()
    assert robots.allows("/" + "a" * 5000)
    assert time.monotonic() - started < 1


def test_what_robots_keep_is_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.robots = "User-agent: *\nDisallow: /post\nCrawl-delay: 0.1"
    error = refusal(fetcher, f"{site.address}/post")
    assert error.code == "robots"
    assert str(error) == (
        f"{site.address}/post: the robots.txt of {site.address} keeps it from programs; "
        "save the page in a browser and add the file"
    )
    assert site.paths == []


def test_a_site_whose_robots_are_broken_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = lambda handler: handler.send(b"", status=500)
    assert refusal(fetcher, f"{site.address}/post").code == "robots"


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    site.pages["/post"] = tagged(PAGE, '"v1"')
    first = fetcher.fetch(f"{site.address}/post", may_be_private=True)
    again = fetcher.fetch(f"{site.address}/post", first.validators, may_be_private=True)
    assert (first.validators, first.is_unchanged) == (Validators('"v1"'), False)
    assert (again.data, again.is_unchanged) == (b"", True)


def test_redirects_are_followed_and_told(site: Site, fetcher: Fetcher) -> None:
    site.pages |= {"/old": redirect("/older", 301), "/older": redirect("post")}
    found = fetcher.fetch(f"{site.address}/old", may_be_private=True)
    assert (found.address, found.data) == (f"{site.address}/post", PAGE)


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        pytest.param(redirect("/page"), "redirects", "more than 5 redirects", id="a circle"),
        pytest.param(redirect("file:///etc/passwd"), "address", "found 'file:///etc", id="a file"),
        pytest.param(redirect("http://a:b@127.0.0.1/"), "address", "no password", id="a password"),
        pytest.param(endless, "size", "at most 1 MiB, found more", id="endless"),
        pytest.param(trickling, "timeout", "too slow", id="trickling"),
        pytest.param(lambda handler: time.sleep(0.6), "timeout", "too slow", id="silent"),
        pytest.param(
            lambda handler: handler.send(PAGE, Content_Length="999999", Connection="close"),
            "connection", "can't be fetched", id="shorter than it says",
        ),
        pytest.param(
            lambda handler: handler.send(gzip.compress(b"x" * 2**21), Content_Encoding="gzip"),
            "size", "found more", id="a bomb",
        ),
        pytest.param(
            lambda handler: handler.send(
                gzip.compress(gzip.compress(b"x" * 2**21)), Content_Encoding="gzip, gzip"
            ),
            "connection", "found 'gzip, gzip'", id="a bomb in a bomb",
        ),
        pytest.param(
            lambda handler: handler.send(b"no gzip", Content_Encoding="gzip"),
            "connection", "can't be fetched", id="no gzip",
        ),
        pytest.param(
            no_http, "connection", "can't be fetched", id="no HTTP",
        ),
        pytest.param(lambda handler: handler.send(b"", status=410), "gone", "no such", id="gone"),
        pytest.param(lambda handler: handler.send(b"", status=403), "status", "403", id="refused"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_told_in_one_line(
    site: Site, fetcher: Fetcher, answer: Answer, code: str, says: str
) -> None:
    site.pages["/page"] = answer
    error = refusal(fetcher, f"{site.address}/page")
    assert error.code == code
    assert str(error).startswith(f"{site.address}/page: ")
    assert says in str(error)
    assert "\n" not in str(error)


def test_a_server_that_asks_for_rest_is_left_alone(site: Site, fetcher: Fetcher) -> None:
    site.pages["/page"] = lambda handler: handler.send(b"", status=429, Retry_After="120")
    assert refusal(fetcher, f"{site.address}/page").code == "busy"
    assert refusal(fetcher, f"{site.address}/post").code == "busy"
    assert site.paths == ["/page"]


@pytest.mark.parametrize(
    "address",
    ["ftp://127.0.0.1/", "http:///", "http://a b/", "https://user:secret@127.0.0.1/", "post.html"],
)
def test_what_is_no_address_of_the_web_is_refused(fetcher: Fetcher, address: str) -> None:
    assert refusal(fetcher, address).code == "address"


def test_a_host_that_is_not_known_is_told(fetcher: Fetcher) -> None:
    assert str(refusal(fetcher, "http://nowhere.invalid/a")) == (
        "http://nowhere.invalid/a: no host of the name nowhere.invalid is known"
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])
def test_a_page_of_the_internet_leads_to_no_host_nearby(
    site: Site, fetcher: Fetcher, host: str
) -> None:
    port = site.address.rpartition(":")[2]
    error = refusal(fetcher, f"http://{host}:{port}/post", may_be_private=False)
    assert error.code == "private-host"
    assert "which is no host of the internet" in str(error)
    assert site.asked == []


def test_a_page_nearby_may_lead_to_another_nearby(site: Site, fetcher: Fetcher) -> None:
    with serving(Site({"/other": PAGE})) as other:
        site.pages["/page"] = redirect(f"{other.address}/other")
        found = fetcher.fetch(f"{site.address}/page", may_be_private=True)
    assert (found.address, found.is_private) == (f"{other.address}/other", True)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False),
        ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d822", True), ("2002:7f00:1::", False),
        ("198.18.0.7", True),
    ],
)  # fmt: skip
def test_addresses_of_the_internet_are_told_from_those_nearby(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_redirect_from_the_internet_to_a_host_nearby_is_refused(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site stands for one of the internet: its own address alone is taken for public."""
    from blogkit.fetching import fetcher as module

    own = site.address.rpartition(":")[2]

    def told(host: str, port: int, asked: str, *, is_needed: bool) -> list[str]:
        return ["127.0.0.1"] if str(port) == own else ["10.0.0.7"]

    monkeypatch.setattr(module, "internet_addresses", told)
    monkeypatch.setattr(module, "is_public", lambda address: address == "127.0.0.1")
    site.pages["/page"] = redirect("http://127.0.0.1:9/admin")
    assert refusal(fetcher, f"{site.address}/page").code == "private-host"
    assert site.paths == ["/page"]


def test_a_proxy_leads_to_no_host_nearby_either(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.address)
    monkeypatch.setenv("no_proxy", "example.invalid")
    for host in ("192.168.1.1", "3232235777", "localhost"):
        assert refusal(fetcher, f"http://{host}/", may_be_private=False).code == "private-host"
    assert site.asked == []
    site.pages["http://nowhere.invalid/page"] = PAGE
    site.pages["http://nowhere.invalid/robots.txt"] = b""
    found = fetcher.fetch("http://nowhere.invalid/page", may_be_private=False)
    assert (found.data, found.is_private) == (PAGE, False)


def test_a_host_that_needs_no_proxy_is_asked_itself(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "localhost")
    address = site.address.replace("127.0.0.1", "localhost")
    assert fetcher.fetch(f"{address}/post", may_be_private=True).data == PAGE


def test_without_httpx_the_extra_is_named(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(
        MissingExtraError, match=r"^fetching pages needs httpx, .*blogkit\[fetch\]'$"
    ):
        fetcher.fetch("http://127.0.0.1/", may_be_private=True)


def test_an_answer_that_is_packed_is_unpacked(site: Site, fetcher: Fetcher) -> None:
    body = PAGE * 2_000
    for coding, packed in (("gzip", gzip.compress(body)), ("deflate", zlib.compress(body))):
        site.pages["/page"] = lambda handler, c=coding, p=packed: handler.send(
            p, Content_Encoding=c
        )
        assert fetcher.fetch(f"{site.address}/page", may_be_private=True).data == body


def test_what_names_a_version_and_cannot_be_sent_back_is_forgotten(
    site: Site, fetcher: Fetcher
) -> None:
    site.pages["/page"] = lambda handler: handler.send(PAGE, ETag='"\u00e9"', Location="http://[x")
    assert fetcher.fetch(f"{site.address}/page", may_be_private=True).validators.etag is None
