"""Web pages: the article found, its formulas kept as LaTeX, everything else dropped."""
