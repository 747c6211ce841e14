"""From bytes to posts, one reader a format. Knows no library and no index."""
