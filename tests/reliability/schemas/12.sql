-- A library of two posts, a card and a note, as blogkit wrote it with schema 12.
PRAGMA application_id = 1651273575;
PRAGMA user_version = 12;
BEGIN TRANSACTION;
CREATE TABLE addresses (
    key TEXT NOT NULL,
    copy INTEGER NOT NULL,
    PRIMARY KEY (key, copy)
) WITHOUT ROWID;
CREATE TABLE aliases (
    id TEXT PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE
) WITHOUT ROWID;
INSERT INTO "aliases" VALUES('fc31cd7ebe',1);
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
, checksum INTEGER) WITHOUT ROWID;
INSERT INTO "cards" VALUES('c1','formula','clip','1',1,'1','梯度裁剪','设 […] 为步长，裁剪梯度。','x>0',0,0,1,2,NULL,2.3065,2.1181,1700172800,1700000000,2687185251);
CREATE TABLE checked (
    post INTEGER PRIMARY KEY REFERENCES posts (number) ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    version TEXT NOT NULL
);
INSERT INTO "checked" VALUES(1,1,'0.1.0');
CREATE TABLE citations (
    key TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    PRIMARY KEY (key, post)
) WITHOUT ROWID;
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
, checksum INTEGER, address TEXT, links TEXT NOT NULL DEFAULT '[]');
INSERT INTO "copies" VALUES(1,1,1,'clip',1,1,0,'梯度裁剪','heading',NULL,NULL,NULL,'["优化"]','[]',NULL,'设 $x>0$ 为步长，裁剪梯度。','[["paragraph",0,17,1,0]]',NULL,NULL,X'71E26EA66DE601F54432909AAC375FD3',604095546,NULL,'[]');
INSERT INTO "copies" VALUES(2,2,2,NULL,1,1,0,'日食记','heading',NULL,NULL,NULL,'[]','[]',NULL,'今天看了日食。','[["paragraph",0,7,1,0]]',NULL,NULL,X'A5F749A3BAAD8DA6749AA89795A516C5',4039452168,NULL,'[]');
CREATE TABLE definitions (
    post INTEGER NOT NULL,
    word TEXT NOT NULL,
    english TEXT NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (post, word, english)
) WITHOUT ROWID;
INSERT INTO "definitions" VALUES(1,'优化','','tag');
INSERT INTO "definitions" VALUES(1,'梯度裁剪','','title');
INSERT INTO "definitions" VALUES(2,'日食记','','title');
CREATE TABLE doubts (
    post INTEGER NOT NULL REFERENCES checked (post) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    formula TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (post, ordinal)
) WITHOUT ROWID;
INSERT INTO "doubts" VALUES(1,0,'1','undecided');
CREATE TABLE fingerprints (
    hash INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    of_copy INTEGER NOT NULL,
    PRIMARY KEY (hash, copy)
) WITHOUT ROWID;
INSERT INTO "fingerprints" VALUES(443699712202834221,1,1);
INSERT INTO "fingerprints" VALUES(4689903796215419878,2,1);
CREATE TABLE folders (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE formulas (
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT,
    name TEXT NOT NULL,
    display INTEGER NOT NULL,
    latex TEXT NOT NULL,
    line INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, checksum INTEGER,
    PRIMARY KEY (post, number)
) WITHOUT ROWID;
INSERT INTO "formulas" VALUES(1,1,NULL,'1',0,'x>0',1,2,7,2061062420);
CREATE TABLE library (
    id TEXT NOT NULL,
    generation INTEGER NOT NULL
, fingerprints INTEGER NOT NULL DEFAULT 0);
INSERT INTO "library" VALUES('686c8c5689261afd',1,0);
CREATE TABLE names (
    key TEXT NOT NULL,
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    PRIMARY KEY (key, post)
) WITHOUT ROWID;
INSERT INTO "names" VALUES('《梯度裁剪',1);
INSERT INTO "names" VALUES('《日食记',2);
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
INSERT INTO "notes" VALUES('dac5ffe3','clip',NULL,'','','',0,'为什么要裁剪？','["重读"]',1,1796072734,1796072734,3539908051);
CREATE TABLE pages (
    key TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT
) WITHOUT ROWID;
CREATE TABLE picture_data (
    digest TEXT NOT NULL UNIQUE REFERENCES pictures (digest),
    data BLOB NOT NULL,
    checksum INTEGER
);
CREATE TABLE picture_references (
    copy INTEGER NOT NULL REFERENCES copies (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    caption TEXT NOT NULL,
    line INTEGER NOT NULL,
    picture TEXT NOT NULL REFERENCES pictures (digest),
    checksum INTEGER,
    PRIMARY KEY (copy, address)
) WITHOUT ROWID;
CREATE TABLE pictures (
    digest TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    checksum INTEGER
) WITHOUT ROWID;
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
, checksum INTEGER, address TEXT, links TEXT NOT NULL DEFAULT '[]', other_titles TEXT NOT NULL DEFAULT '[]');
INSERT INTO "posts" VALUES(1,'clip',1,1,'梯度裁剪','heading',NULL,NULL,NULL,'["优化"]','[]',NULL,3904993546,NULL,'[]','[]');
INSERT INTO "posts" VALUES(2,'a5efeb887c',1,2,'日食记','heading',NULL,NULL,NULL,'[]','[]',NULL,2145692842,NULL,'[]','[]');
CREATE TABLE reading (
    post TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    time INTEGER NOT NULL
, checksum INTEGER) WITHOUT ROWID;
INSERT INTO "reading" VALUES('clip','read',1700000000,372003259);
CREATE TABLE removed_files (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE removed_posts (number INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
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
, checksum INTEGER);
INSERT INTO "reviews" VALUES(1,'c1',1700000000,3,4.5,NULL,1,0,NULL,NULL,1700000000,NULL,1203143397);
CREATE TABLE sections (
    post INTEGER NOT NULL REFERENCES posts (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    heading TEXT,
    level INTEGER NOT NULL,
    line INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, checksum INTEGER, copy INTEGER,
    PRIMARY KEY (post, ordinal)
) WITHOUT ROWID;
INSERT INTO "sections" VALUES(1,0,NULL,0,1,0,17,443012763,NULL);
INSERT INTO "sections" VALUES(2,0,NULL,0,1,0,7,2162819839,NULL);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    path TEXT,
    digest TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL
, checksum INTEGER);
INSERT INTO "sources" VALUES(1,'post:clip',NULL,'0c850f01094f985eb66a003c2e10b60d1a004fb69ca66aea1fe1cab52f7d8d0c','program','utf-8',351389938);
INSERT INTO "sources" VALUES(2,'post:baaf525bd6de6ad9658f61ac1689a7c4f42cb6df7dc9cbbb1132e63602f0d235',NULL,'baaf525bd6de6ad9658f61ac1689a7c4f42cb6df7dc9cbbb1132e63602f0d235','program','utf-8',1047098826);
CREATE TABLE words (
    word TEXT PRIMARY KEY,
    is_user INTEGER NOT NULL,
    definitions INTEGER NOT NULL,
    generation INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "words" VALUES('优化',0,1,1);
INSERT INTO "words" VALUES('日食记',0,1,1);
INSERT INTO "words" VALUES('梯度裁剪',0,1,1);
CREATE INDEX words_generation ON words (generation);
CREATE INDEX definitions_word ON definitions (word);
CREATE INDEX definitions_english ON definitions (english);
CREATE INDEX posts_generation ON posts (generation);
CREATE INDEX posts_title ON posts (title);
CREATE INDEX aliases_post ON aliases (post);
CREATE INDEX copies_post ON copies (post);
CREATE INDEX copies_source ON copies (source);
CREATE INDEX copies_digest ON copies (digest);
CREATE INDEX cards_due ON cards (due);
CREATE INDEX cards_post ON cards (post);
CREATE INDEX reviews_card ON reviews (card);
CREATE INDEX reviews_time ON reviews (time);
CREATE INDEX names_post ON names (post);
CREATE INDEX citations_post ON citations (post);
CREATE INDEX posts_lower_id ON posts (lower(id));
CREATE INDEX words_known ON words (word) WHERE is_user OR definitions > 0;
CREATE INDEX words_user ON words (word) WHERE is_user;
CREATE INDEX formulas_label ON formulas (label);
CREATE INDEX sections_copy ON sections (post) WHERE copy IS NOT NULL;
CREATE INDEX notes_post ON notes (post);
CREATE INDEX picture_references_picture ON picture_references (picture);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('posts',2);
INSERT INTO "sqlite_sequence" VALUES('reviews',1);
COMMIT;
