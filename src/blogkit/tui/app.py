"""The application: how it looks, and what it begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from blogkit.library.facade import Library
from blogkit.tui.desk import Desk
from blogkit.tui.finding import FindScreen
from blogkit.tui.reading import Place, PostScreen

if TYPE_CHECKING:
    pass


class Reader(App[None]):
    """A library read in a terminal.

    Args:
        library: an open library, which this uses alone as long as it runs.
        post: what is opened first: id of a post, start of one, or title; the home if not given.

    Raises:
        PostNotFoundError: if there is no such post.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = "reader.tcss"

    def __init__(self, library: Library, post: str | None = None) -> None:
        super().__init__()
        self._desk = Desk(library)
        self._first = None if post is None else library.post(post).id

    def on_mount(self) -> None:
        """Show the home, and the post over it if one is asked for."""
        self.push_screen(FindScreen(self._desk))
        if self._first is not None:
            self.push_screen(PostScreen(self._desk, Place(self._first)))

    def on_unmount(self) -> None:
        """Close what was opened for it."""
        self._desk.close()

    def action_help_quit(self) -> None:
        """Ctrl-C ends it, as everywhere else."""
        self.exit()
