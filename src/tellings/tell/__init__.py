"""Read-only views over a story: what the record shows, line by line, each with its evidence."""
