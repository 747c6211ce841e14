"""The reading room: pages to search, read and look formulas up, served on this machine only.

Pages are made on the server and complete without JavaScript. Of all folders this one alone knows
Starlette, Jinja2 and uvicorn; it imports no algebra, no index and no store: it asks the library.
"""
