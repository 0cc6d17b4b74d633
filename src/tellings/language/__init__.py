"""What a language gives every stage, and in which language a text is written."""
