"""Who is answered, what an answer allows, and where dropped files end."""

import re
from pathlib import Path

import pytest
from pictures import GIF, png
from starlette.testclient import TestClient

from blogkit import Library
from blogkit.web.app import make_app
from blogkit.web.guard import MOST_BODY_BYTES
from blogkit.web.uploads import FOLDER

HERE = "http://127.0.0.1:8765"


@pytest.fixture
def client(seeded_folder: Path):
    with TestClient(make_app(str(seeded_folder)), base_url=HERE) as opened:
        yield opened


@pytest.fixture
def writer(tmp_path: Path):
    app = make_app(str(tmp_path / "library"), writable=True)
    with TestClient(app, base_url=HERE, headers={"Origin": HERE}) as opened:
        yield opened


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/add").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost", 200),
        ("[::1]:8765", 200),
        ("LOCALHOST:9", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example@127.0.0.1", 421),
        ("127.0.0.1:x", 421),
        ("", 421),
    ],
)
def test_only_this_machine_is_answered_for(client: TestClient, host: str, status: int) -> None:
    assert client.get("/", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": HERE}, 200),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
    ],
)
def test_pages_of_other_sites_may_link_and_no_more(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/", headers=headers).status_code == status


def test_a_refusal_says_what_was_expected(client: TestClient) -> None:
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.text == "Host: expected this machine, found 'evil.example'\n"
    answer = client.get("/", headers={"Origin": "null"})
    assert answer.text == f"Origin: expected '{HERE}', found 'null'\n"


@pytest.mark.parametrize("address", ["/", "/posts/nix", "/static/blogkit.js", "/nix"])
def test_every_answer_forbids_what_is_not_the_servers_own(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_refusals_bear_the_policy_too(client: TestClient) -> None:
    refused = client.get("/", headers={"Host": "evil.example"})
    assert "default-src 'none'" in refused.headers["content-security-policy"]


def test_nothing_can_be_added_unless_the_server_was_started_for_it(client: TestClient) -> None:
    assert client.get("/add").status_code == 404
    assert client.post("/add", headers={"Origin": HERE}).status_code == 404
    assert 'href="/add"' not in client.get("/").text


def test_a_form_without_the_pages_token_changes_nothing(writer: TestClient) -> None:
    files = {"files": ("a.md", b"# A\n\ntext")}
    for given in ({}, {"token": "x"}, {"token": "é"}):
        assert writer.post("/add", data=given, files=files).status_code == 403
    assert writer.post("/checks", data={"token": "x"}).status_code == 403
    assert "0 posts" in writer.get("/").text


def test_a_form_without_origin_is_refused(tmp_path: Path) -> None:
    app = make_app(str(tmp_path / "library"), writable=True)
    with TestClient(app, base_url=HERE) as client:
        answer = client.post("/add", data={"token": token(client)}, files={"files": ("a.md", b"a")})
        assert (answer.status_code, answer.text) == (
            403,
            "Origin: expected that of this page, found none\n",
        )


def test_dropped_files_are_added_and_found(writer: TestClient, tmp_path: Path) -> None:
    content = "# 梯度裁剪\n\n设 $x>0$。".encode()
    answer = writer.post("/add", data={"token": token(writer)}, files={"files": ("a.md", content)})
    assert "1 new post" in answer.text
    assert "梯度裁剪" in writer.get("/hits?q=梯度").text
    again = writer.post("/add", data={"token": token(writer)}, files={"files": ("a.md", content)})
    assert "(1 unchanged)" in again.text


def test_pictures_that_are_dropped_with_a_text_stand_in_it(
    writer: TestClient, tmp_path: Path
) -> None:
    text = "# 题\n\n说明在此。\n\n![曲线](img/a%20b.png)\n\n$x>0$".encode()
    files = [("files", ("n.md", text)), ("files", ("../a b.png", png())), ("files", ("c.gif", GIF))]
    for told in ("1 new post", "(1 unchanged)"):
        answer = writer.post("/add", data={"token": token(writer)}, files=files)
        assert told in answer.text
    (archive,) = (tmp_path / "library" / FOLDER).iterdir()
    assert re.fullmatch(r"n-\w{10}\.zip", archive.name)
    with Library.open(tmp_path / "library") as library:
        (picture,) = library.post("题").pictures
        assert (picture.caption, library.picture(picture.digest)) == ("曲线", png())


def test_pictures_without_a_text_and_two_of_one_name_are_told(writer: TestClient) -> None:
    def told(*names: str) -> str:
        files = [
            ("files", (n, png(12 + i) if "png" in n else b"# a\n\nb")) for i, n in enumerate(names)
        ]
        return writer.post("/add", data={"token": token(writer)}, files=files).text

    assert "a.png: expected a text beside the pictures, found none; drop both at once" in told(
        "a.png"
    )
    assert "x/a.png: expected pictures with names of their own" in told("a.png", "x/a.png", "b.md")


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.md", "/etc/passwd.md", "..\\evil.md", "a\x00b.md", ".md", "x" * 300 + ".md",
        "C:\\a.md",
    ],
)  # fmt: skip
def test_a_dropped_files_name_is_never_a_path(
    writer: TestClient, tmp_path: Path, name: str
) -> None:
    before = set(tmp_path.rglob("*.md"))
    writer.post("/add", data={"token": token(writer)}, files={"files": (name, b"# T\n\ntext")})
    for made in set(tmp_path.rglob("*.md")) - before:
        assert made.parent == tmp_path / "library" / FOLDER
        assert re.fullmatch(r"[\w-]+\.md", made.name)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"a", "a.exe: expected a text, a page, a notebook, a book or an archive, found"),
        ("a.md", b"a" * 10_000_001, "a.md: expected at most 10000000 bytes, found 10000001"),
    ],
)
def test_what_is_not_read_is_told(
    writer: TestClient, name: str, content: bytes, message: str
) -> None:
    data = {"token": token(writer)}
    assert message in writer.post("/add", data=data, files={"files": (name, content)}).text


