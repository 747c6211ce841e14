"""A library for assistants, by the Model Context Protocol.

The tools only read. Importing this package imports nothing of the protocol's SDK; only ``server``
does, by its absolute name ``mcp``.
"""
