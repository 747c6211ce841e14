"""Pages of the web, fetched when a user asks for them; alone knows httpx."""
