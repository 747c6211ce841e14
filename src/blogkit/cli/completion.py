"""``blogkit completion``."""

import argparse
import json
import os

from blogkit.cli.commands import FOUND
from blogkit.cli.options import command_parser
from blogkit.views.speech import say

_SCRIPTS = {"bash": "bash.sh", "zsh": "zsh.sh", "fish": "fish.fish"}


def parser() -> argparse.ArgumentParser:
    """Arguments of the command."""
    made = command_parser(
        "completion",
        say(
            "A script for a shell that completes commands, options, posts, formulas, "
            "labels and tags."
        ),
        [
            ("bash >> ~/.bashrc", say("in every bash from now on")),
            ("zsh > ~/.zfunc/_blogkit", say("where ~/.zfunc is a folder of $fpath")),
            ("fish > ~/.config/fish/completions/blogkit.fish", say("in every fish")),
        ],
    )
    made.add_argument("shell", choices=tuple(_SCRIPTS), help=say("which shell"))
    return made


def run(arguments: argparse.Namespace) -> int:
    """Print the script."""
    script = _script(arguments.shell)
    if arguments.json:
        print(json.dumps({"schema": 1, "shell": arguments.shell, "script": script}))
    else:
        print(script, end="")
    return FOUND


def _script(shell: str) -> str:
    path = os.path.join(os.path.dirname(__file__), "shells", _SCRIPTS[shell])
    with open(path, encoding="utf-8") as file:
        return file.read()
