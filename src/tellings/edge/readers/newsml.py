"""NewsML-G2 and NewsML 1 (IPTC): the items of a message or a package that carry a text, each as an article.

A text within is NITF, XHTML or plain; of several renditions of one item that with the most characters is read. Items of
pictures and of concepts have none, and are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from tellings.edge.readers.bylines import without_by
from tellings.edge.readers.containers import attribute, child, local
from tellings.edge.readers.days_told import first_day
from tellings.edge.readers.field_values import Written, holds_markup
from tellings.edge.readers.fields import names_of
from tellings.edge.readers.nitf import read_nitf
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.rows import as_telling, withdrawn
from tellings.edge.readers.telling import Metadata, Outcome, attested, joined, left_out
from tellings.edge.readers.xml_text import inner_markup, nothing_in, text_of
from tellings.model.counted import count
from tellings.model.records import Problem

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: Elements that carry the content of an item: of NewsML-G2, and of NewsML 1.
_CARRIERS = ("inlineXML", "inlineData", "DataContent")
#: Where the day stands, that of the content before that of this copy of it.
_DAYS = ("contentCreated", "firstCreated", "FirstCreated", "versionCreated", "ThisRevisionCreated")
#: Elements before what is carried that may say of which type it is.
_BESIDE = 20
_ITEMS = ("newsItem", "NewsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem")


def read_newsml(name: str, root: Element) -> Outcome:
    """The tellings of NewsML: one for each item that carries a text."""
    items = [each for each in root.iter() if local(each) in _ITEMS] or [root]
    texts = []
    others: Counter[str] = Counter()
    for item in items:
        carried = sorted(_carried(item), key=lambda each: len(text_of(each)), reverse=True)
        kind = _class(item)
        if not carried or kind in names_of("no_text"):
            others[kind or local(item)] += 1
        else:
            texts.append((item, carried))
    outcomes = []
    for number, (item, carried) in enumerate(texts, start=1):
        place = f"{name}#{number}" if len(texts) > 1 else name
        outcomes.append(_item(place, item, carried))
    if not texts:
        outcome = nothing_in(name, f"NewsML of {_counted(others)}")
        return outcome
    problems = (left_out(name, f"items without a text ({_counted(others)})"),) if others else ()
    return joined([*outcomes, Outcome(problems=problems)])


def _item(name: str, item: Element, texts: Sequence[Element]) -> Outcome:
    """The telling of an item, from the first of its `texts`."""
    told, problems = _told(name, item)
    carried = texts[0]
    if others := sum(len(text_of(each)) for each in texts[1:]):
        more = f"{count(len(texts) - 1, 'more text')} of the item, {others:,} characters"
        problems = (*problems, left_out(name, more))
    inner = next((each for each in carried.iter() if local(each) == "nitf"), None)
    if inner is not None:
        outcome = read_nitf(name, inner, told)
    else:
        written = _written(carried)
        outcome = as_telling(name, written, told, local(carried))
    status = _code(item, "pubStatus") or _code(item, "Status")
    if status in names_of("withdrawn"):
        problems = (*problems, withdrawn(name, status))
    return replace(outcome, problems=(*problems, *outcome.problems))


def _carried(item: Element) -> Iterator[Element]:
    """What an item itself carries of text, and no item within it."""
    for each in _own(item):
        if local(each) in _CARRIERS:
            kind = attribute(each, "contenttype").lower()
            if text_of(each).strip() and not (kind.startswith(("image/", "video/", "audio/")) or _is_style(each)):
                yield each


def _own(item: Element) -> Iterator[Element]:
    """The elements of an item in their order, without those of items within it."""
    waiting = [item]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(each for each in reversed(element) if local(each) not in _ITEMS)


def _is_style(carried: Element) -> bool:
    """Whether what is carried is a style sheet (NewsML 1)."""
    if local(carried) != "DataContent":
        return False
    beside = islice(carried.itersiblings(preceding=True), _BESIDE)
    return any(local(each) == "MimeType" and "css" in attribute(each, "FormalName") for each in beside)


def _written(carried: Element) -> Written:
    body = next((each for each in carried.iter() if local(each) == "body"), None)
    if body is not None:
        return Written(inner_markup(body), True)
    if len(carried):
        return Written(inner_markup(carried), True)
    text = text_of(carried)
    return Written(text, "html" in attribute(carried, "contenttype") or holds_markup(text))


# ---- what is told ------------------------------------------------------------------------


def _told(name: str, item: Element) -> tuple[Metadata, tuple[Problem, ...]]:
    """What an item says of itself beside its text."""
    about = child(item, "contentMeta")
    date, problems = first_day(name, "newsml", ((what, _deep(item, what)) for what in _DAYS))
    title = _text(about, "headline") or _deep(item, "HeadLine") or _text(child(item, "itemMeta"), "title")
    provider = _text(child(item, "itemMeta"), "provider") or _party(item, "Provider") or _party(item, "Source")
    holder = _text(child(item, "rightsInfo"), "copyrightHolder")
    by = _text(about, "by") or _text(about, "creator") or _deep(item, "ByLine")
    spoken = child(about, "language")
    language = (
        (attribute(spoken, "tag") if spoken is not None else "") or attribute(item, "lang") or _code(item, "Language")
    )
    return (
        Metadata(
            date,
            title=attested(title, "newsml headline"),
            publisher=attested(holder or provider, "newsml " + ("copyright holder" if holder else "provider")),
            author=attested(without_by(by), "newsml by"),
            language=language_code(language) if language else "en",
        ),
        problems,
    )


def _text(element: Element | None, what: str) -> str:
    """The name or the characters of the first element `what` in another, with single spaces."""
    found = child(element, what)
    if found is None:
        return ""
    named = child(found, "name")
    return " ".join(text_of(found if named is None else named).split()) or attribute(found, "literal")


def _deep(item: Element, what: str) -> str:
    return next((" ".join(text_of(each).split()) for each in item.iter() if local(each) == what), "")


def _party(item: Element, what: str) -> str:
    for each in item.iter():
        if local(each) == what and (party := child(each, "Party")) is not None:
            return attribute(party, "FormalName")
    return ""


def _code(item: Element, what: str) -> str:
    """The code of the first element `what`, without its scheme, in small letters."""
    for each in item.iter():
        if local(each) == what:
            code = attribute(each, "qcode") or attribute(each, "FormalName") or attribute(each, "uri")
            return code.rpartition(":")[2].rpartition("/")[2].strip().lower()
    return ""


def _class(item: Element) -> str:
    return _code(item, "itemClass")


def _counted(kinds: Counter[str]) -> str:
    """Items by their kinds: "2 picture, 1 packageItem"."""
    return ", ".join(f"{number:,} {kind}" for kind, number in sorted(kinds.items())) or "no item"
