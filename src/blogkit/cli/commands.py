"""The commands, and the statuses that they exit with."""

from blogkit.language import Message

COMMANDS = {
    "home": Message("what to come back to: half read, due, new, cited, in doubt"),
    "add": Message("read files, folders or pages into the library; again: only what changed"),
    "complete": Message("fetch the pages of posts that are known as excerpts only"),
    "sync": Message("re-read every source that was added"),
    "watch": Message("re-read files and folders that were added as they change"),
    "remove": Message("forget a source and what only it holds"),
    "posts": Message("list the posts"),
    "show": Message("read one post"),
    "read": Message("search, read, take notes and review in this terminal"),
    "search": Message("ranked posts with the best passage of each"),
    "words": Message("the library's own words, and other names for them"),
    "related": Message("posts like this one"),
    "duplicates": Message("what was merged, why, and how the copies differ"),
    "formula": Message("list, find, show, render and check formulas"),
    "note": Message("notes of your own on posts, passages and formulas"),
    "study": Message("cards of what was read, their reviews, and a reading list"),
    "serve": Message("pages to search and read, for a browser on this machine"),
    "export": Message("write the posts as Markdown, JSON Lines or a static site"),
    "mcp": Message("let assistants search and read, by the Model Context Protocol"),
    "completion": Message("a script that completes what is typed in bash, zsh or fish"),
    "doctor": Message("check database and index, and repair them"),
    "backup": Message("write the library to one file, while others go on using it"),
}
"""The commands, with a line of help each; the module of each has the same name."""

FOUND, NOTHING, BAD, UNDECIDED = 0, 1, 2, 3
"""Exit statuses: found or all well; nothing found, a problem or a refuted statement; bad usage or
input; a statement stayed undecided and none was refuted."""
