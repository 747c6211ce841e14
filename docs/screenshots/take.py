"""Takes the screenshots of the guides anew, in the folder of this file.

    python docs/screenshots/take.py [NAME...]

Needs blogkit with its extra ``dev``, and a Chromium. Commands run in a real pseudo-terminal; what
they write is laid out on a grid of cells by Chromium, so that fonts can't shift it.
"""

import argparse
import asyncio
import contextlib
import html
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pexpect
from playwright.sync_api import Browser, Page, sync_playwright
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text
from textual.strip import Strip

from blogkit import Library, Study
from blogkit.tui.app import Reader
from blogkit.tui.reading import BlockView

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
COLUMNS = 100

_STYLE = """
body { margin: 0; padding: 18px 22px; background: #1b1d23; color: #d8dadf; width: fit-content }
pre { margin: 0; font: 15px/1.4 "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace }
i { display: inline-block; font-style: normal; text-align: center; white-space: pre }
"""


def typed(prompt_and_command: str) -> str:
    """A prompt with what is typed behind it."""
    return f"\x1b[32m$\x1b[0m {prompt_and_command}\n"


def run(*arguments: str, keys: Sequence[tuple[str, str]] = ()) -> str:
    """What blogkit writes to a terminal. Each of the keys is sent when its pattern was seen."""
    # What is told beside the results (progress, which erases itself) is left out.
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", 'exec "$@" 2>/dev/null', "sh", sys.executable, "-m", "blogkit", *arguments],
        dimensions=(200, COLUMNS),
        encoding="utf-8",
        env={**os.environ, "TERM": "xterm-256color", "PAGER": "cat", "LESS": "-RX"},
        timeout=60,
    )
    seen = ""
    for pattern, key in keys:
        child.expect(pattern)
        seen += child.before + child.after
        child.send(key)
    if not keys:
        child.expect(pexpect.EOF)
        seen = child.before
    child.close(force=True)
    return seen.replace("\r\n", "\n")


def as_cells(written: str, most_lines: int) -> str:
    """A terminal's text with its colours as HTML, a cell a box."""
    lines = Text.from_ansi("\n".join(written.split("\n")[:most_lines])).split("\n")
    return "\n".join("".join(_cells(line.render(_console()))) for line in lines)


def _cells(segments: Iterable[Segment]) -> Iterator[str]:
    for segment in segments:
        for character in segment.text:
            width = cell_len(character)
            if width:
                css = f"width:{width}ch;{_css(segment.style)}"
                yield f'<i style="{css}">{html.escape(character)}</i>'


def _console():
    from rich.console import Console

    return Console(width=10 * COLUMNS)


def _css(style: Style | None) -> str:
    if style is None:
        return ""
    parts = []
    color = style.color or Color.default()
    if not color.is_default:
        parts.append(f"color:{color.get_truecolor(MONOKAI).hex}")
    if style.bgcolor and not style.bgcolor.is_default:
        parts.append(f"background:{style.bgcolor.get_truecolor(MONOKAI).hex}")
    if style.bold:
        parts.append("font-weight:bold")
    if style.dim:
        parts.append("opacity:.65")
    if style.reverse:
        parts.append("background:#d8dadf;color:#1b1d23")
    return ";".join(parts)


def shoot_terminal(browser: Browser, name: str, written: str, most_lines: int = 40) -> None:
    """A picture of what a terminal shows."""
    _shoot(browser, name, as_cells(written, most_lines))


