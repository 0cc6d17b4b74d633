"""The story in a few sentences, and what is new: every line cited, none written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tellings.across import digest
from tellings.across.digest import Candidate, Picked
from tellings.model.record import DigestLine
from tellings.model.records import Interval, Telling
from tellings.tell.cite import Citations
from tellings.tell.context import dangles, who_is_meant

#: Sentences of a brief, and of news, unless told otherwise.
SENTENCES, NEWS = 7, 10
#: Share of a sentence from which it is a speaker's words, and says not who spoke.
_ALL_SAID = 0.85


def brief(citations: Citations, most: int = SENTENCES) -> tuple[DigestLine, ...]:
    """The story in up to `most` sentences, in the order of what they tell, as far as it is dated."""
    return _told(citations, digest.brief(_candidates(citations), most, citations.origin))


def news(citations: Citations, since: date, most: int = NEWS) -> tuple[DigestLine, ...]:
    """What tellings after `since` say that no earlier one does, in up to `most` sentences, the weightiest first."""
    return _lines(citations, digest.news(_candidates(citations), since, most, citations.origin))


def _candidates(citations: Citations) -> list[Candidate]:
    return [one for telling in citations.story.tellings for one in digest.sentences_of(telling, _leaning(telling))]


def _leaning(telling: Telling) -> list[bool]:
    """For each sentence, whether it leans on what stands before: by its first word, or as a speaker's words alone."""
    said = sorted(quote.content for quote in telling.quotes if quote.type == "direct")
    found = []
    for sentence in telling.sentences:
        span = sentence.span.trimmed(telling.text)
        inside = sum(max(0, min(span.end, each.end) - max(span.start, each.start)) for each in said)
        found.append(dangles(span.of(telling.text)) or inside >= _ALL_SAID * max(1, span.end - span.start))
    return found


def _told(citations: Citations, picked: Sequence[Picked]) -> tuple[DigestLine, ...]:
    """Lines by the day of what they tell, else of their telling; what opened its telling before what came later."""

    def order(each: Picked) -> tuple[date, date, int, str]:
        when = _day(citations, each.best)
        told = each.best.told or date.max
        return (when.earliest if when else told, told, each.best.place, citations.labels[each.best.telling])

    return _lines(citations, sorted(picked, key=order))


def _lines(citations: Citations, picked: Sequence[Picked]) -> tuple[DigestLine, ...]:
    lines = []
    for index, each in enumerate(picked, start=1):
        words = citations.evidence(each.best.telling, each.best.sentence)
        alike = {one.telling: one for one in each.alike}
        lines.append(
            DigestLine(
                id=f"b{index}",
                words=words,
                when=_day(citations, each.best),
                also=tuple(citations.evidence(name, alike[name].sentence) for name in citations.in_order(alike)),
                origins=citations.origins(one.telling for one in (each.best, *each.alike)),
                who=who_is_meant(citations.tellings[each.best.telling], words),
            )
        )
    return tuple(lines)


def _day(citations: Citations, one: Candidate) -> Interval | None:
    """The first day that a clause of the sentence is dated with."""
    return next(
        (
            dating.interval
            for dating in citations.tellings[one.telling].datings
            if dating.sentence == one.sentence and dating.interval is not None and not dating.background
        ),
        None,
    )
