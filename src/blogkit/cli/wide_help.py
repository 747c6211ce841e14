"""Help in a language whose characters are two columns wide and whose words have no spaces."""

from __future__ import annotations

import argparse

from blogkit.views.clean import wrapped


class WideHelp(argparse.HelpFormatter):
    """argparse's layout, with lines broken by columns, not by characters and spaces."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))
