"""Statements about matrices and vectors: proved in the free algebra, tried on small exact ones."""
