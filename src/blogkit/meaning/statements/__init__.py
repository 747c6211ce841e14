"""What a formula states: its clauses, their kinds, and each statement by itself."""
