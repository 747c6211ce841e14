"""From a query to hits: ranking by post, the best passage of each, marked."""
