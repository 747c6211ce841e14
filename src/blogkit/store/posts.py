"""Merged posts, with their sections and formulas; by id, prefix or title."""

from __future__ import annotations

from blogkit.errors import AmbiguousPostError, PostNotFoundError
from blogkit.language import Message
from blogkit.macros import definitions_before
from blogkit.posts import FormulaSource, Occurrence, OtherPassage, Post, sections
from blogkit.spans import Span
from blogkit.store.checksums import CHECKED, checksum, expect_sound, is_sound
from blogkit.store.columns import blocks_from_json, names_to_json
from blogkit.store.lists import names_from_json
from blogkit.store.packing import unpacked
from blogkit.store.pictures import pictures_of_post
from blogkit.text.dates import PostDate
from blogkit.text.normalize import storable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from blogkit.posts import Block, Picture
    from blogkit.store.database import Database

_SELECT = (
    "SELECT p.number, p.id, p.title, p.title_from, p.year, p.month, p.day, p.tags, p.categories,"
    " p.comments, p.address, p.links, p.other_titles, c.truncated, c.text, c.blocks,"
    f" {is_sound(posts='p', copies='c')}"
    " FROM posts p JOIN copies c ON c.id = p.kept"
)
_OCCURRENCES = (
    f"SELECT c.id, s.path, c.line, c.end_line, c.truncated, c.id = p.kept, {is_sound(sources='s')}"
    " FROM copies c"
    " JOIN sources s ON s.id = c.source JOIN posts p ON p.number = c.post"
    " WHERE c.post = ? ORDER BY c.id != p.kept, c.id"
)
_FORMULAS = (
    f'SELECT number, label, name, display, latex, line, start, "end", {is_sound(formulas="f")}'
    " FROM formulas f WHERE post = ? ORDER BY number"
)
_PASSAGES = (
    'SELECT s.copy, s.line, s.start, s."end", c.text,'
    f" {is_sound(sections='s', copies='c')} FROM sections s JOIN copies c ON c.id = s.copy"
    " WHERE s.post = ? ORDER BY s.ordinal"
)
_SECTION_COLUMNS = ", ".join(CHECKED["sections"])
_SECTION_MARKS = ", ".join(f"?{number}" for number in range(1, len(CHECKED["sections"]) + 1))
_FORMULA_MARKS = ", ".join(f"?{number}" for number in range(1, 10))
_BY_OTHER_TITLE = (
    "SELECT number, id, title FROM posts WHERE number IN (SELECT post FROM names WHERE key = ?2)"
    " AND EXISTS (SELECT 1 FROM json_each(other_titles) WHERE value = ?1) ORDER BY id"
)
_AMBIGUOUS_SHOWN = 5
_NAME_SHOWN_CHARS = 100


