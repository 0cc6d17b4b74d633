"""What changed in substance between two texts at one address: numbers, names, what is quoted, the headline.

A paragraph that moved is no change, nor are residue, stamps and furniture. What is said of both texts is what was found
in both; a line points to the characters of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rapidfuzz.distance import LCSseq

from tellings.model.record import ChangeLine, EarlierWords, RevisionLine, Stated, Why
from tellings.model.records import Change, EarlierText, Substance, Telling
from tellings.model.text import Span
from tellings.tell.cite import Citations
from tellings.tell.stories import headline_of

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
#: Share of words, in their order, from which a sentence of the later text is one of the earlier, changed.
REWRITTEN = 0.5


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
            yield Change("added", _what(None, (after, span)), None, span.of(after.text), None, span)
            continue
        gone.remove(nearest)
        was = nearest[0]
        what = _what((before, was), (after, span))
        yield Change("changed", what, was.of(before.text), span.of(after.text), was, span)
    for span, _ in gone:
        yield Change("removed", _what((before, span), None), span.of(before.text), None, span, None)


def substantial(change: Change) -> bool:
    """Whether what was said first is not said any more: another headline, number, name or quotation. What was only
    added, or put in other words, takes nothing back."""
    return change.kind != "added" and change.what != ("wording",)


def revisions(citations: Citations, *, texts: bool) -> tuple[RevisionLine, ...]:
    """The texts that tellings had before, with what of substance they have otherwise now; those of which nothing was
    taken back are left out, and what an earlier text shares with the one before it is said of that."""
    lines = []
    said: set[tuple[str, str | None]] = set()
    for each in citations.story.earlier:
        changes = []
        for change in filter(substantial, each.changes):
            if (each.telling, change.before) not in said:
                said.add((each.telling, change.before))
                changes.append(_line(citations, each, change))
        if changes:
            document = each.document
            lines.append(
                RevisionLine(
                    telling=citations.labels[each.telling],
                    number=each.number,
                    kept=each.kept,
                    digest=document.view.source.digest,
                    title=None if document.title is None else Stated(document.title.value, document.title.evidence),
                    text=document.text if texts else None,
                    changes=tuple(changes),
                    why=Why("changes", "revision", None, ()),
                )
            )
    return tuple(lines)


def _line(citations: Citations, earlier: EarlierText, change: Change) -> ChangeLine:
    before = after = None
    if change.before_span is not None:
        span = change.before_span
        before = EarlierWords(span.start, span.end, span.of(earlier.document.text))
    if change.after_span is not None:
        after = citations.evidence(earlier.telling, change.after_span)
    return ChangeLine(change.kind, change.what, before, after)


def _sentences(telling: Telling, headline: str) -> list[tuple[Span, tuple[str, ...]]]:
    """The sentences of the story but its headline, each with its words."""
    found = []
    for index in telling.story:
        span = telling.sentences[index].span.trimmed(telling.text)
        words = _words(span.of(telling.text))
        if words and words != _words(headline):
            found.append((span, words))
    return found


Sentence = tuple[Telling, Span]


def _what(before: Sentence | None, after: Sentence | None) -> tuple[Substance, ...]:
    """What of substance a sentence has otherwise, or has at all where there is none before or after it."""
    kinds: tuple[tuple[Substance, Callable[[Telling, Span], object]], ...] = (
        ("number", _numbers),
        ("quotation", _in_marks),
        ("name", _names),
    )
    found = []
    for kind, of in kinds:
        was, now = (of(*each) if each is not None else [] for each in (before, after))
        if was != now:
            found.append(kind)
    return tuple(found) or ("wording",)


def _numbers(telling: Telling, span: Span) -> list[tuple[float, float] | str]:
    """The numbers of a sentence: of the values that were found in it, whatever way they are written, then other
    figures."""
    values = [fact for fact in telling.facts if span.contains(fact.value_span) and fact.low is not None]
    bounds = sorted((fact.low or 0.0, fact.high or 0.0) for fact in values)
    figures = sorted(
        figure.group()
        for figure in _FIGURE.finditer(telling.text, span.start, span.end)
        if not any(fact.value_span.start <= figure.start() < fact.value_span.end for fact in values)
    )
    return [*bounds, *figures]


def _names(telling: Telling, span: Span) -> list[str]:
    """The words with a capital, but the first."""
    return sorted(word for word in _WORD.findall(span.of(telling.text))[1:] if word[0].isupper())


def _in_marks(telling: Telling, span: Span) -> list[tuple[str, ...]]:
    """The words in quotation marks within a sentence."""
    return sorted(
        _words(quote.content.of(telling.text))
        for quote in telling.quotes
        if quote.type != "indirect" and span.overlaps(quote.content)
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))
