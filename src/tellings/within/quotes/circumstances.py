"""When and to whom something was said, where the words around the cue tell: "told reporters on Monday"."""

from __future__ import annotations

import re

from tellings.model.records import Timex
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, listed, pattern
from tellings.within.quotes.subjects import phrase_from

#: Characters beside a cue in which its date and its listeners stand; the longest interval that dates a saying, in days.
_REACH, _LONGEST = 120, 31


def circumstances(context: Context, drafts: list[Draft]) -> None:
    """Give each draft with a cue its day and its listeners, where it has none and the cue's own clause tells them."""
    for draft in drafts:
        if draft.cue is None or draft.continues is not None:
            continue
        around = _own_words(context, draft)
        if draft.said is None:
            draft.said = next(
                (timex.interval for span in around for timex in _dates(context, span) if timex.interval is not None),
                None,
            )
        if draft.audience is None and draft.cue.of(context.text).casefold() in listed("telling_to"):
            draft.audience = _listeners(context, draft)


def _own_words(context: Context, draft: Draft) -> list[Span]:
    """What stands between the source and the cue, behind the cue, and before the source in its clause, and is not what
    was said."""
    text, cue = context.text, draft.cue
    if cue is None:
        return []
    first, last = cue, cue
    if draft.source is not None and abs(draft.source.start - cue.start) < _REACH:
        first, last = min(cue, draft.source), max(cue, draft.source)
    spans = []
    if first.end < last.start:
        spans.append(Span(first.end, last.start))
    limit = min(len(text), last.end + _REACH)
    if draft.content.start >= last.end:
        limit = min(limit, draft.span.start)
    stop = pattern("circumstance stop").search(text, last.end, limit)
    end = stop.start() if stop else limit
    if last.end < end and "\n" not in text[last.end : end]:
        spans.append(Span(last.end, end))
    sentence = context.sentence_at(first.start)
    floor = max(sentence.start, first.start - _REACH)
    if draft.content.end <= first.start:
        floor = max(floor, draft.span.end)
    lead = text[floor : first.start]
    if floor == sentence.start and pattern("circumstance first").fullmatch(lead):
        spans.append(Span(floor, first.start))  # "On Monday, Ana Vell said"
    return spans


def _dates(context: Context, span: Span) -> list[Timex]:
    """The dates and times in `span` that were placed on the calendar within a month."""
    return [
        timex
        for timex in context.timexes_between(span.start, span.end)
        if timex.type in ("DATE", "TIME")
        and timex.interval is not None
        and timex.interval.days <= _LONGEST
        # "Saturday's fire": the day of something else.
        and context.text[timex.span.end : timex.span.end + 2] not in ("’s", "'s")
    ]


def _listeners(context: Context, draft: Draft) -> Span | None:
    """Whom the source told: "told |Radio Merrin| on Monday"."""
    if draft.cue is None:
        return None
    text = context.text
    start = draft.cue.end + 1
    limit = min(len(text), start + _REACH)
    if draft.content.start >= draft.cue.end:
        limit = min(limit, draft.span.start)
    found = phrase_from(context, start, limit, plain=True)
    if found is not None:
        return found
    word = re.compile(r"[\w’'-]+").match(text, start, limit)
    return Span(*word.span()) if word and word.group() in listed("listener") else None
