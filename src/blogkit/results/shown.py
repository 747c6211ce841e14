"""Results that show themselves: as a line, as a drawing in a notebook, as a table of pandas.

A result says in ``to_dict`` what it holds, and here only which of that is worth a line or a column
(``_shown``) and, of a list, which field holds its rows (``_rows``). How it then looks is the matter
of ``blogkit.export.notebook``, which lies above all results; it is therefore loaded by its name,
when a result is first shown. So this module imports nothing, and a search pays nothing for it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType
    from typing import Any, Generic, Self, SupportsIndex, TypeVar, overload

    import pandas

    Row = TypeVar("Row", bound="Shown", covariant=True)
else:
    Row = None

    class Generic:
        """What lets ``Rows[Hit]`` be written; it is ``Rows``."""

        __slots__ = ()

        def __class_getitem__(cls, row: object) -> type:
            return cls


class AsJson:
    """A result that JSON has field by field."""

    __slots__ = ()
    _json = tuple[str, ...]()
    """The fields that JSON has, in their order; all if empty."""
    _is_whole = False
    """Whether it is an object of its own, which bears the number of the schema."""

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON has it."""
        names: tuple[str, ...] = self._json or getattr(type(self), "__match_args__", ())
        found = {name: _plain(getattr(self, name)) for name in names}
        return {"schema": 1, **found} if self._is_whole else found


def _plain(value: object) -> object:
    """A value of a field as JSON has it."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    told = getattr(value, "to_dict", None) or getattr(value, "to_list", None)
    return told() if told else value


class Shown(AsJson):
    """A result that prints as one line and draws itself in a notebook."""

    __slots__ = ()
    _shown = tuple[str, ...]()
    """Names, of ``to_dict`` or of properties, that make its line and its columns; all if empty."""

    def __repr__(self) -> str:
        return _as("line", self)

    def _repr_html_(self) -> str:
        return _as("html", self)

    def _repr_markdown_(self) -> str:
        return _as("markdown", self)


class ShownFormula(Shown):
    """A result that is a formula, or is about one: as text it is its LaTeX."""

    __slots__ = ()
    if TYPE_CHECKING:

        @property
        def latex(self) -> str:
            """The formula, without delimiters."""

    def __str__(self) -> str:
        return self.latex

    def _repr_latex_(self) -> str:
        return _as("latex", self)


class Rows(Shown, Generic[Row]):
    """A result that is a sequence of others: iterated, counted, indexed, cut into slices."""

    __slots__ = ()
    _rows = ""
    """The field that holds them."""

    def __iter__(self) -> Iterator[Row]:
        return iter(getattr(self, self._rows))

    def __len__(self) -> int:
        return len(getattr(self, self._rows))

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, place: SupportsIndex) -> Row: ...
        @overload
        def __getitem__(self, place: slice) -> Self: ...
        def __getitem__(self, place: SupportsIndex | slice) -> object:
            """The row of a place; of a slice, the same result with these rows only."""
    else:

        def __getitem__(self, place: object) -> object:
            rows = getattr(self, self._rows)[place]
            if not isinstance(place, slice):
                return rows
            from dataclasses import replace

            return replace(self, **{self._rows: rows})

    def _table(self) -> Iterable[Mapping[str, object]]:
        """What each line of a table says."""
        return (row.to_dict() for row in self)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame, with the columns that JSON has.

        Dates, passages and sections are text in it, what JSON has as lists and objects stays so.

        Raises:
            MissingExtraError: without the extra ``notebook``.
        """
        frame: pandas.DataFrame = _notebook().to_pandas(self)
        return frame


def _notebook() -> ModuleType:
    """The module that knows how results look."""
    from importlib import import_module

    return import_module("blogkit.export.notebook")


def _as(form: str, result: Shown) -> str:
    shown: str = getattr(_notebook(), f"to_{form}")(result)
    return shown
