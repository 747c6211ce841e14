"""Questions in SymPy: expressions, where they are defined, and their signs."""
