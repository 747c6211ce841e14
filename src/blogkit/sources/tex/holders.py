r"""Lists and quotations of LaTeX: which of them the text at hand stands in."""

from __future__ import annotations

from itertools import count

from blogkit.posts import Holder

_LISTS = {"itemize": "-", "enumerate": "1.", "description": "-", "compactitem": "-",
          "compactenum": "1.", "inparaenum": "1."}  # fmt: skip
_QUOTATIONS = ("quote", "quotation", "verse", "displayquote")


class TexHolders:
    """The environments that are open, and the item of each list that is at hand."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._open: list[tuple[str, Holder | None, int]] = []

    def now(self) -> tuple[Holder, ...]:
        """The quotations and items that are open, the outermost first."""
        return tuple(holder for _, holder, _ in self._open if holder is not None)

    def follow(self, which: str | None, environment: str | None, *, is_item: bool) -> None:
        r"""Take a command.

        Args:
            which: ``begin`` or ``end`` of an environment.
            environment: its name.
            is_item: whether the command is ``\item``.
        """
        name = (environment or "").strip().rstrip("*")
        if is_item and self._open and self._open[-1][0] in _LISTS:
            self._begin_item()
        elif which == "begin" and name in _LISTS:
            self._open.append((name, None, 0))
        elif which == "begin" and name in _QUOTATIONS:
            self._open.append((name, Holder(">", next(self._numbers)), 0))
        elif which == "end" and self._open and self._open[-1][0] == name:
            self._open.pop()

    def _begin_item(self) -> None:
        name, _, items = self._open.pop()
        marker = _LISTS[name] if _LISTS[name] == "-" else f"{items + 1}."
        self._open.append((name, Holder(marker, next(self._numbers)), items + 1))
