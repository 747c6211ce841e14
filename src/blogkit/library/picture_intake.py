"""The pictures of one copy taken into the database: found, recognized, within limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from blogkit.errors import SourceError
from blogkit.language import Message
from blogkit.pictures import PictureReference, picture_references
from blogkit.posts import Picture, Post
from blogkit.sources.images.content import MOST_PICTURES, POST_PICTURES_BYTES, PictureFile
from blogkit.sources.images.finding import PictureFinder
from blogkit.sources.read import MOST_PROBLEMS
from blogkit.sources.reading import SourceProblem
from blogkit.store import pictures as stored_pictures
from blogkit.store.database import Database

_ADDRESS_CHARS = 2000
"""Length of the longest address that is looked for."""
_SHOWN_CHARS = 80
_MOST_NAMES = 5
"""Pictures that are named in one line."""


@dataclass(slots=True)
class PictureIntake:
    """The pictures of one copy."""

    database: Database
    """Where they go."""
    copy: int
    """Row of the copy."""
    finder: PictureFinder | None
    """What finds them."""
    known: Mapping[str, str]
    """Digests of those that the source had before, by address."""
    count: int = 0
    """How many are kept."""
    problems: list[SourceProblem] = field(default_factory=list)
    """Those that are not, and why; of those that are not at hand nothing is told."""
    _bytes: int = 0
    _is_full: bool = False

    def take(self, post: Post) -> None:
        """Keep the pictures to which a post refers, up to the first that is too many."""
        seen: set[str] = set()
        printed: list[PictureReference] = []
        for reference in picture_references(post.text, post.blocks):
            address = reference.address
            if not address or len(address) > _ADDRESS_CHARS or address in seen:
                continue
            seen.add(address)
            place = f"{post.path or 'post'}:{reference.line}: {address[:_SHOWN_CHARS]}"
            try:
                found = self.finder.find(address, place) if self.finder else None
                if found is None:
                    self._keep_known(reference)
                elif not found.says_nothing:
                    self._keep(reference, found, place)
            except SourceError as error:
                if error.code == "picture-for-print":
                    printed.append(reference)
                    continue
                self.problems.append(
                    SourceProblem(post.path, reference.line, error.code, error.text)
                )
                if self._is_full or len(self.problems) >= MOST_PROBLEMS:
                    break
        if printed:
            self.problems.append(_for_print(post.path, printed))

    def _keep(self, reference: PictureReference, found: PictureFile, place: str) -> None:
        self._bytes += len(found.data)
        self._is_full = self._bytes > POST_PICTURES_BYTES or self.count >= MOST_PICTURES
        if self._is_full:
            raise SourceError("picture", place, _too_many())
        picture = Picture(
            reference.address, reference.words, reference.line, found.digest, found.type,
            found.width, found.height, len(found.data),
        )  # fmt: skip
        stored_pictures.put_picture(self.database, picture, found.data)
        self._refer(picture)

    def _keep_known(self, reference: PictureReference) -> None:
        """Keep a picture that is no longer at hand, as posts are kept whose file is gone."""
        digest = self.known.get(reference.address)
        if digest is not None:
            address, words, line = reference.address, reference.words, reference.line
            self._refer(Picture(address, words, line, digest, "png", 1, 1, 0))

    def _refer(self, picture: Picture) -> None:
        stored_pictures.put_reference(self.database, self.copy, picture)
        self.count += 1


def _for_print(path: str | None, references: Sequence[PictureReference]) -> SourceProblem:
    """What is told of the pictures of a post that only print can show, all at once."""
    line = references[0].line
    names = [one.address.rpartition("//")[2][:_SHOWN_CHARS] for one in references]
    message = Message(
        "{path}:{line}: expected pictures as PNG, JPEG, GIF, WebP or SVG, found PDF or EPS, which "
        "is not shown: {names}; put the same beside it as SVG or PNG",
        path=path or "post",
        line=line,
        names=", ".join(names[:_MOST_NAMES]) + ", …" * (len(names) > _MOST_NAMES),
    )
    return SourceProblem(path, line, "picture-for-print", message)


def _too_many() -> Message:
    return Message(
        "expected at most {most} pictures and {bytes} MiB of them in one post, found more; it "
        "and those after it are left out",
        most=MOST_PICTURES,
        bytes=POST_PICTURES_BYTES >> 20,
    )
