"""LaTeX math: source to layout tree to source."""
