"""A reader for terminals: search as you type, posts with drawn formulas, symbols, notes, cards.

It asks the library, study and notes, and shows what their views make of the answers, as the pages
do; it has no logic of its own. This alone knows Textual.
"""
