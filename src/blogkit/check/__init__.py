"""Whether a formula is well written, what it states, and whether that is true.

The way of a formula: `statements` splits its operator tree and says of each part what kind it is;
`facts` and `context` gather what is known of its symbols; a `Question` is one statement with its
facts; `sampling` and `balls` seek a counterexample, the methods of `prove` a proof; and `worker`
holds all of it in a process that can be killed. Nothing here raises on a formula, whatever it says.

The only package that imports SymPy, python-flint, mpmath or z3, and only inside functions.
"""
