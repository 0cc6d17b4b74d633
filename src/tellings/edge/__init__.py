"""The outside: files in, records out."""
