"""The parts of the formula-search benchmark; `../formula_search.py` is the command."""