def new_post(database: Database, post_id: str, generation: int) -> int:
    """A row for a post that is written later; its number."""
    cursor = database.connection.execute(
        "INSERT INTO posts (id, generation, title, title_from, tags, categories)"
        " VALUES (?, ?, '', 'text', '[]', '[]')",
        (post_id, generation),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def write_post(
    database: Database,
    number: int,
    post: Post,
    *,
    copies: Sequence[int],
    generation: int,
    has_formulas: bool = False,
) -> None:
    """Store a merged post, its sections and its formulas, in place of what was there.

    Args:
        database: where.
        number: the post's number.
        post: the post.
        copies: rows of its copies, in the order of its occurrences.
        generation: the generation that the transaction makes.
        has_formulas: whether its formulas are stored already, because its text is the same copy's.
    """
    execute = database.connection.execute
    execute(
        "UPDATE posts SET generation = ?, kept = ?, title = ?, title_from = ?, year = ?, month = ?,"
        " day = ?, tags = ?, categories = ?, comments = ?, address = ?, links = ?,"
        " other_titles = ? WHERE number = ?",
        (
            generation, copies[0], post.title, post.title_from, post.date.year, post.date.month,
            post.date.day, names_to_json(post.tags), names_to_json(post.categories),
            post.comments, post.address, names_to_json(post.links),
            names_to_json(post.other_titles), number,
        ),
    )  # fmt: skip
    execute(f"UPDATE posts SET checksum = {checksum('posts')} WHERE number = ?", (number,))
    _put_what_it_says(database, number, post, generation)
    execute("DELETE FROM sections WHERE post = ?", (number,))
    database.connection.executemany(
        f"INSERT INTO sections ({_SECTION_COLUMNS}, checksum)"
        f" VALUES ({_SECTION_MARKS}, checksum({_SECTION_MARKS}))",
        ((number, ordinal, *row) for ordinal, row in enumerate(_section_rows(post, copies))),
    )
    if has_formulas:
        return
    execute("DELETE FROM formulas WHERE post = ?", (number,))
    database.connection.executemany(
        f"INSERT INTO formulas VALUES ({_FORMULA_MARKS}, checksum({_FORMULA_MARKS}))",
        (
            (number, f.number, f.label, f.name, f.display, f.latex, f.line, *_ends(f.span))
            for f in post.formulas
        ),
    )


def _section_rows(post: Post, copies: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """Sections of the post's text, then the passages of other copies."""
    for s in sections(post.text, post.blocks):
        yield s.heading, s.level, s.line, *_ends(s.span), None
    for passage in post.other_passages:
        yield None, 0, passage.line, *_ends(passage.span), copies[passage.occurrence]


def _put_what_it_says(database: Database, number: int, post: Post, generation: int) -> None:
    """Store what a post defines, what it is called, and what it cites."""
    from blogkit.store.citations import put_citations
    from blogkit.store.words import put_definitions
    from blogkit.text.definitions import defined_terms
    from blogkit.text.segment import cut_words

    terms = defined_terms(post.title, (*post.tags, *post.categories), post.text, cut_words)
    put_definitions(database, number, terms, generation)
    put_citations(database, number, post)


def define_terms(database: Database) -> None:
    """Find anew what posts define and cite that another process wrote: another version may find
    other terms."""
    with database.writing() as generation:
        rows = database.connection.execute("SELECT number, generation FROM posts ORDER BY number")
        for number, written in rows.fetchall():
            if not database.has_written(written):
                _put_what_it_says(database, number, read_post(database, number), generation)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def delete_post(database: Database, number: int, generation: int) -> None:
    """Forget a post, whose copies must be gone already."""
    from blogkit.store.words import put_definitions

    execute = database.connection.execute
    put_definitions(database, number, [], generation)
    execute("DELETE FROM posts WHERE number = ?", (number,))
    execute("INSERT INTO removed_posts VALUES (?, ?)", (number, generation))


def absorb_post(database: Database, absorbed: int, into: int, generation: int) -> None:
    """Make the ids of one post ids of another, and forget it; its copies must be moved already."""
    execute = database.connection.execute
    execute("UPDATE aliases SET post = ? WHERE post = ?", (into, absorbed))
    execute("INSERT INTO aliases SELECT id, ? FROM posts WHERE number = ?", (into, absorbed))
    delete_post(database, absorbed, generation)


def exists(database: Database, number: int) -> bool:
    """Whether there is a post of that number."""
    row = database.connection.execute("SELECT 1 FROM posts WHERE number = ?", (number,))
    return row.fetchone() is not None


def kept_copy(database: Database, number: int) -> int | None:
    """The row of the copy whose text a post has; None of one that is not written yet."""
    select = "SELECT kept FROM posts WHERE number = ?"
    row = database.connection.execute(select, (number,)).fetchone()
    return row[0] if row else None


def put_alias(database: Database, alias: str, number: int) -> None:
    """Let a post be known by a further id."""
    database.connection.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (alias, number))


def drop_id(database: Database, post_id: str, *, instead: str) -> None:
    """Let no post be known by an id; the one whose id it is takes another."""
    execute = database.connection.execute
    execute("DELETE FROM aliases WHERE id = ?", (post_id,))
    cursor = execute("UPDATE posts SET id = ? WHERE id = ?", (instead, post_id))
    if cursor.rowcount:
        execute("DELETE FROM aliases WHERE id = ?", (instead,))
        execute(f"UPDATE posts SET checksum = {checksum('posts')} WHERE id = ?", (instead,))


def find_post(database: Database, name: str) -> int:
    """Number of the post with that id, that prefix of an id, or that title.

    Raises:
        PostNotFoundError: if there is none.
        AmbiguousPostError: if there are several.
    """
    name = storable(name)
    number = number_by_id(database, name)
    if number is not None:
        return number
    execute = database.connection.execute
    rows = (
        execute(
            "SELECT number, id, title FROM posts"
            " WHERE lower(id) >= lower(?1) AND lower(substr(id, 1, length(?1))) = lower(?1)"
            " AND lower(id) < lower(?1) || char(1114111) ORDER BY id",
            (name,),
        ).fetchall()
        if name
        else []
    )
    rows = (
        rows
        or execute(
            "SELECT number, id, title FROM posts WHERE title = ? ORDER BY id", (name,)
        ).fetchall()
        or _by_other_title(database, name)
    )
    if not rows:
        raise PostNotFoundError(
            Message(
                "no post has the id or title '{name}'; 'blogkit posts' lists them",
                name=_shown(name),
            )
        )
    if len(rows) > 1:
        shown = ", ".join(f"{post_id} ({title})" for _, post_id, title in rows[:_AMBIGUOUS_SHOWN])
        more = ", …" if len(rows) > _AMBIGUOUS_SHOWN else ""
        raise AmbiguousPostError(
            Message(
                "'{name}' means {count} posts: {shown}{more}",
                name=_shown(name),
                count=len(rows),
                shown=shown,
                more=more,
            )
        )
    return int(rows[0][0])


def _by_other_title(database: Database, name: str) -> list[tuple[int, str, str]]:
    from blogkit.text.naming import keys_of_names

    keys = keys_of_names([name], None)
    return database.connection.execute(_BY_OTHER_TITLE, (name, *keys)).fetchall()


def number_by_id(database: Database, post_id: str) -> int | None:
    """Number of the post that is known by exactly this id; None if none is."""
    row = database.connection.execute(
        "SELECT number FROM posts WHERE id = ? UNION ALL SELECT post FROM aliases WHERE id = ?",
        (post_id, post_id),
    ).fetchone()
    return int(row[0]) if row else None


def post_of_formula(database: Database, formula_id: str) -> tuple[int, str, str]:
    """The post that a formula's id names: its number, its name, and the formula's name in it.

    An id that a program gave may hold ``#`` itself.

    Raises:
        PostNotFoundError: if there is no such post.
        AmbiguousPostError: if there are several.
    """
    for at, char in enumerate(formula_id):
        if char == "#" and (number := number_by_id(database, formula_id[:at])) is not None:
            return number, formula_id[:at], formula_id[at + 1 :]
    post, _, name = formula_id.partition("#")
    return find_post(database, post), post, name


def _shown(name: str) -> str:
    """A name as a message quotes it."""
    return name if len(name) <= _NAME_SHOWN_CHARS else f"{name[:_NAME_SHOWN_CHARS]}…"


def read_post(database: Database, number: int) -> Post:
    """The merged post of that number, whole.

    Raises:
        LibraryDamagedError: if it is not as it was written.
    """
    row = database.connection.execute(f"{_SELECT} WHERE p.number = ?", (number,)).fetchone()
    expect_sound(
        row is not None and row[-1], database.path, Message("post {number}", number=number)
    )
    return _post(database, row[:-1])


def id_and_title(database: Database, number: int) -> tuple[str, str]:
    """What a post is called.

    Raises:
        LibraryDamagedError: if its row is not as it was written.
    """
    select = f"SELECT id, title, {is_sound(posts='p')} FROM posts p WHERE number = ?"
    post_id, title, sound = database.connection.execute(select, (number,)).fetchone()
    expect_sound(sound, database.path, Message("post {post_id}", post_id=post_id))
    return str(post_id), str(title)


def some_posts(database: Database, limit: int | None, offset: int) -> Iterator[Post]:
    """Posts in the order in which they were first added; all of them without a limit."""
    for number in post_numbers(database, limit, offset):
        yield read_post(database, number)


def post_numbers(database: Database, limit: int | None = None, offset: int = 0) -> list[int]:
    """Numbers of posts in the order in which they were first added; of all without a limit."""
    rows = database.connection.execute(
        "SELECT number FROM posts ORDER BY number LIMIT ? OFFSET ?",
        (-1 if limit is None else limit, offset),
    )
    return [number for (number,) in rows]


def titles(database: Database) -> Iterator[tuple[str, str]]:
    """Id and title of every post."""
    yield from database.connection.execute("SELECT id, title FROM posts ORDER BY number DESC")


def with_several_copies(database: Database) -> list[int]:
    """Numbers of the posts of which several copies were found, in order."""
    rows = database.connection.execute(
        "SELECT post FROM copies GROUP BY post HAVING count(*) > 1 ORDER BY post"
    )
    return [number for (number,) in rows]


def count_sections(database: Database) -> int:
    """How many sections all posts have."""
    (count,) = database.connection.execute("SELECT count(*) FROM sections").fetchone()
    return int(count)


def changed_since(database: Database, generation: int) -> tuple[list[int], list[int]]:
    """Numbers of the posts that changed after a generation, and of those removed after it."""
    execute = database.connection.execute
    changed = execute(
        "SELECT number FROM posts WHERE generation > ? ORDER BY number", (generation,)
    ).fetchall()
    removed = execute(
        "SELECT number FROM removed_posts WHERE generation > ?", (generation,)
    ).fetchall()
    return [number for (number,) in changed], [number for (number,) in removed]


def _formula(row: tuple[Any, ...], definitions: str) -> FormulaSource:
    n, label, name, display, latex, line, start, end, _ = row
    return FormulaSource(n, label, name, bool(display), latex, line, Span(start, end), definitions)


def _post(database: Database, row: tuple[Any, ...]) -> Post:
    (number, post_id, title, title_from, year, month, day, tags, categories, comments, address,
     links, other_titles, truncated, text, blocks) = row  # fmt: skip
    execute = database.connection.execute
    formulas = execute(_FORMULAS, (number,)).fetchall()
    occurrences = execute(_OCCURRENCES, (number,)).fetchall()
    passages = execute(_PASSAGES, (number,)).fetchall() if len(occurrences) > 1 else []
    places = {row[0]: place for place, row in enumerate(occurrences)}
    expect_sound(
        all(row[-1] for row in (*formulas, *occurrences, *passages)),
        database.path,
        Message("post {post_id}", post_id=post_id),
    )
    said, shape = unpacked(text), blocks_from_json(unpacked(blocks))
    return Post(
        title=title,
        text=said,
        id=post_id,
        title_from=title_from,
        date=PostDate(year, month, day),
        tags=names_from_json(tags),
        categories=names_from_json(categories),
        comments=comments,
        truncated=bool(truncated),
        blocks=shape,
        formulas=tuple(map(_formula, formulas, definitions_before(row[4] for row in formulas))),
        occurrences=tuple(
            Occurrence(path, line, end_line, bool(cut), bool(kept))
            for _, path, line, end_line, cut, kept, _ in occurrences
        ),
        address=address,
        links=names_from_json(links),
        other_titles=names_from_json(other_titles),
        other_passages=tuple(
            OtherPassage(places[copy], line, Span(start, end), unpacked(text)[start:end])
            for copy, line, start, end, text, _ in passages
        ),
        pictures=_pictures(database, number, occurrences[0][0], said, shape),
    )


def _pictures(
    database: Database, number: int, kept: int, text: str, blocks: Sequence[Block]
) -> tuple[Picture, ...]:
    """The kept pictures of a post whose text is that of a copy."""
    own, others = pictures_of_post(database, number, kept)
    if not own and not others:
        return ()
    from blogkit.pictures import matched, picture_references

    return tuple(matched(picture_references(text, blocks), own, others))
