"""Help in a language whose characters are two columns wide and whose words have no spaces.

argparse makes a formatter for every option that it takes, so what only help needs is imported by
the methods.
"""

from __future__ import annotations

import argparse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class WideHelp(argparse.HelpFormatter):
    """argparse's layout, with lines broken by columns, not by characters and spaces."""

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        text = super()._format_usage(usage, actions, groups, prefix)
        from blogkit.spans import display_width

        word = text.partition(self._prog)[0]
        gap = " " * (display_width(word) - len(word))
        return text.replace("\n ", f"\n{gap} ")

    def _split_lines(self, text: str, width: int) -> list[str]:
        from blogkit.views.line_breaking import lines

        return lines(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        from blogkit.views.line_breaking import lines

        return "\n".join(indent + line for line in lines(text, width - len(indent)))
