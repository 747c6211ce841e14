"""Completion in real shells on a real terminal: keys go in, words come out."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

SETUP = {
    "bash": (["--norc", "--noprofile", "-i"], "source <(blogkit completion bash)"),
    "zsh": (
        ["-f", "-i"],
        "autoload -U compinit; compinit -u -D; source <(blogkit completion zsh)",
    ),
    "fish": (["--no-config", "-i"], "blogkit completion fish | source"),
}
"""Options that keep a user's own settings out, and what a user is told to do."""

TITLE = "为什么梯度裁剪能加速训练过程?一个简明的分析"


@pytest.fixture(params=SETUP)
def typed(
    request: pytest.FixtureRequest, seeded_folder: Path, tmp_path: Path
) -> Callable[[str], list[str]]:
    """Types keys behind `blogkit ` and gives the words with which blogkit is then called."""
    shell = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    program = tmp_path / "bin" / "blogkit"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        "case $1 in\n"
        f'__complete|completion) exec {sys.executable} -m blogkit "$@" ;;\n'
        f"*) exec {sys.executable} -c 'import json, sys;"
        ' print("GOT" + json.dumps(sys.argv[1:]) + "END")\' "$@" ;;\n'
        "esac\n"
    )
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "BLOGKIT_LIBRARY": str(seeded_folder),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }

    def run(keys: str) -> list[str]:
        options, setup = SETUP[shell]
        child = pexpect.spawn(
            shell, options, env=environment, encoding="utf-8", timeout=None, dimensions=(50, 200)
        )
        try:
            child.sendline(f"{setup}; echo READY''NOW")
            child.expect("READYNOW")
            child.send(f"blogkit {keys}\r")
            child.expect("GOT(.*?)END")
            found: list[str] = json.loads(child.match[1])
        finally:
            child.close(force=True)
        return found

    return run


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param("sho\ta4b\t", ["show", "a4b675f702"], id="a command and an id"),
        pytest.param("show 为什么\t", ["show", TITLE], id="a title"),
        pytest.param("show '为什么\t", ["show", TITLE], id="a title in quotes"),
        pytest.param(
            'show "无监\t',
            ["show", "无监督分词和句法分析!原来BERT还可以这样用"],
            id="a title that history would take",
        ),
        pytest.param("show 【龟\t", ["show", "【龟鱼记】全陶粒的同程底滤生态缸"], id="brackets"),
        pytest.param(
            "formula show a4b\teq:clip-2\t",
            ["formula", "show", "a4b675f702#eq:clip-2"],
            id="a label",
        ),
        pytest.param("formula find eq:log\t", ["formula", "find", "eq:log-softmax"], id="a colon"),
        pytest.param("search tag:优\t x", ["search", "tag:优化", "x"], id="a tag, then a word"),
    ],
)
def test_keys_become_words(
    typed: Callable[[str], list[str]], keys: str, expected: list[str]
) -> None:
    assert typed(keys) == expected
