"""What the actions of ``study`` share: an action's parser, and where its result goes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from blogkit.cli.options import add_shared
from blogkit.cli.output import emit
from blogkit.views.speech import say

if TYPE_CHECKING:
    from blogkit.cli.output import Result

Run: TypeAlias = Callable[[argparse.Namespace], int]
Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_action(actions: Actions, name: str, does: str, run: Run) -> argparse.ArgumentParser:
    """A parser for one action, with the options that every command takes."""
    made = actions.add_parser(
        name, help=does, description=say("{does}.", does=does[0].upper() + does[1:])
    )
    add_shared(made, is_inner=True)
    made.set_defaults(run=run)
    return made


def emit_study(
    arguments: argparse.Namespace, view: str, result: Result, *, pager: bool = False
) -> None:
    """Print a result of study as the options ask for it."""
    emit(arguments, view, result, pager=pager, family="study_")
