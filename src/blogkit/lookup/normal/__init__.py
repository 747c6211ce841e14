"""The reading of formulas for search: coarser than the operator tree, and never failing."""
