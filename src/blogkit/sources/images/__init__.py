"""Pictures of posts: found where the posts were read, recognized by their bytes, made harmless."""
