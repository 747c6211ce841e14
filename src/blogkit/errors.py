"""Everything that blogkit raises, in one tree.

    BlogkitError
    ├── SourceError          a file or text that can't be read as posts
    ├── QueryError           a query or pattern that can't be used
    ├── FormulaError         a formula that can't be drawn or exported
    ├── PostIdError          an id that a program's post can't have
    ├── WordError            a word that can't be one of the library's own
    ├── NoteError            a note that can't be written or found
    ├── StudyError           a card, grade or mark that can't be used
    │   └── CardNotFoundError
    ├── LibraryError         the library's folder, database or index
    │   ├── PostNotFoundError
    │   ├── AmbiguousPostError
    │   ├── PictureNotFoundError
    │   ├── LibraryBusyError
    │   ├── LibraryDamagedError
    │   └── SchemaVersionError
    └── MissingExtraError    an optional package that is not installed

Each branch is one thing that a user can mend. A message says where, what was expected, what was
found and what to do. This module imports nothing of blogkit but the language of messages.
"""

from blogkit.language import Message, message_of


class BlogkitError(Exception):
    """Base of all errors that blogkit raises on purpose."""

    @property
    def text(self) -> str:
        """What `str` gives, as it was raised: mostly a `Message`, which a view can translate."""
        return message_of(self)


class SourceError(BlogkitError):
    """A source that can't be read as posts.

    Args:
        code: stable, hyphenated name of the fault, such as ``encoding``.
        path: the source, as the user named it.
        message: what was expected and what was found.
        line: line of the fault, from 1; None where the whole source is meant.
    """

    def __init__(self, code: str, path: str, message: str, *, line: int | None = None) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(Message("{place}: {message}", place=place, message=message))
        self.code = code
        self.path = path
        self.line = line
        self.message = message


class QueryError(BlogkitError):
    """A query or formula pattern that can't be used."""


class FormulaError(BlogkitError):
    """A formula that can't be drawn or exported."""


class PostIdError(BlogkitError):
    """An id that a post can't have, or that another post has."""


class WordError(BlogkitError):
    """A word that can't be one of the library's own."""


class NoteError(BlogkitError):
    """A note that can't be written as it was asked for, or that is not there."""


class StudyError(BlogkitError):
    """A card, a grade or a mark of the reading list that can't be used."""


class CardNotFoundError(StudyError):
    """No card has that id, or several begin with it."""


class LibraryError(BlogkitError):
    """A library that can't be opened, read or written."""


class PostNotFoundError(LibraryError):
    """No post has that id or title."""


class AmbiguousPostError(LibraryError):
    """Several posts begin with that id, or bear that title."""


class PictureNotFoundError(LibraryError):
    """No picture of the library has this digest."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class LibraryDamagedError(LibraryError):
    """What the disk gives back is not what was written."""


class SchemaVersionError(LibraryError):
    """The library was written by another version of blogkit."""


class MissingExtraError(BlogkitError):
    """An optional package is needed and not installed.

    Args:
        package: the package that could not be imported.
        extra: the extra of blogkit that installs it.
        purpose: what needs it, as the start of a sentence.
    """

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        super().__init__(
            Message(
                "{purpose} needs {package}, which is not installed: pip install 'blogkit[{extra}]'",
                purpose=purpose,
                package=package,
                extra=extra,
            )
        )
        self.package = package
        self.extra = extra


def require_page(limit: int, offset: int) -> None:
    """Raise unless a limit and an offset are whole numbers from 0 on.

    Raises:
        QueryError: if one is negative.
        TypeError: if one is no whole number.
    """
    for name, number in (("limit", limit), ("offset", offset)):
        if not isinstance(number, int):
            raise TypeError(f"{name}: expected a whole number, found {type(number).__name__}")
    if limit < 0 or offset < 0:
        raise QueryError(
            Message(
                "limit and offset: expected 0 or more, found {limit} and {offset}",
                limit=limit,
                offset=offset,
            )
        )
