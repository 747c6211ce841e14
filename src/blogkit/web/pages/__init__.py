"""The pages: each a function from a request to an answer, without logic of its own."""
