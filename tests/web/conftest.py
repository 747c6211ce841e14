"""A server as a process of its own, a real Chromium, and axe-core, each where it is at hand."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import patient_context, served

from blogkit import Library, Post

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"

HOSTILE_TITLE = "<script>window.hostile=1</script>\"'><img src=x onerror=window.hostile=1>"
HOSTILE_TEXT = (
    r"""<script>window.hostile=1</script><img src=x onerror="window.hostile=1">

</p></article></main><iframe src="javascript:parent.hostile=1"></iframe>{{ 7 * 7 }}{% raw %}

[a](javascript:window.hostile=1) [b](http://x.invalid/"onmouseover="window.hostile=1)
[c](http://x.invalid/$x$) ![d](http://x.invalid/picture.png)
`</code><script>window.hostile=1</script>`

$\text{<img src=x onerror=window.hostile=1>}$ $</math><script>window.hostile=1</script>$
$\href{javascript:window.hostile=1}{x}$ $\class{x" onclick="hostile=1}{y}$ $\style{color:red}{z}$

\begin{equation}a=b\label{"><script>window.hostile=1</script>}\end{equation}

《<img src=x onerror=window.hostile=1>》 """
    "\U000f0000\U000f0001 \u202egnp.exe \x1b[31m \x00"
)


@pytest.fixture(scope="session")
def site(seeded_folder: Path) -> Iterator[str]:
    """The seeds, served."""
    with served(seeded_folder) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose posts want to do harm."""
    folder = tmp_path_factory.mktemp("hostile")
    post = Post(
        title=HOSTILE_TITLE,
        text=HOSTILE_TEXT,
        id='p"><script>window.hostile=1</script>',
        tags=('t"><script>window.hostile=1</script>',),
    )
    with Library.open(folder) as library:
        library.add_posts([post])
        (folder / "post.md").write_text(f"# {HOSTILE_TITLE}\n\n{HOSTILE_TEXT}", encoding="utf-8")
        library.add(folder / "post.md")
    return folder


@pytest.fixture(scope="module")
def browser():
    """A real Chromium; for a module, since playwright's loop keeps others from running theirs."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser):
    """A page that fails the test for every error that it reports."""
    context = patient_context(browser, viewport={"width": 1280, "height": 860})
    opened = context.new_page()
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    yield opened
    context.close()
    assert told == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, fetched once by npm."""
    if not AXE.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("no npm to fetch axe-core with")
        command = [npm, "install", "--no-save", "--prefix", str(AXE.parents[2]), "axe-core@4"]
        AXE.parents[2].mkdir(parents=True, exist_ok=True)
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("axe-core can't be fetched")
    return AXE.read_text(encoding="utf-8")
