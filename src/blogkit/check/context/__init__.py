"""What a post says around a formula, and the questions that come of both."""
