"""Formulas of the merged posts, in the database."""

from __future__ import annotations

import json
from itertools import islice

from blogkit.errors import PostNotFoundError
from blogkit.language import Message
from blogkit.macros import alone, as_json, definitions_after, used
from blogkit.results.records import record
from blogkit.results.shown import ShownFormula
from blogkit.spans import Span
from blogkit.store.checksums import expect_sound, is_sound
from blogkit.store.macros import MAY_DEFINE, defined
from blogkit.store.passages import formulas_of_passages
from blogkit.store.posts import find_post, number_by_id, post_of_formula, read_post

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from blogkit.store.database import Database

_SELECT = (
    "SELECT p.number, p.id, f.number, f.label, f.name, f.display, f.latex, f.line, f.start,"
    f' f."end", s.path, {is_sound(formulas="f", posts="p", sources="s")}'
    " FROM formulas f JOIN posts p ON p.number = f.post"
    " JOIN copies c ON c.id = p.kept JOIN sources s ON s.id = c.source"
)

_ASKED = (
    "WITH asked(post, number) AS (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')"
    " FROM json_each(?))"
)
_BY_NUMBER = f"{_ASKED} {_SELECT} JOIN asked ON asked.post = f.post AND asked.number = f.number"
_DEFINING = (
    f"{_ASKED} SELECT DISTINCT f.post FROM formulas f"
    f" WHERE f.post IN (SELECT post FROM asked) AND ({MAY_DEFINE})"
)
"""Posts with a formula that may define something."""
_PASSAGE = 'substr(unpacked(c.text), s.start + 1, s."end" - s.start)'
_POSTS_OF_PASSAGES = (
    "SELECT DISTINCT s.post FROM sections s JOIN copies c ON c.id = s.copy"
    f" WHERE s.copy IS NOT NULL AND instr({_PASSAGE}, ?1)"
    f" AND (instr({_PASSAGE}, '$') OR instr({_PASSAGE}, char(92)))"
)
"""Posts with passages of other copies in which a formula may stand."""
_NO_LABEL = frozenset("\\{}")
_LONGEST_NAME_CHARS = 24
"""A formula that names something is seldom longer."""
_LATEX = (
    f"SELECT number, latex, {is_sound(formulas='f')} FROM formulas f WHERE post = ? ORDER BY number"
)


@record
class PostFormula(ShownFormula):
    """A formula with its place in a post and in a file."""

    _shown = ("id", "latex")

    id: str
    """``POST#LABEL`` where it has a label, else ``POST#N``."""
    post_id: str
    """The post."""
    post_number: int
    """The post's number in the database."""
    number: int
    """Its number in the post, from 1."""
    label: str | None
    """Its first label."""
    display: bool
    """Whether it stands on a line of its own."""
    latex: str
    """What TeX sets, without delimiters."""
    path: str | None
    """File of the post's kept copy."""
    line: int
    """Line of the file where it begins."""
    span: Span
    """The formula with its delimiters, in the post's text."""
    definitions: str = ""
    """Macros that the formulas before it in the post define, as LaTeX; see ``definitions``."""
    passage: int | None = None
    """Of one that only another copy of the post has, the place of its passage among those of the
    post, from 0: path, line and span are of that copy."""

    @property
    def whole(self) -> str:
        """LaTeX that sets it by itself: what it needs of its post's macros, and then as written."""
        needed = used(self.definitions, self.latex)
        return f"{needed} {self.latex}" if needed else self.latex

    @property
    def alone(self) -> str:
        """LaTeX that says the same without its post, as text that is read without it has it."""
        return alone(self.latex, self.definitions)

    @property
    def key(self) -> str:
        """Its name in the formula index, which does not change with a label."""
        return f"{self.post_number}#{self.number}"

    def to_dict(self) -> dict[str, object]:
        """The formula as JSON has it."""
        return {
            "id": self.id,
            "post_id": self.post_id,
            "label": self.label,
            "display": self.display,
            "latex": self.latex,
            "path": self.path,
            "line": self.line,
            "span": self.span.to_list(),
            "number": self.number,
            **as_json(self.definitions, self.latex),
        }


def all_formulas(database: Database) -> Iterator[PostFormula]:
    """Every formula, by post and number."""
    rows = database.connection.execute(f"{_SELECT} ORDER BY f.post, f.number")
    yield from _in_posts(database, rows)


def formulas_of_posts(database: Database, posts: list[int]) -> Iterator[PostFormula]:
    """The formulas of some posts, by number."""
    for post in posts:
        rows = database.connection.execute(f"{_SELECT} WHERE f.post = ? ORDER BY f.number", (post,))
        yield from _in_posts(database, rows)


def formulas_of_copies(
    database: Database, post: int | None = None, *, saying: str = ""
) -> list[PostFormula]:
    """The formulas that only other copies of a post have, or of all posts.

    Args:
        database: where they are.
        post: the only post that is looked at.
        saying: what the passage of such a formula says somewhere.
    """
    where, values = ("", ()) if post is None else (" AND s.post = ?2", (post,))
    rows = database.connection.execute(
        f"{_POSTS_OF_PASSAGES}{where} ORDER BY s.post", (saying, *values)
    ).fetchall()
    return [formula for (number,) in rows for formula in _of_copies(database, number)]


def _of_copies(database: Database, number: int) -> Iterator[PostFormula]:
    post = read_post(database, number)
    for found in formulas_of_passages(post):
        path = post.occurrences[found.passage.occurrence].path
        f, post_id = found.source, post.id or ""
        yield PostFormula(
            f"{post_id}#{f.name}", post_id, number, f.number, f.label, f.display, f.latex, path,
            f.line, f.span, f.definitions, found.place,
        )  # fmt: skip


