"""Indexes, derived from the posts and rebuilt at will. Alone to know Tantivy and rank-bm25."""
