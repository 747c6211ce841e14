"""Whether what a formula states is true.

The way of a formula: `meaning` splits its operator tree into statements of a kind and gathers what
is known of its symbols, `context` what its post says of them; a `Question` is one statement with
its facts; `refute` looks for a counterexample, the methods of `prove` for a proof; `worker` holds
all of it in a process that can be killed. Nothing here raises on a formula, whatever it says.

Imports SymPy and z3, which no other package does: SymPy in `algebra` and `prove`, which `decide`
imports where it asks a method of theirs.
"""
