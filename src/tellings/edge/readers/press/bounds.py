"""Lines that stand between the articles of an export of a press database, however it is laid out."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"(?:Document |Dokument )?\d{1,5} (?:of|von|de|sur|di) \d{1,5}(?: DOCUMENTS?| DOKUMENTEN?)?")
_ENDS = re.compile(
    r"^End of Document$|^(?:AN )?Document [A-Z0-9]{4,13}\d{8}[a-z0-9]{4,14}$|\bnews·\d{8}·\w{1,14}·[\w-]+$"
)


def begins_article(line: str) -> bool:
    """Whether a line stands before an article: "2 of 5 DOCUMENTS"."""
    return _BEGINS.fullmatch(line) is not None


def ends_article(line: str) -> bool:
    """Whether a line stands behind an article: "End of Document", the number of one."""
    return _ENDS.search(line) is not None
