"""How a post is set: its words in order, what in them is emphasised, linked and numbered, and what
holds its blocks. Terminal, pages and exports show a post by this one reading, each in its own form.
"""
