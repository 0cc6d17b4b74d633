"""What changed in substance between two texts at one address: numbers, names, days, what is quoted, the headline.

A paragraph that moved is no change, nor are residue, stamps and furniture. What is said of both texts is what was found
in both; a line points to the characters of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from tellings.edge.store import tellings
from tellings.library.keeping.deciding import telling_called
from tellings.library.keeping.opened import Opened
from tellings.model.kept import Change, Changes
from tellings.model.records import Telling
from tellings.model.text import Span
from tellings.tell.stories import headline_of

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
#: Share of words, in their order, from which a sentence of the later text is one of the earlier, changed.
REWRITTEN = 0.5


def changes(library: Opened, called: str) -> tuple[Changes, ...]:
    """What changed in a telling, from each of its revisions to the next. Raises NotThereError."""
    with library.reading() as connection:
        identifier = telling_called(library, called)
        rows = connection.execute(
            "SELECT r.number, a.at FROM revisions r JOIN additions a ON a.number = r.addition WHERE telling = ? "
            "ORDER BY r.number",
            (identifier,),
        ).fetchall()
        texts = [(tellings.of_revision(connection, number)[0], at) for number, at in rows]
    return tuple(
        Changes(identifier, place, at, tuple(between(before, after)))
        for place, ((before, _), (after, at)) in enumerate(pairwise(texts), 2)
    )


def between(before: Telling, after: Telling) -> Iterator[Change]:
    """What changed in substance from one text to another: first the headline, then in the order of the later text, then
    what was removed."""
    heads = headline_of(before), headline_of(after)
    if _words(heads[0].exact) != _words(heads[1].exact):
        yield Change("headline", ("headline",), heads[0].exact, heads[1].exact, heads[0].span, heads[1].span)
    old, new = (_sentences(each, head.exact) for each, head in zip((before, after), heads, strict=True))
    held = {words for _, words in old}
    kept = {words for _, words in new}
    gone = [(span, words) for span, words in old if words not in kept]
    for span, words in new:
        if words in held:
            continue
        nearest = max(gone, key=lambda each: LCSseq.normalized_similarity(each[1], words), default=None)
        if nearest is None or LCSseq.normalized_similarity(nearest[1], words) < REWRITTEN:
            yield Change("added", ("wording",), None, span.of(after.text), None, span)
            continue
        gone.remove(nearest)
        was = nearest[0]
        what = _what(was.of(before.text), span.of(after.text), _in_marks(before, was), _in_marks(after, span))
        yield Change("changed", what, was.of(before.text), span.of(after.text), was, span)
    for span, _ in gone:
        yield Change("removed", ("wording",), span.of(before.text), None, span, None)


def _sentences(telling: Telling, headline: str) -> list[tuple[Span, tuple[str, ...]]]:
    """The sentences of the story but its headline, each with its words."""
    found = []
    for index in telling.story:
        span = telling.sentences[index].span.trimmed(telling.text)
        words = _words(span.of(telling.text))
        if words and words != _words(headline):
            found.append((span, words))
    return found


def _what(before: str, after: str, said_before: Iterable[str], said_after: Iterable[str]) -> tuple[str, ...]:
    """What of substance is other in a sentence that changed."""
    found = []
    if sorted(_FIGURE.findall(before)) != sorted(_FIGURE.findall(after)):
        found.append("number")
    if sorted(map(_words, said_before)) != sorted(map(_words, said_after)):
        found.append("quotation")
    capitals = [sorted(word for word in _WORD.findall(each)[1:] if word[0].isupper()) for each in (before, after)]
    if capitals[0] != capitals[1]:
        found.append("name")
    return tuple(found) or ("wording",)


def _in_marks(telling: Telling, span: Span) -> list[str]:
    """The words in quotation marks within a sentence."""
    return [
        quote.content.of(telling.text)
        for quote in telling.quotes
        if quote.type != "indirect" and span.overlaps(quote.content)
    ]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))
