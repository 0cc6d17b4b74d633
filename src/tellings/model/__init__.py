"""The ground: texts, spans, records and rules. Standard library only; imports nothing else of tellings."""
