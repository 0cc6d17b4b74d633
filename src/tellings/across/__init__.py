"""Many tellings: keys, near-duplicates, shared passages, people, quotation families, questions."""
