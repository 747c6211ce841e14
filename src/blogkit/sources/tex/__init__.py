r"""LaTeX: its macros expanded, its projects followed from file to file, its prose made plain text.

Nothing is run, and no file is read but TeX's own that lie beside the one at hand: ``\write18`` and
``\input{/etc/passwd}`` are words like any other.
"""
