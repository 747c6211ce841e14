"""A library's posts written out: Markdown, JSON Lines, a site that opens from disk."""
