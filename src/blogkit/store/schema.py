"""Tables of ``library.db``, and the way from older versions to this one.

A new database is made as an old one is brought forward: the tables of version 1, then every
migration. So what a migration makes can't differ from what a new library has, and a new version
is one entry more in MIGRATIONS.
"""

from __future__ import annotations

import sqlite3

from blogkit.store.checksums import CHECKED, checksum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

APPLICATION_ID = 0x626C6F67
"""Kept in SQLite's ``application_id``, so that a stranger's database is not taken for a library."""

_WORDS = """
-- Words beyond the dictionary: a user's, and those that posts define, with how many posts do.
-- generation says when a word last began or ceased to be one; a word that ceased keeps its row.
CREATE TABLE words (
    word TEXT PRIMARY KEY,
    is_user INTEGER NOT NULL,
    definitions INTEGER NOT NULL,
    generation INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX words_generation ON words (generation);

-- What each post defines: origin is 'title', 'tag', 'quoted' or 'gloss'; english may be empty.
CREATE TABLE definitions (
    post INTEGER NOT NULL,
    word TEXT NOT NULL,
    english TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (post, word, english)
) WITHOUT ROWID;
CREATE INDEX definitions_word ON definitions (word);
CREATE INDEX definitions_english ON definitions (english);
"""

_STUDY = """
-- Cards that a user took or dropped. What is asked lies here whole, so that a card outlives its
-- post; post is a post's id, not its number, so that it finds the post again when it is re-added.
-- Times are seconds since 1970; the schedule (state to last_review) is null for a dropped card.
CREATE TABLE cards (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    post TEXT NOT NULL,
    formula TEXT,
    line INTEGER NOT NULL,
    name TEXT NOT NULL,
    context TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    is_edited INTEGER NOT NULL,
    is_dropped INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    state INTEGER,
    step INTEGER,
    stability REAL,
    difficulty REAL,
    due INTEGER,
    last_review INTEGER
) WITHOUT ROWID;
CREATE INDEX cards_due ON cards (due);
CREATE INDEX cards_post ON cards (post);

-- Every review, in the order in which it came to be known, with the schedule before it. anki is
-- the number of a review that was imported, null for one of blogkit's own.
CREATE TABLE reviews (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    card TEXT NOT NULL REFERENCES cards (id),
    time INTEGER NOT NULL,
    grade INTEGER NOT NULL,
    seconds REAL,
    anki INTEGER UNIQUE,
    state INTEGER NOT NULL,
    step INTEGER,
    stability REAL,
    difficulty REAL,
    due INTEGER NOT NULL,
    last_review INTEGER
);
CREATE INDEX reviews_card ON reviews (card);
CREATE INDEX reviews_time ON reviews (time);

-- The reading list: what a user said of a post, by the post's id.
CREATE TABLE reading (
    post TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    time INTEGER NOT NULL
) WITHOUT ROWID;
"""

_FIRST_CHECKED = ("sources", "posts", "copies", "sections", "formulas")
_STUDIED = ("cards", "reviews", "reading")
_ADDED_WITH_ADDRESSES = ("address", "links")
_ADDED_WITH_OTHERS = ("other_titles", "copy")


def _without(table: str, *columns: str) -> str:
    """SQL for the checksum of a row before it had some columns."""
    all_columns = {column.strip('"') for column in CHECKED[table]}
    return checksum(table, among=all_columns.difference(columns))


def _checked_anew(table: str, before: str, after: str) -> str:
    """SQL for a new checksum of each row; a row that is damaged stays damaged."""
    return f"UPDATE {table} SET checksum = iif(checksum IS {before}, {after}, NULL);"


def _read_again(*formats: str, pages: bool = True) -> str:
    """SQL that lets the next sync read files anew.

    Args:
        formats: the first four letters of their formats.
        pages: whether pages that were fetched are read anew too.
    """
    only_files = "" if pages else " AND key NOT LIKE 'http%://%'"
    listed = ", ".join(f"'{name}'" for name in formats)
    anew = checksum("sources").replace("digest", "''")
    return (
        f"UPDATE sources SET digest = '', checksum = {anew} WHERE path IS NOT NULL{only_files}"
        f" AND checksum IS {checksum('sources')} AND substr(format, 1, 4) IN ({listed});"
    )


