"""The store: one SQLite file that keeps tellings, what was found in them and what was decided of them.

Only this room knows of SQL. `database` opens the file, `schema` makes its tables, `shelf` keeps what sorting knows; the
other modules each read and write the rows of one thing.
"""
