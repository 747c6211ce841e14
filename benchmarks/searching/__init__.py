"""Collections, queries and engines that the search benchmarks share."""
