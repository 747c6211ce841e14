"""docs/companions.md: its commands are run, its Python too, and prints what the page says."""

import io
import re
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from blogkit.cli.app import main

ROOT = Path(__file__).parent.parent.parent
_BLOCK = re.compile(r"^```(console|python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.filterwarnings("ignore")
def test_companions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLOGKIT_LIBRARY", str(tmp_path / "library"))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    main(["--library", str(tmp_path / "library"), "add", str(ROOT / "seeds")])
    text = (ROOT / "docs" / "companions.md").read_text(encoding="utf-8")
    known = set(sys.modules)
    space: dict[str, object] = {}
    printed: list[str] = []
    try:
        for kind, content in _BLOCK.findall(text):
            if kind == "console":
                _run_commands(content)
            elif kind == "python":
                printed = _printed(content, space)
            else:
                assert printed == content.splitlines()
    finally:
        for name in set(sys.modules) - known:
            if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
                del sys.modules[name]


def _run_commands(content: str) -> None:
    for part in re.split(r"^\$ blogkit ", content, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        shown = io.StringIO()
        with redirect_stdout(shown), redirect_stderr(shown):
            main(shlex.split(command))
        assert shown.getvalue() == expected


def _printed(code: str, space: dict[str, object]) -> list[str]:
    shown = io.StringIO()
    with redirect_stdout(shown):
        exec(compile(code, "docs/companions.md", "exec"), space)
    return shown.getvalue().splitlines()
