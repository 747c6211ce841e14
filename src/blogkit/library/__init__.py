"""A library of posts: the facade, and what it is made of."""
