"""NITF (IPTC, 3.x): the headline and the paragraphs of an item, with what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tellings.edge.readers.blocks import Piece, read_pieces
from tellings.edge.readers.bylines import without_by
from tellings.edge.readers.containers import attribute, child, local
from tellings.edge.readers.days_told import first_day
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.telling import Metadata, Outcome, attested
from tellings.edge.readers.xml_text import text_of
from tellings.model.records import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MEDIA_TYPE = "application/nitf+xml"
#: Elements that are one block each, and what it is; all others are looked into.
_KINDS: dict[str, BlockKind] = {
    "hl1": "headline", "hl2": "subheading", "p": "paragraph", "pre": "paragraph", "td": "paragraph", "th": "paragraph",
    "li": "list-item", "dt": "list-item", "dd": "list-item", "byline": "byline", "dateline": "dateline",
    "distributor": "credit", "media-producer": "credit", "credit": "credit", "media-caption": "caption",
    "caption": "caption", "copyrite": "boilerplate", "rights": "boilerplate", "note": "boilerplate",
    "tagline": "boilerplate", "bibliography": "boilerplate", "fn": "boilerplate", "series": "boilerplate",
}  # fmt: skip
#: Elements that are no part of what a reader sees, and those whose headline is another's.
_SILENT = frozenset({"media-metadata", "media-reference", "media-object", "head", "doc-id", "virtloc"})
#: Where the day stands, the first to be tried first: of release before that of this copy.
_DAYS = (("date.release", "norm"), ("date.issue", "norm"), ("story.date", "norm"), ("pubdata", "date.publication"))


def read_nitf(name: str, root: Element, told: Metadata | None = None) -> Outcome:
    """The telling of an NITF document; `told` is what is said of it by what it came in, and goes before."""
    date, problems = first_day(name, "nitf", _days(root))
    head = child(root, "head")
    title = " ".join(text_of(_first(root, "hl1")).split()) or " ".join(text_of(child(head, "title")).split())
    byline = _first(root, "byline")
    person = _first(byline, "person") if byline is not None else None
    own = Metadata(
        date,
        title=attested(title, "nitf hl1" if _first(root, "hl1") is not None else "nitf title"),
        publisher=attested(_publisher(root), "nitf publisher"),
        author=attested(
            without_by(" ".join(text_of(person if person is not None else byline).split()))[:500], "nitf byline"
        ),
        url=attested(attribute(pub, "ex-ref") if (pub := _first(root, "pubdata")) is not None else "", "nitf ex-ref"),
        language=language_code(attribute(root, "lang")) if attribute(root, "lang") else "en",
    )
    body = child(root, "body")
    outcome = read_pieces(
        name, MEDIA_TYPE, list(_pieces(root if body is None else body)), (told or Metadata()).over(own)
    )
    return Outcome(outcome.tellings, (*problems, *outcome.problems), outcome.ours)


def _pieces(body: Element) -> Iterator[Piece]:
    """The blocks of a body in their order, each with its place."""
    number = 0
    waiting: list[tuple[Element, str]] = [(body, "")]  # what comes next, and characters behind it
    while waiting:
        element, behind = waiting.pop()
        if behind:
            number += 1
            yield Piece(behind, "paragraph", "nitf text", places=((0, f"block {number}, text"),))
            continue
        what = local(element)
        if what in _SILENT or not what:
            continue
        kind = _KINDS.get(what)
        holds = kind is None and len(element)
        if holds and not (element.text or "").strip():
            for each in reversed(element):
                if tail := " ".join((each.tail or "").split()):
                    waiting.append((each, tail))
                waiting.append((each, ""))
            continue
        if text := " ".join(text_of(element).split()):
            number += 1
            yield Piece(text, kind or "paragraph", f"nitf {what}", places=((0, f"block {number}, {what}"),))


def _first(element: Element, what: str) -> Element | None:
    """The first element of a name anywhere within another."""
    return next((each for each in element.iter() if local(each) == what), None)


def _publisher(root: Element) -> str:
    published = _first(root, "pubdata")
    if published is not None and (name := attribute(published, "name")):
        return name
    for what in ("distributor", "doc.copyright"):
        found = _first(root, what)
        if found is not None and (name := attribute(found, "holder") or " ".join(text_of(found).split())):
            return name[:200]
    return ""


def _days(root: Element) -> Iterator[tuple[str, str]]:
    for what, key in _DAYS:
        found = _first(root, what)
        yield what, attribute(found, key) if found is not None else ""
