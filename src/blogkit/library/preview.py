"""What an ``add`` would read, without a library: formats, encodings, posts, problems."""

from collections import Counter
from collections.abc import Sequence

from blogkit.errors import SourceError
from blogkit.posts import Post
from blogkit.results.records import record
from blogkit.results.shown import Rows, Shown
from blogkit.sources.read import Reading, Told, read_file, read_source
from blogkit.sources.reading import SourceProblem
from blogkit.sources.tex.project import FolderFiles, Projects
from blogkit.sources.walk import walk
from blogkit.text.addresses import is_web_address


@record
class PreviewedFile(Shown):
    """One file, as it would be read."""

    path: str
    """The file; ``a.zip!b.html`` is the file b.html in a.zip."""
    format: str
    """The reader's name."""
    encoding: str
    """Encoding of its text; empty for a bundle."""
    posts: tuple[Post, ...]
    """Its posts in order."""


@record
class Preview(Rows[PreviewedFile]):
    """What an ``add`` would read."""

    _rows = "files"

    files: tuple[PreviewedFile, ...]
    """The files, in the order in which they would be read."""
    problems: tuple[SourceProblem, ...]
    """What a user may want to mend."""
    skipped: dict[str, int]
    """Files in folders and bundles that would be passed over, by reason."""
    unreadable: int
    """Files that can't be read at all."""
    fetched: tuple[str, ...] = ()
    """Addresses that would be asked for; nothing is asked for here."""

    @property
    def posts(self) -> int:
        """How many posts the files hold, copies of one another counted each."""
        return sum(len(file.posts) for file in self.files)

    def to_dict(self) -> dict[str, object]:
        """The preview as JSON has it."""
        return {
            "schema": 1,
            "files": [file.to_dict() for file in self.files],
            "problems": [problem.to_dict() for problem in self.problems],
            "skipped": self.skipped,
            **({"fetched": list(self.fetched)} if self.fetched else {}),
        }


def preview(paths: Sequence[str], told: Told, stdin: bytes | None = None) -> Preview:
    """What adding these paths would read; nothing is written.

    Args:
        paths: files and folders; ``-`` stands for the bytes of stdin.
        told: what the user says of the files.
        stdin: what ``-`` reads.
    """
    fetched = tuple(path for path in paths if is_web_address(path))
    found = walk([path for path in paths if not is_web_address(path)])
    files: list[PreviewedFile] = []
    problems, unreadable = list(found.problems), len(found.problems)
    skipped = Counter(found.skipped)
    projects = Projects(FolderFiles())
    for path in found.files:
        try:
            readings = _readings(path, told, stdin, projects)
        except SourceError as error:
            unreadable += 1
            problems.append(SourceProblem(path, error.line, error.code, error.text))
            continue
        for reading in readings:
            problems += reading.problems
            unreadable += reading.is_unreadable
            skipped.update(reading.skipped)
            if reading.format and not (reading.skipped and not reading.posts):
                files.append(
                    PreviewedFile(reading.path, reading.format, reading.encoding, reading.posts)
                )
    return Preview(tuple(files), tuple(problems), dict(skipped), unreadable, fetched)


def _readings(path: str, told: Told, stdin: bytes | None, projects: Projects) -> list[Reading]:
    data = (stdin or b"") if path == "-" else read_file(path)
    return list(read_source(data, path, told, projects))
