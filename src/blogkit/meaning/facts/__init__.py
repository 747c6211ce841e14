"""What is known of symbols: by how they are written, by what is assumed, by the formula itself."""