def count_formulas(database: Database, post: int | None = None) -> int:
    """How many formulas there are, or how many a post has."""
    where, values = ("", ()) if post is None else (" WHERE post = ?", (post,))
    (count,) = database.connection.execute(
        f"SELECT count(*) FROM formulas{where}", values
    ).fetchone()
    return int(count)


def _in_posts(database: Database, rows: Iterable[tuple[Any, ...]]) -> Iterator[PostFormula]:
    """The formulas of whole posts, each with what those before it define."""
    post, known = -1, ""
    for row in rows:
        known = known if row[0] == post else ""
        formula = _formula(database, row, known)
        yield formula
        post, known = row[0], definitions_after(known, formula.latex)


def latex_of_post(
    database: Database, post: int, definitions: dict[str, str]
) -> list[tuple[str, str]]:
    """The formulas of a post and its copies, by number: the key of each, and its LaTeX.

    Args:
        database: the library's.
        post: its number.
        definitions: takes what is defined before a formula of the post, by its key.

    Raises:
        LibraryDamagedError: if one is not as it was written.
    """
    rows = database.connection.execute(_LATEX, (post,)).fetchall()
    expect_sound(
        all(sound for *_, sound in rows),
        database.path,
        Message("a formula of post {post}", post=post),
    )
    known = ""
    for number, latex, _ in rows:
        if known:
            definitions[f"{post}#{number}"] = known
        known = definitions_after(known, latex)
    found = [(f"{post}#{number}", latex) for number, latex, _ in rows]
    for formula in formulas_of_copies(database, post):
        definitions[formula.key] = formula.definitions
        found.append((formula.key, formula.latex))
    return found


def short_formulas(
    database: Database, most: int, beginning: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    """Formulas in running text that may name something, each post's each once.

    Args:
        database: the library's.
        most: how many at most.
        beginning: what their LaTeX must begin with.

    Yields:
        The number of the post, and the LaTeX; the posts that were added last come first.
    """
    rows = database.connection.execute(
        "SELECT DISTINCT post, latex FROM formulas"
        " WHERE NOT display AND length(latex) <= ? ORDER BY post DESC",
        (_LONGEST_NAME_CHARS,),
    )
    found = ((post, latex) for post, latex in rows if beginning.match(latex))
    yield from islice(found, most)


def formulas_with_label(database: Database, label: str) -> list[PostFormula]:
    """The formulas that bear a label, in all posts."""
    rows = database.connection.execute(f"{_SELECT} WHERE f.label = ? ORDER BY f.post", (label,))
    own = [_with_definitions(database, row) for row in rows]
    # To look through all passages takes long, and no label has what nearly all LaTeX has.
    may_be_label = not own and _NO_LABEL.isdisjoint(label)
    others = formulas_of_copies(database, saying=label) if may_be_label else []
    return own or [formula for formula in others if formula.label == label]


def post_or_formula(database: Database, name: str) -> tuple[int, PostFormula | None]:
    """What a name stands for: the number of a post, and of it all or one formula.

    Raises:
        PostNotFoundError: if no post or formula bears it.
    """
    whole = number_by_id(database, name)
    if whole is not None or "#" not in name:
        return find_post(database, name), None
    number, post_name, formula_name = post_of_formula(database, name)
    found = formula_by_name(database, number, formula_name)
    if found is None:
        raise PostNotFoundError(
            Message(
                "post '{post_name}' has no formula '{formula_name}'; 'blogkit formula list "
                "{post_name}' lists them",
                post_name=post_name,
                formula_name=formula_name,
            )
        )
    return number, found


def formula_by_name(database: Database, post: int, name: str) -> PostFormula | None:
    """A formula of a post, by its label or its number."""
    row = database.connection.execute(
        f"{_SELECT} WHERE f.post = ? AND (f.name = ? OR f.number = ?) ORDER BY f.name != ? LIMIT 1",
        (post, name, int(name) if name.isdecimal() and len(name) < 10 else -1, name),
    ).fetchone()
    if row:
        return _with_definitions(database, row)
    others = formulas_of_copies(database, post)
    return next((f for f in others if name in (f.id.rpartition("#")[2], str(f.number))), None)


def formulas_by_number(
    database: Database, places: Collection[tuple[int, int]]
) -> dict[tuple[int, int], PostFormula]:
    """Formulas by the numbers of their posts and their own; without those that are not there."""
    execute = database.connection.execute
    asked = json.dumps(list(places))
    rows = execute(_BY_NUMBER, (asked,)).fetchall()
    defining = {post for (post,) in execute(_DEFINING, (asked,))}
    found = {
        (row[0], row[2]): _with_definitions(database, row)
        if row[0] in defining
        else _formula(database, row, "")
        for row in rows
    }
    for post in {post for post, number in places if (post, number) not in found}:
        found.update(((post, f.number), f) for f in formulas_of_copies(database, post))
    return found


def _with_definitions(database: Database, row: tuple[Any, ...]) -> PostFormula:
    """A formula that is read alone, with what those before it in its post define."""
    return _formula(database, row, defined(database, "post = ? AND number < ?", row[0], row[2]))


def _formula(database: Database, row: tuple[Any, ...], definitions: str) -> PostFormula:
    (post_number, post_id, number, label, name, display, latex, line, start, end, path, sound) = row
    expect_sound(
        sound,
        database.path,
        Message("formula {number} of post {post_id}", number=number, post_id=post_id),
    )
    return PostFormula(
        f"{post_id}#{name}",
        post_id,
        post_number,
        number,
        label,
        bool(display),
        latex,
        path,
        line,
        Span(start, end),
        definitions,
    )
