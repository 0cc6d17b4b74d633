"""EPUB 2 and 3: each document of its reading order that has a text, as the page that it is.

Programs that make e-books of news write one document for each article.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from tellings.edge.readers.containers import Container, ContainerError, attribute, child, local
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.decode import NotTextError, decode
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.html import read_html
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.telling import (
    NO_DATE,
    Metadata,
    Outcome,
    attested,
    bad_date,
    empty,
    joined,
    left_out,
    read_otherwise,
)
from tellings.model.counted import count
from tellings.model.records import Attested, DocumentDate, Locator, Problem
from tellings.model.text import Span

MEDIA_TYPE = "application/epub+zip"
#: Documents of one book that are read.
_MOST_DOCUMENTS = 1_000
#: A document with fewer words tells nothing: a cover, a title, a line of thanks.
_FEWEST_WORDS = 20
#: What is encrypted by these is a font (EPUB 3, 4.2.6.3.1 and 4.4), and not the text.
_OF_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Book:
    """What a book says of itself, and the parts of its reading order."""

    told: Metadata
    title: str
    parts: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_epub(name: str, container: Container) -> Outcome:
    """The tellings of an EPUB.

    1. whether it can be read; 2. its reading order; 3. each document; 4. what tells nothing.
    """
    try:
        # 1. whether
        encryption = container.xml("META-INF/encryption.xml")
        methods = [] if encryption is None else [e for e in encryption.iter() if local(e) == "EncryptionMethod"]
        if any(attribute(each, "Algorithm") not in _OF_FONTS for each in methods):
            return Outcome(problems=(unreadable(name, "an EPUB that is encrypted (DRM)", "save its text as .txt"),))
        # 2. order
        book = _book(name, container)
    except ContainerError as error:
        return Outcome(problems=(unreadable(name, f"no EPUB that can be read: {error}", error.remedy),))
    # 3. documents
    outcomes = [_document(name, container, part, number, book) for number, part in enumerate(book.parts, start=1)]
    read = joined(outcomes)
    tellings = [each for each in read.tellings if _words(each.view.text) >= _FEWEST_WORDS]
    # 4. nothing
    problems = (*read.problems, *book.problems)
    if not tellings:
        lost = any(problem.lost for problem in problems)
        return Outcome(problems=problems if lost else (*problems, empty(name)))
    if len(tellings) == 1:
        only = tellings[0]
        tellings = [
            replace(only, name=name, metadata=replace(only.metadata, title=_title(book) or only.metadata.title))
        ]
        problems = tuple(replace(each, place=name) for each in problems)
    if few := len(read.tellings) - len(tellings):
        problems = (*problems, left_out(name, f"{count(few, 'document')} of fewer than {_FEWEST_WORDS} words"))
    return Outcome(tuple(tellings), problems)


def _book(name: str, container: Container) -> _Book:
    """The package document: its metadata and reading order. Raises ContainerError."""
    root = container.xml("META-INF/container.xml")
    paths = [] if root is None else [attribute(each, "full-path") for each in root.iter() if local(each) == "rootfile"]
    path = next((each for each in paths if each in container.names), None)
    package = container.xml(path) if path else None
    if path is None or package is None:
        raise ContainerError("its list of contents is missing", "get it once more")
    manifest, spine, metadata = child(package, "manifest"), child(package, "spine"), child(package, "metadata")
    items = {attribute(each, "id"): each for each in (() if manifest is None else manifest)}
    folder = posixpath.dirname(path)
    parts: dict[str, None] = {}  # each is named once (EPUB 3, 5.7.2)
    for reference in () if spine is None else spine:
        item = items.get(attribute(reference, "idref"))
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        if "html" in attribute(item, "media-type") and attribute(reference, "linear") != "no":
            parts[posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))] = None
    found: dict[str, str] = {}
    for element in () if metadata is None else metadata.iter():
        if value := " ".join((element.text or "").split())[:500]:
            found.setdefault(local(element), value)
    date, problems = NO_DATE, tuple[Problem, ...]()
    if written := found.get("date"):
        try:
            date = DocumentDate(parse_date(written), f"epub date {written}"[:100], "epub")
        except DateError as error:
            date = DocumentDate(None, f"epub date {written} (refused: {error})"[:150], "refused")
            problems = (bad_date(name, "epub date", error),)
    if len(parts) > _MOST_DOCUMENTS:
        problems = (*problems, left_out(name, f"documents beyond the first {_MOST_DOCUMENTS:,}"))
    told = Metadata(
        date,
        publisher=attested(found.get("publisher", "") or found.get("title", ""), "epub publisher"),
        author=attested(found.get("creator", ""), "epub creator"),
        language=language_code(found.get("language", "en")),
    )
    return _Book(told, found.get("title", ""), tuple(parts)[:_MOST_DOCUMENTS], problems)


def _document(name: str, container: Container, part: str, number: int, book: _Book) -> Outcome:
    """One document of the reading order."""
    place = f"{name}#{number}"
    try:
        data = container.read(part)
    except ContainerError as error:
        return Outcome(problems=(unreadable(place, str(error), error.remedy),))
    if data is None:
        return Outcome(problems=(unreadable(place, f"its part {part!a} is missing", "get it once more"),))
    try:
        decoded = decode(data, markup=True)
    except NotTextError as error:
        return Outcome(problems=(unreadable(place, f"its part {part!a}: {error}", "get it once more"),))
    outcome = read_html(place, decoded.content, fragment=True)
    # A page without a word is a picture; that it is there is told with the others of few words.
    problems = tuple(problem for problem in outcome.problems if problem.kind != "empty")
    return Outcome(
        tuple(
            replace(
                each,
                media_type=MEDIA_TYPE,
                metadata=each.metadata.over(book.told),
                locators=(Locator(Span(0, len(each.view.text)), part),),
            )
            for each in outcome.tellings
        ),
        (*problems, read_otherwise(place, decoded.note)) if decoded.note else problems,
    )


def _title(book: _Book) -> Attested | None:
    return attested(book.title, "epub title")


def _words(text: str) -> int:
    return len(_WORD.findall(text))
