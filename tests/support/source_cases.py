"""Cases of the readers: a folder each, with a source and ``expected.txt``, for people who don't
write Python.

The source is the one file beside ``expected.txt``; a folder whose name ends in ``.zip``, ``.epub``
or ``.tar.gz`` is packed first. ``told.txt`` holds what a user would say: ``--format NAME``,
``--encoding NAME``. docs/formats.md explains the lines of ``expected.txt``.
"""

import io
import tarfile
import zipfile
from pathlib import Path

from blogkit.errors import SourceError
from blogkit.posts import Post
from blogkit.sources.read import Reading, Told, read_source
from blogkit.views.clean import shown_date

CASES = Path(__file__).parents[1] / "sources" / "cases"


def shown_case(folder: Path) -> str:
    """What a case's source holds, as its ``expected.txt`` says it."""
    source = next(
        path for path in sorted(folder.iterdir()) if path.name not in ("expected.txt", "told.txt")
    )
    data = packed(source) if source.is_dir() else source.read_bytes()
    try:
        readings = list(read_source(data, source.name, told(folder)))
    except SourceError as error:
        return f"error {error.code} {error}"
    return "\n".join(line for reading in readings for line in shown_reading(reading))


def told(folder: Path) -> Told:
    """What the case's user says of the source."""
    path = folder / "told.txt"
    words = path.read_text(encoding="utf-8").split() if path.exists() else []
    said = dict(zip(words[::2], words[1::2], strict=True))
    return Told(said.get("--format"), said.get("--encoding"))


def packed(folder: Path) -> bytes:
    """A folder as the bundle that it is named as."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    buffer = io.BytesIO()
    if folder.name.endswith(".tar.gz"):
        with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
            for path in files:
                tar.add(path, path.relative_to(folder).as_posix())
        return buffer.getvalue()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(files, key=lambda path: path.name != "mimetype"):
            archive.write(path, path.relative_to(folder).as_posix())
    return buffer.getvalue()


def shown_reading(reading: Reading) -> list[str]:
    """A reading in lines: its file, its posts, and what is wrong with it."""
    lines = [f"{reading.path}: {reading.format} {reading.encoding}".rstrip(": ")]
    lines += [f"skipped {reason}" for reason in reading.skipped]
    lines += [line for post in reading.posts for line in shown_post(post)]
    lines += [f"left out {first}-{last}" for first, last in reading.left_out]
    lines += [f"problem {problem.code} {problem.line}" for problem in reading.problems]
    return lines


def shown_post(post: Post) -> list[str]:
    """A post in lines: its head, then each block and each formula with its line."""
    occurrence = post.occurrences[0]
    place = f"{occurrence.line}-{occurrence.end_line}"
    cut = " truncated" if post.truncated else ""
    facts = [f"{shown_date(post.date) or 'undated'} {post.title_from} {place}{cut} {post.title}"]
    if post.tags:
        facts.append("tags " + ",".join(post.tags))
    if post.categories:
        facts.append("categories " + ",".join(post.categories))
    if post.address:
        facts.append(post.address)
    lines = [" | ".join(facts)]
    for block in post.blocks:
        level = str(block.level) if block.level else ""
        words = flat(block.span.of(post.text)) or f"<{block.info}>"
        lines.append(f"  {block.line} {block.kind}{level} {words}")
    for formula in post.formulas:
        label = f"{formula.label} " if formula.label else ""
        lines.append(f"  formula {formula.line} {label}{flat(formula.span.of(post.text))}")
    return lines


def flat(text: str) -> str:
    """Text on one line."""
    return text.replace("\n", "⏎")
