"""Errors told on the screen: what a key leads to may fail, and the reader goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from blogkit.errors import BlogkitError
from blogkit.views.speech import said

P = ParamSpec("P")
S = TypeVar("S", bound="Screen[None]")


def telling(action: Callable[Concatenate[S, P], None]) -> Callable[Concatenate[S, P], None]:
    """An action whose errors are told: another process may have changed or removed a post."""

    @wraps(action)
    def told(self: S, /, *given: P.args, **named: P.kwargs) -> None:
        try:
            action(self, *given, **named)
        except BlogkitError as error:
            self.notify(said(error.text), severity="error", markup=False)

    return told
