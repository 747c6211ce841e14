"""One file to posts: decoding, finding the format, reading, formulas."""

import os
from dataclasses import dataclass, replace

from blogkit.errors import SourceError
from blogkit.posts import FormulaSource, Post, line_of
from blogkit.sources.archive import is_archive, read_archive
from blogkit.sources.decode import decode
from blogkit.sources.plain import plain_blocks, read_plain
from blogkit.sources.reading import SourceProblem
from blogkit.sources.walk import MARKDOWN_EXTENSIONS
from blogkit.spans import Span
from blogkit.text.mathspans import MathSpan, find_math

MOST_PROBLEMS = 100
"""Formulas without an end that are told of one post; who mends these reads it again anyway."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds."""

    posts: tuple[Post, ...]
    """Its posts in order, each with its one occurrence."""
    problems: tuple[SourceProblem, ...]
    """What a user may want to mend; everything else was read."""
    left_out: tuple[tuple[int, int], ...]
    """Ranges of lines that belong to no post, both ends included."""
    format: str
    """``archive``, ``markdown`` or ``plain``."""
    encoding: str
    """``utf-8`` or ``gb18030``."""


def read_file(path: str) -> bytes:
    """All bytes of a file.

    Raises:
        SourceError: ``unreadable``, with the system's reason.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        message = f"can't be read: {error.strerror or error}"
        raise SourceError("unreadable", path, message) from error


def read_posts(data: bytes, path: str) -> Reading:
    """The posts of a file's bytes.

    Args:
        data: the whole file.
        path: its name, from which the format is told, and which places are told by.

    Raises:
        SourceError: if the bytes are no text in a known encoding.
    """
    text, encoding = decode(data, path)
    name = detect_format(text, path)
    problems: list[SourceProblem] = []
    left_out: list[tuple[int, int]] = []
    if name == "markdown":
        posts, problems = _read_markdown(text, path)
    elif name == "archive":
        posts, left_out = read_archive(text, path)
    else:
        posts = read_plain(text, path)
    finished = []
    for post in posts:
        post, found = with_formulas(post)
        finished.append(post)
        problems += found
    if not posts:
        message = f"{path}: expected a post, found only white space"
        problems.append(SourceProblem(path, 1, "empty", message))
    return Reading(tuple(finished), tuple(problems), tuple(left_out), name, encoding)


def detect_format(text: str, path: str) -> str:
    """``markdown`` by the file's ending, ``archive`` by its date lines, else ``plain``."""
    extension = os.path.splitext(path)[1].lower()
    if extension in MARKDOWN_EXTENSIONS:
        return "markdown"
    if is_archive(text):
        return "archive"
    starts_as_markdown = text.startswith(("# ", "---\n", "+++\n"))
    return "markdown" if not extension and starts_as_markdown else "plain"


def _read_markdown(text: str, path: str) -> tuple[list[Post], list[SourceProblem]]:
    """Markdown's reader, imported only where there is Markdown."""
    from blogkit.sources.markdown import read_markdown

    return read_markdown(text, path)


def with_formulas(post: Post) -> tuple[Post, list[SourceProblem]]:
    """The post with its blocks and formulas found, and the formulas that do not end.

    A post that a program gave as a string gets its blocks here.
    """
    if not post.blocks:
        text, blocks = plain_blocks(post.text)
        post = replace(post, text=text, blocks=blocks)
    formulas: list[FormulaSource] = []
    labels: set[str] = set()
    problems: list[SourceProblem] = []
    for block in post.blocks:
        if block.kind == "code":
            continue
        found, broken = find_math(block.span.of(post.text))
        start = block.span.start
        position, line = start, block.line
        for formula in found:
            number = len(formulas) + 1
            line += post.text.count("\n", position, start + formula.span.start)
            position = start + formula.span.start
            formulas.append(_formula(post.text, formula, start, number, line, labels))
        for problem in broken[: MOST_PROBLEMS - len(problems)]:
            offset = start + problem.span.start
            line = line_of(offset, post.text, (block,))
            message = f"{post.path or 'post'}:{line}: {problem.message}"
            problems.append(SourceProblem(post.path, line, problem.code, message))
    return replace(post, formulas=tuple(formulas)), problems


def _formula(
    text: str, formula: MathSpan, start: int, number: int, line: int, labels: set[str]
) -> FormulaSource:
    """The formula of a block that starts there; labels are those borne before, its own is added."""
    span = Span(start + formula.span.start, start + formula.span.end)
    body = Span(start + formula.body.start, start + formula.body.end)
    label = formula.labels[0] if formula.labels else None
    name = label if label and label not in labels else str(number)
    labels.update(formula.labels[:1])
    return FormulaSource(
        number=number,
        label=label,
        name=name,
        display=formula.display,
        latex=body.of(text),
        line=line,
        span=span,
    )
