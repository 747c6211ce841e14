"""The parts of the formula-check benchmark; `../formula_check.py` is the command."""
