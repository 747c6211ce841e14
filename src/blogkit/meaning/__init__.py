"""What a formula means: its statements, sorts, facts, values, and terms in a normal form."""