def test_a_request_that_is_too_large_is_not_read(writer: TestClient) -> None:
    content = b"a" * (MOST_BODY_BYTES + 1)
    answer = writer.post("/add", data={"token": "x"}, files={"files": ("a.md", content)})
    assert answer.status_code == 413


def test_a_request_of_unknown_length_is_not_read(writer: TestClient) -> None:
    answer = writer.post("/add", content=iter([b"a"]))
    assert (answer.status_code, answer.text) == (
        411,
        "Content-Length: expected a number of bytes, found none\n",
    )


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
        "/static/%00", "/posts/../../etc/passwd", "/posts/%2e%2e%2fetc%2fpasswd",
    ],
)  # fmt: skip
def test_no_address_reaches_a_file_outside_the_static_ones(
    client: TestClient, address: str
) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/?q=" + "a" * 2001, "q: expected at most 2000 characters, found 2001"),
        ("/?q=a&offset=-1", "offset: expected 0 to 10000, found &#39;-1&#39;"),
        ("/?q=a&offset=99999999999999999999", "offset: expected 0 to 10000"),
        ("/?q=a&year=2020%20OR", "year: expected four digits, found &#39;2020 OR&#39;"),
    ],
)
def test_values_that_no_form_gives_are_told(client: TestClient, address: str, message: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, message in answer.text) == (400, True)


def test_a_page_shows_no_folder_of_this_machine(client: TestClient, seeds: Path) -> None:
    for address in ("/?q=梯度", "/posts", "/posts/a4b675f702", "/formulas", "/duplicates", "/nix"):
        assert str(seeds) not in client.get(address).text


def test_a_change_by_another_process_is_seen_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with TestClient(make_app(str(folder)), base_url=HERE) as client:
        assert "Nothing was found" in client.get("/hits?q=梯度").text
        source = tmp_path / "a.md"
        source.write_text("# 题\n\n梯度裁剪。", encoding="utf-8")
        with Library.open(folder) as library:
            library.add(source)
        assert "1 posts" in client.get("/hits?q=梯度").text