_CHECKSUMS = "\n".join(
    f"ALTER TABLE {table} ADD COLUMN checksum INTEGER;\n"
    f"UPDATE {table} SET checksum = {_without(table, *_ADDED_WITH_ADDRESSES, *_ADDED_WITH_OTHERS)};"
    for table in _FIRST_CHECKED
)

_ADDRESSES = f"""
ALTER TABLE posts ADD COLUMN address TEXT;
ALTER TABLE posts ADD COLUMN links TEXT NOT NULL DEFAULT '[]';
ALTER TABLE copies ADD COLUMN address TEXT;
ALTER TABLE copies ADD COLUMN links TEXT NOT NULL DEFAULT '[]';

-- What the addresses of one page share, by which copies of one post find each other.
CREATE TABLE addresses (
    key TEXT NOT NULL,
    copy INTEGER NOT NULL,
    PRIMARY KEY (key, copy)
) WITHOUT ROWID;

-- By which version fingerprints, digests and addresses' keys were made.
ALTER TABLE library ADD COLUMN fingerprints INTEGER NOT NULL DEFAULT 0;

-- Checksums are of the new columns too.
{
    _checked_anew(
        "posts",
        _without("posts", *_ADDED_WITH_ADDRESSES, *_ADDED_WITH_OTHERS),
        _without("posts", *_ADDED_WITH_OTHERS),
    )
}
{_checked_anew("copies", _without("copies", *_ADDED_WITH_ADDRESSES), checksum("copies"))}

-- Files that tell addresses and links are read again by the next sync.
{_read_again("html", "feed", "mark", "epub", "zip", "zip ", "tar", "tar ")}
"""

_GIVEN = "(SELECT given_id FROM copies WHERE post = number ORDER BY id LIMIT 1)"

_OTHERS = f"""
-- What a search finds of a post beyond its text: titles of its other copies, and, as sections, the
-- passages that only they have; copy says whose text such a section stands in.
ALTER TABLE posts ADD COLUMN other_titles TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sections ADD COLUMN copy INTEGER;
{_checked_anew("posts", _without("posts", *_ADDED_WITH_OTHERS), checksum("posts"))}
{_checked_anew("sections", _without("sections", *_ADDED_WITH_OTHERS), checksum("sections"))}

-- A post bears the id that its first copy was given; the id that it bore is another of its ids.
CREATE TABLE given AS SELECT number, id AS before, {_GIVEN} AS id FROM posts
WHERE checksum IS NOT NULL AND {_GIVEN} NOT IN ('', id) AND NOT instr({_GIVEN}, '#')
AND EXISTS (SELECT 1 FROM aliases a WHERE a.id = {_GIVEN} AND a.post = number);
DELETE FROM aliases WHERE id IN (SELECT id FROM given);
INSERT INTO aliases SELECT before, number FROM given;
UPDATE posts SET id = (SELECT g.id FROM given g WHERE g.number = posts.number)
WHERE number IN (SELECT number FROM given);
UPDATE posts SET checksum = {checksum("posts")} WHERE number IN (SELECT number FROM given);
DROP TABLE given;
"""

_STUDY_CHECKSUMS = "\n".join(
    f"ALTER TABLE {table} ADD COLUMN checksum INTEGER;\n"
    f"UPDATE {table} SET checksum = {checksum(table)};"
    for table in _STUDIED
)

_PAGES = """
-- What servers said of the pages that were fetched, by which they are asked later whether these
-- have changed; the key is that of the source.
CREATE TABLE pages (
    key TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT
) WITHOUT ROWID;
"""

