"""Copies of a post: finding candidates, measuring likeness, keeping the fullest."""
