"""Where samples are taken and how: goals, domains, candidates, and the search for worse points.

`points.py` and `refute.py` above put these together. Imports the trees, facts and `balls/`.
"""