_CITATIONS = """
-- What others may call a post, and what a post calls others: keys of titles and addresses that two
-- ways to write one share. names may be of several posts.
CREATE TABLE names (
    key TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    PRIMARY KEY (key, post)
) WITHOUT ROWID;
CREATE INDEX names_post ON names (post);
CREATE TABLE citations (
    key TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    PRIMARY KEY (key, post)
) WITHOUT ROWID;
CREATE INDEX citations_post ON citations (post);
INSERT INTO names SELECT keys.value, number FROM posts,
json_each(name_keys(title, other_titles, address)) keys;
INSERT INTO citations SELECT keys.value, p.number FROM posts p JOIN copies c ON c.id = p.kept,
json_each(citation_keys(c.text, p.links)) keys;
"""

_LISTS = """
-- What lists and look-ups ask for, so that they cost the same in a large library.
CREATE INDEX posts_lower_id ON posts (lower(id));
CREATE INDEX words_known ON words (word) WHERE is_user OR definitions > 0;
CREATE INDEX words_user ON words (word) WHERE is_user;
CREATE INDEX formulas_label ON formulas (label);
CREATE INDEX sections_copy ON sections (post) WHERE copy IS NOT NULL;
"""

_SHAPES = f"""
-- Blocks say what holds them, and what in them is emphasised, linked or named; files that tell it
-- are read again by the next sync.
{_read_again("html", "mhtm", "feed", "mark", "epub", "note", "late", "zip", "zip ", "tar", "tar ")}
DELETE FROM pages;
"""

_NOTES = """
-- What a reader wrote beside posts; post is a post's id, not its number. exact, prefix and suffix
-- are the words that it is about and those around them, empty of one about the whole post; start is
-- where they stood. formula is not null of one about a formula: its name then.
CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    post TEXT NOT NULL,
    formula TEXT,
    exact TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    start INTEGER NOT NULL,
    body TEXT NOT NULL,
    tags TEXT NOT NULL,
    is_question INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    checksum INTEGER
) WITHOUT ROWID;
CREATE INDEX notes_post ON notes (post);
"""

_CHECKED_POSTS = """
-- What checking whole posts found: which of their formulas are refuted, and which undecided. It
-- says nothing any more where the post's generation, or blogkit's version, is another.
CREATE TABLE checked (
    post INTEGER PRIMARY KEY REFERENCES posts (number) ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    version TEXT NOT NULL
);
CREATE TABLE doubts (
    post INTEGER NOT NULL REFERENCES checked (post) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    formula TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (post, ordinal)
) WITHOUT ROWID;
"""

_PICTURES = f"""
-- Pictures of posts, each once, by SHA-256 of its bytes; these lie apart, so that what pictures
-- there are is read without them.
CREATE TABLE pictures (
    digest TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    checksum INTEGER
) WITHOUT ROWID;
CREATE TABLE picture_data (
    digest TEXT NOT NULL UNIQUE REFERENCES pictures (digest),
    data BLOB NOT NULL,
    checksum INTEGER
);

-- Where copies refer to them: the address as the copy has it, the words in the picture's place.
CREATE TABLE picture_references (
    copy INTEGER NOT NULL REFERENCES copies (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    caption TEXT NOT NULL,
    line INTEGER NOT NULL,
    picture TEXT NOT NULL REFERENCES pictures (digest),
    checksum INTEGER,
    PRIMARY KEY (copy, address)
) WITHOUT ROWID;
CREATE INDEX picture_references_picture ON picture_references (picture);

-- Files that may have pictures, or emphasis of LaTeX, are read again by the next sync.
{
    _read_again(
        "html", "mhtm", "mark", "epub", "note", "late", "zip", "zip ", "tar", "tar ", pages=False
    )
}
"""

