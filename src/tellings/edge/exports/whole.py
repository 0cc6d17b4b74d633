"""The whole record for other programs: Markdown, and Web Annotations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tellings.edge.exports.copies import longest_first
from tellings.edge.exports.facts import by_relation
from tellings.edge.exports.lines import escaped, page
from tellings.edge.exports.quotes import by_speaker
from tellings.edge.exports.timeline import by_month
from tellings.edge.writers import wording
from tellings.edge.writers.overview import headline
from tellings.model.record import Evidence, Record

#: Characters before and after the words in a TextQuoteSelector.
_CONTEXT = 32


def markdown(record: Record) -> str:
    """All views on one page, one after the other."""
    title = headline(record)
    return page(escaped(title.words) if title else "The record", _views(record), record)


def _views(record: Record) -> Iterator[str]:
    yield " · ".join(wording.glance(record.head))
    for heading, view in (
        ("Timeline", by_month(record.timeline)),
        ("Quotes", by_speaker(record.quotes)),
        ("Facts", by_relation(record.facts)),
        ("Shared text", longest_first(record)),
    ):
        yield f"\n# {heading}\n"
        yield from view


def web_annotations(record: Record) -> str:
    """Every line of the record as a W3C Web Annotation (JSON-LD): its place by position and by quotation.

    Positions count code points of the telling's text, as the record does. Where the record keeps no texts, a quotation
    stands without what is before and after it.
    """
    texts = {telling.label: telling.text for telling in record.tellings}
    sources = {
        telling.label: telling.url.value if telling.url else f"urn:sha256:{telling.digest}"
        for telling in record.tellings
    }
    items = [
        {
            "id": f"urn:tellings:{number}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": {"type": "TextualBody", "value": path, "format": "text/plain"},
            "target": {"source": sources[words.telling], "selector": _selectors(words, texts[words.telling])},
        }
        for number, (path, words) in enumerate(record.evidence(), 1)
    ]
    told = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:tellings:annotations",
        "type": "AnnotationPage",
        "items": items,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _selectors(words: Evidence, text: str | None) -> list[dict[str, Any]]:
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": words.exact}
    if text is not None:
        quote["prefix"] = text[max(0, words.start - _CONTEXT) : words.start]
        quote["suffix"] = text[words.end : words.end + _CONTEXT]
    return [{"type": "TextPositionSelector", "start": words.start, "end": words.end}, quote]
