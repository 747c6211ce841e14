"""Local-first search and study of math-heavy writing in Chinese and English."""

__version__ = "0.1.0"