_PACKED = """
-- Texts and blocks of copies may be packed from now on; those that lie here stay as they are.
-- Fingerprints have 32 bits, and the labels of formulas are an index of those that bear one.
CREATE TABLE shorter (
    hash INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    of_copy INTEGER NOT NULL,
    PRIMARY KEY (hash, copy)
) WITHOUT ROWID;
INSERT OR IGNORE INTO shorter
SELECT (hash & 4294967295) - 4294967296 * ((hash & 2147483648) != 0), copy, of_copy
FROM fingerprints;
DROP TABLE fingerprints;
ALTER TABLE shorter RENAME TO fingerprints;
UPDATE library SET fingerprints = 2 WHERE fingerprints = 1;
DROP INDEX formulas_label;
CREATE INDEX formulas_label ON formulas (label) WHERE label IS NOT NULL;
"""

MIGRATIONS = (
    _WORDS, _STUDY, _CHECKSUMS, _ADDRESSES, _OTHERS + _STUDY_CHECKSUMS, _PAGES,
    _CITATIONS + _LISTS, _SHAPES, _NOTES, _CHECKED_POSTS, _PICTURES, _PACKED,
)  # fmt: skip
"""What makes a database of version 1 one of version 2, and so on.

SQL, which may call checksum(), name_keys() and citation_keys().

A new entry goes to the end, with a dump of the version before in ``tests/reliability/schemas``.
"""

SCHEMA_VERSION = len(MIGRATIONS) + 1
"""Kept in SQLite's ``user_version``."""

FIRST_TABLES = """
-- One row: identity of the library, and a number that grows with every change of it.
CREATE TABLE library (
    id TEXT NOT NULL,
    generation INTEGER NOT NULL
);

-- What was added. The key is a file's absolute path, 'post:ID' of a program's post,
-- '-:DIGEST' of standard input, or an address of the web.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    path TEXT,
    digest TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL
);

-- Folders that were added, which sync walks again; and files that were removed from them.
CREATE TABLE folders (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE removed_files (path TEXT PRIMARY KEY) WITHOUT ROWID;

-- Merged posts. number is never used again; generation says when the post last changed.
CREATE TABLE posts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL,
    kept INTEGER REFERENCES copies (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    title_from TEXT NOT NULL,
    year INTEGER, month INTEGER, day INTEGER,
    tags TEXT NOT NULL,
    categories TEXT NOT NULL,
    comments INTEGER
);
CREATE INDEX posts_generation ON posts (generation);
CREATE INDEX posts_title ON posts (title);
CREATE TABLE removed_posts (number INTEGER PRIMARY KEY, generation INTEGER NOT NULL);

-- Further ids by which a post is known: given by a program, or of a post merged into it.
CREATE TABLE aliases (
    id TEXT PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX aliases_post ON aliases (post);

-- Every copy as it was read; kind and similarity say how it is like the kept one, digest is of the
-- text that is compared.
CREATE TABLE copies (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES posts (number),
    source INTEGER NOT NULL REFERENCES sources (id),
    given_id TEXT,
    line INTEGER NOT NULL,
    end_line INTEGER NOT NULL,
    truncated INTEGER NOT NULL,
    title TEXT NOT NULL,
    title_from TEXT NOT NULL,
    year INTEGER, month INTEGER, day INTEGER,
    tags TEXT NOT NULL,
    categories TEXT NOT NULL,
    comments INTEGER,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,
    kind TEXT,
    similarity REAL,
    digest BLOB NOT NULL
);
CREATE INDEX copies_post ON copies (post);
CREATE INDEX copies_source ON copies (source);
CREATE INDEX copies_digest ON copies (digest);

-- Winnowed fingerprints of the copies, by which copies of one post find each other; of_copy is how
-- many the copy has in all.
CREATE TABLE fingerprints (
    hash INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    of_copy INTEGER NOT NULL,
    PRIMARY KEY (hash, copy)
) WITHOUT ROWID;

-- Of the merged post's text: its sections and its formulas.
CREATE TABLE sections (
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    heading TEXT,
    level INTEGER NOT NULL,
    line INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (post, ordinal)
) WITHOUT ROWID;
CREATE TABLE formulas (
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT,
    name TEXT NOT NULL,
    display INTEGER NOT NULL,
    latex TEXT NOT NULL,
    line INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (post, number)
) WITHOUT ROWID;
"""


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one: executescript would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
