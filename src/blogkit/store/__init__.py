"""The library's database: one SQLite file, the only truth. Knows posts, and nothing of search."""
