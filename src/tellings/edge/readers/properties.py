"""What office documents say of themselves beside their text: title, author and day.

The names are those of Dublin Core, as the Open Packaging Conventions (DOCX) and OpenDocument (ODT) use them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tellings.edge.readers.containers import Container, ContainerError, local
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.telling import NO_DATE, Metadata, bad_date
from tellings.model.records import Attested, DocumentDate, Problem

#: Days between the making of a document and its last change beyond which neither is taken for its date: an old file
#: was written over, or a new one is long in the making.
_LONGEST_MAKING = 31
#: What programs write where nobody has filled in anything (lower case).
_NO_TITLES = frozenset(
    {"untitled", "document", "document1", "word document", "microsoft word document", "anonymous", "unspecified"}
)
_NO_AUTHORS = frozenset({
    "python-docx", "microsoft office user", "microsoft", "user", "admin", "administrator", "windows user", "unknown",
    "anonymous", "author", "owner", "apache poi", "openpyxl", "unknown author", "unspecified",
})  # fmt: skip
#: The properties of the template of python-docx, which stay in what is made of it.
_TEMPLATE = "2013-12-23T23:15:00Z"


def office_properties(name: str, container: Container, part: str) -> tuple[Metadata, tuple[Problem, ...]]:
    """What the properties of a document tell. Properties that cannot be read tell nothing, and that is said."""
    try:
        root = container.xml(part)
    except ContainerError as error:
        return Metadata(), (Problem(name, "malformed", str(error), "nothing to do; its text is read", lost=False),)
    found: dict[str, str] = {}
    for element in () if root is None else root.iter():
        if value := " ".join((element.text or "").split())[:500]:
            found.setdefault(local(element), value)
    return told_by(name, found)


def told_by(name: str, found: Mapping[str, str]) -> tuple[Metadata, tuple[Problem, ...]]:
    """What properties tell: "title", "creator" (or "initial-creator"), "created" (or "creation-date"), "modified" (or
    "date", the last change in OpenDocument) and "language"."""
    changed = found.get("modified") or found.get("date", "")
    date, problems = _made(name, found.get("created") or found.get("creation-date", ""), changed)
    return (
        Metadata(
            date,
            title=title_of(found.get("title", ""), "document properties title"),
            author=author_of(found.get("initial-creator") or found.get("creator", ""), "document properties creator"),
            language=language_code(found.get("language", "en")),
        ),
        problems,
    )


def title_of(value: str, evidence: str) -> Attested | None:
    """A title, where somebody wrote it: no program's default, no name of a file."""
    small = value.casefold().strip("()")
    is_file = small.startswith("microsoft word - ") or small.endswith(
        (".doc", ".docx", ".odt", ".rtf", ".pdf", ".indd", ".qxd", ".qxp", ".pages", ".tmp", ".txt")
    )
    return None if not value or small in _NO_TITLES or is_file else Attested(value, evidence)


def author_of(value: str, evidence: str) -> Attested | None:
    """An author, where it is somebody and no program's default."""
    return None if not value or value.casefold().strip("()") in _NO_AUTHORS else Attested(value, evidence)


def _made(name: str, created: str, modified: str) -> tuple[DocumentDate, tuple[Problem, ...]]:
    """The day on which a document was made; none where it was changed long after."""
    if not created or created == _TEMPLATE:
        return NO_DATE, ()
    evidence = f"document properties created {created}"[:100]
    try:
        first = parse_date(created)
    except DateError as error:
        return DocumentDate(None, f"{evidence} (refused: {error})", "refused"), (bad_date(name, "created", error),)
    last = _day(modified) or first
    if abs((last - first).days) > _LONGEST_MAKING:
        return DocumentDate(None, f"{evidence}, changed {modified}"[:150] + ": too far apart for a date", "none"), ()
    return DocumentDate(first, evidence, "document-properties"), ()


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except DateError:
        return None
