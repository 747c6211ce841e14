"""Calls answered: arguments held against the schema, the tool's work done in a thread of its own.

Knows the tools and the library, not the protocol.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from blogkit.errors import QueryError
from blogkit.library.facade import Library
from blogkit.mcp.tools import TOOLS, Lane

if TYPE_CHECKING:
    from blogkit.mcp.tools import Answer, Arguments, ReadingTool

_SHOWN_CHARS = 80

_WANTED = {
    "type": "a value of type {}",
    "enum": "one of {}",
    "minLength": "a text of at least {} characters",
    "maxLength": "a text of at most {} characters",
    "minimum": "a number of at least {}",
    "maximum": "a number of at most {}",
    "exclusiveMinimum": "a number above {}",
    "maxItems": "a list of at most {}",
}
"""What each keyword of the tools' schemas asks for."""


class Answering:
    """A library that answers tool calls, one at a time in each lane.

    A library is used from one thread only, the one that opened it. Use as a context manager.

    Args:
        folder: where the library lies; None for the usual place.

    Raises:
        LibraryError: if the library can't be opened.
    """

    def __init__(self, folder: str | None) -> None:
        lanes = get_args(Lane)
        self._threads = {lane: ThreadPoolExecutor(1, f"blogkit-{lane}") for lane in lanes}
        self._libraries: dict[Lane, Library] = {}
        try:
            for lane, thread in self._threads.items():
                self._libraries[lane] = thread.submit(Library.open, folder).result()
        except BaseException:
            self.close()
            raise

    async def answer(self, tool: ReadingTool, arguments: Arguments) -> Answer:
        """The tool's result, by its schema where it has one.

        Raises:
            BlogkitError: for whatever the caller can mend, such as an unknown argument.
        """
        refuse_invalid(tool, arguments)
        thread, library = self._threads[tool.lane], self._libraries[tool.lane]
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(thread, tool.answer, library, arguments)

    def close(self) -> None:
        """Close the library, when what is being answered is answered."""
        for lane, library in self._libraries.items():
            self._threads[lane].submit(library.close).result()
        for thread in self._threads.values():
            thread.shutdown()

    def __enter__(self) -> Answering:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def refuse_invalid(tool: ReadingTool, arguments: Arguments) -> None:
    """Do nothing if the arguments are as the tool's schema has them.

    Raises:
        QueryError: says which argument is wrong, what was expected and what was found.
    """
    known = tool.takes["properties"]
    assert isinstance(known, dict)
    unknown = [name for name in arguments if name not in known]
    if unknown:
        takes = ", ".join(known) or "no arguments"
        raise QueryError(f"unknown argument {_shown(unknown[0])}; {tool.name} takes {takes}")
    error = best_match(_validator(tool.name).iter_errors(arguments))
    if error is None:
        return
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in arguments)
        raise QueryError(f"expected the argument '{missing}', found none of that name")
    place = "".join(f"[{part}]" if isinstance(part, int) else str(part) for part in error.path)
    wanted = _WANTED[error.validator].format(error.validator_value)
    raise QueryError(f"{place}: expected {wanted}, found {_shown(error.instance)}")


@cache
def _validator(name: str) -> Any:
    (tool,) = (tool for tool in TOOLS if tool.name == name)
    return Draft202012Validator(tool.takes)


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN_CHARS else shown[:_SHOWN_CHARS] + "…"
