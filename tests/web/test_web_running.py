"""A formula run on its page: its picture with sliders, its code, and why it does not run."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from blogkit import Library, Post
from blogkit.web.app import make_app

TEXT = r"""$$f(x) = a x^2$$

$$L = \mathbb{E}[f(x)]$$

$$\frac{1}{2} + \frac{1}{3}$$"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with Library.open(tmp_path / "library") as library:
        library.add_posts([Post(title="抛物线", text=TEXT, id="p")])
    with TestClient(make_app(str(tmp_path / "library")), base_url="http://127.0.0.1:8765") as found:
        yield found


def _picture(html: str) -> str:
    return unescape(re.findall(r'<img id="picture"[^>]* src="([^"]+)"', html)[0])


def test_a_page_has_the_picture_that_its_sliders_ask_for(client: TestClient) -> None:
    plain = client.get("/formula?id=p%231").text
    turned = client.get("/formula?id=p%231&at-a=2.5").text
    assert re.findall(r'name="(at-[^"]+)"', plain) == ["at-a"]
    assert (_picture(plain), _picture(turned)) == (
        "/plot.svg?id=p%231&at-a=1",
        "/plot.svg?id=p%231&at-a=2.5",
    )


def test_a_picture_is_svg_and_follows_its_parameter(client: TestClient) -> None:
    one, two = (client.get(f"/plot.svg?id=p%231&at-a={a}") for a in ("1", "2"))
    assert one.headers["content-type"].startswith("image/svg+xml")
    assert one.text.startswith("<svg")
    assert one.text != two.text


@pytest.mark.parametrize("given", ["1;x", "__import__('os')", "1e9999", "nan", ""])
def test_what_is_no_number_is_not_taken_for_one(client: TestClient, given: str) -> None:
    html = client.get("/formula", params={"id": "p#1", "at-a": given}).text
    assert _picture(html) == "/plot.svg?id=p%231&at-a=1"
    assert client.get("/plot.svg", params={"id": "p#1", "at-a": given}).status_code == 200


def test_code_is_for_what_was_asked(client: TestClient) -> None:
    html = client.get("/formula?id=p%231&to=sympy").text
    assert "return a * x ** 2" in html
    assert '<b aria-current="true">sympy</b>' in html


def test_a_formula_that_does_not_run_says_why(client: TestClient) -> None:
    html = client.get("/formula?id=p%232").text
    assert "an expectation needs the distribution" in html
    assert 'id="picture"' not in html
    assert client.get("/plot.svg?id=p%232").status_code == 400


def test_a_number_has_code_and_no_picture(client: TestClient) -> None:
    html = client.get("/formula?id=p%233").text
    assert "return 1 / 2 + 1 / 3" in html
    assert "nothing runs" in html
