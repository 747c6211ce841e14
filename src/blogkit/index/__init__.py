"""Indexes: what makes looking up fast. All derived, all rebuildable."""
