"""A file as a reader gets it, and what a reader finds in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from blogkit.language import Message
from blogkit.posts import Post
from blogkit.sources.decode import Decoded, decode
from blogkit.sources.reading import SourceProblem

if TYPE_CHECKING:
    from blogkit.sources.tex.project import Place


class SourceFile:
    """A file, as a reader gets it.

    Args:
        path: its name, as places are told; ``a.zip!b.html`` is the file b.html in a.zip.
        data: all its bytes.
        told_encoding: the encoding that the user named, if any.
        place: where it lies among the files of a LaTeX project, if it is one of its files.
        address: where on the web it was fetched, if it was.
    """

    def __init__(
        self,
        path: str,
        data: bytes,
        told_encoding: str | None = None,
        place: "Place | None" = None,
        address: str | None = None,
    ) -> None:
        self.path = path
        self.data = data
        self.told_encoding = told_encoding
        self.place = place
        self.address = address

    @cached_property
    def _decoded(self) -> Decoded:
        return decode(self.data, self.path, told=self.told_encoding)

    @property
    def text(self) -> str:
        """Its text, with ``\\n`` line ends; raises SourceError where it is none."""
        return self._decoded[0]

    @property
    def encoding(self) -> str:
        """The encoding by which its text was read."""
        return self._decoded[1]

    @property
    def problems(self) -> list[SourceProblem]:
        """What in its text is no character; empty where the text was not asked for."""
        return bad_bytes(self._decoded, self.path) if "_decoded" in self.__dict__ else []


def bad_bytes(decoded: Decoded, path: str) -> list[SourceProblem]:
    """The bytes of a text that are no characters, as problems."""
    problems = []
    for bad in decoded.bad:
        message = Message(
            "{path}:{line}:{column}: expected {encoding}, found byte 0x{byte:02x} at offset "
            "{offset}: U+FFFD stands for it",
            path=path,
            line=bad.line,
            column=bad.column,
            encoding=decoded.encoding,
            byte=bad.byte,
            offset=bad.offset,
        )
        problems.append(SourceProblem(path, bad.line, "bad-bytes", message))
    return problems


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader finds in a file."""

    posts: Sequence[Post]
    """Posts in order, each with one occurrence, whose path is the file's."""
    problems: Sequence[SourceProblem] = ()
    """What a user may want to mend."""
    left_out: Sequence[tuple[int, int]] = ()
    """Ranges of lines that belong to no post, both ends included."""
    encoding: str | None = None
    """Encoding of the text that was read, where it is not the file's own."""
    no_post: str = ""
    """Why the file holds no post, where that is as it should be: ``macros``, ``frame``…"""
