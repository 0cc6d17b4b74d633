"""Exports of Zotero as RDF: references to articles. They hold abstracts and notes, and no article.

Its CSV and CSL JSON are read as tables and objects are, by the names of their fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tellings.edge.readers.containers import attribute, child, local
from tellings.edge.readers.days_told import first_day
from tellings.edge.readers.field_values import Written, holds_markup
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.rows import an_extract, as_telling
from tellings.edge.readers.telling import Metadata, Outcome, attested, joined
from tellings.edge.readers.xml_text import text_of
from tellings.model.records import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SPACE = "http://www.zotero.org/namespaces/export#"
#: Kinds of items that are no references.
_NO_REFERENCES = frozenset({"attachment", "note", "annotation"})


def read_zotero(name: str, root: Element) -> Outcome:
    """The tellings of an RDF file of Zotero: each reference that has an abstract, else a note."""
    references = [each for each in root if _kind(each) not in ("", *_NO_REFERENCES)]
    if not references:
        return Outcome(problems=(unreadable(name, "RDF that holds no reference of Zotero", "save its text as .txt"),))
    by_address = {attribute(each, "about"): each for each in root if attribute(each, "about")}
    return joined(
        _reference(f"{name}#{number}", f"reference {number}", each, by_address)
        for number, each in enumerate(references, start=1)
    )


def _kind(element: Element) -> str:
    """The type that Zotero gives an item; empty for what is no item of it."""
    found = next((each for each in element if each.tag == f"{{{_SPACE}}}itemType"), None)
    return text_of(found).strip()


def _reference(name: str, place: str, element: Element, by_address: dict[str, Element]) -> Outcome:
    date, problems = first_day(name, "zotero", [("date", _text(element, "date"))])
    told = Metadata(
        date,
        title=attested(_text(element, "title"), "zotero title"),
        publisher=attested(_outlet(element, by_address), "zotero isPartOf"),
        author=attested(", ".join(_authors(element)), "zotero authors"),
        url=attested(_address(element), "zotero identifier"),
    )
    texts = [("abstract", _text(element, "abstract", whole=True)), ("note", "\n\n".join(_notes(element, by_address)))]
    what, text = next(((what, text) for what, text in texts if text.strip()), ("", ""))
    if not text:
        message = "a reference without an abstract or a note: it says where an article is and holds none"
        remedy = "get the article itself"
        return Outcome(problems=(Problem(name, "malformed", message, remedy, lost=True),))
    outcome = as_telling(name, Written(text, holds_markup(text)), told, f"{place}, {what}")
    said = (an_extract(name, what),) if outcome.tellings else ()
    return replace(outcome, problems=(*problems, *said, *outcome.problems))


def _text(element: Element | None, what: str, *, whole: bool = False) -> str:
    """The characters of the first element `what`; with single spaces unless `whole`."""
    text = text_of(child(element, what))
    return text if whole else " ".join(text.split())


def _outlet(element: Element, by_address: dict[str, Element]) -> str:
    """The newspaper or site that an article is part of, given within it or elsewhere in the file."""
    part = child(element, "isPartOf")
    if part is None:
        return ""
    other = by_address.get(attribute(part, "resource"))
    return next((title for each in (other, *part) if each is not None and (title := _text(each, "title"))), "")


def _authors(element: Element) -> Iterator[str]:
    found = child(element, "authors")
    for person in () if found is None else found.iter():
        if local(person) == "Person":
            parts = [_text(person, "givenName") or _text(person, "givenname"), _text(person, "surname")]
            yield " ".join(part for part in parts if part)


def _address(element: Element) -> str:
    for each in element:
        if local(each) == "identifier":
            for inner in each.iter():
                if local(inner) == "value" and (text := text_of(inner).strip()).startswith(("http:", "https:")):
                    return text
    about = attribute(element, "about")
    return about if about.startswith(("http:", "https:")) else ""


def _notes(element: Element, by_address: dict[str, Element]) -> Iterator[str]:
    for each in element:
        memo = by_address.get(attribute(each, "resource")) if local(each) == "isReferencedBy" else None
        if memo is not None and local(memo) == "Memo":
            yield _text(memo, "value", whole=True)
