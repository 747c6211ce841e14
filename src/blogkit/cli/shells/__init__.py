"""Completion in shells: a script for each, and the taking apart of what is typed."""
