"""The report on a draft, for people and for programs: a page, a table, JSON, SARIF, annotations, Word, Markdown.

`words` says in English what each verdict means, how grave it is and what all of them come to; every form takes it from
there. None of them says that something is false: they say what the articles have.
"""

from __future__ import annotations

from tellings.edge.writers.check import word_copy
from tellings.edge.writers.check.forms import FORMS, Form, form_of
from tellings.edge.writers.check.json import encode, schema
from tellings.edge.writers.check.table import table

__all__ = ["FORMS", "Form", "encode", "form_of", "schema", "table", "word_copy"]
