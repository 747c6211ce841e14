"""Regular expressions that are compiled when they are first used.

A module's patterns are made when it is imported, and compiling the hundred and more of a command
took a tenth of its time, though it uses a dozen. Written with ``regex``, those of which a run may
have no need cost it nothing. Imports nothing but ``re``, which ``argparse`` loads anyway.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Regex:
    """What acts as a compiled pattern, whose methods it has from the first use on."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    r"""A pattern, as ``re.compile`` gives it, that is compiled by its first use.

    For constants of modules; an error in the source is raised where it is used.

    >>> number = regex(r"\d+")
    >>> number.findall("3 of 12"), number.pattern
    (['3', '12'], '\\d+')
    """
    return _Regex(source, flags)  # type: ignore[return-value]