def _shoot(browser: Browser, name: str, body: str) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 300})
    page.set_content(f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style><pre>{body}</pre>")
    page.locator("body").screenshot(path=HERE / f"{name}.png")
    page.close()


@contextlib.contextmanager
def served(folder: str) -> Iterator[str]:
    """The address of a library's pages."""
    command = [sys.executable, "-m", "blogkit", "--library", folder, "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--json", "--writable"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        try:
            yield json.loads(server.stdout.readline())["address"].rstrip("/")
        finally:
            server.terminate()


def terminal_show(browser: Browser, folder: str) -> None:
    shown = run("--library", folder, "show", "a4b6")
    shoot_terminal(browser, "terminal-show", typed("blogkit show a4b6") + shown)


def terminal_check(browser: Browser, folder: str) -> None:
    formula, assumed = (
        r"\frac{\gamma}{x+\gamma} \leq \frac12 \min\{1,\frac{\gamma}{x}\}",
        (
            r"\gamma>0",
            "x>0",
        ),
    )
    options = [word for fact in assumed for word in ("--assume", fact)]
    shown = run("--library", folder, "formula", "check", formula, *options)
    line = f"blogkit formula check '{formula}' \\\n    " + " ".join(
        f"--assume '{fact}'" for fact in assumed
    )
    shoot_terminal(browser, "terminal-check", typed(line) + shown)


def terminal_review(browser: Browser, folder: str) -> None:
    with Library.open(folder) as library:
        Study(library).accept_all("a4b6")
    shown = run(
        "--library", folder, "study", "review", keys=[("answer", "\r"), ("easy[^\n]*", "q")]
    )
    shoot_terminal(browser, "terminal-review", typed("blogkit study review") + shown)


def terminal_search(browser: Browser, folder: str) -> None:
    query = r"裁剪 $\frac{a}{a+b}$"
    shown = run("--library", folder, "search", query, "--limit", "3")
    shoot_terminal(browser, "terminal-search", typed(f"blogkit search '{query}' --limit 3") + shown)


def terminal_read(browser: Browser, folder: str) -> None:
    async def read() -> list[Strip]:
        with Library.open(folder) as library:
            reader = Reader(library, "a4b6")
            async with reader.run_test(size=(COLUMNS, 32)) as pilot:
                while not reader.screen.query(BlockView):
                    await pilot.pause(0.1)
                await pilot.press("j", "j")
                await pilot.pause(0.5)
                return reader.screen._compositor.render_strips()

    with ThreadPoolExecutor(1) as thread:  # playwright's loop runs in this one
        strips = thread.submit(lambda: asyncio.run(read())).result()
    _shoot(browser, "terminal-read", "\n".join("".join(_cells(strip)) for strip in strips))


def pages(browser: Browser, folder: str) -> None:
    """The pictures of the pages."""
    with Library.open(folder) as library:
        Study(library).accept_all("a4b6")
    with served(folder) as address:
        for name, (path, act, options) in PAGES.items():
            context = browser.new_context(
                **{"viewport": {"width": 1280, "height": 860}, "locale": "en", **options}
            )
            page = context.new_page()
            page.goto(address + path)
            act(page)
            page.screenshot(path=HERE / f"{name}.png")
            context.close()


def _wait(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def _wait_for_map(page: Page) -> None:
    page.wait_for_selector("main svg", timeout=60_000)


def _open_eighth(page: Page) -> None:
    page.locator("#f-8").scroll_into_view_if_needed()
    page.wait_for_selector("#f-8 .mark", timeout=60_000)
    page.locator("#f-8 summary, #f-8 button, #f-8 a").first.click()
    page.wait_for_timeout(300)


def _show_answer(page: Page) -> None:
    page.keyboard.press(" ")
    page.wait_for_timeout(200)


_SEARCH = "/?q=%E8%A3%81%E5%89%AA+%24%5Cfrac%7Ba%7D%7Ba%2Bb%7D%24"
PAGES: dict[str, tuple[str, Callable[[Page], None], dict[str, object]]] = {
    "first": ("/", _wait, {}),
    "search": (_SEARCH, _wait, {}),
    "dark": ("/posts/a4b6", _wait, {"color_scheme": "dark"}),
    "narrow": ("/posts/a4b6", _wait, {"viewport": {"width": 390, "height": 844}}),
    "post": ("/posts/a4b6", _open_eighth, {}),
    "formulas": (r"/formulas?p=%5Cfrac%7B%3Fa%7D%7B%3Fa%2B%3Fb%7D", _wait, {}),
    "study": ("/study", _show_answer, {}),
    "duplicates": ("/duplicates", _wait, {}),
    "map": ("/map", _wait_for_map, {}),
}

TERMINAL = {
    "terminal-read": terminal_read,
    "terminal-search": terminal_search,
    "terminal-show": terminal_show,
    "terminal-check": terminal_check,
    "terminal-review": terminal_review,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="terminal-… or 'pages'; all if none"
    )
    names = parser.parse_args().names or [*TERMINAL, "pages"]
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        with Library.open(folder) as library:
            library.add(SEEDS)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name in names:
            TERMINAL.get(name, pages)(browser, folder)
        browser.close()


if __name__ == "__main__":
    main()
