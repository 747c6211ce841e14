"""Pure functions from results to what a person reads or a program parses.

``plain`` is for pipes and files, ``terminal`` for a person at a terminal, with Rich.
"""
