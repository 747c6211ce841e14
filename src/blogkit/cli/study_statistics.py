"""``blogkit study forecast`` and ``history``."""

from __future__ import annotations

import argparse

from blogkit.cli.commands import FOUND
from blogkit.cli.study_output import Actions, add_action, emit_study
from blogkit.library.facade import Library
from blogkit.study import Study
from blogkit.views.speech import say


def add_actions(actions: Actions) -> None:
    """Arguments of the actions."""
    forecast = add_action(actions, "forecast", say("how many cards will be due"), run_forecast)
    forecast.add_argument(
        "--days", type=int, default=30, metavar="N", help=say("so many days (30)")
    )
    history = add_action(actions, "history", say("a heat map of the answers"), run_history)
    history.add_argument(
        "--days", type=int, default=365, metavar="N", help=say("so many days (365)")
    )


def run_forecast(arguments: argparse.Namespace) -> int:
    """Print the forecast."""
    with Library.open(arguments.library) as library:
        emit_study(arguments, "forecast", Study(library).forecast(days=arguments.days))
    return FOUND


def run_history(arguments: argparse.Namespace) -> int:
    """Print the heat map."""
    with Library.open(arguments.library) as library:
        emit_study(arguments, "history", Study(library).history(days=arguments.days))
    return FOUND
