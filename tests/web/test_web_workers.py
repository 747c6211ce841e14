"""Pages answered by several processes, which share a socket and the token of the forms."""

import re
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

from web_server import served

from blogkit import Library, Post


def test_a_form_of_one_process_is_taken_by_another(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with Library.open(folder) as library:
        library.add_posts([Post(title="梯度裁剪", text="裁剪梯度。", id="p")])
    with served(folder, "--workers", "2") as site:
        for _ in range(6):
            page = _read(f"{site}/posts/p")
            token = re.search(r'name="token" value="([^"]+)"', page)
            assert token
            form = urlencode({"token": token[1], "post": "p", "state": "read"}).encode()
            asked = urllib.request.Request(f"{site}/reading", form, {"Origin": site})
            assert "梯度裁剪" in _read(asked)


def _read(asked: str | urllib.request.Request) -> str:
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return str(answer.read().decode())
