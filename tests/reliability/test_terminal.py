"""Nothing in a post, a file's name or a query reaches the terminal as control."""

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from blogkit import Library, Post

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m|\x1b]8;;\x1b\\")
BAR = re.compile(r"\r\x1b\[2K|\x1b\[\?25[lh]")
"""What draws the bar of progress, which is seen where a command takes its time."""
EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066\x08\x7f"
NAME = "evil\x1b[2J\u202e\x07\x9b.md"

PAGE = f"""# 标题{EVIL}甲

设$x{EVIL}_1 = 2$为步长，参考《标{EVIL}题》与梯度{EVIL}（gradient{EVIL} clipping）。

## 小节{EVIL}乙

$$\\text{{{EVIL}}} \\frac{{1}}{{2}}\\label{{eq:{EVIL}}}$$

![图{EVIL}](a.png)

    代码{EVIL}

没有结尾的$x{EVIL}
"""

COMMANDS = [
    ["posts"],
    ["search", "标题"],
    ["search", "--explain", "标题"],
    ["search", f"标题{EVIL}"],
    ["search", f"date:{EVIL}标题"],
    ["show", "POST"],
    ["related", "POST"],
    ["duplicates"],
    ["formula", "list"],
    ["formula", "find", "x_1"],
    ["formula", "show", "POST#1"],
    ["formula", "show", "POST#2"],
    ["formula", "render", "POST#2"],
    ["formula", "render", "POST#2", "--to", "latex"],
    ["formula", "render", "POST#2", "--to", "mathml"],
    ["formula", "render", f"x{EVIL}"],
    ["words", "list"],
    ["words", "aliases"],
    ["words", "add", f"词{EVIL}"],
    ["doctor"],
    ["sync"],
    ["remove", f"nothing{EVIL}"],
    ["show", f"no{EVIL}"],
    [f"no{EVIL}"],
    ["add", f"no{EVIL}"],
    ["posts", f"--{EVIL}"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("evil")
    (base / NAME).write_text(PAGE, encoding="utf-8")
    (base / f"copy{NAME}").write_text(PAGE.replace("步长", "歩长"), encoding="utf-8")
    status, said = run(base, "add", str(base / NAME), str(base / f"copy{NAME}"))
    assert (status, STEERING.findall(said)) == (0, []), said
    with Library.open(base / "library") as library:
        library.add_posts([Post(title=f"程序{EVIL}\0", text=f"空字符\0{EVIL}。", id=f"id{EVIL}")])
    return base


def run(base: Path, *arguments: str) -> tuple[int, str]:
    """Exit status and output of a command."""
    ran = subprocess.run(
        [sys.executable, "-m", "blogkit", "--library", str(base / "library"), *arguments],
        capture_output=True,
        check=False,
    )
    return ran.returncode, (ran.stdout + ran.stderr).decode()


@pytest.fixture(scope="module")
def post_id(folder: Path) -> str:
    return json.loads(run(folder, "posts", "--json")[1])["posts"][0]["id"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command)))
def test_no_control_reaches_a_pipe(folder: Path, post_id: str, command: list[str]) -> None:
    _, said = run(folder, *(word.replace("POST", post_id) for word in command))
    assert STEERING.findall(said) == [], said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: ascii(" ".join(command)))
def test_only_colour_reaches_a_terminal(folder: Path, post_id: str, command: list[str]) -> None:
    said = on_terminal(folder, [word.replace("POST", post_id) for word in command])
    assert STEERING.findall(COLOUR.sub("", BAR.sub("", said))) == [], said


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS[:21] if c[:2] != ["formula", "render"]], ids=" ".join
)
def test_json_is_escaped_and_says_the_same(folder: Path, post_id: str, command: list[str]) -> None:
    _, said = run(folder, *(word.replace("POST", post_id) for word in command), "--json")
    line = said.splitlines()[0]
    assert STEERING.findall(line) == []
    if not line.startswith("blogkit:"):
        assert json.loads(line)["schema"] == 1


def on_terminal(base: Path, command: list[str]) -> str:
    """What a command writes to a terminal, its line ends as they were written."""
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "blogkit", "--library", str(base / "library"), *command],
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=writer,
        env={**os.environ, "PAGER": "cat", "TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(writer)
    written = bytearray()
    while chunk := _read(reader):
        written += chunk
    os.close(reader)
    process.wait()
    return written.decode().replace("\r\n", "\n")


def _read(reader: int) -> bytes:
    try:
        return os.read(reader, 65536)
    except OSError:  # the terminal's other end is closed
        return b""


def test_what_steers_is_what_unicode_says(folder: Path) -> None:
    """All characters of the category Cc, and all that set a direction."""
    for code in range(0x110000):
        char = chr(code)
        steers = unicodedata.category(char) == "Cc" or unicodedata.bidirectional(char) in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        )  # fmt: skip
        if steers and char not in "\t\n":
            assert STEERING.match(char), hex(code)
